"""Does a larger rate help a flat loss? The race of two losses, and one descent of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from explorable.drawing.toolkit import (
    ONE,
    THREE,
    TWO,
    MovingParts,
    Points,
    label,
    style_curve,
)
from mathdl.concepts.experiments import BAND, RATES, bias_path, bias_slope, race

COLOURS = {"cross-entropy": ONE, "squared error": TWO}
"""The losses of the race, and their colours in the chapter."""

N_SHOWN = 40
"""Steps of a descent that the explorer shows."""

LOWEST, HIGHEST = -32.0, 22.0
"""Biases between which a descent is drawn."""


def draw_race(axes: Axes, halves: Sequence[int]) -> dict[str, list[Line2D]]:
    """Draw from how many starts each loss arrives, against the learning rate.

    Parameters
    ----------
    halves : sequence of int
        Seeds, each of which draws half of the digits.

    Returns
    -------
    dict
        For each loss its lines, one for each seed.
    """
    style_curve(axes, "learning rate η", "share of the starts that arrive", log="x")
    axes.set(xlim=(0.1, 1000), ylim=(-0.03, 1.08), yticks=[0, 0.5, 1], yticklabels=["0", "½", "1"])
    drawn = {
        loss: [
            axes.plot(RATES, race(loss, half).arrived, color=colour, lw=1.4)[0] for half in halves
        ]
        for loss, colour in COLOURS.items()
    }
    label(axes, 1.6, 1.0, "cross-entropy", color=ONE, dy=-12, ha="left")
    label(axes, 2.0, 0.52, "squared error", color=TWO, dy=-14, ha="left")
    return drawn


@dataclass(eq=False)
class TwoDescents(MovingParts):
    """The bias, step by step, under both losses; and their slopes with the start marked."""

    paths: list[Line2D]
    starts: list[Line2D]

    def move(self, start: float, rates: Sequence[float]) -> None:
        """Show descents from another start, at other rates."""
        for path, mark, loss, rate in zip(self.paths, self.starts, COLOURS, rates, strict=True):
            bias = shown_path(loss, start, rate)
            path.set_data(np.arange(N_SHOWN + 1), np.clip(bias, LOWEST, HIGHEST))
            mark.set_data([start], [relative_slope(loss, start)])


def shown_path(loss: str, start: float, rate: float) -> Points:
    """Return the bias before and after each of `N_SHOWN` steps.

    Parameters
    ----------
    loss : str
        A key of `COLOURS`.
    start, rate : float
        The first bias, and the learning rate.

    Returns
    -------
    array (N_SHOWN + 1,)
    """
    return bias_path(loss, start, rate, N_SHOWN)


def relative_slope(loss: str, bias: Points | float) -> Points:
    """Return the size of a loss's slope, divided by the largest that it has anywhere.

    Parameters
    ----------
    loss : str
        A key of `COLOURS`.
    bias : array (n,) or float

    Returns
    -------
    array (n,) or float

    Examples
    --------
    >>> relative_slope("squared error", np.array([-20.0])).round(5)
    array([0.00019])
    """
    everywhere = np.linspace(LOWEST, HIGHEST, 541)
    return abs(bias_slope(loss, bias)) / abs(bias_slope(loss, everywhere)).max()


def draw_two_descents(axes: Sequence[Axes], start: float, rates: Sequence[float]) -> TwoDescents:
    """Draw how the bias moves under both losses, and how large their slopes are.

    Parameters
    ----------
    axes : two Axes
    start : float
        The first bias.
    rates : two floats
        The learning rates, of the cross-entropy and of the squared error.
    """
    moves, slopes = axes
    style_curve(moves, "step", "bias b")
    moves.set(xlim=(-0.8, N_SHOWN), ylim=(LOWEST - 1.5, HIGHEST + 13), xticks=[0, 10, 20, 30, 40])
    moves.set_yticks([-30, -20, -10, 0, 10, 20], ["−30", "−20", "−10", "0", "10", "20"])
    moves.axhspan(*BAND, color=THREE, alpha=0.16, lw=0)
    style_curve(slopes, "bias b", "slope ÷ its largest size", log="y")
    slopes.set(xlim=(-30, 20), ylim=(3e-7, 3), xticks=[-30, -20, -10, 0, 10, 20])
    slopes.set_xticklabels(["−30", "−20", "−10", "0", "10", "20"])
    slopes.set_yticks([1e-6, 1e-4, 1e-2, 1])
    slopes.axvspan(*BAND, color=THREE, alpha=0.16, lw=0)
    grid = np.linspace(-30, 20, 251)
    for loss, colour in COLOURS.items():
        size = relative_slope(loss, grid)
        slopes.plot(grid, np.where(size > 3e-7, size, np.nan), color=colour)
    for (loss, colour), height in zip(COLOURS.items(), (32.0, 27.0), strict=True):
        label(moves, N_SHOWN, height, loss, color=colour, ha="right")
    small: dict[str, Any] = {"marker": "o", "ms": 4, "lw": 1.6}
    large: dict[str, Any] = {"marker": "o", "ms": 10, "ls": "none"}
    picture = TwoDescents(
        [moves.plot([], [], color=colour, **small)[0] for colour in COLOURS.values()],
        [slopes.plot([], [], color=colour, **large)[0] for colour in COLOURS.values()],
    )
    picture.move(start, rates)
    return picture
