"""NumPy's functions of traced arrays, in terms of a few operations."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from types import EllipsisType
from typing import Any

import numpy as np

from explorable.trace.graph import refuse
from explorable.trace.traced import (
    FUNCTIONS,
    Length,
    Traced,
    along,
    record,
    traced,
)


def function(*names: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Say what NumPy's function of some name does."""

    def decorate(do: Callable[..., Any]) -> Callable[..., Any]:
        for name in names or (getattr(np, do.__name__.strip("_")),):
            FUNCTIONS[name] = do
        return do

    return decorate


# Shapes and items


def _wanted(shape: Any, args: list[Traced]) -> tuple[tuple[Any, ...], tuple[int, ...]]:
    """Return a shape for a node, whose lengths may be those of `args`, and for the examples."""
    shape = shape if isinstance(shape, (tuple, list)) else (shape,)
    node: list[Any] = []
    for length in shape:
        if isinstance(length, Length):
            args.append(length.owner)
            node.append((len(args) - 1, length.axis))
        else:
            node.append(operator.index(length))
    return tuple(node), tuple(each.known if isinstance(each, Length) else each for each in shape)


@function()
def reshape(a: Any, shape: Any, order: str = "C", copy: Any = None) -> Traced:
    if order != "C":
        refuse(f"reshape in order {order}", "transpose first")
    args = [traced(a)]
    node, known = _wanted(shape, args)
    return record("reshape", tuple(args), args[0].value.reshape(known), node, view=True)


@function()
def broadcast_to(array: Any, shape: Any) -> Traced:
    args = [traced(array)]
    node, known = _wanted(shape, args)
    return record("broadcast", tuple(args), np.broadcast_to(args[0].value, known), node, view=True)


def _full(like: Any, value: Any, dtype: Any, shape: Any) -> Traced:
    filled = traced(np.asarray(value).astype(dtype or like.dtype))
    return broadcast_to(filled, traced(like).shape if shape is None else shape).copy()


@function()
def broadcast_arrays(*args: Any, **_: Any) -> tuple[Traced, ...]:
    arrays = [traced(each) for each in args]
    shape = np.broadcast_shapes(*(each.value.shape for each in arrays))
    like = next((each for each in arrays if each.value.shape == shape), None)
    wanted = shape if like is None else like.shape
    return tuple(broadcast_to(each, wanted) for each in arrays)


@function()
def zeros_like(a: Any, dtype: Any = None, shape: Any = None, **_: Any) -> Traced:
    return _full(a, 0, dtype, shape)


@function(np.empty_like)
def empty_like(a: Any, *_: Any, **__: Any) -> Traced:
    refuse("empty_like", "make the array with np.stack or np.zeros_like")


@function()
def ones_like(a: Any, dtype: Any = None, shape: Any = None, **_: Any) -> Traced:
    return _full(a, 1, dtype, shape)


@function()
def full_like(a: Any, fill_value: Any, dtype: Any = None, shape: Any = None, **_: Any) -> Traced:
    if isinstance(fill_value, Traced):
        return broadcast_to(fill_value, traced(a).shape if shape is None else shape).copy()
    return _full(a, fill_value, dtype, shape)


@function()
def transpose(a: Any, axes: Any = None) -> Traced:
    a = traced(a)
    order = range(a.ndim)[::-1] if axes is None else [operator.index(e) % a.ndim for e in axes]
    if a.ndim < 2:
        return a
    return record("transpose", (a,), np.transpose(a.value, order), tuple(order), view=True)


def _reordered(name: str) -> None:
    def reorder(a: Any, source: Any, destination: Any) -> Traced:
        axes = np.broadcast_to(0, range(1, np.ndim(a) + 1))
        moved = getattr(np, name)(axes, source, destination)
        return transpose(a, [length - 1 for length in moved.shape])

    FUNCTIONS[getattr(np, name)] = reorder


for _name in ("moveaxis", "swapaxes"):
    _reordered(_name)
moveaxis = FUNCTIONS[np.moveaxis]


@function()
def expand_dims(a: Any, axis: int) -> Traced:
    key: list[Any] = [slice(None)] * np.ndim(a)
    key.insert(axis % (np.ndim(a) + 1), None)
    return traced(a)[tuple(key)]


