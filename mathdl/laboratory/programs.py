"""What the page computes: kernels of the book, traced, by what a design may ask for.

A program's shapes are those that it is run with, but for lengths of 1, with which NumPy does
other things: there is one for each pattern of ``1`` and ``n``. The page goes from layer to layer.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from explorable.trace import trace
from mathdl.concepts import ACTIVATIONS
from mathdl.forward.parameters import SCHEMES
from mathdl.gradient_descent import OPTIMIZERS
from mathdl.gradient_descent.theory import largest_stable_rate
from mathdl.laboratory import data, passes

LOSSES = ("binary_cross_entropy", "mean_squared_error")
_N = {"1": 1, "n": 3}


def _by_shape(
    function: Callable[..., Any], axes: str, *examples: str | float, fixed: str = ""
) -> dict[str, Any]:
    """Trace a function for each pattern of lengths, of which each axis has a letter.

    An example is an argument's axes in these letters, or a number; those that are fixed are never
    1.
    """
    rng = np.random.default_rng(0)
    found = {}
    for pattern in itertools.product("n1", repeat=len(axes)):
        lengths = {axis: _N[kind] for axis, kind in zip(axes, pattern, strict=True)}
        if any(lengths[axis] == 1 for axis in fixed):
            continue
        given: list[Any] = [
            rng.uniform(0.1, 0.9, [lengths[axis] for axis in each])
            if isinstance(each, str)
            else each
            for each in examples
        ]
        found["".join(pattern)] = trace(function, *given).content
    return found


def _each(
    function: Callable[..., Any], key: str, names: Sequence[str], *more: Any, **named: Any
) -> dict[str, Any]:
    return {
        name: _by_shape(functools.partial(function, **{key: name}), *more, **named)
        for name in names
    }


def _rule(name: str) -> dict[str, Any]:
    parameters = np.array([0.5, -0.25, 0.125])
    make = OPTIMIZERS[name]
    state = make(0.1).init(parameters)

    def step(parameters: Any, gradient: Any, rate: Any, *state: Any) -> Any:
        return make(rate).step(parameters, gradient, state)

    return {
        "memory": ["".join("n" for _ in np.shape(each)) for each in state],
        "step": trace(step, parameters, parameters, 0.1, *state).content,
    }


@functools.cache
def programs() -> dict[str, Any]:
    """Return all programs, as `explorable.trace` writes them down, by what they are for."""
    rng = np.random.default_rng(0)
    u, scatter, points = rng.random((5, 4)), rng.random((5, 2)), rng.random((5, 2))
    kinds = [*data.CLASSES, *data.NUMBERS]
    many, one = np.array([0, 3, 6]), np.array([2])
    activations = list(ACTIVATIONS)
    three = np.array([0.5, -0.25, 0.125])

    def sampled(kind: str) -> dict[str, Any]:
        return trace(functools.partial(data.placed, kind), u, scatter, 0.1, 0.1).content

    return {
        "data": {kind: sampled(kind) for kind in kinds},
        "inputs": {
            name: trace(data.inputs, points, chosen).content
            for name, chosen in (("n", many), ("1", one))
        },
        "started": _each(passes.started, "scheme", SCHEMES, "oi", "oi", 1.0),
        "there": _each(passes.there, "activation", activations, "bio", "bi", "oi", "o"),
        "back": _each(passes.back, "activation", activations, "bio", "bo", "bo", "bi", "oi"),
        "measured": _each(passes.measured, "activation", activations, "bo", "bo", "bo", "bo"),
        "mask": _by_shape(passes.mask, "bo", "bo", 0.5),
        "masked": _by_shape(passes.masked, "bo", "bo", "bo"),
        "penalised": _by_shape(passes.penalised, "oi", "oi", "o", "oi", 0.1, 0.1),
        "loss": {
            name: {
                key: trace(functools.partial(passes.loss, name=name), column, column).content
                for key, column in (("n", three[:, None]), ("1", three[:1, None]))
            }
            for name in LOSSES
        },
        "right": trace(passes.share_right, three[:, None], three[:, None], 0.0).content,
        "rules": {name: _rule(name) for name in OPTIMIZERS},
        "probes": trace(passes.probes, three, three).content,
        "curvature": trace(passes.curvature, three, three, three, three).content,
        "bound": trace(
            lambda rate, decay: largest_stable_rate.plain(rate, decay=decay), 0.1, 0.5
        ).content,
    }
