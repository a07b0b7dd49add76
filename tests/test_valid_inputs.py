"""Every public function with valid inputs, in other forms, and with another shape.

The calls are those of the docstrings' examples (`tests/invalid_inputs`); each test here is over in
a moment, and says first what went wrong. All else that may come is in `test_invalid_inputs.py`.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from tests.invalid_inputs import array_forms, contract, examples
from tests.invalid_inputs.calls import Call, blaming
from tests.invalid_inputs.catalogue import every_call

IN_WORDS = ("controls.", "drawing.", "explore.")
TOLD_IN_WORDS = ("leaves",)


@pytest.fixture(autouse=True, scope="module")
def few_digits() -> Iterator[None]:
    with examples.few_digits():
        yield


@every_call
def test_valid_inputs(call: Call):
    result = contract.result_of(call, call.fresh())
    assert not isinstance(result, contract.Refusal), result
    assert contract.same(contract.result_of(call, call.fresh()), result, 0)


@every_call
def test_the_same_in_other_forms(call: Call):
    expected = contract.result_of(call, call.fresh())
    for argument in call.varied:
        for form in array_forms.other_forms(call.arguments[argument]):
            with blaming(**{argument: form.name}):
                result = contract.result_of(call, {**call.fresh(), argument: form.value})
                if not (form.refusable and isinstance(result, contract.Refusal)):
                    assert contract.same(result, expected, call.tolerance), result


@every_call
def test_float32_stays_float32(call: Call):
    arguments = {name: array_forms.in_float32(value) for name, value in call.fresh().items()}
    result = contract.result_of(call, arguments)
    expected = contract.result_of(call, call.fresh())
    assert contract.same(result, expected, 1e-3) or not call.same_in_float32, (result, expected)
    if types(arguments) == {"float32"} and call.keeps_float32:
        assert types(result) <= {"float32"}


@every_call
def test_float32_beside_float64_gives_float64(call: Call):
    arguments = call.fresh()
    expected = types(contract.result_of(call, call.fresh()))
    wide = [name for name, value in arguments.items() if types(value) == {"float64"}]
    for argument in wide if len(wide) > 1 and call.keeps_float32 else ():
        narrow = array_forms.in_float32(arguments[argument])
        result = types(contract.result_of(call, {**call.fresh(), argument: narrow}))
        with blaming(float32=argument):
            assert result == {"float32"} if argument == call.follows else expected <= result


def types(thing: Any) -> set[str]:
    """Return the types of all arrays of floats in arguments or in a result."""
    return {
        leaf.dtype.name
        for leaf in contract.leaves(thing)
        if isinstance(leaf, np.ndarray) and leaf.ndim and leaf.dtype.kind == "f"
    }


@every_call
def test_what_is_left_out_is_what_the_docstring_says(call: Call):
    for argument, default in inspect.signature(call.function).parameters.items():
        told_in_words = call.name.startswith(IN_WORDS) or argument in TOLD_IN_WORDS
        if default.default in (default.empty, None) or told_in_words:
            continue
        said = documented(call.function, argument)
        with blaming(default=argument):
            given = contract.result_of(call, {**call.fresh(), argument: said})
            others = {name: value for name, value in call.fresh().items() if name != argument}
            left_out = contract.result_of(call, others)
            assert contract.same(given, left_out, 0)


def documented(function: Callable[..., Any], argument: str) -> Any:
    """Return the default of an argument that its docstring gives."""
    names, wanted = examples.documented(function, argument)
    _, _, said = wanted.partition("default ")
    assert said, f"the default of {argument} is not documented: {wanted}"
    values = [said] if said[0] == "(" else re.split(r",? and |, ", said)
    value = values[names.index(argument)] if len(values) > 1 else said
    return value if value == "float64" else ast.literal_eval(value)


@every_call
def test_a_refusal_asks_for_the_shape_that_the_docstring_gives(call: Call):
    for argument in call.varied:
        names, wanted = examples.documented(call.function, argument)
        shapes = re.findall(r"\(([^()]*)\)", wanted) if "shape" in wanted else []
        if not shapes or not isinstance(call.arguments[argument], np.ndarray):
            continue
        lengths = as_lengths(shapes[names.index(argument) if len(shapes) == len(names) else 0])
        if "..." not in lengths:
            six_axes = np.full((1,) * 6, call.arguments[argument].flat[0])
            result = contract.result_of(call, {**call.fresh(), argument: six_axes})
            message = getattr(result, "message", "")
            asked = re.search(rf"^{argument} must have shape \(([^()]*)\), but its", message)
            assert asked or "rows" in message, (argument, result)
            found = as_lengths(asked[1]) if asked else lengths
            assert len(found) == len(lengths), message
            for one, other in zip(found, lengths, strict=True):
                assert one == other or one.isdigit(), message


def as_lengths(shape: str) -> list[str]:
    """Return the lengths in a written shape, such as "n_samples, n_in of the first layer"."""
    return [length.partition(" of ")[0].strip() for length in shape.split(",") if length.strip()]
