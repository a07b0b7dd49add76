"""Tests of `mathdl.outlook.attribution`."""

import math

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl import outlook
from mathdl.datasets import load_digits
from mathdl.forward import Layer, forward, initialize
from mathdl.gradient_descent.experiments import train_digits

UNIT = [Layer([[1.0, 1.0]], [-1.0], "relu")]


LINE = [Layer([[2.0, -3.0]], [0.5])]


def network(seed, sizes=(4, 6, 5, 3), hidden="relu"):
    rng = np.random.default_rng(seed)
    layers = initialize(sizes, hidden=hidden, rng=rng)
    return [Layer(w.weights, rng.normal(size=w.bias.shape), w.activation) for w in layers]


@pytest.mark.equation("outlook-saliency")
@hypothesis.given(
    st.integers(0, 2**32 - 1), st.integers(1, 5), st.sampled_from(["tanh", "softplus", "sigmoid"])
)
@hypothesis.settings(max_examples=30)
def test_the_input_gradient_is_the_slope_along_random_directions(seed, n_samples, hidden):
    rng = np.random.default_rng(seed)
    layers = network(seed, hidden=hidden)
    x, d = rng.normal(size=(2, n_samples, 4))
    units = rng.integers(0, 3, size=n_samples)
    rows, h = np.arange(n_samples), 1e-5
    up, down = (forward(layers, x + s * h * d).output[rows, units] for s in (1, -1))
    slopes = (outlook.input_gradient(layers, x, units) * d).sum(axis=1)
    np.testing.assert_allclose(slopes, (up - down) / (2 * h), rtol=1e-6, atol=1e-8)


def test_guided_backpropagation_keeps_what_is_positive_only():
    """Two paths to the output, with weights 1 and −1: the second is dropped."""
    layers = [Layer([[1.0], [2.0]], [0.0, 0.0], "relu"), Layer([[1.0, -1.0]], [0.0])]
    assert outlook.input_gradient(layers, [[3.0]], [0])[0, 0] == -1
    assert outlook.guided_backpropagation(layers, [[3.0]], [0])[0, 0] == 1
    x = [[1.0, 2.0]]
    np.testing.assert_array_equal(
        outlook.guided_backpropagation(LINE, x, [0]), outlook.input_gradient(LINE, x, [0])
    )
    two = [Layer([[2.0, -3.0], [1.0, 4.0]], [0.5, 0.0])]
    np.testing.assert_array_equal(outlook.guided_backpropagation(two, x, [1]), [[1, 4]])
    with pytest.raises(ValueError, match="layer 0 has 'tanh'"):
        outlook.guided_backpropagation(network(0, hidden="tanh"), np.ones((1, 4)), [0])


def test_integrated_gradients_worked_by_hand():
    """relu(x₁ + x₂ − 1) from (0, 0) to (2, 1): open for two thirds of the way."""
    shares = outlook.integrated_gradients(UNIT, [[2.0, 1.0]], [0], n_steps=3)
    np.testing.assert_allclose(shares, [[4 / 3, 2 / 3]])
    # Section 2.1 there: f(x) = 1 − relu(1 − x) from 0 to 2 has slope 0 at 2, attribution 1.
    layers = [Layer([[-1.0]], [1.0], "relu"), Layer([[-1.0]], [1.0])]
    assert outlook.input_gradient(layers, [[2.0]], [0])[0, 0] == 0
    assert outlook.integrated_gradients(layers, [[2.0]], [0])[0, 0] == pytest.approx(1)
    shares = outlook.integrated_gradients(LINE, [[1.0, 2.0]], [0], n_steps=1)
    np.testing.assert_allclose(shares, [[2, -6]])


@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(1, 4))
@hypothesis.settings(max_examples=25)
def test_attributions_are_complete_for_any_baseline(seed, n_samples):
    rng = np.random.default_rng(seed)
    layers = network(seed, hidden="tanh")
    x, b = rng.normal(size=(n_samples, 4)), rng.normal(size=4)
    units = rng.integers(0, 3, size=n_samples)
    shares = outlook.integrated_gradients(layers, x, units, baseline=b, n_steps=400)
    rises = (forward(layers, x).output - forward(layers, b[None]).output)[np.arange(len(x)), units]
    np.testing.assert_allclose(shares.sum(axis=1), rises, atol=1e-3)
    np.testing.assert_array_equal(shares[:, x[0] == b], 0)


