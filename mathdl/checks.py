"""The few input checks that all kernels share.

Each check takes what a caller handed in, returns it in the form in which a kernel computes with
it, and otherwise raises a `ValueError` that names the argument and says what was expected and
what came. A public function checks its arguments once, at its entry; the code behind the entry
trusts them.
"""

from __future__ import annotations  # a Generator in an annotation would import numpy.random

import math
from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

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
    if not np.isfinite(array).all():
        raise ValueError(_not_finite(array, name))
    return array


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
    array = _as_array(value, name)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name} must hold real numbers, but holds {_kind(array)}.")
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
    if array.ndim == len(shape):
        for length, wanted in zip(array.shape, shape, strict=True):
            if length != wanted and not isinstance(wanted, str):
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
    labels = _as_array(value, name)
    if labels.dtype.kind not in "iu":
        raise ValueError(
            f"{name} must be integers, the number of each sample's class, but are {_kind(labels)}."
        )
    check_shape(labels, name, (n_samples,))
    if labels.min() < 0 or labels.max() >= n_classes:
        worst = int(np.argmax((labels < 0) | (labels >= n_classes)))
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
    raw = _as_array(value, name)
    array = finite_array(raw.astype(np.float64) if raw.dtype.kind == "b" else raw, name, shape)
    if array.min() < 0 or array.max() > 1:
        worst = array.flat[int(np.argmax((array < 0) | (array > 1)))]
        raise ValueError(f"{name} must lie between 0 and 1, but one of them is {worst:g}.")
    return array


def finite_number(value: Any, name: str) -> float:
    """Return one finite real number.

    Parameters
    ----------
    value : float
        What the caller handed in: a number, or an array that holds one.
    name : str
        What the caller calls this argument.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a single finite real number.

    Examples
    --------
    >>> finite_number(float("nan"), "slope")
    Traceback (most recent call last):
    ...
    ValueError: slope must be one finite real number, but is nan.
    """
    if isinstance(value, (int, float, np.integer, np.floating, np.ndarray)) and not isinstance(
        value, bool
    ):
        array = np.asarray(value)
        if array.size == 1 and array.dtype.kind in "iuf" and np.isfinite(array).all():
            return float(array.item())
    raise ValueError(f"{name} must be one finite real number, but is {_short(value)}.")


def positive_number(value: Any, name: str) -> float:
    """Return one finite number greater than zero.

    Parameters
    ----------
    value : float
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a single finite number greater than zero.
    """
    number = finite_number(value, name)
    if number <= 0:
        raise ValueError(f"{name} must be greater than 0, but is {number:g}.")
    return number


def number_between(
    value: Any, name: str, lower: float, upper: float, *, closed: str = "both"
) -> float:
    """Return one number from an interval.

    Parameters
    ----------
    value : float
        What the caller handed in.
    name : str
        What the caller calls this argument.
    lower, upper : float
        The interval's ends.
    closed : {"both", "left", "right", "neither"}
        Which ends belong to the interval.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a single number in the interval.

    Examples
    --------
    >>> number_between(1, "decay", 0, 1, closed="left")
    Traceback (most recent call last):
    ...
    ValueError: decay must lie in [0, 1), but is 1.
    """
    number = finite_number(value, name)
    left, right = closed in ("both", "left"), closed in ("both", "right")
    above = number >= lower if left else number > lower
    below = number <= upper if right else number < upper
    if not (above and below):
        interval = f"{'[' if left else '('}{lower:g}, {upper:g}{']' if right else ')'}"
        raise ValueError(f"{name} must lie in {interval}, but is {number:g}.")
    return number


