"""What a function may ask for at the door: the checks that `checked` takes."""

from collections.abc import Callable, Collection
from itertools import islice
from types import EllipsisType
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from explorable.checks.arrays import (
    Array,
    IntegerArray,
    as_array,
    class_labels,
    real_array,
    require_finite,
    wrong_shape,
)
from explorable.checks.decorator import Check, Given, Lengths
from explorable.checks.numbers import Interval, finite_number, require_workers, whole_number
from explorable.checks.objects import (
    a_flag,
    a_function,
    a_text,
    an_instance,
    known_name,
    listed,
    random_generator,
)

__all__ = [
    "FLAG",
    "FUNCTION",
    "GENERATOR",
    "TEXT",
    "WORKERS",
    "array",
    "check_fields",
    "entrywise",
    "instance",
    "labels",
    "number",
    "one_of",
    "require_broadcast",
    "several",
    "symmetric",
    "whole",
]

Axis: TypeAlias = int | str | EllipsisType


def array(
    *axes: Axis,
    within: str = "",
    same_as: str = "",
    type_of: str = "",
    finite: bool = True,
    booleans: bool = False,
    copy: bool = False,
) -> Check:
    """Ask for an array of real numbers.

    Parameters
    ----------
    *axes : int, str or ``...``
        A length or a name. Axes of one name have one length, in whatever argument they are. An
        ellipsis, first or last, stands for any number of axes. Without axes every shape will do.
    within : str, default ""
        The interval of all its numbers, such as ``"(0, inf)"`` or ``"[0, 1)"``.
    same_as : str, default ""
        An argument checked before, whose shape it must have, and whose type whole numbers take.
    type_of : str, default ""
        An argument checked before, whose type whole numbers take: float32 stays float32.
    finite : bool, default True
        Whether to refuse infinities, NaN, and arrays that hold nothing.
    booleans : bool, default False
        Whether to take them, as 0 and 1.
    copy : bool, default False
        Whether the function wants an array of its own.

    Returns
    -------
    Check
        What a caller hands in becomes an array of float32 if it is one, else of float64.

    Examples
    --------
    >>> from explorable.checks import checked
    >>> @checked(points=array(..., "d"), direction=array("d", within="[-1, 1]"))
    ... def along(points, direction):
    ...     return points @ direction
    >>> along([[1, 2], [3, 4]], [1, 0])
    array([1., 3.])
    >>> along([1, 2], [1, 0, 0])
    Traceback (most recent call last):
    ...
    ValueError: direction must have shape (2,), but its shape is (3,).
    >>> along([1, 2], [1, 2])
    Traceback (most recent call last):
    ...
    ValueError: direction must lie in [-1, 1], but one of its numbers is 2.
    """
    interval, typed = Interval.of(within) if within else None, type_of or same_as
    require_axes = _axes(axes) if axes else None

    def look(value: Any, name: str, given: Given, lengths: Lengths) -> Array:
        found = real_array(_without_booleans(value, name) if booleans else value, name)
        if require_axes:
            require_axes(found, name, lengths)
        if typed:
            if same_as:
                _require_same_shape(given[same_as], same_as, found, name)
            if found.dtype != given[typed].dtype and np.asarray(value).dtype.kind in "biu":
                found = found.astype(given[typed].dtype)
        if finite:
            require_finite(found, name)
        if interval:
            interval.require(found, name)
        return found.copy() if copy else found

    shape = f", shape {_written(axes)}" if axes else ""
    same = f", shape of {same_as}" if same_as else ""
    return Check(look, f"array_like{shape}{same}{_range(interval)}")


def _without_booleans(value: Any, name: str) -> npt.NDArray[Any]:
    found = as_array(value, name)
    return found.astype(np.float64) if found.dtype == bool else found


def _require_same_shape(first: Array, first_name: str, second: Array, second_name: str) -> None:
    if first.shape != second.shape:
        raise ValueError(
            f"{first_name} and {second_name} must have the same shape, but their shapes are "
            f"{first.shape} and {second.shape}."
        )


def _range(interval: Interval | None) -> str:
    return f", {interval.words}" if interval else ""


def _axes(axes: tuple[Axis, ...]) -> Callable[[npt.NDArray[Any], str, Lengths], None]:
    """Return what refuses an array with other axes, and learns the lengths of new ones."""
    named = tuple(axis for axis in axes if not isinstance(axis, EllipsisType))
    n = len(named)
    kept = None if n == len(axes) else slice(-n, None) if axes[0] is ... else slice(n)

    def require(found: npt.NDArray[Any], name: str, lengths: Lengths) -> None:
        shape = found.shape[kept] if kept else found.shape
        n_known = len(lengths)
        if len(shape) == n:
            for axis, length in zip(named, shape):  # noqa: B905 - faster, and as long
                if (axis if axis.__class__ is int else lengths.setdefault(axis, length)) != length:
                    break
            else:
                return
        known: dict[Any, int] = dict(islice(lengths.items(), n_known))
        wrong_shape(found, name, _written(tuple(known.get(axis, axis) for axis in axes)))

    return require


def _written(axes: tuple[Axis, ...]) -> str:
    """Write a shape as Python does, names without quotes."""
    words = ", ".join("..." if axis is ... else str(axis) for axis in axes)
    return f"({words}{',' * (len(axes) == 1)})"


