"""Two hats that cross, and the tower that is left of them."""

import numpy as np

from explorable.drawing.toolkit import mesh, panels
from explorable.explore import Explorer, explore, predict, say, slider, turn
from explorable.sentences import Sentence
from mathdl.background import tower_network
from mathdl.background.figures.switches import draw_tower
from mathdl.forward import forward

MIDDLE, FOOT = 0.5, 0.25
"""Where the tower stands, and half the width of its hats."""

PANEL_WIDTH = 352
"""Pixels: what a small phone shows, so that its letters keep their size there."""

LINES = np.linspace(0, 1, 25)
"""Where the lines of the tower's surface run, on both axes."""


def heights(n_hats: int, threshold: float) -> np.ndarray:
    """Return the heights over the plane, rows for x₂: relu of one or two hats less a threshold."""
    hats, top = tower_network([MIDDLE, MIDDLE], FOOT)
    units = forward([hats], np.column_stack([LINES, LINES])).output * top.weights
    first, second = units[:, :3].sum(axis=1), units[:, 3:].sum(axis=1)
    return np.maximum(first + (n_hats - 1) * second[:, None] - threshold, 0)


def tower_explorer() -> Explorer:
    """Let the reader cross two hats and cut off what is too low."""
    figure, axes = panels(1, width=PANEL_WIDTH, height=270)
    drawn = draw_tower(axes)
    arm = float(heights(2, 1.0)[12, 0])

    @explore(
        figure,
        {"surface": [drawn]},
        "How do hats make a tower?",
        computed=True,
        prediction=predict(
            say(
                "Two hats of height 1 cross. Their sum is 2 where they cross and 1 along the "
                "arms. What has to be subtracted, before a last ReLU, for a tower without arms?"
            ),
            ["½", "1", "2"],
            answer=1 if arm == 0 and heights(2, 0.5)[12, 0] > 0 else 2,
            why=say(
                "With 1 the arms are at {arm:g} and the tower still stands, {top:g} high; with ½ "
                "there are arms, and with 2 there is no tower.",
                arm=arm,
                top=float(heights(2, 1.0)[12, 12]),
            ),
            show=[{"threshold": 0.5}, {"threshold": 1}],
        ),
        hats=slider([1, 2], label="hats", start=2, spec="g"),
        threshold=slider(np.arange(7) / 4, label="subtracted", start=0),
        view=turn(drawn.view, label="view from"),
    )
    def update(hats: int, threshold: float) -> Sentence:
        surface = heights(hats, threshold)
        drawn.set_points(mesh(LINES, LINES, surface, lines=25, top=2.0))
        top, arm = surface[12, 12], surface[12, 0]
        said = _say_tower(hats, threshold, top, arm)
        if hats == 1:
            return said.typeset(
                r"\operatorname{relu}\bigl(\Lambda_1(\tfrac12) - \num{cut:.2f}\bigr) = "
                r"\operatorname{relu}(1 - \num{cut:.2f}) = \num{top:.2f}",
                cut=threshold,
                top=top,
            )
        return said.typeset(
            r"\operatorname{relu}\bigl(\Lambda_1(\tfrac12) + \Lambda_2(\tfrac12) - "
            r"\num{cut:.2f}\bigr) = \operatorname{relu}(2 - \num{cut:.2f}) = "
            r"\num{top:.2f}",
            cut=threshold,
            top=top,
        )

    return update


def _say_tower(hats: int, threshold: float, top: float, arm: float) -> Sentence:
    if top == 0:
        return say("With {cut:.3g} subtracted nothing is left.", cut=threshold)
    if hats == 1:
        return say(
            "One hat, of x₁ alone, is a wall: {top:.3g} high, and just as high for every x₂.",
            top=top,
        )
    if arm > 0:
        return say(
            "Two hats, of x₁ and of x₂: {top:.3g} high where they cross, {arm:.3g} along the "
            "arms.",
            top=top,
            arm=arm,
        )
    return say(
        "A tower: {top:.3g} high at (½, ½), and 0 along the arms. It took {units} units.",
        top=top,
        units=7,
    )
