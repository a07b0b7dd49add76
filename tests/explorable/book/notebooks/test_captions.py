"""Captions: where a cell may stand that says what is seen, and what it must hold."""

from pathlib import Path

import nbformat
import pytest

from explorable.book.notebooks.captions import attach_captions

PATH = Path("chapters/two_words.ipynb")
GOOD = "(two-words-fig-hill)=\nA hill,\nseen from $x$."
SHOWN = {
    "picture": [{"image/png": "iVBORw0K", "text/plain": "A hill."}],
    "drawing": [{"text/html": '<div class="explorable-panels" role="img"></div>'}],
    "explorer": [{"text/html": '<figure class="explorer" id="explorer-hill"></figure>'}],
    "verdict": [{"text/html": "<p>Right.</p>", "text/plain": "Right."}],
    "number": [{"text/plain": "4"}],
    "nothing": [],
}


def shows(*kinds: str) -> nbformat.NotebookNode:
    """Return a code cell that prints a line and shows these."""
    bundles = [bundle for kind in kinds for bundle in SHOWN[kind]]
    printed = nbformat.v4.new_output("stream", name="stdout", text="a line")
    outputs = [nbformat.v4.new_output("display_data", bundle) for bundle in bundles]
    return nbformat.v4.new_code_cell("draw()", outputs=[printed, *outputs])


def caption(text: str = GOOD) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(text, metadata={"tags": ["caption"]})


def refused(*cells: nbformat.NotebookNode, path: Path = PATH) -> list[str]:
    """Return what is wrong with a chapter of these cells, which are changed."""
    return attach_captions(nbformat.v4.new_notebook(cells=cells), path, "the chapter")


@pytest.mark.parametrize("kind", ["picture", "drawing", "explorer"])
def test_a_caption_joins_the_figure_before_it(kind):
    shown, empty, after = shows(kind), caption(), shows("verdict", "number")
    assert refused(shown, empty, after) == []
    assert shown.metadata.mystnb == {
        "figure": {"name": "two-words-fig-hill", "caption": "A hill,\nseen from $x$."}
    }
    assert (empty.cell_type, empty.source) == ("markdown", "")
    assert "mystnb" not in after.metadata


@pytest.mark.parametrize(
    "text",
    ["A hill.", "(two-words-fig-hill)=", "(two-words-fig-hill)=\n\n", "(fig-hill)=\nA hill.",
     "(two_words-fig-hill)=\nA hill.", "(two-words-hill)=\nA hill.", "A.\n(two-words-fig-a)=\nB"],
)  # fmt: skip
def test_a_caption_without_label_or_text_is_refused(text):
    (fault,) = refused(shows("picture"), caption(text))
    assert fault.startswith("the chapter, cell 2: is no caption")
    assert "(two-words-fig-name)=" in fault


def test_a_caption_of_two_paragraphs_or_of_something_else_is_refused():
    (fault,) = refused(shows("picture"), caption(GOOD + "\n \nAnd more."))
    assert fault.startswith("the chapter, cell 2: a caption is one paragraph")
    for kind in ("verdict", "number", "nothing"):
        (fault,) = refused(shows(kind), caption())
        assert fault.startswith("the chapter, cell 2: a caption must stand right after the cell")


def test_a_caption_away_from_its_figure_or_of_two_is_refused_and_a_figure_without_one():
    text = nbformat.v4.new_markdown_cell("Text.")
    faults = refused(caption(), shows("picture"), text, caption())
    assert [fault.partition(":")[0][-6:] for fault in faults] == ["cell 1", "cell 2", "cell 4"]
    (fault,) = refused(shows("picture", "explorer"), caption())
    assert "cell 2: a caption describes one figure, but the cell before it shows 2" in fault
    faults = refused(shows("drawing"), shows("number"), shows("explorer"))
    assert [fault.partition(" without")[0] for fault in faults] == [
        "the chapter, cell 1: shows a figure", "the chapter, cell 3: shows a figure"
    ]  # fmt: skip
    assert refused(shows("drawing"), shows("explorer"), path=Path("notebook.ipynb")) == []
