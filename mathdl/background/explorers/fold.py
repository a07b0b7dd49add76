"""Folding the interval, layer by layer."""

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, predict, say, slider
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.background import linear_pieces, tent_network, tent_preimages
from mathdl.background.figures.switches import draw_fold
from mathdl.forward import forward

DEPTHS = (1, 2, 3, 4, 5, 6)
"""How often the interval is folded."""

FLOOR = -0.08
"""Where the places at which the line will bend are read."""


def fold_explorer() -> Explorer:
    """Let the reader fold the interval again and again, and place the next knot."""
    figure, axes = panels(1, height=260, width=352)
    picture = draw_fold(axes)

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
        layers = tent_network(depth)
        x = linear_pieces(layers)
        places = tent_preimages(height, depth)
        picture.folded.set_data(x, forward(layers, x[:, None]).output[:, 0])
        picture.level.set_data([0, 1], [height, height])
        heights = height + 0 * places
        picture.meets.set_offsets(np.column_stack([places, heights]))
        down = np.stack([heights, FLOOR + 0 * places])
        picture.pulled.set_data(_dashes(np.stack([places, places])), _dashes(down))
        return say(
            "{units} units in layers of two: {pieces} pieces. A unit of the next layer that opens "
            "at height {height:.3g} bends the line at {bends} places.",
            units=2 * depth,
            pieces=2**depth,
            bends=len(places),
            height=height,
        )

    return update


def _dashes(ends: Array) -> Array:
    """Return segments, their first and second ends in rows, as one line with gaps."""
    return np.vstack([ends, np.nan * ends[0]]).T.ravel()


def _predict_bends() -> Prediction:
    now, then = (len(tent_preimages(0.375, depth)) for depth in (3, 4))
    return predict(
        say(
            "Three layers have folded the interval three times, and a unit of the next layer that "
            "opens at the height 0.375 bends the line at {now} places. At how many does such a "
            "unit bend it after one more layer?",
            now=now,
        ),
        ["9", "11", "16"],
        answer=str(then),
        why=say(
            "The unit bends the line wherever the line passes its height, once on each of the "
            "sixteen pieces. A unit of the first layer bends the line at one place."
        ),
        show=[{"depth": 3}, {"depth": 4}],
    )
