"""What the figures of the chapter on gradient descent show, asserted on their artists."""

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.datasets import load_digits
from mathdl.experiments.gradient_descent import train_digits
from mathdl.figures import gradient_descent as figures
from mathdl.figures.gradient_descent.descents import drawn_part
from mathdl.figures.gradient_descent.momentum import (
    BANDS,
    bowl_radius,
    draw_momentum_bowl,
    radii,
    shaded_radii,
    tuned,
)
from mathdl.figures.gradient_descent.quadratics import (
    LEVELS,
    axes_of_bowl,
    bowl_modes,
    ellipses,
    mode_losses,
)
from mathdl.plotting import ONE, TWO, panels, show


def words(axes):
    return [text.get_text() for text in axes.texts]


def test_a_path_is_drawn_until_it_leaves_the_picture():
    _, axes = panels(1)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    path = [[0.5, 0.5], [1.5, 0.5], [9.0, 0.5], [0.5, 0.5]]
    assert drawn_part(axes, path).tolist() == path[:2]
    assert len(drawn_part(axes, [[0.5, 0.5], [np.nan, np.inf]])) == 1
    assert len(drawn_part(axes, path[:2])) == 2


@pytest.mark.parametrize("surface", gd.SURFACES.values(), ids=list(gd.SURFACES))
def test_a_landscape_marks_its_minima_and_grows_darker_inwards(surface):
    _, axes = panels(1)
    figures.draw_landscape(axes, surface)
    (crosses,) = axes.lines
    assert {tuple(p) for p in crosses.get_xydata()} == {tuple(m) for m in surface.minima}
    fills = [found for found in axes.collections if found.get_alpha() == 0.045]
    assert len(fills) == 9
    assert axes.get_xlim() == tuple(surface.bounds[0])


def test_paths_and_losses_are_those_handed_in():
    _, (left, right) = panels(2)
    surface = gd.ill_conditioned(20)
    path = gd.descend(surface.gradient, [3.0, 1.0], gd.gradient_descent(0.05), 20)
    figures.draw_landscape(left, surface)
    drawn = figures.draw_paths(left, {"a": path, "b": path[:3]})
    assert [line.get_color() for line in drawn] == [ONE, TWO]
    np.testing.assert_array_equal(drawn[0].get_xydata(), path)
    (line,) = figures.draw_losses(right, {"loss": surface.value(path)}, least=1e-9, most=1e3)
    np.testing.assert_array_equal(line.get_ydata(), surface.value(path))
    assert "loss" in words(right)


def test_infinite_losses_end_their_curve():
    _, axes = panels(1)
    (line,) = figures.draw_losses(axes, {"a": [1.0, 1e4, np.inf, np.nan]}, least=1e-3, most=1e3)
    assert line.get_xdata().tolist() == [0, 1]


def test_the_slope_is_lowest_opposite_to_the_gradient():
    _, axes = panels(1)
    line = figures.draw_slope_by_direction(axes, [3.0, 4.0])
    degrees, slopes = line.get_data()
    assert slopes.min() == pytest.approx(-5, abs=0.01)
    assert degrees[slopes.argmin()] == pytest.approx(np.degrees(np.arctan2(-4, -3)), abs=3)
    assert {"gradient", "negative gradient"} <= set(words(axes))


def test_along_the_step_the_bound_lies_above_the_loss_and_the_tangent():
    _, axes = panels(1)
    surface, point = gd.SURFACES["himmelblau"], [4.0, 3.0]
    segment = point - np.linspace(0, 0.014, 99)[:, None] * surface.gradient(point)
    largest = np.linalg.eigvalsh(surface.hessian(segment)).max()
    line, tangent, bound = figures.draw_along_step(axes, surface, point, largest, 0.014)
    assert (line.get_ydata() <= bound.get_ydata() + 1e-9).all()
    assert (tangent.get_ydata() <= bound.get_ydata() + 1e-9).all()
    assert bound.get_xdata()[bound.get_ydata().argmin()] == pytest.approx(1 / largest, abs=2e-4)


def test_contraction_curves_cross_at_the_best_rate():
    _, axes = panels(1)
    figures.draw_contraction(axes, 1.0, 5.0)
    gentle, steep = (line for line in axes.lines if len(line.get_xdata()) == 200 and
                     line.get_linewidth() < 5)  # fmt: skip
    rates = gentle.get_xdata()
    above = gentle.get_ydata() < steep.get_ydata()
    crossing = rates[np.argmax(above & (rates > 0.2))]
    assert crossing == pytest.approx(gd.best_rate(1.0, 5.0), abs=0.01)
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0", "1/L", "2/(μ+L)", "2/L"]


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
    np.testing.assert_allclose(seen, (parts[:, 0] / parts[0].sum())[: len(seen)])
    path = picture.path.get_xydata()
    np.testing.assert_allclose(path[:3], (modes.errors @ axes_of_bowl().T)[:3], atol=1e-9)


def test_a_bowl_that_diverges_is_drawn_without_a_warning():
    modes = bowl_modes(2.1, 100, (3, 2))
    assert abs(modes.errors[-1, 1]) > abs(modes.errors[0, 1])


