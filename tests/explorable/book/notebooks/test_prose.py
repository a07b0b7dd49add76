"""A number in the prose stands in a cell: what counts as a number, and what as known."""

from decimal import Decimal

import nbformat
import pytest

from explorable.book.notebooks.prose import check_numbers, computed, numbers
from explorable.book.problem import BookError


def found(text):
    return [number for _, number, _, _ in numbers(text)]


def notebook(text, code="", printed=""):
    cell = nbformat.v4.new_code_cell(code)
    cell.outputs = [nbformat.v4.new_output("stream", text=printed)]
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text), cell])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The loss is 0.73.", ["0.73"]),
        ("It takes 17,226 parameters and 145 steps.", ["17,226", "145"]),
        (r"So $\sigma(1) \approx 0.73$ and $8.3\cdot10^{-17}$.", ["0.73", "8.3e-17"]),
        (r"About $1{,}797$, some 22\,000, or 3·10⁻⁵.", ["1,797", "22000", "3e-5"]),
        ("$$\nx = 0.25\n$$ (page-x)", ["0.25"]),
        (
            "Of Thirty-one none, of thirty-one and eleven digits, 9 of 12.",
            ["31", "31", "11", "12"],
        ),
        ("At e^{-0.37} and e^{2.5}, not at e^{12}.", ["0.37", "2.5"]),
        ("A tenth is 10^{−1}, more than 2·10^{−3}.", ["2e-3"]),
        ("~~~text\n0.1\n```\n0.2\n~~~\nAfter code stands 0.3.", ["0.3"]),
        ("```{exercise} Title\n:label: page-100\nWhat is 0.5 here?\n```", ["0.5"]),
        ("They report 0.93 {cite:p}`a2015b`. We find 0.94.", ["0.94"]),
    ],
)
def test_numbers_are_found(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Two layers of 8 units and ten starts, in 2015 and float32, at 10^{12} and 10^{-12}.",
        "See `rate=0.25`, {eq}`page-0.1`, [here](page.html#v1.25) and section 7.1.2.",
        "Eqs. 6.40 and 6.41 and figures 1.4, 1.5 say more; so do pages 436–444 and p. 128.",
        "```python\nx = 0.125\n```",
    ],
)
def test_other_figures_are_none(text):
    assert found(text) == []


def test_the_prose_is_checked_against_what_cells_hold_and_print():
    made = notebook("", "assert n == 17_226 and f'{x:.1e}' == '4.5e-05'", "0.50, 1,797")
    known = {"17226", "4.5e-5", "0.5", "1797"}
    assert {Decimal(number) for number in known} <= computed(made)
    check_numbers(notebook("It reads 97.2 % of 3.5 million.", "0.972, 3500000"), "a")
    with pytest.raises(BookError):
        check_numbers(notebook("It reads 97.2 of them.", "0.972"), "a")
    with pytest.raises(BookError) as refusal:
        check_numbers(notebook("# Title\n\nIt is 0.74, by far.\n\nIt is 0.25.", "0.73"), "a.ipynb")
    first, second = str(refusal.value).splitlines()
    assert first.startswith("a.ipynb, cell 1, line 3: no cell computes 0.74, in “It is 0.74, by")
    assert second.startswith("a.ipynb, cell 1, line 5: no cell computes 0.25")
