"""Good days: every public function with a right call, in other clothes, and with one thing wrong.

The calls are those of `tests/bad_days`; each test here is over in a moment, and says first what
went wrong. All that a day can bring is in `test_bad_days.py`.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from tests.bad_days import clothes, judging, promise, values
from tests.bad_days.calls import Call
from tests.bad_days.judging import blaming, every_call

IN_WORDS = ("checks.", "explorer.", "plotting.")
TOLD_IN_WORDS = ("leaves",)


@pytest.fixture(autouse=True, scope="module")
def few_digits() -> Iterator[None]:
    with judging.few_digits():
        yield


@every_call
def test_a_good_day(call: Call):
    result = promise.result_of(call, call.fresh())
    assert not isinstance(result, promise.Refusal), result
    assert promise.same(promise.result_of(call, call.fresh()), result, 0)


@every_call
def test_the_same_in_other_clothes(call: Call):
    expected = promise.result_of(call, call.fresh())
    for argument in call.fuzzed:
        for form in clothes.other_forms(call.arguments[argument]):
            with blaming(**{argument: form.name}):
                result = promise.result_of(call, {**call.fresh(), argument: form.value})
                if not (form.refusable and isinstance(result, promise.Refusal)):
                    assert promise.same(result, expected, call.tolerance), result


@every_call
def test_float32_stays_float32(call: Call):
    arguments = {name: clothes.in_float32(value) for name, value in call.fresh().items()}
    result = promise.result_of(call, arguments)
    expected = promise.result_of(call, call.fresh())
    assert promise.same(result, expected, 1e-3) or not call.same_in_float32, (result, expected)
    if types(arguments) == {"float32"} and call.keeps_float32:
        assert types(result) <= {"float32"}


@every_call
def test_float32_beside_float64_gives_float64(call: Call):
    arguments = call.fresh()
    expected = types(promise.result_of(call, call.fresh()))
    wide = [name for name, value in arguments.items() if types(value) == {"float64"}]
    for argument in wide if len(wide) > 1 and call.keeps_float32 else ():
        narrow = clothes.in_float32(arguments[argument])
        result = types(promise.result_of(call, {**call.fresh(), argument: narrow}))
        with blaming(float32=argument):
            assert result == {"float32"} if argument == call.follows else expected <= result


def types(thing: Any) -> set[str]:
    """Return the types of all arrays of floats in arguments or in a result."""
    return {
        leaf.dtype.name
        for leaf in promise.leaves(thing)
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
            given = promise.result_of(call, {**call.fresh(), argument: said})
            others = {name: value for name, value in call.fresh().items() if name != argument}
            left_out = promise.result_of(call, others)
            assert promise.same(given, left_out, 0)


def documented(function: Callable[..., Any], argument: str) -> Any:
    """Return the default of an argument that its docstring gives."""
    line = re.search(rf"^ *((?:\w+, )*{argument}(?:, \w+)*) : (.*)$", function.__doc__ or "", re.M)
    assert line, f"{argument} is not documented"
    _, _, said = line[2].partition("default ")
    assert said, f"the default of {argument} is not documented: {line[0]}"
    values = [said] if said[0] == "(" else re.split(r",? and |, ", said)
    value = values[line[1].split(", ").index(argument)] if len(values) > 1 else said
    return value if value == "float64" else ast.literal_eval(value)


@every_call
def test_a_refusal_is_about_what_is_wrong(call: Call):
    for argument, form, message in refusals(call, values.wrong_itself):
        with blaming(**{argument: form}):
            subject = promise.subject(message)
            about_layers = argument == "layers" and re.search(r"\blayer\b", subject)
            about_it = re.search(rf"\b{argument}\b", subject)
            assert form.endswith("None") or not re.search(r"\bNone\b", message), message
            assert call.words or about_layers or about_it, message


@every_call
def test_a_refusal_is_about_what_does_not_fit(call: Call):
    for argument, form, message in refusals(call, values.wrong_together):
        with blaming(**{argument: form}):
            assert not re.search(r"\bNone\b", message), message


def refusals(
    call: Call, wrong: Callable[[Any], Iterator[clothes.Form]]
) -> Iterator[tuple[str, str, str]]:
    """Yield each argument that was refused, what it was, and what was said."""
    for argument in call.fuzzed:
        for form in wrong(call.arguments[argument]):
            with blaming(**{argument: form.name}):
                result = promise.result_of(call, {**call.fresh(), argument: form.value})
            if isinstance(result, promise.Refusal):
                yield argument, form.name, result.message
