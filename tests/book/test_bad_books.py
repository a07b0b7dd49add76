"""A book with a fault does not build, says where the fault is, and keeps the last good site."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from book import ROOT

CONFIG = (ROOT / "_config.yml").read_text(encoding="utf-8")
GOOD = "# 一 first page\n\nText with $x^2$ and {eq}`page-square`.\n\n$$ y = x^2 $$ (page-square)\n"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Return a folder whose name has a space and Chinese characters."""
    return tmp_path_factory.mktemp("书 架")


class Book:
    """A book of one page and one notebook."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "source"
        self.output = folder / "site"
        self.source.mkdir(parents=True)
        (self.source / "_config.yml").write_text(CONFIG, encoding="utf-8")
        (self.source / "references.bib").touch()
        toc = "format: jb-book\nroot: page\nchapters:\n  - file: notebook\n"
        (self.source / "_toc.yml").write_text(toc, encoding="utf-8")
        self.page(GOOD)
        self.code("1 + 1")

    def page(self, text: str) -> None:
        (self.source / "page.md").write_text(text, encoding="utf-8")

    def code(self, *cells: str, text: str = "# A notebook\n") -> None:
        notebook = nbformat.v4.new_notebook()
        notebook.cells = [
            nbformat.v4.new_markdown_cell(text),
            *map(nbformat.v4.new_code_cell, cells),
        ]
        nbformat.write(notebook, self.source / "notebook.ipynb")

    def build(self) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "book", "build"]
        command += ["--source", str(self.source), "--output", str(self.output)]
        return subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
        )

    def refused(self) -> str:
        result = self.build()
        assert result.returncode != 0, result.stdout
        assert "Traceback" not in result.stderr.split("\n")[1], result.stderr
        return result.stderr


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
    book.page(GOOD)
    book.code("1 + 1")
    assert "first page" in (book.output / "index.html").read_text(encoding="utf-8")


def test_an_unchanged_book_is_left_alone(book):
    before = (book.output / "index.html").stat().st_mtime_ns
    result = book.build()
    assert "up to date" in result.stdout
    assert (book.output / "index.html").stat().st_mtime_ns == before


@pytest.fixture(scope="module")
def told(book):
    """Return what a build says of a book with three faults, twice."""
    book.page(GOOD + "\nSee {eq}`page-cube`.\n")
    book.code(
        "import matplotlib.pyplot as plt; plt.plot([1, 2]);",
        text="# A notebook\n\nHere $\\frca{1}{2}$ is wrong.\n",
    )
    return book.refused(), book.refused()


def test_a_broken_reference_stops_the_build(told):
    assert "page.md:7" in told[0]
    assert "page-cube" in told[0]


def test_an_error_in_tex_stops_the_build(told):
    assert "notebook.ipynb, cell 1" in told[0]
    assert "\\frca" in told[0]


def test_a_picture_without_words_stops_the_build(told):
    assert "notebook" in told[0]
    assert "alternative text" in told[0]


def test_a_second_build_forgives_nothing(told):
    assert told[0] == told[1]


def test_a_broken_link_inside_a_page_stops_the_build(book):
    book.page(GOOD + '\n<a href="#nowhere">there</a>\n')
    assert "#nowhere" in book.refused()


def test_a_failing_cell_stops_the_build(book):
    book.code("x = 1", "raise ValueError('too small')")
    message = book.refused()
    assert "notebook.ipynb, cell 3: ValueError: too small" in message


def test_a_warning_stops_the_build(book):
    book.code("import warnings; warnings.warn('careful')")
    message = book.refused()
    assert "notebook.ipynb, cell 2" in message
    assert "careful" in message


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
