"""Does a deep network learn? Trainings that differ in how their weights were drawn."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorable.checks import Array, ArrayLike, array, checked, one_of, several, whole
from mathdl.concepts import softmax
from mathdl.datasets import load_digits
from mathdl.gradient_descent import mini_batches

WIDTH = 64
"""Inputs, and neurons of each hidden layer."""

N_DIGITS = 1000
"""Digits to learn from: few, for there are many trainings."""

BATCH_SIZE = 32
"""Digits in a batch."""

DECAY, SQUARES_DECAY = 0.9, 0.999
"""Of the momentum, and of Adam's mean of squares."""

WAYS = ("plain", "adam", "normalised", "residual")
"""How deep networks are trained, or built: as the chapter's, or with one thing changed."""

Stack = list[tuple[Array, Array]]
"""Two arrays for each layer, as a rule its weights and biases, with an axis in front that counts
the networks."""


@checked(
    gains=array("n_gains", within="(0, 1e6]"),
    rates=array("n_rates", within="(0, inf)"),
    seeds=several(whole(0, 10**9), at_least=1),
    n_hidden=whole(),
    n_epochs=whole(),
    way=one_of(WAYS),
    diverges=True,
)
def deep_accuracies(
    n_hidden: int,
    gains: ArrayLike,
    rates: ArrayLike,
    seeds: Sequence[int],
    *,
    n_epochs: int = 6,
    way: str = "plain",
) -> Array:
    """Return how many digits networks read that begin with weights of different gains.

    Parameters
    ----------
    n_hidden
        Hidden layers of 64 ReLU neurons each.
    gains
        Variance of a hidden weight times 64.
    rates
        The learning rates of descent with momentum 0.9.
    seeds
        One training per gain, rate and seed; trainings of one seed share weights up to scale,
        and the order of digits.
    n_epochs
        How often each of the 1,000 digits is seen, in batches of 32.
    way
        With ``"adam"``, that takes the place of momentum. With ``"normalised"``, the
        preactivations of each sample in a hidden layer are shifted to mean 0 and scaled to mean
        square 1 before the ReLU. With ``"residual"``, a hidden layer adds its output, divided by
        the root of the number of hidden layers, to its input.

    Returns
    -------
    ndarray, shape (n_gains, n_rates, n_seeds)
        Share of the test digits that are read right; NaN where the training overflowed.

    Notes
    -----
    In single precision. The weights of the output layer have variance 1/64, whatever the gain.
    The trainings of one seed run side by side, one in each matrix of a stack.

    Examples
    --------
    >>> bool(deep_accuracies(1, [2.0], [0.01], [0], n_epochs=2) > 0.7)
    True
    >>> deep_accuracies(30, [4.0], [0.01], [0], n_epochs=1)
    array([[[nan]]])
    """
    found = [_accuracies(n_hidden, gains, rates, seed, n_epochs, way) for seed in seeds]
    return np.stack(found, axis=-1).reshape(len(gains), len(rates), len(seeds))


def _accuracies(
    n_hidden: int, gains: Array, rates: Array, seed: int, n_epochs: int, way: str
) -> Array:
    """Train one network for each gain and rate, and return what share each reads right."""
    digits, rng = load_digits(), np.random.default_rng(seed)
    x, target = digits.x_train[:N_DIGITS].astype(np.float32), digits.y_train[:N_DIGITS]
    gain, rate = (each.reshape(-1, 1, 1) for each in np.meshgrid(gains, rates, indexing="ij"))
    variances = [gain / WIDTH] * n_hidden + [np.full_like(gain, 1 / WIDTH)]
    sizes = [WIDTH] * n_hidden + [10]
    layers = [
        (
            (np.sqrt(variance) * rng.standard_normal((n_out, WIDTH))).astype(np.float32),
            np.zeros((len(gain), 1, n_out), np.float32),
        )
        for variance, n_out in zip(variances, sizes, strict=True)
    ]
    accuracies = np.full(len(gain), np.nan)
    with np.errstate(all="ignore"):
        kept, layers = _trained(layers, x, target, rate.astype(np.float32), n_epochs, rng, way)
        *_, logits = _passed(layers, digits.x_test.astype(np.float32), way)
    right = np.mean(logits.argmax(axis=-1) == digits.y_test, axis=-1)
    accuracies[kept] = np.where(np.isfinite(logits).all(axis=(1, 2)), right, np.nan)
    return accuracies


