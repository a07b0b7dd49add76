"""Python in the page: the packed runtime and library, and which cells run there."""

import nbformat

from explorable.book.notebooks.cells import page_cells


def cell(source, *outputs, tags=(), html=""):
    made = nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})
    made.outputs = [nbformat.v4.new_output("display_data", {kind: html}) for kind in outputs]
    return made


def test_cells_that_compute_can_be_run_and_those_that_draw_say_so():
    notebook = nbformat.v4.new_notebook(
        cells=[
            cell("import math\nfrom explorable.drawing.toolkit import panels"),
            nbformat.v4.new_markdown_cell("Text."),
            cell("x = math.pi"),
            cell("x", tags=["hide-input"]),
            cell("assert x > 3", tags=["remove-cell"]),
            cell("panels(x)", "image/png"),
            cell("panels(x)", "text/html"),
            cell("panels(x)", "text/html", html='<section class="explorer">'),
            cell("panels(x)", "image/png", tags=["remove-input"]),
        ]
    )
    kinds = {each.place: each.kind for each in page_cells(notebook)}
    draws = "needs-notebook"
    assert kinds == {0: "", 2: "computes", 3: "computes", 4: "", 5: draws, 6: draws, 7: "", 8: ""}
