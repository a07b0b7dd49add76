"""Invalid values, and some that suit an argument by chance.

The result must be right or refused in words.
"""

from collections.abc import Callable, Iterator
from itertools import starmap
from typing import Any

import numpy as np

from mathdl.forward import Layer
from tests.invalid_inputs.array_forms import Form, in_float32, kind


class Hollow:
    """What can be made of anything and is nothing."""

    def __init__(self, *_: Any):
        pass


ANYTHING: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "text": lambda: "text",
    "no text": lambda: "",
    "bytes": lambda: b"bytes",
    "imaginary": lambda: 1j,
    "True": lambda: True,
    "an object": object,
    "a class": lambda: Hollow,
    "an ellipsis": lambda: ...,
    "no list": lambda: [],
    "a dict": lambda: {"a": 1},
    "a set": lambda: {1, 2},
    "an iterator": lambda: iter([1.0, 2.0]),
    "a ragged list": lambda: [[1.0], [1.0, 2.0]],
    "a list of None": lambda: [None, None],
    "a list with a mask": lambda: np.ma.array([1.0, 2.0], mask=[False, True]),
    "no array": lambda: np.array([]),
    "a date": lambda: np.datetime64("2024-01-01"),
    "a huge integer": lambda: 10**5000,
    "a list with a huge integer": lambda: [10**5000],
    "a record": lambda: np.zeros(2, [("a", float)]),
    "a lambda": lambda: lambda *_: 1.0,
    "a layer": lambda: Layer([[1.0]], [0.0]),
}
"""What no argument expects, or what suits some argument by chance."""

NUMBERS = (
    *(0, -0.0, 1, -1, 2.5, -2.5, 0.5, 1e-3, 3, 1e6, -1e6, float("nan"), float("inf")),
    *(float("-inf"), 1e308, -1e308, 1e200, 1e154, 1e-154, 1e-200, 5e-324, 1e-310, 1e39, 1e-46),
    *(10**12, 2**63, 2**64, -(2**63), 10**30, -(10**30), 1 - 2**-53, 2**-60),
)
"""Numbers at which something may happen."""


WRONG_ITSELF = {
    *("an object", "text", "imaginary", "a set", "not layers", "unknown", "a seed"),
    *("all nan", "one nan", "one inf", "nan", "returns text", "returns None"),
}
"""Of all values those that are wrong whatever the other arguments are."""


def other_values(value: Any) -> Iterator[Form]:
    """Yield everything that may come in the place of a right value."""
    for name, make in ANYTHING.items():
        yield Form(name, make())
    more = {
        "numbers": _bad_numbers,
        "labels": _bad_labels,
        "number": _bad_number,
        "count": _bad_number,
        "flag": _bad_number,
        "name": _bad_names,
        "widths": _bad_lists,
        "settings": _bad_lists,
        "layers": _bad_layers,
        "rng": _bad_generators,
        "function": _bad_functions,
        "thing": _bad_things,
        "things": _bad_things,
    }
    yield from more[kind(value)](value)


def _bad_numbers(value: np.ndarray) -> Iterator[Form]:
    yield from _other_arrays(value)
    for number in NUMBERS:
        if -(2**63) <= number < 2**63:
            yield Form(f"all {number!r}", np.full(value.shape, float(number)))
            one = value.copy()
            one.flat[-1] = number
            yield Form(f"one {number!r}", one)
        yield Form(f"just {number!r}", number)
    with np.errstate(over="ignore", invalid="ignore"):
        for factor in (-1, 1e200, 1e-200, 1e300, 1e-308, 1e-320):
            yield Form(f"times {factor:g}", value * factor)
        for factor in (-1, 1e30, 1e38, 1e-30, 1e-45):
            yield Form(f"float32 times {factor:g}", (value * factor).astype(np.float32))
        yield Form("infinite float16", np.full(value.shape, 1e9).astype(np.float16))
        yield Form("whole", np.rint(value).astype(np.int64))
    yield Form("smallest int64", np.full(value.shape, -(2**63), np.int64))
    if value.size:
        holes = value.astype(object)
        holes.flat[0] = None
        yield Form("list with None", holes.tolist())


def _bad_labels(value: np.ndarray) -> Iterator[Form]:
    yield from _other_arrays(value)
    for number in (-1, 0, 1, 2, 3, 10**6, 2**62, -(2**63)):
        yield Form(f"all {number}", np.full(value.shape, number))
        one = value.copy()
        one.flat[-1] = number
        yield Form(f"one {number}", one)
        yield Form(f"just {number}", number)
    yield Form("halves", value + 0.5)
    yield Form("NaN", np.full(value.shape, np.nan))


def _other_arrays(value: np.ndarray) -> Iterator[Form]:
    yield Form("booleans", value > 0)
    with np.errstate(invalid="ignore"):
        yield Form("imaginary", value * 1j)
    yield Form("one axis more", value[None])
    yield Form("one axis more at the end", value[..., None])
    yield Form("turned over", value.T)
    yield Form("flat", value.ravel())
    yield Form("first number", value.flat[0])
    yield Form("array of its first number", np.array(value.flat[0]))
    for axis in range(value.ndim):
        yield Form(f"empty along axis {axis}", np.take(value, [], axis))
        yield Form(f"one of axis {axis}", np.take(value, [0], axis))
        yield Form(f"first of axis {axis}", np.take(value, 0, axis))
        yield Form(f"twice along axis {axis}", np.concatenate([value, value], axis))
        yield Form(f"shorter along axis {axis}", np.delete(value, -1, axis))


