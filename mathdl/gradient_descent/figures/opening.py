"""Draw the chapter's opening: a bowl from above, a ball on it, and how far it still has to go."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk
from mathdl.gradient_descent import descend, momentum
from mathdl.gradient_descent.figures.descents import Numbers, drawn_part, seen_part
from mathdl.gradient_descent.figures.quadratics import axes_of_bowl, draw_rims, move_rims

__all__ = ["draw_on_parabola", "draw_opening"]

START = np.array([-3.0, 2.0])
STEPS = 100
NEAR = 0.01
"""The share of the first distance at which a descent has arrived."""

LEAST = 1e-4
"""The smallest share that is drawn."""


class Opening(tk.MovingParts):
    """A bowl with the largest curvature 1, a descent on it, and its distance by step."""

    def move(self, learning_rate: float, stretch: float, decay: float) -> tuple[Numbers, Any]:
        """Show another descent; return its distances, and the step at which it has arrived.

        The distances are shares of the first; the step is that from which on they stay below
        `NEAR`, for twice as long as is drawn.
        """
        move_rims(self.bands, self.rims, stretch)
        path = bowl_path(learning_rate, stretch, decay)
        self.path.set_data(*drawn_part(self.path.axes, path[: STEPS + 1]).T)
        with np.errstate(all="ignore"):
            away = np.hypot(path[:, 0], path[:, 1]) / np.hypot(*START)
        steps = np.arange(2 * STEPS + 1)
        self.distance.set_data(steps[: STEPS + 1], seen_part(away[: STEPS + 1], LEAST / 100, 1e3))
        arrived = (np.where(away < NEAR, 0, steps + 1)).max()
        self.arrival.set_data([np.where(arrived > STEPS, np.nan, arrived)], [NEAR])
        return away, arrived


def bowl_path(learning_rate: float, stretch: float, decay: float) -> Numbers:
    """Return the points (2 · STEPS + 1, 2) of a ball that starts at `START`."""
    curvatures, turned = np.stack([1 / stretch, 1.0]), axes_of_bowl()
    rule = momentum(learning_rate, decay)
    return descend(lambda e: curvatures * e, START @ turned, rule, 2 * STEPS) @ turned.T


def first_slope(stretch: float) -> Numbers:
    """Return the slope (2,) at `START`."""
    curvatures, turned = np.stack([1 / stretch, 1.0]), axes_of_bowl()
    return turned @ (curvatures * (START @ turned))


def draw_opening(
    axes: Sequence[Axes], learning_rate: float, stretch: float, decay: float
) -> Opening:
    """Draw a descent on a bowl from above, and its distance from the lowest point.

    The bowl is stretched so many times as steep across as along; the decay is β.
    """
    above, right = axes
    tk.style_plane(above, "θ₁", "θ₂", bounds=[[-4, 4], [-3, 3]])
    bands, rims = draw_rims(above, stretch)
    above.plot([0], [0], "+", markersize=11, markeredgewidth=2, color=tk.INK)
    path = above.plot([], [], color=tk.ONE, marker="o", markersize=4, linewidth=1.6, zorder=3)[0]
    tk.mark_start(above, *START).set_zorder(4)
    tk.label(above, 0, 0, "lowest point", color=tk.INK, dy=-14)
    tk.style_curve(right, "step", "distance, start = 1", log="y")
    right.set(xlim=(0, STEPS), ylim=(LEAST, 1e3))
    right.set_yticks([1e-4, 1e-2, 1, 1e2])
    right.axhline(NEAR, color=tk.THREE, linewidth=1.2, linestyle=(0, (4, 3)))
    tk.label(right, STEPS, NEAR, "arrived", color=tk.THREE, dy=9, ha="right")
    picture = Opening(
        bands=bands,
        rims=rims,
        path=path,
        distance=right.plot([], [], color=tk.ONE)[0],
        arrival=right.plot([], [], "o", color=tk.TWO, markersize=9, zorder=4)[0],
    )
    picture.move(learning_rate, stretch, decay)
    return picture


def draw_on_parabola(axes: Axes, descents: Mapping[str, ArrayLike]) -> list[Line2D]:
    """Draw descents of w on the parabola w², each on a parabola of its own, side by side."""
    tk.style_curve(axes, "w", "w²")
    middles = [15.0 * k for k in range(len(descents))]
    axes.set(xlim=(-7.5, middles[-1] + 7.5), ylim=(-2, 56), yticks=[0, 16, 32, 48])
    axes.set_xticks([m + w for m in middles for w in (-4, 0, 4)], ["−4", "0", "4"] * len(middles))
    w, lines = np.linspace(-7, 7, 81), []
    for middle, (name, path), color in zip(middles, descents.items(), tk.CYCLE, strict=False):
        points = np.asarray(path, dtype=float)
        axes.plot(middle + w, w**2, color=tk.INK, alpha=0.35, linewidth=1.5)
        lines.append(axes.plot(middle + points, points**2, color=color, marker="o", markersize=5,
                               linewidth=1.4, zorder=3)[0])  # fmt: skip
        tk.mark_start(axes, middle + points[0], points[0] ** 2).set_zorder(4)
        tk.label(axes, middle, 52, name, color=color)
    return lines
