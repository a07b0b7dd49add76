"""The bowl by its eigen-modes: path, axes, and the loss split into parts with their own rates."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk
from mathdl.gradient_descent import Modes, descend, gradient_descent
from mathdl.gradient_descent.figures.descents import Numbers, drawn_part, seen_part

__all__ = ["draw_bowl", "draw_fit", "name_modes"]

TURN = np.radians(20)
"""By how much the bowl's gentle axis is turned away from the first coordinate axis."""

LEVELS = 0.5 * (np.arange(1, 8) * 0.55) ** 2
"""Heights of the level lines."""

LEAST = 1e-8
"""The smallest share of the loss that is drawn."""

STEPS = 60


class Bowl(tk.MovingParts):
    """A bowl with the largest curvature 1, a descent on it, and the losses of its two modes."""

    def move(self, learning_rate: float, condition_number: float, start: Numbers) -> Modes:
        """Show the descent with another rate, condition number and start; return its modes."""
        move_rims(self.bands, self.rims, condition_number)
        modes = bowl_modes(learning_rate, condition_number, start)
        points = modes.errors @ axes_of_bowl().T
        self.path.set_data(*drawn_part(self.path.axes, points).T)
        parts = mode_losses(modes)
        first = parts[0].sum()
        scale = np.where(first > 0, first, 1.0)
        for line, values in [
            (self.gentle, parts[:, 0]),
            (self.steep, parts[:, 1]),
            (self.total, parts.sum(axis=1)),
        ]:
            line.set_data(np.arange(STEPS + 1), seen_part(values / scale, LEAST / 100, 1e3))
        return modes


def axes_of_bowl() -> Numbers:
    """Return the gentle and the steep direction as columns."""
    return np.array([[np.cos(TURN), -np.sin(TURN)], [np.sin(TURN), np.cos(TURN)]])


def bowl_modes(learning_rate: float, condition_number: float, start: Numbers) -> Modes:
    """Return curvatures (1/κ, 1) and errors (STEPS + 1, 2) of a descent along the two modes."""
    curvatures = np.stack([1 / condition_number, 1.0])
    first, rule = start @ axes_of_bowl(), gradient_descent(learning_rate)
    return Modes(curvatures, descend(lambda errors: curvatures * errors, first, rule, STEPS))


def mode_losses(modes: Modes) -> Numbers:
    """Return the part of the loss that lies in each mode, λ c² / 2."""
    with np.errstate(all="ignore"):
        return modes.curvatures * modes.errors**2 / 2


def ellipses(condition_number: float) -> list[Numbers]:
    """Return the level lines of the bowl with curvatures 1/κ and 1, largest first, (n, 2) each."""
    angle = np.linspace(0, 2 * np.pi, 73)
    circle = np.stack([np.sqrt(condition_number) * np.cos(angle), np.sin(angle)])
    return [np.sqrt(2 * level) * (axes_of_bowl() @ circle).T for level in LEVELS[::-1]]


def draw_rims(axes: Axes, condition_number: float) -> tuple[list[Polygon], list[Line2D]]:
    """Draw the bowl's level lines and, below each, a band."""
    bands, rims = [], []
    for points in ellipses(condition_number):
        band = Polygon(points[:-1], facecolor=tk.INK, alpha=0.045, zorder=0.5, edgecolor="none")
        axes.add_patch(band)
        bands.append(band)
        rims += axes.plot(*points.T, color=tk.INK, alpha=0.2, linewidth=0.8, zorder=0.6)
    return bands, rims


def move_rims(bands: list[Polygon], rims: list[Line2D], condition_number: float) -> None:
    """Let what `draw_rims` drew show another bowl."""
    for band, rim, points in zip(bands, rims, ellipses(condition_number), strict=True):
        band.set_xy(points[:-1])
        rim.set_data(*points.T)


def draw_bowl(
    axes: Sequence[Axes], learning_rate: float, condition_number: float, start: ArrayLike
) -> Bowl:
    """Draw a descent on a bowl with largest curvature 1, and the loss of each of its modes."""
    left, right = axes
    tk.style_plane(left, "θ₁", "θ₂", bounds=[[-4, 4], [-3, 3]])
    bands, rims = draw_rims(left, condition_number)
    for direction, color in zip(axes_of_bowl().T, (tk.ONE, tk.TWO), strict=True):
        ends = np.outer([-9, 9], direction)
        left.plot(*ends.T, color=color, linewidth=1, alpha=0.6, zorder=0.7)
    gentle_way, steep_way = axes_of_bowl().T
    tk.label(left, 3.45 * gentle_way[0], 3.45 * gentle_way[1], "gentle", color=tk.ONE, dx=-4, dy=9)
    tk.label(left, 2.7 * steep_way[0], 2.7 * steep_way[1], "steep", color=tk.TWO, dx=6)
    left.plot([0], [0], "+", markersize=9, markeredgewidth=1.5, color=tk.INK)
    path = left.plot([], [], color=tk.INK, marker="o", markersize=3.5, linewidth=1.6, zorder=3)[0]
    tk.style_curve(right, "step", "share of the first loss", log="y")
    right.set(xlim=(0, STEPS), ylim=(LEAST, 1e8))  # room for the names, above all curves
    right.set_yticks([1e-8, 1e-6, 1e-4, 1e-2, 1])
    right.axhline(1, color=tk.THREE, linewidth=1.2, linestyle=(0, (4, 3)))
    picture = Bowl(
        bands=bands,
        rims=rims,
        path=path,
        total=right.plot([], [], color=tk.INK, linewidth=7, alpha=0.16)[0],
        gentle=right.plot([], [], color=tk.ONE)[0],
        steep=right.plot([], [], color=tk.TWO)[0],
    )
    picture.move(learning_rate, condition_number, np.asarray(start, dtype=float))
    return picture


def name_modes(axes: Axes) -> list[Text]:
    """Write the names of the two modes and their sum into the corner of the losses."""
    names = [("whole loss", tk.INK), ("steep mode", tk.TWO), ("gentle mode", tk.ONE)]
    return [
        tk.label(axes, STEPS, 2e7 / 17.0**k, name, color=color, ha="right")
        for k, (name, color) in enumerate(names)
    ]


def draw_fit(
    axes: Axes, x: ArrayLike, y: ArrayLike, weights: ArrayLike, modes: Sequence[ArrayLike]
) -> list[Line2D]:
    """Draw samples, the line that fits them best, and two lines that are off along one mode."""
    at = np.asarray(x, dtype=float)
    best, low, high = np.asarray(weights, dtype=float), at.min() - 0.4, at.max() + 0.4
    tk.style_curve(axes, "x", "y")
    axes.plot(at, np.asarray(y, dtype=float), "o", color=tk.INK, markersize=5, zorder=3)
    ends = np.array([low, high])
    lines = []
    for move, color, name in (
        (0 * best, tk.INK, "best"),
        (modes[0], tk.ONE, "gentle"),
        (modes[1], tk.TWO, "steep"),
    ):
        slope, height = best + np.asarray(move, dtype=float)
        lines.append(axes.plot(ends, slope * ends + height, color=color)[0])
        tk.label(axes, high, slope * high + height, name, color=color, ha="left", dx=5)
    axes.set(xlim=(low, high + 0.28 * (high - low)))
    return lines
