"""Switches for a place: the hat of one input, and the tower of two."""

import numpy as np

from explorable.checks import ArrayLike, array, checked, number
from mathdl.equations import equation
from mathdl.forward import Layer

__all__ = ["tower_network"]


@equation("background-tower")
@checked(
    place=array(2),
    width=number("(0, inf)"),
    refuses="the width is so small that slopes, or so large that the hats' ends overflow",
)
def tower_network(place: ArrayLike, width: float) -> list[Layer]:
    """Build the network whose output is a tower at one place of the plane.

    Parameters
    ----------
    place
        Where the tower stands, (t₁, t₂).
    width
        Half the width δ of the two hats that cross there.

    Returns
    -------
    list of Layer
        Three units for each of the two hats, then one for the tower, which is the output.

    Examples
    --------
    >>> from mathdl.forward import forward
    >>> network = tower_network([0.5, 0.5], 0.25)
    >>> forward(network, np.array([[0.5, 0.5], [0.5, 0.625], [0.5, 0.75]])).output.ravel()
    array([1. , 0.5, 0. ])
    """
    weights = np.repeat(np.eye(2, dtype=place.dtype), 3, axis=0)
    with np.errstate(over="ignore"):
        knots = (place[:, None] + width * np.array([-1.0, 0.0, 1.0], place.dtype)).ravel()
        turns = np.array([[1.0, -2.0, 1.0, 1.0, -2.0, 1.0]], place.dtype) / width
    if not np.isfinite(knots).all():
        raise ValueError(f"width must be smaller, or the hats' ends overflow, but is {width:g}.")
    if not np.isfinite(turns).all():
        raise ValueError(f"width must be larger, or slopes overflow, but is {width:g}.")
    hats = Layer(weights, -knots, "relu")
    return [hats, Layer(turns, np.array([-1.0], place.dtype), "relu")]
