"""NumPy's functions of traced arrays, in terms of a few operations."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from explorable.trace.graph import PICK, STATE, refuse
from explorable.trace.traced import FUNCTIONS, METHODS, Length, Traced, along, record, traced


def _function(*functions: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Say what NumPy's function of this name, or those given, and the method do."""

    def decorate(do: Callable[..., Any]) -> Callable[..., Any]:
        name = do.__name__.removeprefix("_")
        for each in functions or (getattr(np, name),):
            FUNCTIONS[each] = do
        METHODS[name] = do
        return do

    return decorate


def _rows(array: Any, shape: tuple[int, ...]) -> Any:
    """Return an array of two axes; what has fewer is reshaped."""
    return traced(array) if np.ndim(array) > 1 else _reshape(array, shape)


_ravel: Callable[..., Any]
_stack: Callable[..., Any]
_SHORT: dict[str, Callable[..., Any]] = {
    "shape": lambda a: traced(a).shape,
    "ndim": lambda a: traced(a).ndim,
    "size": lambda a, axis=None: traced(a).size if axis is None else traced(a).shape[axis],
    "result_type": lambda *a: np.result_type(*(getattr(each, "value", each) for each in a)),
    "ravel": lambda a, order="C": _reshape(a, -1, order=order),
    "copy": lambda a, order="C": _alike(a, traced(a).value.copy()),
    "full_like": lambda a, fill_value, dtype=None, **more: _filled(a, fill_value, dtype, **more),
    "zeros_like": lambda a, dtype=None, **more: _filled(a, 0, dtype, **more),
    "empty_like": lambda a, dtype=None, **more: _filled(a, 0, dtype, **more),
    "ones_like": lambda a, dtype=None, **more: _filled(a, 1, dtype, **more),
    "append": lambda arr, values, axis=None: _concatenate([arr, values], axis),
    "stack": lambda arrays, axis=0: _concatenate([_expand_dims(a, axis) for a in arrays], axis),
    "vstack": lambda tup: _concatenate([_rows(each, (1, -1)) for each in tup]),
    "column_stack": lambda tup: _concatenate([_rows(each, (-1, 1)) for each in tup], 1),
    "hstack": lambda tup: _concatenate(
        [traced(each) if np.ndim(each) else _reshape(each, 1) for each in tup],
        min(np.ndim(tup[0]) - 1, 1),
    ),
    "take": lambda a, indices, axis=None: (
        _ravel(a)[traced(indices)]
        if axis is None
        else traced(a)[(*[slice(None)] * (axis % np.ndim(a)), traced(indices))]
    ),
    "array_equal": lambda a1, a2: (
        traced(a1).shape == traced(a2).shape and (traced(a1) == a2).all()
    ),
    "allclose": lambda a, b, *more, **named: _isclose(a, b, *more, **named).all(),
    "searchsorted": lambda a, v, side="left": np.digitize(v, a, right=side == "left"),
    "nan_to_num": lambda x, nan=0.0: _where(
        np.isnan(x), nan, np.clip(x, -np.finfo(float).max, np.finfo(float).max)
    ),
    "std": lambda a, axis=None, **named: np.sqrt(_var(a, axis, **named)),
    "ptp": lambda a, axis=None: along("max", a, axis) - along("min", a, axis),
    "count_nonzero": lambda a, axis=None: along("sum", traced(a) != 0, axis),
    "sort": lambda a, axis=-1, **_: along("sort", a, axis),
    "argsort": lambda a, axis=-1, **_: along("argsort", a, axis),
    "vdot": lambda a, b: _matmul(_ravel(a), _ravel(b)),
    "outer": lambda a, b: _reshape(a, (-1, 1)) * _ravel(b),
}
for _name, _do in _SHORT.items():
    FUNCTIONS[getattr(np, _name)] = METHODS[_name] = _do
METHODS["item"] = lambda a, *key: a[key] if key else a.reshape(-1)[0] if a.ndim else a
del METHODS["sort"]  # which sorts in place
METHODS["setflags"] = lambda a, **_: None  # what is traced cannot be written to
_ravel, _stack = METHODS["ravel"], METHODS["stack"]


