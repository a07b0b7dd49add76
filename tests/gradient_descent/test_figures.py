"""The figures of the chapter on gradient descent."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from explorable.drawing.svg import panel_cells
from explorable.drawing.toolkit import INK, ONE, TWO, panels, show
from mathdl import gradient_descent as gd
from mathdl.datasets import load_digits
from mathdl.gradient_descent import SURFACES, figures
from mathdl.gradient_descent.experiments import reading_digits as digits
from mathdl.gradient_descent.experiments import train_digits
from mathdl.gradient_descent.figures import comparison, landscape, momentum, reading_digits
from mathdl.gradient_descent.figures.descents import drawn_part
from mathdl.gradient_descent.figures.opening import NEAR, START, STEPS, bowl_path
from mathdl.gradient_descent.figures.quadratics import LEVELS, axes_of_bowl, ellipses, mode_losses
from tests.explorable.drawing.artists import words

# Reliefs of the surfaces on which rules are compared


@pytest.mark.parametrize("name", list(SURFACES))
def test_bands_are_the_regions_below_their_levels_and_heights_grow_with_the_loss(name):
    relief = comparison.relief(name)
    across, up = np.meshgrid(np.linspace(-1, 1, 101), np.linspace(-1, 1, 101))
    places = np.column_stack([across.ravel(), up.ravel()])
    heights = relief.height(places)
    assert (np.diff(relief.levels) > 0).all()
    for level, band in zip(relief.levels, relief.bands, strict=True):
        wrong = band.contains_points(places) != (heights < level)
        assert wrong.mean() < 0.01  # each a pixel or two from the line, at the ends of valleys
    relief, window = comparison.relief(name), SURFACES[name].window
    places = np.random.default_rng(1).uniform(-1, 1, (50, 2))
    order = SURFACES[name].value(window.from_units(places)).argsort()
    assert (np.diff(relief.height(places)[order]) >= 0).all()
    assert relief.height(relief.minima) == pytest.approx(0, abs=1e-9)
    assert relief.lift(places)[:, 2] == pytest.approx(relief.height(places))


def test_net_and_crosses_lie_on_the_surface():
    relief = comparison.relief("himmelblau")
    net = relief.net[np.isfinite(relief.net).all(axis=1)]
    assert net[:, 2] == pytest.approx(relief.height(net[:, :2]))
    crosses = relief.crosses()
    assert np.isnan(crosses).all(axis=1).sum() == 7  # eight arms
    assert np.nanmean(crosses[:2], axis=0) == pytest.approx(relief.lift(relief.minima[:1])[0])


# Landscapes, paths and losses


def test_a_path_is_drawn_until_it_leaves_the_picture(axes):
    axes.set(xlim=(0, 1), ylim=(0, 1))
    path = np.array([[0.5, 0.5], [1.5, 0.5], [9.0, 0.5], [0.5, 0.5]])
    drawn = drawn_part(axes, path)
    assert drawn[:2].tolist() == path[:2].tolist()
    assert np.isnan(drawn[2:]).all()
    assert np.isnan(drawn_part(axes, np.array([[0.5, 0.5], [np.nan, np.inf]]))[1]).all()
    assert drawn_part(axes, path[:2]).tolist() == path[:2].tolist()


@pytest.mark.parametrize("surface", gd.SURFACES.values(), ids=list(gd.SURFACES))
def test_a_landscape_marks_its_minima_and_grows_darker_inwards(axes, surface):
    figures.draw_landscape(axes, surface)
    (crosses,) = axes.lines
    assert {tuple(p) for p in crosses.get_xydata()} == {tuple(m) for m in surface.minima}
    fills = [found.get_facecolor()[0, 3] for found in axes.collections]
    assert fills == [0.045] * 9
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


def test_infinite_losses_end_their_curve(axes):
    (line,) = figures.draw_losses(axes, {"a": [1.0, 1e4, np.inf, np.nan]}, least=1e-3, most=1e3)
    assert line.get_xdata().tolist() == [0, 1]


def test_along_the_step_the_bound_lies_above_the_loss_and_the_tangent(axes):
    surface, point = gd.SURFACES["himmelblau"], [4.0, 3.0]
    segment = point - np.linspace(0, 0.014, 99)[:, None] * surface.gradient(point)
    largest = np.linalg.eigvalsh(surface.hessian(segment)).max()
    line, tangent, bound = figures.draw_along_step(axes, surface, point, largest, 0.014)
    assert (line.get_ydata() <= bound.get_ydata() + 1e-9).all()
    assert (tangent.get_ydata() <= bound.get_ydata() + 1e-9).all()
    assert bound.get_xdata()[bound.get_ydata().argmin()] == pytest.approx(1 / largest, abs=2e-4)


def test_contraction_curves_cross_at_the_best_rate(axes):
    figures.draw_contraction(axes, 1.0, 5.0)
    gentle, steep = (line for line in axes.lines if len(line.get_xdata()) == 200 and
                     line.get_linewidth() < 5)  # fmt: skip
    rates = gentle.get_xdata()
    above = gentle.get_ydata() < steep.get_ydata()
    crossing = rates[np.argmax(above & (rates > 0.2))]
    assert crossing == pytest.approx(gd.best_rate(1.0, 5.0), abs=0.01)
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0", "1/L", "2/(μ+L)", "2/L"]


# Paths over a landscape


def test_stage_has_rows_of_their_own_height():
    figure, axes = landscape.two_rows((300, 100))
    cells = [panel_cells(figure)[panel] for panel in axes]
    assert [(cell.left, cell.bottom, cell.height) for cell in cells] == [
        (0, 100, 300),
        (350, 100, 300),
        (0, 0, 100),
        (350, 0, 100),
    ]
    figure.draw_without_rendering()
    assert axes[0].get_position().y0 > axes[2].get_position().y1


def test_a_path_is_thinned_and_keeps_its_end():
    path = np.array([[0.0, 0.0], [0.01, 0.0], [0.5, 0.0], [0.5, 0.01], [0.5, 0.02], [0.5, 0.03]])
    assert landscape.thin_path(path).tolist() == [path[k].tolist() for k in (0, 2, 4, 5)]


# The plane of momentum's settings


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


def test_the_map_is_darkest_at_the_tuned_pair_and_empty_where_it_diverges():
    _, axes = panels(3)
    figures.draw_momentum_plane(axes, 1.0, 0.5)
    shade, all_radii = momentum.shaded_radii()[..., 3], momentum.radii()
    assert (shade[all_radii > max(momentum.BANDS) + 0.01] == 0).all()
    assert (shade[all_radii < 0.98] > 0).all()
    assert momentum.bowl_radius(*momentum.tuned()) <= all_radii.min() + 0.01
    border, decays = axes[0].lines[0].get_data()
    assert momentum.bowl_radius(border[:-1], decays[:-1]) == pytest.approx(
        np.ones(len(decays) - 1), abs=1e-6
    )


def test_the_momentum_plane_predicts_what_it_measures():
    _, axes = panels(3)
    picture = figures.draw_momentum_plane(axes, 1.0, 0.5)
    path = picture.move(1.4, 0.3)
    expected = gd.descend(
        momentum.draw_momentum_bowl().gradient, path[0], gd.momentum(1.4, 0.3), 60
    )
    np.testing.assert_allclose(path, expected)
    assert picture.predicted.get_ydata()[10] == pytest.approx(
        float(momentum.bowl_radius(1.4, 0.3)) ** 10
    )


# Floors and escapes


def test_mean_squares_leave_out_the_start(axes):
    figures.draw_mean_squares(axes, {"a": np.geomspace(9, 0.1, 101)}, [0.1])
    curve = axes.lines[-1]
    assert curve.get_xdata()[0] == 1
    assert curve.get_ydata()[-1] == pytest.approx(0.1)


# The picture that opens the chapter, and descents on a parabola


@pytest.mark.parametrize("rate", [0.3, 1.9, 2.5])
@pytest.mark.parametrize("decay", [0.0, 0.5])
def test_the_ball_rolls_on_the_turned_bowl(rate, decay):
    turned = axes_of_bowl()
    bowl = gd.quadratic(turned @ np.diag([1 / 9, 1.0]) @ turned.T)
    path = gd.descend(bowl.gradient, START, gd.momentum(rate, decay), 2 * STEPS)
    np.testing.assert_allclose(
        bowl_path(rate, 9.0, decay), path, rtol=1e-6, atol=1e-9 * np.abs(path).max()
    )


@pytest.mark.parametrize(("rate", "decay"), [(0.3, 0.0), (1.86, 0.0), (2.42, 0.5), (3.5, 0.9)])
def test_it_has_arrived_when_it_stays_near(rate, decay):
    _, axes = panels(2)
    picture = figures.draw_opening(axes, 1.0, 1, 0)
    away, arrived = picture.move(rate, 25.0, decay)
    assert away[0] == pytest.approx(1)
    near = away < NEAR
    assert near[arrived:].all()
    assert not near[arrived - 1]
    np.testing.assert_equal(picture.arrival.get_xdata(), [arrived if arrived <= STEPS else np.nan])


def test_each_descent_is_drawn_on_its_parabola(axes):
    descents = {"a": [4, 3.2, 2.56], "b": [4, -3.2, 2.56]}
    lines = figures.draw_on_parabola(axes, descents)
    for line, curve, path in zip(lines, axes.lines[::3], descents.values(), strict=True):
        middle = curve.get_xdata().mean()
        assert line.get_xdata() - middle == pytest.approx(np.array(path))
        assert line.get_ydata() == pytest.approx(np.square(path))


# The bowl by its modes


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


# Slices of the network's loss, and its digits


def test_slices_are_interpolated_between_their_points():
    seen, units = digits.slices()["own"], digits.slice_units()
    for row, column in [(0, 0), (5, 20), (32, 32)]:
        place = np.array([units[column], units[row]])
        found = reading_digits.between(seen.surface, place)
        assert found == pytest.approx(seen.surface[row, column])
    middle = np.array([units[4:6].mean(), units[7]])
    assert reading_digits.between(seen.surface, middle) == pytest.approx(
        np.sqrt(seen.surface[7, 4] * seen.surface[7, 5])
    )


def test_misread_digits_are_drawn_in_the_second_ink():
    images = np.ones((11, 64)) / 2
    wrong = np.arange(11) == 10
    page = reading_digits.digits_page(images, wrong)
    assert page.shape == (20, 108, 4)
    assert page[1, 0, :3] == pytest.approx(to_rgb(INK))
    assert page[11, 12, :3] == pytest.approx(to_rgb(TWO))
    assert page[11, 0, :3] == pytest.approx(to_rgb(INK))
    assert (page[:, 8:12, 3] == 0).all()  # room for the answer


# Trainings of the digits network


@pytest.fixture(scope="module")
def histories():
    return [train_digits(np.random.default_rng(seed), n_epochs=3) for seed in range(2)]


def test_learning_curves_are_means_over_seeds(axes, histories):
    errors = figures.draw_learning_curves(axes, histories)
    accuracies = np.mean([h.validation_accuracies for h in histories], axis=0)
    np.testing.assert_allclose(errors.get_ydata(), 100 * (1 - accuracies))
    assert axes.get_yscale() == "log"


def test_mistakes_name_the_right_and_the_given_answer():
    figure, axes = panels(1, height=170)
    figures.draw_mistakes(axes, load_digits().x_test[:12], range(12), [5] * 12)
    assert words(axes)[:6] == ["0", "→", "5", "1", "→", "5"]
    assert words(axes)[-3:] == ["9", "→", "5"]
    assert len(axes.images) == 10
    assert show(figure, "Digits.") is not None


def test_each_curvature_has_its_border(axes):
    measured = {0.5: [1.0, 3.0, 4.0], 2.0: [1.0, 2.0, 1.0]}
    drawn = figures.draw_curvatures(axes, [0, 5, 10], measured, most=5)
    assert [line.get_ydata().tolist() for line in drawn] == list(measured.values())
    borders = [line.get_ydata()[0] for line in axes.lines if line not in drawn]
    assert borders == [4, 1]
    assert [text.get_text() for text in axes.texts] == ["2/0.5", "2/2"]
    assert axes.get_ylim() == (0, 5)
