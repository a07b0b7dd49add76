"""A painted digit, and what the rule, the linear model and the network see in it."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

import explorable.drawing.toolkit as tk
from explorable.checks import Array

WIDTH, HEIGHT = 400, 250
"""Size of the picture in pixels, which are its coordinates; y runs downward."""

CORNER, SIZE = (6.0, 28.0), 208.0
"""Where the painted digit lies, and its side."""

CENTRES = np.array([CORNER]) + SIZE / 8 * (0.5 + np.argwhere(np.ones((8, 8)))[:, ::-1])
"""The middles of its 64 cells, row by row."""

LEFT, RIGHT = 240.0, 392.0
"""Where the scales begin and end, from "no hole" to "hole"."""

READERS = ("rule", "linear model", "network")


def draw_readers(axes: Axes, output_weights: Array) -> tk.MovingParts:
    """Draw the frame, in pixels, in which three readers look at a digit.

    The signs of the network's output weights colour its hidden units. What moves: cells that stay
    dry, where readers stand, what they say, hidden units.
    """
    tk.style_bare(axes)
    axes.set_label("Painted digit, and what three readers say")
    axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    axes.add_patch(Rectangle(CORNER, SIZE, SIZE, fill=False, edgecolor=tk.GRID, linewidth=1))
    enclosed = axes.scatter(
        CENTRES[:, 0], CENTRES[:, 1], s=(SIZE / 8) ** 2, marker="s", color=tk.ONE, alpha=0.5, lw=0
    )
    grey: dict[str, Any] = {"color": tk.MUTED, "weight": "normal", "size": 12.5}
    tk.label(axes, LEFT, 12, "no hole", ha="left", **grey)
    tk.label(axes, RIGHT, 12, "hole", ha="right", **grey)
    tk.label(axes, LEFT, 176, "its 32 hidden units", ha="left", **grey)
    places, answers = [], []
    for row, reader in enumerate(READERS):
        height = 36 + 46 * row
        tk.label(axes, LEFT, height, reader, color=tk.INK, ha="left", size=12.5)
        scale = height + 17
        axes.plot([LEFT, RIGHT], [scale, scale], color=tk.GRID, linewidth=2)
        middle = (LEFT + RIGHT) / 2
        axes.plot([middle, middle], [scale - 4, scale + 4], color=tk.MUTED, linewidth=1)
        places += axes.plot(
            [middle], [scale], "o", ms=10, color=tk.ONE, mec=tk.BACKGROUND, mew=1.5
        )
        answers.append(tk.label(axes, RIGHT, height, "", ha="right", **{**grey, "color": tk.INK}))
    votes = []
    for unit, weight in enumerate(np.asarray(output_weights)):
        row, column = divmod(unit, 11)
        corner = (LEFT + 14 * column, 186 + 16 * row)
        axes.add_patch(Rectangle(corner, 12, 13, fill=False, edgecolor=tk.GRID, linewidth=1))
        votes.append(
            Rectangle(corner, 12, 13, color=tk.ONE if weight > 0 else tk.TWO, linewidth=0)
        )
    for patch in votes:
        axes.add_patch(patch)
    return tk.MovingParts(enclosed=enclosed, places=places, answers=answers, votes=votes)
