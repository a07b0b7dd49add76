"""Floors and escapes."""

import numpy as np
import pytest

from mathdl.gradient_descent import figures


def test_mean_squares_leave_out_the_start(axes):
    figures.draw_mean_squares(axes, {"a": np.geomspace(9, 0.1, 101)}, [0.1])
    curve = axes.lines[-1]
    assert curve.get_xdata()[0] == 1
    assert curve.get_ydata()[-1] == pytest.approx(0.1)
