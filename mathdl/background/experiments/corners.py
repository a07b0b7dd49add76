"""A curve of four pieces, and networks of eight units that learn it."""

from collections.abc import Sequence

import numpy as np

from explorable.checks import Array
from explorable.trace import gather, trajectory
from mathdl.background import spread_network
from mathdl.background.experiments.starts import (
    Parts,
    adam_step,
    at_rest,
    descend_all,
    outputs,
    parts_of,
    with_ones,
)
from mathdl.forward import Layer, forward

CORNERS = np.array([[0.2, 0.5], [0.5, -0.75], [0.8, 1.0]])
"""The corners of the curve, but for its ends."""

SAMPLES = np.linspace(0, 1, 33)
"""Where a network is told the height of the curve."""

INPUTS = with_ones(SAMPLES[:, np.newaxis])

N_STEPS, RATE = 400, 0.03
"""Steps that a reader sees, and the rate of their Adam."""

EVERY = 5
"""Steps from one drawn error to the next."""

N_STARTS = 4
"""Starts that a reader may choose among, seeds 0 to 3."""

CLOSE = 0.01
"""A mean squared error below which a network counts as close to the curve."""

ENDED_CLOSE = {400: 64, 20_000: 140}
"""
How many of the starts 0 to 199 `ended_close` after so many steps; after 20,000, where rounding
moves some, to the nearest ten.
"""


def corner_points(first: Array, second: Array, third: Array) -> Array:
    """Return the five corners of the curve, which begins and ends at height 0."""
    return np.stack([np.zeros(2), first, second, third, np.array([1.0, 0.0])])


def heights(corners: Array) -> Array:
    """Return the samples of the curve."""
    return np.interp(SAMPLES, corners[:, 0], corners[:, 1])


def learned(wanted: Array, start: int) -> tuple[Parts, Array]:
    """Return one of the networks before and after each step, and the error of each `EVERY`-th."""
    drawn = [parts_of(_start(seed)) for seed in range(N_STARTS)]
    first = [gather(np.stack(parts), start - 1) for parts in zip(*drawn, strict=True)]
    state = at_rest(first)
    networks, *_ = trajectory(adam_step, state, N_STEPS, INPUTS, wanted[np.newaxis], RATE)
    some = tuple(part[::EVERY] for part in networks)
    return networks, ((outputs(some, INPUTS)[:, 0] - wanted) ** 2).mean(axis=1)


def ended_close(seeds: Sequence[int], n_steps: int) -> int:
    """Count the starts, one a seed, from which so many steps of Adam lead closer than `CLOSE`."""
    wanted = heights(corner_points(*CORNERS))[:, np.newaxis]
    x = SAMPLES[:, np.newaxis]
    found = descend_all([_start(seed) for seed in seeds], x, wanted, n_steps, RATE)
    return sum(bool(np.mean((forward(net, x).output - wanted) ** 2) < CLOSE) for net in found)


def _start(seed: int) -> tuple[Layer, ...]:
    return tuple(spread_network(8, rng=np.random.default_rng(seed)))
