"""The plane of momentum's settings."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels
from mathdl import gradient_descent as gd
from mathdl.gradient_descent import figures
from mathdl.gradient_descent.figures import momentum


@pytest.mark.parametrize("decay", [0.2, 0.4, 0.9])
def test_the_ways_of_the_roots_run_round_the_circle_and_leave_the_unit_circle_at_minus_one(
    axes, decay
):
    ways = [np.array(line.get_xydata()) for line in figures.draw_roots(axes, decay, 1.2)]
    for way in ways:
        complex_roots = abs(way[:, 1]) > 1e-9
        sizes = np.hypot(*way[complex_roots].T)
        assert sizes == pytest.approx(np.full(complex_roots.sum(), decay**0.5))
    np.testing.assert_allclose(
        ways[0][:, 0] * ways[1][:, 0] - ways[0][:, 1] * ways[1][:, 1], decay
    )
    assert (ways[0][0], ways[1][0])[0].tolist() == pytest.approx([1, 0])
    outside = np.hypot(*ways[1].T) > 1
    assert (ways[1][outside, 0] < -1).all()
    assert outside.any()


@pytest.mark.parametrize("rule", ["momentum", "nesterov"])
def test_the_map_is_darkest_at_the_tuned_pair_and_empty_where_it_diverges(rule):
    _, axes = panels(3)
    picture = figures.draw_momentum_plane(axes, rule, 1.0, 0.5)
    shade, all_radii = momentum.shaded_radii(rule)[..., 3], momentum.radii(rule)
    assert (shade[all_radii > max(momentum.BANDS) + 0.01] == 0).all()
    assert (shade[all_radii < 0.98] > 0).all()
    rate, decay = momentum.tuned(rule)
    # For Nesterov η = 1/L is the usual, not quite the best, choice.
    assert momentum.bowl_radius(rule, rate, decay) <= all_radii.min() + (
        0.01 if rule == "momentum" else 0.1
    )
    border, decays = picture.border.get_data()
    assert momentum.bowl_radius(rule, border[:-1], decays[:-1]) == pytest.approx(
        np.ones(len(decays) - 1), abs=1e-6
    )


def test_the_momentum_plane_predicts_what_it_measures():
    _, axes = panels(3)
    picture = figures.draw_momentum_plane(axes, "momentum", 1.0, 0.5)
    path = picture.move("momentum", 1.4, 0.3)
    expected = gd.descend(
        momentum.draw_momentum_bowl().gradient, path[0], gd.momentum(1.4, 0.3), 60
    )
    np.testing.assert_allclose(path, expected)
    assert picture.predicted.get_ydata()[10] == pytest.approx(
        float(momentum.bowl_radius("momentum", 1.4, 0.3)) ** 10
    )
