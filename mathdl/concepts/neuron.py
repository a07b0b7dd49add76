"""One neuron: what its weights and its bias mean, and how one number learns.

A neuron measures how far a point lies from its boundary, the set where its preactivation
``z = weights · x + bias`` is zero, and in which direction. The last function takes the steps of
gradient descent for one parameter.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    a_function,
    check_shape,
    finite_array,
    finite_number,
    number_between,
    positive_number,
    real_array,
    refuses_overflow,
    whole_number,
)

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


@refuses_overflow
def neuron_geometry(weights: npt.ArrayLike, bias: float) -> NeuronGeometry:
    """Return the direction, the place and the steepness of a neuron's boundary.

    Parameters
    ----------
    weights : array_like, shape (n_in,)
        The neuron's weights, not all zero.
    bias : float
        The neuron's bias.

    Returns
    -------
    NeuronGeometry
        ``normal = weights / ‖weights‖``, ``offset = -bias / ‖weights‖``,
        ``steepness = ‖weights‖``.

    Raises
    ------
    ValueError
        If the weights are not a vector of finite numbers or are all zero, or the bias is not one
        finite number.

    Notes
    -----
    The boundary is the set of points x with ``normal · x = offset``. Its distance from the origin
    is ``|offset| = |bias| / ‖weights‖``.

    References
    ----------
    bishop2006pattern, eq. 4.5.

    Examples
    --------
    >>> geometry = neuron_geometry([3, 4], -5)
    >>> geometry.normal
    array([0.6, 0.8])
    >>> geometry.offset, geometry.steepness
    (1.0, 5.0)
    """
    w = finite_array(weights, "weights", ("n_in",))
    steepness = math.hypot(*w.tolist())  # unlike a root of a sum of squares, it never overflows
    if steepness == 0:
        raise ValueError("weights must not all be zero: such a neuron has no boundary.")
    return NeuronGeometry(w / steepness, -finite_number(bias, "bias") / steepness, steepness)


@refuses_overflow
def signed_distance(x: npt.ArrayLike, weights: npt.ArrayLike, bias: float) -> Array:
    """Return how far points lie from a neuron's boundary, positive on the side of its normal.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        The points, one a row.
    weights : array_like, shape (n_in,)
        The neuron's weights, not all zero.
    bias : float
        The neuron's bias.

    Returns
    -------
    ndarray, shape (n_samples,)
        ``(weights · x + bias) / ‖weights‖``.

    Raises
    ------
    ValueError
        If the shapes do not fit, an entry is not finite, or the weights are all zero.

    References
    ----------
    bishop2006pattern, eq. 4.7.

    Examples
    --------
    >>> signed_distance([[2, 1], [0, 0]], [3, 4], -5)
    array([ 1., -1.])
    """
    normal, offset, _ = neuron_geometry(weights, bias)
    points = finite_array(x, "x", ("n_samples", normal.size))
    return points @ normal - offset


@refuses_overflow
def transition_width(steepness: float, low: float = 0.1, high: float = 0.9) -> float:
    """Return how wide the strip is in which a sigmoid neuron's output goes from low to high.

    Parameters
    ----------
    steepness : float
        The norm of the neuron's weights, greater than 0.
    low, high : float, default 0.1 and 0.9
        Two outputs, 0 < low < high < 1.

    Returns
    -------
    float
        The distance between the two level lines, in units of the input.

    Raises
    ------
    ValueError
        If the steepness is not greater than 0, or the outputs are not between 0 and 1 and in
        this order.

    Notes
    -----
    The sigmoid reaches p at ``z = ln(p / (1 - p))``, and z grows by the steepness a unit of
    distance.

    Examples
    --------
    >>> round(transition_width(2.0), 3)
    2.197
    """
    bottom = number_between(low, "low", 0, 1, closed="neither")
    top = number_between(high, "high", bottom, 1, closed="neither")
    log_odds = np.log(top / (1 - top)) - np.log(bottom / (1 - bottom))
    return float(log_odds / positive_number(steepness, "steepness"))


def descend_line(
    derivative: Callable[[float], float], start: float, learning_rate: float, n_steps: int
) -> Array:
    """Take steps of gradient descent in one parameter.

    Parameters
    ----------
    derivative : callable
        The derivative of the loss, a function of one number.
    start : float
        Where the descent begins.
    learning_rate : float
        How far a step goes for each unit of slope, greater than 0.
    n_steps : int
        How many steps to take.

    Returns
    -------
    ndarray, shape (n_steps + 1,)
        The start and the parameter after each step. A descent that diverges is a result too.

    Raises
    ------
    ValueError
        If the start is not one finite number, the learning rate is not greater than 0, the
        number of steps is not a whole number of at least 1, or the derivative returns anything
        but one number.

    Notes
    -----
    ``theta[k + 1] = theta[k] - learning_rate * derivative(theta[k])``.

    Examples
    --------
    The derivative of theta² is 2 theta; a rate of 1/4 halves the parameter at each step.

    >>> descend_line(lambda theta: 2 * theta, 8.0, 0.25, 3)
    array([8., 4., 2., 1.])
    """
    rate = positive_number(learning_rate, "learning_rate")
    path = np.empty(whole_number(n_steps, "n_steps") + 1)
    path[0] = finite_number(start, "start")
    slope_at = a_function(derivative, "derivative")
    with np.errstate(all="ignore"):
        for step in range(len(path) - 1):
            slope = real_array(slope_at(float(path[step])), "the derivative's value")
            check_shape(slope, "the derivative's value", ())
            path[step + 1] = path[step] - rate * slope
    return path
