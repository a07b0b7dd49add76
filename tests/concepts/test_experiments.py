"""The race of two losses, and what the chapter says of it."""

import itertools

import numpy as np
import pytest

from mathdl import concepts
from mathdl.concepts import likelihood, neuron
from mathdl.concepts.experiments import BAND, bias_path, bias_slope
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


RATES = 10.0 ** np.arange(-1, 3.01, 0.25)
STARTS = np.arange(-25.0, 16.0, 2.0)


def most_arrivals(pair, w, bend, *, rates=RATES, n_steps=500, rng=None):
    """Search as the chapter does: from how many starts does a descent arrive at its best rate?"""
    digits = load_digits()
    chosen = np.flatnonzero(np.isin(digits.y_train, pair))
    if rng is not None:
        chosen = rng.choice(chosen, chosen.size // 2, replace=False)
    x = digits.x_train[chosen][:, [27, 28, 35, 36]].mean(axis=1)
    values, place = np.unique(x, return_inverse=True)
    share = np.bincount(place) / x.size
    ones = np.bincount(place, digits.y_train[chosen] == pair[1]) / x.size
    b = np.tile(STARTS, (rates.size, 1))
    for _ in range(n_steps):
        p = concepts.sigmoid.plain(w * values + b[..., None])
        b = b - rates[:, None] * ((p * share - ones) * (p * (1 - p)) ** bend).sum(axis=-1)
    right = np.where(w * values + b[..., None] > 0, ones, share - ones).sum(axis=-1)
    return (right >= 0.95).sum(axis=1).max()


@pytest.mark.parametrize("pair", [(0, 1), (0, 8)])
@pytest.mark.parametrize(("w", "most"), [(3, 10), (10, 15), (20, 19)])
def test_no_rate_makes_up_for_the_flat_loss(pair, w, most):
    assert most_arrivals(pair, w, 0) == STARTS.size
    assert most_arrivals(pair, w, 1) in (most - 1, most)


@pytest.mark.proof
def test_nor_on_random_halves_or_a_finer_grid_of_rates():
    rng = np.random.default_rng()  # drawn anew each time
    fine = 10.0 ** np.arange(-1, 3.5, 0.05)
    for pair, w in itertools.product([(0, 1), (0, 8)], (3, 5, 10, 20)):
        assert most_arrivals(pair, w, 1, rates=fine) < STARTS.size
        for _ in range(3):
            assert most_arrivals(pair, w, 0, rng=rng) == STARTS.size
            assert most_arrivals(pair, w, 1, rng=rng) < STARTS.size


@pytest.mark.proof
def test_patience_helps():
    for w, rate, most in [(10, 100.0, 19), (20, 10**2.75, 21)]:
        rates = np.array([rate])
        assert most_arrivals((0, 1), w, 1, rates=rates, n_steps=20_000) == most
