"""Where the axes of a chart end, what is left out, what is said of it, and what is refused."""

import re

import numpy as np
import pytest

from explorable.drawing.plots import bars, image, lines, points
from explorable.drawing.plots.charts import LARGEST, LONGEST
from explorable.drawing.plots.grid import Grid

NAN = np.nan


# Where the axes end


@pytest.mark.parametrize(
    ("plot", "x", "y"),
    [
        (lines([0.0, 10.0], [1.0, 3.0]), (0.0, 10.0), (0.9, 3.1)),
        (points([0.0, 10.0], [1.0, 3.0]), (-0.5, 10.5), (0.9, 3.1)),
        (points([0.0, 1.0], [-10.0, 10.0]), (-0.05, 1.05), (-11.0, 11.0)),
        (lines([1.0, 100.0], [0.1, 10.0], log="xy"), (1.0, 100.0), (10**-1.1, 10**1.1)),
        (points([1.0, 100.0], [0.1, 10.0], log="x"), (10**-0.1, 10**2.1), (-0.395, 10.495)),
        # The axes show no more than numbers can hold.
        (lines([1e-299, 1e299], log="y"), (0.0, 1.0), (1e-307, 1e307)),
        # One place or one height alone stands in the middle.
        (lines([0.0]), (-0.5, 0.5), (-0.5, 0.5)),
        (points([1.0], [4.0]), (0.5, 1.5), (2.0, 6.0)),
        (points([-4.0], [0.5]), (-6.0, -2.0), (0.0, 1.0)),
        (lines([10.0, 10.0], log="y"), (0.0, 1.0), (10**0.5, 10**1.5)),
        # As good as equal, and just not.
        (lines([1e12 - 1, 1e12]), (0.0, 1.0), (0.5e12 - 0.5, 1.5e12 - 0.5)),
        (lines([1e12 - 8, 1e12]), (0.0, 1.0), (1e12 - 8.4, 1e12 + 0.4)),
        (lines([-1e-300, 0.0]), (0.0, 1.0), (-0.5, 0.5)),
        (lines([0.0, 1e-290]), (0.0, 1.0), (-5e-292, 1.05e-290)),
        # Bars reach to zero, and never beyond it.
        (bars([2.0, 3.0]), (-0.6, 1.6), (0.0, 3.15)),
        (bars([0.25, 0.5]), (-0.6, 1.6), (0.0, 0.525)),
        (bars([-2.0, -4.0, -3.0]), (-0.6, 2.6), (-4.2, 0.0)),
        (bars([-0.5, 0.5]), (-0.6, 1.6), (-0.55, 0.55)),
        (bars([0.0]), (-0.6, 0.6), (-0.5, 0.5)),
        # Where a height is left out, its place is still on the axis; a bad place is not.
        (lines([1.0, 3.0, NAN]), (0.0, 2.0), (0.9, 3.1)),
        (lines([0.0, 1.0, np.inf], [1.0, 3.0, 9.0]), (0.0, 1.0), (0.9, 3.1)),
        (lines([0.0, 1.0, 2e300, -2e300], [1.0, 3.0, 9.0, 9.0]), (0.0, 1.0), (0.9, 3.1)),
        (lines([-1.0, 0.0, 1.0, 10.0], [9.0, 9.0, 1.0, 3.0], log="x"), (1.0, 10.0), (0.9, 3.1)),
    ],
)
def test_an_axis_reaches_a_little_farther_than_its_numbers(plot, x, y):
    assert plot.content.span("x") == pytest.approx(x, rel=1e-13, abs=1e-15 * max(x))
    assert plot.content.span("y") == pytest.approx(y, rel=1e-13, abs=0)


@pytest.mark.parametrize(
    ("values", "log", "seen", "note"),
    [
        (
            [1.0, LARGEST, -LARGEST, 0.9 * LARGEST, -0.9 * LARGEST],
            "",
            [1, 0, 0, 1, 1],
            "left out: 2 not finite",
        ),
        (
            [1.0, 1 / LARGEST, 1.5 / LARGEST, -1.0, 0.0, NAN],
            "on",
            [1, 0, 1, 0, 0, 0],
            "left out: 1 not finite, 3 not positive",
        ),
        ([1.0, LARGEST], "on", [1, 0], "left out: 1 not finite"),
    ],
)
@pytest.mark.parametrize("axis", ["x", "y"])
def test_numbers_as_good_as_infinite_or_zero_are_left_out(values, log, seen, note, axis):
    other = np.arange(1.0, len(values) + 1)
    x, y = (values, other) if axis == "x" else (other, values)
    plot = points(x, y, log=axis if log else "")
    np.testing.assert_array_equal(np.isfinite(plot.content.series[0].y), seen)
    assert plot.content.note == note


def test_both_axes_leave_out_what_is_not_positive():
    for log in ("xy", "yx"):
        plot = points([1.0, -1.0, 2.0, NAN], [1.0, 1.0, -2.0, -2.0], log=log)
        np.testing.assert_array_equal(plot.content.series[0].x, [1.0, NAN, 2.0, NAN])
        np.testing.assert_array_equal(plot.content.series[0].y, [1.0, NAN, NAN, NAN])
        assert plot.content.note == "left out: 1 not finite, 2 not positive"


