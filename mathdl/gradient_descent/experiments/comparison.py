"""Rules for a step, each at the rate that suits it best, from many starts on one surface."""

import functools
from typing import Any

import numpy as np

from explorable.checks import Array, ArrayLike, IntegerArray, array, checked, one_of, whole
from explorable.trace import program
from mathdl.gradient_descent import OPTIMIZERS, SURFACES, descend

__all__ = ["losses", "paths", "starts", "tuned_rate", "verdicts"]

STEPS = (20, 60, 200)
"""How many steps the rules may have."""


@program
def rate_at(place: Any) -> Any:
    """Return the rate at a place among `RATES`, from 0 to 106."""
    return 1e-5 * 3e5 ** (place / 106)


RATES: Array = rate_at(np.arange(107))
"""The rates among which each rule gets its best, for each number of steps: 13 % apart."""

FLOOR, CEILING = 1e-4, 1e5
"""The loss at which a descent has arrived, and one at which it is lost.

A rate is tuned as if losses beyond these were these.
"""

LOWEST = 1e-8
"""The smallest loss that is drawn."""

GRID: Array = np.round(np.linspace(-1, 1, 11), 12)
"""Where starts stand along either axis, in half sides of the window."""


@checked(surface=one_of(SURFACES))
def starts(surface: str) -> Array:
    """Return all starts on a surface.

    Parameters
    ----------
    surface

    Returns
    -------
    ndarray, shape (121, 2)
        Row by row of the grid, from the lower left.

    Examples
    --------
    >>> starts("himmelblau")[[0, 1, 120]]
    array([[-5., -5.],
           [-4., -5.],
           [ 5.,  5.]])
    """
    across, up = np.meshgrid(GRID, GRID)
    # Rounded, because a reader should see 0.4 and not 0.4000000000000001.
    placed: Array = np.round(
        SURFACES[surface].window.from_units(np.stack([across, up], axis=-1).reshape(-1, 2)), 9
    )
    return placed


