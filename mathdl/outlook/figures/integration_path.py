"""A walk from a baseline to a digit: the ink, the shares collected, and the output's rise."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

import explorable.drawing.toolkit as tk
from explorable.checks import Array

__all__ = ["draw_integration_path"]

STEP = 9.4
"""From the left edge of one picture to that of the next, in pixels of a digit."""


class IntegrationPath(NamedTuple):
    """What is met on a straight way from a baseline to a digit, place by place."""

    pictures: Array  # (n_places, 64): first the baseline, last the digit
    places: Array  # (n_places,): shares of the way
    rises: Array  # (n_places,): of the explained output since the start
    slopes: Array  # (n_places,): the gradient times the whole way
    shares: Array  # (n_places, 64): what each pixel has contributed so far


class IntegrationPathPicture(tk.MovingParts):
    """The parts of its picture that move; made by `draw_integration_path`."""

    def move(self, path: IntegrationPath, moment: int) -> None:
        """Show one place of a path."""
        place, height = path.places[moment], path.rises[moment]
        self.ink.set_data(tk.opacity_rgba(path.pictures[moment].reshape(8, 8)))
        full = float(np.abs(path.shares[-1]).max())
        self.shares.set_data(tk.signed_rgba(path.shares[moment].reshape(8, 8), full))
        self.rise.set_data(path.places, path.rises)
        passed = slice(moment + 1)
        self.collected.set_data(path.places[passed], path.shares[passed].sum(axis=1))
        ends = np.array([0.0, 1.0])
        self.slope.set_data(ends, height + path.slopes[moment] * (ends - place))


def draw_integration_path(left: Axes, right: Axes) -> IntegrationPathPicture:
    """Draw the empty picture of a path: ink and what pixels contributed, and the output's rise."""
    limits = {"xlim": (-0.4, STEP + 8.4), "ylim": (-8.4, 2.6)}
    tk.style_bare(left)
    left.set_label("Ink and shares of the pixels")
    left.set_aspect("equal")
    left.set(**limits)
    empty = np.zeros((8, 8))
    left.fill([STEP, STEP + 8, STEP + 8, STEP], [0, 0, -8, -8], color=tk.PANEL, zorder=0.2)
    ink = tk.digit_image(left, empty, extent=(0, 8, -8, 0))
    shares = left.imshow(
        tk.signed_rgba(empty), extent=(STEP, STEP + 8, -8, 0), zorder=0.4, aspect="equal"
    )
    for column, name in enumerate(("ink so far", "shares so far")):
        tk.label(left, STEP * column + 4, 0, name, dy=9, size=11.5, weight="normal")
        x = STEP * column + np.array([0, 8, 8, 0, 0])
        left.plot(x, [0, 0, -8, -8, 0], color=tk.INK, linewidth=0.8, alpha=0.35)
    left.set(**limits)
    tk.style_curve(right, "share of the way", "rise of the logit")
    right.set(xlim=(0, 1), ylim=(-12, 32), xticks=[0, 0.5, 1], xticklabels=["0", "½", "1"])
    right.set_yticks([-10, 0, 10, 20, 30])
    right.axhline(0, color=tk.INK, linewidth=0.8, alpha=0.5)
    for k, (name, color) in enumerate(
        (("the logit", tk.ONE), ("sum of the shares", tk.THREE), ("the slope here", tk.TWO))
    ):
        tk.label(right, 0.03, 30.4 - 3.9 * k, name, color=color, ha="left")
    return IntegrationPathPicture(
        ink=ink,
        shares=shares,
        rise=right.plot([], [], color=tk.ONE, linewidth=2.5)[0],
        slope=right.plot([], [], color=tk.TWO, linewidth=1.8)[0],
        collected=right.plot([], [], "o", markersize=6, color=tk.THREE, zorder=3)[0],
    )
