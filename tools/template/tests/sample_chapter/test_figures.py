"""The chapter's drawings."""

import numpy as np

from mathdl.sample_chapter.figures import draw_square


def test_a_parabola_is_drawn(axes):
    draw_square(axes)
    (curve,) = axes.lines
    x, y = curve.get_data()
    np.testing.assert_allclose(y, x**2)