def test_the_larger_modulus_is_a_plateau_at_root_beta():
    _, axes = panels(1)
    larger, smaller = figures.draw_root_moduli(axes, 0.4)
    low, high = (1 - 0.4**0.5) ** 2, (1 + 0.4**0.5) ** 2
    x, y = larger.get_data()
    inside = (x > low + 0.01) & (x < high - 0.01)
    assert y[inside] == pytest.approx(np.full(inside.sum(), 0.4**0.5))
    assert (smaller.get_ydata() <= y + 1e-12).all()
    np.testing.assert_allclose(y, gd.heavy_ball_radius(x, 0.4, 1.0))


@pytest.mark.parametrize("rule", ["momentum", "nesterov"])
def test_the_map_is_darkest_at_the_tuned_pair_and_empty_where_it_diverges(rule):
    _, axes = panels(3)
    picture = figures.draw_momentum_plane(axes, rule, 1.0, 0.5)
    shade, all_radii = shaded_radii(rule)[..., 3], radii(rule)
    assert (shade[all_radii > max(BANDS) + 0.01] == 0).all()
    assert (shade[all_radii < 0.98] > 0).all()
    rate, decay = tuned(rule)
    # For Nesterov η = 1/L is the usual, not quite the best, choice.
    assert bowl_radius(rule, rate, decay) <= all_radii.min() + (
        0.01 if rule == "momentum" else 0.1
    )
    border, decays = picture.border.get_data()
    assert bowl_radius(rule, border[:-1], decays[:-1]) == pytest.approx(
        np.ones(len(decays) - 1), abs=1e-6
    )


def test_the_momentum_plane_predicts_what_it_measures():
    _, axes = panels(3)
    picture = figures.draw_momentum_plane(axes, "momentum", 1.0, 0.5)
    path = picture.move("momentum", 1.4, 0.3)
    expected = gd.descend(draw_momentum_bowl().gradient, path[0], gd.momentum(1.4, 0.3), 60)
    np.testing.assert_allclose(path, expected)
    assert picture.predicted.get_ydata()[10] == pytest.approx(
        float(bowl_radius("momentum", 1.4, 0.3)) ** 10
    )


def test_escapes_end_where_they_pass_one():
    _, axes = panels(1)
    figures.draw_escapes(axes, {"a": 0.01 * 1.1 ** np.arange(100)})
    assert "49" in words(axes)


def test_mean_squares_leave_out_the_start():
    _, axes = panels(1)
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


@pytest.fixture(scope="module")
def histories():
    return [train_digits(np.random.default_rng(seed), n_epochs=3) for seed in range(2)]


def test_learning_curves_are_means_over_seeds(histories):
    _, axes = panels(2)
    training, test, errors = figures.draw_learning_curves(axes, histories)
    np.testing.assert_allclose(
        training.get_ydata(), np.mean([h.losses for h in histories], axis=0)
    )
    np.testing.assert_allclose(
        test.get_ydata(), np.mean([h.validation_losses for h in histories], axis=0)
    )
    accuracies = np.mean([h.validation_accuracies for h in histories], axis=0)
    np.testing.assert_allclose(errors.get_ydata(), 100 * (1 - accuracies))
    assert axes[0].get_yscale() == "log"


def test_mistakes_name_the_right_and_the_given_answer():
    figure, axes = panels(2, height=170)
    digits = load_digits()
    figures.draw_mistakes(axes, digits.x_test[:3], [3, 7, 1], [5, 9, 4], columns=2, rows=1)
    assert [words(ax) for ax in axes] == [["3", "→", "5", "7", "→", "9"], ["1", "→", "4"]]
    assert [len(ax.images) for ax in axes] == [2, 1]
    assert show(figure, "Digits.") is not None
    many = np.zeros((9, 64))
    figures.draw_mistakes(axes, many, range(9), range(9), columns=2, rows=1)
    assert [len(ax.images) for ax in axes] == [4, 3]


def test_rate_curve_is_a_mean_over_seeds():
    _, axes = panels(1)
    line = figures.draw_rate_curve(axes, [0.01, 0.1, 1.0], [[20, 30], [5, 7], [90, 90]])
    assert line.get_ydata().tolist() == [25, 6, 90]
    assert len(axes.lines) == 4


def test_each_curvature_has_its_border():
    _, axes = panels(1)
    measured = {0.5: [1.0, 3.0, 4.0], 2.0: [1.0, 2.0, 1.0]}
    drawn = figures.draw_curvatures(axes, [0, 5, 10], measured, most=5)
    assert [line.get_ydata().tolist() for line in drawn] == list(measured.values())
    borders = [line.get_ydata()[0] for line in axes.lines if line not in drawn]
    assert borders == [4, 1]
    assert [text.get_text() for text in axes.texts] == ["2/0.5", "2/2"]
    assert axes.get_ylim() == (0, 5)


def test_between_copies_and_network_surfaces_draw_their_data():
    _, (left, right) = panels(2)
    share = np.linspace(0, 1, 21)
    (line,) = figures.draw_interpolation(left, {"way": (share, 1 + share * (1 - share))})
    assert line.get_ydata().max() == pytest.approx(1.25)
    x = np.linspace(-1, 1, 21)
    heights = 0.01 + x**2 + x[:, None] ** 2
    path = np.array([[0.8, 0.8], [0.0, 0.0]])
    drawn = figures.draw_network_surface(right, x, x, heights, names=("a", "b"), path=path)
    np.testing.assert_array_equal(drawn.get_xydata(), path)
    assert len(right.collections) > 10
