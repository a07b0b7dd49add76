"""What is public, what is listed, and what trusts its arguments."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import mathdl
from mathdl import explorer
from mathdl.plotting import Picture, panels, show
from tests.bad_days import descents, explorers, foundations, passes, studies
from tests.bad_days.calls import Call

ABOVE = tuple(
    f"mathdl.{room}" for room in ("svg", "plot", "figures", "explorer", "widgets", "judge", "page")
)

TRUSTED = {
    "gradient_descent.training.layers_from": "called at each step; its docstring says unchecked",
    "gradient_descent.training.in_the_type_of": "for train and its like, after their checks",
    "forward.parameters.in_parameters": "asks at the door for parameters",
    "background.piecewise.require_order": "for functions of an interval, after their checks",
    "forward.signals.gaussian_mean_square": "for growth_factor and predicted_signals",
    "backward.differences.difference_steps": "for numerical_gradient and check_gradient",
    "backward.differences.moved": "for numerical_gradient and check_gradient",
    "backward.differences.value_at": "for numerical_gradient and check_gradient",
    "backward.differences.call_on_copy": "for numerical_gradient and check_gradient",
    "backward.graph.Scalar": "what Node and Dual have in common; never made itself",
    "faq.dropout.dropout_mask": "for dropout and with_dropout",
    "experiments.background.digits.digit_study": "takes nothing, and some seconds",
    "experiments.background.readers.hole_readers": "takes nothing, and some seconds",
    "experiments.background.starts.culprits": "takes nothing",
    "experiments.background.starts.descend_all": "takes networks that the chapter made",
    "experiments.background.starts.fed_with_waves": "takes what the chapter feeds",
    "experiments.background.starts.learned_curves": "takes the chapter's targets and sizes",
    "experiments.gradient_descent.reading_digits.reading": "takes nothing, and some seconds",
    "experiments.gradient_descent.reading_digits.slices": "takes nothing, and some seconds",
    "explorer.Explorer": "made by explore",
    "explorer.ExplorerError": "an error",
    "plotting.Picture": "made by show",
    "checks.arrays.as_array": "returns arrays of anything; what it refuses is in test_checks",
    "checks.arrays.check_shape": "takes arrays that were checked, and the book's own shapes",
    "checks.arrays.require_finite": "takes arrays that were checked",
    "checks.arrays.wrong_shape": "an error",
    "checks.arrays.is_finite": "takes arrays that were checked",
    "checks.arrays.all_finite": "takes anything",
    "checks.words.is_masked": "takes anything",
    "checks.words.shown": "takes anything",
    "checks.door.checked": "a decorator, met in all functions that it decorates",
    "checks.docstrings.completed": "for checked",
    "equations.equation": "a decorator of the book's own functions",
    **{
        f"checks.wanted.{name}": "asks at the door; its own arguments are the book's"
        for name in (
            *("array", "labels", "number", "whole", "one_of", "instance", "several"),
            *("symmetric", "entrywise", "require_broadcast", "check_fields"),
        )
    },
}
"""Public functions that no reader hands anything to unchecked, and why."""


def calls() -> list[Call]:
    """Return all calls."""
    return [
        *foundations.CHECKS,
        *foundations.DATASETS,
        *foundations.CONCEPTS,
        *foundations.FORWARD,
        *passes.BACKWARD,
        *descents.GRADIENT_DESCENT,
        *descents.DIGITS,
        *studies.BACKGROUND,
        *studies.OUTLOOK,
        *studies.FAQ,
        *studies.LEARNING,
        *explorers.calls(),
    ]


def public() -> dict[str, Callable[..., Any]]:
    """Find what is public: functions and classes of the kernels, and what figures are made with.

    Records, which hold what a function returns, are left out.
    """
    drawing = {f"explorer.{name}": getattr(explorer, name) for name in explorer.__all__}
    drawing |= {f"plotting.{thing.__name__}": thing for thing in (panels, show, Picture)}
    return drawing | {
        f"{module.__name__.removeprefix('mathdl.')}.{name}": thing
        for module in kernels()
        for name, thing in vars(module).items()
        if not name.startswith("_")
        and callable(thing)
        and getattr(thing, "__module__", None) == module.__name__
        and not is_record(thing)
    }


def kernels() -> Iterator[Any]:
    """Yield the modules of the kernels."""
    for found in pkgutil.walk_packages(mathdl.__path__, "mathdl."):
        private = found.name.rpartition(".")[2].startswith("_")
        if not found.name.startswith(ABOVE) and not private:
            yield importlib.import_module(found.name)


def is_record(thing: Any) -> bool:
    """Say whether a class only holds what a function returns, and computes nothing."""
    if not isinstance(thing, type):
        return False
    tuples = issubclass(thing, tuple) or getattr(thing, "_is_protocol", False)
    unchecked = hasattr(thing, "__dataclass_fields__") and not hasattr(thing, "__post_init__")
    return tuples or unchecked
