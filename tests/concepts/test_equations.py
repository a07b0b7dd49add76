"""Each numbered equation of the chapter on concepts, evaluated."""

import itertools
import math

import numpy as np
import pytest

from mathdl import concepts
from mathdl.concepts import likelihood, relu, sigmoid, softmax, softplus
from mathdl.datasets import load_digits
from mathdl.gradient_descent import descend, gradient_descent

Z = np.linspace(-6, 6, 49)


def slope(function, z, h=1e-6):
    return (function(z + h) - function(z - h)) / (2 * h)


@pytest.mark.equation("concepts-absolute-value")
def test_absolute_value_from_two_relus():
    assert (relu(Z) + relu(-Z) == abs(Z)).all()
    assert (relu(Z) - relu(-Z) == Z).all()


@pytest.mark.equation("concepts-log-odds")
@pytest.mark.equation("concepts-bernoulli")
def test_bernoulli():
    for p, y in itertools.product((0.1, 0.5, 0.8), (0, 1)):
        probability = p**y * (1 - p) ** (1 - y)
        assert probability == (p if y else 1 - p)
        loss = -y * math.log(p) - (1 - y) * math.log(1 - p)
        assert loss == pytest.approx(-math.log(probability))
        logit = math.log(p / (1 - p))
        assert concepts.binary_cross_entropy([logit], [y]) == pytest.approx(loss)


@pytest.mark.equation("concepts-honest")
def test_cross_entropy_is_entropy_and_divergence(rng):
    for n in (2, 5):
        q, p = rng.dirichlet(np.ones(n)), rng.dirichlet(np.ones(n))
        entropy, divergence = -q @ np.log(q), q @ np.log(q / p)
        assert -q @ np.log(p) == pytest.approx(entropy + divergence)
        assert divergence > 0
    counts = np.array([3, 0, 5])
    q, logits = counts / 8, rng.normal(size=3)
    samples = concepts.cross_entropy(np.tile(logits, (8, 1)), np.repeat([0, 1, 2], counts))
    assert samples == pytest.approx(-q @ concepts.log_softmax(logits))


@pytest.mark.equation("concepts-lse-gradient")
def test_gradient_of_log_sum_exp(rng):
    z = rng.normal(size=5)
    along = [slope(lambda t, e=e: likelihood.log_sum_exp(z + t * e), 0.0) for e in np.eye(5)]
    assert softmax(z) == pytest.approx(along, abs=1e-8)


@pytest.mark.equation("concepts-variance")
def test_jacobian_is_a_variance(rng):
    for _ in range(20):
        z, v = rng.normal(size=(2, 5))
        p, jacobian = softmax(z), likelihood.softmax_jacobian(z)
        variance = (p * (v - p @ v) ** 2).sum()
        assert v @ jacobian @ v == pytest.approx(variance)
        assert p @ v**2 - (p @ v) ** 2 == pytest.approx(variance)
        assert variance > 0
        assert jacobian @ np.full(5, 3.0) == pytest.approx(np.zeros(5), abs=1e-14)
        assert np.linalg.matrix_rank(jacobian) == 4


@pytest.mark.equation("concepts-learned-scale")
def test_a_learned_spread():
    def loss(y, mean, rho):
        return (y - mean) ** 2 / (2 * math.exp(2 * rho)) + rho + math.log(math.sqrt(2 * math.pi))

    for y, mean, rho in [(1.0, 0.2, 0.3), (-2.0, 0.5, -0.4)]:
        s = math.exp(rho)
        assert loss(y, mean, rho) == pytest.approx(likelihood.gaussian_nll([mean], [y], s))
        along_mean = slope(lambda m, y=y, r=rho: loss(y, m, r), mean)
        along_rho = slope(lambda r, y=y, m=mean: loss(y, m, r), rho)
        assert along_mean == pytest.approx((mean - y) / s**2, abs=1e-8)
        assert along_rho == pytest.approx(1 - (y - mean) ** 2 / s**2, abs=1e-8)
    # For one mean and several samples the best s² is the mean squared error.
    errors = np.array([0.5, -1.0, 2.0])
    best = math.log(math.sqrt((errors**2).mean()))
    total = [np.mean([loss(e, 0.0, best + d) for e in errors]) for d in (-0.01, 0.0, 0.01)]
    assert np.argmin(total) == 1


