"""A curve learned from many starts at a time."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from explorable.checks import Array
from explorable.trace import repeat
from mathdl.forward import Layer

DECAY1, DECAY2, EPSILON = 0.9, 0.999, 1e-8
"""Of Adam, as in `mathdl.gradient_descent.adam`."""

STEPS = (200, 500, 2000, 5000, 20_000, 50_000, 100_000)
"""After how many steps the errors of `SLOWNESS` were taken."""

SLOWNESS = {
    0.0003: (0.698, 0.694, 0.684, 0.658, 0.413, 0.17, 0.065),
    0.001: (0.693, 0.687, 0.655, 0.538, 0.214, 0.163, 0.16),
    0.003: (0.686, 0.671, 0.575, 0.422, 0.233),
    0.01: (0.671, 0.63, 0.493, 0.363),
}
"""
The error of 64 units on eight waves after `STEPS`, by learning rate: the median over starts 0 to 6
of what `on_the_way` returns. Later errors at 0.003 and 0.01, and those at larger rates, depend on
rounding.
"""

Network = tuple[Layer, ...]
Parts = tuple[Array, ...]
State = tuple[Parts, Parts, Parts, float]


def descend_all(
    starts: Sequence[Network], x: Array, target: Array, n_steps: int, learning_rate: float
) -> tuple[Network, ...]:
    """Train networks of one hidden ReLU layer side by side, with Adam on all samples.

    Parameters
    ----------
    starts : sequence of tuple of Layer
        Networks of one shape.
    x : ndarray (n_samples, n_in)
        Inputs.
    target : ndarray (n_samples, 1)
        Wanted outputs.
    n_steps, learning_rate
        Of Adam on the mean squared error.

    Returns
    -------
    tuple of tuple of Layer
        The trained networks, in the order of the starts.
    """
    if not starts:
        return ()
    first = [np.stack(parts) for parts in zip(*map(parts_of, starts), strict=True)]
    state = repeat(adam_step, at_rest(first), n_steps, with_ones(x), target.T, learning_rate)
    return tuple(
        (Layer(a[:, :-1], a[:, -1], "relu"), Layer(v, c[:, 0]))
        for a, v, c in zip(*state[0], strict=True)
    )


def on_the_way(
    starts: Sequence[Network], x: Array, target: Array, steps: Sequence[int], learning_rate: float
) -> Array:
    """Return root mean square errors after so many steps, a row for each number of steps."""
    first = [np.stack(parts) for parts in zip(*map(parts_of, starts), strict=True)]
    state, inputs, found = at_rest(first), with_ones(x), []
    for before, after in pairwise([0, *steps]):
        state = repeat(adam_step, state, after - before, inputs, target.T, learning_rate)
        misses = outputs(state[0], inputs) - target.T
        found.append(np.sqrt((misses**2).mean(axis=(1, 2))))
    return np.array(found)


def parts_of(network: Network) -> Parts:
    """Return hidden weights with their biases, output weights, and the output's bias."""
    hidden, output = network
    return (
        np.column_stack([hidden.weights, hidden.bias]),
        output.weights,
        output.bias[:, np.newaxis],
    )


def with_ones(x: Array) -> Array:
    """Return samples (n, d) as columns, with a last input of 1, which carries the biases."""
    return np.vstack([x.T, np.ones(len(x))])


def at_rest(parts: Sequence[Array]) -> State:
    """Return the state in which Adam begins."""
    zeros = tuple(np.zeros_like(part) for part in parts)
    return tuple(parts), zeros, zeros, 0.0


def outputs(parts: Parts, inputs: Array) -> Array:
    """Return what networks answer, a row for each."""
    hidden, output, offset = parts
    return output @ np.maximum(hidden @ inputs, 0) + offset


def adam_step(state: State, inputs: Array, wanted: Array, learning_rate: float) -> State:
    """Take a step of Adam on the mean squared error of all samples."""
    (hidden, output, offset), means, squares, k = state
    h = np.maximum(hidden @ inputs, 0)
    upstream = 2 / wanted.size * (output @ h + offset - wanted)
    gradients = (
        (np.swapaxes(output, -1, -2) * upstream * (h > 0)) @ inputs.T,
        upstream @ np.swapaxes(h, -1, -2),
        upstream.sum(axis=-1, keepdims=True),
    )
    means = tuple(DECAY1 * m + (1 - DECAY1) * g for m, g in zip(means, gradients, strict=True))
    squares = tuple(
        DECAY2 * s + (1 - DECAY2) * g**2 for s, g in zip(squares, gradients, strict=True)
    )
    k = k + 1
    small = np.sqrt(1 - DECAY2**k)
    rate = learning_rate * small / (1 - DECAY1**k)
    parts = tuple(
        part - rate * m / (np.sqrt(s) + EPSILON * small)
        for part, m, s in zip(state[0], means, squares, strict=True)
    )
    return parts, means, squares, k
