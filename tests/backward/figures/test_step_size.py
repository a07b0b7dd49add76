"""Errors and digits of difference quotients."""

import numpy as np
import pytest
from matplotlib.colors import same_color

from explorable.drawing.toolkit import MUTED, ONE
from mathdl.backward import figures
from mathdl.backward.figures.step_size import (
    draw_digits,
    shared_digits,
    step_error,
    written_digits,
)


def test_digits_that_cancel_and_digits_that_are_right(axes):
    drawn = draw_digits(axes)
    drawn.move(1e-4, "forward", "float64")
    above, here, quotient, exact = ("".join(t.get_text() for t in row) for row in drawn.digits)
    assert exact == f"{np.e:.15f}"
    assert here == exact
    muted = [same_color(text.get_color(), MUTED) for text in drawn.digits[0]]
    assert muted.index(False) == shared_digits(above, here)
    right = [same_color(text.get_color(), ONE) for text in drawn.digits[2]]
    assert right.index(False) == shared_digits(quotient, exact) == 5  # 2.718 and no further
    drawn.move(1e-16, "complex", "float64")
    rows = [number for _, number in written_digits(1e-16, "complex", "float64")]
    assert rows == [exact, "2.71828182846e−16", exact, exact]  # no row is there twice
    assert (
        step_error(1e-16, "complex", "float64") < 1e-15 < step_error(1e-16, "forward", "float64")
    )


def test_a_chord_across_a_kink_is_not_the_tangent(axes):
    drawn = figures.draw_kink(axes, lambda t: max(t - 0.1, 0.0), 0.0, step=0.2, kink=0.1)
    assert np.allclose(drawn.tangent.get_ydata(), 0)
    (x0, y0), (x1, y1) = drawn.chord.get_xydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(0.25)  # half of the step has slope 1
    assert 0.1 in drawn.loss.get_xdata()