@pytest.mark.equation("concepts-slope-ratio")
def test_ratio_of_the_slopes():
    for z in (-10.0, -3.0, 0.0, 4.0):
        ratio = math.exp(z) + 2 + math.exp(-z)
        assert 1 / concepts.sigmoid_derivative(z) == pytest.approx(ratio)
        entropy = concepts.binary_cross_entropy_gradient([z], [1])
        squared = likelihood.squared_error_through_sigmoid_gradient([z], [1])
        assert entropy / squared == pytest.approx(ratio)
    assert f"{concepts.binary_cross_entropy_gradient([-10.0], [1])[0]:.5f}" == "-0.99995"


@pytest.mark.equation("concepts-stable-softplus")
def test_stable_softplus():
    assert np.maximum(Z, 0) + np.log(1 + np.exp(-abs(Z))) == pytest.approx(softplus(Z))
    assert softplus(1000.0) == 1000
    assert f"{softplus(-40.0):.3e}" == "4.248e-18"
    with_zero = np.stack([Z, np.zeros_like(Z)], axis=1)
    assert likelihood.log_sum_exp(with_zero) == pytest.approx(softplus(Z))


@pytest.mark.equation("concepts-first-order")
def test_a_small_step_lowers_the_loss():
    def loss(t):
        return concepts.binary_cross_entropy([t], [1])

    gradient = concepts.binary_cross_entropy_gradient([-1.0], [1])[0]
    errors = [
        abs(loss(-1.0 - rate * gradient) - (loss(-1.0) - rate * gradient**2))
        for rate in (0.1, 0.01, 0.001)
    ]
    # What the first order leaves out shrinks with the square of the rate.
    assert errors[0] / errors[1] == pytest.approx(100, rel=0.05)
    assert errors[1] / errors[2] == pytest.approx(100, rel=0.05)


@pytest.mark.equation("concepts-safe-step")
def test_a_step_below_the_safe_rate_lowers_the_loss():
    def cross_entropy(b):
        return concepts.binary_cross_entropy([b - 2, b, b + 1], [0, 1, 0])

    def slope_of_it(b):
        return concepts.binary_cross_entropy_gradient([b - 2, b, b + 1], [0, 1, 0]).sum()

    cases = [(cross_entropy, slope_of_it, 0.25), (np.cos, lambda t: -np.sin(t), 1.0)]
    for (loss, derivative, bound), share in itertools.product(cases, (0.1, 0.5, 0.99)):
        rate = share * 2 / bound
        for theta in np.linspace(-9, 9, 73):
            promised = rate * (1 - rate * bound / 2) * derivative(theta) ** 2
            after = loss(theta - rate * derivative(theta))
            assert after <= loss(theta) - promised + 1e-12
    # At the bound the promise is kept with equality on a parabola, and broken beyond it.
    assert (1 - 2.1) ** 2 / 2 > 1 / 2


@pytest.mark.equation("concepts-bias-gradient")
def test_gradient_in_the_bias():
    digits = load_digits()
    keep = digits.y_train < 2
    ink, y = digits.x_train[keep][:, [27, 28, 35, 36]].mean(axis=1), digits.y_train[keep]
    gradient = (sigmoid(10 * ink - 3) - y).mean()
    along = slope(lambda b: concepts.binary_cross_entropy(10 * ink + b, y), -3.0)
    assert gradient == pytest.approx(along, abs=1e-8)
    assert gradient == pytest.approx(sigmoid(10 * ink - 3).mean() - y.mean())

    def slope_in(b):
        return (sigmoid(10 * ink + b) - y).mean(keepdims=True)

    path = descend(slope_in, [0.0], gradient_descent(8.0), 60)
    assert sigmoid(10 * ink + path[-1]).mean() == pytest.approx(y.mean(), abs=1e-4)
