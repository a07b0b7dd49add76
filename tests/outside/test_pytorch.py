"""Values, gradients and paths agree with PyTorch's, in both precisions and at extremes."""

import numpy as np
import pytest
import torch

from mathdl import concepts
from mathdl.backward import loss_and_gradients
from mathdl.faq import dropout, dropout_backward, penalized, soft_threshold, with_dropout
from mathdl.forward import Layer, forward
from mathdl.gradient_descent import OPTIMIZERS, SURFACES, descend, train
from tests.outside import judges

DTYPES = [np.float64, np.float32]
EXTREMES = [
    0.0,
    *(sign * size for size in (1e-30, 1e-4, 1.0, 20.0, 40.0, 1e4) for sign in (1, -1)),
]


def roundings(dtype, n):
    """Return n units in the last place of 1."""
    return n * float(np.finfo(dtype).eps)


def agree(ours, theirs, n):
    """Ask for the same numbers, up to n roundings of the largest of them, in the same dtype."""
    theirs = theirs.detach().numpy() if isinstance(theirs, torch.Tensor) else theirs
    assert ours.dtype == theirs.dtype
    largest = np.abs(theirs).max() if theirs.size else 0
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=roundings(ours.dtype, n) * largest)


def random_network(rng, dtype, n_out=None):
    """Draw layers, 1 to 5 deep, with activations by lot, and samples for them."""
    widths = rng.integers(1, 13, rng.integers(2, 7))
    widths[-1] = n_out or widths[-1]
    names = rng.choice(list(concepts.ACTIVATIONS), len(widths) - 1)
    layers = [
        Layer(
            (rng.normal(size=(wide, narrow)) / np.sqrt(narrow)).astype(dtype),
            rng.normal(size=wide).astype(dtype),
            str(name),
        )
        for narrow, wide, name in zip(widths, widths[1:], names, strict=False)
    ]
    return layers, rng.normal(size=(rng.integers(1, 9), widths[0])).astype(dtype)


def targets(rng, loss, shape, dtype):
    """Draw what a loss compares an output of this shape with: ours, and PyTorch's."""
    if loss == "cross_entropy":
        labels = rng.integers(0, shape[1], shape[0])
        return labels, torch.tensor(labels)
    drawn = rng.normal(size=shape) if loss == "mean_squared_error" else rng.integers(0, 2, shape)
    return drawn.astype(dtype), torch.tensor(drawn.astype(dtype))


def test_every_name_has_its_judge():
    assert set(judges.ACTIVATIONS) == set(concepts.ACTIVATIONS)
    assert set(judges.LOSSES) == set(concepts.LOSSES)
    assert set(judges.OPTIMIZERS) == set(OPTIMIZERS)
    assert set(judges.SURFACES) == set(SURFACES)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", concepts.ACTIVATIONS)
def test_activations_and_derivatives(name, dtype):
    # 8 roundings of each value; near 0 of 1, since autograd forms σ(1 − σ) and 1 − tanh².
    z = np.concatenate([EXTREMES, np.random.default_rng(0).normal(0, 5, 500)]).astype(dtype)
    ours = concepts.ACTIVATIONS[name]
    theirs = judges.leaf(z)
    value = judges.ACTIVATIONS[name](theirs)
    value.sum().backward()
    bounds = {"rtol": roundings(dtype, 8), "atol": roundings(dtype, 8)}
    for mine, other in ((ours.function(z), value.detach()), (ours.derivative(z), theirs.grad)):
        assert mine.dtype == dtype
        np.testing.assert_allclose(mine, other.numpy(), **bounds)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scale", [1e-3, 1.0, 30.0, 1e4])
def test_softmax_and_its_logarithm(scale, dtype):
    z = (scale * np.random.default_rng(1).normal(size=(3, 50, 7))).astype(dtype)
    agree(concepts.softmax(z), torch.softmax(torch.tensor(z), -1), 8)
    agree(concepts.log_softmax(z), torch.log_softmax(torch.tensor(z), -1), 8)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scale", [1.0, 30.0, 1e4])
