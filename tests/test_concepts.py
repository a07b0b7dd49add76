import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mathdl import concepts
from mathdl.concepts import (
    ACTIVATION_KERNELS,
    ACTIVATIONS,
    LOSS_PARTS,
    LOSSES,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
    leaky_relu,
    leaky_relu_derivative,
    log_softmax,
    mean_squared_error,
    mean_squared_error_gradient,
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


# Activations


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
def test_the_unchecked_kernels_are_the_same_functions(name, z):
    for checked, kernel in zip(ACTIVATIONS[name], ACTIVATION_KERNELS[name], strict=True):
        np.testing.assert_array_equal(checked(z), kernel(z))


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


# Softmax


def test_softmax_of_logarithms_is_their_numbers_share():
    # softmax(ln 1, ln 2, ln 5) = (1, 2, 5) / 8
    np.testing.assert_allclose(softmax(np.log([1, 2, 5])), [1 / 8, 1 / 4, 5 / 8], rtol=1e-14)
    np.testing.assert_allclose(
        log_softmax(np.log([1, 2, 5])), np.log([1 / 8, 1 / 4, 5 / 8]), rtol=1e-14
    )


@given(z=preactivations(), shift=st.floats(-1e3, 1e3))
def test_softmax_sums_to_one_and_ignores_a_shift(z, shift):
    p = softmax(z)
    np.testing.assert_allclose(p.sum(axis=-1), 1, rtol=1e-14)
    np.testing.assert_allclose(softmax(z + shift), p, rtol=1e-11)
    np.testing.assert_allclose(np.exp(log_softmax(z)), p, rtol=1e-13)


def test_log_softmax_keeps_what_softmax_loses():
    assert softmax([0.0, -1e4])[1] == 0
    assert log_softmax([0.0, -1e4])[1] == -1e4


def test_softmax_needs_an_axis():
    for function in (softmax, log_softmax):
        with pytest.raises(ValueError, match="z must have at least one axis"):
            function(1.0)


# Losses


def targets(loss, rng, shape):
    if loss == "cross_entropy":
        return rng.integers(0, shape[1], shape[0])
    return rng.random(shape)


def test_the_table_of_losses():
    assert list(LOSSES) == ["mean_squared_error", "binary_cross_entropy", "cross_entropy"]
    assert list(LOSS_PARTS) == list(LOSSES)
    for name, (function, gradient) in LOSSES.items():
        assert function is getattr(concepts, name)
        assert gradient is getattr(concepts, f"{name}_gradient")


def test_losses_by_hand():
    # (1² + 2²)/2; the mean of −ln ½ and −ln ¾; the mean of −ln ¼ and −ln ⅝
    assert mean_squared_error([1, 2], [0, 4]) == 2.5
    assert binary_cross_entropy([0, math.log(3)], [1, 1]) == pytest.approx(math.log(8 / 3) / 2)
    logits = np.log([[1, 2, 5], [1, 2, 5]])
    assert cross_entropy(logits, [1, 2]) == pytest.approx(math.log(32 / 5) / 2)


def test_loss_gradients_by_hand():
    # 2(ŷ − y)/N; (σ(z) − y)/N; (p − y)/n
    np.testing.assert_array_equal(mean_squared_error_gradient([1, 2], [0, 4]), [1, -2])
    np.testing.assert_allclose(
        binary_cross_entropy_gradient([0, math.log(3)], [1, 0]), [-1 / 4, 3 / 8]
    )
    np.testing.assert_allclose(
        cross_entropy_gradient(np.log([[1, 2, 5]]), [1]), [[1 / 8, -3 / 4, 5 / 8]]
    )


@pytest.mark.parametrize("loss", list(LOSSES))
@given(
    seed=st.integers(0, 2**32 - 1),
    shape=st.tuples(st.integers(1, 5), st.integers(1, 5)),
    scale=st.sampled_from([0.1, 1, 10]),
)
def test_loss_gradients_agree_along_random_directions(loss, seed, shape, scale):
    rng = np.random.default_rng(seed)
    prediction, target = scale * rng.normal(size=shape), targets(loss, rng, shape)
    function, gradient = LOSSES[loss]
    direction, h = rng.normal(size=shape), 1e-5
    difference = function(prediction + h * direction, target)
    difference -= function(prediction - h * direction, target)
    slope = np.vdot(gradient(prediction, target), direction)
    np.testing.assert_allclose(difference / (2 * h), slope, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("loss", list(LOSSES))
@given(seed=st.integers(0, 2**32 - 1), shape=st.tuples(st.integers(1, 5), st.integers(1, 5)))
def test_value_and_gradient_at_once_are_the_same(loss, seed, shape):
    rng = np.random.default_rng(seed)
    prediction, target = rng.normal(size=shape), targets(loss, rng, shape)
    checked = LOSS_PARTS[loss].check(prediction, target)
    value, gradient = LOSS_PARTS[loss].value_and_gradient(*checked)
    np.testing.assert_allclose(value, LOSSES[loss].function(prediction, target), rtol=1e-14)
    np.testing.assert_allclose(
        gradient, LOSSES[loss].gradient(prediction, target), rtol=1e-12, atol=1e-15
    )


@given(seed=st.integers(0, 2**32 - 1), n_samples=st.integers(1, 6))
def test_two_classes_and_one_logit_say_the_same(seed, n_samples):
    rng = np.random.default_rng(seed)
    z, y = rng.normal(size=(n_samples, 1)), rng.integers(0, 2, n_samples)
    both = np.hstack([np.zeros_like(z), z])
    assert cross_entropy(both, y) == pytest.approx(binary_cross_entropy(z, y[:, None]))


@given(seed=st.integers(0, 2**32 - 1), shape=st.tuples(st.integers(1, 5), st.integers(1, 5)))
def test_rows_of_the_cross_entropy_gradient_sum_to_zero(seed, shape):
    rng = np.random.default_rng(seed)
    gradient = cross_entropy_gradient(rng.normal(size=shape), targets("cross_entropy", rng, shape))
    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-14)


def test_losses_of_extreme_logits():
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        for size in (1e4, 1e308):
            assert cross_entropy([[size, 0.0]], [0]) == 0
            assert cross_entropy([[size, 0.0]], [1]) == size
            assert binary_cross_entropy([size, -size], [1, 0]) == 0
            assert binary_cross_entropy([size, -size], [0, 1]) == size
            np.testing.assert_array_equal(cross_entropy_gradient([[size, 0.0]], [1]), [[1, -1]])
            np.testing.assert_array_equal(
                binary_cross_entropy_gradient([size, -size], [0, 1]), [0.5, -0.5]
            )
        assert cross_entropy([[1e308, -1e308]], [1]) == np.finfo(float).max


def test_a_confident_right_answer_keeps_its_small_loss():
    # ln(1 + e⁻⁴⁰) = e⁻⁴⁰ to 17 digits
    assert binary_cross_entropy([40.0], [1]) == pytest.approx(math.exp(-40), rel=1e-12)
    assert binary_cross_entropy([-40.0], [0]) == pytest.approx(math.exp(-40), rel=1e-12)


@pytest.mark.parametrize("loss", list(LOSSES))
@pytest.mark.parametrize("dtype", DTYPES)
def test_losses_keep_the_type_and_change_nothing(loss, dtype):
    rng = np.random.default_rng(0)
    prediction = readonly(rng.normal(size=(4, 3)).astype(dtype))
    target = targets(loss, rng, (4, 3))
    target = readonly(target if loss == "cross_entropy" else target.astype(dtype))
    function, gradient = LOSSES[loss]
    assert function(prediction, target).dtype == dtype
    assert gradient(prediction, target).dtype == dtype
    reversed_rows = prediction[::-1], target[::-1]
    assert function(*reversed_rows) == pytest.approx(function(prediction, target), rel=1e-6)
    np.testing.assert_array_equal(gradient(*reversed_rows), gradient(prediction, target)[::-1])


def test_integer_and_boolean_labels_do_not_widen_float32():
    logits = np.zeros(2, np.float32)
    for labels in ([0, 1], [False, True], np.array([0, 1], np.uint8)):
        assert binary_cross_entropy(logits, labels).dtype == np.float32
        assert binary_cross_entropy_gradient(logits, labels).dtype == np.float32


def test_integer_targets_do_not_widen_float32():
    prediction = np.ones(2, np.float32)
    for function in LOSSES["mean_squared_error"]:
        assert function(prediction, [1, 0]).dtype == np.float32


def test_arguments_may_be_named():
    assert mean_squared_error(prediction=[1], target=[1]) == 0
    assert binary_cross_entropy(logits=[0], labels=[1]) == pytest.approx(math.log(2))
    assert cross_entropy_gradient(logits=[[0, 0]], labels=[1]).tolist() == [[0.5, -0.5]]


REFUSED = {
    "mean_squared_error": [
        ([[1.0], [2.0]], [1.0, 2.0], r"prediction and target must have the same shape"),
        ([1.0, 2.0], [1.0], r"prediction and target must have the same shape"),
        ([np.nan], [1.0], r"prediction must hold finite numbers"),
        ([1.0], [np.inf], r"target must hold finite numbers"),
        ([], [], r"prediction must hold at least one number"),
        ([1j], [1.0], r"prediction must hold real numbers"),
    ],
    "binary_cross_entropy": [
        ([1.0, 2.0], [1], r"labels must have shape \(2,\), but its shape is \(1,\)"),
        ([1.0], [2], r"labels must lie between 0 and 1, but one of them is 2"),
        ([1.0], [-0.1], r"labels must lie between 0 and 1, but one of them is -0\.1"),
        ([1.0], [np.nan], r"labels must hold finite numbers"),
        ([1.0], [[1], [1, 0]], r"labels must be an array of numbers"),
        ([np.inf], [1], r"logits must hold finite numbers"),
        ([], [], r"logits must hold at least one number"),
    ],
    "cross_entropy": [
        ([1.0, 2.0], [1], r"logits must have shape \(n_samples, n_classes\)"),
        ([[1.0, 2.0]], [2], r"labels must lie in 0, 1, \.\.\., 1 \(one of 2 classes\)"),
        ([[1.0, 2.0]], [-1], r"labels must lie in 0"),
        ([[1.0, 2.0]], [1.0], r"labels must be integers"),
        ([[1.0, 2.0]], [[0, 1]], r"labels must have shape \(1,\)"),
        ([[1.0, 2.0]], [0, 1], r"labels must have shape \(1,\)"),
        ([[1.0, np.nan]], [0], r"logits must hold finite numbers"),
        (np.ones((0, 2)), np.ones(0, int), r"logits must hold at least one number"),
    ],
}


@pytest.mark.parametrize(
    ("loss", "prediction", "target", "message"),
    [(loss, *case) for loss, cases in REFUSED.items() for case in cases],
)
def test_losses_refuse(loss, prediction, target, message):
    for function in LOSSES[loss]:
        with pytest.raises(ValueError, match=message):
            function(prediction, target)
