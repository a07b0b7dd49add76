"""Tests of `mathdl.gradient_descent.symmetry`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl import gradient_descent as gd
from mathdl.forward import Layer, forward, initialize


@given(sizes=st.lists(st.integers(1, 6), min_size=2, max_size=5), n=st.integers(1, 4))
def test_a_renumbered_network_computes_the_same(sizes, n):
    rng = np.random.default_rng(0)
    layers = initialize(sizes, rng=rng)
    orders = [rng.permutation(size) for size in sizes[1:-1]]
    x = rng.normal(size=(n, sizes[0]))
    copy = gd.permute_units(layers, orders)
    np.testing.assert_allclose(forward(copy, x).output, forward(layers, x).output, atol=1e-12)


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        ([], "one permutation for each of the 1 hidden layers"),
        ([[0, 1, 1]], r"orders\[0\] must be a permutation of the numbers from 0 to 2"),
        ([[[0, 1, 2]]], r"^orders\[0\] must have shape \(3,\)"),
    ],
)
def test_renumbered_refuses(orders, message):
    layers = initialize([2, 3, 1], rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match=message):
        gd.permute_units(layers, orders)


def test_alike_keeps_shapes_and_activations():
    layers = initialize([2, 3, 1], rng=np.random.default_rng(0))
    for made, layer in zip(gd.constant_init(layers, -0.5), layers, strict=True):
        assert made.weights.shape == layer.weights.shape
        assert made.activation == layer.activation
        assert (made.weights == -0.5).all()
        assert (made.bias == 0).all()
    largest = np.finfo("float64").max
    assert (gd.constant_init(layers, largest)[0].weights == largest).all()
    narrow = [Layer(np.ones((1, 1), np.float32), np.zeros(1, np.float32), "relu")]
    with pytest.raises(ValueError, match=r"weight must be at most 3\.4\d*e\+38 in size"):
        gd.constant_init(narrow, 1e39)
