"""Tests of `mathdl.concepts.activations`."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mathdl import concepts
from mathdl.concepts import ACTIVATIONS

NAMES = list(ACTIVATIONS)


FUNCTIONS = [
    *(function for pair in ACTIVATIONS.values() for function in pair),
    concepts.softmax,
    concepts.log_softmax,
]


DTYPES = [np.float64, np.float32]


EXTREMES = [-1e308, -1e4, -800.0, -40.0, 0.0, 40.0, 800.0, 1e4, 1e308]


def preactivations(bound=30.0):
    shapes = hnp.array_shapes(min_dims=1, max_dims=3, max_side=5)
    return hnp.arrays(np.float64, shapes, elements=st.floats(-bound, bound))


@pytest.mark.equation("concepts-sigmoid")
@pytest.mark.equation("concepts-sigmoid-derivative")
@pytest.mark.equation("concepts-tanh")
@pytest.mark.equation("concepts-relu")
@pytest.mark.equation("concepts-softplus")
@pytest.mark.parametrize(
    ("name", "expected", "slopes"),
    [  # at z = −ln 3, 0, ln 3, where eᶻ = 1/3, 1, 3
        ("identity", [-math.log(3), 0, math.log(3)], [1, 1, 1]),
        ("sigmoid", [1 / 4, 1 / 2, 3 / 4], [3 / 16, 1 / 4, 3 / 16]),
        ("tanh", [-4 / 5, 0, 4 / 5], [9 / 25, 1, 9 / 25]),
        ("relu", [0, 0, math.log(3)], [0, 0, 1]),
        ("leaky_relu", [-math.log(3) / 100, 0, math.log(3)], [0.01, 0.01, 1]),
        ("softplus", [math.log(4 / 3), math.log(2), math.log(4)], [1 / 4, 1 / 2, 3 / 4]),
    ],
)
def test_activations_at_exact_points(name, expected, slopes):
    z = np.log([1 / 3, 1, 3])
    function, derivative = ACTIVATIONS[name]
    np.testing.assert_allclose(function(z), expected, rtol=1e-13, atol=1e-14)
    np.testing.assert_allclose(derivative(z), slopes, rtol=1e-14)


@pytest.mark.parametrize("name", NAMES)
@given(z=preactivations())
def test_derivatives_agree_with_central_differences(name, z):
    # away from the kink of relu and leaky_relu; truncation h² f‴/6 and round-off ε|f|/h
    z = np.where(abs(z) < 1e-3, 0.5, z)
    function, derivative = ACTIVATIONS[name]
    h = 1e-5
    slope = (function(z + h) - function(z - h)) / (2 * h)
    np.testing.assert_allclose(derivative(z), slope, rtol=1e-7, atol=1e-9)


@pytest.mark.equation("concepts-slope-bounds")
def test_no_slope_exceeds_the_largest_and_some_come_close():
    z = np.linspace(-20, 20, 4001)
    for name, activation in ACTIVATIONS.items():
        slopes = activation.derivative(z)
        assert slopes.max() == pytest.approx(activation.largest_slope, rel=1e-8), name
        if name in ("sigmoid", "tanh"):  # all slopes are positive, and only that at 0 is so large
            assert slopes.min() > 0
            assert (slopes[abs(z) > 0.005] < activation.largest_slope).all()
        assert activation.label.replace("ReLU", "relu").replace(" ", "_") == name


def test_slopes_at_the_kink_and_of_leaky_relu():
    assert concepts.relu_derivative(0.0) == 0
    assert concepts.relu_derivative(-0.0) == 0
    assert concepts.leaky_relu_derivative(0.0) == 0.01
    assert concepts.leaky_relu_derivative(0.0, slope=0.2) == 0.2
    np.testing.assert_array_equal(concepts.leaky_relu([-2, 3], slope=0.5), [-1, 3])
    np.testing.assert_array_equal(concepts.leaky_relu([-2, 3], 2), [-4, 3])
    np.testing.assert_array_equal(concepts.leaky_relu_derivative([-2, 3], 0.5), [0.5, 1])


@given(z=preactivations(bound=700))
def test_the_sigmoid_keeps_its_symmetries_and_small_values(z):
    np.testing.assert_allclose(concepts.sigmoid(z) + concepts.sigmoid(-z), 1, rtol=1e-14)
    np.testing.assert_allclose(
        concepts.sigmoid_derivative(z), concepts.sigmoid(z) * concepts.sigmoid(-z), rtol=1e-14
    )
    np.testing.assert_allclose(
        concepts.softplus(z) - concepts.softplus(-z), z, rtol=1e-13, atol=1e-14
    )
    # small values to full relative precision: σ(−|z|) = e^−|z| / (1 + e^−|z|)
    expected = [1 / (1 + math.exp(abs(each))) for each in z.ravel()]
    np.testing.assert_allclose(concepts.sigmoid(-abs(z)).ravel(), expected, rtol=1e-14)


@given(z=preactivations(bound=300))
def test_the_slope_of_tanh_does_not_cancel(z):
    np.testing.assert_allclose(concepts.tanh_derivative(z), 1 / np.cosh(z) ** 2, rtol=1e-13)
    np.testing.assert_allclose(concepts.tanh(z), 2 * concepts.sigmoid(2 * z) - 1, atol=1e-14)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_extreme_preactivations_stay_finite_without_a_warning(function, dtype):
    extremes = np.clip(EXTREMES, *np.array([-3e38, 3e38])) if dtype == np.float32 else EXTREMES
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        result = function(np.array(extremes, dtype))
        assert np.isfinite(result).all()
        pairs = np.array([[low, high] for low in extremes for high in extremes], dtype)
        assert np.isfinite(function(pairs)).all()
