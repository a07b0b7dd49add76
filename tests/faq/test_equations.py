"""Each numbered equation of the chapter of questions, evaluated."""

import numpy as np
import pytest

from mathdl import faq
from mathdl.backward import numerical_gradient
from mathdl.concepts import ACTIVATIONS
from mathdl.forward import Layer, forward, initialize


@pytest.fixture
def samples():
    rng = np.random.default_rng(0)
    return rng.normal(size=(20, 3)), rng.normal(size=20)


@pytest.mark.equation("faq-least-squares")
def test_the_gradient_of_least_squares(samples):
    x, y = samples
    w = np.array([0.3, -1.0, 2.0])
    h, c = x.T @ x / 20, x.T @ y / 20
    numeric = numerical_gradient(lambda v: ((x @ v - y) ** 2).sum() / 40, w)
    np.testing.assert_allclose(h @ w - c, numeric, atol=1e-8)
    np.testing.assert_allclose(h @ faq.ridge(x, y, 0), c)


@pytest.mark.equation("faq-slope-product")
def test_the_slope_product():
    rng = np.random.default_rng(0)
    layers, x = initialize([4, 6, 6, 2], hidden="tanh", rng=rng), rng.normal(size=(9, 4))
    expected = 1.0
    for z in forward(layers, x).preactivations[:-1]:
        expected *= np.sqrt(np.mean(ACTIVATIONS["tanh"].derivative(z) ** 2))
    assert faq.slope_product(layers, x) == pytest.approx(expected)


@pytest.mark.equation("faq-weight-decay")
def test_a_penalty_shrinks_all_weights_before_the_step(samples):
    x, y = samples
    layer = Layer([[0.3, -1.0, 2.0]], [0.5])
    rate, alpha = 0.1, 0.2
    _, (plain,) = faq.penalized("mean_squared_error")([layer], x, y[:, None])
    _, (added,) = faq.penalized("mean_squared_error", l2=alpha)([layer], x, y[:, None])
    w = layer.weights
    np.testing.assert_allclose(
        w - rate * added.weights, (1 - rate * alpha) * w - rate * plain.weights
    )
    np.testing.assert_array_equal(added.bias, plain.bias)


@pytest.mark.equation("faq-ridge")
@pytest.mark.equation("faq-ridge-modes")
def test_ridge_shrinks_each_mode(samples):
    x, y = samples
    h, c = x.T @ x / 20, x.T @ y / 20
    for alpha in (0.01, 0.7, 30):
        w = np.linalg.inv(h + alpha * np.eye(3)) @ c
        np.testing.assert_allclose(faq.ridge(x, y, alpha), w)
        curvatures, v = np.linalg.eigh(h)
        shares = curvatures / (curvatures + alpha)
        np.testing.assert_allclose(v.T @ w, shares * (v.T @ faq.ridge(x, y, 0)))
        np.testing.assert_allclose(faq.ridge_shrinkage(curvatures, alpha), shares)


@pytest.mark.equation("faq-matching")
def test_the_two_agree_for_gentle_modes_and_differ_by_a_fifth_elsewhere():
    rate, k = 0.2, 200
    alpha = 1 / (rate * k)
    gentle = np.array([1e-6, 1e-5])
    ratio = faq.stopping_shrinkage(gentle, rate, k) / faq.ridge_shrinkage(gentle, alpha)
    np.testing.assert_allclose(ratio, 1, atol=1e-3)
    grid = np.geomspace(1e-5, 5, 2000)
    gap = faq.stopping_shrinkage(grid, rate, k) - faq.ridge_shrinkage(grid, alpha)
    assert gap.min() > 0
    assert gap.max() == pytest.approx(0.205, abs=0.001)


@pytest.mark.equation("faq-dropout-penalty")
def test_dropout_adds_its_penalty_in_expectation():
    """All 2⁴ masks of one sample, by their probabilities: exact, no simulation."""
    rng = np.random.default_rng(0)
    x, w, y, q = rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=3), 0.7
    expected = 0.0
    for kept in np.ndindex(2, 2, 2, 2):
        mask = np.array(kept) / q
        probability = np.prod(np.where(kept, q, 1 - q))
        expected += probability * (((x * mask) @ w - y) ** 2).sum()
    exact = ((x @ w - y) ** 2).sum() + faq.dropout_penalty(x, w, q)
    assert exact == pytest.approx(expected)
