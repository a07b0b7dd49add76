"""Tests of `mathdl.faq.dropout`."""

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl.backward import loss_and_gradients, numerical_gradient
from mathdl.faq import dropout, dropout_backward, with_dropout
from mathdl.forward import Layer, initialize
from tests.networks import SEEDS


@pytest.mark.equation("faq-dropout-mask")
@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_the_mask_has_mean_1_and_the_variance_of_the_text(rng, keep):
    mask = dropout(np.ones(200_000), keep, rng=rng).mask
    assert mask.mean() == pytest.approx(1, abs=0.02)
    assert mask.var() == pytest.approx((1 - keep) / keep, rel=0.03)


@hypothesis.given(SEEDS, st.floats(0.05, 1))
def test_dropout_keeps_and_scales_or_drops(seed, keep):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(3, 4))
    output, mask = dropout(x, keep, rng=rng)
    np.testing.assert_array_equal(output, x * mask)
    assert all(np.isclose(value, 0) or np.isclose(value, 1 / keep) for value in mask.ravel())


def test_keeping_all_changes_nothing_and_float32_stays(rng):
    x = np.ones((2, 3), dtype=np.float32)
    output, mask = dropout(x, 1, rng=rng)
    np.testing.assert_array_equal(output, x)
    assert output.dtype == mask.dtype == np.float32
    kept = dropout_backward(np.ones(3, np.float32), [True, False, True])
    assert kept.tolist() == [1, 0, 1]
    assert kept.dtype == np.float32


@pytest.mark.equation("faq-dropout-backward")
@pytest.mark.parametrize("keep", [0.4, 0.8, 1.0])
def test_the_backward_pass_is_the_derivative_for_the_same_mask(rng, keep):
    x, upstream = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    mask = dropout(x, keep, rng=rng).mask
    slope = numerical_gradient(lambda v: (upstream * (v * mask)).sum(), x)
    np.testing.assert_allclose(dropout_backward(upstream, mask), slope, atol=1e-8)


@pytest.mark.parametrize("mask", [[2.0, 3.0], [0.5, 0.5], [-1.0, -1.0]])
def test_dropout_backward_refuses(mask):
    with pytest.raises(ValueError, match="mask must hold 0 and 1/q only"):
        dropout_backward([1.0, 1.0], mask)


def test_hidden_units_are_dropped_and_outputs_are_not():
    """Drawn by the same generator, the masks turn the network into one without the dropped."""
    rng = np.random.default_rng(3)
    layers = initialize([4, 6, 5, 3], rng=rng)
    x, target = rng.standard_normal((1, 4)), np.array([2])
    value, gradients = with_dropout("cross_entropy", 0.5, rng=np.random.default_rng(7))(
        layers, x, target
    )
    masks = np.random.default_rng(7)
    thinned, scale = [], np.ones(4)
    for layer in layers:
        thinned.append(Layer(layer.weights * scale, layer.bias, layer.activation))
        scale = dropout(np.ones(len(layer.bias)), 0.5, rng=masks).output
    expected, slopes = loss_and_gradients(thinned, x, target, "cross_entropy")
    assert value == pytest.approx(expected, rel=1e-12)
    np.testing.assert_allclose(gradients[-1].bias, slopes[-1].bias, rtol=1e-12)
    assert np.count_nonzero(gradients[-1].bias) == 3
