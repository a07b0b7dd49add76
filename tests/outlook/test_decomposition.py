"""Tests of `mathdl.outlook.decomposition`."""

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl import outlook

NAN = float("nan")


def test_legendre_features_are_orthogonal():
    x = np.linspace(-1, 1, 20_001)
    phi = outlook.legendre_features(x, 4)
    gram = phi.T @ phi * (x[1] - x[0])
    np.testing.assert_allclose(gram, np.diag(2 / (2 * np.arange(4) + 1)), atol=2e-4)


@pytest.mark.parametrize(
    ("x", "n", "words"),
    [
        ([1.5], 2, r"x must lie in \[-1, 1\]"),
        ([NAN], 2, "x must hold finite"),
        ([], 2, "at least one"),
        ([[0.0]], 2, "x must have shape"),
        ([0.0], 0, "n_features must be"),
        (np.zeros(10**4), 10**6, "x and n_features must not ask for"),
    ],
)
def test_legendre_features_refuse(x, n, words):
    with pytest.raises(ValueError, match=words):
        outlook.legendre_features(x, n)


def test_fits_without_noise_are_all_the_projection_of_the_truth(rng):
    fits = outlook.repeated_fits([[1.0]] * 4, [0, 1, 2, 3], noise=0, n_draws=3, rng=rng)
    np.testing.assert_allclose(fits, 1.5)


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (([[1.0]], [1.0, 2.0]), {}, r"truth must have shape \(1,\)"),
        (([[1.0]], [NAN]), {}, "truth must hold finite"),
        (([[NAN]], [1.0]), {}, "features must hold finite"),
        (([[1.0]], [1.0]), {"noise": -1}, "noise must be at least 0"),
        (([[1.0]], [1.0]), {"n_draws": 0}, "n_draws must be"),
        (([[1.0]] * 10**4, [1.0] * 10**4), {"n_draws": 10**6}, "truth and n_draws must not ask"),
        (([[1.0]], [1.0]), {"rng": 3}, "rng must be"),
    ],
)
def test_repeated_fits_refuse(arguments, options, words, rng):
    with pytest.raises(ValueError, match=words):
        outlook.repeated_fits(*arguments, **{"noise": 1, "n_draws": 2, "rng": rng, **options})


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


@pytest.mark.parametrize(
    ("predictions", "truth", "noise", "words"),
    [
        ([[1.0]], [1.0], 0.1, "at least two fits"),
        ([[1.0], [2.0]], [1.0, 2.0], 0.1, r"truth must have shape \(1,\)"),
        ([[1.0], [NAN]], [1.0], 0.1, "predictions must hold finite"),
        ([[1.0], [2.0]], [1.0], -0.1, "noise must be at least 0"),
    ],
)
def test_decompose_refuses(predictions, truth, noise, words):
    with pytest.raises(ValueError, match=words):
        outlook.decompose(predictions, truth, noise)
