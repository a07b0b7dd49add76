"""Tests of `mathdl.backward.passes`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.backward import (
    AffineGradients,
    LayerGradients,
    Node,
    affine_backward,
    backward,
    check_gradient,
    loss_and_gradients,
)
from mathdl.concepts import ACTIVATIONS, LOSSES
from mathdl.forward import (
    Layer,
    affine,
    forward,
    initialize,
    parameter_vector,
    with_parameters,
)
from tests.networks import random_layers

SEEDS = st.integers(0, 2**32 - 1)


SIZES = st.lists(st.integers(1, 4), min_size=2, max_size=4)


SMOOTH = ["identity", "sigmoid", "tanh", "softplus"]


def random_target(loss, rng, shape):
    if loss == "cross_entropy":
        return rng.integers(0, shape[1], shape[0])
    return rng.random(shape)


def test_affine_backward_by_hand():
    # G = [[1, 2], [0, −1]], x = [[3], [4]], W = [[5], [7]]:
    # G W = [[5 + 14], [−7]], Gᵀ x = [[3], [6 − 4]], the rows of G add up to (1, 1)
    gradients = affine_backward([[1, 2], [0, -1]], [[3], [4]], [[5], [7]])
    assert isinstance(gradients, AffineGradients)
    np.testing.assert_array_equal(gradients.x, [[19], [-7]])
    np.testing.assert_array_equal(gradients.weights, [[3], [2]])
    np.testing.assert_array_equal(gradients.bias, [1, 1])


@given(seed=SEEDS, n_samples=st.integers(1, 4), n_in=st.integers(1, 4), n_out=st.integers(1, 4))
def test_affine_backward_agrees_along_random_directions(seed, n_samples, n_in, n_out):
    # ⟨G, affine⟩ is linear in each argument: a difference of any length is exact but for rounding
    rng = np.random.default_rng(seed)
    arguments = [rng.normal(size=s) for s in [(n_samples, n_in), (n_out, n_in), n_out]]
    upstream = rng.normal(size=(n_samples, n_out))
    gradients = affine_backward(upstream, *arguments[:2])
    for number, gradient in enumerate(gradients):
        direction = rng.normal(size=gradient.shape)
        moved = list(arguments)
        moved[number] = arguments[number] + direction
        change = np.vdot(upstream, affine(*moved) - affine(*arguments))
        assert change == pytest.approx(np.vdot(gradient, direction), rel=1e-9, abs=1e-11)


@pytest.mark.parametrize(
    ("upstream", "x", "weights", "message"),
    [
        (
            np.ones((2, 9)),
            np.ones((2, 3)),
            np.ones((10, 3)),
            r"upstream must have shape \(2, 10\)",
        ),
        (
            np.ones((1, 10)),
            np.ones((2, 3)),
            np.ones((10, 3)),
            r"upstream must have shape \(2, 10\)",
        ),
        (np.ones(10), np.ones((2, 3)), np.ones((10, 3)), r"upstream must have shape \(2, 10\)"),
        (
            np.ones((2, 10)),
            np.ones((2, 4)),
            np.ones((10, 3)),
            r"x must have shape \(n_samples, 3\)",
        ),
        (
            np.ones((2, 10)),
            np.ones((2, 3)),
            np.ones(3),
            r"weights must have shape \(n_out, n_in\)",
        ),
        (np.ones((0, 10)), np.ones((0, 3)), np.ones((10, 3)), "x must hold at least one number"),
        (np.full((2, 10), np.nan), np.ones((2, 3)), np.ones((10, 3)), "upstream must hold finite"),
    ],
)
def test_affine_backward_refuses(upstream, x, weights, message):
    with pytest.raises(ValueError, match=message):
        affine_backward(upstream, x, weights)


def test_the_article_s_case():
    # L = Σ relu(z)² for 2 samples, 3 inputs, 10 neurons: ∂L/∂W = (2a ⊙ 1[z > 0])ᵀ x
    rng = np.random.default_rng(0)
    x, layer = (
        rng.normal(size=(2, 3)),
        Layer(rng.normal(size=(10, 3)), rng.normal(size=10), "relu"),
    )
    passed = forward([layer], x)
    (gradients,) = backward([layer], passed, 2 * passed.output)
    for i in range(10):
        for j in range(3):
            paths = [
                2 * max(z[i], 0) * row[j]
                for z, row in zip(passed.preactivations[0], x, strict=True)
            ]
            assert gradients.weights[i, j] == pytest.approx(sum(paths))
    np.testing.assert_allclose(gradients.bias, (2 * passed.output).sum(axis=0))
    check = check_gradient(
        lambda w: (forward([Layer(w, layer.bias, "relu")], x).output ** 2).sum(),
        gradients.weights,
        layer.weights,
    )
    assert check, check


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


@given(seed=SEEDS, sizes=SIZES, n_samples=st.integers(1, 3))
def test_the_scalar_graph_computes_the_same_gradients(seed, sizes, n_samples):
    rng = np.random.default_rng(seed)
    layers, x = (
        random_layers(sizes, rng, names=["relu", *SMOOTH]),
        rng.normal(size=(n_samples, sizes[0])),
    )
    y = rng.integers(0, sizes[-1], n_samples)
    value, gradients = loss_and_gradients(layers, x, y, "cross_entropy")
    parameters = [Node(p) for p in parameter_vector(layers)]
    loss = cross_entropy_of_scalars(layers, parameters, x, y)
    loss.backward()
    assert loss.value == pytest.approx(value)
    np.testing.assert_allclose(
        [p.adjoint for p in parameters], parameter_vector(gradients), rtol=1e-9, atol=1e-12
    )


def cross_entropy_of_scalars(layers, parameters, x, y):
    """Do the network's arithmetic number by number, with nodes or duals for parameters."""
    total = 0.0
    for row, label in zip(x, y, strict=True):
        left, h = iter(parameters), list(row)
        for layer in layers:
            n_out, n_in = layer.weights.shape
            weights = [[next(left) for _ in range(n_in)] for _ in range(n_out)]
            z = [
                sum(w * each for w, each in zip(neuron, h, strict=True)) + next(left)
                for neuron in weights
            ]
            h = (
                z
                if layer.activation == "identity"
                else [getattr(each, layer.activation)() for each in z]
            )
        total = total + sum(each.exp() for each in h).log() - h[label]
    return total / len(x)


