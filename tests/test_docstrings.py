"""What the docstrings say of a default is what happens."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.bad_days import catalogue

DRAWING = ("explorer.", "figures.")
# These take what a reader hands them as a whole, or the names that a caller uses.
SAID_IN_WORDS = ("names", "leaves")


def defaults() -> Iterator[tuple[str, Callable[..., Any], str, Any]]:
    """Yield every argument of the kernels that has a default, other than None."""
    for name, thing in catalogue.public().items():
        if name not in catalogue.TRUSTED and not name.startswith(DRAWING):
            for parameter in inspect.signature(thing).parameters.values():
                said = parameter.default not in (inspect.Parameter.empty, None)
                if said and parameter.name not in SAID_IN_WORDS:
                    yield name, thing, parameter.name, parameter.default


def documented(thing: Callable[..., Any], argument: str) -> Any:
    """Return the default of an argument that stands in a docstring, or the docstring's line."""
    line = re.search(rf"^ *((?:\w+, )*{argument}(?:, \w+)*) : (.*)$", thing.__doc__ or "", re.M)
    assert line, f"{argument} is not documented"
    _, _, said = line[2].partition("default ")
    assert said, f"the default of {argument} is not documented: {line[0]}"
    names = line[1].split(", ")
    values = re.split(r",? and |, (?=[\w\"])", said)
    value = values[names.index(argument)] if len(values) > 1 else said
    return value if value == "float64" else ast.literal_eval(value)


@pytest.mark.parametrize(
    ("thing", "argument", "value"),
    [pytest.param(*each, id=f"{name}-{each[1]}") for name, *each in defaults()],
)
def test_defaults_are_those_of_the_docstring(thing, argument, value):
    said = documented(thing, argument)
    assert said == (value.__name__ if isinstance(value, type) else value)
