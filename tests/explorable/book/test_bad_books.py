"""A book with a fault does not build, says where the fault is, and keeps the last good site."""

import re

import pytest

from tests.explorable.book.small import GOOD, Book

UNSHOWN = "class Unshown:\n    def _repr_mimebundle_(self, **_):\n        1 / 0"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Return a book in a folder whose name has a space and Chinese characters, built once."""
    made = Book(tmp_path_factory.mktemp("书 架") / "good")
    result = made.build()
    assert result.returncode == 0, result.stderr
    return made


def home(book):
    return (book.output / "index.html").read_text(encoding="utf-8")


def test_notebooks_that_fail_each_in_its_own_way_stop_the_build(book):
    book.notebook("x = 1", "raise ValueError('too small')", name="failing")
    book.notebook("import warnings; warnings.warn('careful')", name="warning")
    book.notebook(UNSHOWN, "Unshown()", name="unshown")
    book.notebook(
        "from mathdl.concepts import sigmoid\n\nassert f'{sigmoid(1):.2f}' == '0.74', 'no'",
        name="untrue",
    )
    told = book.refused()
    assert "failing.ipynb, cell 3: ValueError: too small" in told
    assert "| raise ValueError('too small')" in told
    assert re.search(r"warning.ipynb, cell 2: .*careful", told)
    assert "unshown.ipynb, cell 3: ZeroDivisionError: division by zero" in told
    assert "| Unshown()" in told
    assert re.search(
        r"untrue.ipynb, cell 2: AssertionError: no\n *assert '0.73' == '0.74'\n", told
    )
    assert "| assert f'{sigmoid(1):.2f}' == '0.74'" in told
    assert "first page" in home(book)


def test_a_fault_of_a_page_stops_the_build_until_it_is_mended(book):
    book.mend()
    book.page(GOOD + "\nSee {eq}`page-cube`.\n")
    assert "page.md:7: WARNING: equation not found: page-cube" in book.refused()
    assert "page-cube" not in home(book)
    book.page(GOOD + "\nMore text.\n")
    assert book.build().returncode == 0
    assert "More text." in home(book)


@pytest.mark.proof
def test_a_second_build_forgives_nothing(book):
    book.page(GOOD + "\nSee {eq}`page-cube`.\n")
    first = book.refused()
    assert "equation not found: page-cube" in first
    assert book.refused() == first