def _alike(a: Any, value: Any) -> Any:
    """Return a new array of the same numbers."""
    return Traced(STATE.runs[-1], STATE.runs[-1].lift(a), value, fresh=True)


# Shapes and entries


def _wanted(shape: Any, args: list[Any]) -> tuple[tuple[Any, ...], tuple[int, ...]]:
    """Return a shape for a node, whose lengths may be those of `args`, and for the examples."""
    node: list[Any] = []
    for length in shape if isinstance(shape, (tuple, list)) else (shape,):
        if isinstance(length, Length) and len(length.parts) == 1:
            ((owner, axis),) = length.parts
            args.append(owner)
            node.append((len(args) - 1, axis))
        else:
            node.append(operator.index(length))
    known = (args[n[0]].value.shape[n[1]] if isinstance(n, tuple) else n for n in node)
    return tuple(node), tuple(known)


@_function()
def _reshape(a: Any, /, *shape: Any, order: str = "C", copy: Any = None) -> Any:
    if order != "C":
        refuse(f"reshape in order {order}", "transpose first")
    args = [traced(a)]
    node, known = _wanted(shape[0] if len(shape) == 1 else shape, args)
    return record("reshape", args, args[0].value.reshape(known), node, view=True)


@_function()
def _broadcast_to(array: Any, shape: Any) -> Any:
    args = [traced(array)]
    node, known = _wanted(shape, args)
    return record("broadcast", args, np.broadcast_to(args[0].value, known), node, view=True)


def _filled(a: Any, fill_value: Any, dtype: Any = None, *, shape: Any = None, **_: Any) -> Any:
    fill_value = traced(fill_value).astype(dtype or traced(a).dtype)
    return _broadcast_to(fill_value, traced(a).shape if shape is None else shape).copy()


@_function()
def _transpose(a: Any, *given: Any) -> Any:
    a, axes = traced(a), given[0] if len(given) == 1 else given or None
    if a.ndim < 2:
        return a
    order = np.transpose(np.broadcast_to(0, range(1, a.ndim + 1)), axes).shape
    more = tuple(length - 1 for length in order)
    if more == tuple(range(a.ndim)):
        return a
    return record("transpose", (a,), np.transpose(a.value, axes), more, view=True)


@_function()
def _moveaxis(a: Any, source: Any, destination: Any) -> Any:
    axes = np.broadcast_to(0, range(1, np.ndim(a) + 1))
    return _transpose(a, [n - 1 for n in np.moveaxis(axes, source, destination).shape])


@_function()
def _swapaxes(a: Any, axis1: int, axis2: int) -> Any:
    axes = np.broadcast_to(0, range(1, np.ndim(a) + 1))
    return _transpose(a, [n - 1 for n in np.swapaxes(axes, axis1, axis2).shape])


@_function()
def _expand_dims(a: Any, axis: int) -> Any:
    key: list[Any] = [slice(None)] * np.ndim(a)
    key.insert(axis % (np.ndim(a) + 1), None)
    return traced(a)[tuple(key)]


@_function()
def _squeeze(a: Any, axis: Any = None) -> Any:
    shape = traced(a).value.shape
    gone = [axis % len(shape)] if axis is not None else [k for k, n in enumerate(shape) if n == 1]
    return traced(a)[tuple(0 if k in gone else slice(None) for k in range(len(shape)))]


@_function("astype")
def _astype(a: Traced, dtype: Any, *, copy: bool = True, **_: Any) -> Any:
    if not copy and a.dtype == np.dtype(dtype):
        return a
    kind, value = np.dtype(dtype).kind, a.value.astype(dtype)
    if kind == "b" and a.dtype.kind != "b":
        return a != 0
    if kind in "iu" and a.dtype.kind == "f":
        return record("trunc", (a,), value)
    return _alike(a, value)


@_function("tolist")
def _tolist(a: Traced) -> Any:
    refuse("tolist()", "use the array itself, or iterate over it")


