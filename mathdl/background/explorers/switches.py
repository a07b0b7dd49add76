"""Hats and towers, unit by unit."""

import numpy as np

from explorable.drawing.toolkit import mesh, panels
from explorable.explore import Explorer, explore, predict, say, slider, turn
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.background import tower_network
from mathdl.background.figures.switches import draw_hat, draw_tower
from mathdl.forward import forward

WIDTH = 0.2
"""Half the width of the hat."""

MIDDLE, FOOT = 0.5, 0.25
"""Where the tower stands, and half the width of its hats."""

PANEL_WIDTH = 352
"""Pixels: what a small phone shows, so that its letters keep their size there."""

LINES = np.linspace(0, 1, 25)
"""Where the lines of the tower's surface run, on both axes."""


def hat_explorer() -> Explorer:
    """Let the reader add units until they make a hat, and move it."""
    figure, axes = panels(1, width=PANEL_WIDTH, height=240)
    picture = draw_hat(axes)

    @explore(
        figure,
        picture.artists,
        "How many units make a hat?",
        computed=True,
        prediction=_predict_hat(),
        n=slider([1, 2, 3], label="units", spec="g"),
        t=slider(np.arange(3, 8) / 10, label="knot of the second unit t", start=0.5),
        height=slider([-1, -0.5, 0.5, 1], label="height", start=1),
    )
    def update(n: int, t: float, height: float) -> Sentence:
        slope = height / WIDTH
        knots = [t - WIDTH, t, t + WIDTH][:n]
        picture.show(knots, [slope, -2 * slope, slope][:n])
        if height == 0:
            return say("At height 0 no unit has a slope: the line is 0 everywhere.")
        if n == 1:
            return say(
                "One unit is 0 up to its knot at {knot:.3g}. Then it goes straight on, with slope "
                "{slope:.3g}, and nothing stops it.",
                knot=knots[0],
                slope=slope,
            )
        if n == 2:
            return say(
                "At {t:.3g} the second unit opens and turns the slope from {slope:.3g} to "
                "{back:.3g}. The sum passes 0 again and goes on.",
                t=t,
                slope=slope,
                back=-slope,
            )
        return say(
            "At {knot:.3g} the third unit brings the sum to rest: a hat of height {height:.3g} at "
            "{t:.3g}, and 0 outside {left:.3g} to {knot:.3g}.",
            knot=knots[2],
            height=height,
            t=t,
            left=knots[0],
        )

    return update


def units_that_rest() -> int:
    """Return the least number of knots at which a line can leave 0 and come back to rest there.

    The changes of slope v at knots t must add up to slope 0 and height 0 beyond the last one:
    Σ vᵢ = 0 and Σ vᵢ tᵢ = 0, with not all v zero.
    """
    n = 1
    while np.linalg.matrix_rank([np.ones(n), np.arange(n)]) == n:
        n += 1
    return n


def _predict_hat() -> Prediction:
    needed = units_that_rest()
    return predict(
        "One ReLU unit bends the line once. How many units does it take to leave 0 and come back "
        "to 0 for good?",
        ["one", "two", "three"],
        answer=needed - 1,
        why=say(
            "{needed}. Beyond the last knot the slopes have to add up to 0, and so do the "
            "heights: two conditions, which leave no freedom to two units.",
            needed=needed,
        ),
        show=[{"n": n} for n in range(1, needed + 1)],
    )


def heights(n_hats: int, threshold: float) -> np.ndarray:
    """Return the heights over the plane, rows for x₂: relu of one or two hats less a threshold."""
    hats, top = tower_network([MIDDLE, MIDDLE], FOOT)
    units = forward([hats], np.column_stack([LINES, LINES])).output * top.weights
    first, second = units[:, :3].sum(axis=1), units[:, 3:].sum(axis=1)
    return np.maximum(first + (n_hats - 1) * second[:, None] - threshold, 0)


def tower_explorer() -> Explorer:
    """Let the reader cross two hats and cut off what is too low."""
    figure, axes = panels(1, width=PANEL_WIDTH, height=270)
    picture = draw_tower(axes)
    arm = float(heights(2, 1.0)[12, 0])

    @explore(
        figure,
        picture.artists,
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
        view=turn(picture.view, label="view from"),
    )
    def update(hats: int, threshold: float) -> Sentence:
        surface = heights(hats, threshold)
        picture.surface.set_points(mesh(LINES, LINES, surface, lines=25, top=2.0))
        top, arm = surface[12, 12], surface[12, 0]
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

    return update
