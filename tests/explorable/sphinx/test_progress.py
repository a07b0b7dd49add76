"""What pages ask of their readers."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, writes

from explorable.sphinx.frame.progress import Doable, find, lead, pages

CARD = (
    '<figure class="explorer" id="explorer-{0}" aria-labelledby="t"><header>'
    '<span class="explorer-title" id="t">{1}</span></header>{2}</figure>'
)
QUESTION = '<fieldset class="explorer-predict" data-answer="1"></fieldset>'


def shown(html):
    return new_code_cell("show()", outputs=[new_output("display_data", {"text/html": html})])


@pytest.fixture
def app(tmp_path):
    cells = [
        new_markdown_cell('judge("not_this", one)'),
        new_code_cell('def hat(x):\n    ...\n\njudge("hat", hat)'),
        shown(CARD.format("a-b", "Which &amp; why?", QUESTION)),
        shown(CARD.format("b", "Nothing is asked", "")),
        new_code_cell('def hat(x):\n    return x\n\njudge("hat", hat)'),  # the solution
        new_code_cell('def f(x):\n    ...\n\njudge("tent", f)\n# judge("no", f)'),
    ]
    (tmp_path / "a.ipynb").write_text(writes(new_notebook(cells=cells)), encoding="utf-8")
    env = SimpleNamespace(docname="a", book_doable={})
    env.mystnb_config = SimpleNamespace(output_folder=str(tmp_path))
    return SimpleNamespace(env=env, config=SimpleNamespace(explorable_library="mathdl"))


def test_what_a_notebook_asks_is_listed_and_its_cells_can_be_linked(app):
    cells = [nodes.container(nb_element="cell_code", cell_index=place) for place in range(6)]
    find(app, nodes.section("", *cells, nodes.container()))
    assert app.env.book_doable["a"] == [
        Doable("task", "hat", "task-hat", "<code>hat</code>"),
        Doable("prediction", "a-b", "explorer-a-b", "Which &amp; why?"),
        Doable("task", "tent", "task-tent", "<code>tent</code>"),
    ]
    assert [cell["ids"] for cell in cells] == [[], ["task-hat"], [], [], [], ["task-tent"]]


def test_a_book_that_asks_nothing_has_no_page_of_progress(app):
    app.env.docname = "b"
    find(app, nodes.section())
    assert app.env.book_doable == {"b": []}
    assert list(pages(app)) == []
    app.env.docname = "a"
    context = {}
    lead(app, "b", "page.html", context, None)
    assert context == {"progress": False}
    find(app, nodes.section())
    drills = {"a": {}, "b": {}}
    assert list(pages(app)) == [("progress", {"drills": drills}, "progress.html")]
    lead(app, "b", "page.html", context, None)
    assert context == {"progress": True}
