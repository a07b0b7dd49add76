import copy
import itertools
import pickle
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.backward import loss_and_gradients
from mathdl.concepts import ACTIVATIONS
from mathdl.forward import (
    SCHEMES,
    ForwardPass,
    Layer,
    affine,
    check_layers,
    forward,
    forward_unchecked,
    initialize,
    n_parameters,
    parameter_vector,
    with_parameters,
)
from tests.networks import random_layers

SIZES = st.lists(st.integers(1, 5), min_size=2, max_size=4)
SEEDS = st.integers(0, 2**32 - 1)


# The affine map


def test_affine_by_hand():
    # neuron 0: 0.5·1 − 1·2 + 0.5·3 + 0.25 = 0.25; neuron 1: 1 + 2 − 3 + 0 = 0; and so on
    weights, bias = [[0.5, -1, 0.5], [1, 1, -1]], [0.25, 0]
    np.testing.assert_array_equal(
        affine([[1, 2, 3], [4, 5, 6]], weights, bias), [[0.25, 0], [0.25, 3]]
    )


@given(seed=SEEDS, n_samples=st.integers(1, 4), n_in=st.integers(1, 4), n_out=st.integers(1, 4))
def test_affine_is_a_sum_over_inputs(seed, n_samples, n_in, n_out):
    rng = np.random.default_rng(seed)
    x, w, b = (rng.normal(size=s) for s in [(n_samples, n_in), (n_out, n_in), n_out])
    expected = [
        [sum(x[s, j] * w[i, j] for j in range(n_in)) + b[i] for i in range(n_out)]
        for s in range(n_samples)
    ]
    np.testing.assert_allclose(affine(x, w, b), expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    ("x", "weights", "bias", "message"),
    [
        (np.ones((2, 3)), np.ones((3, 10)), np.ones(10), r"bias must have shape \(3,\)"),
        (np.ones((2, 10)), np.ones((10, 3)), np.ones(10), r"x must have shape \(n_samples, 3\)"),
        (np.ones((2, 3)), np.ones((10, 3)), np.ones((10, 1)), r"bias must have shape \(10,\)"),
        (np.ones(3), np.ones((10, 3)), np.ones(10), r"x must have shape .* shape is \(3,\)"),
        (np.ones((2, 3)), np.ones(3), np.ones(1), r"weights must have shape \(n_out, n_in\)"),
        (np.ones((0, 3)), np.ones((10, 3)), np.ones(10), "x must hold at least one number"),
        (np.full((2, 3), np.nan), np.ones((10, 3)), np.ones(10), "x must hold finite numbers"),
        (np.ones((2, 3)), np.ones((10, 3)), np.full(10, np.inf), "bias must hold finite numbers"),
        (np.ones((2, 3)) * 1j, np.ones((10, 3)), np.ones(10), "x must hold real numbers"),
    ],
)
def test_affine_refuses(x, weights, bias, message):
    with pytest.raises(ValueError, match=message):
        affine(x, weights, bias)


# Layers


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


def test_a_layer_accepts_lists_and_keeps_float32():
    assert Layer([[1, 2]], [3]).weights.dtype == np.float64
    assert Layer([[1, 2]], [3]).activation == "identity"
    assert Layer(np.ones((1, 2), "f"), np.ones(1, "f")).bias.dtype == np.float32


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_a_layer_can_be_copied_and_sent_to_another_process(duplicate):
    layer = duplicate(Layer([[1, 2]], [3], "tanh"))
    np.testing.assert_array_equal(layer.weights, [[1, 2]])
    assert layer.activation == "tanh"


def test_a_trusted_layer_takes_the_arrays_themselves():
    weights, bias = np.ones((2, 3)), np.zeros(2)
    layer = Layer.trusted(weights, bias, "relu")
    assert layer.weights is weights
    assert layer.bias is bias
    assert repr(layer) == "Layer(weights (2, 3), bias (2,), 'relu')"


