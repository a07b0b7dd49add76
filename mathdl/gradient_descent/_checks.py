"""The refusals that the modules of this chapter share beyond `mathdl.checks`."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from mathdl.checks import Array, finite_array


def _in_range(
    value: npt.ArrayLike, name: str, holds: Callable[[Array], npt.NDArray[np.bool_]], wanted: str
) -> Array:
    """Return numbers, one or many, all of which lie in a range told in words."""
    array = finite_array(value, name)
    fits = np.asarray(holds(array))
    if not fits.all():
        raise ValueError(f"{name} must {wanted}, but is {array[~fits].flat[0]:g}.")
    return array


def positive(value: npt.ArrayLike, name: str) -> Array:
    """Return numbers greater than 0."""
    return _in_range(value, name, lambda array: array > 0, "be greater than 0")


def nonnegative(value: npt.ArrayLike, name: str) -> Array:
    """Return numbers of at least 0."""
    return _in_range(value, name, lambda array: array >= 0, "be at least 0")


def decay_rate(value: npt.ArrayLike, name: str) -> Array:
    """Return numbers in [0, 1)."""
    return _in_range(value, name, lambda array: (array >= 0) & (array < 1), "lie in [0, 1)")


def fitting(**arrays: Array) -> None:
    """Refuse arrays that NumPy would not broadcast together."""
    try:
        np.broadcast_shapes(*(array.shape for array in arrays.values()))
    except ValueError:
        *names, last = arrays
        shapes = ", ".join(str(array.shape) for array in arrays.values())
        raise ValueError(
            f"{', '.join(names)} and {last} must be single numbers or have shapes that fit one "
            f"another, but their shapes are {shapes}."
        ) from None


def curvature_range(smallest: npt.ArrayLike, largest: npt.ArrayLike) -> tuple[Array, Array]:
    """Return both ends of a range of curvatures with 0 < smallest ≤ largest."""
    low, high = positive(smallest, "smallest_curvature"), positive(largest, "largest_curvature")
    fitting(smallest_curvature=low, largest_curvature=high)
    if not np.all(low <= high):
        raise ValueError(
            "smallest_curvature must not exceed largest_curvature, "
            f"but they are {low.max():g} and {high.min():g}."
        )
    return low, high
