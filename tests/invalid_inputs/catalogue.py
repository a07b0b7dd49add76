"""All right calls: those of the examples, and those of what no example calls by its name.

What is special about a function stands here too, such as that it may diverge.
"""

import functools
import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorable import explore as explorer
from explorable.drawing.toolkit import Picture, panels, show
from mathdl import faq
from mathdl import gradient_descent as gd
from mathdl.background.experiments.readers import read_digit
from mathdl.backward import Node, check_gradient, loss_and_gradients, numerical_gradient
from mathdl.backward.step_size import loss_of_parameters
from mathdl.forward import Layer, initialize, n_parameters
from mathdl.gradient_descent.experiments import DIGITS_SIZES, reading_digits
from mathdl.outlook import data_parallel_gradients
from tests.invalid_inputs.calls import Call
from tests.invalid_inputs.examples import few_digits, public, recorded

X = np.array([[0.5, -1.25], [1.5, 0.75], [-0.25, 2.0]])
LABELS = np.array([1, 0, 1])
START = np.array([[1.0, 2.0], [0.5, -1.0], [2.0, 0.25]])
NETWORK = [
    Layer([[1.5, -0.5], [0.25, 1.0], [-1.0, 0.75], [0.5, 0.5]], [0.5, -0.25, 0.125, 1.0], "relu"),
    Layer([[0.5, -1.0, 0.25, 1.0], [1.0, 0.5, -0.75, 0.25]], [0.25, -0.5]),
]
SMOOTH = [replace(NETWORK[0], activation="tanh"), NETWORK[1]]
BOWL = gd.SURFACES["ravine"]
INK = np.random.default_rng(1).integers(0, 17, 64) / 16


TRUSTED = {
    **dict.fromkeys(
        ["forward.parameters.in_parameters", "gradient_descent.training.layers_from"],
        "asks at the door, or is called by what checks first",
    ),
    **dict.fromkeys(
        [
            "background.experiments.corners.ended_close",
            "background.experiments.starts.descend_all",
            "faq.experiments.diagnosis.follow",
        ],
        "takes what the chapter made, or checked when it was made",
    ),
    **dict.fromkeys(
        ["explorer.Explorer", "explorer.ExplorerError", "plotting.Picture"],
        "made by explore or show, or an error",
    ),
}
"""Public names that no reader hands anything to unchecked, and why."""


def descent(optimizer: gd.Optimizer) -> np.ndarray:
    """Follow a rule from three starts."""
    return gd.descend(BOWL.gradient, START, optimizer, 3)


def objective(f: Callable[..., Any]) -> Any:
    """Return the loss and the gradients of a network."""
    return f(NETWORK, X, START)


NUMBER = "is not a finite real number"
"""How a scalar says that the result of an operation is out of range."""

RULES = "gradient_descent momentum nesterov adagrad rmsprop adam"


def each(names: str, value: Any) -> dict[str, Any]:
    """Give several functions the same mark."""
    return dict.fromkeys(names.split(), value)


MARKS: dict[str, dict[str, Any]] = {
    "use": {
        **each(f"{RULES} newton scheduled", descent),
        **each("penalized with_dropout", objective),
        **each("inverse_time_decay cosine_decay", lambda schedule: schedule(2)),
        "mini_batches": list,
        "quadratic": lambda surface: surface.value(START),
        "ill_conditioned": lambda surface: surface.gradient(START),
        "noisy_gradient": lambda noisy: noisy(START),
        "softmax_regression": lambda p: (p.value_and_gradient(p.start), p.hessian(p.start)),
    },
    "diverges": each(
        f"{RULES} newton scheduled descend "
        "quadratic noisy_gradient eigenmodes train loss_surface "
        "train_digits deep_accuracies interpolation_bound penalized with_dropout "
        "softmax_regression "
        "product_loss product_gradient product_curvature product_descent",
        True,
    ),
    "keeps_float32": each(
        f"{RULES} check_gradient jitter growth_factor error_terms quadratic "
        "difference_quotient train noisy_gradient "
        "deep_accuracies read_digit linear_pieces "
        "tent_preimages",
        False,
    ),
    "same_in_float32": each("check_gradient jitter", False),
    "tolerance": each("numerical_gradient difference_quotient sharpness", 1e-6),
    "follows": {"with_parameters": "vector", "loss_surface": "layers"},
    "words": {
        **each("sweep loss_of_x", NUMBER),
        "descend": "takes points",
        "newton": "Hessian",
        "quadratic": "takes points",
        "variants": r"\bl[12]\b",
    },
}
"""What is special about a function, by its name."""

FIXED = ("n_jobs",)


def call(function: Callable[..., Any], /, arguments: dict[str, Any], **marks: Any) -> Call:
    """Return a call with all that is special about its function."""
    name = getattr(function, "__name__", "")
    own = {mark: of[name] for mark, of in MARKS.items() if name in of}
    return Call(function, arguments, **{"fixed": FIXED, **own, **marks})