@pytest.mark.parametrize("count", range(4))
def test_the_top_layers_are_drawn_anew_and_the_others_kept(count):
    layers = network(0)
    fresh = outlook.randomize_top(layers, count, rng=np.random.default_rng(1))
    kept = [new is old for new, old in zip(fresh, layers, strict=True)]
    assert kept == [True] * (3 - count) + [False] * count
    assert [w.activation for w in fresh] == [w.activation for w in layers]
    assert [w.weights.shape for w in fresh] == [w.weights.shape for w in layers]
    all_new = outlook.randomize_top(layers, 3, rng=np.random.default_rng(1))
    if count:
        np.testing.assert_array_equal(fresh[-1].weights, all_new[-1].weights)


def test_no_more_layers_are_drawn_anew_than_there_are(rng):
    with pytest.raises(ValueError, match="n_layers must be at most 3"):
        outlook.randomize_top(network(0), 4, rng=rng)


def test_rank_correlation_with_ties_worked_by_hand():
    """Ranks ½, ½, 3, 2 and 0, 1, 2, 3; without their means: product 3½, squares 4½ and 5."""
    value = outlook.rank_correlation([[7, 7, 9, 8]], [[1, 2, 3, 4]])
    assert value[0] == pytest.approx(3.5 / math.sqrt(4.5 * 5))
    with pytest.raises(ValueError, match=r"first must .* row 1 holds equal numbers only"):
        outlook.rank_correlation([[1, 2], [3, 3]], [[1, 2], [1, 2]])


@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(2, 12))
@hypothesis.settings(max_examples=30)
def test_rank_correlation_sees_orders_only(seed, n):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(2, 3, n))
    value = outlook.rank_correlation(a, b)
    assert (abs(value) <= 1 + 1e-12).all()
    np.testing.assert_allclose(outlook.rank_correlation(np.exp(a), b**3), value)
    np.testing.assert_allclose(outlook.rank_correlation(a, -b), -value)
    np.testing.assert_allclose(outlook.rank_correlation(a, a), 1)


@pytest.mark.proof
def test_what_is_said_of_attributions_holds_of_networks_never_seen():
    seeds = np.random.SeedSequence().generate_state(10) % 10**9
    for seed in seeds:
        check_the_maps_of_a_network(seed)


def check_the_maps_of_a_network(seed):
    digits, sample = load_digits(), np.arange(200)
    layers = train_digits(np.random.default_rng(seed), n_epochs=10).layers
    x = digits.x_test[:200]
    answers = forward(layers, x).output.argmax(axis=1)
    gradient = outlook.input_gradient(layers, x, answers)
    shares = outlook.integrated_gradients(layers, x, answers)
    start, end = (forward(layers, at).output[sample, answers] for at in (0 * x, x))
    assert (abs((x * gradient).sum(axis=1) / (end - start) - 1) < 0.1).mean() > 0.5
    dark = x > 0.5
    for baseline in (np.full(64, 0.5), digits.x_train.mean(axis=0)):
        other = outlook.integrated_gradients(layers, x, answers, baseline=baseline)
        pairs = zip(other, shares, dark, strict=True)
        on_ink = [outlook.rank_correlation(a[None, d], b[None, d])[0] for a, b, d in pairs]
        assert 0.75 < np.mean(on_ink) < 0.95
    for k, least, most in ((1, 0.55, 0.88), (2, 0.55, 0.78), (3, 0.08, 0.38)):
        later = outlook.randomize_top(layers, k, rng=np.random.default_rng(seed + 1))
        guided, plain = (
            outlook.rank_correlation(*(method(n, x, answers) for n in (layers, later))).mean()
            for method in (outlook.guided_backpropagation, outlook.integrated_gradients)
        )
        assert least < guided < most
        assert abs(plain) < 0.4
