"""Tests of `mathdl.forward.parameters`."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.forward import (
    SCHEMES,
    Layer,
    check_layers,
    forward,
    initialize,
    n_parameters,
    parameter_vector,
    with_parameters,
)
from tests.networks import SEEDS, SIZES, random_layers

LAYER = Layer(np.ones((2, 3)), np.zeros(2), "relu")


@pytest.mark.equation("forward-he")
@pytest.mark.equation("forward-glorot")
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


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sizes": [3]}, "sizes must list at least two widths"),
        ({"sizes": [10**5, 10**5]}, "sizes must not ask for more than 1,000,000,000 numbers"),
    ],
)
def test_initialize_refuses(options, message):
    options = {"sizes": [3, 2], "rng": np.random.default_rng(0)} | options
    with pytest.raises(ValueError, match=message):
        initialize(options.pop("sizes"), **options)


@pytest.mark.equation("forward-parameters")
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
    with pytest.raises(ValueError, match="layers must be a list of at least one layer"):
        parameter_vector([])
    with pytest.raises(ValueError, match="layers must hold weights and biases, but entry 0 is 1"):
        parameter_vector([1])
    for half in (SimpleNamespace(weights=np.ones((1, 1))), SimpleNamespace(bias=np.ones(1))):
        with pytest.raises(ValueError, match="layers must hold weights and biases"):
            parameter_vector([half])
