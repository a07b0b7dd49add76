"""Tests of `mathdl.faq.ridge`."""

import math

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl.faq import (
    lasso,
    matching_penalty,
    ridge,
    ridge_shrinkage,
    spectrum,
    stopped_descent,
    stopping_shrinkage,
)

NAN = float("nan")


SEEDS = st.integers(0, 2**32 - 1)


def regression(seed, n=12, n_in=4):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, n_in)), rng.normal(size=n)


BAD_REGRESSIONS = [
    ([1.0, 2.0], [1.0, 2.0], r"x must have shape \(n_samples, n_in\)"),
    ([[1.0], [2.0]], [1.0], r"target must have shape \(2,\)"),
    ([[1.0], [2.0]], [[1.0], [2.0]], r"target must have shape \(2,\)"),
    (np.zeros((0, 2)), np.zeros(0), "x must hold at least one number"),
    ([[NAN]], [1.0], "x must hold finite numbers"),
    ([[1.0]], [math.inf], "target must hold finite numbers"),
]


@pytest.mark.parametrize(("x", "target", "words"), BAD_REGRESSIONS)
@pytest.mark.parametrize(
    "solve",
    [
        lambda x, y: ridge(x, y, 1.0),
        lambda x, y: lasso(x, y, 1.0),
        lambda x, y: stopped_descent(x, y, learning_rate=0.1, n_steps=1),
    ],
)
def test_linear_models_refuse(solve, x, target, words):
    with pytest.raises(ValueError, match=words):
        solve(x, target)


def test_ridge_worked_by_hand():
    """H = diag(½, 4½), c = (½, 4½): with α = ½ the weights are ½/1 and 4½/5."""
    np.testing.assert_allclose(ridge([[1, 0], [0, 3]], [1, 3], 0.5), [0.5, 0.9])


@hypothesis.given(SEEDS, st.floats(1e-3, 10))
def test_the_gradient_vanishes_at_the_ridge_solution(seed, alpha):
    x, y = regression(seed)
    w = ridge(x, y, alpha)
    np.testing.assert_allclose(x.T @ (x @ w - y) / len(x) + alpha * w, 0, atol=1e-12)


@hypothesis.given(SEEDS, st.integers(1, 6))
def test_ridge_works_with_fewer_samples_than_weights(seed, n):
    x, y = regression(seed, n=n, n_in=6)
    assert np.isfinite(ridge(x, y, 0.1)).all()


@pytest.mark.parametrize(
    ("penalty", "words"),
    [(-1, "penalty must be at least 0"), (NAN, "penalty must be one finite real number")],
)
def test_penalties_are_not_negative(penalty, words):
    with pytest.raises(ValueError, match=words):
        ridge([[1.0]], [1.0], penalty)
    with pytest.raises(ValueError, match=words):
        lasso([[1.0]], [1.0], penalty)


def test_ridge_without_penalty_wants_determined_weights():
    np.testing.assert_allclose(ridge([[2.0]], [1.0], 0), [0.5])
    with pytest.raises(ValueError, match="1 samples do not determine 2 weights"):
        ridge([[1.0, 2.0]], [1.0], 0)


def test_the_spectrum_rebuilds_the_matrix_and_is_not_negative(rng):
    x = rng.normal(size=(3, 5))
    curvatures, directions = spectrum(x)
    np.testing.assert_allclose((directions * curvatures) @ directions.T, x.T @ x / 3, atol=1e-12)
    assert curvatures.min() >= 0
    assert (np.diff(curvatures) >= 0).all()


@hypothesis.given(SEEDS, st.integers(0, 50))
def test_stopped_descent_keeps_the_promised_share_of_each_mode(seed, k):
    x, y = regression(seed)
    curvatures, directions = spectrum(x)
    rate = 1 / curvatures[-1]
    stopped = stopped_descent(x, y, learning_rate=rate, n_steps=k)
    kept = stopping_shrinkage(curvatures, rate, k)
    np.testing.assert_allclose(
        directions.T @ stopped, kept * (directions.T @ ridge(x, y, 0)), atol=1e-8
    )


def test_a_stopped_descent_may_diverge_without_a_warning():
    assert not np.isfinite(stopped_descent([[2.0]], [1.0], learning_rate=9, n_steps=900)).all()


def test_a_mode_without_curvature_keeps_nothing():
    assert ridge_shrinkage([0.0, 1.0], 1.0).tolist() == [0, 0.5]
    assert stopping_shrinkage([0.0, 1.0], 0.5, 1).tolist() == [0, 0.5]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([-1.0], 1.0), "curvatures must be at least 0"),
        (([NAN], 1.0), "curvatures must hold finite numbers"),
        (([], 1.0), "curvatures must hold at least one"),
        (([1.0], 0), "penalty must be greater than 0"),
    ],
)
def test_ridge_shrinkage_refuses(arguments, words):
    with pytest.raises(ValueError, match=words):
        ridge_shrinkage(*arguments)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([-1.0], 1.0, 1), "curvatures must be at least 0"),
        (([1.0], 2.0, 1), r"learning_rate must be below 2/λ = 2, but is 2"),
        (([1.0, 4.0], 1.0, 1), r"learning_rate must be below 2/λ = 0\.5, but is 1"),
        (([1.0], -1, 1), "learning_rate must be greater than 0"),
        (([1.0], 1.0, -1), "n_steps must be an integer of at least 0"),
    ],
)
def test_stopping_shrinkage_refuses(arguments, words):
    with pytest.raises(ValueError, match=words):
        stopping_shrinkage(*arguments)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"learning_rate": 0, "n_steps": 1}, "learning_rate must be greater than 0"),
        ({"learning_rate": 1, "n_steps": 1.5}, "n_steps must be an integer"),
    ],
)
def test_stopped_descent_and_matching_penalty_refuse(options, words):
    with pytest.raises(ValueError, match=words):
        stopped_descent([[1.0]], [1.0], **options)
    with pytest.raises(ValueError, match=words):
        matching_penalty(**options)


def test_no_steps_match_no_penalty():
    with pytest.raises(ValueError, match="n_steps must be an integer of at least 1"):
        matching_penalty(0.1, 0)
