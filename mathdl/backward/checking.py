"""The check of a gradient against differences, with a verdict that says what is wrong."""

from __future__ import annotations  # a Generator in an annotation would import numpy.random

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from explorable.checks import (
    FUNCTION,
    Array,
    ArrayLike,
    array,
    checked,
    finite_array,
    number,
    random_generator,
    whole,
)
from mathdl.backward.differences import (
    call_on_copy,
    difference_steps,
    moved,
    numerical_gradient,
    value_at,
)
from mathdl.equations import equation, source

__all__ = ["GradientCheck", "check_gradient"]


@dataclass(frozen=True, eq=False, repr=False)
class GradientCheck:
    """The verdict on a gradient. It is true if the gradient passed, and prints as its message.

    Attributes
    ----------
    passed : bool
        Whether every entry agrees with the differences.
    error : float
        The largest relative error of an entry.
    index : tuple of int
        Which entry that is; with random directions, the number of the direction.
    analytic, numeric : float
        What the gradient under test says there, and what the differences say.
    tolerance : float
        The relative error that is still allowed.
    errors : ndarray
        The relative error of every entry.
    message : str
        The verdict in words.
    """

    passed: bool
    error: float
    index: tuple[int, ...]
    analytic: float
    numeric: float
    tolerance: float
    errors: Array
    message: str

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        return self.message


@equation("backward-direction")
@source("nocedal2006numerical, Section 8.1.")
@checked(
    x=array(),
    function=FUNCTION,
    step=number("(0, inf)"),
    tolerance=number("(0, inf)"),
    directions=whole(),
)
def check_gradient(
    function: Callable[[Any], Any],
    gradient: Callable[[Any], Any] | Array,
    x: ArrayLike,
    *,
    step: float | None = None,
    tolerance: float | None = None,
    directions: int | None = None,
    rng: np.random.Generator | None = None,
) -> GradientCheck:
    r"""Judge a gradient against differences of the function's values.

    Parameters
    ----------
    function
        Takes an array of the shape of x, which it must not change, and returns one number.
    gradient : callable or array_like
        The gradient under test: a function of the same argument that returns an array of x's
        shape, or that array itself.
    x
        Where to check, of any shape.
    step
        As in `numerical_gradient`.
    tolerance
        The relative error that is still allowed; 10⁻⁶ by default, 10⁻² for float32.
    directions
        Instead of every entry, check the slope along so many random directions: two values of
        the function a direction, however many entries x has.
    rng : numpy.random.Generator, optional
        Where the directions come from.

    Returns
    -------
    GradientCheck
        The verdict: in words when printed, true or false in an ``assert``. A wrong gradient is a
        result, not an error, so that all of it can be looked at.

    Raises
    ------
    ValueError
        If function or gradient changes its argument or returns what can't be a value or a
        gradient: another shape, complex, infinite or NaN; or if nothing can be said, since the
        function's values are so large that their round-off hides the slopes.

    Notes
    -----
    With a and n the analytic and the numeric slope, the relative error is
    \|a − n\| / max(\|a\|, \|n\|, s), where s is the size below which round-off in the function's
    values hides a slope from the differences (20 ε \|f(x)\| / h, over the tolerance). A smaller
    entry has been checked less well than the tolerance says, and one below 20 ε \|f(x)\| / h not
    at all. A gradient whose largest entry is so small that not even the square root of the
    tolerance could be seen there is refused; if it is 0, the verdict says what round-off hides.

    Examples
    --------
    >>> x = [1.0, 2.0]
    >>> check_gradient(lambda x: (x**3).sum(), lambda x: 3 * x**2, x).passed
    True
    >>> check_gradient(lambda x: (x**3).sum(), lambda x: [3 * x[0]**2, x[1]**2], x)
    Failed in 1 of 2 entries.
    Largest difference, entry [1]: the gradient says 4,
    the differences say 12 (relative error 0.67, allowed 1e-06).
    """
    default = 1e-6 if x.dtype == np.float64 else 1e-2
    allowed = default if tolerance is None else tolerance
    given = _gradient(gradient, x)
    if directions is None:
        analytic = given
        numeric = numerical_gradient(function, x, step=step)
    else:
        along = _directions(directions, x, random_generator(rng))
        analytic = np.array([np.vdot(direction, given) for direction in along])
        numeric = np.array([_slope(function, x, d, step) for d in along])
    noise = _noise(function, x, step)
    verdict = _compare(analytic, numeric, noise, allowed)
    message = _message(verdict, "entry" if directions is None else "random direction")
    largest = max(abs(analytic).max(), abs(numeric).max())
    if verdict.passed and math.sqrt(allowed) * largest < noise:
        if analytic.any():
            raise ValueError(_hidden(largest, noise))
        message += f"\nRound-off hides slopes below {noise:.2g}."
    if not verdict.passed:
        message += _hint(analytic, numeric, allowed, noise)
        if directions is None:
            message += _kink(function, x, verdict.index, step, noise)
    return replace(verdict, message=message)


