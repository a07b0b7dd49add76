"""Notebooks to download: no MyST, the same code, formulas that no quotation mark gets into."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from explorable.book.notebooks.downloaded import for_download
from explorable.book.notebooks.jupyter import for_jupyter, read_references

WORDS = {"Theorem": "定理", "Proof. ": "证明。", "{kind} {number}": "{kind}{number}"}


def shown(*texts: str, say=str) -> list[str]:
    """Return the texts of a chapter, written as authors do, as a reader downloads them."""
    chapter = new_notebook(cells=[new_markdown_cell("# A title"), *map(new_markdown_cell, texts)])
    references = read_references([("one", chapter)], say=say)
    whole = for_download(for_jupyter(chapter, references, {}, chapter="one", say=say), say)
    return [cell.source for cell in whole.cells][1:]


THEOREM = (
    "```{prf:theorem} Sums\n:label: a-thm\n\n1. It is\n\n   $$\n   x\n   = 1.\n   $$ (a-one)\n```"
)


@pytest.mark.parametrize(
    ("words", "head"), [({}, "Theorem 1.1 · Sums"), (WORDS, "定理1.1 · Sums")]
)
def test_a_directive_is_a_quotation_whose_formulas_have_one_line(words, head):
    assert shown(THEOREM, say=lambda text: words.get(text, text)) == [
        f'<a id="a-thm"></a>\n\n> **{head}**\n>\n> 1. It is\n>\n'
        '>    <a id="a-one"></a>\n>\n'
        ">    $$\\begin{equation*} \\tag{1.1} x = 1. \\end{equation*}$$"
    ]


def test_a_fold_in_one_cell_is_closed_and_one_of_many_a_quotation():
    start, end = "```{deeper-start} Why\n:label: a-why\nBriefly.\n```", "```{deeper-end}\n```"
    proof = "```{prf:proof}\nClear.\n```"
    whole, first, last = shown(f"{start}\n\n{proof}\n\n{end}", f"{start}\n\nNow:", f"So.\n\n{end}")
    assert " ".join(whole.split()) == (
        '<a id="a-why"></a> <details> <summary>Why</summary> Briefly. > **Proof** > > Clear. '
        "</details>"
    )
    assert first == '<a id="a-why"></a>\n\n> **Why**\n>\n> Briefly.\n\nNow:'
    assert last == "So."
    assert shown("(a-part)=\n## A part\n\n$$\ny = x\n$$ (a-sum)\n\nBy {eq}`a-sum`.") == [
        '<a id="a-part"></a>\n\n## A part\n\n<a id="a-sum"></a>\n\n'
        "$$\n\\begin{equation*} \\tag{1.1}\ny = x\n\\end{equation*}\n$$\n\nBy [(1.1)](#a-sum)."
    ]


def test_what_has_only_an_end_goes_and_code_stays():
    notebook = new_notebook(
        cells=[
            new_markdown_cell("```{solution-start} a-ex\n:class: dropdown\n```\n\nIt is 4."),
            new_code_cell("x = 4  # {eq}`a`, :::{note}"),
            new_markdown_cell("```{solution-end}\n```"),
            new_markdown_cell("```python\n:::\n```\n\n```{note}\nKept.\n```"),
        ]
    )
    done = for_download(notebook)
    nbformat.validate(done)
    assert [cell.source for cell in done.cells] == [
        "It is 4.",
        "x = 4  # {eq}`a`, :::{note}",
        "```python\n:::\n```\n\n```{note}\nKept.\n```",
    ]
