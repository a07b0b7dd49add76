"""Tests of `mathdl.outlook.random_features`."""

import math

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl import outlook
from mathdl.datasets import load_digits
from mathdl.forward import Layer, forward


@pytest.mark.equation("outlook-minimum-norm")
@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(1, 8), st.integers(1, 12))
@hypothesis.settings(max_examples=40)
def test_fits_solve_their_normal_equations_the_least_in_the_span_of_the_rows(seed, n, p):
    rng = np.random.default_rng(seed)
    phi, y = rng.normal(size=(n, p)), rng.normal(size=n)
    theta = outlook.minimum_norm(phi, y)
    scale = np.linalg.norm(phi, 2) ** 2 * (1 + np.linalg.norm(theta))
    assert abs(phi.T @ (phi @ theta - y)).max() < 1e-9 * scale
    inside = phi.T @ np.linalg.pinv(phi.T) @ theta
    np.testing.assert_allclose(inside, theta, atol=1e-8 * (1 + np.linalg.norm(theta)))
    y = rng.normal(size=(n, 2))
    theta = outlook.ridge_fit(phi, y, 0.3)
    gradient = phi.T @ (phi @ theta - y) + 0.3 * theta
    np.testing.assert_allclose(gradient, 0, atol=1e-10)


def test_ridge_fits_of_float32_are_float32():
    for features in (np.ones((1, 3)), np.ones((3, 1))):
        target = np.ones(len(features), np.float32)
        assert outlook.ridge_fit(features.astype(np.float32), target, 1.0).dtype == np.float32


def test_random_features_are_relu_units_of_constant_total_size(rng):
    x, v = rng.normal(size=(3, 2)), rng.normal(size=(5, 2))
    features = outlook.random_relu_features(x, v)
    expected = forward([Layer(v, np.zeros(5), "relu")], x).output / math.sqrt(5)
    np.testing.assert_allclose(features, expected)


def test_a_small_penalty_leaves_two_humps_beside_p_equal_n():
    samples, grid, expected = np.linspace(-1, 1, 20), np.linspace(-1, 1, 401), {}
    for p in (16, 18, 20, 22, 24):
        fit = outlook.ridge_fit(outlook.legendre_features(samples, p), np.eye(20), 0.001)
        rows = outlook.legendre_features(grid, p) @ fit
        bias = rows @ np.sin(np.pi * samples) - np.sin(np.pi * grid)
        expected[p] = np.mean(bias**2) + 0.16 * np.mean((rows**2).sum(axis=1))
    assert f"{expected[18]:.1f} {expected[20]:.2f} {expected[22]:.1f}" == "4.8 0.55 1.7"
    assert expected[18] > expected[16]
    assert expected[22] > expected[24]


def test_as_many_random_features_as_digits_are_not_independent():
    digits = load_digits()
    order = np.random.default_rng(0).permutation(len(digits.x_train))[:200]
    ranks = [
        np.linalg.matrix_rank(
            outlook.random_relu_features(
                digits.x_train[order], np.random.default_rng(seed).normal(size=(200, 64))
            )
        )
        for seed in range(20)
    ]
    assert ranks[2] == 194  # the one of the chapter
    assert min(ranks) > 180
    assert max(ranks) < 200
