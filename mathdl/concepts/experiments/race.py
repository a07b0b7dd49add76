"""One neuron learns its bias under two losses.

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


class Ink(NamedTuple):
    """The values that the ink takes, and the share of the zeros and of the ones that has them."""

    values: Array
    zeros: Array
    ones: Array


@functools.cache
def _ink() -> Ink:
    """Count the ink of the training digits."""
    digits = load_digits()
    chosen = np.flatnonzero(digits.y_train < 2)
    ink = digits.x_train[chosen][:, MIDDLE].mean(axis=1)
    values, place = np.unique(ink, return_inverse=True)
    labels = digits.y_train[chosen]
    zeros, ones = (
        np.bincount(place[labels == label], minlength=values.size) / chosen.size
        for label in (0, 1)
    )
    return Ink(values, zeros, ones)


LOSS = one_of(("cross-entropy", "squared error"))


@checked(loss=LOSS, bias=array())
def bias_slope(loss: str, bias: ArrayLike) -> Array:
    """Return the slope of a mean loss with respect to the bias.

    Parameters
    ----------
    loss
        Cross-entropy, or half the squared error behind a sigmoid.
    bias
        Biases of the neuron.

    Returns
    -------
    ndarray
        One slope for each bias.

    Examples
    --------
    >>> bias_slope("cross-entropy", [-20.0, 0.0]).round(3)
    array([-0.508,  0.289])
    """
    ink = _ink()
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