def _entries(array: Traced, key: Any) -> Any:
    """Return what stands in brackets behind an array."""
    keys = list(key) if isinstance(key, tuple) else [key]
    keys = [traced(k) if isinstance(k, (list, np.ndarray, Length)) else k for k in keys]
    if any(
        getattr(getattr(k, "dtype", None), "kind", "") == "b" or isinstance(k, bool) for k in keys
    ):
        refuse("picking by booleans", "use np.where, which keeps the shape")
    here = next((i for i, k in enumerate(keys) if k is Ellipsis), len(keys))
    named = sum(k is not None and k is not Ellipsis for k in keys)
    keys[here : here + 1] = [slice(None)] * (array.ndim - named)
    if any(isinstance(k, Traced) for k in keys):
        return _picked(array, keys)
    bounds = tuple(map(_bounds, keys))
    if all(each == () for each in bounds):
        return array
    view = record("slice", (array,), array.value[tuple(keys)], bounds, view=True)
    view.base = array, array.number, key
    return view


FUNCTIONS["item"] = _entries


def _assigned(array: Traced, key: Any, value: Any) -> Any:
    """Return an array after an assignment to what stands in brackets behind it."""
    if getattr(getattr(key, "dtype", None), "kind", "") == "b" and not np.ndim(value):
        return _where(key, value, array)
    numbers = np.arange(array.value.size).reshape(array.value.shape)
    places = record("places", (array,), numbers)[key]
    args = array, places, _broadcast_to(value, places.shape)
    after = array.value.copy()
    after.flat[places.value.ravel()] = args[2].value.ravel()
    return record("put", args, after)


FUNCTIONS["assignment"] = _assigned


def _bounds(key: Any) -> Any:
    """Return a key as the page reads it: null, a number, or up to three of a slice."""
    if not isinstance(key, slice):
        return None if key is None else operator.index(key)
    ends = (key.start, key.stop, key.step)
    known = tuple(None if each is None else operator.index(each) for each in ends)
    return () if known == (None, None, None) else known


def _picked(array: Traced, keys: Sequence[Any]) -> Any:
    """Return entries of an array at whole numbers that are traced or in arrays."""
    plain = slice, type(None)
    first = array[tuple(key if isinstance(key, plain) else slice(None) for key in keys)]
    places = [i for i, key in enumerate(keys) if not isinstance(key, plain)]
    rest = [i for i in range(first.ndim) if i not in places]
    moved, indices = _transpose(first, [*places, *rest]), [traced(keys[i]) for i in places]
    if any(index.dtype.kind == "f" for index in indices):
        refuse("an index that is no whole number", PICK)
    value = moved.value[tuple(index.value.astype(int) for index in indices)]
    result, n_new = record("gather", (moved, *indices), value), value.ndim - len(rest)
    if places == list(range(places[0], places[-1] + 1)):
        return _moveaxis(result, range(n_new), range(places[0], places[0] + n_new))
    return result


@_function()
def _concatenate(arrays: Any, axis: Any = 0) -> Any:
    parts = [traced(each) if axis is not None else _ravel(each) for each in arrays]
    value = np.concatenate([part.value for part in parts], axis or 0)
    return record("concatenate", parts, value, (axis or 0) % value.ndim)


@_function()
def _pad(array: Any, pad_width: Any, *, constant_values: Any = 0) -> Any:
    padded = traced(array)
    edge = traced(constant_values).astype(padded.dtype)
    for axis, widths in enumerate(np.broadcast_to(pad_width, (padded.ndim, 2)).tolist()):
        shapes = ((*padded.shape[:axis], n, *padded.shape[axis + 1 :]) for n in widths)
        before, after = (_broadcast_to(edge, shape) for shape in shapes)
        padded = _concatenate([before, padded, after], axis)
    return padded


