"""Saying in a sentence how a result differs from the right one."""

import inspect
from collections.abc import Sequence
from numbers import Number
from typing import Any

import numpy as np
import numpy.typing as npt

from explorable.sentences import number as written
from explorable.sentences import told, translated

Numbers = npt.NDArray[Any]

_NUMBERS = (bool, int, float, np.bool_, np.number)


def difference(
    got: Any, expected: Any, names: Sequence[str], precision: float, size: float = 0.0
) -> str | None:
    """Say in a sentence how a result first differs from what was expected, or return None.

    What is expected is an array, a number, a list of arrays, or a tuple of these, each with its
    name. A relative error of `precision` is allowed, and 10⁻¹² of the size of the numbers it came
    from.
    """
    if isinstance(expected, tuple):
        return _of_tuples(got, expected, names, precision, size)
    if isinstance(expected, list):
        return _of_lists(got, expected, names[0], precision, size)
    return _of_arrays(got, np.asarray(expected), names[0], precision, size)


def as_numbers(value: Any) -> Numbers | None:
    """Return a result as an array of numbers, or None if it is something else."""
    if not isinstance(value, (np.ndarray, list, tuple, *_NUMBERS)) or _is_masked(value):
        return None
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O":
            if not all(isinstance(entry, (Number, np.bool_)) for entry in array.flat):
                return None  # float() reads texts, too
            array = array.astype(float)
    except Exception:  # a ragged list, or one that holds anything at all
        return None
    return array if array.dtype.kind in "biuf" else None


def _is_masked(value: Any) -> bool:
    return isinstance(value, np.ma.MaskedArray) and bool(np.ma.getmaskarray(value).any())


def described(value: Any) -> str:
    """Say in a few words what a function returned."""
    if value is None or value is ...:
        return str(value)
    if inspect.isgenerator(value):
        return translated("a generator")
    if _is_masked(value):
        return told("a masked array of shape {shape}", shape=value.shape)
    array = as_numbers(value)
    if isinstance(value, np.ndarray):
        if array is not None:
            return told("an array of shape {shape}", shape=value.shape)
        return told(
            "an array of type {type} of shape {shape}", type=value.dtype, shape=value.shape
        )
    if isinstance(value, (list, tuple)):
        kind = type(value).__name__
        if len(value) == 1:
            return told("a {kind} of 1 thing", kind=kind)
        return told("a {kind} of {n} things", kind=kind, n=len(value))
    if array is not None:
        given = number(array)
        return given if array.dtype.kind == "b" else told("the number {number}", number=given)
    return told("something of type {type}", type=type(value).__name__)


def number(value: Any, digits: int = 6) -> str:
    """Write one number, as a sentence does."""
    if np.asarray(value).dtype.kind == "b":
        return str(bool(value))
    return written(float(value) + 0.0, f".{digits}g")  # no minus before zero


def two_numbers(got: Any, expected: Any) -> tuple[str, str]:
    """Write two numbers with as many digits as tell them apart."""
    for digits in (4, 6, 9, 12, 17):
        pair = number(got, digits), number(expected, digits)
        if pair[0] != pair[1]:
            break
    return pair


def literal(value: Any) -> str:
    """Write an argument as one would type it."""
    return _nested(value.tolist() if isinstance(value, np.ndarray) else value)


def words(name: str) -> str:
    """Return the words for a result; names of variables stay as they are."""
    return translated(name) if " " in name else name


def capital(name: str) -> str:
    """Let the words for a result open a sentence."""
    name = words(name)
    return name[0].upper() + name[1:] if " " in name else name


def _nested(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_nested, value))}]"
    if isinstance(value, float):
        text = f"{value:.12g}"
        return text if float(text) == value else repr(value)
    return repr(value)


def _of_tuples(
    got: Any, expected: tuple[Any, ...], names: Sequence[str], precision: float, size: float
) -> str | None:
    """Compare several results one by one."""
    if not _are_several(got, expected):
        wanted = ", ".join(map(words, names))
        for right, name in zip(expected, names, strict=True):
            if difference(got, right, [name], precision, size) is None:
                return told(
                    "It returns {name} alone; it should return ({wanted}).",
                    name=words(name),
                    wanted=wanted,
                )
        return told(
            "It should return ({wanted}), but it returns {got}.", wanted=wanted, got=described(got)
        )
    for part, right, name in zip(got, expected, names, strict=True):
        found = difference(part, right, [name], precision, size)
        if found is not None:
            return _in_another_order(got, expected, names, precision, size) or found
    return None