@pytest.mark.parametrize("name", concepts.LOSSES)
def test_losses_and_gradients(name, scale, dtype):
    rng = np.random.default_rng(2)
    for _ in range(20):
        given = (scale * rng.normal(size=rng.integers(1, 20, 2))).astype(dtype)
        wanted, tensor = targets(rng, name, given.shape, dtype)
        theirs = judges.leaf(given)
        value = judges.LOSSES[name](theirs, tensor)
        value.backward()
        agree(concepts.LOSSES[name].function(given, wanted), value, 32)
        agree(concepts.LOSSES[name].gradient(given, wanted), theirs.grad, 16)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("loss", concepts.LOSSES)
@pytest.mark.parametrize("seed", range(40))
def test_both_passes_of_random_networks(seed, loss, dtype):
    # 1000 roundings of the largest entry: 2e-13 in float64, 1e-4 in float32.
    rng = np.random.default_rng(seed)
    layers, x = random_network(rng, dtype)
    parameters = judges.parameters_of(layers)
    output = judges.forward(parameters, [layer.activation for layer in layers], x)
    agree(forward(layers, x).output, output, 1000)
    wanted, tensor = targets(rng, loss, tuple(output.shape), dtype)
    theirs = judges.LOSSES[loss](output, tensor)
    theirs.backward()
    value, gradients = loss_and_gradients(layers, x, wanted, loss)
    # A loss of one class is 0 up to the rounding of the logits.
    scale = max(1.0, float(output.detach().abs().max()))
    assert value == pytest.approx(theirs.item(), abs=roundings(dtype, 1000) * scale**2)
    for mine, (weights, bias) in zip(gradients, parameters, strict=True):
        agree(mine.weights, weights.grad, 1000)
        agree(mine.bias, bias.grad, 1000)


RATES = {"adagrad": 0.1, "rmsprop": 0.01, "adam": 0.05}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("surface", SURFACES)
def test_paths_of_fifty_steps_from_many_starts(surface, optimizer):
    # The slopes differ by roundings, which fifty steps let grow. Where RMSProp leaps to and fro
    # across Rosenbrock's valley, a start moved by one rounding ends 3e-7 away.
    low, high = SURFACES[surface].bounds.T / 2
    starts = np.random.default_rng(3).uniform(low, high, (3, 4, 2))
    rate = RATES.get(optimizer, 2e-4)
    path = descend(SURFACES[surface].gradient, starts, OPTIMIZERS[optimizer](rate), 50)
    theirs = judges.descend(judges.SURFACES[surface], starts, optimizer, rate, 50)
    assert np.isfinite(theirs).all()
    bound = 1e-6 if (surface, optimizer) == ("rosenbrock", "rmsprop") else 1e-10
    np.testing.assert_allclose(path, theirs, rtol=0, atol=bound)


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "nesterov"])
def test_paths_that_diverge_do_so_alike(optimizer):
    starts = np.array([[-3.0, 2.0], [5.0, 0.5]])
    path = descend(SURFACES["ravine"].gradient, starts, OPTIMIZERS[optimizer](9.0), 50)
    theirs = judges.descend(judges.SURFACES["ravine"], starts, optimizer, 9.0, 50)
    assert np.abs(theirs[-1]).min() > 1e30
    np.testing.assert_allclose(path, theirs, rtol=1e-10)


