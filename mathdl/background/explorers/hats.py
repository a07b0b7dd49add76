"""Hats: how close they come to a curve, and whether training finds them."""

import functools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.background import (
    TARGETS,
    hat_network,
    interpolation_bound,
    linear_pieces,
    sup_error,
)
from mathdl.background.experiments import learned_curves
from mathdl.background.figures.piecewise import draw_interpolation
from mathdl.forward import Layer, forward

SIZES = (2, 4, 8, 16, 32, 64)
"""Numbers of hidden units."""

FINE = np.linspace(0, 1, 513)

NOTHING = np.empty((0, 2))


@functools.cache
def built(target: str, n: int) -> tuple[Layer, ...]:
    """Return the network that interpolates a target at n + 1 even knots."""
    knots = np.linspace(0, 1, n + 1)
    return tuple(hat_network(knots, TARGETS[target].function(knots)))


@functools.cache
def largest_error(target: str, n: int) -> float:
    """Return how far the built network strays from its target."""
    return sup_error(built(target, n), TARGETS[target].function)


@functools.cache
def learned_errors(target: str, n: int) -> tuple[float, ...]:
    """Return how far the trained networks stray, by seed of their start."""
    return tuple(sup_error(found, TARGETS[target].function) for found in learned_curves(target, n))


def middle_start(target: str, n: int) -> tuple[Layer, ...]:
    """Return the trained network whose largest error is the median."""
    errors = learned_errors(target, n)
    return learned_curves(target, n)[int(np.argsort(errors)[len(errors) // 2])]


def hats_explorer() -> Explorer:
    """Let the reader choose a target, the number of hats, and whether to build or learn them."""
    figure, (left, right) = panels(2)
    picture = draw_interpolation(left, right, SIZES)

    @explore(
        figure,
        picture.artists,
        "How close do hats come, and does training find them?",
        prediction=_predict_learning(),
        n=slider(SIZES, label="hidden units n", start=8),
        target=choice(
            {
                "one wave": "one wave",
                "eight waves": "eight waves",
                "peak": "a peak",
                "corner": "a corner",
                "root": "√x",
            },
            label="target",
        ),
        weights=choice(
            {"built": "built from equal knots", "learned": "found by training"}, label="weights"
        ),
    )
    def update(n: int, target: str, weights: str) -> Sentence:
        function, curvature = TARGETS[target]
        is_built = weights == "built"
        network = built(target, n) if is_built else middle_start(target, n)
        x = np.linspace(0, 1, n + 1) if is_built else linear_pieces(network)
        corners = np.column_stack([x, forward(network, x[:, None]).output])
        curve = np.column_stack([FINE, forward(network, FINE[:, None]).output])
        picture.target.set_data(FINE, function(FINE))
        picture.network.set_data(*(curve if is_built else NOTHING).T)
        picture.trained.set_data(*(NOTHING if is_built else curve).T)
        picture.knots.set_offsets(corners if is_built else NOTHING)
        picture.bends.set_offsets(NOTHING if is_built else corners)
        picture.built.set_data(SIZES, [largest_error(target, size) for size in SIZES])
        bounds = [interpolation_bound(1 / size, curvature) for size in SIZES]
        picture.bound.set_data(
            SIZES, bounds if math.isfinite(curvature) else [math.nan] * len(SIZES)
        )
        found = [] if is_built else [learned_errors(target, size) for size in SIZES]
        picture.learned.set_data(SIZES[: len(found)], [np.median(errors) for errors in found])
        picture.starts.set_offsets(
            NOTHING
            if is_built
            else [(size, e) for size, errors in zip(SIZES, found, strict=True) for e in errors]
        )
        error = largest_error(target, n)
        here = error if is_built else float(np.median(learned_errors(target, n)))
        picture.here.set_data([n], [here])
        if is_built:
            return _say_built(n, error, interpolation_bound(1 / n, curvature), corners[:, 1])
        return _say_learned(n, learned_errors(target, n), error)

    return update


def _say_built(n: int, error: float, bound: float, values: NDArray[np.float64]) -> Sentence:
    if np.abs(values).max() < 1e-9:
        return say(
            "With {n} units every knot lies on a zero of the target: the network is 0 everywhere, "
            "and its largest error is {error:.3g}.",
            n=n,
            error=error,
        )
    if math.isinf(bound):
        return say(
            "Built with {n} units, the largest error is {error:.3g}. The target has no bounded "
            "second derivative, so h²·max|f″|/8 promises nothing.",
            n=n,
            error=error,
        )
    return say(
        "Built with {n} units, the largest error is {error:.3g}; the bound h²·max|f″|/8 "
        "allows {bound:.3g}.",
        n=n,
        error=error,
        bound=bound,
    )


def _say_learned(n: int, errors: Sequence[float], other: float) -> Sentence:
    return say(
        "Gradient descent with {n} units, from {starts} starts: largest errors from {low:.3g} to "
        "{high:.3g}, median {middle:.3g}. Built with as many units: {other:.3g}; {better} of the "
        "{starts} are below that.",
        n=n,
        starts=len(errors),
        low=min(errors),
        high=max(errors),
        middle=float(np.median(errors)),
        other=other,
        better=sum(error < other for error in errors),
    )


def _predict_learning() -> Prediction:
    made, found = largest_error("eight waves", 64), min(learned_errors("eight waves", 64))
    return predict(
        say(
            "For eight waves, the network built with 64 units is off by at most {made:.2g}. "
            "Gradient descent has seven tries. How far off is the best of its networks, with as "
            "many units?",
            made=made,
        ),
        ["about as far", "up to five times as far", "more than five times as far"],
        answer=int(found > 1.5 * made) + int(found > 5 * made),
        why=say(
            "After 2,000 steps it is off by {found:.2g}. Good weights exist, and we can write "
            "them down; that does not say that gradient descent finds them.",
            found=found,
        ),
        show=[{"target": "eight waves", "n": 64, "weights": how} for how in ("built", "learned")],
    )
