"""Tests of `mathdl.faq.objectives`."""

import numpy as np
import pytest

from mathdl.backward import numerical_gradient
from mathdl.concepts import LOSSES
from mathdl.faq import penalized, with_dropout
from mathdl.forward import Layer, forward, initialize, parameter_vector, with_parameters


@pytest.fixture
def small(rng):
    layers = initialize([4, 6, 5, 3], hidden="tanh", rng=rng)
    return layers, rng.normal(size=(8, 4)), rng.integers(0, 3, 8)


def slope_by_parameters(objective, layers, x, y):
    def value(vector):
        return objective()(with_parameters(layers, vector), x, y)[0]

    return numerical_gradient(value, parameter_vector(layers))


def test_a_penalty_adds_its_slope_to_weights_only(small):
    layers, x, y = small
    value, gradients = penalized("cross_entropy", l1=0.03, l2=0.2)(layers, x, y)
    numeric = slope_by_parameters(
        lambda: penalized("cross_entropy", l1=0.03, l2=0.2), layers, x, y
    )
    np.testing.assert_allclose(parameter_vector(gradients), numeric, atol=1e-7)
    plain = LOSSES["cross_entropy"].function(forward(layers, x).output, y)
    added = sum(
        0.03 * np.abs(each.weights).sum() + 0.1 * (each.weights**2).sum() for each in layers
    )
    assert value == pytest.approx(plain + added)


@pytest.mark.parametrize("keep", [0.5, 1.0])
def test_gradients_through_dropout_are_those_of_the_masked_network(small, keep):
    layers, x, y = small

    def objective():  # the same masks at each call
        return with_dropout("cross_entropy", keep, rng=np.random.default_rng(7))

    _, gradients = objective()(layers, x, y)
    numeric = slope_by_parameters(objective, layers, x, y)
    np.testing.assert_allclose(parameter_vector(gradients), numeric, atol=1e-7)


def test_the_slope_of_an_absolute_weight_at_0_counts_as_0():
    layers, x, target = [Layer([[0.0, 2.0]], [0.0])], np.ones((1, 2)), np.ones((1, 1))
    _, plain = penalized("mean_squared_error")(layers, x, target)
    _, added = penalized("mean_squared_error", l1=0.5)(layers, x, target)
    np.testing.assert_array_equal(added[0].weights - plain[0].weights, [[0, 0.5]])


@pytest.mark.parametrize("objective", ["penalty", "dropout"])
def test_objectives_keep_float32_and_diverge_without_a_warning(small, objective):
    layers, x, y = small
    objective = {
        "penalty": penalized("cross_entropy", l1=0.1, l2=0.1),
        "dropout": with_dropout("cross_entropy", 0.5, rng=np.random.default_rng(0)),
    }[objective]
    single = [
        Layer(w.weights.astype(np.float32), w.bias.astype(np.float32), w.activation)
        for w in layers
    ]
    _, gradients = objective(single, x.astype(np.float32), y)
    assert {part.dtype.name for each in gradients for part in each} == {"float32"}
    huge = [Layer(w.weights * 1e200, w.bias, "relu") for w in layers]
    assert not np.isfinite(objective(huge, x, y)[0])
