"""Tests of `mathdl.faq.ridge`."""

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl.faq import ridge, ridge_shrinkage, stopping_shrinkage
from mathdl.gradient_descent import descend, gradient_descent
from tests.networks import SEEDS


def test_ridge_worked_by_hand():
    """H = diag(½, 4½), c = (½, 4½): with α = ½ the weights are ½/1 and 4½/5."""
    np.testing.assert_allclose(ridge([[1, 0], [0, 3]], [1, 3], 0.5), [0.5, 0.9])
    np.testing.assert_allclose(ridge([[2.0]], [1.0], 0), [0.5])
    np.testing.assert_allclose(ridge([[1, 1]], [1], 0.5), [0.4, 0.4])  # fewer samples than weights
    with pytest.raises(ValueError, match="1 samples do not determine 2 weights"):
        ridge([[1.0, 2.0]], [1.0], 0)


@pytest.mark.equation("faq-stopping-modes")
@hypothesis.given(SEEDS, st.integers(0, 50))
def test_a_descent_that_is_stopped_keeps_the_promised_share_of_each_mode(seed, k):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(12, 4)), rng.normal(size=12)
    h, c = x.T @ x / 12, x.T @ y / 12
    curvatures, directions = np.linalg.eigh(h)
    rate = 1 / curvatures[-1]
    stopped = descend(lambda w: h @ w - c, np.zeros(4), gradient_descent(rate), k)[-1]
    kept = stopping_shrinkage(curvatures, rate, k)
    np.testing.assert_allclose(
        directions.T @ stopped, kept * (directions.T @ ridge(x, y, 0)), atol=1e-8
    )


def test_a_mode_without_curvature_keeps_nothing_and_rates_must_not_diverge():
    assert ridge_shrinkage([0.0, 1.0], 1.0).tolist() == [0, 0.5]
    assert stopping_shrinkage([0.0, 1.0], 0.5, 1).tolist() == [0, 0.5]
    with pytest.raises(ValueError, match=r"learning_rate must be below 2/λ = 0\.5, but is 0\.5"):
        stopping_shrinkage([1.0, 4.0], 0.5, 1)
