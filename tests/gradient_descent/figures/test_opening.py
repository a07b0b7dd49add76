"""The picture that opens the chapter, and descents on a parabola."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels
from mathdl import gradient_descent as gd
from mathdl.gradient_descent import figures
from mathdl.gradient_descent.figures.opening import NEAR, START, STEPS, bowl_path
from mathdl.gradient_descent.figures.quadratics import axes_of_bowl


@pytest.mark.parametrize("rate", [0.3, 1.9, 2.5])
@pytest.mark.parametrize("decay", [0.0, 0.5])
def test_the_ball_rolls_on_the_turned_bowl(rate, decay):
    turned = axes_of_bowl()
    bowl = gd.quadratic(turned @ np.diag([1 / 9, 1.0]) @ turned.T)
    path = gd.descend(bowl.gradient, START, gd.momentum(rate, decay), STEPS)
    np.testing.assert_allclose(
        bowl_path(rate, 9.0, decay), path, rtol=1e-6, atol=1e-9 * np.abs(path).max()
    )


@pytest.mark.parametrize(("rate", "decay"), [(0.3, 0.0), (1.86, 0.0), (2.42, 0.5), (2.1, 0.0)])
def test_it_has_arrived_when_it_stays_near(rate, decay):
    _, axes = panels(2)
    picture = figures.draw_opening(axes, 1.0, 1, 0)
    away, arrived = picture.move(rate, 25.0, decay)
    assert away[0] == pytest.approx(1)
    near = away < NEAR
    if arrived > STEPS:
        assert not near[-1]
        assert np.isnan(picture.arrival.get_xdata()).all()
    else:
        assert near[arrived:].all()
        assert not near[arrived - 1]
        assert picture.arrival.get_xdata() == [arrived]


def test_each_descent_is_drawn_on_its_parabola(axes):
    descents = {"a": [4, 3.2, 2.56], "b": [4, -3.2, 2.56]}
    lines = figures.draw_on_parabola(axes, descents)
    for line, curve, path in zip(lines, axes.lines[::3], descents.values(), strict=True):
        middle = curve.get_xdata().mean()
        assert line.get_xdata() - middle == pytest.approx(np.array(path))
        assert line.get_ydata() == pytest.approx(np.square(path))
