"""Checks of arrays: what they hold, their shapes, and how many numbers are too many."""

import math
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from mathdl.checks.words import is_masked, shown

Array: TypeAlias = npt.NDArray[np.floating[Any]]
"""An array of float64 or float32."""

IntegerArray: TypeAlias = npt.NDArray[np.integer[Any]]
"""An array of whole numbers."""

_FLOATS = (np.dtype(np.float64), np.dtype(np.float32))

Shape: TypeAlias = tuple[int | str, ...]
"""A shape to ask for: a length where it is known, the name of the length where it is free."""


def finite_array(value: npt.ArrayLike, name: str, shape: Shape | None = None) -> Array:
    """Return an array of finite real numbers.

    Parameters
    ----------
    value : array_like
        What the caller handed in. An array of float64 or float32 is returned as it is, not
        copied; integers and other floats become float64.
    name : str
        What the caller calls this argument.
    shape : tuple of int or str, optional
        The shape to ask for. An integer is a length that the array must have, a name stands for
        any length: ``("n_samples", 3)``. Without it every shape will do.

    Returns
    -------
    ndarray
        The array, float64 or float32.

    Raises
    ------
    ValueError
        If the value is not an array of real numbers, is empty, has another shape, or holds a NaN
        or an infinity.

    Examples
    --------
    >>> finite_array([[1, 2, 3]], "x", ("n_samples", 3))
    array([[1., 2., 3.]])
    >>> finite_array([1, 2, 3], "x", ("n_samples", 3))
    Traceback (most recent call last):
    ...
    ValueError: x must have shape (n_samples, 3), but its shape is (3,).
    """
    array = real_array(value, name)
    if shape is not None:
        check_shape(array, name, shape)
    if array.size == 0:
        raise ValueError(f"{name} must hold at least one number, but its shape is {array.shape}.")
    if not is_finite(array):
        raise ValueError(_not_finite(array, name))
    return array


def as_array(value: npt.ArrayLike, name: str) -> npt.NDArray[Any]:
    """Return an array of whatever the value holds.

    Parameters
    ----------
    value : array_like
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    ndarray
        The array, never of a subclass.

    Raises
    ------
    ValueError
        If the value is ragged, or an array some of whose entries are masked.
    """
    if type(value) is np.ndarray:
        return value
    if is_masked(value):
        raise ValueError(f"{name} must not be masked, but some of its entries are.")
    try:
        return np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        raise ValueError(
            f"{name} must be an array of numbers with rows of equal length, but is {shown(value)}."
        ) from None


def real_array(value: npt.ArrayLike, name: str) -> Array:
    """Return an array of real numbers, which may be empty, infinite or NaN.

    Parameters
    ----------
    value : array_like
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    ndarray
        The array: float32 stays float32, integers and other floats become float64.

    Raises
    ------
    ValueError
        If the value is ragged or holds anything but integers and floats.
    """
    if type(value) is np.ndarray and value.dtype in _FLOATS:
        return value
    array = as_array(value, name)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name} must hold real numbers, but holds {_kind(array)}.")
    with np.errstate(over="ignore"):  # a long double may be infinite as float64
        return array.astype(np.float32 if array.dtype.char == "f" else np.float64, copy=False)


def check_shape(array: npt.NDArray[Any], name: str, shape: Shape) -> None:
    """Refuse an array of another shape.

    Parameters
    ----------
    array : ndarray
        The array to look at.
    name : str
        What the caller calls this argument.
    shape : tuple of int or str
        The shape to ask for, as in `finite_array`.

    Raises
    ------
    ValueError
        If the number of axes differs, or a length that was given as an integer does.
    """
    lengths = array.shape
    if len(lengths) == len(shape):
        for axis, wanted in enumerate(shape):  # faster than a zip, and every argument comes by
            if lengths[axis] != wanted and not isinstance(wanted, str):
                break
        else:
            return
    wanted_shape = str(shape).replace("'", "")
    raise ValueError(f"{name} must have shape {wanted_shape}, but its shape is {array.shape}.")


