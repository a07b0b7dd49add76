"""Tests of `mathdl.gradient_descent.sharpness`."""

import numpy as np
import pytest

from mathdl.backward import loss_and_gradients
from mathdl.forward import Layer, initialize, parameter_vector, with_parameters
from mathdl.gradient_descent import (
    sharpness,
)


@pytest.mark.parametrize("shape", [(1, 1, 1), (7, 3, 2), (20, 5, 1)])
def test_sharpness_of_a_linear_model_is_the_largest_eigenvalue(rng, shape):
    n_samples, n_in, n_out = shape
    x, target = rng.standard_normal((n_samples, n_in)), rng.standard_normal((n_samples, n_out))
    layers = initialize([n_in, n_out], rng=rng)
    extended = np.column_stack([x, np.ones(n_samples)])
    wanted = np.linalg.eigvalsh(2 / (n_samples * n_out) * extended.T @ extended)[-1]
    found = sharpness(layers, x, target, "mean_squared_error", rng=rng, n_iterations=200)
    assert found == pytest.approx(wanted, rel=1e-6)


def test_sharpness_of_a_network_is_that_of_its_whole_hessian(rng):
    layers = initialize([3, 4, 2], hidden="tanh", scheme="glorot", rng=rng)
    x, labels, here = rng.standard_normal((15, 3)), np.arange(15) % 2, parameter_vector(layers)

    def gradient(parameters):
        network = with_parameters(layers, parameters)
        return parameter_vector(loss_and_gradients(network, x, labels, "cross_entropy")[1])

    nudges = 1e-5 * np.eye(here.size)
    hessian = np.array([(gradient(here + d) - gradient(here - d)) / 2e-5 for d in nudges])
    curvatures = np.linalg.eigvalsh((hessian + hessian.T) / 2)
    wanted = max(curvatures, key=abs)
    found = sharpness(layers, x, labels, "cross_entropy", rng=rng, n_iterations=300)
    assert found == pytest.approx(wanted, rel=1e-5)


def test_sharpness_keeps_its_sign(rng):
    # f = (σ(w) − 0)²: beyond its inflection the loss curves downwards.
    neuron = [Layer([[3.0]], [0.0], "sigmoid")]
    assert sharpness(neuron, [[1.0]], [[0.0]], "mean_squared_error", rng=rng) < 0


def test_sharpness_without_any_curvature_is_zero(rng):
    only_one_class = [Layer([[1.0, 2.0]], [0.0], "identity")]
    assert sharpness(only_one_class, [[1.0, 1.0]], [0], "cross_entropy", rng=rng) == 0


def test_sharpness_takes_float32_and_changes_nothing(rng):
    layers = initialize([3, 4, 2], hidden="tanh", rng=rng, dtype=np.float32)
    x, labels, before = rng.standard_normal((15, 3)), np.arange(15) % 2, parameter_vector(layers)
    copy = before.copy()
    single, double = (
        sharpness(net, x, labels, "cross_entropy", rng=np.random.default_rng(0))
        for net in (layers, [Layer(a.weights.astype(float), a.bias.astype(float), a.activation)
                             for a in layers])
    )  # fmt: skip
    assert single == pytest.approx(double, rel=1e-3)
    np.testing.assert_array_equal(parameter_vector(layers), copy)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"n_iterations": 0}, "n_iterations"),
        ({"rng": 0}, "rng"),
        ({"loss": "hinge"}, "loss"),
        ({"target": [0, 1]}, "target"),
        ({"x": [[np.nan, 0.0]]}, "finite"),
        ({"x": [[1e200, 1e200]]}, "large"),
    ],
)
def test_sharpness_refuses(changes, message):
    given = {
        "layers": [Layer([[1.0, 2.0]], [0.0], "identity")],
        "x": [[1.0, 1.0]],
        "target": [[0.0]],
        "loss": "mean_squared_error",
        "rng": np.random.default_rng(0),
    }
    with pytest.raises(ValueError, match=message):
        sharpness(**(given | changes))
