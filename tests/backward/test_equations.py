"""Every numbered equation of the backward chapter, evaluated."""

import numpy as np
import pytest

from mathdl.backward import affine_backward, backward, check_gradient, numerical_gradient
from mathdl.backward.paths import layer_jacobians, product_cost
from mathdl.backward.step_size import best_step, difference_quotient, error_terms, unit_roundoff
from mathdl.concepts import ACTIVATIONS, cross_entropy, mean_squared_error_gradient, softmax
from mathdl.forward import Layer, affine, forward, initialize


@pytest.fixture
def network(rng):
    """A network with a random bias in every layer, a batch and a target for it."""
    layers = [
        Layer(layer.weights, rng.normal(size=len(layer.bias)), layer.activation)
        for layer in initialize([3, 5, 4, 2], hidden="tanh", scheme="glorot", rng=rng)
    ]
    return layers, rng.normal(size=(6, 3)), rng.normal(size=(6, 2))


def first(x):
    """The map F of the text, from two numbers to three."""
    return np.array([x[0] * x[1], x[0] + x[1], np.sin(x[0])])


def second(u):
    """The map G of the text, from three numbers to two."""
    return np.array([u[0] * u[2], u[1] ** 2])


def measured_jacobian(function, x):
    """Measure a Jacobian, a row an output."""
    rows = range(len(function(x)))
    return np.array([numerical_gradient(lambda v, i=i: function(v)[i], x) for i in rows])


JACOBIAN_F = np.array([[2.0, 1.0], [1.0, 1.0], [np.cos(1.0), 0.0]])
JACOBIAN_G = np.array([[np.sin(1.0), 0.0, 2.0], [0.0, 6.0, 0.0]])
POINT = np.array([1.0, 2.0])


@pytest.mark.equation("backward-vjp")
@pytest.mark.equation("backward-sum")
@pytest.mark.equation("backward-chain")
@pytest.mark.equation("backward-jacobian")
def test_jacobians_chain_and_multiply_vectors(rng):
    assert np.allclose(JACOBIAN_F, measured_jacobian(first, POINT), atol=1e-9)
    whole = measured_jacobian(lambda x: second(first(x)), POINT)
    assert np.allclose(JACOBIAN_G @ JACOBIAN_F, whole, atol=1e-9)
    upstream = rng.normal(size=3)
    assert np.allclose(
        upstream @ JACOBIAN_F, numerical_gradient(lambda x: upstream @ first(x), POINT), atol=1e-9
    )


@pytest.mark.equation("backward-linear")
def test_the_remainder_shrinks_faster_than_the_displacement():
    direction = np.array([0.6, -0.8])
    remainders = [
        np.linalg.norm(first(POINT + t * direction) - first(POINT) - t * JACOBIAN_F @ direction)
        / t
        for t in (1e-1, 1e-2, 1e-3)
    ]
    assert remainders[0] > 9 * remainders[1] > 81 * remainders[2] > 0


@pytest.mark.equation("backward-product")
def test_product_of_jacobians_from_either_end(network):
    layers, x, _ = network
    sample, weights = x[0], np.array([[0.5, -2.0]])
    one, two, three = layer_jacobians(layers, sample)
    value = numerical_gradient(lambda v: (weights @ forward(layers, v[None]).output[0])[0], sample)
    assert np.allclose(((weights @ three) @ two) @ one, value, atol=1e-9)
    assert np.allclose(weights @ (three @ (two @ one)), value, atol=1e-9)
    assert product_cost([1000, 1000, 1000, 1000, 1], "forward") == 2_001_000_000
    assert product_cost([1000, 1000, 1000, 1000, 1], "reverse") == 3_000_000


@pytest.mark.equation("backward-weights")
@pytest.mark.equation("backward-bias")
@pytest.mark.equation("backward-input")
@pytest.mark.parametrize(("n_samples", "n_in", "n_out"), [(1, 1, 1), (5, 2, 3)])
def test_affine_rules(n_samples, n_in, n_out, rng):
    x, weights = rng.normal(size=(n_samples, n_in)), rng.normal(size=(n_out, n_in))
    bias, upstream = rng.normal(size=n_out), rng.normal(size=(n_samples, n_out))
    gradients = affine_backward(upstream, x, weights)

    def weighed(x=x, weights=weights, bias=bias):
        return (upstream * affine(x, weights, bias)).sum()

    assert check_gradient(lambda v: weighed(x=v), gradients.x, x)
    assert check_gradient(lambda v: weighed(weights=v), gradients.weights, weights)
    assert check_gradient(lambda v: weighed(bias=v), gradients.bias, bias)


@pytest.mark.equation("backward-recursion")
@pytest.mark.equation("backward-gradients")
def test_recursion_over_layers(network):
    layers, x, target = network
    passed = forward(layers, x)
    output_gradient = mean_squared_error_gradient(passed.output, target)
    library = backward(layers, passed, output_gradient)
    slopes = [
        ACTIVATIONS[layer.activation].derivative(z)
        for layer, z in zip(layers, passed.preactivations, strict=True)
    ]
    z_bar = output_gradient * slopes[2]
    for number in (2, 1, 0):
        assert np.allclose(library[number].weights, z_bar.T @ passed.inputs[number])
        assert np.allclose(library[number].bias, z_bar.sum(axis=0))
        if number:
            z_bar = (z_bar @ layers[number].weights) * slopes[number - 1]