def entrywise(within: str, *, not_below: str = "") -> Check:
    """Ask for numbers from an interval, one or many, which broadcast with the others of a call.

    They may be asked not to fall below those of an argument that was checked before.
    """
    numbers = array(within=within)

    def look(value: Any, name: str, given: Given, lengths: Lengths) -> Array:
        found: Array = numbers.look(value, name, given, lengths)
        together = lengths.setdefault("entrywise", {})
        together[name] = found
        require_broadcast(**together)
        if not_below and not np.all(given[not_below] <= found):
            raise ValueError(
                f"{not_below} must not exceed {name}, but they are {given[not_below].max():g} and "
                f"{found.min():g}."
            )
        return found

    return Check(look, f"float or {numbers.words}")


def require_broadcast(**arrays: Array) -> None:
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


def labels(n_samples: str, n_classes: str) -> Check:
    """Ask for one class label per sample, an integer from 0 to the number of classes − 1.

    Either number is named as an axis or as an integer argument that was checked before.
    """

    def look(value: Any, name: str, given: Given, lengths: Lengths) -> IntegerArray:
        n, k = (
            lengths[size] if size in lengths else given[size] for size in (n_samples, n_classes)
        )
        return class_labels(value, name, n, k)

    return Check(look, f"array_like of int, shape ({n_samples},), from 0 to {n_classes} − 1")


def symmetric(axis: int | str, *, positive: bool = False) -> Check:
    """Ask for a symmetric matrix, with positive eigenvalues only if wanted.

    Examples
    --------
    >>> symmetric("d").look([[1.0, 2.0], [0.0, 1.0]], "hessian", {}, {})
    Traceback (most recent call last):
    ...
    ValueError: hessian must be symmetric, but differs from its transpose.
    """
    square = array(axis, axis)

    def look(value: Any, name: str, given: Given, lengths: Lengths) -> Array:
        matrix: Array = square.look(value, name, given, lengths)
        scaled = matrix / (np.abs(matrix).max() or 1.0)
        if np.abs(scaled - scaled.T).max() > 1e-5:  # more than round-off
            raise ValueError(f"{name} must be symmetric, but differs from its transpose.")
        if positive and np.linalg.eigvalsh(scaled)[0] <= 0:
            raise ValueError(
                f"{name} must have positive eigenvalues only, but one is not positive."
            )
        return matrix

    return Check(look, f"{square.words}, symmetric")


def number(within: str = "") -> Check:
    """Ask for one finite number, or for one from an interval such as ``"(0, 1]"``."""
    interval = Interval.of(within) if within else None

    def look(value: Any, name: str, *_: Any) -> float:
        found = finite_number(value, name)
        if interval:
            interval.require(found, name)
        return found

    return Check(look, f"float{_range(interval)}")


def whole(at_least: int = 1, at_most: int = 10**6) -> Check:
    """Ask for one integer from a range. What is not worked through one by one may be larger."""

    def look(value: Any, name: str, *_: Any) -> int:
        return whole_number(value, name, at_least, at_most)

    return Check(look, f"int, from {at_least:,} to {at_most:,}")


def one_of(names: Collection[str]) -> Check:
    """Ask for a name from a table."""

    def look(value: Any, name: str, *_: Any) -> str:
        return known_name(value, name, names)

    return Check(look, f"{{{', '.join(map(repr, names))}}}".replace("'", '"'))


def instance(kind: type[Any]) -> Check:
    """Ask for an object of a class."""

    def look(value: Any, name: str, *_: Any) -> Any:
        return an_instance(value, name, kind)

    return Check(look, kind.__name__)


def several(each: Check, of: str = "", *, at_least: int = 0) -> Check:
    """Ask for a list whose entries all pass a check; `of` says in words what it lists."""

    def look(value: Any, name: str, given: Given, lengths: Lengths) -> list[Any]:
        entries = listed(value, name, of)
        if len(entries) < at_least:
            raise ValueError(f"{name} must list at least {at_least}, but lists {len(entries)}.")
        return [each.look(entry, f"each of {name}", given, lengths) for entry in entries]

    return Check(look, f"sequence of {each.words}")


def _plain(check: Callable[[Any, str], Any], words: str) -> Check:
    return Check(lambda value, name, given, lengths: check(value, name), words)


FUNCTION = _plain(a_function, "callable")
"""Asks for what can be called."""

FLAG = _plain(a_flag, "bool")
"""Asks for True or False."""

TEXT = _plain(a_text, "str")
"""Asks for text."""

GENERATOR = _plain(random_generator, "numpy.random.Generator")
"""Asks for a source of random numbers."""

WORKERS = _plain(require_workers, "int other than 0, from -10,000 to 10,000")
"""Asks for a number of workers of joblib; −1 stands for all cores, or for a cluster."""


def check_fields(instance: object, **checks: Check) -> None:
    """Check the fields of a frozen dataclass, when it has been made."""
    fields, lengths = dict(vars(instance)), Lengths()
    for name, check in checks.items():
        fields[name] = check.look(fields[name], name, fields, lengths)
        object.__setattr__(instance, name, fields[name])
