"""Arrays that write down what is done with them, while NumPy does it on example values."""

from __future__ import annotations

import contextlib
import functools
import math
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from explorable.trace.graph import PICK, STATE, Node, TraceError, refuse, where

ENTRYWISE = frozenset(
    """
    negative absolute sign square sqrt cbrt reciprocal exp exp2 expm1 log log2 log10 log1p sin cos
    tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh floor ceil trunc rint isnan
    isfinite isinf signbit logical_not positive add subtract multiply divide power floor_divide
    remainder fmod maximum minimum fmax fmin hypot arctan2 copysign logaddexp greater greater_equal
    less less_equal equal not_equal logical_and logical_or logical_xor
    """.split()  # noqa: SIM905 - a list takes a line for each
)
"""The ufuncs that the page knows."""
REDUCED = {
    "add": "sum", "multiply": "prod", "maximum": "max", "minimum": "min",
    "logical_and": "all", "logical_or": "any",
}  # fmt: skip
"""Ufuncs that reduce, and the operations that do it."""
RUNNING = {"add": "cumsum", "multiply": "cumprod"}
_BY_DTYPE = {
    "add": "logical_or", "multiply": "logical_and", "invert": "logical_not",
    "bitwise_and": "logical_and", "bitwise_or": "logical_or", "bitwise_xor": "logical_xor",
}  # fmt: skip
"""What ufuncs do with booleans."""
_POWERS = {-1: "reciprocal", 0.5: "sqrt", 1: "positive", 2: "square"}
_ANGLES = {"radians": np.pi / 180, "deg2rad": np.pi / 180, "degrees": 180 / np.pi}
_AS = {"float_power": "power", "fabs": "absolute", "true_divide": "divide", "mod": "remainder"}

_OF_LENGTHS = {np.add: 0, np.subtract: None, np.multiply: 1, np.floor_divide: None}
"""What makes lengths of lengths, and which number changes nothing."""

FUNCTIONS: dict[Any, Callable[..., Any]] = {}
"""What NumPy's functions do with traced arrays."""
METHODS: dict[str, Callable[..., Any]] = {}
"""The same for methods of arrays."""


class Length(NDArrayOperatorsMixin):
    """A length of a traced array, or a whole number made of lengths: others may be otherwise.

    In arithmetic with other numbers it is a node. Where Python or NumPy want a plain whole number,
    as `range`, `numpy.zeros` and slices do, it is that of the examples (`known`), and the page
    refuses arrays of other lengths than those of its `parts`, arrays and axes. Comparisons are
    answered for the examples.
    """

    def __init__(
        self, known: int, parts: list[tuple[Any, int]], make: Callable[[], Any] | None = None
    ) -> None:
        self.known, self.parts, self._make = known, parts, make

    def traced(self) -> Any:
        """Return the length as a traced number."""
        if self._make:
            return self._make()
        ((owner, axis),) = self.parts
        return record("length", (owner,), np.intp(self.known), axis)

    def __index__(self) -> int:
        for owner, axis in self.parts:
            owner.path.graph.fixed[owner.number, axis] = owner.value.shape[axis]
        return self.known

    __int__ = __index__

    def __float__(self) -> float:
        return float(self.__index__())

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return np.array(self.__index__(), dtype)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **named: Any) -> Any:
        if ufunc in _OF_LENGTHS and all(isinstance(each, (int, Length)) for each in inputs):
            first, second = inputs
            if second == _OF_LENGTHS[ufunc] or first == _OF_LENGTHS[ufunc]:
                return first if second == _OF_LENGTHS[ufunc] else second
            known = int(ufunc(*(getattr(each, "known", each) for each in inputs)))
            parts = [part for each in inputs for part in getattr(each, "parts", ())]
            return Length(known, parts, lambda: ufunc(*map(traced, inputs)))
        lifted = [each.traced() if isinstance(each, Length) else each for each in inputs]
        return getattr(ufunc, method)(*lifted, **named)

    def __format__(self, spec: str) -> str:
        return format(self.traced(), spec)

    def __repr__(self) -> str:
        return str(self.known)

    def __hash__(self) -> int:
        return hash(self.known)

    def __bool__(self) -> bool:
        return bool(self.known)


def _comparison(by: Callable[[Any, Any], Any]) -> Callable[[Length, Any], Any]:
    def compare(length: Length, other: Any) -> Any:
        if isinstance(other, Traced):
            return by(length.traced(), other)
        return by(length.known, other.known if isinstance(other, Length) else other)

    return compare