def _trained(
    layers: Stack,
    x: Array,
    target: npt.NDArray[np.integer[Any]],
    rate: Array,
    n_epochs: int,
    rng: np.random.Generator,
    way: str,
) -> tuple[npt.NDArray[np.intp], Stack]:
    """Train each network of a stack as `mathdl.gradient_descent.train` does.

    Those that have overflowed are left out of the next epoch. Returned are the numbers of the
    others, and their layers.
    """
    kept, one_hot, time = np.arange(len(rate)), np.eye(10, dtype=np.float32), 0
    velocities, squares = (
        [(np.zeros_like(weights), np.zeros_like(bias)) for weights, bias in layers]
        for _ in range(2)
    )
    for _ in range(n_epochs):
        sound = np.isfinite(layers[-1][0]).all(axis=(1, 2))
        kept, rate = kept[sound], rate[sound]
        layers, velocities, squares = (
            [(weights[sound], bias[sound]) for weights, bias in stack]
            for stack in (layers, velocities, squares)
        )
        for batch, labels in mini_batches.plain(x, target, BATCH_SIZE, rng=rng):
            inputs, received, logits = _passed(layers, batch, way)
            upstream = (softmax.plain(logits) - one_hot[labels]) / np.float32(len(batch))
            if way != "adam":  # with the rate in it, all gradients have it, and the velocities
                upstream *= rate
            time += 1
            gradients = _gradients(layers, inputs, received, upstream, way)
            for parts in zip(layers, velocities, squares, gradients, strict=True):
                for part, v, square, step in zip(*parts, strict=True):
                    v *= DECAY
                    if way != "adam":
                        v += step
                        part -= v
                        continue
                    v += (1 - DECAY) * step
                    square *= SQUARES_DECAY
                    square += (1 - SQUARES_DECAY) * step**2
                    spread = np.sqrt(square / (1 - SQUARES_DECAY**time)) + 1e-8
                    part -= rate / (1 - DECAY**time) * v / spread
    return kept, layers


def _passed(layers: Stack, x: Array, way: str) -> tuple[list[Array], Stack, Array]:
    """Return the input of each layer of a stack of networks, what its ReLUs receive, the logits.

    Beside what ReLUs receive stands by what it was divided.
    """
    inputs, share = [x], np.float32((len(layers) - 1) ** -0.5)
    received: Stack = []
    for weights, bias in layers[:-1]:
        z = inputs[-1] @ weights.transpose(0, 2, 1)
        z += bias
        spread: Array = np.ones(1, np.float32)
        if way == "normalised":
            z -= z.mean(axis=-1, keepdims=True)
            spread = np.sqrt((z**2).mean(axis=-1, keepdims=True) + np.float32(1e-5))
            z /= spread
        received.append((z, spread))
        a = np.maximum(z, 0)
        inputs.append(inputs[-1] + share * a if way == "residual" else a)
    weights, bias = layers[-1]
    return inputs, received, inputs[-1] @ weights.transpose(0, 2, 1) + bias


def _gradients(
    layers: Stack, inputs: list[Array], received: Stack, upstream: Array, way: str
) -> Stack:
    """Go back through a stack of networks: the gradients of all weights and biases."""
    found: Stack = []
    share = np.float32(len(received) ** -0.5)
    past = upstream  # with a residual connection, what goes past the layer
    for number in reversed(range(len(layers))):
        if number < len(received):
            z, spread = received[number]
            past, upstream = upstream, upstream * (z > 0)
            if way == "residual":
                upstream *= share
            if way == "normalised":
                along = (upstream * z).mean(axis=-1, keepdims=True)
                upstream -= upstream.mean(axis=-1, keepdims=True) + z * along
                upstream /= spread
        found.append(
            (upstream.transpose(0, 2, 1) @ inputs[number], upstream.sum(axis=1, keepdims=True))
        )
        upstream = upstream @ layers[number][0]
        if way == "residual" and number < len(received):
            upstream += past
    return found[::-1]
