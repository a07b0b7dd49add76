"""The explorers of the background chapter: every state, against the kernels."""

import re

import numpy as np
import pytest

from mathdl import background
from mathdl.background import TARGETS, XOR_X, XOR_Y, explorers
from mathdl.background.experiments import descend_all
from mathdl.background.experiments.corners import CORNERS, RATE, SAMPLES, corner_points, heights
from mathdl.background.explorers import curve as of_curves
from mathdl.background.explorers import fold as of_folds
from mathdl.background.explorers import surface as of_surfaces
from mathdl.background.explorers import xor as of_xor
from mathdl.background.explorers.hats import SIZES
from mathdl.background.explorers.xor import DIRECTIONS
from mathdl.background.tasks import FITTING_TOWER
from mathdl.forward import forward
from tests.explorable.explore.states import artist, once

hats = once(explorers.hats_explorer)
xor = once(explorers.xor_explorer)
curve = once(explorers.curve_explorer)
learned = once(explorers.learned_explorer)
surface = once(explorers.surface_explorer)
fold = once(explorers.fold_explorer)


def test_hats_begin_with_eight_units_that_add_up(hats):
    assert str(hats.at()) == (
        "With 8 units, the largest error is 0.0704; the bound δ²·max|f″|/8 allows 0.0771."
    )
    knots = artist(hats, "knots").get_offsets()
    np.testing.assert_allclose(knots[:, 0], np.linspace(0, 1, 9))
    np.testing.assert_allclose(knots[:, 1], np.sin(2 * np.pi * knots[:, 0]), atol=1e-12)
    x = np.linspace(0, 1, 33)
    each = np.asarray(artist(hats, "hats").get_xydata()).reshape(-1, 4, 2)[:, :3]
    total = sum(np.interp(x, *hat.T) * (hat[0, 0] <= x) * (x <= hat[2, 0]) for hat in each[1:-1])
    total = total + np.interp(x, *each[0, 1:].T) + np.interp(x, *each[-1, :2].T)
    drawn = artist(hats, "network").get_data()
    np.testing.assert_allclose(total, np.interp(x, *drawn), atol=1e-12)


@pytest.mark.parametrize("target", TARGETS)
def test_errors_lie_on_the_curve_and_below_the_bound(hats, target):
    function, curvature = TARGETS[target]
    for m in SIZES:
        said = hats.at(m=m, target=target)
        x, y = artist(hats, "here").get_data()
        knots = np.linspace(0, 1, m + 1)
        error = background.sup_error(background.hat_network(knots, function(knots)), function)
        assert (list(x), list(y)) == ([m], [error])
        assert dict(zip(*artist(hats, "built").get_data(), strict=True))[m] == error
        bound = np.asarray(artist(hats, "bound").get_ydata())
        if np.isfinite(curvature):
            assert (
                error <= bound[SIZES.index(m)] == background.interpolation_bound(1 / m, curvature)
            )
        else:
            assert np.isnan(bound).all()
            assert "there is no bound" in str(said)


def test_what_is_said_of_knots_on_zeros_of_errors_at_a_corner_and_of_doubling(hats):
    for m in (2, 4, 8, 16):
        said = str(hats.at(m=m, target="eight waves"))
        assert said.startswith(f"With {m} units every knot lies on a zero of the target")
    assert "every knot" not in str(hats.at(m=32, target="eight waves"))
    for m in (16, 64):
        assert f"the largest error is {4 / 3 / m:.3g}." in str(hats.at(m=m, target="corner"))
    assert hats.prediction.choices[hats.prediction.answer] == "a quarter as far"


def test_the_dragged_curve_is_the_network_of_its_weights(curve):
    places = {"first": (0.25, -0.5), "second": (0.5, 1.0), "third": (0.75, 0.25)}
    curve.update(**{name: np.array(place) for name, place in places.items()})
    corners = of_curves.corner_points(*map(np.array, places.values()))
    changes = of_curves.changes_of_slope(corners)
    x = np.linspace(0, 1, 41)
    drawn = np.maximum(x[:, None] - corners[:-1, 0], 0) @ changes
    np.testing.assert_allclose(drawn, np.interp(x, *artist(curve, "total").get_data()), atol=1e-12)
    units = [unit.get_data() for unit in artist(curve, "units")]
    np.testing.assert_allclose(sum(np.interp(x, *unit) for unit in units), drawn, atol=1e-12)
    np.testing.assert_array_equal(units[0][0], corners[:, 0])
    library = background.hat_network(corners[:, 0], corners[:, 1])[1].weights[0]
    np.testing.assert_allclose(changes, library)
    assert curve.prediction.choices[curve.prediction.answer] == "three"
    assert "at 0.20 it changes by −6.7" in str(curve.at())
    assert "at 0.50 by 0.0" in str(curve.at(second=(0.5, 0.75)))


