"""What a notebook asks for and nobody has written: told before any notebook runs."""

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from nbformat import NotebookNode

from explorable.book.notebooks.captions import TAG, parse
from explorable.book.problem import BookError, place
from explorable.book.settings import SETTINGS
from explorable.library.equation_sources import Door, faults
from explorable.library.letters import Letters
from explorable.tutor import Tutor
from explorable.tutor.running import run
from explorable.tutor.task import Case, Task

JUDGED = re.compile(r"^judge\(\s*[\"'](\w+)[\"']", re.MULTILINE)
EQUATION = re.compile(
    r"\$\$(?P<tex>(?:(?!\$\$)[\s\S])+)\$\$ *\((?P<label>[\w:-]+)\) *$", re.MULTILINE
)


def tutor() -> Tutor:
    """Return the tutor of the book, who judges what readers write."""
    module, _, name = SETTINGS.tutor.rpartition(".")
    found: Tutor = getattr(importlib.import_module(module), name)
    return found


def refuse_forgotten(
    notebooks: Mapping[Path, NotebookNode], root: Path, doors: Mapping[str, Door]
) -> None:
    """Name what notebooks ask for and nobody has written, of all at once, before any runs."""
    judge = tutor() if SETTINGS.tutor else None
    letters = Letters(root) if SETTINGS.symbols else None
    problems = [
        fault
        for path, notebook in notebooks.items()
        for fault in forgotten(notebook, path, doors, judge, letters)
    ]
    if problems:
        raise BookError("\n".join(problems))


def forgotten(
    notebook: NotebookNode,
    path: Path,
    doors: Mapping[str, Door],
    tutor: Tutor | None,
    letters: Letters | None = None,
) -> Iterator[str]:
    """Name what is missing: functions, tests and letters of equations, tasks, labels of captions.

    Nothing is asked of what a book does not have: doors, a tutor, tables of symbols.
    """
    for number, cell in enumerate(notebook.cells, start=1):
        found: list[str] = []
        if TAG in cell.metadata.get("tags", ()):
            try:
                parse(cell, path)
            except BookError as error:
                found = [str(error)]
        elif cell.cell_type == "markdown":
            equations = {
                each["label"]: each["tex"].strip() for each in EQUATION.finditer(cell.source)
            }
            found = faults(doors, {*equations}, whole=False) if doors else []
            if letters:
                for label, tex in equations.items():
                    found += letters.faults(path.stem, label, tex)
        elif cell.cell_type == "code" and tutor:
            found = [fault for name in JUDGED.findall(cell.source) for fault in _task(name, tutor)]
        yield from (f"{place(path)}, cell {number}: {fault}" for fault in found)


def _task(name: str, tutor: Tutor) -> Iterator[str]:
    try:
        task = tutor.task(name)
    except KeyError:
        yield f"{SETTINGS.tutor} finds no task {name} among the TASKS of the chapters"
        return
    module = tutor.module.format(chapter=task.chapter)
    yield from (f"{module}, {name}: {fault}" for fault in _of_task(task))


def _of_task(task: Task) -> Iterator[str]:
    """Say what a task has that no reader's function could answer for."""
    if isinstance(task.returns, str):
        yield f'returns is one text; write returns=("{task.returns}",)'
    cases = list(task.cases)
    try:
        cases.append(Case("fresh arguments", tuple(task.fresh(np.random.default_rng(0)))))
    except Exception as error:
        yield f"fresh raises {type(error).__name__}: {error}"
    for case in cases:
        raised = run(task.right, case.arguments).raised
        if raised is not None:
            yield f"the right function raises {raised.kind} for “{case.about}”: {raised.text}"
