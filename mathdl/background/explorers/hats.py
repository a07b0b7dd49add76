"""How close hats come to a curve, the more of them there are."""

import functools
import math

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.background import TARGETS, hat_network, interpolation_bound, sup_error
from mathdl.background.figures.piecewise import draw_interpolation

SIZES = (2, 4, 8, 16, 32, 64)
"""Numbers of hidden units."""

FINE = np.linspace(0, 1, 513)


@functools.cache
def largest_error(target: str, m: int) -> float:
    """Return how far the network with knots that are m equal pieces apart strays from a target."""
    function = TARGETS[target].function
    knots = np.linspace(0, 1, m + 1)
    return sup_error(hat_network(knots, function(knots)), function)


def hats_explorer() -> Explorer:
    """Let the reader choose a target and the number of hats."""
    figure, (left, right) = panels(2)
    picture = draw_interpolation(left, right, SIZES)

    @explore(
        figure,
        picture.artists,
        "How close do hats come?",
        prediction=_predict_doubling(),
        m=slider(SIZES, label="hidden units m", start=8),
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
    )
    def update(m: int, target: str) -> Sentence:
        function, curvature = TARGETS[target]
        knots = np.linspace(0, 1, m + 1)
        picture.target.set_data(FINE, function(FINE))
        feet = np.column_stack([knots - 1 / m, knots, knots + 1 / m, np.full(m + 1, np.nan)])
        tops = np.column_stack([0 * knots, function(knots), 0 * knots, 0 * knots])
        picture.hats.set_data(np.clip(feet, 0, 1).ravel(), tops.ravel())
        picture.network.set_data(knots, function(knots))
        picture.knots.set_offsets(np.column_stack([knots, function(knots)]))
        picture.built.set_data(SIZES, [largest_error(target, size) for size in SIZES])
        bounds = [interpolation_bound(1 / size, curvature) for size in SIZES]
        picture.bound.set_data(
            SIZES, bounds if math.isfinite(curvature) else [math.nan] * len(SIZES)
        )
        error = largest_error(target, m)
        picture.here.set_data([m], [error])
        said = _say_built(m, error, interpolation_bound(1 / m, curvature), function(knots))
        if math.isinf(curvature):
            return said
        return said.typeset(
            r"\frac{\delta^2}{8}\,\max\lvert f''\rvert = \frac{1}{8\cdot\num{m:.0f}^2}"
            r"\cdot\num{curvature:.1f} = \num{bound:.4f}",
            m=m,
            curvature=curvature,
            bound=interpolation_bound(1 / m, curvature),
        )

    return update


def _say_built(m: int, error: float, bound: float, values: Array) -> Sentence:
    if np.abs(values).max() < 1e-9:
        return say(
            "With {m} units every knot lies on a zero of the target: the network is 0 everywhere, "
            "and its largest error is {error:.3g}.",
            m=m,
            error=error,
        )
    if math.isinf(bound):
        return say(
            "With {m} units, the largest error is {error:.3g}. The target has no bounded second "
            "derivative, so there is no bound δ²·max|f″|/8.",
            m=m,
            error=error,
        )
    return say(
        "With {m} units, the largest error is {error:.3g}; the bound δ²·max|f″|/8 allows "
        "{bound:.3g}.",
        m=m,
        error=error,
        bound=bound,
    )


def _predict_doubling() -> Prediction:
    eight, sixteen = (largest_error("one wave", m) for m in (8, 16))
    return predict(
        say(
            "With 8 units the network is off by at most {eight:.3g}. How far off is it with 16?",
            eight=eight,
        ),
        ["half as far", "a quarter as far", "a sixteenth as far"],
        answer=round(math.log2(eight / sixteen)) - 1 if eight < 8 * sixteen else 2,
        why=say(
            "{sixteen:.2g}: halving the distance of the knots quarters the error.", sixteen=sixteen
        ),
        show=[{"m": 8}, {"m": 16}],
    )
