"""Folding the interval, layer by layer, beside a single layer with as many units."""

import functools

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, predict, say, slider
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.background import (
    hat_network,
    linear_pieces,
    sup_error,
    tent,
    tent_network,
    tent_preimages,
)
from mathdl.background.figures.switches import draw_fold
from mathdl.forward import Layer, forward

DEPTHS = (1, 2, 3, 4, 5, 6)
"""How often the interval is folded."""

FLOOR = -0.08
"""Where the places at which the line will bend are read."""


@functools.cache
def single_layer(depth: int) -> tuple[Layer, ...]:
    """Return one layer of 2·depth units that follows the folded tent as far as it can.

    It meets as many pieces from the left as it has units for, and spends the last two on the
    height ½, from which no value is further away than ½.
    """
    n_units, n_pieces = 2 * depth, 2**depth
    if n_pieces <= n_units:
        knots = np.arange(n_pieces + 1) / n_pieces
        return tuple(hat_network(knots, np.arange(n_pieces + 1) % 2))
    last = n_units - 2
    knots = np.append(np.arange(last + 1), [last + 0.5, n_pieces]) / n_pieces
    values = np.append(np.arange(last + 1) % 2, [0.5, 0.5])
    return tuple(hat_network(knots, values))


def corners(layers: tuple[Layer, ...]) -> tuple[Array, Array]:
    """Return the ends of a network's pieces on [0, 1], and its values there."""
    x = linear_pieces(layers)
    return x, forward(layers, x[:, None]).output[:, 0]


def folded(x: Array, depth: int) -> Array:
    """Apply the tent map several times."""
    for _ in range(depth):
        x = tent(np.clip(x, 0, 1))
    return x


def fold_explorer() -> Explorer:
    """Let the reader fold the interval again and again, and place the next knot."""
    figure, (left, right) = panels(2)
    picture = draw_fold(left, right)

    @explore(
        figure,
        picture.artists,
        "What does one more layer add?",
        computed=True,
        prediction=_predict_bends(),
        depth=slider(DEPTHS, label="layers of two units", start=3, spec="g"),
        height=slider(np.arange(1, 8) / 8, label="height of the next knot", start=0.375),
    )
    def update(depth: int, height: float) -> Sentence:
        deep, single = tuple(tent_network(depth)), single_layer(depth)
        x, y = corners(deep)
        places = tent_preimages(height, depth)
        picture.folded.set_data(x, y)
        picture.level.set_data([0, 1], [height, height])
        heights = height + 0 * places
        picture.meets.set_offsets(np.column_stack([places, heights]))
        down = np.stack([heights, FLOOR + 0 * places])
        picture.pulled.set_data(_dashes(np.stack([places, places])), _dashes(down))
        picture.target.set_data(x, y)
        picture.single.set_data(*corners(single))
        error = sup_error(single, lambda x: folded(x, depth))
        told = {"units": 2 * depth, "pieces": 2**depth, "bends": len(places), "height": height}
        if error < 1e-9:
            return say(
                "{units} units in layers of two: {pieces} pieces, and one layer of {units} units "
                "draws the same. A unit of the next layer that opens at height {height:.3g} bends "
                "the line at {bends} places.",
                **told,
            )
        return say(
            "{units} units in layers of two: {pieces} pieces. A unit of the next layer that opens "
            "at height {height:.3g} bends the line at {bends} places. One layer of {units} units "
            "is off by {error:.2g}.",
            error=error,
            **told,
        )

    return update


def _dashes(ends: Array) -> Array:
    """Return segments, their first and second ends in rows, as one line with gaps."""
    return np.vstack([ends, np.nan * ends[0]]).T.ravel()


def _predict_bends() -> Prediction:
    bends = len(tent_preimages(0.375, 3))
    return predict(
        "Three layers have folded the interval three times. A unit of the next layer opens at the "
        "height 0.375. At how many places does this one unit bend the line?",
        ["1", "3", "8"],
        answer=["1", "3", "8"].index(str(bends)),
        why=say(
            "{bends}: the unit bends the line wherever the line passes its height, once on each "
            "of the eight pieces. A unit of the first layer bends the line at one place.",
            bends=bends,
        ),
        show=[{"depth": depth} for depth in (1, 2, 3)],
    )
