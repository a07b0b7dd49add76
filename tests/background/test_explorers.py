"""The explorers of the background chapter: every state, against the kernels."""

import numpy as np
import pytest

from mathdl.background import TARGETS, XOR_X, XOR_Y, directed_units, interpolation_bound, sup_error
from mathdl.background.explorers import fold as of_folds
from mathdl.background.explorers import (
    fold_explorer,
    hat_explorer,
    hats_explorer,
    tower_explorer,
    xor_explorer,
)
from mathdl.background.explorers import hats as of_hats
from mathdl.background.explorers import switches as of_switches
from mathdl.background.explorers import xor as of_xor
from mathdl.background.explorers.hats import SIZES
from mathdl.background.explorers.xor import DIRECTIONS
from mathdl.forward import forward
from tests.explorable.explore.states import moving


@pytest.fixture(scope="module")
def hats():
    return hats_explorer()


@pytest.fixture(scope="module")
def xor():
    return xor_explorer()


@pytest.fixture(scope="module")
def hat():
    return hat_explorer()


@pytest.fixture(scope="module")
def tower():
    return tower_explorer()


@pytest.fixture(scope="module")
def fold():
    return fold_explorer()


@pytest.fixture
def artist():
    def find(explorer, name):
        found = moving(explorer, name)
        return found[0] if len(found) == 1 else found

    return find


@pytest.mark.proof
def test_all_states_are_visited_without_a_warning_and_differ(
    hats, xor, hat, tower, fold, tmp_path
):
    for explorer, at_least in ((hats, 55), (xor, 150), (hat, 60), (tower, 12), (fold, 42)):
        explorer.html(tmp_path)  # fails on a warning, or over its budget of bytes or seconds
        (written,) = tmp_path.glob(f"{explorer.name}.*.js")
        assert written.stat().st_size < 200_000
        shown = set()
        for indices in np.ndindex(*(control.count for control in explorer.controls.values())):
            explorer.at_indices(indices)
            movers = range(len(explorer.scene.movers))
            shown.add(tuple(explorer.scene.state(index).values for index in movers))
        assert len(shown) >= at_least


def test_hats_begin_with_the_static_figure(hats, artist):
    assert hats.at() == (
        "Built with 8 units, the largest error is 0.0704; the bound h²·max|f″|/8 allows 0.0771."
    )
    knots = artist(hats, "knots").get_offsets()
    np.testing.assert_allclose(knots[:, 0], np.linspace(0, 1, 9))
    np.testing.assert_allclose(knots[:, 1], np.sin(2 * np.pi * knots[:, 0]), atol=1e-12)


@pytest.mark.parametrize("target", TARGETS)
def test_built_errors_lie_on_the_curve_and_below_the_bound(hats, artist, target):
    for n in SIZES:
        hats.at(n=n, target=target, weights="built")
        x, y = artist(hats, "here").get_data()
        error = sup_error(of_hats.built(target, n), TARGETS[target].function)
        assert (list(x), list(y)) == ([n], [error])
        assert dict(zip(*artist(hats, "built").get_data(), strict=True))[n] == error
        bound = np.asarray(artist(hats, "bound").get_ydata())
        if np.isfinite(TARGETS[target].curvature):
            assert (
                error
                <= bound[SIZES.index(n)]
                == interpolation_bound(1 / n, TARGETS[target].curvature)
            )
        else:
            assert np.isnan(bound).all()
    assert len(artist(hats, "learned").get_xdata()) == 0


def test_a_target_without_curvature_promises_nothing(hats):
    assert "promises nothing" in hats.at(n=16, target="root", weights="built")


def test_learned_networks_fail_at_eight_waves_and_win_at_a_corner(hats, artist):
    lost = hats.at(n=64, target="eight waves", weights="learned")
    assert "0 of the 7 are below that" in lost
    assert min(of_hats.learned_errors("eight waves", 64)) > 0.9
    won = hats.at(n=8, target="corner", weights="learned")
    assert "7 of the 7 are below that" in won
    x, y = artist(hats, "learned").get_data()
    assert list(x) == list(SIZES)
    each = [of_hats.learned_errors("corner", n) for n in SIZES]
    np.testing.assert_allclose(y, np.median(each, axis=1))
    np.testing.assert_allclose(artist(hats, "starts").get_offsets()[:, 1], np.ravel(each))


def test_the_drawn_start_is_the_one_in_the_middle_in_the_colour_of_what_is_learned(hats, artist):
    hats.at(n=8, target="one wave", weights="learned")
    assert len(artist(hats, "network").get_xdata()) == 0
    drawn = artist(hats, "trained")
    error = np.abs(drawn.get_ydata() - np.sin(2 * np.pi * drawn.get_xdata())).max()
    middle = np.median(of_hats.learned_errors("one wave", 8))
    assert error == pytest.approx(middle, rel=0.02)
    assert artist(hats, "here").get_ydata() == [middle]
    assert drawn.get_color() == artist(hats, "learned").get_color()


def test_knots_on_zeros_of_the_target_are_said(hats):
    for n in (2, 4, 8, 16):
        said = hats.at(n=n, target="eight waves", weights="built")
        assert said.startswith(f"With {n} units every knot lies on a zero of the target")
    assert "every knot" not in hats.at(n=32, target="eight waves", weights="built")


def test_a_corner_has_the_errors_of_its_exercise(hats):
    for n in (16, 64):
        assert f"the largest error is {4 / 3 / n:.3g}." in hats.at(
            n=n, target="corner", weights="built"
        )