def same_after_steps(trained, parameters, rule, x, loss, wanted, bound):
    """Take thirty steps with PyTorch, and ask for the same weights and biases."""
    for _ in range(30):
        rule.zero_grad()
        output = judges.forward(parameters, [each.activation for each in trained], x)
        judges.LOSSES[loss](output, torch.tensor(wanted)).backward()
        rule.step()
    for mine, (weights, bias) in zip(trained, parameters, strict=True):
        np.testing.assert_allclose(mine.weights, weights.detach(), rtol=bound, atol=bound)
        np.testing.assert_allclose(mine.bias, bias.detach(), rtol=bound, atol=bound)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_training_on_all_samples_at_once(optimizer):
    # The shuffling changes the order of sums only: 1e-9 after thirty steps.
    rng = np.random.default_rng(4)
    layers = [
        Layer(rng.normal(size=(6, 3)), rng.normal(size=6), "tanh"),
        Layer(rng.normal(size=(4, 6)), rng.normal(size=4)),
    ]
    x, labels = rng.normal(size=(20, 3)), rng.integers(0, 4, 20)
    rule = OPTIMIZERS[optimizer](0.02)
    history = train(
        layers,
        x,
        labels,
        loss="cross_entropy",
        optimizer=rule,
        n_epochs=30,
        batch_size=20,
        rng=rng,
    )
    parameters = judges.parameters_of(layers)
    flat = [tensor for pair in parameters for tensor in pair]
    theirs = judges.OPTIMIZERS[optimizer](flat, 0.02)
    same_after_steps(history.layers, parameters, theirs, x, "cross_entropy", labels, 1e-9)


def test_the_l2_penalty_is_weight_decay():
    # The two are the same rule only for plain gradients; biases go free.
    rng = np.random.default_rng(5)
    layers = [
        Layer(rng.normal(size=(5, 2)), rng.normal(size=5), "sigmoid"),
        Layer(rng.normal(size=(1, 5)), rng.normal(size=1)),
    ]
    x, wanted = rng.normal(size=(12, 2)), rng.normal(size=(12, 1))
    history = train(
        layers,
        x,
        wanted,
        loss="mean_squared_error",
        optimizer=OPTIMIZERS["momentum"](0.05),
        objective=penalized("mean_squared_error", l2=0.3),
        n_epochs=30,
        batch_size=12,
        rng=rng,
    )
    parameters = judges.parameters_of(layers)
    groups = [
        {"params": [weights for weights, _ in parameters], "weight_decay": 0.3},
        {"params": [bias for _, bias in parameters], "weight_decay": 0.0},
    ]
    theirs = judges.OPTIMIZERS["momentum"](groups, 0.05)
    same_after_steps(history.layers, parameters, theirs, x, "mean_squared_error", wanted, 1e-10)


@pytest.mark.parametrize("keep", [0.2, 0.5, 1.0])
def test_the_way_back_through_dropout(keep):
    rng = np.random.default_rng(6)
    x, upstream = rng.normal(size=(2, 30, 8))
    dropped = dropout(x, keep, rng=rng)
    theirs = judges.leaf(x)
    (theirs * torch.tensor(dropped.mask)).backward(torch.tensor(upstream))
    np.testing.assert_array_equal(dropout_backward(upstream, dropped.mask), theirs.grad)


@pytest.mark.parametrize("seed", range(20))
def test_networks_with_dropout(seed):
    rng = np.random.default_rng(seed)
    layers, x = random_network(rng, np.float64, n_out=3)
    labels = rng.integers(0, 3, len(x))
    value, gradients = with_dropout("cross_entropy", 0.6, rng=np.random.default_rng(seed))(
        layers, x, labels
    )
    masking = np.random.default_rng(seed)
    masks = [
        dropout(np.ones((len(x), len(layer.bias))), 0.6, rng=masking).mask for layer in layers[:-1]
    ]
    parameters = judges.parameters_of(layers)
    output = judges.forward(parameters, [layer.activation for layer in layers], x, masks)
    theirs = judges.LOSSES["cross_entropy"](output, torch.tensor(labels))
    theirs.backward()
    agree(value, theirs, 1000)
    for mine, (weights, bias) in zip(gradients, parameters, strict=True):
        agree(mine.weights, weights.grad, 1000)
        agree(mine.bias, bias.grad, 1000)


@pytest.mark.parametrize("threshold", [0.0, 0.3, 1e4])
def test_the_proximal_step(threshold):
    w = np.concatenate([EXTREMES, np.random.default_rng(7).normal(size=100)])
    theirs = torch.nn.functional.softshrink(torch.tensor(w), threshold)
    np.testing.assert_array_equal(soft_threshold(w, threshold), theirs)