for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    setattr(Length, f"__{_name}__", _comparison(getattr(operator, _name)))


class Traced(NDArrayOperatorsMixin, Node):
    """An array-like value of a function that is being traced, with its value for the examples.

    What is `fresh` shares its memory with nothing, so that it may be written over in place.
    """

    def __init__(
        self, path: Any, number: int, value: Any, *, fresh: bool = False, base: Any = None
    ) -> None:
        super().__init__(path, number)
        self.value = np.asarray(value)
        self.dtype, self.ndim = self.value.dtype, self.value.ndim
        self.fresh, self.base = fresh, None if base is None else (base, base.number, None)
        if self.value.dtype.kind not in "biuf" or self.value.dtype == np.float32:
            refuse(f"an array of {self.value.dtype}", "use float64, whole numbers or booleans")

    @property
    def shape(self) -> tuple[Any, ...]:
        """The lengths along its axes; one that is not 1 may be another in the page."""
        lengths = enumerate(self.value.shape)
        return tuple(n if n == 1 else Length(n, [(self, axis)]) for axis, n in lengths)

    @property
    def size(self) -> Any:
        """How many entries it has."""
        return math.prod(self.shape)

    def __len__(self) -> int:
        if not self.ndim:
            raise TypeError("len() of unsized object")
        return operator.index(self.shape[0])

    def __iter__(self) -> Iterator[Traced]:
        return (self[position] for position in range(len(self)))

    def __bool__(self) -> bool:
        return STATE.runs[-1].decide(self, bool(self.value))

    def __index__(self) -> int:
        refuse(
            "a plain whole number of a traced value",
            "pick with gather(array, index), repeat with repeat(step, state, n)",
        )

    def _number(self, *_: Any) -> NoReturn:
        refuse(
            "float(), int(), round() or math of a traced value",
            f"leave float() and int() away, and use NumPy's functions; {PICK}",
        )

    __float__ = __int__ = __complex__ = __round__ = _number

    def __array__(self, dtype: Any = None, copy: Any = None) -> NoReturn:
        refuse(
            "a NumPy array made of a traced value",
            "call np.asarray by this name, or leave it away",
        )

    def __setitem__(self, key: Any, value: Any) -> None:
        base = value.base if isinstance(value, Traced) else None
        if base is None or base[0] is not self or base[1:] != (self.number, key):
            value = METHODS["astype"](traced(value), self.dtype, copy=False)
            self._become(FUNCTIONS["assignment"](self, key, value))

    def _become(self, after: Any) -> Any:
        """Write to the array: to this one, under all of its names, or to what it is a view of."""
        if self.base is not None and self.base[2] is not None and self.base[0].fresh:
            base, _, key = self.base
            base[key] = after
            self.base = base, base.number, key
        elif not self.fresh or self.path is not STATE.runs[-1]:
            refuse("writing to an argument or a view", "write to a copy, or make a new array")
        elif self.value.shape != after.value.shape:
            raise ValueError("what is written in place must have the array's shape")
        self.number, self.value = after.number, after.value.astype(self.dtype)
        return self

    def __hash__(self) -> int:
        refuse("a traced value as a key, for instance of a cache", "call without the cache")

    def __format__(self, spec: str) -> str:
        return written(self, spec)

    __str__ = __repr__ = lambda self: format(self, "")

    def __abs__(self) -> Any:
        return np.abs(self)

    def __getitem__(self, key: Any) -> Any:
        return FUNCTIONS["item"](self, key)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if function not in FUNCTIONS:
            name = f"{function.__module__}.{function.__name__}"
            refuse(name, CURES.get(name, _KNOWN))
        return _called(function.__name__, FUNCTIONS[function], *args, **kwargs)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **named: Any) -> Any:
        out = named.pop("out", None)
        if out:
            return self._in_place(ufunc, inputs, out, named)
        if method == "reduce":
            return _reduce(ufunc, inputs[0], **named)
        if method == "accumulate" and ufunc.__name__ in RUNNING:
            return along(RUNNING[ufunc.__name__], inputs[0], named.get("axis", 0))
        if method == "outer":
            first, second = map(traced, inputs)
            return ufunc(first[(..., *[None] * second.ndim)], second)
        named.pop("order", None)
        if method != "__call__" or named:
            refuse(f"np.{ufunc.__name__} with {method} {', '.join(named)}", "write it otherwise")
        return elementwise(ufunc, *inputs)

    def _in_place(self, ufunc: Any, inputs: Any, out: Any, named: Any) -> Any:
        (target,) = out
        if target is not inputs[0] or not isinstance(target, Traced) or named:
            refuse("out= with a traced value", "give the result a name of its own")
        after = ufunc(*inputs)
        if target.ndim and not np.can_cast(after.dtype, target.dtype, "same_kind"):
            refuse("writing fractions to whole numbers", "use astype(float) first")
        return target._become(after) if target.ndim else after

    def __getattr__(self, name: str) -> Any:
        if name == "T":
            return METHODS["transpose"](self)
        if name in METHODS:
            return functools.partial(_called, name, METHODS[name], self)
        if hasattr(np.ndarray, name) and not name.startswith("_"):
            refuse(f"{name} of a traced value", CURES.get(name, _KNOWN))
        raise AttributeError(f"{where()}: {name} of a traced value cannot be traced.")


