"""Does a deep network learn? Trainings that differ in how their weights were drawn."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorable.checks import Array, ArrayLike, array, checked, several, whole
from mathdl.concepts import softmax
from mathdl.datasets import load_digits
from mathdl.gradient_descent import mini_batches

WIDTH = 64
"""Inputs, and neurons of each hidden layer."""

N_DIGITS = 1000
"""Digits to learn from: few, for there are many trainings."""

DECAY = 0.9
"""Of the momentum."""

Stack = list[tuple[Array, Array]]
"""Weights and biases of each layer, each with an axis in front that counts the networks."""


@checked(
    gains=array("n_gains", within="(0, 1e6]"),
    rates=array("n_rates", within="(0, inf)"),
    seeds=several(whole(0, 10**9), at_least=1),
    n_hidden=whole(),
    n_epochs=whole(),
    diverges=True,
)
def deep_accuracies(
    n_hidden: int,
    gains: ArrayLike,
    rates: ArrayLike,
    seeds: Sequence[int],
    *,
    n_epochs: int = 6,
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
    found = [_accuracies(n_hidden, gains, rates, seed, n_epochs) for seed in seeds]
    return np.stack(found, axis=-1).reshape(len(gains), len(rates), len(seeds))


def _accuracies(n_hidden: int, gains: Array, rates: Array, seed: int, n_epochs: int) -> Array:
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
        kept, layers = _trained(layers, x, target, rate.astype(np.float32), n_epochs, rng)
        *_, logits = _passed(layers, digits.x_test.astype(np.float32))
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
) -> tuple[npt.NDArray[np.intp], Stack]:
    """Train each network of a stack as `mathdl.gradient_descent.train` does.

    Those that have overflowed are left out of the next epoch. Returned are the numbers of the
    others, and their layers.
    """
    kept, one_hot = np.arange(len(rate)), np.eye(10, dtype=np.float32)
    velocities = [(np.zeros_like(weights), np.zeros_like(bias)) for weights, bias in layers]
    for _ in range(n_epochs):
        sound = np.isfinite(layers[-1][0]).all(axis=(1, 2))
        kept, rate = kept[sound], rate[sound]
        layers, velocities = (
            [(weights[sound], bias[sound]) for weights, bias in stack]
            for stack in (layers, velocities)
        )
        for batch, labels in mini_batches.plain(x, target, 32, rng=rng):
            *inputs, logits = _passed(layers, batch)
            # With the rate in it, all gradients have it, and the velocities.
            upstream = rate * (softmax.plain(logits) - one_hot[labels]) / np.float32(len(batch))
            for h, layer, velocity in zip(
                inputs[::-1], layers[::-1], velocities[::-1], strict=True
            ):
                steps = upstream.transpose(0, 2, 1) @ h, upstream.sum(axis=1, keepdims=True)
                upstream = upstream @ layer[0]
                upstream *= h > 0
                for part, v, step in zip(layer, velocity, steps, strict=True):
                    v *= DECAY
                    v += step
                    part -= v
    return kept, layers


def _passed(layers: Stack, x: Array) -> list[Array]:
    """Return the input of each layer of a stack of networks, and then their logits."""
    inputs = [x]
    for number, (weights, bias) in enumerate(layers, start=1):
        z = inputs[-1] @ weights.transpose(0, 2, 1)
        z += bias
        inputs.append(np.maximum(z, 0, out=z) if number < len(layers) else z)
    return inputs
