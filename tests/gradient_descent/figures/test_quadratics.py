"""The bowl by its modes."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels
from mathdl.gradient_descent import figures
from mathdl.gradient_descent.figures.quadratics import LEVELS, axes_of_bowl, ellipses, mode_losses


@pytest.mark.parametrize("kappa", [1, 10, 100])
def test_level_lines_of_the_bowl_have_their_heights(kappa):
    for level, rim in zip(LEVELS[::-1], ellipses(kappa), strict=True):
        along = rim @ axes_of_bowl()
        heights = (along**2 * [1 / kappa, 1]).sum(axis=1) / 2
        assert heights == pytest.approx(np.full(len(rim), level))


@pytest.mark.parametrize(("rate", "kappa"), [(0.5, 10), (1.9, 30), (1.0, 1), (2.1, 3)])
def test_the_bowl_shows_each_mode_at_its_own_rate(rate, kappa):
    _, axes = panels(2)
    picture = figures.draw_bowl(axes, 1.0, 3, (1, 1))
    modes = picture.move(rate, kappa, (-3, 2))
    start = np.array([-3, 2]) @ axes_of_bowl()
    k = np.arange(61)[:, None]
    expected = (1 - rate * np.array([1 / kappa, 1])) ** k * start
    np.testing.assert_allclose(modes.errors, expected, atol=1e-9 * abs(expected).max())
    parts = mode_losses(modes)
    seen = picture.gentle.get_ydata()
    seen = seen[np.isfinite(seen)]
    np.testing.assert_allclose(seen, (parts[:, 0] / parts[0].sum())[: len(seen)])
    path = picture.path.get_xydata()
    np.testing.assert_allclose(path[:3], (modes.errors @ axes_of_bowl().T)[:3], atol=1e-9)


def test_lines_that_are_off_are_drawn_through_the_weights(axes):
    x, best, modes = np.array([1.0, 2, 4]), np.array([0.5, 1.0]), np.array([[0.1, -0.2], [0.3, 0]])
    lines = figures.draw_fit(axes, x, best[0] * x + best[1], best, modes)
    for line, (slope, height) in zip(lines, [best, *(best + modes)], strict=True):
        ends, heights = line.get_data()
        assert heights == pytest.approx(slope * np.asarray(ends) + height)