def whole_number(value: Any, name: str, at_least: int = 1, at_most: int = 10**9) -> int:
    """Return one integer from a range.

    Parameters
    ----------
    value : int
        What the caller handed in.
    name : str
        What the caller calls this argument.
    at_least, at_most : int
        The smallest and the largest integer allowed. Nobody computes with more than 10⁹ samples,
        steps or neurons here; what is only counted may be larger.

    Returns
    -------
    int
        The integer.

    Raises
    ------
    ValueError
        If it is not an integer, or smaller or larger than allowed.

    Examples
    --------
    >>> whole_number(2.5, "n_steps")
    Traceback (most recent call last):
    ...
    ValueError: n_steps must be an integer of at least 1, but is 2.5.
    """
    integral = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    if not integral or value < at_least:
        raise ValueError(
            f"{name} must be an integer of at least {at_least}, but is {_short(value)}."
        )
    if value > at_most:
        raise ValueError(
            f"{name} must be an integer of at most {at_most:,}, but is {_short(value)}."
        )
    return int(value)


def require_workers(n_jobs: object) -> None:
    """Refuse what joblib cannot take as a number of workers.

    Parameters
    ----------
    n_jobs : object
        What the caller handed in.

    Raises
    ------
    ValueError
        If it is not an integer, or is 0.
    """
    if not isinstance(n_jobs, int) or isinstance(n_jobs, bool) or n_jobs == 0:
        raise ValueError(f"n_jobs must be an integer other than 0, but is {n_jobs!r}.")


def known_name(value: Any, name: str, names: Iterable[str]) -> str:
    """Return a name that is in a table.

    Parameters
    ----------
    value : str
        What the caller handed in.
    name : str
        What the caller calls this argument.
    names : iterable of str
        The names to choose from.

    Returns
    -------
    str
        The name.

    Raises
    ------
    ValueError
        If it is not one of the names.

    Examples
    --------
    >>> known_name("rely", "activation", ["relu", "tanh"])
    Traceback (most recent call last):
    ...
    ValueError: activation must be one of 'relu', 'tanh', but is 'rely'.
    """
    choices = list(names)
    if not isinstance(value, str) or value not in choices:
        listed = ", ".join(map(repr, choices))
        raise ValueError(f"{name} must be one of {listed}, but is {_short(value)}.")
    return str(value)


def random_generator(value: Any, name: str = "rng") -> np.random.Generator:
    """Return a source of random numbers, which the caller must hand in.

    Parameters
    ----------
    value : numpy.random.Generator
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    numpy.random.Generator
        The generator.

    Raises
    ------
    ValueError
        If it is anything else, a seed for example.
    """
    if not isinstance(value, np.random.Generator):
        raise ValueError(
            f"{name} must be a numpy.random.Generator, for example "
            f"numpy.random.default_rng(0), but is {_short(value)}."
        )
    return value


def _as_array(value: npt.ArrayLike, name: str) -> npt.NDArray[Any]:
    try:
        return np.asarray(value)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{name} must be an array of numbers: {error}") from None


def _kind(array: npt.NDArray[Any]) -> str:
    kinds = {"b": "booleans", "c": "complex numbers", "f": "floats", "U": "text", "S": "bytes"}
    return kinds.get(array.dtype.kind, f"values of type {array.dtype}")


def _not_finite(array: Array, name: str) -> str:
    bad = ~np.isfinite(array)
    index = tuple(int(i) for i in np.argwhere(bad)[0])
    where = f"{name}[{', '.join(map(str, index))}]" if index else "it"
    more = f" ({np.count_nonzero(bad)} such entries)" if np.count_nonzero(bad) > 1 else ""
    return f"{name} must hold finite numbers only, but {where} is {array[index]}{more}."


def _short(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.size > 1:
        return f"an array of shape {value.shape}"
    if isinstance(value, int) and abs(value) >= 10**30:
        sign = "negative " if value < 0 else ""
        return f"a {sign}number of about {math.log10(abs(value)):.0f} digits"
    text = repr(
        value.item()
        if isinstance(value, (np.generic, np.ndarray)) and np.size(value) == 1
        else value
    )
    return text if len(text) <= 60 else f"{text[:57]}..."
