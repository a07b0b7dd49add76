"""Plots of one's own numbers: drawn in the notebook, drawn in the page, or refused."""

import json
import re
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorable.drawing.plots import DRAWING, Plot, bars, image, lines, notebook, points
from explorable.drawing.plots.page import HEIGHT, MOST_CELLS, WIDTH, drawing
from explorable.drawing.plots.ticks import chart_ticks, linear_ticks, log_ticks, tick_label
from explorable.drawing.svg.tokens import TOKENS


def shapes(plot: Plot, tag: str = "path", **wanted: object) -> list[list]:
    described = drawing(plot.content)
    return [
        shape
        for shape in described["shapes"]
        if shape[0] == tag and wanted.items() <= shape[1].items()
    ]


def texts(plot: Plot) -> list[str]:
    return [shape[2] for shape in shapes(plot, "text")]


def corners(shape: list) -> np.ndarray:
    return np.array([part.split() for part in re.split("[ML]", shape[1]["d"])[1:]], dtype=float)


def axes_of(plot: Plot, monkeypatch: pytest.MonkeyPatch):
    """Return the Axes on which Matplotlib draws a plot."""
    kept = []
    monkeypatch.setattr(notebook, "show", lambda figure, alternative: kept.append(figure))
    notebook.picture(plot.content)
    return kept[0].axes[0]


# What is seen in the page


def test_a_line_goes_through_the_places_of_its_numbers():
    (line,) = shapes(lines([0.0, 1.0, 4.0], [3.0, 1.0, 2.0]), stroke="one")
    x, y = corners(line).T
    assert x[0] < x[1] < x[2]
    assert (x[2] - x[1]) / (x[1] - x[0]) == pytest.approx(3, abs=0.01)
    assert y[1] > y[2] > y[0]  # pixels are counted downward
    assert (y[2] - y[0]) / (y[1] - y[0]) == pytest.approx(0.5, abs=0.01)


def test_heights_alone_are_counted_from_zero():
    assert drawing(lines([5.0, 6.0]).content) == drawing(lines([0, 1], [5.0, 6.0]).content)


def test_several_lines_have_their_names_and_colours():
    plot = lines({"training": [3.0, 1.0], "test": [3.0, 1.2]}, x_label="epoch", y_label="loss")
    assert len(shapes(plot, stroke="one")) == len(shapes(plot, stroke="two")) == 1
    names = {shape[2]: shape[1] for shape in shapes(plot, "text") if "font-weight" in shape[1]}
    assert (names["training"]["fill"], names["test"]["fill"]) == ("one", "two")
    assert abs(names["training"]["y"] - names["test"]["y"]) >= 14
    assert {"epoch", "loss"} <= set(texts(plot))


def test_a_log_axis_turns_factors_into_distances():
    (line,) = shapes(lines([1.0, 10.0, 100.0, 1000.0], log="y"), stroke="one")
    steps = np.diff(corners(line)[:, 1])
    np.testing.assert_allclose(steps, steps[0], atol=0.2)
    assert {"1", "10", "10²", "10³"} <= set(texts(lines([1.0, 1000.0], log="y")))


def test_what_cannot_be_drawn_is_left_out_and_told():
    plot = lines([1.0, 2.0, np.nan, 4.0, 5.0, np.inf])
    (line,) = shapes(plot, stroke="one")
    assert line[1]["d"].count("M") == 2
    assert len(corners(line)) == 4
    assert "left out: 2 not finite" in texts(plot)
    assert "left out: 2 not finite." in repr(plot)
    assert "left out: 1 not positive" in texts(lines([1.0, 0.0, 3.0], log="y"))
    assert "left out: 1 not finite, 1 not positive" in texts(lines([1.0, -1, np.nan], log="y"))
    assert not any("left out" in text for text in texts(lines([1.0, 2.0])))


def test_points_have_the_colours_of_their_groups():
    plot = points([0.0, 1.0, 2.0], [0.0, 5.0, 1.0], [7, 3, 7])
    (first,), (second,) = shapes(plot, stroke="one"), shapes(plot, stroke="two")
    assert (first[1]["d"].count("M"), second[1]["d"].count("M")) == (1, 2)
    assert {"3", "7"} <= set(texts(plot))