@pytest.mark.parametrize(
    ("weights", "bias", "activation", "message"),
    [
        (np.ones(3), np.ones(3), "relu", r"weights must have shape \(n_out, n_in\)"),
        (np.ones((2, 3)), np.ones(3), "relu", r"bias must have shape \(2,\), .* is \(3,\)"),
        (np.ones((2, 3)), np.ones((2, 1)), "relu", r"bias must have shape \(2,\), .* \(2, 1\)"),
        (np.ones((2, 3)), 0.0, "relu", r"bias must have shape \(2,\), but its shape is \(\)"),
        (np.ones((0, 3)), np.ones(0), "relu", "weights must hold at least one number"),
        (np.full((2, 3), np.nan), np.ones(2), "relu", r"weights\[0, 0\] is nan \(6 such"),
        (np.ones((2, 3)), [0, np.inf], "relu", r"bias\[1\] is inf"),
        (np.ones((2, 3)), np.ones(2), "ReLU", "activation must be one of 'identity', 'sigmoid'"),
        (np.ones((2, 3)), np.ones(2), None, "activation must be one of"),
    ],
)
def test_a_layer_refuses(weights, bias, activation, message):
    with pytest.raises(ValueError, match=message):
        Layer(weights, bias, activation)


# The forward pass


def test_a_forward_pass_by_hand():
    # z₁ = (−3, 3), h₁ = relu(z₁) = (0, 3), z₂ = 2·0 + 3·3 − 1 = 8
    layers = [Layer([[1], [-1]], [0, 0], "relu"), Layer([[2, 3]], [-1])]
    inputs, preactivations, output = forward(layers, [[-3]])
    np.testing.assert_array_equal(preactivations[0], [[-3, 3]])
    np.testing.assert_array_equal(inputs[1], [[0, 3]])
    np.testing.assert_array_equal(preactivations[1], [[8]])
    np.testing.assert_array_equal(output, [[8]])


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


@given(seed=SEEDS, sizes=SIZES, n_samples=st.integers(1, 4))
def test_samples_do_not_meet(seed, sizes, n_samples):
    rng = np.random.default_rng(seed)
    layers, x = random_layers(sizes, rng), rng.normal(size=(n_samples, sizes[0]))
    rows = [forward(layers, x[i : i + 1]).output for i in range(n_samples)]
    np.testing.assert_allclose(forward(layers, x).output, np.vstack(rows), rtol=1e-12, atol=1e-14)


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


def test_a_forward_pass_changes_nothing_and_takes_any_memory_layout():
    rng = np.random.default_rng(0)
    layers, x = random_layers([3, 4, 2], rng), rng.normal(size=(6, 6))
    x.flags.writeable = False
    before = x.copy()
    passed = forward(layers, x[::2, ::-2])
    np.testing.assert_array_equal(x, before)
    copied = forward(layers, x[::2, ::-2].copy())
    np.testing.assert_allclose(passed.output, copied.output, rtol=1e-14)
    assert not np.shares_memory(passed.output, passed.preactivations[-1])


def test_types_follow_numpy():
    rng = np.random.default_rng(0)
    single, double = random_layers([3, 2], rng, dtype=np.float32), random_layers([3, 2], rng)
    x = rng.normal(size=(2, 3))
    assert forward(single, x.astype(np.float32)).output.dtype == np.float32
    assert forward(single, x).output.dtype == np.float64
    assert forward(double, x.astype(np.float32)).output.dtype == np.float64
    assert forward(double, [[1, 2, 3]]).output.dtype == np.float64


LAYER = Layer(np.ones((2, 3)), np.zeros(2), "relu")