# What is said


@pytest.mark.parametrize(
    ("plot", "words"),
    [
        (
            lines([2.0, 1.0, 4.0], x_label="epoch", y_label="loss"),
            "Lines: loss against epoch from 0 to 2. 3 values, 2 first, 4 last, from 1 to 4.",
        ),
        (
            lines({"a": [1.0, 2.0], "b": [3.0, NAN]}),
            "Lines: y against x from 0 to 1. a: 2 values, 1 first, 2 last, from 1 to 2. "
            "b: 1 values, 3 first, 3 last, from 3 to 3. left out: 1 not finite.",
        ),
        (
            lines([1.0, 10.0], [2.0, 3.0], log="x", x_label="time", y_label="size"),
            "Lines: size against time from 1 to 10, time on a log axis. "
            "2 values, 2 first, 3 last, from 2 to 3.",
        ),
        (
            points([1.0, 10.0], [2.0, 3.0], log="y", x_label="time", y_label="size"),
            "Points: size against time from 1 to 10, size on a log axis. 2 values, from 2 to 3.",
        ),
        (
            points([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0], list("abcd"), log="yx"),
            "Points: y against x from 1 to 4, both on log axes. a: 1 values, from 1 to 1. "
            "b: 1 values, from 2 to 2. c: 1 values, from 3 to 3. d: 1 values, from 4 to 4.",
        ),
        (
            bars([0.5, -2.0], ["up\n or", "down"], y_label="score"),
            "Bars: score of up or, down. 2 values, from -2 to 0.5.",
        ),
        (bars([3, 4, 3]), "Bars: y of 0, 1, 2. 3 values, from 3 to 4."),
        (image([[1, 2, 3], [4, 5, -6]]), "Picture of 2 by 3 numbers from -6 to 5."),
        (image(np.arange(9)), "Picture of 3 by 3 numbers from 0 to 8."),
    ],
)
def test_a_plot_says_what_is_seen(plot, words):
    assert repr(plot) == words


def test_labels_and_notes_are_empty_unless_there_are_any():
    for plot in (lines([1.0]), points([1.0], [1.0]), bars([1.0])):
        chart = plot.content
        assert (chart.x_label, chart.y_label, chart.note) == ("", "", "")
        assert [(each.name, each.ink) for each in chart.series] == [("", "one")]
        assert chart.series[0].x.dtype == chart.series[0].y.dtype == float


def test_lines_and_groups_take_the_inks_in_order():
    for plot in (
        lines({name: [1.0, 2.0] for name in "abcd"}),
        points(range(4), range(4), [1, 2, 3, 4]),
    ):
        assert [each.ink for each in plot.content.series] == ["one", "two", "three", "four"]


def test_a_picture_of_zeros_has_no_ink():
    np.testing.assert_array_equal(Grid(np.zeros((1, 2))).opacity, [[0.0, 0.0]])
    np.testing.assert_array_equal(Grid(np.array([[0.0, 0.5, -0.25]])).opacity, [[0.0, 1.0, 0.5]])
    assert not Grid(np.zeros((1, 2))).signed


# What is refused, and what just is not


def test_the_most_that_is_taken():
    assert len(bars(np.ones(40)).content.names) == 40
    assert lines([1.0], x_label="x" * LONGEST).content.x_label == "x" * LONGEST


LONG = "z" * 61


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bars([]), "heights must hold at least one number, but is empty."),
        (lambda: bars([1.0, 2.0], ["a"]), "names must be 2, one a bar, but there are 1."),
        (
            lambda: lines([1.0], y_label=LONG),
            f"y_label must have at most 60 letters, but is '{'z' * 56}....",
        ),
        (lambda: points([1.0], []), "y must hold at least one number, but is empty."),
        (
            lambda: points([1.0, 2.0], [1.0, 2.0], ["a"]),
            "groups must hold a number or a name for each of the 2 points, but is ['a'].",
        ),
        (
            lambda: points([1.0], [1.0], [None]),
            "groups must hold a number or a name for each of the 1 points, but is [None].",
        ),
        (
            lambda: points([1.0], [1.0], [LONG]),
            f"a group must have at most 60 letters, but is '{'z' * 56}....",
        ),
        (lambda: bars([1.0], [2]), "a name must be text, but is 2."),
        (lambda: lines({}), "x must be 1 to 4 lines, but there are 0."),
        (lambda: lines([1.0], log="X"), "log must be '', 'x', 'y' or 'xy', but is 'X'."),
        (
            lambda: lines([NAN]),
            "y must hold a number that can be drawn, but none is finite.",
        ),
        (
            lambda: lines([-1.0, -2.0], [1.0, 2.0], log="x"),
            "y must hold a number that can be drawn, but none is positive, "
            "which a log axis needs.",
        ),
        (
            lambda: image(np.ones(6)),
            "values must be a matrix or a square picture in one row, but their shape is (6,).",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_whole_sentence(call, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call()