def test_the_prediction_about_training_is_computed(hats):
    made, found = (
        of_hats.largest_error("eight waves", 64),
        of_hats.learned_errors("eight waves", 64),
    )
    assert min(found) > 5 * made
    assert hats.prediction.choices[hats.prediction.answer] == "more than five times as far"


def test_xor_begins_with_the_network_of_the_text(xor, artist):
    assert xor.at().startswith("Solved")
    rings, discs = artist(xor, "images")
    np.testing.assert_allclose(rings.get_offsets(), [[0, 0], [2, 1]], atol=1e-12)
    np.testing.assert_allclose(discs.get_offsets(), [[1, 0], [1, 0]], atol=1e-12)


def test_without_an_activation_every_direction_leaves_a_quarter(xor):
    for first in DIRECTIONS:
        for second in DIRECTIONS:
            hidden = directed_units([first, second], activation="identity")
            assert of_xor.xor_error(hidden) == pytest.approx(0.25)
    assert "stays flat" in xor.at(first=22.5, second=90, activation="identity")
    for second in (45, 225):
        assert "a line that does not bend" in xor.at(
            first=45, second=second, activation="identity"
        )
    assert xor.prediction.choices[xor.prediction.answer].startswith("¼")


def test_solved_are_the_pairs_along_one_line_that_is_not_parallel_to_a_side(xor):
    for first in DIRECTIONS:
        for second in DIRECTIONS:
            along_one_line = (first - second) % 180 == 0
            solved = xor.at(first=first, second=second).startswith("Solved")
            assert solved == (along_one_line and second % 90 != 0)


def test_nearly_parallel_units_part_the_points_without_being_exact(xor):
    hidden = directed_units([22.5, 45])
    output = forward(of_xor.xor_layers(hidden), XOR_X).output
    assert ((output > 0.5) == (XOR_Y == 1)).all()
    error = np.mean((output - XOR_Y) ** 2)
    assert xor.at(first=22.5, second=45) == (
        "Separated, but not exactly: one straight cut puts all four points on the right side of "
        f"½, and the mean squared error is {error:.3g}."
    )


def test_the_sentence_says_what_the_best_read_out_does(xor):
    hidden = directed_units([90, 22.5])
    error = of_xor.xor_error(hidden)
    layers = of_xor.xor_layers(hidden)
    right = ((forward(layers, XOR_X).output > 0.5) == (XOR_Y == 1)).sum()
    assert xor.at(first=90, second=22.5) == (
        f"The best read-out has mean squared error {error:.3g} and puts {right} of 4 points on "
        "the right side of ½."
    )
    assert "parallel to a side" in xor.at(first=45, second=90)


def test_three_units_make_the_hat_and_their_sum_is_drawn(hat, artist):
    x = np.linspace(0, 1, 41)
    for t in (0.3, 0.5, 0.7):
        for height in (-1, 0.5):
            said = hat.at(n=3, t=t, height=height)
            wanted = height * np.maximum(1 - np.abs(x - t) / of_switches.WIDTH, 0)
            drawn = artist(hat, "total").get_data()
            np.testing.assert_allclose(np.interp(x, *drawn), wanted, atol=1e-9)
            assert f"at {t:.1f}, and 0 outside" in said
    one, two, three = artist(hat, "units")
    assert np.isfinite([one.get_ydata(), three.get_ydata()]).all()
    assert "nothing stops it" in hat.at(n=1)
    assert np.isnan(two.get_ydata()).all()
    assert "0 everywhere" in str(hat.update(n=3, t=0.5, height=0.0))


def test_two_units_cannot_rest(hat):
    assert of_switches.units_that_rest() == 3
    assert hat.prediction.choices[hat.prediction.answer] == "three"


def test_a_tower_stands_once_its_arms_are_cut(tower):
    middle = of_switches.LINES.tolist().index(0.5)
    for threshold in (0.0, 0.5, 1.0, 1.5):
        surface = of_switches.heights(2, threshold)
        assert surface[middle, middle] == pytest.approx(2 - threshold)
        assert surface[middle, 0] == pytest.approx(max(1 - threshold, 0))
        said = tower.at(hats=2, threshold=threshold)
        assert said.startswith("A tower" if threshold >= 1 else "Two hats")
    wall = of_switches.heights(1, 0.0)
    assert (wall == wall[0]).all()
    assert "a wall" in tower.at(hats=1, threshold=0.0)
    assert "nothing is left" in tower.at(hats=1, threshold=1.0)
    assert tower.prediction.choices[tower.prediction.answer] == "1"


@pytest.mark.parametrize("depth", of_folds.DEPTHS)
def test_a_single_layer_of_as_many_units_keeps_up_for_two_folds_only(fold, artist, depth):
    single = of_folds.single_layer(depth)
    assert len(single[0].bias) == 2 * depth
    error = sup_error(single, lambda x: of_folds.folded(x, depth))
    assert error == pytest.approx(0 if depth <= 2 else 0.5, abs=1e-9)
    said = fold.at(depth=depth, height=0.25)
    assert ("draws the same" in said) == (depth <= 2)
    assert f"at {2**depth} places" in said
    meets = artist(fold, "meets").get_offsets()
    np.testing.assert_allclose(np.interp(meets[:, 0], *artist(fold, "folded").get_data()), 0.25)
    pulled = artist(fold, "pulled").get_xdata()
    np.testing.assert_allclose(pulled[::3], meets[:, 0])


def test_the_bends_of_the_next_unit_are_computed(fold):
    assert fold.prediction.choices[fold.prediction.answer] == "8"
