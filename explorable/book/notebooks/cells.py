"""The cells of a chapter as its page has them: which can be run there, and which draw."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from nbformat import NotebookNode

from explorable.python.cells import Notebook

HIDDEN = {"remove-cell", "remove-input"}


class PageCell(NamedTuple):
    """A cell of code: its place in the notebook, id and source, and what the page does with it.

    ``kind`` is ``"computes"`` for a cell that can be run in the page, ``"needs-notebook"`` for one
    that draws with Matplotlib, and nothing for one that is not seen or only imports.
    """

    place: int
    key: str
    source: str
    kind: str


def page_cells(notebook: NotebookNode) -> Iterator[PageCell]:
    """Yield the cells of code of a notebook."""
    code = [(i, cell) for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    # One that an older Jupyter wrote has no ids.
    read = Notebook((cell.get("id", f"cell-{place}"), cell.source) for place, cell in code)
    for (place, cell), as_read in zip(code, read.cells, strict=True):
        kind = ""
        if not HIDDEN & set(cell.metadata.get("tags", [])):
            if as_read.needs_notebook:
                kind = "" if _is_alive(cell) else "needs-notebook"
            elif does_more_than_import(as_read.tree):
                kind = "computes"
        yield PageCell(place, as_read.key, cell.source, kind)


def _is_alive(cell: NotebookNode) -> bool:
    """Tell whether a cell shows an explorer, which the page moves without Python."""
    return any(
        'class="explorer"' in output.get("data", {}).get("text/html", "")
        for output in cell.get("outputs", [])
    )


def does_more_than_import(tree: ast.Module) -> bool:
    """Tell whether a cell has statements that are no imports."""
    return any(not isinstance(each, ast.Import | ast.ImportFrom) for each in tree.body)