@function()
def squeeze(a: Any, axis: Any = None) -> Traced:
    shape = traced(a).value.shape
    axes = range(len(shape)) if axis is None else [x % len(shape) for x in np.atleast_1d(axis)]
    return traced(a)[tuple(0 if x in axes and n == 1 else slice(None) for x, n in enumerate(shape))]


@function(np.shape)
def shape_of(a: Any) -> Any:
    return traced(a).shape


@function(np.ndim)
def ndim_of(a: Any) -> int:
    return traced(a).ndim


@function(np.size)
def size_of(a: Any, axis: Any = None) -> Any:
    return traced(a).size if axis is None else traced(a).shape[axis]


@function(np.copy)
def copy_of(a: Any, *_: Any, **__: Any) -> Traced:
    return traced(a).copy()


@function("item")
def item(array: Traced, key: Any) -> Traced:
    """Return what stands in brackets behind an array."""
    array = traced(array)
    keys = list(key) if isinstance(key, tuple) else [key]
    keys = [traced(k) if isinstance(k, (list, np.ndarray)) else k for k in keys]
    if any(getattr(k, "dtype", None) == bool or isinstance(k, bool) for k in keys):
        refuse("picking by booleans", "use np.where, which keeps the shape")
    if not any(k is Ellipsis for k in keys):
        keys.append(Ellipsis)
    here = next(i for i, k in enumerate(keys) if k is Ellipsis)
    named = sum(k is not None for k in keys) - 1
    keys[here : here + 1] = [slice(None)] * (array.ndim - named)
    if any(isinstance(k, (Traced, Length)) for k in keys):
        return _picked(array, keys)
    value = array.value[tuple(keys)]
    if all(isinstance(k, slice) and k == slice(None) for k in keys):
        return array
    return record("slice", (array,), value, tuple(map(_bounds, keys)), view=True)


def _bounds(key: Any) -> Any:
    if not isinstance(key, slice):
        return None if key is None else operator.index(key)
    return tuple(
        None if each is None else operator.index(each)
        for each in ((key.start, key.stop, key.step) if key != slice(None) else ())
    )


def _picked(array: Traced, keys: Sequence[Any]) -> Traced:
    """Return entries of an array at whole numbers that are traced or in arrays."""
    plain = (slice, type(None), EllipsisType)
    first = array[tuple(key if isinstance(key, plain) else slice(None) for key in keys)]
    places = [i for i, key in enumerate(keys) if not isinstance(key, plain)]
    indices = [traced(keys[i]) for i in places]
    rest = [i for i in range(first.ndim) if i not in places]
    moved = transpose(first, [*places, *rest])
    at = tuple(index.value.astype(int) for index in indices)
    result = record("gather", (moved, *indices), moved.value[at])
    n_new = result.ndim - len(rest)
    if places == list(range(places[0], places[-1] + 1)) and n_new:
        return moveaxis(result, range(n_new), range(places[0], places[0] + n_new))
    return result


@function()
def take(a: Any, indices: Any, axis: Any = None) -> Traced:
    a = traced(a).reshape(-1) if axis is None else traced(a)
    axis = 0 if axis is None else axis % a.ndim
    return a[(*[slice(None)] * axis, traced(indices))]


@function()
def take_along_axis(arr: Any, indices: Any, axis: int = -1) -> Traced:
    arr, indices = traced(arr), traced(indices)
    axis = axis % arr.ndim
    keys: list[Any] = []
    for each in range(arr.ndim):
        shape = [1] * arr.ndim
        shape[each] = -1
        keys.append(np.arange(len(moveaxis(arr, each, 0))).reshape(shape))
    keys[axis] = indices
    return arr[tuple(keys)]


# Joining


@function()
def concatenate(arrays: Any, axis: Any = 0, **_: Any) -> Traced:
    parts = [traced(each) for each in arrays]
    if axis is None:
        parts, axis = [part.reshape(-1) for part in parts], 0
    value = np.concatenate([part.value for part in parts], axis)
    return record("concatenate", tuple(parts), value, axis % value.ndim)


@function()
def stack(arrays: Any, axis: int = 0, **_: Any) -> Traced:
    return concatenate([expand_dims(traced(each), axis) for each in arrays], axis)


@function()
def vstack(tup: Any, **_: Any) -> Traced:
    return concatenate([atleast_2d(each) for each in tup])


