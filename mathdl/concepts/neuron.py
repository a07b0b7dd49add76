"""One neuron: what its weights and its bias mean.

A neuron measures how far a point lies from its boundary, the set where its preactivation
``z = weights · x + bias`` is zero, and in which direction.
"""

from typing import NamedTuple

import numpy as np

from explorable.checks import Array, ArrayLike, array, checked, number
from mathdl.equations import equation, source

__all__ = ["NeuronGeometry", "neuron_geometry", "signed_distance", "transition_width"]


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
