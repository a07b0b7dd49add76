"""Tests of `mathdl.concepts.activations`."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mathdl import concepts
from mathdl.concepts import (
    ACTIVATIONS,
    leaky_relu,
    leaky_relu_derivative,
    log_softmax,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softplus,
    tanh,
    tanh_derivative,
)

NAMES = list(ACTIVATIONS)


FUNCTIONS = [
    *(function for pair in ACTIVATIONS.values() for function in pair),
    softmax,
    log_softmax,
]


DTYPES = [np.float64, np.float32]


EXTREMES = [-1e308, -1e4, -800.0, -40.0, 0.0, 40.0, 800.0, 1e4, 1e308]


def preactivations(bound=30.0):
    shapes = hnp.array_shapes(min_dims=1, max_dims=3, max_side=5)
    return hnp.arrays(np.float64, shapes, elements=st.floats(-bound, bound))


def readonly(array):
    array = np.array(array)
    array.flags.writeable = False
    return array


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


def test_the_table_holds_the_public_functions():
    assert NAMES == ["identity", "sigmoid", "tanh", "relu", "leaky_relu", "softplus"]
    for name, (function, derivative) in ACTIVATIONS.items():
        assert function is getattr(concepts, name)
        assert derivative is getattr(concepts, f"{name}_derivative")
        assert function.__name__ == name
        assert "Raises" in function.__doc__


@pytest.mark.parametrize("name", NAMES)
@given(z=preactivations())
def test_derivatives_agree_with_central_differences(name, z):
    # away from the kink of relu and leaky_relu; truncation h² f‴/6 and round-off ε|f|/h
    z = np.where(abs(z) < 1e-3, 0.5, z)
    function, derivative = ACTIVATIONS[name]
    h = 1e-5
    slope = (function(z + h) - function(z - h)) / (2 * h)
    np.testing.assert_allclose(derivative(z), slope, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
@given(z=preactivations())
def test_the_plain_functions_are_the_same(name, z):
    for function in ACTIVATIONS[name]:
        np.testing.assert_array_equal(function(z), function.plain(z))


def test_no_slope_exceeds_the_largest_and_some_come_close():
    z = np.linspace(-20, 20, 4001)
    for name, activation in ACTIVATIONS.items():
        slopes = activation.derivative(z)
        assert slopes.max() == pytest.approx(activation.largest_slope, rel=1e-8), name
        assert activation.label.replace("ReLU", "relu").replace(" ", "_") == name


def test_slopes_at_the_kink():
    assert relu_derivative(0.0) == 0
    assert relu_derivative(-0.0) == 0
    assert leaky_relu_derivative(0.0) == 0.01
    assert leaky_relu_derivative(0.0, slope=0.2) == 0.2


@given(z=preactivations(bound=700))
def test_sigmoid_and_tanh_keep_their_bounds_symmetries_and_small_values(z):
    assert (sigmoid_derivative(z) <= 0.25 + 1e-15).all()
    assert (tanh_derivative(z) <= 1 + 1e-15).all()
    np.testing.assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-14)
    np.testing.assert_allclose(sigmoid_derivative(z), sigmoid(z) * sigmoid(-z), rtol=1e-14)
    np.testing.assert_allclose(softplus(z) - softplus(-z), z, rtol=1e-13, atol=1e-14)
    # small values to full relative precision: σ(−|z|) = e^−|z| / (1 + e^−|z|)
    expected = [1 / (1 + math.exp(abs(each))) for each in z.ravel()]
    np.testing.assert_allclose(sigmoid(-abs(z)).ravel(), expected, rtol=1e-14)


@given(z=preactivations(bound=300))
def test_the_slope_of_tanh_does_not_cancel(z):
    np.testing.assert_allclose(tanh_derivative(z), 1 / np.cosh(z) ** 2, rtol=1e-13)
    np.testing.assert_allclose(tanh(z), 2 * sigmoid(2 * z) - 1, atol=1e-14)


def test_the_slope_of_leaky_relu():
    np.testing.assert_array_equal(leaky_relu([-2, 3], slope=0.5), [-1, 3])
    np.testing.assert_array_equal(leaky_relu([-2, 3], 2), [-4, 3])
    np.testing.assert_array_equal(leaky_relu_derivative([-2, 3], 0.5), [0.5, 1])
    for function in (leaky_relu, leaky_relu_derivative):
        for slope in (np.nan, np.inf, "0.1", True, [0.1, 0.2]):
            with pytest.raises(ValueError, match="slope must be one finite real number"):
                function([1.0], slope)


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


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_the_type_is_kept_and_nothing_is_changed(function, dtype):
    z = readonly(np.linspace(-3, 3, 12).reshape(3, 4).astype(dtype))
    before = z.copy()
    result = function(z)
    assert result.dtype == dtype
    assert result.shape == z.shape
    assert not np.shares_memory(result, z)
    np.testing.assert_array_equal(z, before)
    np.testing.assert_array_equal(function(z[::-1, ::2]), function(z[::-1, ::2].copy()))
    np.testing.assert_array_equal(function(np.asfortranarray(z)), result)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_integers_and_lists_become_float64(function):
    assert function([[1, 2]]).dtype == np.float64
    np.testing.assert_array_equal(function([[1, 2]]), function(np.array([[1.0, 2.0]])))
    np.testing.assert_array_equal(function(z=[[1, 2]]), function([[1, 2]]))


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("z", "message"),
    [
        ([1.0, np.nan], r"z must hold finite numbers only, but z\[1\] is nan"),
        ([-np.inf], r"z\[0\] is -inf"),
        ([], r"z must hold at least one number"),
        (np.ones((0, 3)), r"z must hold at least one number"),
        ([1j], "z must hold real numbers, but holds complex numbers"),
        ([True], "z must hold real numbers, but holds booleans"),
        ("relu", "z must hold real numbers, but holds text"),
    ],
)
def test_no_preactivation(function, z, message):
    with pytest.raises(ValueError, match=message):
        function(z)