@function()
def hstack(tup: Any, **_: Any) -> Traced:
    parts = [atleast_1d(each) for each in tup]
    return concatenate(parts, 0 if parts[0].ndim == 1 else 1)


@function()
def column_stack(tup: Any) -> Traced:
    parts = [traced(each) for each in tup]
    return concatenate([each if each.ndim > 1 else each.reshape(-1, 1) for each in parts], 1)


@function()
def atleast_1d(a: Any) -> Traced:
    return traced(a) if np.ndim(a) else traced(a).reshape(1)


@function()
def atleast_2d(a: Any) -> Traced:
    return traced(a) if np.ndim(a) > 1 else atleast_1d(a)[None]


@function()
def append(arr: Any, values: Any, axis: Any = None) -> Traced:
    return concatenate([arr, values], axis)


@function()
def flip(m: Any, axis: Any = None) -> Traced:
    axes = range(np.ndim(m)) if axis is None else np.atleast_1d(axis) % np.ndim(m)
    return traced(m)[
        tuple(slice(None, None, -1 if each in axes else None) for each in range(np.ndim(m)))
    ]


@function()
def roll(a: Any, shift: int, axis: Any = None) -> Traced:
    if axis is None and np.ndim(a) != 1:
        refuse("roll without an axis", "name the axis")
    rows = moveaxis(traced(a), axis or 0, 0)
    return moveaxis(concatenate([rows[-shift:], rows[:-shift]]), 0, axis or 0) if shift else rows


@function()
def split(ary: Any, indices_or_sections: Any, axis: int = 0) -> list[Traced]:
    rows = moveaxis(traced(ary), axis, 0)
    if isinstance(indices_or_sections, int):
        part = len(rows) // indices_or_sections
        indices_or_sections = [part * k for k in range(1, indices_or_sections)]
    ends = [None, *map(operator.index, indices_or_sections), None]
    parts = zip(ends, ends[1:], strict=False)
    return [moveaxis(rows[start:stop], 0, axis) for start, stop in parts]


@function()
def meshgrid(*xi: Any, indexing: str = "xy") -> tuple[Traced, ...]:
    if len(xi) != 2 or indexing != "xy":
        refuse("meshgrid of other than two axes", "broadcast with x[:, None]")
    x, y = map(traced, xi)
    shape = (*y.shape, *x.shape)
    return broadcast_to(x[None], shape), broadcast_to(y[:, None], shape)


# Entry by entry


@function()
def where(condition: Any, x: Any = None, y: Any = None) -> Traced:
    if x is None:
        refuse("np.where of one argument", "use the three arguments")
    args = [traced(each) for each in (condition, x, y)]
    return record("where", tuple(args), np.where(*(each.value for each in args)))


@function()
def clip(a: Any, a_min: Any = None, a_max: Any = None, **named: Any) -> Traced:
    low, high = named.get("min", a_min), named.get("max", a_max)
    a = a if low is None else np.maximum(a, low)
    return a if high is None else np.minimum(a, high)


@function()
def isclose(a: Any, b: Any, rtol: float = 1e-5, atol: float = 1e-8, equal_nan: bool = False) -> Any:
    near = abs(traced(a) - b) <= atol + rtol * abs(traced(b))
    close = (near & np.isfinite(traced(b))) | (traced(a) == b)
    return close | (np.isnan(traced(a)) & np.isnan(traced(b))) if equal_nan else close


@function()
def allclose(a: Any, b: Any, *args: Any, **named: Any) -> Traced:
    return isclose(a, b, *args, **named).all()


@function()
def array_equal(a1: Any, a2: Any) -> Any:
    first, second = traced(a1), traced(a2)
    return first.value.shape == second.value.shape and (first == second).all()


@function(np.round, np.around)
def round_to(a: Any, decimals: int = 0, out: Any = None) -> Traced:
    a = traced(a)
    if a.dtype.kind in "iu" and decimals >= 0:
        return a
    scale = 10.0 ** abs(decimals)
    if not decimals:
        return np.rint(a)
    return np.rint(a * scale) / scale if decimals > 0 else np.rint(a / scale) * scale


@function()
def nan_to_num(x: Any, copy: bool = True, nan: float = 0.0, **_: Any) -> Traced:
    largest = np.finfo(float).max
    return np.clip(where(np.isnan(traced(x)), nan, x), -largest, largest)


