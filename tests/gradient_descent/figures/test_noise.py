"""Floors and escapes."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels
from mathdl.gradient_descent import figures


def test_mean_squares_leave_out_the_start(axes):
    figures.draw_mean_squares(axes, {"a": np.geomspace(9, 0.1, 101)}, [0.1])
    curve = axes.lines[-1]
    assert curve.get_xdata()[0] == 1
    assert curve.get_ydata()[-1] == pytest.approx(0.1)


def test_noise_shows_what_it_is_handed():
    _, axes = panels(3)
    picture = figures.draw_noise(axes, 5, 10)
    squares = np.array([[9.0, 9.0], [4.0, 5.0], [0.0, 2.0]])
    picture.move(squares, 0.5, [[1.6, 0.0], [1.0, 0.1]], [0.0, 0.6], 1.0)
    assert picture.mean.get_ydata().tolist() == [9, 5, 2]
    assert picture.run.get_ydata()[-1] > 0  # a logarithm is drawn
    assert picture.floor.get_ydata() == [0.5, 0.5]
    assert picture.half.get_data()[0] == [1.0]
