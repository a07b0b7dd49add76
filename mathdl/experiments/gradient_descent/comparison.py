"""Rules for a step, each at the rate that suits it best, from many starts on one surface."""

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import Array, IntegerArray, check_shape, finite_array, known_name, real_array
from mathdl.gradient_descent import OPTIMIZERS, SURFACES, descend

__all__ = ["Fate", "Window", "fate", "losses", "paths", "starts", "tuned_rate", "verdicts"]

N_STEPS = 60
"""How many steps a rule has."""

RATES: tuple[float, ...] = tuple(float(f"{m}e{k}") for k in range(-5, 1) for m in (1, 2, 5))[:-1]
"""The rates among which a rule gets its best: 1, 2 and 5 times powers of ten, up to 2."""

FLOOR, CEILING = 1e-4, 1e5
"""Losses below and above these count as these."""


class Window(NamedTuple):
    """The square part of a surface on which rules are compared.

    Attributes
    ----------
    center : tuple of float
        Its middle.
    reach : float
        Half its side. Starts stand on a grid that ends there.
    """

    center: tuple[float, float]
    reach: float

    def to_units(self, points: npt.ArrayLike) -> Array:
        """Measure points (..., 2) from the middle, in half sides; they may be infinite or NaN."""
        places = _in_the_plane(points, "points")
        with np.errstate(all="ignore"):
            measured: Array = (places - np.array(self.center, places.dtype)) / self.reach
        return measured

    def from_units(self, units: npt.ArrayLike) -> Array:
        """Undo `to_units`."""
        measured = _in_the_plane(units, "units")
        with np.errstate(all="ignore"):
            points: Array = np.array(self.center, measured.dtype) + self.reach * measured
        return points


def _in_the_plane(value: npt.ArrayLike, name: str) -> Array:
    """Return points of the plane, infinite or NaN or not."""
    points = real_array(value, name)
    if points.shape[-1:] != (2,):
        raise ValueError(f"{name} must have shape (..., 2), but their shape is {points.shape}.")
    return points


WINDOWS: Mapping[str, Window] = MappingProxyType(
    {
        "himmelblau": Window((0.0, 0.0), 5.0),
        "ravine": Window((0.0, 0.0), 4.0),
        "rosenbrock": Window((0.0, 1.0), 2.0),
        "beale": Window((0.0, 0.0), 4.0),
        "saddle": Window((0.0, 0.0), 2.0),
    }
)
"""Surfaces of `mathdl.gradient_descent.SURFACES` whose lowest value is 0."""

GRID: Array = np.round(np.linspace(-1, 1, 11), 12)
"""Where starts stand along either axis, in half sides of the window."""


def starts(surface: str) -> Array:
    """Return all starts on a surface.

    Parameters
    ----------
    surface : str
        A name in `WINDOWS`.

    Returns
    -------
    ndarray, shape (121, 2)
        Row by row of the grid, from the lower left.

    Raises
    ------
    ValueError
        If there is no such surface.

    Examples
    --------
    >>> starts("himmelblau")[[0, 1, 120]]
    array([[-5., -5.],
           [-4., -5.],
           [ 5.,  5.]])
    """
    known_name(surface, "surface", WINDOWS)
    across, up = np.meshgrid(GRID, GRID)
    # Rounded, because a reader should see 0.4 and not 0.4000000000000001.
    placed: Array = np.round(
        WINDOWS[surface].from_units(np.stack([across, up], axis=-1).reshape(-1, 2)), 9
    )
    return placed


def tuned_rate(surface: str, rule: str) -> float:
    """Return the rate at which a rule does best on a surface.

    Parameters
    ----------
    surface : str
        A name in `WINDOWS`.
    rule : str
        A name in `mathdl.gradient_descent.OPTIMIZERS`.

    Returns
    -------
    float
        Of `RATES`, the one with the smallest mean logarithm of the final loss over all starts,
        where losses outside [`FLOOR`, `CEILING`] count as the nearest end.

    Raises
    ------
    ValueError
        If there is no such surface or rule.

    Examples
    --------
    The ravine's curvatures are 1 and 20, so that gradient descent is best at 2/21 at the end, and
    unstable from 0.1 on.

    >>> tuned_rate("ravine", "gradient_descent")
    0.05
    """
    known_name(surface, "surface", WINDOWS)
    return _tuned_rate(surface, known_name(rule, "rule", OPTIMIZERS))


@functools.cache
def _tuned_rate(surface: str, rule: str) -> float:
    first = starts(surface)
    rates = np.array(RATES)[:, None]
    every = np.broadcast_to(first, (len(RATES), *first.shape))
    path = descend(SURFACES[surface].gradient, every, OPTIMIZERS[rule](rates), N_STEPS)
    ends = np.log(losses(surface, path[-1]))
    return RATES[int(ends.mean(axis=1).argmin())]


def paths(surface: str, rule: str) -> Array:
    """Return the paths of a rule from all starts, at its best rate.

    Parameters
    ----------
    surface : str
        A name in `WINDOWS`.
    rule : str
        A name in `mathdl.gradient_descent.OPTIMIZERS`.

    Returns
    -------
    ndarray, shape (N_STEPS + 1, 121, 2)
        In the order of `starts`; read-only.

    Raises
    ------
    ValueError
        If there is no such surface or rule.

    Examples
    --------
    >>> paths("saddle", "adam").shape
    (61, 121, 2)
    """
    known_name(surface, "surface", WINDOWS)
    return _paths(surface, known_name(rule, "rule", OPTIMIZERS))


