"""Formulas, exercises, theorems and captions in the form that Jupyter shows, and the way back."""

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorable.book import ROOT
from explorable.book.notebooks.blocks import numbered, numbered_caption, plain, plain_caption

NUMBERS = {"a-one": "4.2", "a-ex": "4.3", "a-thm": "4.1", "a-fig": "4.10"}


def number(label: str) -> str:
    return NUMBERS.get(label, "")


BLOCKS = {
    "a formula": (
        "$$\na = b\n$$ (a-one)",
        "$$\n\\begin{equation*} \\tag{4.2}\na = b\n\\end{equation*}\n$$ (a-one)",
    ),
    "a formula without a number": (
        "By\n\n$$\na = b\n$$\n\nand",
        "By\n\n$$\n\\begin{equation*}\na = b\n\\end{equation*}\n$$\n\nand",
    ),
    "a formula of one line": (
        "$$a = b$$ (a-one)",
        "$$\\begin{equation*} \\tag{4.2}a = b\\end{equation*}$$ (a-one)",
    ),
    "a formula in a list": (
        "1. By\n\n   $$\n   a\n   $$ (a-one)\n\n   and",
        "1. By\n\n   $$\n   \\begin{equation*} \\tag{4.2}\n   a\n   \\end{equation*}\n"
        "   $$ (a-one)\n\n   and",
    ),
    "an exercise": (
        "```{exercise} By hand\n:label: a-ex\n\nDo $x$.\n```",
        ":::{exercise} By hand\n:enumerator: 4.3\n:label: a-ex\n\nDo $x$.\n\n:::",
    ),
    "an exercise with code": (
        "````{exercise} By hand\n:class: wide\n:label: a-ex\n\n"
        "```python\n$$\n1\n$$\n```\n````\n\nOn",
        ":::{exercise} By hand\n:enumerator: 4.3\n:class: wide\n:label: a-ex\n\n"
        "```python\n$$\n1\n$$\n```\n\n:::\n\nOn",
    ),
    "an exercise that nothing refers to": (
        "```{exercise}\nDo it.\n```",
        ":::{exercise}\n:enumerated: false\n\nDo it.\n\n:::",
    ),
    "a theorem and its proof": (
        "```{prf:theorem} T\n:label: a-thm\n\n$$\na\n$$ (a-one)\n```\n\n"
        "```{prf:proof}\nBy $y$.\n```",
        ":::{prf:theorem} T\n:enumerator: 4.1\n:label: a-thm\n\n"
        "$$\n\\begin{equation*} \\tag{4.2}\na\n\\end{equation*}\n$$ (a-one)\n\n:::\n\n"
        ":::{prf:proof}\n:enumerated: false\n\nBy $y$.\n\n:::",
    ),
    "one in another": (
        "````{exercise} Two\n:label: a-ex\n\n```{prf:theorem} T\n:label: a-thm\n\nSo.\n```\n````",
        "::::{exercise} Two\n:enumerator: 4.3\n:label: a-ex\n\n"
        ":::{prf:theorem} T\n:enumerator: 4.1\n:label: a-thm\n\nSo.\n\n:::\n\n::::",
    ),
    "a solution": (
        "```{solution-start} a-ex\n:class: dropdown\n```\n\nSo.\n\n```{solution-end}\n```",
        ":::{solution-start} a-ex\n:class: dropdown\n:::\n\nSo.\n\n:::{solution-end}\n:::",
    ),
    "colons in it": (
        "```{exercise}\nWrite\n\n:::\n```",
        "::::{exercise}\n:enumerated: false\n\nWrite\n\n:::\n\n::::",
    ),
}
ALIKE = {
    "words": "A sum $a + b$, and `$$` and $$a$$ within a line.",
    "code": "```\n$$\na\n$$\n```",
    "a code of MyST": "~~~~text\n```{exercise} A\n:label: a-ex\n\nDo.\n```\n~~~~",
    "what holds no Markdown": "```{math}\n:label: a-one\na\n```\n\n```{code} python\n1\n```",
    "a formula with words behind it": "$$\na\n$$ is short.",
    "prices": "$$ is a sign\n\nand here it is again: $$",
}


@pytest.mark.parametrize(("source", "shown"), BLOCKS.values(), ids=BLOCKS)
def test_a_block_gets_its_number_and_loses_it(source, shown):
    assert numbered(source, number) == shown
    assert plain(shown) == source


@pytest.mark.parametrize("source", ALIKE.values(), ids=ALIKE)
def test_what_is_no_block_stays(source):
    assert numbered(source, number) == plain(source) == source


def test_authors_may_write_colons_and_a_stale_number_is_renewed():
    stale = ":::{exercise} A\n:enumerator: 9.9\n:label: a-ex\n\nDo.\n\n:::"
    assert ":enumerator: 4.3\n" in numbered(plain(stale), number)
    stale = "$$\n\\begin{equation*} \\tag{9.9}\na\n\\end{equation*}\n$$ (a-one)"
    assert "\\tag{4.2}\n" in numbered(plain(stale), number)
    stale = "(a-fig)=\n**Figure 9.9.** A curve."
    assert numbered_caption(plain_caption(stale), number) == "(a-fig)=\n**Figure 4.10.** A curve."
    source = ":::{exercise} A\n:label: a-ex\nDo\n\n```python\n1\n```\n:::"
    assert plain(source) == "````{exercise} A\n:label: a-ex\nDo\n\n```python\n1\n```\n````"
    assert plain(":::{note}\nIt is so.\n:::") == ":::{note}\nIt is so.\n:::"


def test_a_caption_begins_with_its_number():
    source, shown = "(a-fig)=\nA curve.", "(a-fig)=\n**Figure 4.10.** A curve."
    assert numbered_caption(source, number) == shown
    assert plain_caption(shown) == source
    for unknown in ("(b-fig)=\nA curve.", "A curve."):
        assert numbered_caption(unknown, number) == plain_caption(unknown) == unknown


PARTS = st.sampled_from([
    "", "words", "Words $a$ and $$b$$.", "$$\na\n$$", "$$\na\n\n$$ (a-one)", "$$ a\nb$$ (a-one)",
    "$$a$$", "   $$\n   a\n   $$ (a-one)", "```python\n$$\n1\n```", "~~~\n:::{exercise}\n~~~",
    "````\n```{exercise}\n```\n````", "```{math}\na\n```", ":::", "(a-fig)=", ":class: wide",
])  # fmt: skip
HEADS = st.sampled_from([
    "{exercise} A\n:label: a-ex", "{exercise}", "{exercise}\n", "{prf:theorem} B\n:class: wide",
    "{prf:proof}", "{container} wide\n:name: x", "{solution-start} a-ex\n:class: dropdown",
])  # fmt: skip


def fenced(head: str, parts: list[str]) -> str:
    body = "".join(f"{part}\n" for part in parts)
    longest = max((len(line) - len(line.lstrip("`")) for line in body.split("\n")), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{head}\n{body}{fence}"


TEXTS = st.recursive(PARTS, lambda parts: st.builds(fenced, HEADS, st.lists(parts, max_size=4)))


@given(st.lists(TEXTS, max_size=5).map("\n".join))
def test_the_way_there_and_back_loses_nothing(source):
    assert plain(numbered(source, number)) == source
    assert numbered(plain(numbered(source, number)), number) == numbered(source, number)


@pytest.mark.parametrize("path", sorted((ROOT / "chapters").glob("*.ipynb")), ids=lambda p: p.stem)
def test_between_fences_of_backticks_a_chapter_has_code_alone(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            assert "```{" not in cell.source, f"book.blocks leaves backticks: {cell.source[:60]}"
