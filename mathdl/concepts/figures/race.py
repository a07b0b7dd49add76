"""Does a larger rate help a flat loss? The race of two losses, and one descent of each."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from explorable.drawing.toolkit import ONE, THREE, TWO, MovingParts, Points, label, style_curve
from mathdl.concepts.experiments import BAND, bias_path, bias_slope

__all__ = ["HIGHEST", "LOWEST", "N_SHOWN", "draw_race", "draw_two_descents", "shown_path"]

COLOURS = {"cross-entropy": ONE, "squared error": TWO}
"""The losses of the race, and their colours in the chapter."""

N_SHOWN = 40
"""Steps of a descent that the explorer shows."""

LOWEST, HIGHEST = -32.0, 22.0
"""Biases between which a descent is drawn."""


def draw_race(
    axes: Sequence[Axes], rates: Points, arrived: Mapping[tuple[str, int, str], Points]
) -> dict[tuple[str, int, str], Line2D]:
    """Draw from how many starts each loss arrives, against the learning rate.

    The shares are told by pair of digits, of which each has a panel, weight and loss.
    """
    panel = dict(zip(dict.fromkeys(pair for pair, _, _ in arrived), axes, strict=True))
    weights = [*dict.fromkeys(weight for _, weight, _ in arrived)]
    for pair, ax in panel.items():
        style_curve(ax, "learning rate η", f"share that arrives, {pair}", log="x")
        ax.set(xlim=(0.1, 1000), ylim=(-0.03, 1.16), yticks=[0, 0.5, 1])
        ax.set_yticklabels(["0", "½", "1"])
        label(ax, 0.13, 1.09, "cross-entropy", color=ONE, ha="left")
    drawn = {}
    for (pair, weight, loss), shares in arrived.items():
        ax = panel[pair]
        width = 1 + 0.5 * weights.index(weight)
        (drawn[pair, weight, loss],) = ax.plot(rates, shares, color=COLOURS[loss], lw=width)
        if loss == "squared error":
            side = -9 if weight == weights[0] else 9  # the two lowest lines run close together
            label(ax, rates[7], shares[7], f"w = {weight}", color=TWO, dy=side, ha="right")
    return drawn


class TwoDescents(MovingParts):
    """The bias, step by step, under both losses; and their slopes with the start marked."""

    def move(self, start: float, rates: Sequence[float]) -> None:
        """Show descents from another start, at other rates."""
        for path, mark, loss, rate in zip(self.paths, self.starts, COLOURS, rates, strict=True):
            bias = shown_path(loss, start, rate)
            path.set_data(np.arange(N_SHOWN + 1), np.clip(bias, LOWEST, HIGHEST))
            mark.set_data([start], [relative_slope(loss, start)])


def shown_path(loss: str, start: float, rate: float) -> Points:
    """Return the bias before and after each of `N_SHOWN` steps."""
    return bias_path(loss, start, rate, N_SHOWN)


def relative_slope(loss: str, bias: Points | float) -> Points:
    """Return the size of a loss's slope, divided by the largest that it has anywhere.

    Examples
    --------
    >>> relative_slope("squared error", np.array([-20.0])).round(5)
    array([0.00019])
    """
    everywhere = np.linspace(LOWEST, HIGHEST, 541)
    return abs(bias_slope(loss, bias)) / abs(bias_slope(loss, everywhere)).max()


def draw_two_descents(axes: Sequence[Axes], start: float, rates: Sequence[float]) -> TwoDescents:
    """Draw how the bias moves under both losses, and how large their slopes are."""
    moves, slopes = axes
    style_curve(moves, "step", "bias b")
    moves.set(xlim=(-0.8, N_SHOWN), ylim=(LOWEST - 1.5, HIGHEST + 13), xticks=[0, 10, 20, 30, 40])
    moves.set_yticks([-30, -20, -10, 0, 10, 20])
    moves.axhspan(*BAND, color=THREE, alpha=0.3, lw=0)
    style_curve(slopes, "bias b", "slope ÷ its largest size", log="y")
    slopes.set(xlim=(-30, 20), ylim=(3e-7, 3), xticks=[-30, -20, -10, 0, 10, 20])
    slopes.set_yticks([1e-6, 1e-4, 1e-2, 1])
    slopes.axvspan(*BAND, color=THREE, alpha=0.3, lw=0)
    grid = np.linspace(-30, 20, 251)
    for loss, colour in COLOURS.items():
        size = relative_slope(loss, grid)
        slopes.plot(grid, np.where(size > 3e-7, size, np.nan), color=colour)
    for (loss, colour), height in zip(COLOURS.items(), (32.0, 27.0), strict=True):
        label(moves, N_SHOWN, height, loss, color=colour, ha="right")
    small: dict[str, Any] = {"marker": "o", "ms": 4, "lw": 1.6}
    large: dict[str, Any] = {"marker": "o", "ms": 10, "ls": "none"}
    picture = TwoDescents(
        paths=[moves.plot([], [], color=colour, **small)[0] for colour in COLOURS.values()],
        starts=[slopes.plot([], [], color=colour, **large)[0] for colour in COLOURS.values()],
    )
    picture.move(start, rates)
    return picture
