"""Landscapes, paths on them, starts and digits, asserted on the artists."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from mathdl.experiments.gradient_descent import comparison as rules
from mathdl.experiments.gradient_descent import reading_digits as digits
from mathdl.figures.gradient_descent import comparison, landscape, reading_digits
from mathdl.gradient_descent import SURFACES
from mathdl.plotting import INK, TWO
from mathdl.svg import panel_cells


def test_stage_has_rows_of_their_own_height():
    figure, axes = landscape.two_rows((300, 100), width=600)
    cells = [panel_cells(figure)[panel] for panel in axes]
    assert [(cell.left, cell.bottom, cell.height) for cell in cells] == [
        (0, 100, 300),
        (300, 100, 300),
        (0, 0, 100),
        (300, 0, 100),
    ]
    figure.draw_without_rendering()
    assert axes[0].get_position().y0 > axes[2].get_position().y1


def test_within_keeps_what_is_inside():
    path = np.array([[0.0, 0.0], [0.5, 0.5], [-0.9, 0.2]])
    assert np.array_equal(landscape.clip_path(path, 1.0), path)


def test_within_breaks_where_the_path_is_outside():
    cut = landscape.clip_path([[0, 0], [3, 3], [3, -3], [0, -0.5]], 1.0)
    assert cut[:2] == pytest.approx(np.array([[0, 0], [1, 1]]))
    assert np.isnan(cut[2]).all()
    # From (3, −3) to (0, −0.5) the slope is −5/6: it enters at y = −1, x = 0.6.
    assert cut[3:] == pytest.approx(np.array([[0.6, -1], [0, -0.5]]))


def test_within_crosses_the_square_in_one_step():
    cut = landscape.clip_path([[-2, 0], [2, 0]], 1.0)
    assert cut[2:] == pytest.approx(np.array([[-1, 0], [1, 0]]))


def test_what_diverges_is_followed_up_to_the_edge():
    path = np.array([[0.0, 0.0], [-2.0, 0.0], [6.0, 0.0], [np.inf, 0.0], [np.nan, np.nan]])
    assert landscape.path_until_exit(path) == pytest.approx(np.array([[0, 0], [-2, 0], [3, 0]]))
    assert np.isfinite(landscape.path_until_exit([[0, 0], [np.inf, 1]])).all()


def test_thinning_keeps_ends_and_gaps():
    path = np.array(
        [[0.0, 0.0], [0.01, 0.0], [0.5, 0.0], [np.nan, np.nan], [1.0, 0.0], [1.0, 0.0]]
    )
    kept = landscape.thin_path(path)
    assert kept[:, 0].tolist()[:2] == [0, 0.5]
    assert np.isnan(kept[2]).all()
    assert kept[-1].tolist() == [1, 0]


@pytest.mark.parametrize("name", list(rules.WINDOWS))
def test_bands_are_the_regions_below_their_levels(name):
    relief = comparison.relief(name)
    places = np.random.default_rng(0).uniform(-1, 1, (40, 2))
    heights = relief.height(places)
    assert (np.diff(relief.levels) > 0).all()
    for level, band in zip(relief.levels, relief.bands, strict=True):
        inside = band.contains_points(places)
        clear = np.abs(heights - level) > 0.03
        assert np.array_equal(inside[clear], (heights < level)[clear])


@pytest.mark.parametrize("name", list(rules.WINDOWS))
def test_heights_grow_with_the_loss(name):
    relief, window = comparison.relief(name), rules.WINDOWS[name]
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
