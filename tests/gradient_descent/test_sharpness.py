"""Tests of `mathdl.gradient_descent.sharpness`."""

import numpy as np
import pytest

from mathdl.backward import loss_and_gradients
from mathdl.forward import Layer, initialize, parameter_vector, with_parameters
from mathdl.gradient_descent import sharpness


@pytest.mark.parametrize("shape", [(1, 1, 1), (7, 3, 2), (20, 5, 1)])
def test_sharpness_of_a_linear_model_is_the_largest_eigenvalue(rng, shape):
    n_samples, n_in, n_out = shape
    x, target = rng.standard_normal((n_samples, n_in)), rng.standard_normal((n_samples, n_out))
    layers = initialize([n_in, n_out], rng=rng)
    extended = np.column_stack([x, np.ones(n_samples)])
    wanted = np.linalg.eigvalsh(2 / (n_samples * n_out) * extended.T @ extended)[-1]
    found = sharpness(layers, x, target, "mean_squared_error", rng=rng, n_iterations=200)
    assert found == pytest.approx(wanted, rel=1e-6)


def whole_hessian(layers, x, target, loss):
    here = parameter_vector(layers)

    def gradient(parameters):
        network = with_parameters(layers, parameters)
        return parameter_vector(loss_and_gradients(network, x, target, loss)[1])

    nudges = 1e-5 * np.eye(here.size)
    hessian = np.array([(gradient(here + d) - gradient(here - d)) / 2e-5 for d in nudges])
    return (hessian + hessian.T) / 2


@pytest.mark.equation("gradient-descent-hessian-product")
def test_sharpness_of_a_network_is_that_of_its_whole_hessian(rng):
    layers = initialize([3, 4, 2], hidden="tanh", scheme="glorot", rng=rng)
    x, labels = rng.standard_normal((15, 3)), np.arange(15) % 2
    curvatures = np.linalg.eigvalsh(whole_hessian(layers, x, labels, "cross_entropy"))
    wanted = max(curvatures, key=abs)
    found = sharpness(layers, x, labels, "cross_entropy", rng=rng, n_iterations=300)
    assert found == pytest.approx(wanted, rel=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_sharpness_at_a_saddle_does_not_depend_on_the_seed(seed):
    # With all weights 0 the Hessian is [[0, B], [Bᵀ, 0]]: its eigenvalues come in pairs ±λ.
    layers = [Layer(np.zeros((3, 2)), np.zeros(3), "tanh"), Layer(np.zeros((1, 3)), np.zeros(1))]
    x, y = [[1, 2], [3, -1], [0, 1], [-2, 0.5]], [[2.5], [-7.5], [7.5], [-2.5]]
    found = sharpness(layers, x, y, "mean_squared_error", rng=np.random.default_rng(seed))
    curvatures = np.linalg.eigvalsh(whole_hessian(layers, x, y, "mean_squared_error"))
    assert curvatures[[0, -1]] == pytest.approx([-12.006, 12.006], abs=1e-3)
    assert found == pytest.approx(curvatures[-1], rel=1e-6)


def test_sharpness_of_networks_with_small_weights_where_extremes_are_nearly_opposite(rng):
    for scale in np.geomspace(0.01, 0.1, 10):
        n_in = int(rng.integers(2, 12))
        net = initialize([n_in, 12, 3], hidden="tanh", scheme="glorot", rng=rng)
        net = [Layer(scale * layer.weights, layer.bias, layer.activation) for layer in net]
        x, y = rng.standard_normal((12, n_in)), rng.standard_normal((12, 3))
        curvatures = np.linalg.eigvalsh(whole_hessian(net, x, y, "mean_squared_error"))
        found = sharpness(net, x, y, "mean_squared_error", rng=rng)
        assert abs(found) == pytest.approx(abs(curvatures).max(), rel=0.03)
        assert curvatures[0] * 1.0001 < found < curvatures[-1] * 1.0001


def test_sharpness_keeps_its_sign_and_is_zero_without_any_curvature(rng):
    # f = (σ(w) − 0)²: beyond its inflection the loss curves downwards.
    neuron = [Layer([[3.0]], [0.0], "sigmoid")]
    assert sharpness(neuron, [[1.0]], [[0.0]], "mean_squared_error", rng=rng) < 0
    only_one_class = [Layer([[1.0, 2.0]], [0.0], "identity")]
    assert sharpness(only_one_class, [[1.0, 1.0]], [0], "cross_entropy", rng=rng) == 0
