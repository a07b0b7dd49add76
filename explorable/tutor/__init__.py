"""The tutor, who judges the functions that a reader writes.

A book registers its tasks where they are: a module a chapter holds a dictionary ``TASKS``, and one
`Tutor` knows the chapters. The verdict says whether a function is right and, if it is not, shows
the smallest example that went wrong, what came and what was expected, and names the mistake if it
is a known one. Nothing is graded, nothing is stored.
"""

import difflib
import importlib
import sys
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from explorable.originals import originals
from explorable.sentences import told
from explorable.tutor.diagnosis import judged
from explorable.tutor.running import kind_of
from explorable.tutor.task import TITLES, Task
from explorable.tutor.verdict import Verdict


@dataclass(frozen=True)
class Tutor:
    """Judges the tasks of a book.

    Parameters
    ----------
    titles : mapping of str to str
        The chapters, and how a verdict calls each.
    module : str
        The module of a chapter's tasks, such as ``"mylibrary.{chapter}.tasks"``, which is
        imported when one of them is asked for.
    """

    titles: Mapping[str, str]
    module: str

    def __post_init__(self) -> None:
        """Register the titles with those who write verdicts."""
        TITLES.update(self.titles)

    @property
    def tasks(self) -> dict[str, str]:
        """Return the names of all tasks, each with the chapter that asks for it."""
        return {
            name: chapter
            for chapter in self.titles
            for name in _tasks(self.module.format(chapter=chapter))
        }

    def task(self, name: str) -> Task:
        """Return a task, importing no module in vain: that may take a second in a page."""
        for tasks in map(_tasks, self._modules(name)):
            if name in tasks:
                return tasks[name]
        raise KeyError(name)

    def _modules(self, name: str) -> Iterator[str]:
        modules = [self.module.format(chapter=chapter) for chapter in self.titles]
        yield from (module for module in modules if module in sys.modules)
        yield from sorted(modules, key=lambda module: not _may_have(module, name))

    def judge(self, name: str, function: Any) -> Verdict:
        """Judge a function that the reader has written.

        Parameters
        ----------
        name : str
            The task, one of `tasks`.
        function : callable
            The function itself. Its arguments are copied for every call, and whatever it raises,
            prints or returns, a verdict comes of it.

        Raises
        ------
        ValueError
            If there is no task of that name.
        """
        with originals(), np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            try:
                task = self.task(str(name))
            except KeyError:
                near = difflib.get_close_matches(str(name), self.tasks, n=1)
                hint = told(" Did you mean {name!r}?", name=near[0]) if near else ""
                names = ", ".join(self.tasks)
                raise ValueError(
                    told("name must be one of {names}.", names=names) + hint
                ) from None
            try:
                return judged(name, task, function)
            except BaseException as error:  # whatever the reader's object does when looked at
                text = told(
                    "What came cannot even be looked at: it raises {kind}.", kind=kind_of(error)
                )
                return Verdict(False, f"{told('{name}: not right yet.', name=name)}\n{text}")


def _tasks(module: str) -> dict[str, Task]:
    tasks: dict[str, Task] = importlib.import_module(module).TASKS
    return tasks


def _may_have(module: str, name: str) -> bool:
    """Tell whether a file beside a module, or it, has a name as a key, importing neither."""
    package, *inside = module.split(".")
    path = Path(*importlib.import_module(package).__path__, *inside)
    files = path.parent.glob(f"*{path.name}.py")
    return any(f'"{name}": ' in file.read_text(encoding="utf-8") for file in files)
