"""One neuron: what its weights and its bias mean, and how one number learns.

A neuron measures how far a point lies from its boundary, the set where its preactivation
``z = weights · x + bias`` is zero, and in which direction. The last function takes the steps of
gradient descent for one parameter.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from explorable.checks import (
    FUNCTION,
    Array,
    ArrayLike,
    array,
    check_shape,
    checked,
    number,
    real_array,
    whole,
)
from explorable.trace import trajectory
from mathdl.equations import equation, source

__all__ = [
    "NeuronGeometry",
    "descend_line",
    "neuron_geometry",
    "signed_distance",
    "transition_width",
]


class NeuronGeometry(NamedTuple):
    """What a neuron's weights and bias say about its boundary."""

    normal: Array
    """The unit vector across the boundary, towards larger preactivations; shape (n_in,)."""
    offset: float
    """Where the boundary crosses the normal's axis: the origin's distance from it, with a sign."""
    steepness: float
    """How much the preactivation grows a unit of distance along the normal."""


@equation("concepts-signed-distance")
@source("bishop2006pattern, eq. 4.5.")
@checked(weights=array("n_in"), bias=number(), refuses="the weights are all zero")
def neuron_geometry(weights: ArrayLike, bias: float) -> NeuronGeometry:
    """Return the direction, the place and the steepness of a neuron's boundary.

    Parameters
    ----------
    weights
        The neuron's weights, not all zero.
    bias
        The neuron's bias.

    Returns
    -------
    NeuronGeometry
        ``normal = weights / ‖weights‖``, ``offset = -bias / ‖weights‖``,
        ``steepness = ‖weights‖``.

    Notes
    -----
    The boundary is the set of points x with ``normal · x = offset``. Its distance from the origin
    is ``|offset| = |bias| / ‖weights‖``.

    Examples
    --------
    >>> geometry = neuron_geometry([3, 4], -5)
    >>> geometry.normal
    array([0.6, 0.8])
    >>> geometry.offset, geometry.steepness
    (1.0, 5.0)
    """
    steepness = np.hypot.reduce(weights).item()  # never overflows on the way, as squares do
    if steepness == 0:
        raise ValueError("weights must not all be zero: such a neuron has no boundary.")
    return NeuronGeometry(weights / steepness, -bias / steepness, steepness)


@equation("concepts-signed-distance")
@source("bishop2006pattern, eq. 4.7.")
@checked(
    weights=array("n_in"),
    bias=number(),
    x=array("n_samples", "n_in"),
    refuses="the weights are all zero",
)
def signed_distance(x: ArrayLike, weights: ArrayLike, bias: float) -> Array:
    """Return how far points lie from a neuron's boundary: (weights · x + bias) / ‖weights‖.

    Parameters
    ----------
    x
        The points, one per row.
    weights
        The neuron's weights, not all zero.
    bias
        The neuron's bias.

    Returns
    -------
    ndarray, shape (n_samples,)
        ``(weights · x + bias) / ‖weights‖``.

    Examples
    --------
    >>> signed_distance([[2, 1], [0, 0]], [3, 4], -5)
    array([ 1., -1.])
    """
    normal, offset, _ = neuron_geometry(weights, bias)
    return x @ normal - offset


@equation("concepts-transition-width")
@checked(steepness=number("(0, inf)"))
def transition_width(steepness: float) -> float:
    """Return how wide the strip is in which a sigmoid neuron's output goes from 0.1 to 0.9.

    Parameters
    ----------
    steepness
        The norm of the neuron's weights.

    Returns
    -------
    float
        The distance between the two level lines, in units of the input.

    Notes
    -----
    The sigmoid reaches these at ``z = ∓ln 9``, and z grows by the steepness a unit of distance.

    Examples
    --------
    >>> round(transition_width(2.0), 3)
    2.197
    """
    return (2 * np.log(9) / steepness).item()


@equation("concepts-descent")
@checked(
    derivative=FUNCTION,
    start=number(),
    learning_rate=number("(0, inf)"),
    n_steps=whole(),
    diverges=True,
    refuses="the derivative returns anything but one number",
)
def descend_line(
    derivative: Callable[[float], float], start: float, learning_rate: float, n_steps: int
) -> Array:
    """Take steps of gradient descent in one parameter: θ ← θ − η · derivative(θ).

    Parameters
    ----------
    derivative
        The derivative of the loss, a function of one number.
    start
        Where the descent begins.
    learning_rate
        How far a step goes for each unit of slope.
    n_steps
        How many steps to take.

    Returns
    -------
    ndarray, shape (n_steps + 1,)
        The start and the parameter after each step. A descent that diverges is a result too.

    Examples
    --------
    The derivative of theta² is 2 theta; a rate of 1/4 halves the parameter at each step.

    >>> descend_line(lambda theta: 2 * theta, 8.0, 0.25, 3)
    array([8., 4., 2., 1.])
    """

    def step(theta: float) -> float:
        slope = real_array(derivative(theta), "the derivative's value")
        check_shape(slope, "the derivative's value", ())
        return theta - learning_rate * slope.item()

    with np.errstate(all="ignore"):
        return trajectory(step, start, n_steps)
