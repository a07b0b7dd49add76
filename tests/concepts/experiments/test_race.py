"""The race of two losses, and what the chapter says of it."""

import numpy as np
import pytest

from mathdl import concepts
from mathdl.concepts import likelihood, neuron
from mathdl.concepts.experiments import BAND, RATES, STARTS, bias_path, bias_slope, race
from mathdl.datasets import load_digits

LOSSES = ("cross-entropy", "squared error")


@pytest.fixture(scope="module")
def digits():
    digits = load_digits()
    keep = digits.y_train < 2
    return digits.x_train[keep][:, [27, 28, 35, 36]].mean(axis=1), digits.y_train[keep]


def test_slopes_are_those_of_the_kernels(digits):
    ink, y = digits
    for b in (-20.0, -4.0, 3.0):
        z = 10 * ink + b
        both = (
            concepts.binary_cross_entropy_gradient(z, y).sum(),
            likelihood.squared_error_through_sigmoid_gradient(z, y).sum(),
        )
        for loss, slope in zip(LOSSES, both, strict=True):
            assert bias_slope(loss, [b])[0] == pytest.approx(slope)


def test_the_band_holds_the_biases_that_read_well(digits):
    ink, y = digits
    for b, well in [(BAND[0] - 0.01, False), (-4.0, True), (BAND[1] + 0.02, False)]:
        assert bool(((10 * ink + b > 0) == y).mean() >= 0.95) is well
    assert BAND[0] <= bias_path("cross-entropy", 0.0, 8.0, 60)[-1] <= BAND[1]


@pytest.mark.parametrize("loss", LOSSES)
def test_a_path_is_a_descent(loss):
    path = neuron.descend_line(lambda b: bias_slope(loss, [b])[0], -9.0, 5.0, 7)
    assert bias_path(loss, -9.0, 5.0, 7) == pytest.approx(path)


@pytest.mark.parametrize("loss", LOSSES)
def test_steps_are_counted_until_the_bias_stays(loss):
    steps = race(loss).steps
    for rate, start in [(4, 10), (9, 17), (10, 3)]:
        path = bias_path(loss, STARTS[start], RATES[rate], 500)
        inside = (BAND[0] <= path) & (path <= BAND[1])
        first = next((k for k in range(501) if inside[k:].all()), np.inf)
        assert steps[rate, start] == first


def test_no_rate_makes_up_for_the_flat_loss():
    for half in (None, 0, 1, 2, 3, 4):
        entropy, square = (race(loss, half) for loss in LOSSES)
        best = np.argmin(entropy.steps.max(axis=1))
        assert entropy.arrived[best] == 1
        assert entropy.steps[best].max() <= 3
        assert square.arrived.max() < 0.75
        # Each is at its best inside the range of rates that was searched.
        assert square.arrived[0] < square.arrived.max() > square.arrived[-1]
        assert entropy.steps[0].max() > 100
        assert entropy.arrived[-1] == 0


@pytest.mark.proof
def test_patience_makes_up_for_a_part_of_it():
    for half in (None, 0, 1, 2, 3, 4):
        bias = STARTS
        for _ in range(20_000):
            bias = bias - 100 * bias_slope("squared error", bias, half)
        arrived = np.sum((BAND[0] <= bias) & (bias <= BAND[1]))
        assert 15 < arrived < STARTS.size


def test_bad_input_is_refused_in_words():
    with pytest.raises(ValueError, match="loss must be one of"):
        race("hinge")
    with pytest.raises(ValueError, match="half must be an integer"):
        race("cross-entropy", -1)
    with pytest.raises(ValueError, match="learning_rate must be greater"):
        bias_path("cross-entropy", 0.0, 0.0, 3)
