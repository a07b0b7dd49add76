"""A surface over two inputs, made of towers."""

from collections.abc import Callable

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import mesh, panels
from explorable.explore import Explorer, choice, explore, predict, say, slider, turn
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.background.figures.switches import draw_surface

LINES = np.linspace(0, 1, 33)
"""Where the lines of the surface run, on both axes."""

MOST = 16
"""Cells along each side."""


def wanted(x1: Array, x2: Array) -> Array:
    """Return the heights that the surface is to have."""
    return np.sin(2 * np.pi * x1) * x2


def crossed(u: Array, v: Array) -> Array:
    """Return the tower of two hats that cross."""
    return np.maximum(np.maximum(1 - abs(u), 0) + np.maximum(1 - abs(v), 0) - 1, 0)


def fitting(u: Array, v: Array) -> Array:
    """Return the tower of six sides, affine on each triangle of the grid."""
    above, below = np.maximum(np.maximum(u, v), 0), np.maximum(np.maximum(-u, -v), 0)
    return np.maximum(1 - above - below, 0)


def added_up(n: int, tower: Callable[[Array, Array], Array], x: Array) -> Array:
    """Return the sum, rows for x₂, of towers as high as wanted at the corners of n × n cells.

    Only the four towers at the corners of its own cell reach a place.
    """
    x1, x2 = x, x[:, np.newaxis]
    left, below = np.minimum(np.floor(n * x1), n - 1), np.minimum(np.floor(n * x2), n - 1)
    around = [
        wanted((left + a) / n, (below + b) / n) * tower(n * x1 - left - a, n * x2 - below - b)
        for a in (0, 1)
        for b in (0, 1)
    ]
    return np.stack(around).sum(axis=0)


def largest_error(n: int, tower: Callable[[Array, Array], Array]) -> float:
    """Return how far the sum is off, at five places along each side of each cell."""
    x = (np.minimum(np.arange(5 * MOST) // 5, n - 1) + np.arange(5 * MOST) % 5 / 4) / n
    return abs(added_up(n, tower, x) - wanted(x, x[:, np.newaxis])).max()


def surface_explorer() -> Explorer:
    """Let the reader make a surface of towers, few or many, of two kinds."""
    figure, axes = panels(1, width=352, height=270)
    drawn = draw_surface(axes, LINES, wanted(LINES, LINES[:, np.newaxis]))

    @explore(
        figure,
        {"surface": [drawn]},
        "Do towers add up to a surface?",
        computed=True,
        prediction=_predict_fit(),
        n=slider(np.arange(1, MOST + 1), label="cells along each side", start=4, spec="g"),
        kind=choice({"crossed": "of crossed hats", "fitting": "that fit"}, label="towers"),
        view=turn(drawn.view, label="view from"),
    )
    def update(n: int, kind: str) -> Sentence:
        tower = crossed if kind == "crossed" else fitting
        drawn.set_points(mesh(LINES, LINES, added_up(n, tower, LINES), lines=33))
        return say(
            "{towers} towers, right at every corner of the grid; elsewhere off by up to "
            "about {error:.2g}.",
            towers=(n + 1) ** 2,
            error=largest_error(n, tower),
        )

    return update


def _predict_fit() -> Prediction:
    few, many = (float(largest_error(n, crossed)) for n in (4, 16))
    return predict(
        "The towers of crossed hats have the right height at each corner of the grid. Do four "
        "times as many cells along each side bring the surface close to the orange one?",
        ["yes, about sixteen times closer", "yes, a little", "no"],
        answer=2 if many > 0.8 * few else 1 if many > few / 8 else 0,
        why=say(
            "In the middle of a cell the four towers around it are 0, so the sheet has a hole "
            "there, however fine the grid: off by {many:.2g}. Towers that fit together close it.",
            many=many,
        ),
        show=[{"n": 4}, {"n": 16}, {"n": 16, "kind": "fitting"}],
    )
