"""Tests of `mathdl.gradient_descent.noise`."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import mathdl.gradient_descent as gd
from mathdl.gradient_descent import (
    SURFACES,
    descend,
    escape_time,
    gradient_descent,
    largest_stable_rate,
    momentum,
    noisy_gradient,
    stationary_variance,
)

CURVATURE = st.floats(0.01, 100)


def heavy_ball_matrix(rate, decay, curvature):
    """One step of (θ, v), written out from v ← βv + λθ, θ ← θ − ηv."""
    return np.array([[1 - rate * curvature, -rate * decay], [curvature, decay]])


@pytest.mark.parametrize(("rate", "decay"), [(0.1, 0.0), (1.0, 0.0), (0.1, 0.9), (0.5, 0.5)])
def test_noisy_descent_stays_at_the_stated_variance(rate, decay):
    curvature, noise = 2.0 / 1.1, 0.7
    rng = np.random.default_rng(0)
    gradient = noisy_gradient(lambda x: curvature * x, noise, rng=rng)
    path = descend(gradient, np.zeros((20_000, 1)), momentum(rate, decay), 150)
    # 20,000 independent runs: the variance is known to √(2/20000) = 1 %; 4 sigma.
    stated = stationary_variance(rate, curvature, noise, decay=decay)
    assert path[-1].var() == pytest.approx(stated, rel=0.04)


def test_the_noise_floor_of_the_text():
    # η σ² / (λ (2 − ηλ)) = 0.2 / (1 · 1.8) = 0.1111
    assert stationary_variance(0.2, 1.0, 1.0) == pytest.approx(1 / 9)


@given(
    share=st.floats(0.01, 0.99),
    decay=st.floats(0, 0.98),
    curvature=CURVATURE,
    noise=st.floats(0, 10),
)
def test_the_variance_is_what_one_step_leaves_alone(share, decay, curvature, noise):
    rate = share * largest_stable_rate(curvature, decay=decay)
    step, kick = heavy_ball_matrix(rate, decay, curvature), np.array([-rate, 1.0])
    # vec C = (I − A⊗A)⁻¹ vec σ² k kᵀ solves C = A C Aᵀ + σ² k kᵀ.
    covariance = np.linalg.solve(np.eye(4) - np.kron(step, step), noise**2 * np.kron(kick, kick))
    stated = stationary_variance(rate, curvature, noise, decay=decay)
    assert stated == pytest.approx(covariance[0], rel=1e-6, abs=1e-12)


def test_batches_of_b_divide_the_variance_by_b():
    whole = stationary_variance(0.1, 1.0, 1.0)
    for size in (4, 64):
        assert stationary_variance(0.1, 1.0, 1.0 / size**0.5) == pytest.approx(whole / size)


@pytest.mark.parametrize("rate", [2.0, 3.0])
def test_no_variance_is_kept_by_an_unstable_rate(rate):
    with pytest.raises(ValueError, match="learning_rate must be below"):
        stationary_variance(rate, 1.0, 1.0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((-1.0, 0), "noise must be at least 0"), ((np.nan, 0), "noise must hold finite")],
)
def test_noise_that_cannot_be_meant_is_refused(arguments, message):
    noise, _ = arguments
    with pytest.raises(ValueError, match=message):
        noisy_gradient(lambda x: x, noise, rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match=message):
        stationary_variance(0.1, 1.0, noise)


def test_noise_wants_a_generator():
    with pytest.raises(ValueError, match=r"rng must be a numpy\.random\.Generator"):
        noisy_gradient(lambda x: x, 1.0, rng=0)


def test_noise_keeps_the_type_of_the_gradient():
    noisy = noisy_gradient(lambda x: x, 1.0, rng=np.random.default_rng(0))
    for dtype in (np.float32, np.float64):
        assert noisy(np.zeros(2, dtype)).dtype == dtype


@pytest.mark.parametrize(("offset", "steps"), [(1e-2, 49), (1e-4, 97), (1e-8, 194)])
def test_escape_from_a_saddle_takes_the_stated_number_of_steps(offset, steps):
    path = descend(lambda x: x * [1.0, -1.0], [1.0, offset], gradient_descent(0.1), steps + 5)
    assert np.argmax(abs(path[:, 1]) > 1) == steps
    assert np.ceil(escape_time(0.1, -1.0, offset)) == steps


@given(rate=st.floats(0.01, 1), curvature=st.floats(-5, -0.1), offset=st.floats(1e-12, 0.5))
def test_escape_times_are_those_of_descents(rate, curvature, offset):
    time = escape_time(rate, curvature, offset)
    assume(abs(time - np.round(time)) > 1e-6)
    steps = int(np.ceil(time))
    path = descend(lambda x: curvature * x, [offset], gradient_descent(rate), steps).ravel()
    assert path[-1] > 1 > path[-2]


def test_on_the_ridge_of_the_saddle_surface_nothing_escapes():
    path = descend(SURFACES["saddle"].gradient, [1.5, 0.0], gradient_descent(0.1), 300)
    np.testing.assert_allclose(path[-1], [0, 0], atol=1e-12)
    path = descend(SURFACES["saddle"].gradient, [1.5, 1e-9], gradient_descent(0.1), 400)
    np.testing.assert_allclose(path[-1], [0, 1], atol=1e-9)


def test_noisy_escape_by_hand():
    # q = 2: after k steps the variance is σ²(4ᵏ − 1)/3 with η = 1, that is 1 for σ² = ⅕, k = 2.
    assert gd.noisy_escape_time(1.0, -1.0, 5**-0.5) == pytest.approx(2)


@given(rate=st.floats(0.01, 1), curvature=st.floats(-3, -0.1), noise=st.floats(1e-6, 1))
def test_less_noise_escapes_later_by_a_summand(rate, curvature, noise):
    first, second = gd.noisy_escape_time(rate, curvature, [noise, noise / 1e3])
    assert second > first
    assert second - first <= np.log(1e3) / np.log1p(-rate * curvature) + 1e-9


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.0, -1.0, 0.1), "learning_rate must be greater than 0"),
        ((0.1, 1.0, 0.1), "curvature must be less than 0"),
        ((0.1, -1.0, 0.0), "noise must be greater than 0"),
    ],
)
def test_noisy_escape_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        gd.noisy_escape_time(*arguments)
