"""The right calls are those of the docstrings' examples, written down while the examples run."""

import doctest
import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import mathdl
from mathdl import datasets
from mathdl.faq.experiments import recipes
from mathdl.forward.experiments import deep
from mathdl.gradient_descent.experiments import digits, reading_digits, trials
from mathdl.outlook.experiments import labels
from tests.invalid_inputs.array_forms import kind
from tests.invalid_inputs.calls import fresh

OTHERS = {"figures", "explorers", "tasks", "exercise_tasks", "judge"}

SMALLER: dict[str, dict[str, Any]] = {
    "learn_shuffled": {"n_samples": 10, "n_epochs": 1},
    "feature_risks": {"sizes": [2, 3], "n_draws": 2},
    "train_digits": {"n_epochs": 1, "snapshot_every": 2},
    "deep_accuracies": {"n_epochs": 1},
    "lasso": {"n_steps": 50},
    "train_on_curve": {"n_units": 2, "n_steps": 2},
    "run": {"recipe": recipes.Recipe(n_train=10, hidden=(2,), n_epochs=1)},
    "measure": {"recipes": {"plain": recipes.Recipe(n_train=10, hidden=(2,), n_epochs=1)}},
}
"""What takes the place of arguments with which an example trains for a second."""


def public() -> dict[str, tuple[Callable[..., Any], ModuleType]]:
    """Find what the kernels promise, by an `__all__`, or check; not what only holds results."""
    modules = list(kernels())
    promised = {
        id(getattr(each, name)) for each in modules for name in vars(each).get("__all__", ())
    }
    return {
        f"{module.__name__.partition('.')[2]}.{name}": (thing, module)
        for module in modules
        for name, thing in vars(module).items()
        if not name.startswith("_")
        and callable(thing)
        and getattr(thing, "__module__", None) == module.__name__
        and (id(thing) in promised or hasattr(thing, "plain"))
        and not is_record(thing)
    }


def kernels() -> Iterator[ModuleType]:
    """Yield the modules of the kernels, and their packages."""
    for found in pkgutil.walk_packages(mathdl.__path__, "mathdl."):
        if OTHERS.isdisjoint(found.name.split(".")):
            yield importlib.import_module(found.name)


def is_record(thing: Any) -> bool:
    """Say whether a class only holds what a function returns, and computes nothing."""
    if not isinstance(thing, type):
        return False
    tuples = issubclass(thing, tuple) or getattr(thing, "_is_protocol", False)
    unchecked = hasattr(thing, "__dataclass_fields__") and not hasattr(thing, "__post_init__")
    return tuples or unchecked


def recorded(function: Callable[..., Any], module: ModuleType) -> list[dict[str, Any]]:
    """Return the arguments, by name, of the calls in a function's examples that it answers.

    Of many calls those stay that bring an argument of another sort, or another name.
    """
    seen: list[dict[str, Any]] = []
    signature = inspect.signature(function)

    @functools.wraps(function)
    def spy(*args: Any, **named: Any) -> Any:
        bound = signature.bind(*args, **named)
        bound.apply_defaults()
        bound.arguments |= SMALLER.get(name, {})
        given = {name: fresh(value) for name, value in bound.arguments.items()}
        result = function(*bound.args, **bound.kwargs)
        seen.append({n: as_documented(function, n, v) for n, v in given.items() if v is not None})
        return result

    name, doc = function.__name__, function.__doc__ or ""
    package = importlib.import_module(module.__name__.rpartition(".")[0])
    with pytest.MonkeyPatch.context() as patch:
        for place in (module, package):  # for examples that import the function
            if vars(place).get(name) is function:
                patch.setattr(place, name, spy)
        examples = doctest.DocTestParser().get_doctest(doc, vars(module), name, None, None)
        doctest.DocTestRunner(verbose=False).run(examples, out=lambda _: None, clear_globs=False)
    chosen, met = [], set()
    for arguments in seen:
        sorts = {(n, kind(v), v if isinstance(v, str) else "") for n, v in arguments.items()}
        if not chosen or sorts - met:
            chosen.append(arguments)
            met |= sorts
    return chosen


def as_documented(function: Callable[..., Any], argument: str, value: Any) -> Any:
    """Return a value in the type for which the docstring asks: lists of numbers as arrays.

    What may be one number or many is many, and what may have any number of axes has two.
    """
    _, wanted = documented(function, argument)
    if wanted.startswith("sequence of array_like"):
        return [np.array(each, int if " of int" in wanted else float) for each in value]
    numbers = isinstance(value, (list, tuple, int, float, np.ndarray))
    if numbers and re.search("array_like|ndarray", wanted):
        array = np.asarray(value)
        labels = " of int" in wanted or (argument == "target" and array.ndim == 1)
        if array.dtype.kind in "iu" and labels:
            return array
        any_shape = "shape (" not in wanted or "(...," in wanted
        grows = any_shape and array.ndim == 1 and not wanted.startswith("float")
        return np.array([array, array] if grows else np.atleast_1d(array), float)
    if wanted.startswith("float") and " int" not in wanted and type(value) is int:
        return float(value)
    if inspect.isfunction(value) and not value.__module__.startswith("mathdl"):
        return np.errstate(over="ignore")(value)
    return value


def documented(function: Callable[..., Any], argument: str) -> tuple[list[str], str]:
    """Return the names that share a line of a docstring, and what it says of them."""
    named = rf"^ *((?:\w+, )*{argument}(?:, \w+)*) : (.*)$"
    line = re.search(named, function.__doc__ or "", re.MULTILINE)
    return (line[1].split(", "), line[2]) if line else ([argument], "")


@contextmanager
def few_digits() -> Iterator[None]:
    """Let trainings on the digits be over in a moment."""
    few = datasets.Digits(*(array[:40] for array in datasets.load_digits()))
    with pytest.MonkeyPatch.context() as patch:
        for module in (datasets, deep, digits, recipes, labels, reading_digits, trials):
            patch.setattr(module, "load_digits", lambda: few)
        for name in ("reading", "slices"):
            afresh = functools.cache(getattr(reading_digits, name).__wrapped__)
            patch.setattr(reading_digits, name, afresh)
        yield
