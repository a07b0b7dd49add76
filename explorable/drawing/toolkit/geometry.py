"""Parts of a square plane: half-planes, and arrows."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.floating[Any]]
"""Numbers, or points of the plane, one a row."""

SPAN = 4.0
"""The plane is drawn from -SPAN to SPAN on both axes."""


def half_plane(normal: Points, offset: Any, span: float = SPAN) -> Points:
    """Return a rectangle that covers what the square holds of the half-plane normal · x ≥ offset.

    Parameters
    ----------
    normal : array (2,)
        A unit vector.
    offset : float
    span : float
        Half the side of the square.

    Returns
    -------
    array (4, 2)
        Corners, the first two outside the square, and on the boundary where that crosses it.

    Examples
    --------
    >>> half_plane(np.array([1.0, 0.0]), 0.0, span=1.0).tolist()
    [[0.0, 3.0], [0.0, -3.0], [4.0, -3.0], [4.0, 3.0]]
    """
    foot = np.clip(offset, -2 * span, 2 * span) * normal
    along = 3 * span * np.stack([-normal[1], normal[0]])
    back = 4 * span * normal
    return np.stack([foot + along, foot - along, foot - along + back, foot + along + back])


def arrow(start: Points, end: Points, head: float) -> Points:
    """Return the points of an arrow drawn in one stroke, its head at most 0.6 of its length.

    Parameters
    ----------
    start, end : array (2,)
    head : float
        Length of the head's strokes.

    Returns
    -------
    array (5, 2)
    """
    way = end - start
    length = np.hypot(way[0], way[1])
    along = way * np.minimum(head / np.maximum(length, 1e-12), 0.6)
    across = 0.5 * np.stack([-along[1], along[0]])
    return np.stack([start, end, end - along + across, end, end - along - across])
