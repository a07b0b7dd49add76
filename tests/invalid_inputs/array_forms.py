"""Right values in other forms: the same numbers in other types and layouts of memory.

The result must be the same, or, where a form is marked so, it may also be refused.
"""

import fractions
from collections.abc import Callable, Iterator
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


def every_other(value: np.ndarray) -> np.ndarray:
    """Return a view of an array with room between its entries."""
    sparse = np.full([2 * n for n in value.shape], 77, value.dtype)
    places = (slice(None, None, 2),) * value.ndim
    sparse[places] = value
    return sparse[places]


def read_only(value: np.ndarray) -> np.ndarray:
    """Return a copy that cannot be written to."""
    frozen = value.copy()
    frozen.flags.writeable = False
    return frozen


LAYOUTS: dict[str, Callable[[Any], Any]] = {
    "list": lambda value: value.tolist(),
    "Fortran order": np.asfortranarray,
    "every other entry": every_other,
    "read-only": read_only,
    "subclass": lambda value: value.copy().view(Subclass),
    "masked array without a mask": np.ma.array,
}
SEQUENCES = {"tuple or list": lambda value: (tuple if isinstance(value, list) else list)(value)}
SAME: dict[str, dict[str, Callable[[Any], Any]]] = {
    "numbers": LAYOUTS,
    "labels": LAYOUTS,
    "name": {"NumPy string": np.str_},
    "widths": {**SEQUENCES, "array": np.array},
    "settings": {**SEQUENCES, "array": np.array},
    "layers": SEQUENCES,
}
"""What is the same to every function."""

TYPES = {
    "numbers": (">f8", "longdouble", "f2", "i8", "i1", "u8"),
    "labels": ("u1", "i2", "u8", ">i4"),
    "number": ("f8", "f4", "f2", "longdouble", "i1"),
    "count": ("i1", "u1", "i8", "u8"),
}
"""Types that mean the same where they hold the same numbers, as scalars or arrays of one too."""

REFUSABLE: dict[str, dict[str, Callable[[Any], Any]]] = {
    "numbers": {dtype: lambda value, dtype=dtype: value.astype(dtype) for dtype in "?ODU"},
    "labels": {dtype: lambda value, dtype=dtype: value.astype(dtype) for dtype in "dO"},
    "number": {"bool": bool, "text": str, "Fraction": fractions.Fraction, "complex": complex},
    "count": {"bool": bool, "float": float, "text": str},
    "name": {"bytes": str.encode, "list": lambda value: [value]},
    "widths": {"iterator": lambda value: iter(list(value))},
    "settings": {"iterator": lambda value: iter(list(value))},
    "layers": {"iterator": lambda value: iter(list(value))},
}
"""What a function may take for the same, or refuse."""


def other_forms(value: Any) -> Iterator[Form]:
    """Yield a value in other types and layouts."""
    sort = kind(value)
    for name, make in SAME.get(sort, {}).items():
        yield Form(name, make(value))
    for name in TYPES.get(sort, ()):
        with np.errstate(all="ignore"):
            other = np.asarray(value).astype(name)
        if (other.astype(float) == value).all() and not (sort == "count" and value < 0):
            yield Form(name, other)
            if not other.ndim:
                yield Form(f"scalar of {name}", other[()])
    for name, make in REFUSABLE.get(sort, {}).items():
        if name not in ("?", "bool") or np.isin(value, (0, 1)).all():
            yield Form(name, make(value), refusable=True)


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
