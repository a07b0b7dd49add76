"""Points of the plane to be told apart, or with a number to be met, made of drawn numbers."""

from __future__ import annotations  # a generator in an annotation would be imported

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from explorable.checks import Array, checked, instance, number, one_of, whole
from explorable.trace.pcg32 import PCG32

Placed = tuple[Array, np.ndarray]

SIDE = 3.0
"""The points lie in the square from −SIDE to SIDE, but for those that noise moves out of it."""


class Sample(NamedTuple):
    """Points and what is wanted there: a class, 0 or 1, or a number between −1 and 1."""

    points: Array  # (n_points, 2)
    target: Array  # (n_points, 1)


def _square(u: Array) -> Array:
    return SIDE * (2 * u[:, :2] - 1)


def _around(radius: Array, angle: Array) -> Array:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _circle(u: Array) -> Placed:
    inside = u[:, 2] < 0.5
    radius = np.where(inside, 1.3 * np.sqrt(u[:, 0]), 2.0 + 0.8 * u[:, 0])
    return _around(radius, 2 * np.pi * u[:, 1]), inside


def _xor(u: Array) -> Placed:
    points = _square(u)
    return 0.9 * points + 0.2 * np.sign(points), points[:, 0] * points[:, 1] > 0


def _spiral(u: Array) -> Placed:
    second, radius = u[:, 2] < 0.5, 0.1 + 0.9 * u[:, 0]
    return _around(2.8 * radius, 3 * np.pi * radius + np.pi * second), second


def _moons(u: Array) -> Placed:
    second, angle = u[:, 2] < 0.5, np.pi * u[:, 0]
    across = np.where(second, 1 - np.cos(angle), np.cos(angle)) - 0.5
    up = np.where(second, 0.5 - np.sin(angle), np.sin(angle)) - 0.25
    return 1.6 * np.stack([across, up], axis=1), second


def _band(u: Array) -> Placed:
    points = _square(u)
    return points, abs(points[:, 1] - 1.2 * np.sin(1.5 * points[:, 0])) < 1


def _checkerboard(u: Array) -> Placed:
    points = _square(u)
    column, row = (np.floor((points[:, axis] + SIDE) / 2) for axis in (0, 1))
    return points, (column + row) % 2 == 0


def _plane(u: Array) -> Placed:
    points = _square(u)
    return points, (points[:, 0] + points[:, 1]) / (2 * SIDE)


def _wave(u: Array) -> Placed:
    points = _square(u)
    return points, np.sin(1.5 * points[:, 0]) * np.cos(1.5 * points[:, 1])


CLASSES: dict[str, Callable[[Array], Placed]] = {
    "circle": _circle,
    "xor": _xor,
    "spiral": _spiral,
    "moons": _moons,
    "band": _band,
    "checkerboard": _checkerboard,
}
"""Points in two classes, of four numbers below 1 for each."""
NUMBERS: dict[str, Callable[[Array], Placed]] = {"plane": _plane, "wave": _wave}
"""Points with a number."""


def placed(kind: str, u: Array, scatter: Array, noise: Any, wrong: Any) -> Sample:
    """Make a sample of a kind from numbers below 1, four a point, and normal ones, two a point.

    Noise is how far these move a point, or the number that is wanted there; the share `wrong` of
    the points get the other class.
    """
    if kind in NUMBERS:
        points, target = NUMBERS[kind](u)
        return Sample(points, (target + noise * scatter[:, 0])[:, None])
    points, second = CLASSES[kind](u)
    label = np.where(u[:, 3] < wrong, 1.0 - second, 1.0 * second)
    return Sample(points + noise * scatter, label[:, None])


@checked(
    kind=one_of([*CLASSES, *NUMBERS]),
    n=whole(1),
    noise=number("[0, inf)"),
    wrong=number("[0, 1]"),
    rng=instance(PCG32),
)
def sample(kind: str, n: int, *, noise: float = 0.0, wrong: float = 0.0, rng: PCG32) -> Sample:
    """Draw a sample.

    Parameters
    ----------
    kind
    n
        How many points.
    noise
        How far a point is moved, or the number that is wanted there. Default 0.
    wrong
        The share of points that get the other class. Default 0.
    rng

    Examples
    --------
    >>> points, target = sample("xor", 4, rng=PCG32(1))
    >>> bool(((points[:, 0] * points[:, 1] > 0) == (target[:, 0] == 1)).all())
    True
    """
    u, scatter = rng.uniform(0, 1, (n, 4)), rng.standard_normal((n, 2))
    return placed(kind, u, scatter, noise, wrong)


INPUTS: dict[str, Callable[[Array, Array], Array]] = {
    "x1": lambda x1, x2: x1,
    "x2": lambda x1, x2: x2,
    "x1x1": lambda x1, x2: x1**2,
    "x2x2": lambda x1, x2: x2**2,
    "x1x2": lambda x1, x2: x1 * x2,
    "sinx1": lambda x1, x2: np.sin(x1),
    "sinx2": lambda x1, x2: np.sin(x2),
}
"""What a network may be given of a point."""


def inputs(points: Array, chosen: Any) -> Array:
    """Return what a network is given of each point, by the numbers of `INPUTS`, in their order.

    Examples
    --------
    >>> inputs(np.array([[2.0, 3.0]]), np.array([0, 4]))
    array([[2., 6.]])
    """
    x1, x2 = points[:, 0], points[:, 1]
    return np.stack([make(x1, x2) for make in INPUTS.values()], axis=1)[:, chosen]
