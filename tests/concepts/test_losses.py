"""Tests of `mathdl.concepts.losses`."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mathdl.concepts import (
    LOSSES,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
    log_softmax,
    mean_squared_error,
    mean_squared_error_gradient,
    softmax,
)
from tests.networks import random_target


@pytest.mark.equation("concepts-softmax")
def test_softmax_of_logarithms_is_their_share_and_log_softmax_keeps_what_is_lost():
    # softmax(ln 1, ln 2, ln 5) = (1, 2, 5) / 8
    np.testing.assert_allclose(softmax(np.log([1, 2, 5])), [1 / 8, 1 / 4, 5 / 8], rtol=1e-14)
    np.testing.assert_allclose(
        log_softmax(np.log([1, 2, 5])), np.log([1 / 8, 1 / 4, 5 / 8]), rtol=1e-14
    )
    assert softmax([0.0, -1e4])[1] == 0
    assert log_softmax([0.0, -1e4])[1] == -1e4
    for function in (softmax, log_softmax):
        with pytest.raises(ValueError, match=r"z must have shape \(..., n_classes\)"):
            function(1.0)


@pytest.mark.equation("concepts-shift")
@given(
    z=hnp.arrays(np.float64, hnp.array_shapes(max_side=5), elements=st.floats(-30, 30)),
    shift=st.floats(-1e3, 1e3),
)
def test_softmax_sums_to_one_and_ignores_a_shift(z, shift):
    p = softmax(z)
    np.testing.assert_allclose(p.sum(axis=-1), 1, rtol=1e-14)
    np.testing.assert_allclose(softmax(z + shift), p, rtol=1e-11)
    np.testing.assert_allclose(np.exp(log_softmax(z)), p, rtol=1e-13)


@pytest.mark.equation("concepts-bce-gradient")
@pytest.mark.equation("concepts-p-minus-y")
@pytest.mark.equation("backward-mse")
@pytest.mark.equation("concepts-mse")
@pytest.mark.equation("concepts-bce")
@pytest.mark.equation("concepts-cross-entropy")
def test_losses_and_gradients_by_hand():
    # (1² + 2²)/2; the mean of −ln ½ and −ln ¾; the mean of −ln ¼ and −ln ⅝
    assert mean_squared_error([1, 2], [0, 4]) == 2.5
    assert binary_cross_entropy([0, math.log(3)], [1, 1]) == pytest.approx(math.log(8 / 3) / 2)
    logits = np.log([[1, 2, 5], [1, 2, 5]])
    assert cross_entropy(logits, [1, 2]) == pytest.approx(math.log(32 / 5) / 2)
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
    prediction, target = scale * rng.normal(size=shape), random_target(loss, rng, shape)
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
    prediction, target = rng.normal(size=shape), random_target(loss, rng, shape)
    value, gradient = LOSSES[loss].value_and_gradient(prediction, target)
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
        assert binary_cross_entropy([40.0], [1]) == pytest.approx(math.exp(-40), rel=1e-9, abs=0)


def test_larger_logits_help_as_long_as_all_answers_are_right():
    z = np.random.default_rng(8).normal(size=(50, 4))
    labels = z.argmax(axis=1)
    of_right = [cross_entropy(scale * z, labels) for scale in (1, 2, 4, 8)]
    assert of_right == sorted(of_right, reverse=True)
    labels[0] = z[0].argmin()
    with_a_mistake = [cross_entropy(scale * z, labels) for scale in (8, 64, 512)]
    assert with_a_mistake == sorted(with_a_mistake)


def test_integer_and_boolean_labels_do_not_widen_float32():
    logits = np.zeros(2, np.float32)
    for labels in ([0, 1], [False, True], np.array([0, 1], np.uint8)):
        assert binary_cross_entropy(logits, labels).dtype == np.float32
        assert binary_cross_entropy_gradient(logits, labels).dtype == np.float32
    for function in LOSSES["cross_entropy"]:
        with pytest.raises(ValueError, match=r"labels must lie in 0, 1, \.\.\., 1 \(one of 2 cl"):
            function([[1.0, 2.0]], [2])
