"""Mark the cells that a reader can run in the page, and those that need the notebook."""

import nbformat
from docutils import nodes
from sphinx.application import Sphinx

from explorable.book.notebooks.cells import page_cells


def mark_cells(app: Sphinx, doctree: nodes.document) -> None:
    """Give each cell the class that the page's script looks for."""
    path = str(app.env.doc2path(app.env.docname))
    if not path.endswith(".ipynb"):
        return
    kinds = {cell.place: cell.kind for cell in page_cells(nbformat.read(path, as_version=4))}
    for node in doctree.findall(nodes.container):
        if kind := node.get("nb_element") == "cell_code" and kinds[node["cell_index"]]:
            node["classes"].append(kind)


def setup(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("doctree-read", mark_cells)
