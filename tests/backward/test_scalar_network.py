"""Tests of `mathdl.backward.scalar_network`."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathdl.backward import Node, loss_and_gradients
from mathdl.backward.scalar_network import scalar_network
from mathdl.forward import Layer, initialize, parameter_vector


@given(
    activation=st.sampled_from(["identity", "sigmoid", "tanh", "relu", "softplus"]),
    n_samples=st.integers(1, 3),
    widths=st.lists(st.integers(1, 3), min_size=2, max_size=4),
    loss=st.sampled_from(["mean_squared_error", "cross_entropy"]),
    seed=st.integers(0, 2**32 - 1),
)
@settings(max_examples=30, deadline=None)
def test_matrices_and_nodes_give_the_same_gradients(activation, n_samples, widths, loss, seed):
    rng = np.random.default_rng(seed)
    layers = [
        Layer(layer.weights, rng.normal(size=len(layer.bias)), layer.activation)
        for layer in initialize(widths, hidden=activation, rng=rng)
    ]
    x = rng.normal(size=(n_samples, widths[0]))
    target = (
        rng.normal(size=(n_samples, widths[-1]))
        if loss == "mean_squared_error"
        else rng.integers(widths[-1], size=n_samples)
    )
    value, gradients = loss_and_gradients(layers, x, target, loss)
    network = scalar_network(layers, x, target, loss)
    network.loss.backward()
    parts = itertools.chain(*zip(network.weights, network.biases, strict=True))
    adjoints = [node.adjoint for part in parts for node in part.ravel()]
    assert np.isclose(value, network.loss.value, rtol=1e-12, atol=1e-12)
    assert np.allclose(parameter_vector(gradients), adjoints, rtol=1e-10, atol=1e-12)


def test_a_scalar_network_counts_its_operations():
    # One sample, 2 inputs, 1 output: 2 products, 2 sums; squared error: −, ^2, +, × (mean).
    layer = Layer(np.array([[1.0, 2.0]]), np.zeros(1))
    network = scalar_network([layer], [[3.0, 4.0]], [[1.0]], "mean_squared_error")
    operands = [len(node.parents) for node in network.loss.order() if node.parents]
    assert (len(operands), sum(operands)) == (8, 15)
    assert isinstance(network.weights[0][0, 1], Node)


def test_scalar_networks_refuse_what_they_cannot_mean():
    layer = Layer(np.ones((1, 2)), np.zeros(1))
    with pytest.raises(ValueError, match=r"^target must lie in 0"):
        scalar_network([layer], [[1.0, 2.0]], [1], "cross_entropy")
    leaky = Layer(np.ones((1, 2)), np.zeros(1), "leaky_relu")
    with pytest.raises(ValueError, match="activation"):
        scalar_network([leaky], [[1.0, 2.0]], [[1.0]], "mean_squared_error")
