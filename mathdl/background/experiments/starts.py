"""A curve learned from many starts at a time, and the two things that make it slow to learn."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from explorable.checks import Array
from mathdl.background import TARGETS, best_affine_fit, hat_network, spread_network
from mathdl.forward import Layer, forward, initialize

N_STARTS = 7
"""How many starts the chapter looks at, seeds 0 to 6."""

GRID = np.linspace(0, 1, 129)[:, None]
"""Where a network is told the target's values."""

DECAY1, DECAY2, EPSILON = 0.9, 0.999, 1e-8
"""Of Adam, as in `mathdl.gradient_descent.adam`."""

WAVES = (1, 2, 3, 4)
"""Waves on [0, 1] that are fed along with x, all slower than the eight that are to be learned."""

Network = tuple[Layer, ...]


@functools.cache
def learned_curves(target: str, n_units: int) -> tuple[Network, ...]:
    """Let networks of one hidden layer learn a curve, each from a start of its own.

    Does what `train_on_curve` does with the seeds 0 to 6, all at once, and once only.

    Parameters
    ----------
    target : str
        A name in ``mathdl.background.TARGETS``.
    n_units : int
        Hidden units.

    Returns
    -------
    tuple of tuple of Layer
        The trained networks, by seed.
    """
    starts = [_start(n_units, seed) for seed in range(N_STARTS)]
    return descend_all(starts, GRID, TARGETS[target].function(GRID))


class Culprits(NamedTuple):
    """How far networks of 64 units are from eight waves, by what was left to training.

    All are root mean squares of the differences at the 129 samples, one per start.

    Attributes
    ----------
    trained : ndarray
        Knots and read-out trained, from random ones.
    knots : ndarray
        Random knots that stay where they are, and the best read-out for them, solved for.
    readout : ndarray
        Equal knots that stay where they are, and a read-out trained from a random one.
    possible : float
        Equal knots, and the best read-out for them.
    """

    trained: Array
    knots: Array
    readout: Array
    possible: float


@functools.cache
def culprits() -> Culprits:
    """Tell bad knots from a slow read-out.

    Returns
    -------
    Culprits
        Errors of three kinds of network on eight waves, and the least possible one.
    """
    wave = TARGETS["eight waves"].function
    even = np.linspace(0, 1, 65)
    equal = hat_network(even, wave(even))[0]
    starts = [_start(64, seed) for seed in range(N_STARTS)]
    slow = descend_all(
        [(equal, readout) for _, readout in starts], GRID, wave(GRID), hidden_too=False
    )
    return Culprits(
        _misses(learned_curves("eight waves", 64)),
        _misses([_solved(hidden) for hidden, _ in starts]),
        _misses(slow),
        float(_misses([_solved(equal)])[0]),
    )


def _start(n_units: int, seed: int) -> Network:
    return tuple(spread_network(n_units, rng=np.random.default_rng(seed)))


def _solved(hidden: Layer) -> Network:
    """Give a hidden layer the best read-out for eight waves."""
    h = forward([hidden], GRID).output
    return hidden, best_affine_fit(h, TARGETS["eight waves"].function(GRID))


def _misses(networks: Sequence[Network]) -> Array:
    wanted = TARGETS["eight waves"].function(GRID)
    return np.array(
        [np.sqrt(np.mean((forward(net, GRID).output - wanted) ** 2)) for net in networks]
    )


@functools.cache
def fed_with_waves(waves: tuple[int, ...] = WAVES) -> Array:
    """Let networks of 64 units learn eight waves from x and from slow waves of x.

    Parameters
    ----------
    waves : tuple of int
        Turns over [0, 1]: sin 2πjx is fed for each j.

    Returns
    -------
    ndarray (7,)
        The largest error on [0, 1], one per start.
    """
    wave = TARGETS["eight waves"].function
    starts = []
    for seed in range(N_STARTS):
        rng = np.random.default_rng(seed)
        hidden, readout = initialize([1 + len(waves), 64, 1], rng=rng)
        reach = np.linalg.norm(hidden.weights, axis=1)
        starts.append((Layer(hidden.weights, reach * rng.uniform(-1, 1, 64), "relu"), readout))
    fine = np.linspace(0, 1, 12_289)[:, None]
    networks = descend_all(starts, _with_waves(GRID, waves), wave(GRID))
    x = _with_waves(fine, waves)
    return np.array([np.abs(forward(net, x).output - wave(fine)).max() for net in networks])


def _with_waves(x: Array, waves: Sequence[int]) -> Array:
    """Return x (n, 1) with a column sin 2πjx for each j."""
    return np.hstack([x, *(np.sin(2 * np.pi * j * x) for j in waves)])


def descend_all(
    starts: Sequence[Network],
    x: Array,
    target: Array,
    n_steps: int = 2000,
    learning_rate: float = 0.01,
    *,
    hidden_too: bool = True,
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
    hidden_too : bool
        Whether the hidden layer moves; otherwise only the read-out does.

    Returns
    -------
    tuple of tuple of Layer
        The trained networks, in the order of the starts.
    """
    inputs = np.vstack([x.T, np.ones(len(x))])  # a last input of 1 carries the biases
    moving = [
        np.stack([np.column_stack([a.weights, a.bias]) for a, _ in starts]),
        np.stack([o.weights for _, o in starts]),
        np.stack([o.bias[:, None] for _, o in starts]),
    ]
    means, squares = ([np.zeros_like(part) for part in moving] for _ in range(2))
    for step in range(1, n_steps + 1):
        hidden, output, offset = moving
        h = np.maximum(hidden @ inputs, 0)
        upstream = 2 / len(x) * (output @ h + offset - target.T)
        gradients = [
            np.zeros_like(hidden),
            upstream @ h.transpose(0, 2, 1),
            upstream.sum(axis=2, keepdims=True),
        ]
        if hidden_too:
            through = output.transpose(0, 2, 1) * upstream
            through *= h > 0
            gradients[0] = through @ inputs.T
        rate = learning_rate * np.sqrt(1 - DECAY2**step) / (1 - DECAY1**step)
        floor = EPSILON * np.sqrt(1 - DECAY2**step)
        for part, gradient in enumerate(gradients):
            means[part] = DECAY1 * means[part] + (1 - DECAY1) * gradient
            squares[part] = DECAY2 * squares[part] + (1 - DECAY2) * gradient**2
            moving[part] = moving[part] - rate * means[part] / (np.sqrt(squares[part]) + floor)
    return tuple(
        (Layer(a[:, :-1], a[:, -1], "relu"), Layer(v, c[:, 0]))
        for a, v, c in zip(*moving, strict=True)
    )
