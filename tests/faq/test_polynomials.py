"""Tests of `mathdl.faq.polynomials`."""

import numpy as np
import pytest

from mathdl.faq import dropout, fit_weights, legendre, ridge


def test_legendre_polynomials_have_mean_square_1_and_are_orthogonal():
    x, weights = np.polynomial.legendre.leggauss(12)
    features = legendre(x, 8)
    np.testing.assert_allclose(features.T * weights @ features / 2, np.eye(9), atol=1e-12)
    with pytest.raises(ValueError, match="x and degree must not ask for"):
        legendre(np.zeros(10**4), 10**6)


def test_dropout_in_expectation_is_what_many_masks_give(rng):
    phi = np.column_stack([np.ones(25), rng.normal(size=(25, 3))])
    y = rng.normal(size=25)
    expected = fit_weights(phi, y, keep_rate=0.7)
    copies = 4000
    masks = np.ones((copies, 25, 4))
    masks[..., 1:] = dropout(np.ones((copies, 25, 3)), 0.7, rng=rng).mask
    rows = (phi * masks).reshape(-1, 4)
    simulated = np.linalg.lstsq(rows, np.tile(y, copies))[0]
    np.testing.assert_allclose(simulated, expected, atol=0.01)


def test_fit_weights_with_a_penalty_is_ridge_on_centred_features(rng):
    phi = np.column_stack([np.ones(20), rng.normal(size=(20, 3))])
    y = rng.normal(size=20)
    centred = phi[:, 1:] - phi[:, 1:].mean(axis=0)
    expected = ridge(centred, y - y.mean(), 0.3)
    np.testing.assert_allclose(fit_weights(phi, y, penalty=0.3)[1:], expected)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"features": [[2.0]], "target": [1.0]}, "features must have the constant 1"),
        ({"features": [[1.0, 1e160]], "keep_rate": 1e-10}, "features must not be so large, nor"),
    ],
)
def test_fit_weights_refuses(changed, words):
    with pytest.raises(ValueError, match=words):
        fit_weights(**{"features": [[1.0]], "target": [1.0], **changed})