def same_shape(first: Array, first_name: str, second: Array, second_name: str) -> None:
    """Refuse two arrays that would only fit after broadcasting.

    Parameters
    ----------
    first, second : ndarray
        The two arrays.
    first_name, second_name : str
        What the caller calls them.

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    if first.shape != second.shape:
        raise ValueError(
            f"{first_name} and {second_name} must have the same shape, but their shapes are "
            f"{first.shape} and {second.shape}."
        )


def symmetric_matrix(value: npt.ArrayLike, name: str, *, positive: bool = False) -> Array:
    """Return a symmetric matrix of finite numbers.

    Parameters
    ----------
    value : array_like, shape (d, d)
        What the caller handed in.
    name : str
        What the caller calls this argument.
    positive : bool, default False
        Whether all eigenvalues must be greater than 0.

    Returns
    -------
    ndarray, shape (d, d)
        The matrix.

    Raises
    ------
    ValueError
        If it is not square, holds a NaN or an infinity, differs from its transpose by more than
        round-off, or has an eigenvalue that is not wanted.

    Examples
    --------
    >>> symmetric_matrix([[1.0, 2.0], [0.0, 1.0]], "hessian")
    Traceback (most recent call last):
    ...
    ValueError: hessian must be symmetric, but differs from its transpose.
    """
    matrix = finite_array(value, name, ("d", "d"))
    check_shape(matrix, name, (len(matrix), len(matrix)))
    largest = np.abs(matrix).max() or 1.0
    scaled = matrix / largest
    if np.abs(scaled - scaled.T).max() > 1e-5:
        raise ValueError(f"{name} must be symmetric, but differs from its transpose.")
    if positive and np.linalg.eigvalsh(scaled)[0] <= 0:
        raise ValueError(f"{name} must have positive eigenvalues only, but one is not positive.")
    return matrix


def class_labels(value: npt.ArrayLike, name: str, n_samples: int, n_classes: int) -> IntegerArray:
    """Return one class label a sample.

    Parameters
    ----------
    value : array_like of int, shape (n_samples,)
        What the caller handed in.
    name : str
        What the caller calls this argument.
    n_samples : int
        How many labels to ask for.
    n_classes : int
        Labels run from 0 to n_classes - 1.

    Returns
    -------
    ndarray of int, shape (n_samples,)
        The labels.

    Raises
    ------
    ValueError
        If the labels are not integers, are not one a sample, or leave their range.

    Examples
    --------
    >>> class_labels([0, 2, 3], "labels", n_samples=3, n_classes=3)
    Traceback (most recent call last):
    ...
    ValueError: labels must lie in 0, 1, ..., 2 (one of 3 classes), but entry 2 is 3.
    """
    labels = as_array(value, name)
    if labels.dtype.kind not in "iu":
        raise ValueError(
            f"{name} must be integers, the number of each sample's class, but are {_kind(labels)}."
        )
    check_shape(labels, name, (n_samples,))
    outside = (labels < 0) | (labels >= n_classes)
    if np.count_nonzero(outside):
        worst = int(outside.argmax())
        raise ValueError(
            f"{name} must lie in 0, 1, ..., {n_classes - 1} (one of {n_classes} classes), "
            f"but entry {worst} is {labels[worst]}."
        )
    return labels


def probabilities(value: npt.ArrayLike, name: str, shape: Shape) -> Array:
    """Return an array of numbers from 0 to 1; booleans count as 0 and 1.

    Parameters
    ----------
    value : array_like
        What the caller handed in.
    name : str
        What the caller calls this argument.
    shape : tuple of int or str
        The shape to ask for, as in `finite_array`.

    Returns
    -------
    ndarray
        The numbers.

    Raises
    ------
    ValueError
        If the shape differs or a number is outside [0, 1].
    """
    raw = as_array(value, name)
    array = finite_array(raw.astype(np.float64) if raw.dtype.kind == "b" else raw, name, shape)
    if array.min() < 0 or array.max() > 1:
        worst = array.flat[int(np.argmax((array < 0) | (array > 1)))]
        raise ValueError(f"{name} must lie between 0 and 1, but one of them is {worst:g}.")
    return array


def require_room(n_numbers: int, names: str) -> None:
    """Refuse arrays that no memory holds, before they are made.

    Parameters
    ----------
    n_numbers : int
        How many numbers would be stored.
    names : str
        The arguments that ask for so many.

    Raises
    ------
    ValueError
        If there are more than 10⁹, which are 8 GB in float64.

    Examples
    --------
    >>> require_room(10**6 * 10**6, "sizes")
    Traceback (most recent call last):
    ...
    ValueError: sizes must not ask for more than 1,000,000,000 numbers, but would need 1e+12.
    """
    if n_numbers > 10**9:
        needed = f"{n_numbers:.0e}" if n_numbers < 10**300 else shown(n_numbers)
        raise ValueError(
            f"{names} must not ask for more than 1,000,000,000 numbers, but would need {needed}."
        )


def is_finite(array: Array) -> bool:
    """Say whether all numbers are finite."""
    # Every checked argument comes by here. Where the sum of the squares is finite, all numbers
    # are, and BLAS is fast; `vdot` does not warn. Else counting is faster than `all()`.
    if array.flags.c_contiguous and math.isfinite(np.vdot(array, array)):
        return True
    return bool(np.count_nonzero(np.isfinite(array)) == array.size)


def _kind(array: npt.NDArray[Any]) -> str:
    kinds = {
        "b": "booleans",
        "c": "complex numbers",
        "f": "floats",
        "U": "text",
        "S": "bytes",
        "M": "dates",
        "m": "times",
    }
    return kinds.get(array.dtype.kind, f"values of type {array.dtype}")


def _not_finite(array: Array, name: str) -> str:
    bad = ~np.isfinite(array)
    index = tuple(int(i) for i in np.argwhere(bad)[0])
    where = f"{name}[{', '.join(map(str, index))}]" if index else "it"
    more = f" ({np.count_nonzero(bad)} such entries)" if np.count_nonzero(bad) > 1 else ""
    return f"{name} must hold finite numbers only, but {where} is {array[index]}{more}."
