"""What a notebook asks for and nobody has written: told before any notebook runs."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from nbformat import NotebookNode

from explorable.book.notebooks.captions import TAG, parse
from explorable.book.problem import BookError, place
from explorable.book.settings import SETTINGS
from explorable.library.equation_sources import Door, faults
from explorable.sphinx.library.symbols import Letters
from explorable.tutor import Tutor

JUDGED = re.compile(r"^judge\(\s*[\"'](\w+)[\"']", re.MULTILINE)
EQUATION = re.compile(
    r"\$\$(?P<tex>(?:(?!\$\$)[\s\S])+)\$\$ *\((?P<label>[\w:-]+)\) *$", re.MULTILINE
)


def forgotten(
    notebook: NotebookNode,
    path: Path,
    doors: Mapping[str, Door],
    tutor: Tutor | None,
    letters: Letters | None = None,
) -> Iterator[str]:
    """
    Name what is missing: functions, tests and letters of equations, tasks, labels of captions.

    Parameters
    ----------
    notebook
        A notebook, with or without outputs.
    path
        Where it comes from.
    doors
        What the repository says of equations; nothing is asked of a book that has none.
    tutor
        Who judges what readers write, if anybody does.
    letters
        What the tables of symbols explain, if the book has any.
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
    if name not in tutor.tasks:
        yield f"{SETTINGS.tutor} lists no task {name}; list it there, with its chapter"
        return
    try:
        tutor.task(name)
    except KeyError:
        yield f"{tutor.module.format(chapter=tutor.tasks[name])} has no {name} among its TASKS"