def _compare(analytic: Array, numeric: Array, noise: float, allowed: float) -> GradientCheck:
    """Return the verdict, still without its message."""
    size = np.maximum(abs(analytic), abs(numeric))
    errors = abs(analytic - numeric) / np.maximum(size, noise / allowed)
    largest = errors.max()
    # Of errors that are equal but for rounding the first is named, whatever the machine.
    first = np.argmax(errors >= (1 - 1e-6) * largest)
    worst = tuple(int(i) for i in np.unravel_index(first, errors.shape))
    return GradientCheck(
        passed=bool(largest <= allowed),
        error=float(largest),
        index=worst,
        analytic=float(analytic[worst]),
        numeric=float(numeric[worst]),
        tolerance=float(allowed),
        errors=errors,
        message="",
    )


def _gradient(gradient: Callable[[Any], Any] | npt.ArrayLike, point: Array) -> Array:
    """Return the gradient under test as an array, or refuse what cannot be one."""
    result = call_on_copy(gradient, "gradient", point) if callable(gradient) else gradient
    return finite_array(result, "gradient", point.shape)


def _directions(number: int, point: Array, rng: np.random.Generator) -> Array:
    """Draw directions of length 1."""
    drawn = rng.standard_normal((number, point.size))
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn.reshape(number, *point.shape).astype(point.dtype)


def _slope(
    function: Callable[[Any], Any], point: Array, direction: Array, step: float | None
) -> float:
    """Return the numerical slope of the function along a direction."""
    h = float(difference_steps(point, step, "central").max())
    origin = np.zeros((), point.dtype)
    along = lambda t: call_on_copy(function, "function", point + t * direction)  # noqa: E731
    return float(numerical_gradient(along, origin, step=h))


def _noise(function: Callable[[Any], Any], point: Array, step: float | None) -> float:
    """Estimate how far round-off alone may move a difference."""
    kind = np.finfo(point.dtype)
    h = float(difference_steps(point, step, "central").min())
    return max(20 * float(kind.eps) * abs(value_at(function, point)) / h, float(kind.tiny))


def _hidden(largest: float, noise: float) -> str:
    """Say that differences can tell nothing of a gradient."""
    return (
        "function must have values small enough for its slopes to be seen, but round-off in them "
        f"moves a difference by up to {noise:.2g}, and the largest slope is {largest:.2g}: "
        "subtract a constant from function, take a larger step, or compute in float64."
    )


def _message(verdict: GradientCheck, thing: str) -> str:
    n_wrong, n = np.count_nonzero(verdict.errors > verdict.tolerance), verdict.errors.size
    things = {"entry": "entries"}.get(thing, f"{thing}s")
    where = f"{thing} [{', '.join(map(str, verdict.index))}]" if verdict.index else thing
    outcome = f"Failed in {n_wrong} of {n} {things}."
    if verdict.passed:
        outcome = f"Passed: {n} of {n} {things} agree."
    return (
        f"{outcome}\nLargest difference, {where}: the gradient says {verdict.analytic:.6g},\n"
        f"the differences say {verdict.numeric:.6g} "
        f"(relative error {verdict.error:.2g}, allowed {verdict.tolerance:.2g})."
    )


def _hint(analytic: Array, numeric: Array, allowed: float, noise: float) -> str:
    """Recognise a gradient that is wrong throughout in a simple way."""
    slack = 10 * np.maximum(allowed * np.maximum(abs(analytic), abs(numeric)), noise)
    factor = float(np.vdot(numeric, analytic)) / max(float(np.vdot(numeric, numeric)), 1e-300)
    if factor != 0 and (abs(analytic - factor * numeric) <= slack).all():
        if math.isclose(factor, -1, rel_tol=1e-3):
            return "\nEvery entry has the wrong sign."
        return f"\nEvery entry is {factor:.4g} times what it should be."
    if analytic.T.shape == numeric.shape and (abs(analytic.T - numeric) <= slack).all():
        return "\nIt is the transpose of what it should be."
    return ""


def _kink(
    function: Callable[[Any], Any],
    point: Array,
    index: tuple[int, ...],
    step: float | None,
    noise: float,
) -> str:
    """Look for a kink: the slopes to the left and to the right differ."""
    h = float(difference_steps(point, step, "central")[index])
    below, here, above = (value_at(function, moved(point, index, by)) for by in (-h, 0.0, h))
    left, right = (here - below) / h, (above - here) / h
    if abs(right - left) <= 0.01 * max(abs(left), abs(right)) + 10 * noise:
        return ""
    return (
        f"\nTo its left the slope is {left:.3g}, to its right {right:.3g}:\n"
        "the function may have a kink here, where no derivative exists."
    )
