"""What is kept of a notebook's execution, until its code or what that imports changes."""

from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode

from explorable.book.notebooks.normalise import normalise
from explorable.book.notebooks.refresh import read
from explorable.book.problem import BookError, place

NOTEBOOK = "notebook.ipynb"
OUTDATED = "outdated"  # it belongs to no one state of the files
SECONDS = "seconds.json"  # how long each cell ran


def kept_folder(work: Path, path: Path, key: str) -> Path:
    """Return where the outputs of a notebook are kept that have this digest."""
    return work / "executed" / f"{path.stem}-{key[:24]}"


def with_outputs(path: Path, kept: Path) -> NotebookNode:
    """Return a notebook as it stands, with the outputs that its code gave; refuse other code."""
    notebook = normalise(read(path))
    cells, ran = (
        [cell for cell in each.cells if cell.cell_type == "code"]
        for each in (notebook, read(kept / NOTEBOOK))
    )
    if [cell.source for cell in cells] != [cell.source for cell in ran]:
        raise BookError(f"{place(path)} was changed while the book was built: build it again.")
    for cell, other in zip(cells, ran, strict=True):
        cell.outputs, cell.execution_count = other.outputs, other.execution_count
    return notebook


def seconds_of_cells(notebook: NotebookNode) -> dict[str, float]:
    """Return how long each cell of code ran, by its id."""
    found = {}
    for cell in notebook.cells:
        if times := cell.metadata.get("execution"):
            began, ended = (
                datetime.fromisoformat(times[f"iopub.status.{name}"]) for name in ("busy", "idle")
            )
            found[cell.id] = (ended - began).total_seconds()
    return found