def test_bars_stand_on_zero():
    plot = bars([2.0, -1.0], ["up", "down"], y_label="score")
    (drawn,) = shapes(plot, fill="one")
    up, down = drawn[1]["d"].split("z")[:2]
    (base,) = shapes(plot, stroke="ink")
    zero = re.search(r" ([\d.]+)H", base[1]["d"])[1]
    assert up.split()[1].startswith(f"{zero}V")
    assert float(re.search(r"V([\d.]+)H", up)[1]) < float(zero)
    assert float(re.search(r"V([\d.]+)H", down)[1]) > float(zero)
    assert {"up", "down", "score"} <= set(texts(plot))


def test_a_picture_has_ink_where_the_numbers_are_large():
    (full,) = shapes(image([0.0, 0.0, 0.0, 2.0]), fill="ink")
    assert full[1]["opacity"] == 1
    assert full[1]["d"] == "M120 120h120v120h-120z"
    signed = image([[1.0, -2.0]])
    assert shapes(signed, fill="one")[0][1]["opacity"] == 0.5
    assert shapes(signed, fill="two")[0][1]["opacity"] == 1


def test_a_large_picture_keeps_its_proportions_and_stays_small():
    described = drawing(image(np.add.outer(np.arange(300), np.arange(900))).content)
    assert described["width"] == pytest.approx(3 * described["height"], rel=0.01)
    assert len(json.dumps(described)) < 50 * MOST_CELLS**2


def test_a_long_line_stays_small_and_keeps_its_extremes_and_gaps():
    heights = np.sin(np.arange(100_000) / 50)
    heights[51_234], heights[70_000] = 9.0, np.nan
    (line,) = shapes(lines(heights), stroke="one")
    assert len(corners(line)) < 2_200
    assert line[1]["d"].count("M") == 2
    other = heights.copy()
    other[51_234] = 0.0
    assert line != shapes(lines(other), stroke="one")[0]


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=30),
    st.sampled_from(["", "x", "y", "xy"]),
    st.sampled_from([lines, points]),
)
def test_everything_lies_inside_the_picture(values, log, draw):
    try:
        plot = draw(np.arange(1, len(values) + 1), values, log=log)
    except ValueError:
        assert "y" in log  # no value is positive
        return
    described = drawing(plot.content)
    json.dumps(described, allow_nan=False)
    for shape in described["shapes"]:
        if shape[0] == "text":
            assert -0.1 <= shape[1]["x"] <= WIDTH
            assert 0 <= shape[1]["y"] <= described["height"]
        elif shape[1].get("stroke") == "one":
            for x, y in re.findall(r"[ML]([\d.e-]+) ([\d.e-]+)", shape[1]["d"]):
                assert -0.1 <= float(x) <= WIDTH
                assert -0.1 <= float(y) <= HEIGHT