@function()
def real(val: Any) -> Traced:
    return traced(val)


@function()
def digitize(x: Any, bins: Any, right: bool = False) -> Traced:
    edges = traced(bins)
    below = traced(x)[..., None] > edges if right else traced(x)[..., None] >= edges
    return below.sum(axis=-1)


@function()
def searchsorted(a: Any, v: Any, side: str = "left", sorter: Any = None) -> Traced:
    return digitize(v, a, right=side == "left")


@function()
def interp(x: Any, xp: Any, fp: Any) -> Traced:
    x, xp, fp = traced(x), traced(xp), traced(fp)
    after = np.clip(digitize(x, xp), 1, xp.shape[0] - 1)
    left, right = xp[after - 1], xp[after]
    low, high = fp[after - 1], fp[after]
    inner = low + (high - low) / (right - left) * (x - left)
    return where(x <= xp[0], fp[0], where(x >= xp[-1], fp[-1], inner))


@function()
def linspace(
    start: Any, stop: Any, num: int = 50, endpoint: bool = True, axis: int = 0, **_: Any
) -> Traced:
    start, stop = traced(start) * 1.0, traced(stop) * 1.0
    parts = num - 1 if endpoint else num
    steps = np.arange(num, dtype=float)
    steps = steps.reshape((-1, *[1] * max(start.ndim, stop.ndim)))
    values = steps * ((stop - start) / parts) + start
    if endpoint and num > 1:
        values = where(steps == parts, stop, values)
    return moveaxis(values, 0, axis)


# Reductions


def _reduction(name: str) -> None:
    def reduce(a: Any, axis: Any = None, *, keepdims: Any = False, **more: Any) -> Traced:
        more = {k: v for k, v in more.items() if v is not None and v is not np._NoValue}
        start = more.pop("initial", None)
        if more.pop("dtype", float) != float or more:
            refuse(f"np.{name} with {', '.join(more) or 'dtype'}", "leave it away")
        result = along(name, a, axis, keepdims=keepdims is True)
        if start is None:
            return result
        combine = {"sum": np.add, "prod": np.multiply, "max": np.maximum, "min": np.minimum}
        return combine[name](result, start)

    FUNCTIONS[getattr(np, name)] = reduce


for _name in ("sum", "prod", "max", "min", "any", "all", "argmax", "argmin", "cumsum", "cumprod"):
    _reduction(_name)
FUNCTIONS[np.amax], FUNCTIONS[np.amin] = FUNCTIONS[np.max], FUNCTIONS[np.min]


def _count(a: Traced, axis: Any) -> Any:
    if axis is None:
        return a.size
    return math.prod(a.shape[int(each)] for each in np.atleast_1d(axis))


@function()
def mean(a: Any, axis: Any = None, *, keepdims: Any = False, **_: Any) -> Traced:
    a = traced(a)
    return along("sum", a, axis, keepdims=keepdims is True) / _count(a, axis)


@function()
def average(a: Any, axis: Any = None, weights: Any = None) -> Traced:
    if weights is None:
        return mean(a, axis)
    return (traced(a) * weights).sum(axis=axis) / traced(weights).sum(axis=axis)


@function()
def var(a: Any, axis: Any = None, *, ddof: float = 0, keepdims: Any = False, **_: Any) -> Traced:
    a = traced(a)
    apart = a - along("sum", a, axis, keepdims=True) / _count(a, axis)
    return along("sum", apart * apart, axis, keepdims=keepdims is True) / (_count(a, axis) - ddof)


@function()
def std(a: Any, axis: Any = None, **named: Any) -> Traced:
    return np.sqrt(var(a, axis, **named))


@function()
def ptp(a: Any, axis: Any = None, **named: Any) -> Traced:
    return np.max(traced(a), axis, **named) - np.min(traced(a), axis, **named)


@function()
def count_nonzero(a: Any, axis: Any = None, *, keepdims: bool = False) -> Traced:
    return along("sum", traced(a) != 0, axis, keepdims=keepdims)


@function()
def diff(a: Any, n: int = 1, axis: int = -1, prepend: Any = None, append: Any = None) -> Traced:
    a = traced(a)
    one = take(a, [0], axis % a.ndim).shape
    parts = [
        part if part is a or np.ndim(part) else broadcast_to(part, one)
        for part in (prepend, a, append)
        if part is not None and part is not np._NoValue
    ]
    rows = moveaxis(concatenate(parts, axis) if len(parts) > 1 else a, axis, 0)
    for _ in range(n):
        rows = rows[1:] - rows[:-1]
    return moveaxis(rows, 0, axis)


