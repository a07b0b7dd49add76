"""The training of the digits network: what is measured along it, and on which planes."""

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.concepts import cross_entropy
from mathdl.datasets import load_digits
from mathdl.forward import forward, initialize, parameter_vector
from mathdl.gradient_descent.experiments import DIGITS_SIZES, reading_digits
from tests.explorable.explore.states import once

MOMENTS = [0, 7, -1]


story = once(reading_digits.reading)
digits = once(load_digits)


def test_training_starts_from_the_initial_weights_and_is_seen_at_forty_moments(story, digits):
    start = initialize(DIGITS_SIZES, rng=np.random.default_rng(0))
    assert np.array_equal(story.path[0], parameter_vector(start))
    assert not np.allclose(story.path[0], story.other[0])
    assert story.steps[0] == 0
    assert (np.diff(story.steps) > 0).all()
    assert story.path.shape == story.other.shape == (len(story.steps), story.path.shape[1])
    assert np.array_equal(parameter_vector(story.layers), story.path[0])
    assert abs(len(story.steps) - reading_digits.N_MOMENTS) <= 1
    assert story.steps[-1] == reading_digits.N_EPOCHS * -(-len(load_digits().x_train) // 32)
    gaps = np.diff(story.steps)
    assert gaps[-1] == gaps.max() > 5 * gaps[0]
    assert story.test_shares[-1] > 0.95
    other = gd.layers_from(story.layers, story.other[-1])
    assert gd.accuracy(other, digits.x_test, digits.y_test) > 0.95


def test_directions_of_a_story_that_nobody_can_change(story):
    arrays = [thing for thing in vars(story).values() if isinstance(thing, np.ndarray)]
    assert len(arrays) == 7
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    seen = reading_digits.slices()
    own = gd.principal_axes(story.path).directions
    np.testing.assert_array_equal(seen["own"].directions, own)
    end = gd.layers_from(story.layers, story.path[-1])
    drawn = gd.filter_normalized_directions(end, rng=np.random.default_rng(3))
    np.testing.assert_array_equal(seen["random"].directions, drawn)
    held = {name: ((each.path @ each.directions) ** 2).sum() for name, each in seen.items()}
    whole = ((story.path - story.path[-1]) ** 2).sum()
    assert held["random"] < 0.01 * whole < held["two"] < held["own"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_shares_and_losses_are_those_of_the_kernels(story, digits, moment):
    network = gd.layers_from(story.layers, story.path[moment])
    assert story.test_shares[moment] == gd.accuracy(network, digits.x_test, digits.y_test)
    assert story.train_shares[moment] == gd.accuracy(network, digits.x_train, digits.y_train)
    assert (story.answers[moment] == digits.y_test).mean() == story.test_shares[moment]
    n = reading_digits.N_LOSS
    logits = forward(network, digits.x_train[:n]).output
    assert story.losses[moment] == pytest.approx(cross_entropy(logits, digits.y_train[:n]))


@pytest.mark.parametrize("plane", ["own", "random", "two"])
def test_slices_are_the_loss_over_their_plane(story, plane):
    seen, units = reading_digits.slices()[plane], reading_digits.slice_units()
    assert not any(array.flags.writeable for array in seen if isinstance(array, np.ndarray))
    for row, column in [(0, 0), (16, 16), (30, 5)]:
        place = seen.window.from_units(np.array([units[column], units[row]]))
        parameters = seen.center + place @ seen.directions
        expected = reading_digits.loss_at(story.layers, parameters)
        assert seen.surface[row, column] == pytest.approx(expected)
    assert np.abs(seen.window.to_units(seen.path)).max() <= 1


def test_the_points_of_a_slice_lie_evenly_around_its_middle_and_beyond_its_window():
    units = reading_digits.slice_units()
    assert units.shape == (reading_digits.N_GRID,)
    assert units == pytest.approx(-units[::-1])
    assert np.diff(units) == pytest.approx(2 * units[-1] / (len(units) - 1))
    assert 1 < units[-1] < 1.2


def test_slice_through_two_networks_holds_its_corners_and_a_barrier(story):
    seen = reading_digits.slices()["two"]
    assert seen.directions @ seen.directions.T == pytest.approx(np.eye(2), abs=1e-12)
    for place, parameters in [
        (seen.path[0], story.path[0]),
        (seen.path[-1], story.path[-1]),
        (seen.other[-1], story.other[-1]),
    ]:
        assert seen.center + place @ seen.directions == pytest.approx(parameters, abs=1e-9)
    seen = reading_digits.slices()["two"]
    ends = [reading_digits.loss_at(story.layers, way[-1]) for way in (story.path, story.other)]
    middle = reading_digits.loss_at(story.layers, (story.path[-1] + story.other[-1]) / 2)
    assert middle > 3 * max(ends)
    assert reading_digits.loss_barrier() == pytest.approx(middle)  # which is the highest of 41


def test_digits_are_shown_in_the_order_in_which_they_are_learnt(story, digits):
    shown = reading_digits.digits_to_show()
    wrong = story.answers[:, shown] != digits.y_test[shown]
    learnt = [int(np.flatnonzero(column)[-1]) + 1 if column.any() else 0 for column in wrong.T]
    assert len(set(shown.tolist())) == 54
    assert learnt == sorted(learnt)
    assert wrong[-1].tolist() == [False] * 45 + [True] * 9
    ever = story.answers != digits.y_test
    last = np.flatnonzero(ever[:, ~ever[-1]].any(axis=1))[-1]
    assert learnt[44] == last + 1  # from the first moment to the last at which one is learnt
    assert learnt[0] <= 1
    misread = np.flatnonzero(story.answers[-1] != digits.y_test)
    assert shown[-9:].tolist() == misread[:9].tolist()
