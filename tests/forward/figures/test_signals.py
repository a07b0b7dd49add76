"""Signals from layer to layer."""

import numpy as np

from explorable.drawing.toolkit import FOUR, ONE, THREE, TWO, panels
from mathdl.forward.figures import signals
from tests.explorable.drawing.artists import words


def test_signals_carry_their_names(axes):
    lines = signals.draw_signals(
        axes, {"up": [1, 2, 4], "down": [1, 0.5, 0.25]}, {"up": [1, 2, 4]}
    )
    assert lines["down"].get_ydata().tolist() == [1, 0.5, 0.25]
    assert words(axes) == ["up", "down"]
    assert axes.lines[-1].get_color() == THREE


def test_what_survives_is_named_in_the_colour_of_its_line():
    _, (shares, sizes) = panels(2, columns=1)
    picture = signals.draw_survival((shares, sizes), 30)
    measured, predicted = picture.gradients
    signals.move_signal(measured, [1, 1e-300])
    assert measured.get_ydata().tolist() == [1, 1e-80]
    assert len(predicted.get_xdata()) == 0
    colours = {text.get_text(): text.get_color() for text in (*shares.texts, *sizes.texts)}
    for name in ("activations", "differences", "gradients"):
        solid, dashed = getattr(picture, name)
        assert solid.axes is dashed.axes is (shares if name == "differences" else sizes)
        assert solid.get_color() == colours.get(name, FOUR)
        assert dashed.get_color() == colours["dashed: predicted"] == THREE
    low, high = shares.get_ylim()
    assert low < 0.03 < 1 < high  # what He's network keeps apart is seen


def test_trainings_are_dots_medians_and_crosses_where_they_overflow(axes):
    shares = {"he": [[0.1, 0.2, 0.3], [0.5, 0.6, 0.9]], "more": [[0.2, 0.1, 0.1], [np.nan] * 3]}
    signals.draw_deep_trainings(axes, [1e-3, 1e-1], shares, guess=0.1)
    joined = [line for line in axes.lines if line.get_linestyle() == "-"]
    assert [line.get_ydata().tolist() for line in joined] == [[0.2, 0.6], [0.1]]
    assert [line.get_color() for line in joined] == [ONE, TWO]
    beside, at = (line.get_xdata()[0] for line in joined)
    assert (beside, at) == (1e-3 / 1.6, 1e-3)
    crosses = [line for line in axes.lines if line.get_marker() == "x" and len(line.get_xdata())]
    assert len(crosses) == 3
    assert {line.get_color() for line in crosses} == {TWO}
    assert words(axes) == ["a guess", "he", "more", "× overflow"]


def test_where_nothing_overflows_nothing_is_said_of_it(axes):
    signals.draw_deep_trainings(axes, [1.0], {"a": [[0.5]], "b": [[0.5]], "c": [[0.5]]}, guess=0.1)
    assert words(axes) == ["a guess", "a", "b", "c"]
    assert axes.texts[-1].get_color() == FOUR


def test_other_ways_are_named_beside_their_medians(axes):
    shares = {"adam": [[0.1, 0.2, 0.6], [0.5, 0.5, 0.8]], "norm": [[0.4] * 3, [0.3] * 3]}
    signals.draw_other_ways(axes, ["1/n", "2/n"], shares, name="read right")
    joined = [line for line in axes.lines if line.get_linestyle() == "-"]
    assert [line.get_ydata().tolist() for line in joined] == [[0.2, 0.5], [0.4, 0.3]]
    dots = [line.get_ydata().tolist() for line in axes.lines if line.get_marker() == "o"]
    assert dots[:3] == [[0.1, 0.5], [0.2, 0.5], [0.6, 0.8]]
    assert words(axes) == ["adam", "norm"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1/n", "2/n"]
