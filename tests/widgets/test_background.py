"""The explorers of the background chapter: every state, against the kernels."""

import numpy as np
import pytest

from mathdl.background import TARGETS, XOR_X, XOR_Y, directed_units, interpolation_bound, sup_error
from mathdl.forward import forward
from mathdl.widgets.background import hats as of_hats
from mathdl.widgets.background import hats_explorer, xor_explorer
from mathdl.widgets.background import xor as of_xor
from mathdl.widgets.background.hats import SIZES
from mathdl.widgets.background.xor import DIRECTIONS
from tests.widgets.states import moving


@pytest.fixture(scope="module")
def hats():
    return hats_explorer()


@pytest.fixture(scope="module")
def xor():
    return xor_explorer()


@pytest.fixture
def artist():
    def find(explorer, name):
        found = moving(explorer, name)
        return found[0] if len(found) == 1 else found

    return find


def test_the_states_of_both_are_visited_without_a_warning_and_differ(hats, xor, tmp_path):
    for explorer, at_least in ((hats, 55), (xor, 150)):
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
    assert lost.startswith("Gradient descent with 64 units is left with a largest error of 0.9")
    won = hats.at(n=8, target="corner", weights="learned")
    assert "it moved its bends" in won
    x, y = artist(hats, "learned").get_data()
    assert list(x) == list(SIZES)
    np.testing.assert_allclose(y, [of_hats.largest_error("corner", n, "learned") for n in SIZES])


def test_the_prediction_about_training_is_computed(hats):
    made, found = (of_hats.largest_error("eight waves", 64, w) for w in ("built", "learned"))
    assert found > 5 * made
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
        "Parted, but not exactly: one straight cut puts all four points on the right side of ½, "
        f"and the mean squared error is {error:.3f}."
    )


def test_the_sentence_says_what_the_best_read_out_does(xor):
    hidden = directed_units([90, 22.5])
    error = of_xor.xor_error(hidden)
    layers = of_xor.xor_layers(hidden)
    right = ((forward(layers, XOR_X).output > 0.5) == (XOR_Y == 1)).sum()
    assert xor.at(first=90, second=22.5) == (
        f"The best read-out has mean squared error {error:.3f} and puts {right} of 4 points on "
        "the right side of ½."
    )
    assert "parallel to a side" in xor.at(first=45, second=90)
