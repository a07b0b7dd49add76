"""A book with a fault does not build, says where the fault is, and keeps the last good site."""

import re

import pytest

from tests.explorable.book.small import GOOD, Book

EXPLORER = """
import numpy as np
from explorable.explore import explore, say, slider
from explorable.drawing.toolkit import panels
def draw():
    figure, axes = panels(1)
    (line,) = axes.plot([1, 2, 3])
    @explore(figure, {"line": line}, "A line", a=slider([-1, 0, 1], label="a", start=1))
    def explorer(a):
        if a == 0:
            raise ZeroDivisionError("nothing to divide by")
        line.set_ydata([a, 1 / a, 0])
        return say("a is {a}.", a=a)
    return explorer
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Return a folder whose name has a space and Chinese characters."""
    return tmp_path_factory.mktemp("书 架")


@pytest.fixture(scope="module")
def book(shelf):
    """Return a book that has been built once without a fault."""
    made = Book(shelf / "good")
    result = made.build()
    assert result.returncode == 0, result.stderr
    return made


@pytest.fixture(autouse=True)
def mend(book):
    """Undo the fault after each test, and see that the last good site stood all the while."""
    yield
    book.mend()
    assert "first page" in (book.output / "index.html").read_text(encoding="utf-8")


def test_an_unchanged_book_is_left_alone(book):
    before = (book.output / "index.html").stat().st_mtime_ns
    result = book.build()
    assert "up to date" in result.stdout
    assert (book.output / "index.html").stat().st_mtime_ns == before


@pytest.fixture(scope="module")
def told(book):
    """Return what a build says of pages with six faults."""
    numbered = "\\begin{equation}\na = b\n\\end{equation}\n"
    book.page(
        GOOD
        + f"\nSee {{eq}}`page-cube`.\n\n{numbered}\n$$ c = d \\tag{{7}} $$\n"
        + "\n<script>alert(1)</script>\n\nText that turns\u202e around.\n"
    )
    book.notebook(
        "import matplotlib.pyplot as plt; plt.plot([1, 2]);",
        text="# A notebook\n\nHere $\\frca{1}{2}$ is wrong.\n",
    )
    return book.refused()


def test_a_broken_reference_stops_the_build(told):
    assert "page.md:7: WARNING: equation not found: page-cube" in told


def test_an_error_in_tex_stops_the_build(told):
    assert "notebook.ipynb, cell 1, line 4: " in told
    assert "in the formula: \\frca{1}{2}" in told


def test_a_script_and_a_character_that_nobody_sees_stop_the_build(told):
    assert "the text runs a script: <script>" in told
    assert "U+202E (RIGHT-TO-LEFT OVERRIDE) is not seen" in told


def test_a_picture_without_words_stops_the_build(told):
    assert re.search(r"notebook.ipynb, cell 2, .* a picture has no alternative text", told)


def test_an_equation_with_a_number_but_no_label_stops_the_build(told):
    complaint = "WARNING: an equation has a number but no label"
    assert re.search(rf"page.md:9: {complaint}.* its TeX: \\begin{{equation}}\na = b", told)
    assert re.search(rf"page.md:13: {complaint}.* its TeX: c = d \\tag\{{7\}}", told)
    assert told.count(complaint) == 2  # and not of the one that has a label


@pytest.mark.proof
def test_a_second_build_forgives_nothing(book):
    book.page(GOOD + "\nSee {eq}`page-cube`.\n")
    first = book.refused()
    assert "equation not found: page-cube" in first
    assert book.refused() == first


def test_a_broken_link_inside_a_page_stops_the_build(book):
    book.page(GOOD + '\n<a href="#nowhere">there</a>\n')
    assert "#nowhere" in book.refused()


@pytest.fixture(scope="module")
def executed(book):
    """Return what a build says of a book whose notebooks fail, each in its own way."""
    book.notebook("x = 1", "raise ValueError('too small')", name="failing")
    book.notebook("import warnings; warnings.warn('careful')", name="warning")
    book.notebook(EXPLORER, "draw()", name="explorer")
    book.notebook(
        "from mathdl.concepts import sigmoid",
        "assert f'{sigmoid(1):.2f}' == '0.74'",
        name="untrue",
    )
    return book.refused()


def test_a_failing_cell_stops_the_build(executed):
    assert "failing.ipynb, cell 3: ValueError: too small" in executed
    assert "| raise ValueError('too small')" in executed


def test_a_warning_stops_the_build(executed):
    assert re.search(r"warning.ipynb, cell 2: .*careful", executed)


def test_a_failing_explorer_stops_the_build_and_says_in_which_state(executed):
    assert re.search(r"explorer.ipynb, cell 3: .*'draw' at a = 0: ZeroDivisionError", executed)
    assert "| draw()" in executed


def test_an_assertion_that_no_longer_holds_stops_the_build(executed):
    assert "untrue.ipynb, cell 3: AssertionError: assert '0.73' == '0.74'\n" in executed
    assert "| assert f'{sigmoid(1):.2f}' == '0.74'" in executed


def test_a_number_in_the_prose_that_no_cell_computes_stops_the_build(book):
    text = "# A notebook\n\nAt 1 the sigmoid is $0.73$, and not $0.74$.\n"
    book.notebook("print(0.73)", text=text)
    assert "notebook.ipynb, cell 1, line 3: no cell computes 0.74, in “" in book.refused()


def test_a_missing_page_stops_the_build(book):
    (book.source / "notebook.ipynb").unlink()
    message = book.refused()
    assert "notebook.ipynb" in message


def test_the_book_is_built_again_when_it_is_mended(book):
    book.page(GOOD + "\nMore text.\n")
    assert book.build().returncode == 0
    assert "More text." in (book.output / "index.html").read_text(encoding="utf-8")


def test_a_folder_of_something_else_is_not_overwritten(shelf):
    book = Book(shelf / "foreign")
    book.output.mkdir()
    (book.output / "letter.txt").write_text("mine")
    assert "holds no built book" in book.refused()
    assert (book.output / "letter.txt").exists()
