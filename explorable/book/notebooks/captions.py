"""Captions: a Markdown cell tagged ``caption``, right after the cell that shows a figure.

Its first line is a label, the rest is one paragraph that says what to see::

    (concepts-fig-losses)=
    The squared error (a) is flat where the network is most wrong; ...

MyST-NB sets a figure with number and caption where the code cell's metadata hold both, but text
in metadata can neither be read nor written in Jupyter. So it stands in a cell, and moves into
the metadata when the book is staged.
"""

import re
from pathlib import Path

from nbformat import NotebookNode

from explorable.book.problem import BookError
from explorable.book.settings import SETTINGS

TAG = "caption"
CHAPTERS = SETTINGS.chapters  # the folder in which every figure must have one
CAPTION = re.compile(r"\((?P<label>[^()\s]+)\)=\n\s*(?P<text>\S.*)", re.DOTALL)
DRAWN = re.compile(r'class="(explorable-panels|explorer)"')


def attach_captions(notebook: NotebookNode, path: Path, where: str) -> list[str]:
    """Move each caption into the metadata of its figure's cell; return what is wrong with them.

    The cell of the caption stays, empty, so that all cells keep their numbers in messages.
    """
    faults = []
    cells = notebook.cells
    for number, cell in enumerate(cells, start=1):
        try:
            if TAG in cell.metadata.get("tags", ()):
                label, text = parse(cell, path)
                _figure_before(cells, number)["metadata"]["mystnb"] = {
                    "figure": {"name": label, "caption": text}
                }
                cell.source = ""
            elif (
                path.parent.name == CHAPTERS and _figures(cell) and not _is_caption(cells[number:])
            ):
                raise BookError(
                    "shows a figure without a caption; write one into a Markdown cell "
                    f"right after it, tagged {TAG}"
                )
        except BookError as error:
            faults.append(f"{where}, cell {number}: {error}")
    return faults


def parse(cell: NotebookNode, path: Path) -> tuple[str, str]:
    """Return the label and the text of a caption."""
    found = CAPTION.fullmatch(cell.source.strip())
    start = f"{path.stem.replace('_', '-')}-fig-"
    if cell.cell_type != "markdown" or found is None or not found["label"].startswith(start):
        raise BookError(
            f"is no caption: its first line must be a label, ({start}name)=, "
            "and the rest must say what to see"
        )
    if re.search(r"\n\s*\n", found["text"]):
        raise BookError("a caption is one paragraph; what is more belongs into the text")
    return found["label"], found["text"]


def _figure_before(cells: list[NotebookNode], number: int) -> NotebookNode:
    """Return the cell before the one with this number, which must show one figure."""
    before = cells[number - 2] if number > 1 else None
    if before is None or (count := _figures(before)) == 0:
        raise BookError("a caption must stand right after the cell that shows its figure")
    if count > 1:
        raise BookError(
            f"a caption describes one figure, but the cell before it shows {count}; split it"
        )
    return before


def _figures(cell: NotebookNode) -> int:
    """Count the figures and explorers that a cell shows."""
    bundles = [output.get("data", {}) for output in cell.get("outputs", [])]
    return sum(
        bool(DRAWN.search(bundle.get("text/html", "")))
        or any(kind.startswith("image/") for kind in bundle)
        for bundle in bundles
    )


def _is_caption(following: list[NotebookNode]) -> bool:
    return bool(following) and TAG in following[0].metadata.get("tags", ())
