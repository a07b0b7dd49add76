"""The one normal form of a notebook: what it keeps, and what it refuses."""

import base64
import io
import json
from functools import partial

import nbformat
import pytest
from PIL import Image, PngImagePlugin

from explorable.book import ROOT
from explorable.book.notebooks.normalise import (
    WIDGET,
    check_portable,
    keep_equal_pictures,
    normalise,
    same_picture,
)
from explorable.book.notebooks.refresh import on_disk, read
from explorable.book.problem import BookError

CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))


def png(**texts: str) -> str:
    """Return a picture of one pixel as base64, with texts about its making inside."""
    about = PngImagePlugin.PngInfo()
    for name, text in texts.items():
        about.add_text(name, text)
    file = io.BytesIO()
    Image.new("RGB", (1, 1), "red").save(file, "png", pnginfo=about)
    return base64.b64encode(file.getvalue()).decode()


def test_outputs_keep_what_is_shown_and_nothing_of_the_machine():
    v4 = nbformat.v4
    cell = v4.new_code_cell(
        "draw()\n",
        outputs=[
            v4.new_output("stream", name="stdout", text="one\n"),
            v4.new_output("stream", name="stdout", text="two\n"),
            v4.new_output("stream", name="stderr", text="three\n"),
            v4.new_output(
                "display_data",
                {"image/png": png(Software="x"), "text/plain": "a", WIDGET: {"model_id": "0"}},
                metadata={"image/png": {"width": 7, "height": 5, "needs": "y"}, "z": {"width": 1}},
            ),
            v4.new_output("display_data", {WIDGET: {}}),
            v4.new_output("stream", name="stdout", text="last\n"),
        ],
        metadata={"tags": ["hide-input"], "collapsed": True, "mystnb": {"a": 1}},
        execution_count=3,
    )
    (done,) = normalise(v4.new_notebook(cells=[cell])).cells
    assert done.source == "draw()"
    assert done.metadata == {"tags": ["hide-input"], "mystnb": {"a": 1}}
    assert done.execution_count == 3
    texts = [(each.name, each.text) for each in done.outputs if "text" in each]
    assert texts == [("stdout", "one\ntwo\n"), ("stderr", "three\n"), ("stdout", "last\n")]
    shown = done.outputs[2]
    assert set(shown.data) == {"image/png", "text/plain"}
    assert shown.metadata == {"image/png": {"width": 7, "height": 5}}
    assert b"Software" not in base64.b64decode(shown.data["image/png"])
    assert same_picture(shown.data["image/png"], png())
    assert len(done.outputs) == 4


def test_cells_that_are_alike_have_different_ids_and_empty_code_goes():
    v4 = nbformat.v4
    cells = [v4.new_code_cell("1"), v4.new_code_cell("1"), v4.new_markdown_cell("1")]
    picture = v4.new_markdown_cell("![a](attachment:a.png)", attachments={"a.png": {}})
    empty = [v4.new_code_cell(" \n"), v4.new_markdown_cell("")]
    done = normalise(v4.new_notebook(cells=[*cells, picture, *empty])).cells
    assert [cell.cell_type for cell in done] == ["code", "code", *["markdown"] * 3]
    assert len({cell.id for cell in done}) == 5
    assert done[3].attachments == {"a.png": {}}
    again = normalise(v4.new_notebook(cells=cells)).cells
    assert [cell.id for cell in again] == [cell.id for cell in done[:3]]


def picture(red: int, size: int = 2, mode: str = "RGB") -> str:
    file = io.BytesIO()
    Image.new("RGB", (size, 2), (red, 0, 0)).convert(mode).save(file, "png")
    return base64.b64encode(file.getvalue()).decode()


@pytest.mark.parametrize(
    ("red", "size", "kept"), [(103, 2, True), (97, 2, True), (104, 2, False), (100, 3, False)]
)
def test_a_picture_that_only_rounding_changed_is_kept(red, size, kept):
    """Beside it stand an output without a picture and a cell without outputs."""

    def notebook(shown: str) -> nbformat.NotebookNode:
        v4 = nbformat.v4
        outputs = [v4.new_output("stream"), v4.new_output("display_data", {"image/png": shown})]
        cells = [v4.new_markdown_cell("a"), v4.new_code_cell("b", outputs=outputs)]
        return normalise(v4.new_notebook(cells=cells))

    before, after = picture(100), picture(red, size)
    new = notebook(after)
    keep_equal_pictures(new, notebook(before))
    assert new.cells[1].outputs[1].data["image/png"] == (before if kept else normal(after))


def normal(png: str) -> str:
    """Return a picture as it stands in a notebook in normal form."""
    output = nbformat.v4.new_output("display_data", {"image/png": png})
    cell = nbformat.v4.new_code_cell("a", outputs=[output])
    done = normalise(nbformat.v4.new_notebook(cells=[cell]))
    return done.cells[0].outputs[0].data["image/png"]


def test_pictures_are_compared_as_they_are_seen():
    assert same_picture(picture(100), picture(100, mode="RGBA"))
    assert same_picture(picture(100, mode="P"), picture(100, mode="RGBA"))
    assert not same_picture(picture(100), picture(120))


def test_what_another_machine_may_show_is_no_fault():
    v4 = nbformat.v4
    outputs = [
        v4.new_output("display_data", {"image/png": picture(1)}),
        v4.new_output("error", ename="ValueError", evalue="expected", traceback=[]),
        v4.new_output("stream", name="stdout", text=""),
        v4.new_output("stream", name="stdout", text="at 0x7f"),
        v4.new_output("stream", name="stdout", text=f"https://a/home/b, a/tmp/c, a{ROOT}"),
    ]
    cells = [v4.new_markdown_cell("at 0x7f0123456789"), v4.new_code_cell("a", outputs=outputs)]
    check_portable(v4.new_notebook(cells=cells), "a.ipynb")


ADDRESS = "<a at 0x7f0123456789>"
STREAM = partial(nbformat.v4.new_output, "stream", name="stdout")


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (STREAM(text="in /home/me/a.npz"), r"prints a folder of this machine \(/home/me\), which"),
        (STREAM(text=f"in {ROOT}/chapters"), "prints a folder of this machine"),
        (STREAM(text="'C:\\\\Users\\\\me'"), r"prints a folder of this machine \(C:"),
        (STREAM(text="x" * 200_001), "prints 200,001 characters, which no page can show"),
        (STREAM(text=ADDRESS), r"prints a memory address \(at 0x7f0123456789\), which no other"),
        (nbformat.v4.new_output("execute_result", {"text/plain": ADDRESS}), "prints a memory"),
        (STREAM(name="stderr", text=" oh no\n"), "writes to stderr: oh no$"),
        (STREAM(name="stderr", text="xy" * 200), f"writes to stderr: {'xy' * 150}$"),
    ],
)
def test_what_is_of_this_machine_or_run_or_endless_is_refused(output, told):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("a", outputs=[output])])
    with pytest.raises(BookError, match=f"^a.ipynb, cell 1: {told}"):
        check_portable(notebook, "a.ipynb")


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_a_chapter_is_committed_in_its_normal_form(path):
    text = path.read_text(encoding="utf-8")
    same = on_disk(normalise(read(path)), path) == text
    assert same, "numbers or links have moved: python -m explorable notebooks --no-execute"
    code = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    assert [cell["id"] for cell in code if cell["execution_count"] is None] == []