@_function()
def _split(ary: Any, indices_or_sections: Any, axis: int = 0) -> Any:
    rows, ends = _moveaxis(traced(ary), axis, 0), indices_or_sections
    if isinstance(ends, int):
        ends = range(len(rows) // ends, len(rows), len(rows) // ends)
    ends = [0, *map(operator.index, ends), None]
    return [_moveaxis(rows[start:stop], 0, axis) for start, stop in itertools.pairwise(ends)]


@_function()
def _meshgrid(x: Any, y: Any, indexing: str = "xy") -> Any:
    if indexing != "xy":
        refuse("meshgrid by other indices", "broadcast with x[:, None]")
    shape = (*traced(y).shape, *traced(x).shape)
    return _broadcast_to(traced(x)[None], shape), _broadcast_to(traced(y)[:, None], shape)


# Entry by entry


@_function()
def _where(condition: Any, x: Any, y: Any) -> Any:
    args = [traced(each) for each in (condition, x, y)]
    return record("where", args, np.where(*(each.value for each in args)))


@_function()
def _clip(a: Any, a_min: Any = None, a_max: Any = None, **named: Any) -> Any:
    a_min, a_max = named.pop("min", a_min), named.pop("max", a_max)
    if named:
        refuse(f"np.clip with {', '.join(named)}", "leave it away")
    a = a if a_min is None else np.maximum(a, a_min)
    return a if a_max is None else np.minimum(a, a_max)


@_function()
def _digitize(x: Any, bins: Any, right: bool = False) -> Any:
    if (np.diff(traced(bins).value) < 0).any():
        refuse("np.digitize with bins that fall", "give them in rising order")
    return (np.greater if right else np.greater_equal)(traced(x)[..., None], bins).sum(axis=-1)


@_function()
def _isclose(a: Any, b: Any, rtol: float = 1e-5, atol: float = 1e-8) -> Any:
    a, b = traced(a), traced(b)
    return ((abs(a - b) <= atol + rtol * abs(b)) & np.isfinite(b)) | (a == b)


@_function(np.round, np.around)
def _round(a: Any, decimals: int = 0) -> Any:
    scale = 10.0 ** abs(decimals)
    if not decimals:
        return np.rint(a)
    return np.rint(a * scale) / scale if decimals > 0 else np.rint(a / scale) * scale


@_function()
def _interp(x: Any, xp: Any, fp: Any) -> Any:
    x, xp, fp = traced(x), traced(xp), traced(fp)
    after = np.clip(np.digitize(x, xp), 1, xp.shape[0] - 1)
    low, left = fp[after - 1], xp[after - 1]
    inner = (fp[after] - low) / (xp[after] - left) * (x - left) + low
    return _where(x <= xp[0], fp[0], _where(x >= xp[-1], fp[-1], inner))


@_function()
def _linspace(start: Any, stop: Any, num: int = 50, *, endpoint: bool = True) -> Any:
    start, stop, parts = traced(start), traced(stop), num - 1 if endpoint else num
    steps = np.arange(num, dtype=float).reshape((-1, *[1] * max(start.ndim, stop.ndim)))
    values = steps * ((stop - start) / parts) + start
    return _where(steps == parts, stop, values) if endpoint else values


# Reductions


def _reduction(name: str) -> None:
    @_function(getattr(np, name))
    def reduce(a: Any, axis: Any = None, *, keepdims: Any = False, **more: Any) -> Any:
        start = more.pop("initial", np._NoValue) if name in ("max", "min") else np._NoValue
        if any(value is not None and value is not np._NoValue for value in more.values()):
            refuse(f"np.{name} with {', '.join(more)}", "leave it away")
        result = along(name, a, axis, keepdims=keepdims is True)
        return result if start is np._NoValue else getattr(np, f"{name}imum")(result, start)

    METHODS[name] = reduce


for _name in ("sum", "prod", "max", "min", "any", "all", "argmax", "argmin", "cumsum", "cumprod"):
    _reduction(_name)


def _count(a: Traced, axis: Any) -> Any:
    """Return how many entries are reduced to one."""
    if axis is None:
        return a.size
    return math.prod(a.shape[each] for each in (axis if isinstance(axis, tuple) else (axis,)))


@_function()
def _mean(a: Any, axis: Any = None, *, keepdims: Any = False) -> Any:
    return along("sum", a, axis, keepdims=keepdims is True) / _count(traced(a), axis)


@_function()
def _var(a: Any, axis: Any = None, *, ddof: float = 0, keepdims: Any = False) -> Any:
    apart = a - _mean(a, axis, keepdims=True)
    squares = along("sum", apart * apart, axis, keepdims=keepdims is True)
    return squares / (_count(traced(a), axis) - ddof)


@_function()
def _diff(a: Any, n: int = 1, axis: int = -1, prepend: Any = None, append: Any = None) -> Any:
    a = traced(a)
    one = np.moveaxis(np.moveaxis(a, axis, 0)[:1], 0, axis).shape
    parts = [
        part if part is a or np.ndim(part) else _broadcast_to(part, one)
        for part in (prepend, a, append)
        if part is not None and part is not np._NoValue
    ]
    rows = _moveaxis(_concatenate(parts, axis) if len(parts) > 1 else a, axis, 0)
    for _ in range(n):
        rows = rows[1:] - rows[:-1]
    return _moveaxis(rows, 0, axis)


@_function()
def _frexp(x: Any) -> Any:
    exponent = record("exponent", (traced(x),), np.frexp(traced(x).value)[1])
    return x / 2.0**exponent, exponent


@_function()
def _median(a: Any, axis: Any = None) -> Any:
    a = traced(a) if axis is not None else _ravel(a)
    rows = _moveaxis(along("sort", a, axis or 0), axis or 0, 0)
    length = rows.shape[0]
    middle = (rows[(length - 1) // 2] + rows[length // 2]) / 2
    return _where(np.isnan(a).any(axis=axis or 0), np.nan, middle)


# Products


@_function(np.matmul)
def _matmul(a: Any, b: Any) -> Any:
    a, b = traced(a), traced(b)
    first, second = a[None] if a.ndim == 1 else a, b[:, None] if b.ndim == 1 else b
    result = record("matmul", (first, second), first.value @ second.value)
    result = result[..., 0, :] if a.ndim == 1 else result
    return result[..., 0] if b.ndim == 1 else result


@_function()
def _dot(a: Any, b: Any) -> Any:
    if np.ndim(b) > 2:
        refuse("dot of more than two axes", "use matmul")
    return _matmul(a, b) if np.ndim(a) and np.ndim(b) else np.multiply(a, b)


@_function()
def _diag(v: Any) -> Any:
    v, places = traced(v), np.arange(min(operator.index(n) for n in traced(v).shape))
    return v[places, places] if v.ndim == 2 else _where(np.eye(len(places)), v, 0.0)


@_function(np.linalg.solve)
def _solve(a: Any, b: Any) -> Any:
    a, b = traced(a), traced(b)
    if a.value.shape[-2:] != (2, 2):
        refuse("a system of more than two equations", "list the states")
    columns = b[:, None] if b.ndim == 1 else b
    p, q, r, s = (a[..., i, j, None] for i in (0, 1) for j in (0, 1))
    first, second = columns[..., 0, :], columns[..., 1, :]
    rows = _stack([s * first - q * second, p * second - r * first], axis=-2)
    solved = rows / (p * s - q * r)[..., None, :]
    return solved[:, 0] if b.ndim == 1 else solved


@_function(np.linalg.eigvalsh)
def _eigvalsh(a: Any) -> Any:
    if traced(a).value.shape[-2:] != (2, 2):
        refuse("eigenvalues of more than two rows", "list the states")
    middle, half = (a[..., 0, 0] + a[..., 1, 1]) / 2, (a[..., 0, 0] - a[..., 1, 1]) / 2
    radius = np.hypot(half, a[..., 1, 0])
    return _stack([middle - radius, middle + radius], axis=-1)


@_function(np.linalg.norm)
def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    if ord not in (None, 2) or (ord == 2 and axis is None and np.ndim(x) > 1):
        refuse(f"norm of order {ord}", "write it with sums")
    return np.sqrt(along("sum", np.square(x), axis, keepdims=keepdims))