def test_the_page_gets_shapes_and_text_only(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    plot = lines([1.0, 2.0], y_label="<script>alert(1)</script>")
    bundle = plot._repr_mimebundle_()
    assert set(bundle) == {"text/plain", DRAWING}
    assert bundle["text/plain"] == bundle[DRAWING]["label"] == repr(plot)
    assert "<script>alert(1)</script>" in [s[2] for s in bundle[DRAWING]["shapes"] if s[2:]]


# What is seen in the notebook


def test_the_notebook_shows_a_picture_with_its_words():
    bundle, _ = lines([1.0, 2.0])._repr_mimebundle_()
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert bundle["text/plain"].startswith("Lines: y against x from 0 to 1.")
    assert not plt.get_fignums()


def test_both_draw_the_same_lines_with_the_same_ticks(monkeypatch):
    plot = lines(
        [1.0, 2.0, 4.0],
        {"a": [1.0, np.nan, 30.0], "b": [3.0, 2.0, 1.0]},
        x_label="x₁",
        y_label="loss",
        log="y",
    )
    axes = axes_of(plot, monkeypatch)
    drawn = axes.get_lines()
    assert [line.get_color() for line in drawn] == [TOKENS["one"], TOKENS["two"]]
    np.testing.assert_array_equal(drawn[0].get_ydata(), [1.0, np.nan, 30.0])
    assert (axes.get_xlim(), axes.get_ylim()) == (plot.content.span("x"), plot.content.span("y"))
    assert axes.get_yscale() == "log"
    for axis, labels in (("x", axes.get_xticklabels()), ("y", axes.get_yticklabels())):
        words = [label.get_text() for label in labels]
        assert words == [word for _, word in chart_ticks(plot.content, axis)]
        assert set(words) <= set(texts(plot))
    assert axes.get_xlabel() == "x₁\nleft out: 1 not finite"


@pytest.mark.parametrize(
    "plot",
    [
        points([1.0, 2.0], [3.0, np.nan], ["a", "a"]),
        bars([1.0, -2.0, np.nan], ["a", "b", "c"]),
        image(np.eye(3) - 0.5),
        image(np.eye(3)),
        lines([4.0]),
    ],
)
def test_every_kind_is_drawn_in_the_notebook(plot, monkeypatch):
    axes = axes_of(plot, monkeypatch)
    assert axes.has_data()
    monkeypatch.undo()
    assert plot._repr_mimebundle_()[0]["text/plain"] == repr(plot)


# Ticks


@given(st.floats(-1e12, 1e12), st.floats(1e-9, 1e12))
def test_linear_ticks_are_few_round_and_inside(lower, width):
    upper = lower + width
    if upper - lower <= 1e-9 * max(abs(lower), abs(upper)):
        return
    ticks = linear_ticks(lower, upper)
    assert 2 <= len(ticks) <= 7
    slack = 1e-6 * (upper - lower)
    assert lower - slack <= ticks[0] < ticks[-1] <= upper + slack


@given(st.floats(-30, 30), st.floats(0.01, 40))
def test_log_ticks_are_few_and_inside(exponent, decades):
    lower, upper = 10.0**exponent, 10.0 ** (exponent + decades)
    ticks = log_ticks(lower, upper)
    assert 2 <= len(ticks) <= 8
    assert lower * 0.999 <= ticks[0] < ticks[-1] <= upper * 1.001


def test_ticks_are_written_as_the_book_writes_them():
    written = [tick_label(value) for value in (0.0, -3.0, 0.125, 1e5, 1e6, -2.5e-7)]
    assert written == ["0", "−3", "0.125", "100,000", "10⁶", "−2.5·10⁻⁷"]


# What is refused


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lines([]), "y must hold at least one number"),
        (lambda: lines(["a"]), "y must hold real numbers"),
        (lambda: lines([1j]), "y must hold real numbers"),
        (lambda: lines([[1.0]]), r"y must have shape \(n,\), but its shape is \(1, 1\)"),
        (lambda: lines([1.0], [1.0, 2.0]), r"x must have shape \(2,\), but its shape is \(1,\)"),
        (lambda: lines([1.0, 2.0], {}), "y must be 1 to 4 lines, but there are 0"),
        (
            lambda: lines({name: [1.0] for name in "abcde"}),
            "x must be 1 to 4 lines, but there are 5",
        ),
        (lambda: lines({1: [1.0]}), "a name in x must be text, but is 1"),
        (lambda: lines([np.nan, np.inf]), "none is finite"),
        (lambda: lines([-1.0, 0.0], log="y"), "none is positive, which a log axis needs"),
        (lambda: lines([1.0], log="z"), "log must be '', 'x', 'y' or 'xy', but is 'z'"),
        (lambda: lines([1.0], x_label=3), "x_label must be text, but is 3"),
        (lambda: lines([1.0], y_label="y" * 61), "y_label must have at most 60 letters"),
        (lambda: points([1.0, 2.0], [1.0]), r"x must have shape \(1,\)"),
        (lambda: points([1.0], [1.0], [1, 2]), "groups must hold a number or a name for each"),
        (
            lambda: points(range(5), range(5), range(5)),
            "groups must be at most 4, but there are 5",
        ),
        (lambda: bars(np.ones(41)), "heights must be at most 40, but there are 41"),
        (lambda: bars([1.0, 2.0], ["a"]), "names must be 2, one a bar, but there are 1"),
        (lambda: bars([1.0], "a"), "names must be a list of names of the bars"),
        (lambda: bars([1.0], [2]), "a name must be text, but is 2"),
        (lambda: image([[np.nan]]), "values must hold finite numbers"),
        (lambda: image(np.ones(5)), "values must be a matrix or a square picture in one row"),
        (lambda: image(np.ones((2, 2, 2))), r"but their shape is \(2, 2, 2\)"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()
