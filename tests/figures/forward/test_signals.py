"""Signals from layer to layer."""

from mathdl.figures.forward.signals import draw_signal_pair, draw_signals, move_signal
from mathdl.plotting import THREE, panels
from tests.figures.artists import words


def test_signals_carry_their_names(axes):
    lines = draw_signals(axes, {"up": [1, 2, 4], "down": [1, 0.5, 0.25]}, {"up": [1, 2, 4]})
    assert lines["down"].get_ydata().tolist() == [1, 0.5, 0.25]
    assert words(axes) == ["up", "down"]
    assert axes.lines[-1].get_color() == THREE
    measured, predicted = draw_signal_pair(panels(1)[1], "size", 30)
    move_signal(measured, [1, 1e-300])
    assert measured.get_ydata().tolist() == [1, 1e-50]
    assert len(predicted.get_xdata()) == 0