def test_backward_changes_nothing_and_takes_any_memory_layout():
    rng = np.random.default_rng(0)
    layers, wide = random_layers([3, 4, 2], rng), rng.normal(size=(6, 6))
    y = np.array([0, 1, 1])
    for array in (wide, y):
        array.flags.writeable = False
    before = wide.copy()
    value, gradients = loss_and_gradients(layers, wide[::2, ::-2], y, "cross_entropy")
    np.testing.assert_array_equal(wide, before)
    again, copied = loss_and_gradients(layers, wide[::2, ::-2].copy(), y, "cross_entropy")
    assert value == pytest.approx(again)
    np.testing.assert_allclose(parameter_vector(gradients), parameter_vector(copied), rtol=1e-12)
    passed = forward(layers, before[::2, ::-2])
    upstream = np.ones((3, 2))
    kept = [array.copy() for array in (*passed.inputs, *passed.preactivations, passed.output)]
    backward(layers, passed, upstream)
    np.testing.assert_array_equal(upstream, 1)
    for array, copy in zip(
        (*passed.inputs, *passed.preactivations, passed.output), kept, strict=True
    ):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("loss", list(LOSSES))
def test_float32_stays_float32(loss):
    rng = np.random.default_rng(0)
    layers = random_layers([3, 4, 2], rng, dtype=np.float32)
    x, target = rng.normal(size=(5, 3)).astype(np.float32), random_target(loss, rng, (5, 2))
    target = target if loss == "cross_entropy" else target.astype(np.float32)
    value, gradients = loss_and_gradients(layers, x, target, loss)
    assert value.dtype == np.float32
    assert {array.dtype for layer in gradients for array in layer} == {np.dtype(np.float32)}
    wide, _ = loss_and_gradients(layers, x.astype(np.float64), target, loss)
    assert wide.dtype == np.float64


