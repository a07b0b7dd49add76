"""The training of the digits network: what is measured along it, and on which planes."""

import numpy as np
import pytest

from mathdl.concepts import cross_entropy
from mathdl.datasets import load_digits
from mathdl.forward import forward, initialize, parameter_vector
from mathdl.gradient_descent import (
    DIGITS_SIZES,
    accuracy,
    filter_normalized_directions,
    layers_from,
    principal_axes,
    reading_digits,
)

MOMENTS = [0, 7, -1]


@pytest.fixture(scope="module")
def story():
    return reading_digits.reading()


@pytest.fixture(scope="module")
def digits():
    return load_digits()


def test_training_starts_from_the_initial_weights(story):
    start = initialize(DIGITS_SIZES, rng=np.random.default_rng(0))
    assert np.array_equal(story.path[0], parameter_vector(start))
    assert not np.allclose(story.path[0], story.other[0])
    assert story.steps[0] == 0
    assert (np.diff(story.steps) > 0).all()
    assert story.path.shape == story.other.shape == (len(story.steps), story.path.shape[1])


@pytest.mark.parametrize("moment", MOMENTS)
def test_shares_are_accuracies(story, digits, moment):
    network = layers_from(story.layers, story.path[moment])
    assert story.test_shares[moment] == accuracy(network, digits.x_test, digits.y_test)
    assert story.train_shares[moment] == accuracy(network, digits.x_train, digits.y_train)
    assert (story.answers[moment] == digits.y_test).mean() == story.test_shares[moment]


@pytest.mark.parametrize("moment", MOMENTS)
def test_loss_is_the_cross_entropy_of_the_first_training_digits(story, digits, moment):
    network = layers_from(story.layers, story.path[moment])
    n = reading_digits.N_LOSS
    logits = forward(network, digits.x_train[:n]).output
    assert story.losses[moment] == pytest.approx(cross_entropy(logits, digits.y_train[:n]))


def test_both_networks_learn_to_read(story, digits):
    assert story.test_shares[-1] > 0.95
    other = layers_from(story.layers, story.other[-1])
    assert accuracy(other, digits.x_test, digits.y_test) > 0.95


@pytest.mark.parametrize("plane", ["own", "random", "two"])
def test_slices_are_the_loss_over_their_plane(story, plane):
    seen, units = reading_digits.slices()[plane], reading_digits.slice_units()
    for row, column in [(0, 0), (16, 16), (30, 5)]:
        place = seen.window.from_units(np.array([units[column], units[row]]))
        parameters = seen.center + place @ seen.directions
        expected = reading_digits.loss_at(story.layers, parameters)
        assert seen.surface[row, column] == pytest.approx(expected)
    assert np.abs(seen.window.to_units(seen.path)).max() <= 1


def test_shares_of_the_way(story):
    seen = reading_digits.slices()
    assert seen["own"].share == pytest.approx(principal_axes(story.path).shares.sum())
    assert seen["random"].share < 0.01 < seen["two"].share < seen["own"].share


def test_slice_through_two_networks_holds_its_three_corners(story):
    seen = reading_digits.slices()["two"]
    assert seen.directions @ seen.directions.T == pytest.approx(np.eye(2), abs=1e-12)
    for place, parameters in [
        (seen.path[0], story.path[0]),
        (seen.path[-1], story.path[-1]),
        (seen.other[-1], story.other[-1]),
    ]:
        assert seen.center + place @ seen.directions == pytest.approx(parameters, abs=1e-9)


def test_a_ridge_lies_between_two_networks(story):
    seen = reading_digits.slices()["two"]
    ends = [reading_digits.loss_at(story.layers, way[-1]) for way in (story.path, story.other)]
    middle = reading_digits.loss_at(story.layers, (story.path[-1] + story.other[-1]) / 2)
    assert reading_digits.ridge(seen) >= middle > 3 * max(ends)


def test_digits_are_shown_in_the_order_in_which_they_are_learnt(story, digits):
    shown = reading_digits.digits_to_show()
    wrong = story.answers[:, shown] != digits.y_test[shown]
    learnt = [int(np.flatnonzero(column)[-1]) + 1 if column.any() else 0 for column in wrong.T]
    assert len(set(shown.tolist())) == 54
    assert learnt == sorted(learnt)
    assert wrong[-1].tolist() == [False] * 45 + [True] * 9


def test_random_directions_are_the_same_at_every_run(story):
    end = layers_from(story.layers, story.path[-1])
    drawn = filter_normalized_directions(end, rng=np.random.default_rng(3))
    np.testing.assert_array_equal(reading_digits.slices()["random"].directions, drawn)


def test_digits_that_are_never_learnt_are_the_first_of_those_misread_at_the_end(story, digits):
    misread = np.flatnonzero(story.answers[-1] != digits.y_test)
    for n in (4, len(misread)):
        shown = reading_digits.digits_to_show(n + 16, n)
        assert shown[-n:].tolist() == misread[:n].tolist()


def test_bad_numbers_are_refused():
    with pytest.raises(ValueError, match="n must be"):
        reading_digits.digits_to_show(1)
    with pytest.raises(ValueError, match="n_never must be"):
        reading_digits.digits_to_show(n_never=-1)
    with pytest.raises(ValueError, match="n must be"):
        reading_digits.ridge(reading_digits.slices()["two"], n=1)
    flat = reading_digits.slices()["two"]._replace(other=np.zeros(2))
    with pytest.raises(ValueError, match=r"between\.other must have shape \(n_moments, 2\)"):
        reading_digits.ridge(flat)
