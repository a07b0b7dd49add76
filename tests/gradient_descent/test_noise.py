"""Tests of `mathdl.gradient_descent.noise`."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mathdl import gradient_descent as gd
from tests.gradient_descent.problems import CURVATURE


@pytest.mark.equation("gradient-descent-noise-floor")
@pytest.mark.parametrize("rate", [0.1, 0.5, 1.0])
def test_noisy_descent_stays_at_the_stated_variance(rate):
    curvature, noise = 2.0 / 1.1, 0.7
    rng = np.random.default_rng(0)
    gradient = gd.noisy_gradient(lambda x: curvature * x, noise, rng=rng)
    path = gd.descend(gradient, np.zeros((20_000, 1)), gd.gradient_descent(rate), 150)
    # 20,000 independent runs: the variance is known to √(2/20000) = 1 %; 4 sigma.
    stated = gd.stationary_variance(rate, curvature, noise)
    assert path[-1].var() == pytest.approx(stated, rel=0.04)


@pytest.mark.equation("gradient-descent-variance-step")
@given(share=st.floats(0.01, 0.99), curvature=CURVATURE, noise=st.floats(0, 10))
def test_the_variance_is_what_one_step_leaves_alone(share, curvature, noise):
    rate = share * gd.largest_stable_rate(curvature)
    stated = gd.stationary_variance(rate, curvature, noise)
    after = (1 - rate * curvature) ** 2 * stated + rate**2 * noise**2
    assert stated == pytest.approx(after, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("rate", [2.0, 3.0])
def test_no_variance_is_kept_by_an_unstable_rate(rate):
    with pytest.raises(ValueError, match="learning_rate must be below"):
        gd.stationary_variance(rate, 1.0, 1.0)


@pytest.mark.equation("gradient-descent-escape")
@given(rate=st.floats(0.01, 1), curvature=st.floats(-5, -0.1), offset=st.floats(1e-12, 0.5))
def test_escape_times_are_those_of_descents(rate, curvature, offset):
    time = gd.escape_time(rate, curvature, offset)
    assume(abs(time - np.round(time)) > 1e-6)
    steps = int(np.ceil(time))
    path = gd.descend(lambda x: curvature * x, [offset], gd.gradient_descent(rate), steps).ravel()
    assert path[-1] > 1 > path[-2]


def test_on_the_ridge_of_the_saddle_surface_nothing_escapes():
    path = gd.descend(gd.SURFACES["saddle"].gradient, [1.5, 0.0], gd.gradient_descent(0.1), 300)
    np.testing.assert_allclose(path[-1], [0, 0], atol=1e-12)
    path = gd.descend(gd.SURFACES["saddle"].gradient, [1.5, 1e-9], gd.gradient_descent(0.1), 400)
    np.testing.assert_allclose(path[-1], [0, 1], atol=1e-9)
    noisy = gd.noisy_gradient(lambda x: x, 1.0, rng=np.random.default_rng(0))
    for dtype in (np.float32, np.float64):
        assert noisy(np.zeros(2, dtype)).dtype == dtype
