"""Renumbered and equal units, escapes by noise, and trials of many learning rates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl import gradient_descent as gd
from mathdl.datasets import load_digits
from mathdl.experiments import gradient_descent as experiments
from mathdl.forward import Layer, forward, initialize


@given(sizes=st.lists(st.integers(1, 6), min_size=2, max_size=5), n=st.integers(1, 4))
def test_a_renumbered_network_computes_the_same(sizes, n):
    rng = np.random.default_rng(0)
    layers = initialize(sizes, rng=rng)
    orders = [rng.permutation(size) for size in sizes[1:-1]]
    x = rng.normal(size=(n, sizes[0]))
    copy = gd.permute_units(layers, orders)
    np.testing.assert_allclose(forward(copy, x).output, forward(layers, x).output, atol=1e-12)


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        ([], "one permutation for each of the 1 hidden layers"),
        ([[0, 1]], r"orders\[0\] must be a permutation of the numbers from 0 to 2"),
        ([[0, 1, 1]], r"orders\[0\] must be a permutation"),
        ([3], r"orders\[0\] must be a permutation"),
        ([[[0, 1, 2]]], r"^orders\[0\] must have shape \(3,\)"),
        ([[[0], [1, 2]]], r"^orders\[0\] must be"),
    ],
)
def test_renumbered_refuses(orders, message):
    layers = initialize([2, 3, 1], rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match=message):
        gd.permute_units(layers, orders)


def test_alike_keeps_shapes_and_activations():
    layers = initialize([2, 3, 1], rng=np.random.default_rng(0))
    for made, layer in zip(gd.constant_init(layers, -0.5), layers, strict=True):
        assert made.weights.shape == layer.weights.shape
        assert made.activation == layer.activation
        assert (made.weights == -0.5).all()
        assert (made.bias == 0).all()
    largest = np.finfo("float64").max
    assert (gd.constant_init(layers, largest)[0].weights == largest).all()
    with pytest.raises(ValueError, match="weight must"):
        gd.constant_init([Layer([[1.0]], [0.0], "relu")], np.nan)
    narrow = [Layer(np.ones((1, 1), np.float32), np.zeros(1, np.float32), "relu")]
    with pytest.raises(ValueError, match=r"weight must be at most 3\.4\d*e\+38 in size"):
        gd.constant_init(narrow, 1e39)


def test_noisy_escape_by_hand():
    # q = 2: after k steps the variance is σ²(4ᵏ − 1)/3 with η = 1, that is 1 for σ² = ⅕, k = 2.
    assert gd.noisy_escape_time(1.0, -1.0, 5**-0.5) == pytest.approx(2)


@given(rate=st.floats(0.01, 1), curvature=st.floats(-3, -0.1), noise=st.floats(1e-6, 1))
def test_less_noise_escapes_later_by_a_summand(rate, curvature, noise):
    first, second = gd.noisy_escape_time(rate, curvature, [noise, noise / 1e3])
    assert second > first
    assert second - first <= np.log(1e3) / np.log1p(-rate * curvature) + 1e-9


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.0, -1.0, 0.1), "learning_rate must be greater than 0"),
        ((0.1, 1.0, 0.1), "curvature must be greater than 0"),
        ((0.1, -1.0, 0.0), "noise must be greater than 0"),
    ],
)
def test_noisy_escape_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        gd.noisy_escape_time(*arguments)


@pytest.mark.parametrize("rule", gd.OPTIMIZERS.values())
def test_lowest_loss_is_that_of_the_best_single_descent(rule):
    surface, start, rates = gd.SURFACES["beale"], np.array([1.0, 1.0]), [0.001, 0.01, 0.5, 50.0]
    ends = [gd.descend(surface.gradient, start, rule(rate), 40)[-1] for rate in rates]
    values = [surface.value(end) for end in ends]
    found = experiments.lowest_loss(surface, start, rule, rates=rates, n_steps=40)
    assert found == pytest.approx(np.nanmin(values))


def test_lowest_loss_is_infinite_if_all_diverge_and_refuses_bad_rates():
    surface = gd.SURFACES["rosenbrock"]
    settings = {"rates": [1e3], "n_steps": 200}
    assert experiments.lowest_loss(surface, [1.5, -1.0], gd.gradient_descent, **settings) == np.inf
    with pytest.raises(ValueError, match="rates must be greater than 0"):
        experiments.lowest_loss(surface, [0.0, 0.0], gd.adam, rates=[-1.0], n_steps=1)
    with pytest.raises(ValueError, match="start must have shape"):
        experiments.lowest_loss(surface, [0.0], gd.adam, rates=[1.0], n_steps=1)


def test_digits_errors_depend_on_the_seed_alone():
    errors = experiments.digits_errors([0.1], [3, 4, 3], n_epochs=1, n_jobs=1)[0]
    assert errors[0] == errors[2] != errors[1]
    assert experiments.digits_errors([0.1], [4], n_epochs=1, n_jobs=1)[0, 0] == errors[1]


def test_digits_errors_are_those_of_trainings_in_batches_of_32():
    digits, rng = load_digits(), np.random.default_rng(3)
    layers = gd.train(
        initialize(experiments.DIGITS_SIZES, rng=rng),
        digits.x_train,
        digits.y_train,
        loss="cross_entropy",
        optimizer=gd.gradient_descent(0.05),
        n_epochs=1,
        batch_size=32,
        rng=rng,
    ).layers
    wrong = 1 - gd.accuracy(layers, digits.x_test, digits.y_test)
    found = experiments.digits_errors([0.05], [3], n_epochs=1, n_jobs=1)
    assert found[0, 0] == pytest.approx(100 * wrong)


def test_digits_errors_are_a_u():
    errors = experiments.digits_errors([1e-4, 0.1, 100.0], [0, 1], n_epochs=1, n_jobs=1)
    assert errors.shape == (3, 2)
    assert (errors[1] < 20).all()
    assert (errors[0] > 2 * errors[1]).all()
    assert (errors[2] > 80).all()
    with pytest.raises(ValueError, match="rates must be greater than 0"):
        experiments.digits_errors([0.0], [0])
    with pytest.raises(ValueError, match="n_epochs must be"):
        experiments.digits_errors([0.1], [0], n_epochs=0)