def test_a_network_learns_in_the_page_as_it_does_here(learned):
    said = str(learned.update(n=102, start=4, corner=CORNERS[1]))
    steps, errors = map(np.asarray, artist(learned, "errors").get_data())
    x = SAMPLES[:, None]
    wanted = heights(corner_points(*CORNERS))[:, None]
    begin = tuple(background.spread_network(8, rng=np.random.default_rng(3)))
    [before], [network] = (descend_all([begin], x, wanted, n, RATE) for n in (100, 102))
    drawn = forward(network, x).output
    np.testing.assert_allclose(artist(learned, "network").get_ydata(), drawn[:, 0], atol=1e-9)
    at_100, at_102 = (np.mean((each - wanted) ** 2) for each in (forward(before, x).output, drawn))
    np.testing.assert_allclose(errors[20:], [at_100, *60 * [at_102]])
    np.testing.assert_array_equal(steps[20:], [100, *60 * [102]])
    assert f"mean squared error is {at_102:.2g}." in said
    assert "are random" in str(learned.at(n=0))
    assert learned.prediction.choices[learned.prediction.answer] == "two"
    close = [float(each) < 0.01 for each in re.findall(r"0\.\d+", learned.prediction.words()[2])]
    assert close == [False, True, False, True]  # the first and the third miss


def test_towers_add_up_to_a_surface_if_they_fit(surface):
    u = np.linspace(-1.5, 1.5, 13)
    fits = FITTING_TOWER.right(u, u[:, None])
    np.testing.assert_allclose(of_surfaces.fitting(u, u[:, None]), fits)
    network = background.tower_network([0.0, 0.0], 1.0)
    points = np.stack(np.meshgrid(u, u), axis=-1).reshape(-1, 2)
    crossed = forward(network, points).output.reshape(13, 13)
    np.testing.assert_allclose(of_surfaces.crossed(u, u[:, None]), crossed, atol=1e-12)
    lines = of_surfaces.LINES
    for n in (1, 3, 8):
        knots = np.arange(n + 1) / n
        total = sum(
            of_surfaces.wanted(a, b)
            * of_surfaces.fitting(n * (lines - a), n * (lines[:, None] - b))
            for a in knots
            for b in knots
        )
        np.testing.assert_allclose(
            of_surfaces.added_up(n, of_surfaces.fitting, lines), total, atol=1e-12
        )
        assert f"{(n + 1) ** 2} towers" in str(surface.at(n=n))
    fine = np.linspace(0, 1, 841)
    for n, name in ((7, "crossed"), (15, "crossed"), (15, "fitting")):
        off = of_surfaces.added_up(n, getattr(of_surfaces, name), fine)
        off = abs(off - of_surfaces.wanted(fine, fine[:, None])).max()
        assert f"off by up to about {off:.2g}." in str(surface.at(n=n, kind=name))
    assert surface.prediction.choices[surface.prediction.answer] == "no"


def test_xor_begins_with_the_network_of_the_text_and_says_what_the_read_out_does(xor):
    assert xor.at().startswith("Solved")
    hidden = background.directed_units([22.5, 45])
    output = forward(of_xor.xor_layers(hidden), XOR_X).output
    assert ((output > 0.5) == (XOR_Y == 1)).all()
    error = np.mean((output - XOR_Y) ** 2)
    assert xor.at(first=22.5, second=45) == (
        "Separated, but not exactly: one straight cut puts all four points on the right side of "
        f"½, and the mean squared error is {error:.3g}."
    )
    for first in (90, 0):  # where two points answer exactly ½
        hidden = background.directed_units([first, 22.5])
        error = of_xor.xor_error(hidden)
        output = forward(of_xor.xor_layers(hidden), XOR_X).output
        right = (np.where(XOR_Y == 1, output - 0.5, 0.5 - output) > 1e-9).sum()
        assert xor.at(first=first, second=22.5) == (
            f"The best read-out has mean squared error {error:.3g} and puts {right} of 4 points "
            "on the right side of ½."
        )
    assert "parallel to a side" in xor.at(first=45, second=90)


def test_without_an_activation_every_direction_leaves_a_quarter(xor):
    for first in DIRECTIONS:
        for second in DIRECTIONS:
            hidden = background.directed_units([first, second], activation="identity")
            assert of_xor.xor_error(hidden) == pytest.approx(0.25)
    assert "stays flat" in xor.at(first=22.5, second=90, activation="identity")
    for second in (45, 225):
        assert "a line that does not bend" in xor.at(
            first=45, second=second, activation="identity"
        )
    assert xor.prediction.choices[xor.prediction.answer].startswith("¼")


def test_solved_are_the_pairs_along_one_line_that_is_not_parallel_to_a_side(xor):
    for first in DIRECTIONS[::3]:
        for second in DIRECTIONS:
            along_one_line = (first - second) % 180 == 0
            solved = xor.at(first=first, second=second).startswith("Solved")
            assert solved == (along_one_line and second % 90 != 0)


@pytest.mark.parametrize("depth", of_folds.DEPTHS)
def test_the_next_unit_bends_the_line_wherever_the_line_passes_its_height(fold, depth):
    assert f"at {2**depth} places" in fold.at(depth=depth, height=0.25)
    meets = artist(fold, "meets").get_offsets()
    np.testing.assert_allclose(np.interp(meets[:, 0], *artist(fold, "folded").get_data()), 0.25)
    pulled = artist(fold, "pulled").get_xdata()
    np.testing.assert_allclose(pulled[::3], meets[:, 0])
    assert fold.prediction.choices[fold.prediction.answer] == "16"
    assert "at 8 places. At how many" in fold.prediction.words()[0]
