"""Gradients from differences of function values."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from explorable.checks import FUNCTION, Array, ArrayLike, array, checked, number, one_of, shown
from mathdl.equations import source

__all__ = ["numerical_gradient"]

Scheme = Literal["central", "forward", "complex"]
SCHEMES: tuple[Scheme, ...] = ("central", "forward", "complex")
"""The names of the ways to take a difference."""


@source("nocedal2006numerical, Section 8.1; squire1998using.")
@checked(x=array(), function=FUNCTION, scheme=one_of(SCHEMES), step=number("(0, inf)"))
def numerical_gradient(
    function: Callable[[Any], Any],
    x: ArrayLike,
    *,
    step: float | None = None,
    scheme: Scheme = "central",
) -> Array:
    """Approximate a gradient, entry by entry, from values of the function alone.

    Parameters
    ----------
    function
        Takes an array of the shape of x, which it must not change, and returns one number.
    x
        Where to differentiate, of any shape.
    step
        How far to go, the same for every entry. By default ε^⅓ (central) or ε^½ (forward) times
        the larger of 1 and the entry's size, with ε the distance from 1 to the next larger
        number of x's type, or 10⁻²⁰ (complex).
    scheme
        How to take the difference, see Notes.

    Returns
    -------
    ndarray
        The gradient, in the shape and type of x.

    Raises
    ------
    ValueError
        If the function changes its argument or returns anything but one finite real number
        (with the complex scheme: one finite complex number).

    Notes
    -----
    With eᵢ the unit vector of entry i and h the step:

    - central: (f(x + h eᵢ) − f(x − h eᵢ)) / 2h, whose error is O(h²) + O(ε/h);
    - forward: (f(x + h eᵢ) − f(x)) / h, whose error is O(h) + O(ε/h);
    - complex: Im f(x + i h eᵢ) / h, whose error is O(h²) with no difference that could cancel.
      The function must be analytic and compute with complex numbers: no ``abs``, no ``max``.

    Examples
    --------
    >>> numerical_gradient(lambda x: (x**3).sum(), [1.0, 2.0]).round(6)
    array([ 3., 12.])
    """
    steps = difference_steps(x, step, scheme)
    gradient = np.empty_like(x)
    here = value_at(function, x) if scheme == "forward" else 0.0
    for index in np.ndindex(x.shape):
        h = float(steps[index])
        if scheme == "complex":
            gradient[index] = value_at(function, moved(x, index, 1j * h), real=False) / h
        elif scheme == "forward":
            gradient[index] = (value_at(function, moved(x, index, h)) - here) / h
        else:
            above = value_at(function, moved(x, index, h))
            below = value_at(function, moved(x, index, -h))
            gradient[index] = (above - below) / (2 * h)
    return gradient


def difference_steps(point: Array, step: float | None, scheme: Scheme) -> Array:
    """Return the step of each entry, in the type of the point."""
    if step is not None:
        return np.full_like(point, step)
    if scheme == "complex":
        return np.full_like(point, 1e-20)
    order = 1 / 3 if scheme == "central" else 1 / 2
    size: Array = np.maximum(abs(point), 1)
    return size * point.dtype.type(np.finfo(point.dtype).eps ** order)


def moved(point: Array, index: tuple[int, ...], by: complex) -> npt.NDArray[Any]:
    """Return a copy of the point with one entry moved."""
    result = np.asarray(point + 0j) if isinstance(by, complex) else point.copy()
    result[index] += by
    return result


def value_at(
    function: Callable[[Any], Any], point: npt.NDArray[Any], *, real: bool = True
) -> float:
    """Call the function on a copy; return its value, or the value's imaginary part."""
    returned = call_on_copy(function, "function", point)
    try:
        result = np.asarray(returned)
    except (ValueError, TypeError):
        raise ValueError(
            f"function must return one number, but returned {shown(returned)}."
        ) from None
    if result.shape != ():
        raise ValueError(
            f"function must return one number, but returned an array of shape {result.shape}."
        )
    if result.dtype.kind not in ("iuf" if real else "c"):
        wanted = "a real number" if real else "a complex number for a complex argument"
        raise ValueError(f"function must return {wanted}, but returned {shown(result)}.")
    if not np.isfinite(result):
        raise ValueError(f"function must return a finite number, but returned {result.item()}.")
    return float(result) if real else float(result.imag)


def call_on_copy(function: Callable[[Any], Any], name: str, point: npt.NDArray[Any]) -> Any:
    """Call the function on a copy, and refuse one that changes it."""
    argument = point.copy()
    result = function(argument)
    if not np.array_equal(argument, point):
        raise ValueError(f"{name} must not change its argument, but it did: work on a copy.")
    return result