@function()
def sort(a: Any, axis: int = -1, **_: Any) -> Traced:
    return along("sort", a, axis)


@function()
def argsort(a: Any, axis: int = -1, **_: Any) -> Traced:
    return along("argsort", a, axis)


@function()
def median(a: Any, axis: Any = None, *, keepdims: bool = False, **_: Any) -> Traced:
    a = traced(a) if axis is not None else traced(a).reshape(-1)
    axis = 0 if axis is None else axis
    rows = moveaxis(along("sort", a, axis), axis, 0)
    length = rows.shape[0]
    middle = (rows[(length - 1) // 2] + rows[length // 2]) / 2
    result = where(np.isnan(a).any(axis=axis), np.nan, middle)
    return expand_dims(result, axis) if keepdims else result


# Products


@function(np.matmul)
def matmul(a: Any, b: Any) -> Traced:
    a, b = traced(a), traced(b)
    if not a.ndim or not b.ndim:
        raise ValueError("matmul: each array must have an axis")
    first, second = a[None] if a.ndim == 1 else a, b[:, None] if b.ndim == 1 else b
    result = record("matmul", (first, second), first.value @ second.value)
    if a.ndim == 1:
        result = result[..., 0, :]
    return result[..., 0] if b.ndim == 1 else result


@function()
def dot(a: Any, b: Any) -> Traced:
    if not np.ndim(a) or not np.ndim(b):
        return traced(a) * b
    if np.ndim(b) > 2:
        refuse("dot of more than two axes", "use matmul")
    return matmul(a, b)


@function()
def inner(a: Any, b: Any) -> Traced:
    return matmul(a, transpose(b))


@function(np.vdot)
def vdot(a: Any, b: Any) -> Traced:
    return matmul(traced(a).reshape(-1), traced(b).reshape(-1))


@function()
def outer(a: Any, b: Any) -> Traced:
    return traced(a).reshape(-1, 1) * traced(b).reshape(-1)


@function()
def einsum(subscripts: str, *operands: Any, **_: Any) -> Traced:
    given, arrow, wanted = subscripts.replace(" ", "").partition("->")
    names = given.split(",")
    if not arrow or "." in given or any(len(set(name)) < len(name) for name in names):
        refuse(f"einsum of {subscripts}", "name each axis once, and those of the result")
    letters = wanted + "".join(sorted(set("".join(names)) - set(wanted)))
    product: Any = 1.0
    for name, operand in zip(names, operands, strict=True):
        order = [name.index(letter) for letter in letters if letter in name]
        ordered = transpose(traced(operand), order)
        product = product * ordered[tuple(slice(None) if k in name else None for k in letters)]
    return product.sum(axis=tuple(range(len(wanted), len(letters)))) if len(letters) > len(
        wanted) else product  # fmt: skip


@function()
def diag(v: Any, k: int = 0) -> Traced:
    v = traced(v)
    if k:
        refuse("another than the main diagonal", "pick with two arrays of numbers")
    if v.ndim == 2:
        return v[np.arange(min(len(v), len(v.T))), np.arange(min(len(v), len(v.T)))]
    return where(np.eye(len(v), dtype=bool), v, 0.0)


@function(np.linalg.norm)
def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Traced:
    if ord not in (None, 2, "fro") or (ord == 2 and axis is None and np.ndim(x) > 1):
        refuse(f"norm of order {ord}", "write it with sums")
    return np.sqrt(along("sum", np.square(traced(x)), axis, keepdims=keepdims))




@function()
def pad(array: Any, pad_width: Any, mode: str = "constant", constant_values: Any = 0) -> Traced:
    if mode != "constant":
        refuse(f"pad in mode {mode}", "write it with np.concatenate")
    array = traced(array)
    for axis, (before, after) in enumerate(np.broadcast_to(pad_width, (array.ndim, 2)).tolist()):
        rows = moveaxis(array, axis, 0)
        edge = full_like(rows[:1], constant_values)
        array = moveaxis(concatenate([edge] * before + [rows] + [edge] * after), 0, axis)
    return array
