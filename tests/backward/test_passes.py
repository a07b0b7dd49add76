"""Tests of `mathdl.backward.passes`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.backward import backward, check_gradient, loss_and_gradients
from mathdl.concepts import ACTIVATIONS, LOSSES
from mathdl.forward import Layer, forward, initialize, parameter_vector, with_parameters
from tests.networks import SEEDS, SIZES, random_layers, random_target

SMOOTH = ["identity", "sigmoid", "tanh", "softplus"]


def test_two_layers_by_hand():
    # x = −3: z₁ = (−3, 3), h₁ = (0, 3), y = 2·0 + 3·3 − 1 = 8, L = (8 − 6)² = 4, ∂L/∂y = 4
    # ∂L/∂W₂ = 4·(0, 3), ∂L/∂h₁ = 4·(2, 3), gated: ∂L/∂z₁ = (0, 12), ∂L/∂W₁ = (0, 12)·(−3)
    layers = [Layer([[1], [-1]], [0, 0], "relu"), Layer([[2, 3]], [-1])]
    value, (first, second) = loss_and_gradients(layers, [[-3]], [[6]], "mean_squared_error")
    assert value == 4
    np.testing.assert_array_equal(second.weights, [[0, 12]])
    np.testing.assert_array_equal(second.bias, [4])
    np.testing.assert_array_equal(first.weights, [[0], [-36]])
    np.testing.assert_array_equal(first.bias, [0, 12])


@pytest.mark.equation("backward-direction")
@pytest.mark.parametrize("loss", list(LOSSES))
@given(seed=SEEDS, sizes=SIZES, n_samples=st.integers(1, 4))
def test_gradients_of_random_networks_agree_along_random_directions(loss, seed, sizes, n_samples):
    rng = np.random.default_rng(seed)
    layers = random_layers(sizes, rng, names=SMOOTH)
    x, target = (
        rng.normal(size=(n_samples, sizes[0])),
        random_target(loss, rng, (n_samples, sizes[-1])),
    )
    value, gradients = loss_and_gradients(layers, x, target, loss)
    assert value == pytest.approx(LOSSES[loss].function(forward(layers, x).output, target))
    check = check_gradient(
        lambda v: loss_and_gradients(with_parameters(layers, v), x, target, loss)[0],
        parameter_vector(gradients),
        parameter_vector(layers),
        tolerance=1e-5,
        directions=3,
        rng=rng,
    )
    assert check, check


@pytest.mark.equation("backward-activation")
@pytest.mark.parametrize("hidden", list(ACTIVATIONS))
def test_every_entry_of_every_gradient(hidden):
    rng = np.random.default_rng(4)
    layers = initialize([5, 4, 3], hidden=hidden, rng=rng)
    x, y = rng.normal(size=(6, 5)), rng.integers(0, 3, 6)
    check = check_gradient(
        lambda v: loss_and_gradients(with_parameters(layers, v), x, y, "cross_entropy")[0],
        lambda v: parameter_vector(
            loss_and_gradients(with_parameters(layers, v), x, y, "cross_entropy")[1]
        ),
        parameter_vector(layers),
    )
    assert check, check


@given(seed=SEEDS, sizes=SIZES, n_samples=st.integers(2, 5))
def test_the_gradient_of_a_batch_is_the_mean_over_its_samples(seed, sizes, n_samples):
    rng = np.random.default_rng(seed)
    layers, x = random_layers(sizes, rng), rng.normal(size=(n_samples, sizes[0]))
    y = rng.integers(0, sizes[-1], n_samples)
    whole = parameter_vector(loss_and_gradients(layers, x, y, "cross_entropy")[1])
    parts = [
        parameter_vector(
            loss_and_gradients(layers, x[i : i + 1], y[i : i + 1], "cross_entropy")[1]
        )
        for i in range(n_samples)
    ]
    np.testing.assert_allclose(np.mean(parts, axis=0), whole, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("function", [backward, backward.plain])
def test_a_gradient_in_x_that_would_overflow_is_not_computed(function):
    layers = [Layer([[1e200]], [0.0])]
    passed = forward(layers, [[1e-200]])
    (gradients,) = function(layers, passed, np.array([[1e200]]))
    assert gradients.weights == pytest.approx(1)


LAYERS = [Layer(np.ones((4, 3)), np.zeros(4), "tanh"), Layer(np.ones((2, 4)), np.zeros(2))]


PASSED = forward(LAYERS, np.ones((5, 3)))


@pytest.mark.parametrize(
    ("layers", "passed", "message"),
    [
        (LAYERS, None, r"forward_pass must be what forward\(layers, x\) returned"),
        (LAYERS[:1], PASSED, r"forward_pass must be what forward\(layers, x\)"),
        (
            [Layer(np.ones((4, 2)), np.zeros(4)), LAYERS[1]],
            PASSED,
            r"forward_pass\.inputs\[0\] must have shape \(5, 2\), but its shape is \(5, 3\)",
        ),
        (
            LAYERS,
            PASSED._replace(preactivations=(PASSED.preactivations[0].T, *PASSED[1][1:])),
            r"forward_pass\.preactivations\[0\] must have shape \(5, 4\)",
        ),
        (
            LAYERS,
            PASSED._replace(output=PASSED.output[:, :1]),
            r"forward_pass\.output must have shape \(n_samples, 2\), but its shape is \(5, 1\)",
        ),
    ],
)
def test_what_is_no_forward_pass_is_refused(layers, passed, message):
    with pytest.raises(ValueError, match=message):
        backward(layers, passed, np.ones((5, 2)))


@pytest.mark.parametrize(
    ("loss", "target", "message"),
    [
        ("cross_entropy", [2] * 5, "target must lie in 0"),
        ("mean_squared_error", np.ones(5), "target must have shape"),
        ("binary_cross_entropy", 2 * np.ones((5, 2)), "target must lie in"),
    ],
)
def test_targets_that_a_loss_does_not_take_are_refused(loss, target, message):
    with pytest.raises(ValueError, match=message):
        loss_and_gradients(LAYERS, np.ones((5, 3)), target, loss)
