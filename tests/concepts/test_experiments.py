"""The race of two losses, and what the chapter says of it."""

import itertools

import numpy as np
import pytest

from mathdl import concepts
from mathdl.datasets import load_digits

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
