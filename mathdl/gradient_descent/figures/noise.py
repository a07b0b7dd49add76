"""Noisy descents as pictures: the floor on which they stay, and how they leave a saddle."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk
from mathdl.gradient_descent import SURFACES
from mathdl.gradient_descent.figures.descents import draw_landscape

__all__ = ["draw_mean_squares", "draw_noise"]


def draw_mean_squares(
    axes: Axes, curves: Mapping[str, ArrayLike], floors: Sequence[float]
) -> None:
    """Draw mean squared distances by step on two logarithmic axes, and floors as dashed lines."""
    tk.style_curve(axes, "step", "mean squared distance", log="xy")
    n = max(np.size(values) for values in curves.values()) - 1
    lowest = min(float(np.min(values)) for values in curves.values())
    axes.set(xlim=(1, n), ylim=(lowest / 2, 30))
    for floor, color in zip(floors, tk.CYCLE, strict=False):
        axes.axhline(floor, color=color, linewidth=1.5, linestyle=(0, (4, 3)))
    for (name, values), color in zip(curves.items(), tk.CYCLE, strict=False):
        heights = np.asarray(values, dtype=float)[1:]
        steps = np.arange(1, len(heights) + 1)
        kept = np.unique(np.geomspace(1, len(steps), 160).astype(int)) - 1
        axes.plot(steps[kept], heights[kept], color=color)
        falls = heights[-1] < heights[len(heights) // 4] / 2  # and would cross a name above it
        dx, dy = (-40, -6) if falls else (0, 14)
        tk.label(axes, n, heights[-1], name, color=color, ha="right", dx=dx, dy=dy)


class Noise(tk.MovingParts):
    """Noisy descents into a parabola with their floor, and one out of a saddle."""

    def move(
        self, squares: ArrayLike, floor: float, path: ArrayLike, left: ArrayLike, median: float
    ) -> None:
        """Show other runs.

        Squared distances (n_steps + 1, 2) of one run and in the mean, with their floor or NaN; a
        path out of the saddle, the share by step that has left, and the step at which half have,
        or NaN.
        """
        one, mean = np.maximum(np.asarray(squares, dtype=float), 1e-7).T
        shares = np.asarray(left, dtype=float)
        steps = np.arange(len(mean))
        self.run.set_data(steps, one)
        self.mean.set_data(steps, mean)
        self.floor.set_data([0, len(mean) - 1], [floor, floor])
        self.path.set_data(*np.asarray(path, dtype=float).T)
        self.share.set_data(np.arange(len(shares)), shares)
        self.half.set_data([median], [0.5])


def draw_noise(axes: Sequence[Axes], n_steps: int, n_runs: int) -> Noise:
    """Draw noisy descents into a parabola and out of a saddle, still without data."""
    floors, plane_axes, leaving = axes
    tk.style_curve(floors, "step", "squared distance", log="y")
    floors.set(xlim=(0, n_steps), ylim=(1e-5, 1e5))  # room for the names, above all curves
    floors.set_yticks([1e-4, 1e-2, 1])
    for k, (name, color) in enumerate([(f"mean of {n_runs} runs", tk.ONE), ("one run", tk.MUTED),
                                       ("floor from theory", tk.THREE)]):  # fmt: skip
        tk.label(floors, n_steps, 3e4 / 6.0**k, name, color=color, ha="right")
    draw_landscape(plane_axes, SURFACES["saddle"], power=1.4, n_levels=7)
    tk.style_curve(leaving, "step", "share that has left the ridge")
    leaving.set(xlim=(0, n_steps), ylim=(0, 1.05), yticks=[0, 0.5, 1], yticklabels=["0", "½", "1"])
    tk.label(leaving, n_steps, 0.5, "half of the runs", color=tk.TWO, ha="right", dy=-12)
    return Noise(
        run=floors.plot([], [], color=tk.MUTED, linewidth=1, alpha=0.8)[0],
        floor=floors.plot([], [], color=tk.THREE, linewidth=2, linestyle=(0, (4, 3)))[0],
        mean=floors.plot([], [], color=tk.ONE)[0],
        path=plane_axes.plot([], [], "o-", color=tk.ONE, ms=3, linewidth=1.2, zorder=3)[0],
        share=leaving.plot([], [], color=tk.ONE)[0],
        half=leaving.plot([], [], "o", color=tk.TWO, markersize=9)[0],
    )
