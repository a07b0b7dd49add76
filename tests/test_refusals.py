"""A refusal names the argument that is wrong, and asks for the shape that the docstring gives.

The right calls are those of the examples in the docstrings; one argument at a time is replaced.
"""

import ast
import doctest
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import mathdl

ABOVE = tuple(
    f"mathdl.{room}" for room in ("svg", "plot", "figures", "explorer", "widgets", "judge", "page")
)
# Called at every step of a training; a decorator of the book's own functions.
TRUSTED = ("gradient_descent.training.layers_from", "equations.equation")


def public() -> Iterator[tuple[str, Any, Callable[..., Any]]]:
    """Yield the public functions of the kernels, with their modules."""
    for found in pkgutil.walk_packages(mathdl.__path__, "mathdl."):
        if not found.name.startswith(ABOVE) and "._" not in found.name:
            module = importlib.import_module(found.name)
            for name, thing in vars(module).items():
                own = getattr(thing, "__module__", None) == module.__name__
                if own and inspect.isfunction(thing) and not name.startswith("_"):
                    yield f"{found.name.removeprefix('mathdl.')}.{name}", module, thing


def right_call(module: Any, function: Callable[..., Any]) -> dict[str, Any] | None:
    """Return the arguments of the first call of a function in its own examples."""
    seen: list[dict[str, Any]] = []

    def spy(*args: Any, **options: Any) -> Any:
        seen.append(dict(inspect.signature(function).bind(*args, **options).arguments))
        return function(*args, **options)

    scope = dict(vars(module)) | {function.__name__: spy}
    for example in doctest.DocTestParser().get_examples(function.__doc__ or ""):
        if example.exc_msg is None:
            tree = ast.parse(example.source)
            for statement in tree.body:
                exec(compile(ast.Module([statement], []), "example", "exec"), scope)
    return seen[0] if seen else None


CALLS = {
    name: (function, arguments)
    for name, module, function in public()
    if not name.startswith(("checks.", *TRUSTED)) and (arguments := right_call(module, function))
}


def refusal(function: Callable[..., Any], arguments: dict[str, Any]) -> str:
    """Return what a function says of arguments, or nothing if it takes them."""
    try:
        function(**arguments)
    except ValueError as error:
        return str(error)
    return ""


def documented(function: Callable[..., Any], name: str) -> list[str]:
    """Return the lengths of the shape that a docstring gives for an argument, if it does."""
    line = re.search(rf"^ *((?:\w+, )*{name}(?:, \w+)*) : .*$", function.__doc__ or "", re.M)
    shapes = re.findall(r"\(([^()]*)\)", line[0]) if line and "shape" in line[0] else []
    if not line or not shapes:
        return []
    names = line[1].split(", ")
    return lengths(shapes[names.index(name) if len(shapes) == len(names) else 0])


def lengths(shape: str) -> list[str]:
    """Return the lengths in a written shape, such as "n_samples, n_in of the first layer"."""
    return [length.partition(" of ")[0].strip() for length in shape.split(",") if length.strip()]


@pytest.mark.parametrize("name", CALLS)
def test_refusals_name_the_argument(name):
    function, arguments = CALLS[name]
    for each in arguments:
        message = refusal(function, arguments | {each: object()})
        assert re.search(rf"\b{each}\b", message), (each, message)


@pytest.mark.parametrize("name", CALLS)
def test_refusals_ask_for_the_shape_of_the_docstring(name):
    function, arguments = CALLS[name]
    for each, value in arguments.items():
        wanted = documented(function, each)
        if not wanted or "..." in wanted or not isinstance(value, (list, np.ndarray)):
            continue
        counts = np.asarray(value).dtype.kind in "iu" and "must be integers" in refusal(
            function, arguments | {each: [0.5]}
        )
        message = refusal(function, arguments | {each: np.full((1,) * 6, 0 if counts else 0.5)})
        asked = re.search(rf"^{each} must have shape \(([^()]*)\), but its shape", message)
        assert asked or "rows" in message, (each, message)
        if asked:
            found = lengths(asked[1])
            assert len(found) == len(wanted), message
            for one, other in zip(found, wanted, strict=True):
                assert one == other or one.isdigit(), message
