"""Tests of `mathdl.gradient_descent.symmetry`."""

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.forward import Layer, initialize


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
