"""Sizes of gradients and histograms of slopes."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels
from mathdl.backward import figures


def test_sizes_end_at_one_and_every_slope_is_in_a_bar():
    _, axes = panels(2)
    drawn = figures.draw_depth(axes, depth=20)
    drawn.move([8.0, 4.0, 2.0], [[0.0, 1.0], [1.0, 0.5]], gain=4)
    assert drawn.sizes.get_ydata().tolist() == [4, 2, 1]
    heights = [bar.get_height() for bar in drawn.bars]
    assert heights[0] == 0.25
    assert sum(heights) == 1
    assert drawn.needed.get_xdata()[0] == 0.5
    assert drawn.typical.get_xdata()[0] == pytest.approx(0.75)
    assert np.allclose(drawn.typical.get_ydata(), drawn.needed.get_ydata())