def _bad_number(value: float) -> Iterator[Form]:
    for number in NUMBERS:
        yield Form(f"{number!r}", number)
        if isinstance(number, float):
            yield Form(f"array of one {number!r}", np.array(number))
    yield Form("minus itself", -value)
    yield Form("itself and more", value + 1)
    yield Form("two of it", np.array([value, value]))
    yield Form("beyond float64", np.longdouble("1e4000"))
    yield Form("below float64", np.longdouble("1e-4000"))
    yield Form("infinite float16", np.float16("inf"))


def _bad_names(value: str) -> Iterator[Form]:
    for other in ("unknown", value.upper(), value + " ", value[:-1], "x" * 10_000):
        yield Form(other[:20], other)
    yield Form("a number", 3)
    yield Form("array of names", np.array([value, value]))


def _bad_lists(value: list) -> Iterator[Form]:
    for number in NUMBERS:
        yield Form(f"all {number!r}", [number] * len(value))
        yield Form(f"first {number!r}", [number, *value[1:]])
        yield Form(f"last {number!r}", [*value[:-1], number])
        yield Form(f"just {number!r}", number)
    yield Form("too large a product", [10**6] * len(value))
    yield Form("twice", [*value, *value])
    yield Form("without its last", list(value[:-1]))
    yield Form("just its first", list(value[:1]))
    yield Form("nested", [list(value)])
    yield Form("two axes", np.array([value, value]))


def _bad_layers(value: list) -> Iterator[Form]:
    first = value[0]
    yield Form("no layers", ())
    yield Form("not layers", ["layer" for _ in value])
    yield Form("the first layer", first)
    yield Form("one layer less", list(value[:-1]))
    yield Form("one layer more", [*value, value[-1]])
    yield Form("turned over", list(value[::-1]))
    yield Form("another entry", [first, (first.weights, first.bias, first.activation)])
    wide = Layer(np.ones((5, first.weights.shape[1] + 1)), np.ones(5), first.activation)
    yield Form("another input", [wide, *value[1:]])
    yield Form("another output", [*value[:-1], wide])
    for activation in ("tanh", "relu", "softplus", "identity", "sigmoid", "leaky_relu"):
        yield Form(activation, [Layer(a.weights, a.bias, activation) for a in value])
    for size in (0, 1e308, -1e308, 1e200, 1e-310):
        yield Form(f"all {size:g}", [_filled(layer, size) for layer in value])
        yield Form(f"first {size:g}", [_filled(first, size), *value[1:]])
        yield Form(f"last {size:g}", [*value[:-1], _filled(value[-1], size)])
    yield Form("float32", [in_float32(layer) for layer in value])
    yield Form("large float32", [in_float32(_filled(layer, 3e38)) for layer in value])


def _filled(layer: Layer, number: float) -> Layer:
    weights, bias = np.full_like(layer.weights, number), np.full_like(layer.bias, number)
    return Layer(weights, bias, layer.activation)


def _bad_generators(value: np.random.Generator) -> Iterator[Form]:
    others = {"a seed": 0, "the module": np.random, "the old kind": np.random.RandomState(0)}
    yield from starmap(Form, others.items())


def _bad_functions(value: Callable[..., Any]) -> Iterator[Form]:
    answers = {name: make for name, make in ANYTHING.items() if name != "an iterator"}
    for name, make in answers.items():
        yield Form(f"returns {name}", lambda *_, make=make: make())
    for number in NUMBERS:
        yield Form(f"returns {number!r}", lambda *_, number=number: number)
    changes = {
        "one axis more": lambda a: a[None],
        "one axis less": lambda a: a[0],
        "one entry less": lambda a: a[..., :-1],
        "turned over": lambda a: a.T,
        "a list": lambda a: a.tolist(),
        "words": lambda a: a.astype(str),
        "complex": lambda a: a + 0j,
        "booleans": lambda a: a > 0,
        "objects": lambda a: a.astype(object),
        "whole": lambda a: np.rint(a.real).astype(int),
        "float32": lambda a: a.astype(np.complex64 if a.dtype.kind == "c" else np.float32),
        "NaN": lambda a: a * np.nan,
        "infinity": lambda a: np.where(np.isnan(a), a, np.inf),
        "huge": lambda a: np.where(np.isnan(a), a, 1e308),
    }
    for name, change in changes.items():
        yield Form(f"returns {name}", _changed(value, change))


def _changed(
    function: Callable[..., Any], change: Callable[[np.ndarray], Any]
) -> Callable[..., Any]:
    def wrong(*args: Any) -> Any:
        with np.errstate(all="ignore"):
            result = function(*args)
            if isinstance(result, tuple):
                return (*result[:-1], change(result[-1]))
            array = np.asarray(result)
            return change(array) if array.ndim and array.dtype.kind in "fc" else array

    return wrong


def _bad_things(value: Any) -> Iterator[Form]:
    for number in NUMBERS:
        yield Form(f"just {number!r}", number)
    fields = getattr(value, "_fields", ())
    for place, field in enumerate(fields):
        for name in ("None", "text", "no array", "a dict", "an object", "a ragged list"):
            values = list(value)
            values[place] = ANYTHING[name]()
            yield Form(f"{field} is {name}", type(value)(*values))