@checked(
    surface=one_of(SURFACES),
    rule=one_of(OPTIMIZERS),
    n_steps=whole(10, 200),
    refuses="the number of steps is no multiple of 10",
)
def tuned_rate(surface: str, rule: str, n_steps: int = 60) -> float:
    """Return the rate at which a rule does best on a surface.

    Parameters
    ----------
    surface
    rule
    n_steps
        How many steps it has; a multiple of 10.

    Returns
    -------
    float
        Of `RATES`, the one with the smallest mean logarithm of the final loss over all starts,
        where losses outside [`FLOOR`, `CEILING`] count as the nearest end. Of those that end
        equally low, the one that came down soonest, by the mean over every tenth step.

    Notes
    -----
    A mean over 121 starts leaves little to luck: a rate that ends low from a single start, because
    the path happens to pass the minimum then, gains nothing by it.

    Examples
    --------
    The ravine's curvatures are 1 and 20, so that gradient descent is best at 2/21 = 0.095 in the
    long run, and unstable from 0.1 on.

    >>> round(tuned_rate("ravine", "gradient_descent", 60), 3)
    0.085
    """
    if n_steps % 10:
        raise ValueError(f"n_steps must be a multiple of 10, but is {n_steps}.")
    scores = _scores(surface, rule)[: n_steps // 10 + 1]
    return float(RATES[np.lexsort((scores.mean(axis=0), scores[-1]))[0]])


@functools.cache
def _scores(surface: str, rule: str) -> Array:
    """Return mean logarithms of losses, by every tenth step and by rate."""
    first = starts(surface)
    every = np.broadcast_to(first, (len(RATES), *first.shape))
    path = descend(SURFACES[surface].gradient, every, OPTIMIZERS[rule](RATES[:, None]), STEPS[-1])
    return np.log(np.maximum(losses(surface, path[::10]), FLOOR)).mean(axis=-1)


@checked(surface=one_of(SURFACES), rule=one_of(OPTIMIZERS), n_steps=whole(10, 200), diverges=True)
@functools.cache
def paths(surface: str, rule: str, n_steps: int = 60) -> Array:
    """Return the paths of a rule from all starts, at its best rate.

    Parameters
    ----------
    surface
    rule
    n_steps
        How many steps it has; a multiple of 10.

    Returns
    -------
    ndarray, shape (n_steps + 1, 121, 2)
        In the order of `starts`; read-only.

    Examples
    --------
    >>> paths("saddle", "adam", 20).shape
    (21, 121, 2)
    """
    optimizer = OPTIMIZERS[rule](tuned_rate(surface, rule, n_steps))
    path = descend(SURFACES[surface].gradient, starts(surface), optimizer, n_steps)
    path.setflags(write=False)
    return path


@checked(surface=one_of(SURFACES), points=array(..., 2, finite=False))
def losses(surface: str, points: ArrayLike) -> Array:
    """Return the loss at points, held between `LOWEST` and `CEILING`.

    Parameters
    ----------
    surface
    points
        They may be infinite or NaN, as a descent that diverges leaves them.

    Returns
    -------
    ndarray, shape (...)

    Examples
    --------
    >>> losses("himmelblau", np.array([[3.0, 2.0], [0.0, 0.0], [np.inf, np.nan]]))
    array([1.0e-08, 1.7e+02, 1.0e+05])
    """
    return np.maximum(np.fmin(SURFACES[surface].value(points), CEILING), LOWEST)


@checked(surface=one_of(SURFACES), rule=one_of(OPTIMIZERS), n_steps=whole(10, 200))
def verdicts(surface: str, rule: str, n_steps: int = 60) -> IntegerArray:
    """Say from which starts a rule is ahead of gradient descent, both at their best rates.

    Parameters
    ----------
    surface
    rule
    n_steps
        How many steps both have; a multiple of 10.

    Returns
    -------
    ndarray of int, shape (121,)
        1 where the rule's loss is first at or below `FLOOR` for the rest of its path, −1 where
        gradient descent's is, 0 if at the same step. Where neither arrives, the lower last loss
        decides, if the two differ by one percent or more.

    Examples
    --------
    >>> np.unique(verdicts("himmelblau", "adam"), return_counts=True)
    (array([-1,  0]), array([120,   1]))
    """
    every = (paths(surface, name, n_steps) for name in (rule, "gradient_descent"))
    return first_to_arrive(*(losses.plain(surface, path) for path in every))


def first_to_arrive(ours: Array, theirs: Array) -> IntegerArray:
    """Say the same of losses (n_steps + 1, n_starts) that are positive, start by start."""
    steps = arrival(theirs) - arrival(ours)
    last = np.log(np.maximum(theirs[-1], FLOOR) / np.maximum(ours[-1], FLOOR))
    decided = np.where(steps != 0, steps, np.where(abs(last) < 0.01, 0, last))
    return np.sign(decided).astype(np.int64)


def arrival(heights: Array) -> IntegerArray:
    """Return from which step on losses stay at or below `FLOOR`: the number of all, if never."""
    steps = np.arange(1, len(heights) + 1)[:, None]
    last: IntegerArray = (steps * (heights > FLOOR)).max(axis=0)
    return last


KINDS = ("diverges", "arrives", "outside", "saddle", "close", "stalls", "moves")
"""What may become of a descent.

It diverges (it ends more than three half sides from the middle, or nowhere), arrives (the loss is
at most `FLOOR`), ends outside the window, on a saddle (it stands where the slope is 0 and the
surface bends down), close to a minimum, stalls (ten steps led nowhere) or moves.
"""


@program
def outcome(
    units: Array, heights: Array, minima: Array, slope: Array, least: Array
) -> tuple[Any, Any, Any]:
    """Return a descent's kind, as a place in `KINDS`, its step and its nearest minimum.

    The points visited (n, 2) and minima (k, 2) are in units of the window; slope and least
    curvature are those where it ends. The step is that from which it has arrived or diverged,
    else the last one; the minimum is the first if it diverges.
    """
    away = np.nan_to_num(abs(units).max(axis=1), nan=np.inf)
    steps, way = np.cumsum(np.ones_like(heights)), minima - units[-1]
    distances = np.hypot(way[:, 0], way[:, 1])
    signs = [
        away[-1] > 3,
        heights[-1] <= FLOOR,
        away[-1] > 1.1,
        (slope < 1e-3) & (least < 0),
        distances.min() < 0.15,
        np.ptp(units[-10:], axis=0).max() < 0.01,
        away[-1] >= 0,
    ]
    kind = np.stack(signs).argmax()
    left, high = (steps * (away <= 1.1)).max(), (steps * (heights > FLOOR)).max()
    step = np.where(kind == 0, left, np.where(kind == 1, high, steps[-1] - 1))
    return kind, step.astype(np.int64), np.where(kind == 0, 0, distances.argmin())


def steepness(surface: str, place: Array) -> Array:
    """Return the size of the gradient at a point."""
    slope = SURFACES[surface].gradient(place)
    return np.hypot(slope[0], slope[1])


def least_curvature(surface: str, place: Array) -> Array:
    """Return the smaller eigenvalue of the Hessian at a point."""
    bend = SURFACES[surface].hessian(place)
    middle = (bend[0, 0] + bend[1, 1]) / 2
    return middle - np.hypot((bend[0, 0] - bend[1, 1]) / 2, bend[0, 1])
