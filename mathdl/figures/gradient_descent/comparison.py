"""Draw two rules that descend from the same start, and who ends lower from every start."""

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from numpy.typing import NDArray

from mathdl.experiments.gradient_descent.comparison import (
    CEILING,
    FLOOR,
    GRID,
    N_STEPS,
    losses,
)
from mathdl.figures.gradient_descent.landscape import (
    Floats,
    Relief,
    SurfacePlot,
    draw_surface,
    log_heights,
)
from mathdl.gradient_descent import SURFACES
from mathdl.plotting import GRID as HAIRLINE
from mathdl.plotting import INK, MUTED, ONE, TWO, MovingParts, style_bare, style_curve


@functools.cache
def relief(surface: str) -> Relief:
    """Make a surface ready to be drawn.

    Parameters
    ----------
    surface : str
        A name in `mathdl.gradient_descent.SURFACES`.
    """
    drawn = SURFACES[surface]
    window = drawn.window
    return Relief(
        window,
        window.to_units(drawn.minima),
        log_heights(lambda units: drawn.value(window.from_units(units)), drawn.softness),
    )


@dataclass(eq=False)
class Descents(MovingParts):
    """The moving parts of a picture of two descents; made by `draw_descents`."""

    surface: SurfacePlot
    curves: list[Line2D]
    names: list[Text]
    dots: list[Line2D]
    here: Line2D
    counts: list[Text]
    told: tuple[Any, ...] = ()

    def descend(self, surface: str, paths: tuple[Floats, Floats]) -> None:
        """Show the paths of the rule and of its rival on a surface."""
        self.surface.show(relief(surface))
        for index, path in enumerate(paths):
            self.surface.follow(index, path)
            self.curves[index].set_ydata(losses(surface, path))

    def compare(self, verdicts: NDArray[Any], names: tuple[str, str]) -> None:
        """Show from which starts which of the two ends lower, and name both."""
        told = (*names, verdicts.tobytes())
        if told == self.told:
            return
        self.told = told
        across, up = (grid.ravel() for grid in np.meshgrid(GRID, GRID))
        for side, drawn, count in zip((1, -1, 0), self.dots, self.counts, strict=True):
            mine = verdicts == side
            drawn.set_data(across[mine], up[mine])
            count.set_text(str(int(mine.sum())))
        for text, name in zip(self.names, names, strict=True):
            text.set_text(name)

    def stand(self, start: Floats) -> None:
        """Mark the start, in units of the window, where it stands among all."""
        self.here.set_data([start[0]], [start[1]])


def draw_descents(axes: Any, labels: tuple[str, str, str, str]) -> Descents:
    """Draw the frame of two descents on a surface.

    Parameters
    ----------
    axes : sequence of four Axes
        For the plane, the view of three dimensions, the losses, and the starts.
    labels : (str, str, str, str)
        Words above the picture of all starts, and beside the counts of those from which the rule
        ends lower, its rival does, neither does.

    Returns
    -------
    Descents
        Empty until a surface, two paths and verdicts are shown.
    """
    surface = draw_surface(axes[:2])
    curves, names = _draw_losses(axes[2])
    dots, here, counts = _draw_starts(axes[3], labels)
    return Descents(surface, curves, names, dots, here, counts)


def _draw_losses(axes: Axes) -> tuple[list[Line2D], list[Text]]:
    style_curve(axes, "step", "loss", log="y")
    axes.set(xlim=(0, N_STEPS), ylim=(FLOOR, CEILING), xticks=[0, 20, 40, 60])
    axes.set_yticks([1e-4, 1e-2, 1, 1e2, 1e4])
    every = np.arange(N_STEPS + 1)
    curves = [
        axes.plot(every, np.ones(N_STEPS + 1), color=color, zorder=z, clip_on=False)[0]
        for color, z in ((ONE, 3.1), (TWO, 3.0))
    ]
    names = [
        axes.text(
            1, height, "", color=color, fontweight="bold", ha="right", transform=axes.transAxes
        )
        for color, height in ((ONE, 1.16), (TWO, 1.03))
    ]
    return curves, names


def _draw_starts(
    axes: Axes, labels: tuple[str, str, str, str]
) -> tuple[list[Line2D], Line2D, list[Text]]:
    style_bare(axes)
    axes.set(xlim=(-1.15, 4.3), ylim=(-1.15, 1.15), aspect="equal", anchor="W")
    axes.add_patch(
        Rectangle((-1.12, -1.12), 2.24, 2.24, facecolor="none", edgecolor=HAIRLINE, linewidth=1)
    )
    scattered = [
        axes.plot(
            [],
            [],
            linestyle="none",
            marker="o",
            markersize=size,
            color=color,
            alpha=alpha,
            zorder=2,
        )[0]
        for color, size, alpha in ((ONE, 8, None), (TWO, 8, None), (MUTED, 4, 0.6))
    ]
    (here,) = axes.plot(
        [], [], linestyle="none", marker="o", markersize=13, markerfacecolor="none",
        markeredgecolor=INK, markeredgewidth=2, zorder=3,
    )  # fmt: skip
    axes.text(1.4, 0.98, labels[0], fontsize=12, fontstyle="italic", va="center")
    counts = []
    for row, (color, words) in enumerate(zip((ONE, TWO, MUTED), labels[1:], strict=True)):
        height = 0.36 - 0.58 * row
        counts.append(
            axes.text(
                1.95,
                height,
                "0",
                color=color,
                ha="right",
                va="center",
                fontsize=17,
                fontweight="bold",
            )
        )
        axes.text(2.1, height - 0.02, words, color=color, ha="left", va="center")
    return scattered, here, counts