@pytest.mark.parametrize(
    ("layers", "x", "message"),
    [
        ([], np.ones((1, 3)), "layers must be a list of at least one Layer"),
        (LAYER, np.ones((1, 3)), "layers must be a list of at least one Layer"),
        (None, np.ones((1, 3)), "layers must be a list of at least one Layer"),
        ([np.ones((2, 3))], np.ones((1, 3)), "layers must hold Layers only, but entry 0 is"),
        (
            [LAYER, LAYER],
            np.ones((1, 3)),
            r"layer 1 must take the 2 outputs of layer 0, .*\(2, 3\)",
        ),
        (
            [LAYER],
            np.ones((1, 2)),
            r"x must have shape \(n_samples, 3\), but its shape is \(1, 2\)",
        ),
        ([LAYER], np.ones(3), r"x must have shape \(n_samples, 3\)"),
        ([LAYER], np.ones((0, 3)), "x must hold at least one number"),
        ([LAYER], [[1, np.nan, 3]], r"x\[0, 1\] is nan"),
        ([LAYER], [["a", "b", "c"]], "x must hold real numbers, but holds text"),
    ],
)
def test_a_forward_pass_refuses(layers, x, message):
    with pytest.raises(ValueError, match=message):
        forward(layers, x)


def test_the_unchecked_pass_is_the_same():
    rng = np.random.default_rng(0)
    layers, x = random_layers([3, 4, 2], rng), rng.normal(size=(5, 3))
    np.testing.assert_array_equal(forward_unchecked(layers, x).output, forward(layers, x).output)
    check_layers(tuple(layers))


# Drawing weights


@pytest.mark.parametrize(
    ("scheme", "variance"),
    [("he", 2 / 300), ("glorot", 2 / 500), ("lecun", 1 / 300), ("zeros", 0)],
)
def test_weights_have_the_variance_of_their_scheme(scheme, variance):
    (layer,) = initialize([300, 200], scheme=scheme, rng=np.random.default_rng(0))
    # mean and variance of 60,000 normal numbers, within 4 standard errors
    n = layer.weights.size
    assert layer.weights.mean() == pytest.approx(0, abs=4 * np.sqrt(variance / n))
    assert layer.weights.var() == pytest.approx(variance, rel=4 * np.sqrt(2 / n))
    assert not layer.bias.any()


def test_all_schemes_are_known():
    assert SCHEMES == ("he", "glorot", "lecun", "zeros")


@given(sizes=SIZES, seed=SEEDS, scheme=st.sampled_from(SCHEMES))
def test_initialize_chains_its_layers(sizes, seed, scheme):
    layers = initialize(
        sizes, hidden="tanh", output="sigmoid", scheme=scheme, rng=np.random.default_rng(seed)
    )
    again = initialize(
        sizes, hidden="tanh", output="sigmoid", scheme=scheme, rng=np.random.default_rng(seed)
    )
    check_layers(layers)
    assert [layer.weights.shape for layer in layers] == list(zip(sizes[1:], sizes, strict=False))
    assert [layer.activation for layer in layers] == ["tanh"] * (len(sizes) - 2) + ["sigmoid"]
    np.testing.assert_array_equal(parameter_vector(layers), parameter_vector(again))


def test_initialize_has_the_defaults_of_the_book():
    layers = initialize(np.array([5, 4, 3]), rng=np.random.default_rng(0))
    assert [layer.activation for layer in layers] == ["relu", "identity"]
    he = initialize([5, 4, 3], scheme="he", rng=np.random.default_rng(0))
    np.testing.assert_array_equal(layers[0].weights, he[0].weights)
    assert layers[0].weights.dtype == np.float64
    single = initialize([5, 4], rng=np.random.default_rng(0), dtype="float32")
    assert single[0].weights.dtype == single[0].bias.dtype == np.float32


def test_he_keeps_the_size_of_activations_and_lecun_does_not():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(64, 256))
    sizes = [256] * 31
    he = initialize(sizes, output="relu", rng=rng)
    lecun = initialize(sizes, output="relu", scheme="lecun", rng=rng)
    # E[h²] = E[x²]·(gain/2)³⁰; over random networks its logarithm scatters by about √(5·30/256)
    assert abs(np.log(np.mean(forward(he, x).output ** 2))) < 3 * np.sqrt(5 * 30 / 256)
    logarithm = np.log(np.mean(forward(lecun, x).output ** 2))
    assert logarithm == pytest.approx(-30 * np.log(2), abs=3 * np.sqrt(5 * 30 / 256))