@pytest.mark.parametrize("loss", list(LOSSES))
def test_the_plain_functions_are_the_same(loss):
    rng = np.random.default_rng(0)
    layers, x = random_layers([3, 4, 2], rng), rng.normal(size=(5, 3))
    target = random_target(loss, rng, (5, 2))
    value, gradients = loss_and_gradients(layers, x, target, loss)
    again, unchecked = loss_and_gradients.plain(layers, x, target, loss)
    assert value == again
    np.testing.assert_array_equal(parameter_vector(gradients), parameter_vector(unchecked))
    passed = forward(layers, x)
    upstream = LOSSES[loss].gradient(passed.output, target)
    for result in (
        backward(layers, passed, upstream),
        backward.plain(layers, passed, upstream),
    ):
        assert all(isinstance(each, LayerGradients) for each in result)
        np.testing.assert_allclose(
            parameter_vector(result), parameter_vector(gradients), rtol=1e-12
        )


@pytest.mark.parametrize("function", [backward, backward.plain])
def test_a_gradient_in_x_that_would_overflow_is_not_computed(function):
    layers = [Layer([[1e200]], [0.0])]
    passed = forward(layers, [[1e-200]])
    (gradients,) = function(layers, passed, np.array([[1e200]]))
    assert gradients.weights == pytest.approx(1)


LAYERS = [Layer(np.ones((4, 3)), np.zeros(4), "tanh"), Layer(np.ones((2, 4)), np.zeros(2))]


PASSED = forward(LAYERS, np.ones((5, 3)))


@pytest.mark.parametrize(
    ("layers", "passed", "upstream", "message"),
    [
        ([], PASSED, np.ones((5, 2)), "layers must be a list of at least one Layer"),
        (
            LAYERS,
            None,
            np.ones((5, 2)),
            r"forward_pass must be what forward\(layers, x\) returned",
        ),
        (LAYERS[:1], PASSED, np.ones((5, 4)), r"forward_pass must be what forward\(layers, x\)"),
        (LAYERS, PASSED, np.ones((5, 3)), r"output_gradient must have shape \(5, 2\)"),
        (LAYERS, PASSED, np.ones((4, 2)), r"output_gradient must have shape \(5, 2\)"),
        (LAYERS, PASSED, np.full((5, 2), np.nan), "output_gradient must hold finite numbers"),
        (
            [Layer(np.ones((4, 2)), np.zeros(4)), LAYERS[1]],
            PASSED,
            np.ones((5, 2)),
            r"forward_pass\.inputs\[0\] must have shape \(5, 2\), but its shape is \(5, 3\)",
        ),
        (
            LAYERS,
            PASSED._replace(preactivations=(PASSED.preactivations[0].T, *PASSED[1][1:])),
            np.ones((5, 2)),
            r"forward_pass\.preactivations\[0\] must have shape \(5, 4\)",
        ),
        (
            LAYERS,
            PASSED._replace(output=PASSED.output[:, :1]),
            np.ones((5, 1)),
            r"forward_pass\.output must have shape \(n_samples, 2\), but its shape is \(5, 1\)",
        ),
    ],
)
def test_backward_refuses(layers, passed, upstream, message):
    with pytest.raises(ValueError, match=message):
        backward(layers, passed, upstream)


@pytest.mark.parametrize(
    ("layers", "x", "target", "loss", "message"),
    [
        ([], np.ones((5, 3)), [0] * 5, "cross_entropy", "layers must be a list"),
        (LAYERS, np.ones((5, 2)), [0] * 5, "cross_entropy", r"x must have shape \(n_samples, 3\)"),
        (LAYERS, np.ones((0, 3)), [], "cross_entropy", "x must hold at least one number"),
        (LAYERS, np.full((5, 3), np.inf), [0] * 5, "cross_entropy", "x must hold finite numbers"),
        (LAYERS, np.ones((5, 3)), [0] * 4, "cross_entropy", r"target must have shape \(5,\)"),
        (LAYERS, np.ones((5, 3)), [2] * 5, "cross_entropy", "target must lie in 0"),
        (LAYERS, np.ones((5, 3)), np.ones(5), "mean_squared_error", "target must have shape"),
        (
            LAYERS,
            np.ones((5, 3)),
            2 * np.ones((5, 2)),
            "binary_cross_entropy",
            "target must lie in",
        ),
        (LAYERS, np.ones((5, 3)), [0] * 5, "hinge", "loss must be one of 'mean_squared_error'"),
        (LAYERS, np.ones((5, 3)), [0] * 5, LOSSES["cross_entropy"], "loss must be one of"),
    ],
)
def test_loss_and_gradients_refuses(layers, x, target, loss, message):
    with pytest.raises(ValueError, match=message):
        loss_and_gradients(layers, x, target, loss)
