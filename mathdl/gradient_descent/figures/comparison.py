"""Draw two rules that descend from the same start, and who is ahead from every start."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from numpy.typing import NDArray

import explorable.drawing.toolkit as tk
from explorable.sentences import number
from explorable.trace import gather, program
from mathdl.gradient_descent import SURFACES
from mathdl.gradient_descent.experiments.comparison import CEILING, FLOOR, GRID, LOWEST, STEPS
from mathdl.gradient_descent.figures.landscape import (
    EDGE,
    Floats,
    PlanePlot,
    Relief,
    draw_plane,
    log_heights,
)

DRAWN = np.concatenate([np.arange(16), np.arange(16, 60, 4), np.arange(60, 201, 10)])
"""The steps at which a loss is drawn: denser at first, as on the axis."""


ACROSS, UP = (grid.ravel() for grid in np.meshgrid(GRID, GRID))
"""Where starts stand, in half sides of the window."""


@functools.cache
def relief(surface: str) -> Relief:
    """Make a surface ready to be drawn, by its name."""
    drawn = SURFACES[surface]
    window = drawn.window
    return Relief(
        window,
        window.to_units(drawn.minima),
        log_heights(lambda units: drawn.value(window.from_units(units)), drawn.softness),
    )


@program
def sorted_starts(verdicts: NDArray[Any], which: Any) -> list[tuple[Floats, Any]]:
    """Return x of the starts, or NaN, and their number: rule ahead, rival ahead, neither.

    The verdicts for each start, modulo 3, are the digits of a number to base 3.
    """
    sides = [verdicts // 3**which % 3 == side for side in (1, 2, 0)]
    return [(np.where(mine, ACROSS, np.nan), mine.sum()) for mine in sides]


def drawn_losses(losses: Floats, n_steps: int) -> tuple[Floats, Floats]:
    """Return the steps `DRAWN` and the losses there, NaN beyond so many steps."""
    heights = gather(losses, np.minimum(DRAWN, n_steps))
    steps, drawn = (np.where(n_steps < DRAWN, np.nan, each) for each in (DRAWN, heights))
    return steps, drawn


@dataclass(eq=False)
class Descents(tk.MovingParts):
    """The moving parts of a picture of two descents; made by `draw_descents`."""

    plane: PlanePlot
    curves: list[Line2D]
    names: list[Text]
    dots: list[Line2D]
    here: Line2D
    counts: list[Text]

    def descend(
        self,
        surface: str,
        ways: Sequence[tuple[Floats, Floats]],
        losses: Sequence[tuple[Floats, Floats]],
    ) -> None:
        """Show two paths on a surface, in units of its window, and losses by steps."""
        self.plane.show(relief(surface))
        for path, way, curve, heights in zip(
            self.plane.paths, ways, self.curves, losses, strict=True
        ):
            path.set_data(*way)
            curve.set_data(*heights)

    def compare(self, ahead: Sequence[tuple[Floats, Any]], names: Sequence[str]) -> None:
        """Show from which starts the rule is ahead, its rival, neither.

        The names are that of the rule, above the plane, and those of both with their rates.
        """
        for (places, n), dots, count in zip(ahead, self.dots, self.counts, strict=True):
            dots.set_data(places, UP)
            count.set_text(number(n))
        for text, name in zip(self.names, names, strict=True):
            text.set_text(name)

    def stand(self, start: Floats) -> None:
        """Mark the start, in units of the window, where it stands among all."""
        self.here.set_data([start[0]], [start[1]])


def draw_descents(axes: Any, labels: tuple[str, str, str, str, str]) -> Descents:
    """Draw the frame of two descents on a surface: the plane, the losses, and the starts.

    Labels are two lines above the picture of all starts, and words beside the counts of those from
    which the rule is ahead, its rival is, neither is.
    """
    plane = draw_plane(axes[0])
    curves = _draw_losses(axes[1])
    names = [
        panel.text(x, y, "", color=color, weight="bold", ha=ha, transform=panel.transAxes)
        for panel, x, y, ha, color in (
            (axes[0], 0, 1.03, "left", tk.ONE),
            (axes[1], 1, 0.93, "right", tk.ONE),
            (axes[1], 1, 0.84, "right", tk.TWO),
        )
    ]
    tk.label(axes[0], EDGE, EDGE, "gradient descent", color=tk.TWO, dy=10, ha="right")
    dots, here, counts = _draw_starts(axes[2], labels)
    return Descents(plane, curves, names, dots, here, counts)


def _draw_losses(axes: Axes) -> list[Line2D]:
    tk.style_curve(axes, "step", "loss", log="y")
    axes.set_xscale("function", functions=(lambda n: np.sqrt(np.maximum(n, 0)), np.square))
    axes.set(xlim=(0, STEPS[-1]), ylim=(LOWEST, CEILING), xticks=[0, *STEPS])
    axes.set_yticks([1e-8, 1e-4, 1, 1e4])
    axes.axhline(FLOOR, color=tk.THREE, linewidth=1.2, linestyle=(0, (4, 3)))
    tk.label(axes, STEPS[-1], FLOOR, "arrived", color=tk.THREE, dy=9, ha="right")
    return [
        axes.plot([], [], color=color, zorder=z, clip_on=False)[0]
        for color, z in ((tk.ONE, 3.1), (tk.TWO, 3.0))
    ]


def _draw_starts(
    axes: Axes, labels: tuple[str, str, str, str, str]
) -> tuple[list[Line2D], Line2D, list[Text]]:
    tk.style_bare(axes)
    axes.set_label("All starts, by who is ahead")
    axes.set(xlim=(-1.15, 1.15), ylim=(-2.1, 1.65), aspect="equal", anchor="N")
    axes.add_patch(
        Rectangle((-1.12, -1.12), 2.24, 2.24, facecolor="none", edgecolor=tk.GRID, linewidth=1)
    )
    scattered = [
        axes.plot([], [], "o", markersize=size, color=color, alpha=alpha)[0]
        for color, size, alpha in ((tk.ONE, 8, None), (tk.TWO, 8, None), (tk.MUTED, 4, 0.6))
    ]
    (here,) = axes.plot([], [], "o", ms=13, mfc="none", mec=tk.INK, mew=2, zorder=3)
    for height, words in zip((1.52, 1.27), labels[:2], strict=True):
        axes.text(-1.12, height, words, fontsize=12, fontstyle="italic", va="center")
    counts = []
    for row, (color, words) in enumerate(zip((tk.ONE, tk.TWO, tk.MUTED), labels[2:], strict=True)):
        height = -1.34 - 0.27 * row
        style: dict[str, Any] = {"color": color, "va": "center"}
        counts.append(axes.text(-0.72, height, "0", ha="right", fontweight="bold", **style))
        axes.text(-0.62, height, words, ha="left", **style)
    return scattered, here, counts
