"""Mark the cells that a reader can run in the page, and those that need the notebook."""

from docutils import nodes

from explorable.book.notebooks.cells import page_cells
from explorable.sphinx.application import Application
from explorable.sphinx.executed import executed


def mark_cells(app: Application, doctree: nodes.document) -> None:
    """Give each cell the class that the page's script looks for, and note its code."""
    notebook = executed(app, app.env.docname)
    if notebook is None:
        return
    cells = list(page_cells(notebook))
    app.env.book_cells[app.env.docname] = [cell[1:] for cell in cells]
    kinds = {cell.place: cell.kind for cell in cells}
    for node in doctree.findall(nodes.container):
        if kind := node.get("nb_element") == "cell_code" and kinds[node["cell_index"]]:
            node["classes"].append(kind)


def setup(app: Application) -> None:
    """Register the handler."""
    app.connect("doctree-read", mark_cells)
