"""Two norms as penalties."""

import numpy as np
import pytest

from explorable.drawing.toolkit import ONE, THREE, TWO, panels
from mathdl import faq
from mathdl.faq.figures.norms import PENALTIES
from tests.explorable.drawing.artists import words


def test_shrinkages_and_thresholds_are_those_of_the_kernels(axes):
    ridge, early = faq.figures.draw_shrinkages(axes, 0.2, 50)
    curvatures = ridge.get_xdata()
    np.testing.assert_allclose(ridge.get_ydata(), faq.ridge_shrinkage(curvatures, 0.1))
    np.testing.assert_allclose(early.get_ydata(), faq.stopping_shrinkage(curvatures, 0.2, 50))
    soft, ridge = faq.figures.draw_thresholds(axes, 1.0, 3.0)
    w = soft.get_xdata()
    np.testing.assert_allclose(soft.get_ydata(), faq.soft_threshold(w, 1.0))
    np.testing.assert_allclose(ridge.get_ydata(), w / 4)


def test_a_weight_that_becomes_zero_ends_with_a_dot(axes):
    faq.figures.draw_weight_sizes(axes, {"a": [1, -0.5, 0.25, 0, 0], "b": [1, -1, 1, -1, 1]})
    first, second = axes.lines
    np.testing.assert_allclose(first.get_ydata(), [1, 0.5, 0.25, np.nan, np.nan])
    np.testing.assert_allclose(second.get_ydata(), 1)
    np.testing.assert_allclose(axes.collections[0].get_offsets(), [[2, 0.25]])
    assert words(axes).count("then exactly 0") == 1


@pytest.mark.parametrize("norm", ["L1", "L2"])
@pytest.mark.parametrize("minimum", [(2.0, 0.5), (-1.0, 2.0), (0.0, 0.0)])
def test_the_ellipse_touches_the_ball_at_the_solution(norm, minimum):
    _, axes = panels(2)
    picture = faq.figures.draw_norms(axes)
    solution = picture.move(0.5, norm, np.array(minimum))
    np.testing.assert_allclose(
        solution, faq.penalized_minimum(faq.figures.HESSIAN, minimum, 0.5, norm)
    )

    def size(points):
        return np.abs(points).sum(axis=1) if norm == "L1" else np.hypot(*points.T)

    rim = np.column_stack(picture.ball.get_data())
    np.testing.assert_allclose(size(rim), size(solution[None])[0], atol=1e-9)
    ellipse = np.column_stack(picture.touching.get_data())
    assert size(ellipse).min() >= size(solution[None])[0] - 1e-9
    track = np.column_stack([picture.first.get_ydata(), picture.second.get_ydata()])
    at = np.argmin(np.abs(PENALTIES - 0.5))
    np.testing.assert_allclose(track[at], solution, atol=1e-12)
    np.testing.assert_allclose(picture.here.get_ydata(), solution)
    assert picture.ball.get_color() == THREE
    assert (picture.first.get_color(), picture.second.get_color()) == (ONE, TWO)
