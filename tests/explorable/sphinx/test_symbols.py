"""Which symbol a part of a formula is, what is said of it, and what is refused."""

import json

import pytest

from explorable.book.problem import BookError
from explorable.drawing.formulas import Renderer
from explorable.library.letters import Reader
from explorable.library.symbols import Symbol, of_two_meanings, read_symbols, words

RENDER, READER = Renderer(None), Reader()


def known(*all_: str | tuple[str, str]) -> list[dict[str, list[str]]]:
    """Return symbols as a page is told of them; of a pair the second is where it holds."""
    told = []
    for each in all_:
        tex, place = each if isinstance(each, tuple) else (each, "")
        forms = [READER.written(RENDER(tex, display=False))]
        told.append({"match": forms} | ({"in": [place]} if place else {}))
    return told


def found(tex: str, table: list[dict[str, list[str]]], *ids: str) -> dict[str, int]:
    """Return the symbols of the letters of a formula, by their places in a table."""
    return dict(READER.found(RENDER(tex, display=False), table, ids))


@pytest.mark.parametrize(
    ("tex", "table", "letters"),
    [
        ("w + b", ["w"], {"w": 0, "b": -1}),
        (r"\sigma_1 \sigma_2", ["\\sigma", "\\sigma_1"], {"σ": 0}),  # that of σ₂, the last
        (r"\sigma_1", ["\\sigma", "\\sigma_1"], {"σ": 1}),
        ("x_i", ["x_i", "i"], {"x": 0, "i": 1}),  # its index is a door of its own
        ("x_i", ["x_i"], {"x": 0, "i": 0}),
        (r"\theta_{k+1}", [r"\theta", r"\theta_\square"], {"θ": 1, "k": 1}),
        ("W^{(l)}", ["W", r"W^{(\square)}"], {"W": 1, "l": 1}),
        ("W^2", ["W", r"W^{(\square)}"], {"W": 0}),  # a power is no layer
        (r"W^{(l)\top}", ["W", r"W^{(\square)}"], {"W": 0, "l": -1}),
        ("a_j^{(l)}", [r"a^{(\square)}", "a"], {"a": 0, "j": 0, "l": 0}),
        (r"\hat y", ["y"], {"y": -1}),  # a hat makes it another letter
        (r"\hat y_i", [r"\hat y", "y"], {"y": 0, "i": -1}),
        (r"\bar v", [r"\bar\square", "v"], {"v": 0}),
        (r"f'(z)", ["f", "f'"], {"f": 1, "z": -1}),
        (r"\mathbf y y", ["y"], {"𝐲": -1, "y": 0}),
        (r"\operatorname{relu}(z)", [r"\operatorname{relu}"], {"relu": 0, "z": -1}),
        (r"\ln \sin \max_x x", ["x"], {"x": 0}),
        (r"n_\text{in}", ["n", r"n_\text{in}"], {"n": 1}),
    ],
)
def test_the_longest_symbol_around_a_letter_is_found(tex, table, letters):
    leaves = found(tex, known(*table))
    assert {letter: leaves[letter] for letter in leaves if letter} == letters


def test_the_nearest_place_decides_what_a_letter_means():
    table = known("h", ("h", "section"), ("h", "theorem"))
    assert found("h", table)["h"] == 0
    assert found("h", table, "section", "chapter")["h"] == 1
    assert found("h", table, "theorem", "section")["h"] == 2
    assert found("h", known(("h", "elsewhere")), "section")["h"] == -1


TABLE = """symbols = [
  {tex = 'w', name = "weight", is = "(m,)", at = "one-line", code = ["w", "weights"]},
  {tex = ['h', 'h_1'], name = "height", match = 'h_\\square', in = "ex"},
  {tex = 'w', name = "width", in = "here"},
]
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "appendix" / "symbols").mkdir(parents=True)
    (tmp_path / "appendix" / "symbols" / "one.toml").write_text(TABLE)
    return tmp_path


def test_a_table_is_read_and_its_words_are_translated(root):
    weight, height, width = read_symbols(root)["one"]
    assert weight == Symbol(
        ("w",), "weight", "(m,)", ("one-line",), ("w", "weights"), match=("w",)
    )
    assert (height.tex, height.match, height.within) == (("h", "h_1"), ("h_\\square",), ("ex",))
    assert of_two_meanings([weight, height, width]) == {"w": ["weight", "width"]}
    assert list(words(root)) == [(name, "one.toml") for name in ("weight", "height", "width")]


def test_a_function_that_formulas_call_by_its_name_needs_no_line(root):
    (root / "mathdl" / "one").mkdir(parents=True)
    kernel = '@equation("one-{0}", "one-{0}-again")\ndef {0}(z): ...\n'
    text = "".join(map(kernel.format, ("bump", "silent", "wave")))
    (root / "mathdl" / "one" / "bumps.py").write_text(text)
    (root / "chapters").mkdir()
    cell = {"source": r"$$y = \operatorname{bump}(z) + \operatorname{wave}(z)$$ (one-bump)"}
    (root / "chapters" / "one.ipynb").write_text(json.dumps({"cells": [cell]}))
    table = root / "appendix" / "symbols" / "one.toml"
    table.write_text("symbols = [{tex = '\\operatorname{wave}', name = \"ripple\"}]")
    ripple, bump = read_symbols(root)["one"]
    assert (ripple.name, bump.name, bump.at, bump.library) == (
        "ripple",
        "`bump`",
        ("one-bump",),
        ("bump",),
    )
    assert list(words(root)) == [("ripple", "one.toml")]


@pytest.mark.parametrize("text", ["symbols = [", "symbols = [{tex = 'w'}]", "symbol = []",
                                  "symbols = [{tex = 'w', name = 'w', of = 'x'}]"])  # fmt: skip
def test_what_is_no_table_is_refused(root, text):
    (root / "appendix" / "symbols" / "one.toml").write_text(text)
    with pytest.raises(BookError, match=r"appendix/symbols/one\.toml: "):
        read_symbols(root)