def of_methods() -> Iterator[Call]:
    """Yield calls of what a function returns or an object has: methods, schedules, surfaces."""
    node = Node(2.5)
    for name in ("add", "sub", "mul", "truediv", "rsub", "rtruediv"):
        yield call(getattr(node, f"__{name}__"), {"other": 0.5}, words=NUMBER)
    yield call(node.__pow__, {"exponent": 0.5}, words=NUMBER)
    loss = loss_of_parameters(SMOOTH, X, LABELS, "cross_entropy")
    yield call(loss, {"vector": np.arange(22) / 8})
    yield call(gd.inverse_time_decay(3.0), {"k": 2})
    yield call(gd.cosine_decay(4), {"k": 2})
    window = gd.Window((0.0, 1.0), 2.0)
    yield call(window.to_units, {"points": START}, diverges=True)
    yield call(window.from_units, {"units": START}, diverges=True)
    for surface in gd.SURFACES.values():
        for function in (surface.value, surface.gradient, surface.hessian):
            yield call(function, {"points": START}, diverges=True)
    scaling = faq.Scaling(np.array([0.25, 0.5]), np.array([0.5, 1.0]))
    yield call(scaling, {"x": X}, keeps_float32=False)
    problem = faq.softmax_regression(X, LABELS, n_classes=2, penalty=0.5)
    for function in (problem.value_and_gradient, problem.hessian):
        yield call(function, {"theta": np.ones(6)}, diverges=True, keeps_float32=False)


def of_options() -> Iterator[Call]:
    """Yield calls with options that no example needs."""

    def double(x: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore"):
            return 2 * x

    def square(x: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore"):
            return (x**2).sum()

    def augment(x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        return 2 * x + rng.normal()

    rng = np.random.default_rng(0)
    batches = {"x": X, "target": LABELS, "batch_size": 2, "rng": rng, "augment": augment}
    training = {"layers": NETWORK, "loss": "cross_entropy", "optimizer": gd.adam(0.125)}
    history = {"n_epochs": 2, "validation": (X, LABELS), "snapshot_every": 1}
    checking = {"function": square, "gradient": double, "x": X, "directions": 2, "rng": rng}
    yield call(gd.mini_batches, batches)
    yield call(gd.train, {**training, **batches, **history})
    yield call(check_gradient, {**checking, "step": 0.125, "tolerance": 0.125})
    yield call(numerical_gradient, {"function": square, "x": X, "step": 0.125})
    yield call(check_gradient, {"function": square, "gradient": 2 * X, "x": X})
    yield call(gd.adam, {"learning_rate": 0.125})
    yield call(gd.accuracy, {"layers": NETWORK, "x": X, "labels": 1.0 * (X > 0)})
    yield call(initialize, {"sizes": [2, 4, 3], "dtype": "float32", "rng": rng})
    classified = {"layers": SMOOTH, "x": X, "target": LABELS, "loss": "cross_entropy"}
    plane = {"directions": np.ones((2, 22)), "first": X[:, 0], "second": X[0], "n_jobs": 1}
    for function, options in (
        (loss_and_gradients, {}),
        (loss_of_parameters, {}),
        (gd.sharpness, {"rng": rng, "n_iterations": 3}),
        (gd.loss_surface, plane),
        (data_parallel_gradients, {"sizes": [2, 1], "n_jobs": 1}),
    ):
        yield call(function, {**classified, **options})


def of_long_trainings() -> Iterator[Call]:
    """Yield calls of what first trains for seconds: too long for an example."""
    reader = initialize(DIGITS_SIZES, rng=np.random.default_rng(0))
    n = n_parameters(reader)
    yield call(reading_digits.loss_at, {"layers": reader, "parameters": np.zeros(n)})
    yield call(read_digit, {"digit": INK})


@functools.cache
def calls() -> list[Call]:
    """Return all calls."""
    from tests.invalid_inputs import explorers

    others = [*of_methods(), *of_long_trainings()]
    shown = {one.function for one in others}
    with few_digits():
        examples = [
            call(function, arguments)
            for name, (function, module) in public().items()
            if name not in TRUSTED and function not in shown and takes_something(function)
            for arguments in recorded(function, module)
        ]
    return [*examples, *others, *of_options(), *explorers.calls()]


def takes_something(function: Callable[..., Any]) -> bool:
    """Tell whether anything wrong can be handed to a function."""
    return isinstance(function, type) or bool(inspect.signature(function).parameters)


def wanted() -> dict[str, Callable[..., Any]]:
    """Return what must have a call: all that is public, and what figures are made with."""
    drawing = {f"explorer.{name}": getattr(explorer, name) for name in explorer.__all__}
    drawing |= {f"plotting.{thing.__name__}": thing for thing in (panels, show, Picture)}
    library = {name: function for name, (function, _) in public().items()}
    return {name: thing for name, thing in (drawing | library).items() if takes_something(thing)}


every_call = pytest.mark.parametrize("call", calls(), ids=lambda call: call.name)