def _called(name: str, do: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """Call what traces a function of NumPy or a method; refuse arguments that it does not know."""
    try:
        return do(*args, **named)
    except TypeError as error:
        raise TraceError(f"{where()}: {name} cannot be traced: {error}") from None


_KNOWN = "write it with functions that explorable.trace knows"
_LISTED = "leave computed=True away, so that the states are listed"
CURES = {
    f"numpy.linalg.{name}": _LISTED
    for name in ("eig", "eigh", "eigvals", "inv", "matrix_rank", "qr", "svd")
} | {
    f"numpy.{name}": (
        f"solve two normal equations by np.linalg.solve(A.T @ A, A.T @ b), or {_LISTED}"
    )
    for name in ("linalg.lstsq", "linalg.pinv", "polyfit")
}
CURES |= {
    "sort": "use np.sort(array), which sorts a copy",
    "fill": "use np.full_like(array, value), or array[...] = value",
    "flatten": "use array.ravel().copy()",
    "flat": "use array.ravel()",
    "real": "leave it away",
}
"""What to do in place of a function, or an array's method, that the page does not have."""


def traced(value: Any) -> Any:
    """Return a value as a traced array of the present path."""
    if isinstance(value, Length):
        return value.traced()
    run = STATE.runs[-1]
    if isinstance(value, Traced):
        if value.path is run:
            return value
        return Traced(run, run.lift(value), value.value)
    if isinstance(value, (list, tuple)) and holds_traced(value):
        return FUNCTIONS[np.stack]([traced(each) for each in value])
    array = np.asarray(value)
    return Traced(run, run.graph.constant(array), array)


def written(value: Any, spec: str, *, book: bool = False) -> str:
    """Return the token of a number as Python's `format` writes it, or as the book does."""
    value, more = traced(value), (require_spec(spec), traced(value).dtype.kind in "iu", book)
    return STATE.token(record("number", (value,), None, more).number)


def require_spec(spec: str) -> str:
    """Return a format specification; refuse one that the page does not know."""
    if not re.fullmatch(r"\+?,?((\.\d+)?[efg%]|d)?", spec):
        refuse(f"the format {spec!r}", "write it with d, e, f, g or %, without a width")
    return spec


def holds_traced(value: Any) -> bool:
    """Return whether a value is traced, or holds one that is."""
    if isinstance(value, (list, tuple)):
        return any(map(holds_traced, value))
    if fields := getattr(value, "__dataclass_fields__", ()):
        return any(holds_traced(getattr(value, name)) for name in fields)
    return isinstance(value, (Traced, Length))


@contextlib.contextmanager
def conversions() -> Iterator[None]:
    """Let functions that ask no protocol, as `numpy.array` and `numpy.zeros`, know the traced."""
    filled = ("zeros", "empty", "ones", "full")
    names = ("array", "asarray", "asfortranarray", *filled)
    before = {name: getattr(np, name) for name in names}

    def replaced(name: str) -> Callable[..., Any]:
        def convert(value: Any, dtype: Any = None, **more: Any) -> Any:
            if not holds_traced(value):
                return before[name](value, dtype, **more)
            made = traced(value)
            if dtype is not None and made.dtype != np.dtype(dtype):
                made = made.astype(dtype)
            return made.copy() if name == "array" else made

        return convert

    def made(name: str) -> Callable[..., Any]:
        def make(shape: Any, *more: Any, **named: Any) -> Any:
            value, *types = more if name == "full" and more else (float(name == "ones"), *more)
            value = named.get("fill_value", value)
            dtype = types[0] if types else named.get("dtype") or getattr(value, "dtype", float)
            if not holds_traced([shape, value]) or np.dtype(dtype).kind == "V":
                return before[name](shape, *more, **named)
            return FUNCTIONS[np.broadcast_to](traced(value).astype(dtype), shape).copy()

        return make

    try:
        for name in before:
            setattr(np, name, (made if name in filled else replaced)(name))
        yield
    finally:
        for name, function in before.items():
            setattr(np, name, function)


def record(
    operation: str, args: Sequence[Any], value: Any, more: Any = (), *, view: bool = False
) -> Traced:
    """Write down an operation whose result for the examples is known."""
    run = STATE.runs[-1]
    number = run.graph.add(operation, tuple(map(run.lift, args)), more)
    value = 0.0 if value is None else value
    return Traced(run, number, value, fresh=not view, base=args[0] if view else None)


def elementwise(ufunc: Any, *inputs: Any) -> Any:
    """Write down what a ufunc does with each entry."""
    if ufunc in FUNCTIONS:
        return FUNCTIONS[ufunc](*inputs)
    name = _AS.get(ufunc.__name__, ufunc.__name__)
    args = [each.traced() if isinstance(each, Length) else each for each in inputs]
    args = [traced(each) if isinstance(each, (list, tuple)) else each for each in args]
    values = [each.value if isinstance(each, Traced) else np.asarray(each) for each in args]
    if name in _ANGLES:
        return args[0] * _ANGLES[name]
    dtypes = {value.dtype.kind for value in values}
    result = ufunc(*values)
    if dtypes == {"b"} and name in _BY_DTYPE:
        name = _BY_DTYPE[name]
    if name == "power" and not isinstance(args[1], Traced) and not values[1].ndim:
        name = _POWERS.get(values[1].item(), name)
        args = args if name == "power" else args[:1]
    if name not in ENTRYWISE:
        refuse(f"np.{ufunc.__name__} of {values[0].dtype}", "write it with simpler functions")
    return record(name, tuple(args), result)


def along(operation: str, array: Any, axis: Any, *, keepdims: bool = False) -> Any:
    """Write down what a function does along one axis, or along all if it is None."""
    array = traced(array)
    if axis is None:
        flat = array if array.ndim == 1 else array.reshape(-1)
        result = along(operation, flat, 0, keepdims=False)
        return result.reshape((1,) * array.ndim) if keepdims else result
    if isinstance(axis, tuple):
        for each in sorted((a % array.ndim for a in axis), reverse=True):
            array = along(operation, array, each, keepdims=keepdims)
        return array
    axis = operator.index(axis) % max(array.ndim, 1)
    if not array.ndim:
        array = array.reshape(1)
    value = getattr(np, operation)(
        array.value, axis=axis, **({"keepdims": True} if keepdims else {})
    )
    return record(operation, (array,), value, (axis, int(keepdims)))


def _reduce(ufunc: Any, array: Any, axis: Any = 0, keepdims: bool = False, **more: Any) -> Any:
    if any(value is not None and value is not np._NoValue for value in more.values()):
        refuse(f"np.{ufunc.__name__}.reduce with {', '.join(more)}", "leave them away")
    if ufunc.__name__ in REDUCED:
        return along(REDUCED[ufunc.__name__], array, axis, keepdims=keepdims)
    moved = METHODS["moveaxis"](array, axis, 0)
    result = moved[0]
    for part in list(moved)[1:]:
        result = ufunc(result, part)
    return METHODS["expand_dims"](result, axis) if keepdims else result


def looked(look: Callable[..., Any], value: Any, name: str, given: Any, lengths: Any) -> Any:
    """Check an argument in a trace: whether what is traced lies in a range cannot be checked."""
    value = traced(value) if _numbers(value) and holds_traced(value) else value
    if isinstance(value, Traced):
        with contextlib.suppress(ValueError):
            look(value.value, name, given, lengths)  # for the lengths that others must have
        return value
    found = look(value, name, given, lengths)
    lengths.update({k: n.known for k, n in lengths.items() if isinstance(n, Length)})
    return found


def _numbers(value: Any) -> bool:
    """Return whether a value is a number or a list of numbers, not of arrays."""
    if isinstance(value, (list, tuple)):
        return all(map(_numbers, value))
    return isinstance(value, (Traced, Length, int, float)) and not np.ndim(value)
