"""Tests of `mathdl.outlook.decomposition`."""

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl import outlook


def test_legendre_features_are_orthogonal():
    x = np.linspace(-1, 1, 20_001)
    phi = outlook.legendre_features(x, 4)
    gram = phi.T @ phi * (x[1] - x[0])
    np.testing.assert_allclose(gram, np.diag(2 / (2 * np.arange(4) + 1)), atol=2e-4)


def test_fits_without_noise_are_the_projection_of_the_truth_and_what_is_refused(rng):
    fits = outlook.repeated_fits([[1.0]] * 4, [0, 1, 2, 3], noise=0, n_draws=3, rng=rng)
    np.testing.assert_allclose(fits, 1.5)
    with pytest.raises(ValueError, match="x and n_features must not ask for"):
        outlook.legendre_features(np.zeros(10**4), 10**6)
    many = np.ones((10**4, 1))
    with pytest.raises(ValueError, match="truth and n_draws must not ask"):
        outlook.repeated_fits(many, many[:, 0], noise=1, n_draws=10**6, rng=rng)
    with pytest.raises(ValueError, match="at least two fits"):
        outlook.decompose([[1.0]], [1.0], 0.1)


@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(2, 9), st.integers(1, 5))
@hypothesis.settings(max_examples=30)
def test_bias_and_variance_add_up_to_the_error_against_the_truth(seed, n_fits, n_points):
    rng = np.random.default_rng(seed)
    predictions, truth = rng.normal(size=(n_fits, n_points)), rng.normal(size=n_points)
    parts = outlook.decompose(predictions, truth, 0.5)
    assert parts.bias_squared + parts.variance == pytest.approx(
        np.mean((predictions - truth) ** 2)
    )
    assert parts.noise == 0.25
