"""How units add up to curves and surfaces, and what folding does instead."""

import numpy as np
from matplotlib.axes import Axes

import explorable.drawing.toolkit as tk
from explorable.checks import Array


class CurvePicture(tk.MovingParts):
    """ReLU units, each with its output weight, and the curve that is their sum."""

    def show(self, knots: Array, changes: Array, corners: Array) -> None:
        """Draw units that open at increasing knots, and the corners (n, 2) of their sum."""
        x = np.append(knots, corners[-1:, 0])
        heights = np.maximum(x[:, None] - knots, 0) * changes
        for number, line in enumerate(self.units):
            line.set_data(x, heights[:, number])
        self.corners.set_offsets(corners)
        self.total.set_data(corners[:, 0], corners[:, 1])


def draw_curve(axes: Axes, n_units: int) -> CurvePicture:
    """Draw the frame in which units add up to a curve, without data."""
    frame_of_curve(axes)
    tk.label(axes, 0.03, 1.28, "units", color=tk.FOUR, ha="left")
    tk.label(axes, 0.97, 1.28, "their sum", color=tk.ONE, ha="right")
    return CurvePicture(
        units=[axes.plot([], [], color=tk.FOUR, linewidth=1.2)[0] for _ in range(n_units)],
        total=axes.plot([], [], color=tk.ONE, linewidth=3.5)[0],
        corners=tk.dots(axes, [], [], color=tk.ONE, size=7, zorder=4),
    )


def frame_of_curve(axes: Axes) -> None:
    """Draw the frame of a curve over [0, 1]."""
    tk.style_curve(axes, "x", "height")
    axes.set(xlim=(-0.02, 1.02), ylim=(-1.25, 1.45), xticks=[0, 0.5, 1], yticks=[-1, 0, 1])


def draw_learned(left: Axes, right: Axes, n_steps: int) -> tk.MovingParts:
    """Draw the panels for a curve that is learned and for its error, without data."""
    frame_of_curve(left)
    tk.label(left, 0.03, 1.28, "built", color=tk.ONE, ha="left")
    tk.label(left, 0.97, 1.28, "learned", color=tk.TWO, ha="right")
    tk.style_curve(right, "step", "mean squared error", log="y")
    right.set(xlim=(0, n_steps), ylim=(1e-5, 3), xticks=[0, n_steps // 2, n_steps])
    return tk.MovingParts(
        target=left.plot([], [], color=tk.ONE, linewidth=2.5)[0],
        network=left.plot([], [], color=tk.TWO, linewidth=2.5)[0],
        samples=tk.dots(left, [], [], color=tk.ONE, size=4, zorder=4),
        errors=right.plot([], [], color=tk.TWO)[0],
        here=right.plot([], [], marker="o", ms=11, mfc="none", mew=2, color=tk.INK)[0],
    )


def draw_surface(axes: Axes, x: Array, wanted: Array) -> tk.Line3D:
    """Draw the frame in which towers make a surface, with the one that is wanted, on a grid x."""
    tk.style_bare(axes)
    axes.set_label("Surface over the plane of x₁ and x₂")
    view = tk.view_3d(axes, [(0, 1), (0, 1), (-1, 1)], azimuth=30, elevation=35, height=0.8)
    view.floor("x₁", "x₂", out=0.2)
    view.surface(x, x, wanted, color=tk.TWO, alpha=0.45)
    return view.line(color=tk.ONE, linewidth=1.2, alpha=0.8)


def draw_fold(axes: Axes) -> tk.MovingParts:
    """Draw the frame of a folded interval, without data."""
    tk.style_curve(axes, "x", "height")
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.12, 1.2), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    axes.set_xticklabels(["0", "½", "1"])
    axes.set_yticklabels(["0", "½", "1"])
    axes.axhline(0, color=tk.GRID, linewidth=1, zorder=0.5)
    tk.label(axes, 0.98, 1.13, "next knot", color=tk.TWO, ha="right")
    return tk.MovingParts(
        pulled=axes.plot([], [], color=tk.TWO, linewidth=1, alpha=0.5)[0],
        folded=axes.plot([], [], color=tk.ONE)[0],
        level=axes.plot([], [], color=tk.TWO, linestyle=tk.SHORT_DASH, linewidth=1.5)[0],
        meets=tk.dots(axes, [], [], color=tk.TWO, size=5, zorder=4),
    )
