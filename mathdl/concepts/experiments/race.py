"""One neuron learns its bias under two losses, from many starts, at many learning rates.

The neuron is that of the chapter: its input is the ink in the middle of a zero or a one, its
weight is fixed at 10, and descent moves the bias. Ink takes few values, so a slope is a short sum.
"""

import functools
from typing import NamedTuple

import numpy as np

from explorable.checks import Array, ArrayLike, array, checked, number, one_of, whole
from explorable.trace import trajectory
from mathdl.concepts import sigmoid
from mathdl.datasets import load_digits

WEIGHT = 10.0
"""The neuron's weight."""

MIDDLE = [27, 28, 35, 36]
"""The four pixels whose mean is the neuron's input."""

BAND = (-6.56, -1.72)
"""The biases with which the neuron reads at least 95 % of the training digits rightly."""

STARTS = np.arange(-25.0, 16.0, 2.0)
"""Biases from which descent begins, many of them confident and wrong."""

RATES = 10.0 ** np.arange(-1.0, 3.01, 0.25)
"""Learning rates, four in each power of ten."""

N_STEPS = 500
"""Steps of each descent in a race."""


class Race(NamedTuple):
    """How many steps a loss needs, from each start at each rate.

    Attributes
    ----------
    steps : ndarray (n_rates, n_starts)
        Steps until the bias is in `BAND` for good; infinite where it is not after `N_STEPS`.
    arrived : ndarray (n_rates,)
        The share of the starts from which it gets there.
    """

    steps: Array
    arrived: Array


class Ink(NamedTuple):
    """The values that the ink takes, and the share of the zeros and of the ones that has them."""

    values: Array
    zeros: Array
    ones: Array


@functools.cache
def _ink(half: int | None) -> Ink:
    """Count the ink of all training digits, or of a half that a seed draws."""
    digits = load_digits()
    chosen = np.flatnonzero(digits.y_train < 2)
    if half is not None:
        rng = np.random.default_rng(half)
        chosen = rng.choice(chosen, size=chosen.size // 2, replace=False)
    ink = digits.x_train[chosen][:, MIDDLE].mean(axis=1)
    values, place = np.unique(ink, return_inverse=True)
    labels = digits.y_train[chosen]
    zeros, ones = (
        np.bincount(place[labels == label], minlength=values.size) / chosen.size
        for label in (0, 1)
    )
    return Ink(values, zeros, ones)


LOSS = one_of(("cross-entropy", "squared error"))


@checked(loss=LOSS, bias=array(), half=whole(0))
def bias_slope(loss: str, bias: ArrayLike, half: int | None = None) -> Array:
    """Return the slope of a mean loss with respect to the bias.

    Parameters
    ----------
    loss
        Cross-entropy, or half the squared error behind a sigmoid.
    bias
        Biases of the neuron.
    half
        The seed that draws half of the training digits; all of them if it is left out.

    Returns
    -------
    ndarray
        One slope for each bias.

    Examples
    --------
    >>> bias_slope("cross-entropy", [-20.0, 0.0]).round(3)
    array([-0.508,  0.289])
    """
    ink = _ink(half)
    p = sigmoid.plain(WEIGHT * ink.values + bias[..., np.newaxis])
    if loss == "cross-entropy":
        return p @ ink.zeros + (p - 1) @ ink.ones
    bend = p * (1 - p)
    return (p * bend) @ ink.zeros + ((p - 1) * bend) @ ink.ones


@checked(
    loss=LOSS,
    start=number(),
    learning_rate=number("(0, inf)"),
    n_steps=whole(at_most=1000),
    diverges=True,
)
def bias_path(loss: str, start: float, learning_rate: float, n_steps: int) -> Array:
    """Descend from one start.

    Parameters
    ----------
    loss
        Cross-entropy, or half the squared error behind a sigmoid.
    start
        The first bias.
    learning_rate
        The factor of each slope.
    n_steps
        How many steps to take.

    Returns
    -------
    ndarray, shape (n_steps + 1,)
        The start and the bias after each step.

    Examples
    --------
    >>> bias_path("cross-entropy", -20.0, 16.0, 3).round(1)
    array([-20. , -11.9,  -4.3,  -4.3])
    """

    def step(bias: Array) -> Array:
        return bias - learning_rate * bias_slope.plain(loss, bias)

    return trajectory(step, np.array(start), n_steps)


@checked(loss=LOSS, half=whole(0), diverges=True)
def race(loss: str, half: int | None = None) -> Race:
    """Descend from all starts at all rates.

    Parameters
    ----------
    loss
        Cross-entropy, or half the squared error behind a sigmoid.
    half
        The seed that draws half of the training digits; all of them if it is left out.

    Returns
    -------
    Race

    Examples
    --------
    >>> print(race("cross-entropy").arrived.max())
    1.0
    """
    return _race(loss, half)


@functools.cache
def _race(loss: str, half: int | None) -> Race:
    bias = np.broadcast_to(STARTS, (RATES.size, STARTS.size)).copy()
    steps = np.where(_in_band(bias), 0.0, np.inf)
    for step in range(1, N_STEPS + 1):
        bias -= RATES[:, np.newaxis] * bias_slope.plain(loss, bias, half)
        steps = np.where(_in_band(bias), np.minimum(steps, step), np.inf)
    return Race(steps, np.isfinite(steps).mean(axis=1))


def _in_band(bias: Array) -> Array:
    return np.asarray((BAND[0] <= bias) & (bias <= BAND[1]))