def _are_several(got: Any, expected: tuple[Any, ...]) -> bool:
    """Say whether a result is that many: one array is if its rows could be the results."""
    row = as_numbers(got) if isinstance(got, list) else None
    got = got if row is None or row.ndim != 1 else row
    if isinstance(got, np.ndarray):
        shapes = [None if isinstance(part, list) else np.shape(part) for part in expected]
        return got.ndim > 0 and [getattr(row, "shape", ()) for row in got] == shapes
    if not isinstance(got, (tuple, list)) or len(got) != len(expected):
        return False
    # A list of as many arrays as there are lists to return is one of these lists.
    lists = all(isinstance(part, list) for part in expected)
    return not (lists and isinstance(got, list) and not any(map(_is_list_of_arrays, got)))


def _is_list_of_arrays(part: Any) -> bool:
    return isinstance(part, (list, tuple)) or (isinstance(part, np.ndarray) and part.ndim == 3)


def _in_another_order(
    got: Any, expected: tuple[Any, ...], names: Sequence[str], precision: float, size: float
) -> str | None:
    """Notice results that are right, but stand in another order."""
    order = []
    for part in got:
        fits = [
            name
            for right, name in zip(expected, names, strict=True)
            if difference(part, right, [name], precision, size) is None
        ]
        order.append(fits[0] if fits else "")
    if sorted(order) != sorted(names):
        return None
    return told(
        "It returns ({order}); the order should be ({wanted}).",
        order=", ".join(map(words, order)),
        wanted=", ".join(map(words, names)),
    )


def _of_lists(
    got: Any, expected: list[Any], name: str, precision: float, size: float
) -> str | None:
    """Compare the members of two lists one by one."""
    several = isinstance(got, (tuple, list)) or (isinstance(got, np.ndarray) and got.ndim > 0)
    if not several or len(got) != len(expected):
        one = translated("a list of one array")
        wanted = one if len(expected) == 1 else told("a list of {n} arrays", n=len(expected))
        return should_be(name, wanted, described(got))
    for place, (part, right) in enumerate(zip(got, expected, strict=True)):
        found = difference(part, right, [f"{name}[{place}]"], precision, size)
        if found is not None:
            return found
    return None


def _of_arrays(
    got: Any, expected: Numbers, name: str, precision: float, size: float
) -> str | None:
    """Compare two arrays, or two numbers."""
    yes_or_no = expected.dtype == bool and expected.ndim == 0
    wanted = translated("True or False") if yes_or_no else translated("a number")
    if expected.ndim:
        wanted = told("an array of shape {shape}", shape=expected.shape)
    array = as_numbers(got)
    if array is None:
        return should_be(name, wanted, described(got))
    if expected.ndim == 0 and array.size == 1:
        array = array.reshape(())
    if array.shape != expected.shape:
        what = got if isinstance(got, tuple) or not array.ndim else array
        return should_be(name, wanted, described(what))
    if yes_or_no and array.dtype != bool:
        return should_be(name, wanted, described(got))
    for kinds, others, held in (
        ("b", "iuf", translated("True and False")),
        ("iu", "bf", translated("whole numbers")),
        ("f", "b", translated("numbers")),
    ):
        if expected.dtype.kind in kinds and array.dtype.kind in others and array.size:
            return told(
                "{name} should hold {held}, not {type}.",
                name=capital(name),
                held=held,
                type=array.dtype,
            )
    if array.dtype == np.float16:
        return told(
            "Half precision (float16) has too few digits to be checked: return {name} in float64.",
            name=words(name),
        )
    if array.dtype == np.float32:
        precision, size = max(precision, 1e-4), 1e6 * size
    far = ~_close(array.astype(float), expected.astype(float), precision, 1e-12 * size)
    if not far.any():
        return None
    place = tuple(int(index) for index in np.argwhere(far)[0])
    entry = capital(name)
    if place:
        entry = told("Entry {place} of {name}", place=list(place), name=words(name))
    ours, right = two_numbers(array[place], expected[place])
    return told("{name} is {came} and should be {wanted}.", name=entry, came=ours, wanted=right)


def should_be(name: str, wanted: str, got: str) -> str:
    """Say that a result is something else than was wanted."""
    return told(
        "{name} should be {wanted}, not {got}.", name=capital(name), wanted=wanted, got=got
    )


def _close(
    got: Numbers, expected: Numbers, precision: float, rounding: float
) -> npt.NDArray[np.bool_]:
    """Say which numbers agree, up to rounding in numbers of the size of the largest."""
    finite = np.abs(expected[np.isfinite(expected)])
    within = max(precision * finite.max(initial=0.0) / 100, rounding)
    return np.isclose(got, expected, rtol=precision, atol=within, equal_nan=True)
