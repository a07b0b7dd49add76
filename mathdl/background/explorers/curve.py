"""A curve that the reader draws: as a network built by hand, and as one that learns it."""

from typing import Any

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, point, predict, say, slider
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from explorable.trace import gather
from mathdl.background.experiments.corners import (
    CLOSE,
    CORNERS,
    EVERY,
    INPUTS,
    N_STARTS,
    N_STEPS,
    SAMPLES,
    corner_points,
    heights,
    learned,
)
from mathdl.background.experiments.starts import outputs
from mathdl.background.figures.switches import draw_curve, draw_learned

PANEL_WIDTH = 352
"""Pixels: what a small phone shows, so that its letters keep their size there."""

REACH = 0.12
"""How far a corner moves to either side."""

ERROR = r"\frac{1}{33}\sum_i\bigl(f(x_i) - y_i\bigr)^2 = \num{error:.4f}"

HEIGHTS = np.linspace(-1, 1, 9)


def changes_of_slope(corners: Array) -> Array:
    """Return the output weights of the network that runs through corners (n, 2)."""
    x, y = corners.T
    slopes = (y[1:] - y[:-1]) / (x[1:] - x[:-1])
    return np.append(slopes[:1], slopes[1:] - slopes[:-1])


def curve_explorer() -> Explorer:
    """Let the reader draw a curve by its corners, and read off the network that draws it."""
    figure, axes = panels(1, width=PANEL_WIDTH, height=270)
    picture = draw_curve(axes, 4)
    xs = [np.round(x + REACH * np.linspace(-1, 1, 3), 3) for x in CORNERS[:, 0]]
    places = {
        name: point(axes, xs=across, ys=HEIGHTS, label=label, start=start)
        for name, label, across, start in zip(
            ("first", "second", "third"),
            ("corner 1", "corner 2", "corner 3"),
            xs,
            CORNERS,
            strict=True,
        )
    }

    @explore(
        figure,
        picture.artists,
        "Can you draw a curve with four units?",
        name="curve",
        computed=True,
        prediction=_predict_weights(),
        **places,
    )
    def update(first: Array, second: Array, third: Array) -> Sentence:
        corners = corner_points(first, second, third)
        changes = changes_of_slope(corners)
        picture.show(corners[:-1, 0], changes, corners)
        return say(
            "The slope begins with {a:.1f}; at {t:.2f} it changes by {b:.1f}, at {u:.2f} by "
            "{c:.1f}, at {v:.2f} by {d:.1f}. These are the weights.",
            **_values(changes, first, second, third),
        ).typeset(
            r"f(x) = \num{a:.1f}\operatorname{relu}(x) + \num{(b):.1f}\operatorname{relu}"
            r"(x - \num{t:.2f}) + \num{(c):.1f}\operatorname{relu}(x - \num{u:.2f}) + "
            r"\num{(d):.1f}\operatorname{relu}(x - \num{v:.2f})",
            **_values(changes, first, second, third),
        )

    return update


def _values(changes: Array, *corners: Array) -> dict[str, Any]:
    """Return changes of slope and where they happen, as sentence and formula name them."""
    shown = np.where(abs(changes) < 0.05, 0.0, changes)  # a weight of 0 has no sign
    places = (corner[0] for corner in corners)
    return dict(zip("abcd", shown, strict=True)) | dict(zip("tuv", places, strict=True))


def _predict_weights() -> Prediction:
    raised = CORNERS + np.array([[0, 0], [0, 0.5], [0, 0]])
    before, after = (changes_of_slope(corner_points(*each)) for each in (CORNERS, raised))
    moved = int(np.sum(~np.isclose(before, after)))
    return predict(
        "You raise the corner in the middle and leave the others where they are. How many of the "
        "four output weights change?",
        ["one", "two", "three"],
        answer=moved - 1,
        why="The slope changes on both sides of the corner, and each weight is the difference of "
        "two neighbouring slopes.",
        show=[{"second": place} for place in (CORNERS[1], raised[1])],
    )


def learned_explorer() -> Explorer:
    """Let the reader move a corner, and a network of eight units learn the curve."""
    figure, (left, right) = panels(2)
    picture = draw_learned(left, right, N_STEPS)
    steps = np.arange(0.0, N_STEPS + 1, EVERY)

    @explore(
        figure,
        picture.artists,
        "Does descent find the same curve?",
        computed=True,
        prediction=_predict_miss(),
        n=slider([0, 100, 200, N_STEPS], label="steps", start=100, spec="g"),
        start=slider(np.arange(1, N_STARTS + 1), label="start", spec="g"),
        corner=point(
            left,
            xs=np.round(CORNERS[1, 0] + REACH * np.linspace(-1, 1, 3), 3),
            ys=[-0.75, 0, 0.75],
            label="corner 2",
            start=CORNERS[1],
        ),
    )
    def update(n: int, start: int, corner: Array) -> Sentence:
        corners = corner_points(CORNERS[0], corner, CORNERS[2])
        wanted = heights(corners)
        networks, errors = learned(wanted, start)
        picture.target.set_data(corners[:, 0], corners[:, 1])
        picture.samples.set_offsets(np.column_stack([SAMPLES, wanted]))
        drawn = outputs(tuple(gather(part, n) for part in networks), INPUTS)
        picture.network.set_data(SAMPLES, drawn.ravel())
        error = np.mean((drawn.ravel() - wanted) ** 2)
        picture.errors.set_data(np.minimum(steps, n), np.where(steps <= n, errors, error))
        picture.here.set_data(np.stack([n]), np.stack([error]))
        if n == 0:
            return say(
                "Before the first step the weights are random: mean squared error {error:.2g}.",
                error=error,
            ).typeset(ERROR, error=error)
        return say(
            "After {n} steps the mean squared error is {error:.2g}. Built by hand it is 0.",
            n=n,
            error=error,
        ).typeset(ERROR, error=error)

    return update


def _predict_miss() -> Prediction:
    wanted = heights(corner_points(*CORNERS))
    errors = [float(learned(wanted, start + 1)[1][-1]) for start in range(N_STARTS)]
    reached = sum(error < CLOSE for error in errors)
    return predict(
        "Four units are enough for this curve. Networks of eight start from four different "
        "draws of random weights and take 400 steps each. How many of the four come close, to "
        "an error below 0.01?",
        ["all four", "two", "none"],
        answer={4: 0, 2: 1, 0: 2}[reached],
        why=say(
            "Their errors end at {first:.2g}, {second:.2g}, {third:.2g} and {fourth:.2g}. The "
            "first and the third miss a corner.",
            first=errors[0],
            second=errors[1],
            third=errors[2],
            fourth=errors[3],
        ),
        show=[{"start": start, "n": N_STEPS} for start in (1, 3, 4)],
    )
