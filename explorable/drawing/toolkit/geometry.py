"""Parts of a square plane: half-planes, lines across it, arrows; and lines that move."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.floating[Any]]
"""Numbers, or points of the plane, one a row."""

SPAN = 4.0
"""The plane is drawn from -SPAN to SPAN on both axes."""


def half_plane(normal: Points, offset: float, span: float = SPAN) -> Points:
    """Return the corners of what the square holds of the half-plane normal · x ≥ offset.

    Parameters
    ----------
    normal : array (2,)
        A unit vector.
    offset : float
    span : float
        Half the side of the square.

    Returns
    -------
    array (n_corners, 2)
        A point outside the square, twice, where nothing of the half-plane is in it.

    Examples
    --------
    >>> half_plane(np.array([1.0, 0.0]), 0.0, span=1.0).tolist()
    [[0.0, -1.0], [1.0, -1.0], [1.0, 1.0], [0.0, 1.0]]
    """
    corners = span * np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    heights = corners @ normal - offset
    kept: list[Points] = []
    for here, there, a, b in zip(
        corners, np.roll(corners, -1, axis=0), heights, np.roll(heights, -1), strict=True
    ):
        if a >= 0:
            kept.append(here)
        if (a > 0 > b) or (a < 0 < b):
            kept.append(here + (there - here) * a / (a - b))
    return np.array(kept) if len(kept) > 2 else np.full((2, 2), 2 * span)


def chord(normal: Points, offset: float, span: float = SPAN) -> Points:
    """Return the two ends of what the square holds of the line normal · x = offset.

    Parameters
    ----------
    normal : array (2,)
        A unit vector.
    offset : float
    span : float
        Half the side of the square.

    Returns
    -------
    array (2, 2)
        NaN where the line misses the square.

    Examples
    --------
    >>> chord(np.array([0.0, 1.0]), 1.0, span=2.0).tolist()
    [[2.0, 1.0], [-2.0, 1.0]]
    """
    along = np.array([normal[1], -normal[0]])
    foot = offset * normal
    with np.errstate(divide="ignore", invalid="ignore"):
        sides = np.stack([(-span - foot) / along, (span - foot) / along])
    low = np.where(np.abs(along) < 1e-12, -np.inf, sides.min(axis=0))
    high = np.where(np.abs(along) < 1e-12, np.inf, sides.max(axis=0))
    outside = (np.abs(along) < 1e-12) & (np.abs(foot) > span)
    start, end = low.max(), high.min()
    if outside.any() or start >= end:
        return np.full((2, 2), np.nan)
    return np.stack([foot + end * along, foot + start * along])


def arrow(start: ArrayLike, end: ArrayLike, head: float) -> Points:
    """Return the points of an arrow drawn in one stroke; without a head if it is too short.

    Parameters
    ----------
    start, end : array (2,)
    head : float
        Length of the head's strokes.

    Returns
    -------
    array (5, 2)
    """
    a, b = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    length = float(np.hypot(*(b - a)))
    if length < 1e-9:
        return np.stack([a, b, b, b, b])
    along = (b - a) / length * min(head, 0.6 * length)
    across = np.array([-along[1], along[0]]) * 0.5
    return np.stack([a, b, b - along + across, b, b - along - across])