def test_zero_weights_keep_neurons_identical():
    layers = initialize([3, 4, 2], scheme="zeros", hidden="sigmoid", rng=np.random.default_rng(0))
    x = np.random.default_rng(1).normal(size=(5, 3))
    _, gradients = loss_and_gradients(layers, x, [0, 1, 1, 0, 1], "cross_entropy")
    for weights, bias in gradients[:1]:
        assert np.ptp(weights, axis=0).max() == 0
        assert np.ptp(bias) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sizes": [3]}, "sizes must list at least two widths"),
        ({"sizes": 3}, "sizes must be a list of widths, but is 3"),
        ({"sizes": [3, 0]}, r"sizes\[1\] must be an integer of at least 1, but is 0"),
        ({"sizes": [3, 2.5]}, r"sizes\[1\] must be an integer of at least 1, but is 2\.5"),
        ({"hidden": "swish"}, "hidden must be one of 'identity'"),
        ({"output": "softmax"}, "output must be one of 'identity'"),
        ({"sizes": [10**5, 10**5]}, "sizes must not ask for more than 1,000,000,000 numbers"),
        ({"scheme": "kaiming"}, "scheme must be one of 'he', 'glorot', 'lecun', 'zeros'"),
        ({"rng": 0}, r"rng must be a numpy\.random\.Generator"),
        ({"dtype": int}, "dtype must be one of 'float64', 'float32'"),
        ({"dtype": "double trouble"}, "dtype must be one of 'float64', 'float32'"),
    ],
)
def test_initialize_refuses(options, message):
    options = {"sizes": [3, 2], "rng": np.random.default_rng(0)} | options
    with pytest.raises(ValueError, match=message):
        initialize(options.pop("sizes"), **options)


# Parameters


@given(seed=SEEDS, sizes=SIZES)
def test_parameters_go_into_a_vector_and_back(seed, sizes):
    layers = random_layers(sizes, np.random.default_rng(seed))
    vector = parameter_vector(layers)
    assert vector.shape == (n_parameters(layers),)
    assert n_parameters(layers) == sum(
        n_out * (n_in + 1) for n_in, n_out in itertools.pairwise(sizes)
    )
    moved = with_parameters(layers, vector + 1)
    for layer, other in zip(layers, moved, strict=True):
        np.testing.assert_array_equal(other.weights, layer.weights + 1)
        np.testing.assert_array_equal(other.bias, layer.bias + 1)
        assert other.activation == layer.activation


def test_parameters_refuse():
    with pytest.raises(
        ValueError, match=r"vector must have shape \(8,\), but its shape is \(7,\)"
    ):
        with_parameters([LAYER], np.ones(7))
    with pytest.raises(ValueError, match=r"vector\[0\] is nan"):
        with_parameters([LAYER], np.full(8, np.nan))
    for layers in ([], LAYER, None):
        with pytest.raises(ValueError, match="layers must be a list of at least one layer"):
            parameter_vector(layers)
    with pytest.raises(ValueError, match="layers must hold weights and biases, but entry 0 is 1"):
        parameter_vector([1])
    for half in (SimpleNamespace(weights=np.ones((1, 1))), SimpleNamespace(bias=np.ones(1))):
        with pytest.raises(ValueError, match="layers must hold weights and biases"):
            parameter_vector([half])
    with pytest.raises(ValueError, match="layers must be a list of at least one Layer"):
        n_parameters([])


def test_importing_the_kernels_costs_what_numpy_costs():
    script = (
        "import sys, numpy; before = set(sys.modules); import mathdl.backward, mathdl.datasets;"
        "new = set(sys.modules) - before; assert 'numpy.random' not in new;"
        "print(sorted({name.split('.')[0] for name in new} - set(sys.stdlib_module_names)))"
    )
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "['mathdl', 'numpy']"
