"""Tests of `mathdl.forward.layers`."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.concepts import ACTIVATIONS
from mathdl.forward import ForwardPass, Layer, affine, forward
from tests.networks import SEEDS, SIZES, random_layers


def test_a_layer_cannot_be_changed_from_outside_or_inside():
    weights, bias = np.ones((2, 3)), np.zeros(2)
    layer = Layer(weights, bias, "relu")
    weights[:], bias[:] = 7, 7
    np.testing.assert_array_equal(layer.weights, np.ones((2, 3)))
    np.testing.assert_array_equal(layer.bias, np.zeros(2))
    for array in (layer.weights, layer.bias):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7
    with pytest.raises(AttributeError):
        layer.activation = "tanh"


def test_a_layer_accepts_lists_and_keeps_float32_or_takes_the_arrays_themselves():
    assert Layer([[1, 2]], [3]).weights.dtype == np.float64
    assert Layer([[1, 2]], [3]).activation == "identity"
    assert Layer(np.ones((1, 2), "f"), np.ones(1, "f")).bias.dtype == np.float32
    weights, bias = np.ones((2, 3)), np.zeros(2)
    layer = Layer.trusted(weights, bias, "relu")
    assert layer.weights is weights
    assert layer.bias is bias
    assert repr(layer) == "Layer(weights (2, 3), bias (2,), 'relu')"


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_a_layer_can_be_copied_and_sent_to_another_process(duplicate):
    layer = duplicate(Layer([[1, 2]], [3], "tanh"))
    np.testing.assert_array_equal(layer.weights, [[1, 2]])
    assert layer.activation == "tanh"
    assert not any(array.flags.writeable for array in (layer.weights, layer.bias))


@pytest.mark.parametrize(
    ("weights", "bias", "activation", "message"),
    [
        (np.ones(3), np.ones(3), "relu", r"weights must have shape \(n_out, n_in\)"),
        (np.ones((2, 3)), np.ones((2, 1)), "relu", r"bias must have shape \(2,\), .* \(2, 1\)"),
        (np.full((2, 3), np.nan), np.ones(2), "relu", r"weights\[0, 0\] is nan \(6 such"),
        (np.ones((2, 3)), np.ones(2), "ReLU", "activation must be one of 'identity', 'sigmoid'"),
    ],
)
def test_a_layer_refuses(weights, bias, activation, message):
    with pytest.raises(ValueError, match=message):
        Layer(weights, bias, activation)


@pytest.mark.equation("concepts-neuron")
def test_a_forward_pass_by_hand():
    # z₁ = (−3, 3), h₁ = relu(z₁) = (0, 3), z₂ = 2·0 + 3·3 − 1 = 8
    layers = [Layer([[1], [-1]], [0, 0], "relu"), Layer([[2, 3]], [-1])]
    inputs, preactivations, output = forward(layers, [[-3]])
    np.testing.assert_array_equal(preactivations[0], [[-3, 3]])
    np.testing.assert_array_equal(inputs[1], [[0, 3]])
    np.testing.assert_array_equal(preactivations[1], [[8]])
    np.testing.assert_array_equal(output, [[8]])


@pytest.mark.equation("forward-layers")
@given(seed=SEEDS, sizes=SIZES, n_samples=st.integers(1, 4))
def test_a_forward_pass_chains_affine_maps_and_activations(seed, sizes, n_samples):
    rng = np.random.default_rng(seed)
    layers, h = random_layers(sizes, rng), rng.normal(size=(n_samples, sizes[0]))
    passed = forward(layers, h)
    assert isinstance(passed, ForwardPass)
    for layer, x, z in zip(layers, passed.inputs, passed.preactivations, strict=True):
        np.testing.assert_array_equal(x, h)
        np.testing.assert_allclose(z, affine(h, layer.weights, layer.bias), rtol=1e-13)
        h = ACTIVATIONS[layer.activation].function(z)
    np.testing.assert_array_equal(passed.output, h)
    rows = [forward(layers, row[np.newaxis]).output for row in passed.inputs[0]]  # do not meet
    np.testing.assert_allclose(passed.output, np.vstack(rows), rtol=1e-12, atol=1e-14)


@pytest.mark.equation("concepts-collapse")
@given(seed=SEEDS, sizes=SIZES)
def test_layers_without_activation_collapse_into_one(seed, sizes):
    rng = np.random.default_rng(seed)
    layers = [Layer(each.weights, each.bias) for each in random_layers(sizes, rng)]
    weights, bias = np.eye(sizes[0]), np.zeros(sizes[0])
    for layer in layers:
        weights, bias = layer.weights @ weights, layer.weights @ bias + layer.bias
    x = rng.normal(size=(3, sizes[0]))
    np.testing.assert_allclose(
        forward(layers, x).output, affine(x, weights, bias), rtol=1e-9, atol=1e-12
    )


LAYER = Layer(np.ones((2, 3)), np.zeros(2), "relu")


@pytest.mark.parametrize(
    ("layers", "x", "message"),
    [
        ([], np.ones((1, 3)), "layers must be a list of at least one Layer"),
        ([np.ones((2, 3))], np.ones((1, 3)), "layers must hold Layers only, but entry 0 is"),
        (
            [LAYER, LAYER],
            np.ones((1, 3)),
            r"layer 1 must take the 2 outputs of layer 0, .*\(2, 3\)",
        ),
    ],
)
def test_a_forward_pass_refuses(layers, x, message):
    with pytest.raises(ValueError, match=message):
        forward(layers, x)
