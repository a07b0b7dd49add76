"""Drills: what is drawn, typed and judged, in Python and in the page."""

import re

import numpy as np
import pytest

from explorable.drills import drill, drill_html, filled, pick, typeset, whole
from explorable.drills.page import written
from tests.explorable.drills.playing import Scripts


@drill(
    "A product",
    question="What is $@w \\cdot @x$, if $@n$?",
    solution="$$@w[0]\\cdot @x[0] + @w[1]\\cdot @x[1] = @answer,$$ with $@n^2 - @n$.",
    mistakes={"sum": "Here is $@sum$."},
    w=whole(-3, 3, 2, but=[0]),
    x=pick(0.5, 0.25, shape=(2,)),
    n=whole(-2, -1),
)
def product(w, x, n):
    return {"answer": (w * x).sum(), "sum": w.sum() + x.sum() + n, "keep": w[0] != w[1]}


def render(tex, apart):
    """Stand in for Temml."""
    return re.sub(r"\{(\d+)\}", r"<mn>\1</mn>", tex)


@pytest.fixture(scope="module")
def scripts():
    return Scripts()


def test_a_seed_gives_the_same_numbers_written_alike_here_and_in_the_page(scripts):
    seeds = list(range(40))
    for seed, there in zip(seeds, scripts.at(product, seeds), strict=True):
        here = product.at(seed)
        assert here["w"][0] != here["w"][1]
        assert list(there) == list(here)
        for name, value in here.items():
            assert there[name]["shape"] == list(np.shape(value))
            np.testing.assert_array_equal(there[name]["values"], np.ravel(value))
    assert len({str(product.at(seed)) for seed in seeds}) > 30
    for value in (0, -0.0, 3 - 1e-12, -1616.0, 0.0625, 1 / 3, -12.3456, 1e-7):
        assert scripts("written", value) == written(value)


def test_numbers_stand_in_their_places_and_negative_ones_in_brackets(scripts):
    values = {"w": np.array([-2, 3]), "x": np.array([0.5, 0.25]), "n": -1, "answer": -0.25}
    question = typeset(product.question, values, render)
    said = filled(question, values)
    assert ">(<mn>−2</mn>,\\,<mn>3</mn>) \\cdot (<mn>0.5</mn>," in said
    assert 'data-tex="{−1}"' in said
    solution = filled(typeset(product.solution, values, render), values)
    assert "<mn>−2</mn>\\cdot <mn>0.5</mn> + <mn>3</mn>" in solution
    assert "<mn>(−1)</mn>^2 - <mn>(−1)</mn>" in solution
    assert solution.startswith('<div class="equation">')
    arrays = {name: {"values": np.ravel(each).tolist()} for name, each in values.items()}
    assert scripts("numbered", question, arrays) == said
    matrix = typeset("$@w$是。", {"w": np.eye(2)}, render, re.compile("是"), "。")
    assert "pmatrix} <mn>@w.0</mn> &" in matrix.replace("&amp;", "&")
    assert 'class="math before-letter"' in matrix


def test_what_cannot_be_written_or_drawn_is_refused():
    with pytest.raises(ValueError, match="outside of a formula"):
        typeset("of @n samples", {"n": 3}, render)
    with pytest.raises(ValueError, match="runs into its neighbours"):
        typeset("$2@n$", {"n": 3}, lambda tex, apart: f"<mn>{tex}</mn>")
    again = drill("", question="", solution="", x=whole(1, 2))(lambda x: {"answer": x, "x": x})
    with pytest.raises(ValueError, match="x is drawn and computed"):
        again.at(1)
    never = drill("", question="", solution="", x=whole(1, 2))(
        lambda x: {"answer": x, "keep": x > 2}
    )
    with pytest.raises(ValueError, match="none is kept"):
        never.at(1)


READ = {
    (): {
        "0.75": 0.75, ".75": 0.75, " 3/4 ": 0.75, "¾": 0.75, "75 %": None, "75%": 0.75, "−2": -2,
        "- 2": -2, "–2": -2, "－２": -2, "+3": 3, "1,616": 1616, "1 616": 1616, "2e-3": 0.002,
        "x = 0.75": 0.75, "≈ −.5": -0.5, "3 / -4": None, "-3/4": -0.75, "1½": None, "3.": 3,
        "": None, "two": None, "1 2": None, "0,75": None, "1/0": None, "2-1": None, "[4]": 4,
        "８，０００": 8000, "0.5,123": None,
    },
    (2,): {
        "2, 3": [2, 3], "(2,3)": [2, 3], "[1, -2]": [1, -2], "1 −2": [1, -2], "2×3": [2, 3],
        "（2，3）": [2, 3], "2、3": [2, 3], "(3, )": None, "1/2; .5": [0.5, 0.5], "2": None,
        "2 x 3": [2, 3], "1, 2, 3": None, "p = (1, 2)": [1, 2], "505, 8,000": [505, 8000],
    },
    (2, 2): {
        "1 2; 3 4": [1, 2, 3, 4], "[[1, 2], [3, -4]]": [1, 2, 3, -4], "1, 2, 3, 4": [1, 2, 3, 4],
        "((1, 2), (3, 4))": [1, 2, 3, 4], "1 2 3; 4": None, "1; 2; 3; 4": None,
    },
}  # fmt: skip


@pytest.mark.parametrize(("shape", "cases"), READ.items())
def test_answers_are_read_as_they_are_naturally_written(scripts, shape, cases):
    for typed, wanted in cases.items():
        given = scripts("read", typed, list(shape))
        assert given == (None if wanted is None else pytest.approx(np.ravel(wanted).tolist())), (
            typed
        )


def test_an_answer_is_right_a_known_mistake_close_or_wrong(scripts):
    def judged(text, right, **mistakes):
        values = {
            name: {"shape": np.shape(each), "values": np.ravel(each).tolist()}
            for name, each in {"answer": right, **mistakes}.items()
        }
        return scripts("judged", text, values, list(mistakes))

    for text, verdict in {"0.333": "right", "1/3": "right", "0.33": "close", "0.5": "wrong",
                          "2/3": "mistake twice", "?": "unreadable"}.items():  # fmt: skip
        assert judged(text, 1 / 3, twice=2 / 3) == verdict
    assert judged("1615", 1616.0) == "wrong"  # a whole number must be exact
    assert judged("3, 0", [3.0, -0.0]) == "right"
    assert judged("7", 7.0, same=7.0) == "right"  # what is not wrong for these numbers
    assert judged("3", 7.0, one=3.0, other=3.0) == "wrong"  # who knows which it was
    assert judged("0.063", 0.0625) == "close"  # which ends, and must be exact
    assert judged("0.0625", 0.0625) == "right"


def test_a_card_says_what_it_expects_and_carries_what_the_page_needs():
    card = drill_html(product, 3, render)
    assert 'data-drill="product" data-seed="3"' in card
    assert "One number, such as" in card
    assert [">Check<" in card, ">Another<" in card, ">Show solution<" in card] == [True] * 3
    assert 'role="status"' in card
    assert filled("@n.0", product.at(3)) in card
    said = drill_html(product, 3, render, say=lambda text: f"«{text}»")
    assert "«A product»" in said
    assert "«One number, such as 12, −0.75 or 3/4.»" in said
