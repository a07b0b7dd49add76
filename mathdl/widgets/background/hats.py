"""Hats: how close they come to a curve, and whether training finds them."""

import functools
import math

import numpy as np
from numpy.typing import NDArray

from mathdl.background import (
    TARGETS,
    hat_network,
    interpolation_bound,
    linear_pieces,
    sup_error,
)
from mathdl.experiments.background import train_on_curve
from mathdl.explorer import Explorer, choice, explore, predict, say, slider
from mathdl.explorer.prediction import Prediction
from mathdl.explorer.wording import Sentence
from mathdl.figures.background.piecewise import draw_interpolation
from mathdl.forward import Layer, forward
from mathdl.plotting import panels

SIZES = (2, 4, 8, 16, 32, 64)
"""Numbers of hidden units."""

FINE = np.linspace(0, 1, 513)


@functools.cache
def built(target: str, n: int) -> tuple[Layer, ...]:
    """Return the network that interpolates a target at n + 1 even knots."""
    knots = np.linspace(0, 1, n + 1)
    return tuple(hat_network(knots, TARGETS[target].function(knots)))


@functools.cache
def learned(target: str, n: int) -> tuple[Layer, ...]:
    """Return the network of n units that gradient descent finds for a target."""
    rng = np.random.default_rng(0)
    return tuple(train_on_curve(TARGETS[target].function, n, rng=rng))


NETWORKS = {"built": built, "learned": learned}


@functools.cache
def largest_error(target: str, n: int, weights: str) -> float:
    """Return how far the built or the learned network strays from its target."""
    return sup_error(NETWORKS[weights](target, n), TARGETS[target].function)


def bends(target: str, n: int, weights: str) -> NDArray[np.float64]:
    """Return the points (x, y), shape (n_bends, 2), between which the network is straight."""
    network = NETWORKS[weights](target, n)
    x = np.linspace(0, 1, n + 1) if weights == "built" else linear_pieces(network)
    return np.column_stack([x, forward(network, x[:, None]).output])


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
        network = NETWORKS[weights](target, n)
        picture.target.set_data(FINE, function(FINE))
        picture.network.set_data(FINE, forward(network, FINE[:, None]).output[:, 0])
        picture.knots.set_offsets(bends(target, n, weights))
        errors = [largest_error(target, size, "built") for size in SIZES]
        picture.built.set_data(SIZES, errors)
        bounds = [interpolation_bound(1 / size, curvature) for size in SIZES]
        picture.bound.set_data(
            SIZES, bounds if math.isfinite(curvature) else [math.nan] * len(SIZES)
        )
        found = [largest_error(target, size, "learned") for size in SIZES[: _shown(weights)]]
        picture.learned.set_data(SIZES[: len(found)], found)
        error = largest_error(target, n, weights)
        picture.here.set_data([n], [error])
        if weights == "built":
            return _say_built(n, error, interpolation_bound(1 / n, curvature))
        return _say_learned(n, error, largest_error(target, n, "built"))

    return update


def _shown(weights: str) -> int:
    return len(SIZES) if weights == "learned" else 0


def _say_built(n: int, error: float, bound: float) -> Sentence:
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


def _say_learned(n: int, error: float, other: float) -> Sentence:
    if error > other:
        return say(
            "Gradient descent with {n} units is left with a largest error of {error:.3g}, "
            "{ratio:.2g} times the {other:.3g} of the network built with as many.",
            n=n,
            error=error,
            ratio=error / other,
            other=other,
        )
    if error > other / 2:
        return say(
            "Gradient descent with {n} units ends at a largest error of {error:.3g}, about as "
            "good as the {other:.3g} of equal knots.",
            n=n,
            error=error,
            other=other,
        )
    return say(
        "Gradient descent with {n} units gets down to {error:.3g}, less than the {other:.3g} of "
        "equal knots: it moved its bends to where this target needs them.",
        n=n,
        error=error,
        other=other,
    )


def _predict_learning() -> Prediction:
    made, found = (largest_error("eight waves", 64, weights) for weights in NETWORKS)
    return predict(
        say(
            "For eight waves, the network built with 64 units is off by at most {made:.2g}. "
            "How far off is the one that gradient descent finds with as many units?",
            made=made,
        ),
        ["about as far", "up to five times as far", "more than five times as far"],
        answer=int(found > 1.5 * made) + int(found > 5 * made),
        why=say(
            "After 2,000 steps it is off by {found:.2g}. Good weights exist, and we can write "
            "them down; that does not say that gradient descent finds them.",
            found=found,
        ),
    )