@pytest.mark.equation("backward-softmax-cross-entropy")
def test_softmax_and_cross_entropy_in_one_step(rng):
    z, y = rng.normal(size=(4, 3)), np.array([2, 0, 1, 1])
    one_step = (softmax(z) - np.eye(3)[y]) / 4
    assert check_gradient(lambda v: cross_entropy(v, y), one_step, z)


STEPS = np.logspace(-16, 0, 161)
SAMPLES = np.linspace(0.5, 1.5, 101)


def median_errors(scheme):
    """Measure the relative errors of differences of exp, a median over points for each step."""
    quotients = difference_quotient(np.exp, SAMPLES, STEPS, scheme=scheme)
    return np.median(abs(quotients / np.exp(SAMPLES)[:, None] - 1), axis=0)


@pytest.mark.equation("backward-forward-error")
@pytest.mark.equation("backward-forward-step")
@pytest.mark.equation("backward-central-error")
@pytest.mark.parametrize(
    ("scheme", "truncation", "alone", "best", "near"),
    [
        ("forward", STEPS / 2, (1e-6, 1e-2), 2 * unit_roundoff() ** 0.5, (1e-9, 1e-7)),
        ("central", STEPS**2 / 6, (1e-4, 1e-1), (3 * unit_roundoff()) ** (1 / 3), (1e-6, 3e-5)),
    ],
)
def test_errors_of_differences(scheme, truncation, alone, best, near):
    errors = median_errors(scheme)
    bound = np.sum(error_terms(STEPS, scheme=scheme), axis=0)
    inside = (STEPS > 1e-14) & (STEPS < 0.05)
    assert (errors[inside] < 1.1 * bound[inside]).all()
    low, high = alone
    large = (low < STEPS) & (high > STEPS)  # truncation alone, to one per cent
    assert errors[large] == pytest.approx(truncation[large], rel=0.02)
    assert best_step(scheme) == pytest.approx(best)
    assert near[0] < STEPS[errors.argmin()] < near[1]


@pytest.mark.equation("backward-complex-step")
def test_complex_step():
    steps = np.array([1e-1, 1e-2])
    quotient = difference_quotient(np.exp, SAMPLES, steps, scheme="complex")
    expected = np.exp(SAMPLES)[:, None] * (1 - steps**2 / 6)
    assert quotient == pytest.approx(expected, rel=1e-5)
    tiny = difference_quotient(np.tanh, SAMPLES, [1e-20], scheme="complex")[:, 0]
    assert tiny == pytest.approx(1 - np.tanh(SAMPLES) ** 2, rel=2e-15)


def adjoint_down(layers, x, z_bar):
    """Send one sample's adjoint from the last preactivation to the first."""
    zs = forward(layers, x).preactivations
    for number in range(len(layers) - 1, 0, -1):
        slope = ACTIVATIONS[layers[number - 1].activation].derivative(zs[number - 1])
        z_bar = (z_bar @ layers[number].weights) * slope
    return z_bar


@pytest.mark.equation("backward-deep-product")
def test_product_of_weights_and_slopes(network, rng):
    layers, x, _ = network
    sample, start = x[:1], rng.normal(size=(1, 2))
    zs = forward(layers, sample).preactivations
    product = start
    for number in (2, 1):
        slopes = ACTIVATIONS["tanh"].derivative(zs[number - 1][0])
        product = product @ layers[number].weights @ np.diag(slopes)
    assert np.allclose(product, adjoint_down(layers, sample, start))


@pytest.mark.equation("backward-norm-bound")
def test_bound_by_slopes_and_norms(rng):
    layers = initialize([6] * 9, hidden="sigmoid", output="sigmoid", scheme="glorot", rng=rng)
    start = rng.normal(size=(1, 6))
    end = adjoint_down(layers, rng.normal(size=(1, 6)), start)
    norms = [np.linalg.norm(layer.weights, 2) for layer in layers[1:]]
    bound = np.linalg.norm(start) * np.prod(norms) * 0.25 ** len(norms)
    assert np.linalg.norm(end) <= bound
    # At z = 0 every slope is ¼, and with orthogonal weights the bound is reached.
    flat = [Layer(np.eye(6), np.full(6, -0.5), "sigmoid") for _ in range(9)]
    reached = adjoint_down(flat, np.full((1, 6), 0.5), start)
    assert np.linalg.norm(reached) == pytest.approx(np.linalg.norm(start) * 4.0**-8)


@pytest.mark.equation("backward-variance")
@pytest.mark.parametrize("name", ["relu", "sigmoid", "tanh"])
def test_mean_square_of_an_adjoint(name, rng):
    # Weights independent of the slopes and of the adjoint above, as the derivation assumes.
    n, variance, above = 8, 0.3, rng.normal(size=8)
    slopes = ACTIVATIONS[name].derivative(rng.normal(size=n))
    weights = np.sqrt(variance) * rng.normal(size=(40_000, n, n))
    below = (above @ weights) * slopes
    predicted = n * variance * (slopes**2).mean() * (above**2).sum()
    assert (below**2).sum(axis=1).mean() == pytest.approx(predicted, rel=0.03)
