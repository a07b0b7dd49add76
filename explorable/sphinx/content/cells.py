"""Mark the cells that a reader can run in the page, and those that need the notebook."""

import re

from docutils import nodes

from explorable.book.notebooks.cells import page_cells
from explorable.sphinx.application import Application
from explorable.sphinx.executed import executed

STUB = re.compile(r"\.\.\.  # ")  # what the reader is to write


def mark_cells(app: Application, doctree: nodes.document) -> None:
    """Give each cell the class that the page's script looks for, and note its code."""
    notebook = executed(app, app.env.docname)
    if notebook is None:
        return
    cells = list(page_cells(notebook))
    app.env.book_cells[app.env.docname] = [cell[1:] for cell in cells]
    kinds = {
        cell.place: [*filter(None, [cell.kind, "stub" if STUB.search(cell.source) else ""])]
        for cell in cells
    }
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code":
            node["classes"] += kinds[node["cell_index"]]


def setup(app: Application) -> None:
    app.connect("doctree-read", mark_cells)