@functools.cache
def _paths(surface: str, rule: str) -> Array:
    optimizer = OPTIMIZERS[rule](_tuned_rate(surface, rule))
    path = descend(SURFACES[surface].gradient, starts(surface), optimizer, N_STEPS)
    path.setflags(write=False)
    return path


def losses(surface: str, points: npt.ArrayLike) -> Array:
    """Return the loss at points, held between `FLOOR` and `CEILING`.

    Parameters
    ----------
    surface : str
        A name in `WINDOWS`.
    points : array_like, shape (..., 2)
        They may be infinite or NaN, as a descent that diverges leaves them.

    Returns
    -------
    ndarray, shape (...)

    Raises
    ------
    ValueError
        If there is no such surface, or the points are not points of the plane.

    Examples
    --------
    >>> losses("himmelblau", np.array([[3.0, 2.0], [0.0, 0.0], [np.inf, np.nan]]))
    array([1.0e-04, 1.7e+02, 1.0e+05])
    """
    known_name(surface, "surface", WINDOWS)
    heights = np.nan_to_num(SURFACES[surface].value(points), nan=np.inf)
    held: Array = np.clip(heights, FLOOR, CEILING)
    return held


def verdicts(surface: str, rule: str, rival: str = "gradient_descent") -> IntegerArray:
    """Say from which starts a rule ends lower than its rival, both at their best rates.

    Parameters
    ----------
    surface : str
        A name in `WINDOWS`.
    rule : str
        A name in `mathdl.gradient_descent.OPTIMIZERS`.
    rival : str, default "gradient_descent"
        Another such name.

    Returns
    -------
    ndarray of int, shape (121,)
        1 where the rule's final loss is lower, −1 where its rival's is, 0 where they differ by
        less than one percent or both lie at or below `FLOOR`.

    Raises
    ------
    ValueError
        If there is no such surface or rule.

    Examples
    --------
    >>> np.unique(verdicts("himmelblau", "adam"), return_counts=True)
    (array([-1,  0]), array([120,   1]))
    """
    theirs = paths(surface, known_name(rival, "rival", OPTIMIZERS))[-1]
    ours = paths(surface, rule)[-1]
    lead = np.log(losses(surface, theirs)) - np.log(losses(surface, ours))
    return np.where(np.abs(lead) < 0.01, 0, np.sign(lead)).astype(np.int64)


class Fate(NamedTuple):
    """What became of a descent.

    Attributes
    ----------
    kind : str
        ``"diverges"`` (it ends more than three half sides from the middle, or nowhere),
        ``"outside"`` (the window), ``"arrives"`` (the loss is at most `FLOOR`), ``"saddle"`` (it
        stands where the slope is 0 and the surface bends down), ``"close"`` (to a minimum),
        ``"stalls"`` (ten steps led nowhere) or ``"moves"``.
    step : int
        The step from which it was so, for ``"arrives"`` and ``"diverges"``; else the last one.
    place : ndarray, shape (2,)
        Where it ends.
    loss : float
        The loss there.
    minimum : int
        Which of the surface's minima is nearest to the end; 0 if it diverges.
    """

    kind: str
    step: int
    place: Array
    loss: float
    minimum: int


def fate(surface: str, path: npt.ArrayLike) -> Fate:
    """Say what became of one descent.

    Parameters
    ----------
    surface : str
        A name in `WINDOWS`.
    path : array_like, shape (n_steps + 1, 2)
        The points visited.

    Returns
    -------
    Fate

    Raises
    ------
    ValueError
        If there is no such surface, or the path does not start at a finite point of the plane.

    Examples
    --------
    >>> from mathdl.gradient_descent import gradient_descent
    >>> path = descend(SURFACES["saddle"].gradient, [1.0, 0.0], gradient_descent(0.5), 60)
    >>> fate("saddle", path).kind
    'saddle'
    """
    known_name(surface, "surface", WINDOWS)
    points = real_array(path, "path")
    check_shape(points, "path", ("n_steps + 1", 2))
    finite_array(points[:1], "the start of path")
    ground, window = SURFACES[surface], WINDOWS[surface]
    away = np.nan_to_num(np.abs(window.to_units(points)).max(axis=1), nan=np.inf)
    heights = np.nan_to_num(ground.value(points), nan=np.inf)
    place, loss, last = points[-1].copy(), float(heights[-1]), len(points) - 1
    if away[-1] > 3:
        outside = int(np.flatnonzero(away <= 1.1).max(initial=-1)) + 1
        return Fate("diverges", outside, place, loss, 0)
    distances = np.linalg.norm(ground.minima - place, axis=1)
    nearest = int(distances.argmin())
    if loss <= FLOOR:
        high = np.flatnonzero(heights > FLOOR)
        return Fate("arrives", int(high[-1]) + 1 if len(high) else 0, place, loss, nearest)
    slope = float(np.linalg.norm(ground.gradient(place)))
    if away[-1] > 1.1:
        kind = "outside"
    elif slope < 1e-3 and np.linalg.eigvalsh(ground.hessian(place))[0] < 0:
        kind = "saddle"
    elif distances[nearest] < 0.15 * window.reach:
        kind = "close"
    elif np.ptp(points[-10:], axis=0).max() < 0.01 * window.reach:
        kind = "stalls"
    else:
        kind = "moves"
    return Fate(kind, last, place, loss, nearest)
