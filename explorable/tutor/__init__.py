"""The tutor, who judges the functions that a reader writes.

A book registers its tasks where they are: a module a chapter holds a dictionary ``TASKS``, and one
`Tutor` knows which chapter asks for what. The verdict says whether a function is right and, if it
is not, shows the smallest example that went wrong, what came and what was expected, and names the
mistake if it is a known one. Nothing is graded, nothing is stored.
"""

import difflib
import importlib
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
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
    tasks : mapping of str to str
        The names of the tasks, each with the chapter that asks for it.
    titles : mapping of str to str
        How a verdict calls each chapter.
    module : str
        The module of a chapter's tasks, such as ``"mylibrary.{chapter}.tasks"``, which is
        imported when one of them is asked for.
    """

    tasks: Mapping[str, str]
    titles: Mapping[str, str]
    module: str

    def __post_init__(self) -> None:
        """Register the titles with those who write verdicts."""
        TITLES.update(self.titles)

    def task(self, name: str) -> Task:
        """Return a task."""
        module = importlib.import_module(self.module.format(chapter=self.tasks[name]))
        task: Task = module.TASKS[name]
        return task

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
        if not isinstance(name, str) or name not in self.tasks:
            near = difflib.get_close_matches(str(name), self.tasks, n=1)
            hint = told(" Did you mean {name!r}?", name=near[0]) if near else ""
            names = ", ".join(self.tasks)
            raise ValueError(told("name must be one of {names}.", names=names) + hint)
        with (
            originals(),
            np.errstate(all="ignore"),
            warnings.catch_warnings(action="ignore"),
        ):
            try:
                return judged(name, self.task(name), function)
            except BaseException as error:  # whatever the reader's object does when looked at
                text = told(
                    "What came cannot even be looked at: it raises {kind}.", kind=kind_of(error)
                )
                return Verdict(False, f"{told('{name}: not right yet.', name=name)}\n{text}")
