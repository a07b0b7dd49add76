"""Ticks of an axis at its edges: how many there are, and how they are written."""

import numpy as np
import pytest

from explorable.drawing.plots import bars, lines, points
from explorable.drawing.plots.ticks import chart_ticks, linear_ticks, log_ticks, tick_label


@pytest.mark.parametrize(
    ("lower", "upper", "ticks"),
    [
        (0.0, 1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.0, 1.2, [0, 0.5, 1]),
        (0.0, 2.0, [0, 0.5, 1, 1.5, 2]),
        (-3.0, 0.0, [-3, -2, -1, 0]),
        (-0.1, 6.1, [0, 2, 4, 6]),
        (0.0, 99.0, [0, 20, 40, 60, 80]),
        (0.3, 0.7, [0.3, 0.4, 0.5, 0.6, 0.7]),
    ],
)
def test_linear_ticks_are_multiples_of_one_two_or_five(lower, upper, ticks):
    assert linear_ticks(lower, upper) == ticks


@pytest.mark.parametrize(
    ("lower", "upper", "most", "ticks"),
    [
        (0.0, 1.0, 11, np.arange(11) / 10),
        (0.0, 1.0, 10, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.0, 9.0, 2, [0, 5]),
        (1.0, 10.5, 1, [10]),
    ],
)
def test_one_may_ask_for_more_or_fewer_linear_ticks(lower, upper, most, ticks):
    assert linear_ticks(lower, upper, most) == list(ticks)


@pytest.mark.parametrize(
    ("lower", "upper", "most", "ticks"),
    [
        (1.0, 100.0, 6, [1, 10, 100]),
        (0.01, 1.0, 6, [0.01, 0.1, 1]),
        (1.0, 99.0, 6, [1, 2, 5, 10, 20, 50]),
        (2.0, 50.0, 6, [2, 5, 10, 20, 50]),
        (3.0, 60.0, 6, [5, 10, 20, 50]),
        (0.02, 0.05, 6, [0.02, 0.05]),
        (2.1, 4.9, 6, [2.5, 3, 3.5, 4, 4.5]),
        (2.1, 4.9, 3, [3, 4]),
        (2.1, 5.0, 6, [2.5, 3, 3.5, 4, 4.5, 5]),
        (1.0, 1e5, 6, [1, 10, 100, 1e3, 1e4, 1e5]),
        (1.0, 1e6, 6, [1, 100, 1e4, 1e6]),
        (1e-3, 1e3, 7, [1e-3, 1e-2, 0.1, 1, 10, 100, 1e3]),
    ],
)
def test_log_ticks_are_powers_or_what_lies_between_them(lower, upper, most, ticks):
    assert log_ticks(lower, upper, most) == ticks


def test_six_ticks_are_enough_unless_others_are_asked_for():
    assert log_ticks(1.0, 1e6) == log_ticks(1.0, 1e6, 6) != log_ticks(1.0, 1e6, 7)
    assert linear_ticks(0.0, 1.2) == linear_ticks(0.0, 1.2, 6) != linear_ticks(0.0, 1.2, 7)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (1e-3, "0.001"),
        (9e-4, "9·10⁻⁴"),
        (-1e-4, "−10⁻⁴"),
        (999999.0, "999,999"),
        (1e6, "10⁶"),
        (-1.5e12, "−1.5·10¹²"),
        (0.0, "0"),
    ],
)
def test_a_tick_is_written_as_short_as_it_reads_well(value, word):
    assert tick_label(value) == word


@pytest.mark.parametrize(
    ("plot", "words"),
    [
        (lines([1.0, 100.0], log="y"), ["1", "10", "100"]),
        (lines([1.0, 1000.0], log="y"), ["1", "10", "10²", "10³"]),
        (lines([1e-3, 0.1], log="y"), ["10⁻³", "10⁻²", "10⁻¹"]),
        (lines([2000.0, 5000.0], log="y"), ["2,000", "5,000"]),
        (lines([1e4, 2e4, 1e5], log="y"), ["10,000", "20,000", "50,000", "100,000"]),
        (
            points([1.0, 2.0], [1000.0, 2000.0]),
            ["1,000", "1,200", "1,400", "1,600", "1,800", "2,000"],
        ),
        (bars([-1.0, 1.0]), ["−1", "−0.5", "0", "0.5", "1"]),
    ],
)
def test_all_labels_of_an_axis_are_powers_or_none_is(plot, words):
    assert [word for _, word in chart_ticks(plot.content, "y")] == words
