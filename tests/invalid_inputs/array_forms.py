"""Right values in other forms: the same numbers in other types and layouts of memory.

The result must be the same, or, where a form is marked so, it may also be refused.
"""

import array
import fractions
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from mathdl.forward import Layer


class Form(NamedTuple):
    """A value, what it is called in a report, and whether it may also be refused."""

    name: str
    value: Any
    refusable: bool = False

    def __repr__(self) -> str:
        return self.name


class Subclass(np.ndarray):
    """An array that is not quite an ndarray."""


def kind(value: Any) -> str:
    """Say what sort of argument a right value stands for."""
    if isinstance(value, np.ndarray):
        return "labels" if value.dtype.kind in "iu" else "numbers"
    if isinstance(value, (list, tuple)) and value and type(value) in (list, tuple):
        inner = {type(each) for each in value}
        if inner == {int}:
            return "widths"
        if inner == {float}:
            return "settings"
        if inner <= {Layer}:
            return "layers"
        return "things"
    if isinstance(value, np.random.Generator):
        return "rng"
    names = {bool: "flag", int: "count", float: "number", str: "name"}
    return names.get(type(value), "function" if callable(value) else "thing")


def other_forms(value: Any) -> Iterator[Form]:
    """Yield a value in other types and layouts."""
    forms = {
        "numbers": _forms_of_numbers,
        "labels": _forms_of_labels,
        "number": _forms_of_a_number,
        "count": _forms_of_a_count,
        "name": _forms_of_a_name,
        "widths": _forms_of_a_list,
        "settings": _forms_of_a_list,
        "layers": _forms_of_layers,
    }
    yield from forms.get(kind(value), lambda _: ())(value)


def _forms_of_numbers(value: np.ndarray) -> Iterator[Form]:
    yield from _layouts(value)
    yield Form("list", value.tolist())
    yield Form("big-endian", value.astype(">f8"))
    yield Form("long doubles", value.astype(np.longdouble))
    if value.ndim == 1:
        yield Form("array.array", array.array("d", value))
        yield Form("list of scalars", list(value))
    if value.ndim > 1:
        yield Form("tuple of arrays", tuple(value))
    if (value.astype(np.float16) == value).all():
        yield Form("float16", value.astype(np.float16))
    if (value == np.rint(value)).all():
        yield Form("int64", value.astype(np.int64))
        if (abs(value) < 128).all():
            yield Form("int8", value.astype(np.int8))
        if (value >= 0).all():
            yield Form("uint64", value.astype(np.uint64))
    if np.isin(value, (0, 1)).all():
        yield Form("booleans", value.astype(bool), refusable=True)
    yield Form("objects", value.astype(object), refusable=True)
    yield Form("complex", value.astype(complex), refusable=True)
    yield Form("text", value.astype(str), refusable=True)


def _forms_of_labels(value: np.ndarray) -> Iterator[Form]:
    yield from _layouts(value)
    yield Form("list", value.tolist())
    yield Form("tuple", tuple(value.tolist()))
    for dtype in (np.uint8, np.int16, np.uint64, ">i4"):
        yield Form(str(np.dtype(dtype)), value.astype(dtype))
    yield Form("whole floats", value.astype(float), refusable=True)
    yield Form("objects", value.astype(object), refusable=True)


def _layouts(value: np.ndarray) -> Iterator[Form]:
    yield Form("Fortran order", np.asfortranarray(value))
    backwards = (slice(None, None, -1),) * value.ndim
    yield Form("negative strides", np.array(value[backwards], order="C")[backwards])
    sparse = np.full([2 * n for n in value.shape], 77, value.dtype)
    every_other = (slice(None, None, 2),) * value.ndim
    sparse[every_other] = value
    yield Form("every other entry", sparse[every_other])
    frozen = value.copy()
    frozen.flags.writeable = False
    yield Form("read-only", frozen)
    yield Form("subclass", value.copy().view(Subclass))
    yield Form("masked array without a mask", np.ma.array(value))
    if value.ndim == 2:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PendingDeprecationWarning)  # a student may be late
            matrix = np.asmatrix(value.copy())
        yield Form("matrix", matrix)


def _forms_of_a_number(value: float) -> Iterator[Form]:
    for dtype in (np.float64, np.float32, np.float16, np.longdouble):
        with np.errstate(over="ignore"):
            same = float(dtype(value)) == value
        if same:
            yield Form(dtype.__name__, dtype(value))
            yield Form(f"array of one {dtype.__name__}", np.array(value, dtype))
    if value.is_integer() and abs(value) < 100:
        yield Form("int", int(value))
        yield Form("int8", np.int8(value))
        yield Form("array of one int", np.array(int(value)))
    if value in (0, 1):
        yield Form("bool", bool(value), refusable=True)
    yield Form("text", str(value), refusable=True)
    yield Form("Fraction", fractions.Fraction(value), refusable=True)
    yield Form("complex", complex(value), refusable=True)
    yield Form("list", [value], refusable=True)


def _forms_of_a_count(value: int) -> Iterator[Form]:
    for dtype in (np.int8, np.uint8, np.int64, np.uint64):
        if 0 <= value < 128:
            yield Form(dtype.__name__, dtype(value))
            yield Form(f"array of one {dtype.__name__}", np.array(value, dtype))
    yield Form("float", float(value), refusable=True)
    yield Form("text", str(value), refusable=True)
    if value in (0, 1):
        yield Form("bool", bool(value), refusable=True)


def _forms_of_a_name(value: str) -> Iterator[Form]:
    yield Form("NumPy string", np.str_(value))
    yield Form("bytes", value.encode(), refusable=True)
    yield Form("list", [value], refusable=True)


def _forms_of_a_list(value: list) -> Iterator[Form]:
    yield from _sequences(value)
    yield Form("array", np.array(value))


def _sequences(value: list) -> Iterator[Form]:
    other = tuple if isinstance(value, list) else list
    yield Form(other.__name__, other(value))
    yield Form("iterator", iter(list(value)), refusable=True)


def _forms_of_layers(value: list) -> Iterator[Form]:
    yield from _sequences(value)
    objects = np.empty(len(value), object)
    objects[:] = value
    yield Form("array of objects", objects, refusable=True)


def in_float32(value: Any) -> Any:
    """Return a value whose arrays of float64, and those of its layers, are of float32."""
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return value.astype(np.float32)
    if isinstance(value, Layer):
        return Layer(in_float32(value.weights), in_float32(value.bias), value.activation)
    if isinstance(value, (list, tuple)):
        parts = [in_float32(each) for each in value]
        return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
    return value
