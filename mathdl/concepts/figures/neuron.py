"""One neuron in pictures: its output over the plane, for samples, and along its normal."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk
from explorable.sentences import number
from mathdl import concepts
from mathdl.concepts.neuron import neuron_geometry

__all__ = ["POINTS", "draw_neuron_on_points", "draw_neuron_plane"]

BANDS = {
    "sigmoid": ([np.log(p / (1 - p)) for p in np.arange(1, 7) / 7], []),
    "tanh": ([np.arctanh(a) for a in (0.15, 0.4, 0.65, 0.9)],) * 2,
    "relu": ([0.0, 1.0, 2.0, 3.0, 4.0, 6.0], []),
    "identity": ([0.5, 1.5, 2.5, 4.0],) * 2,
}
"""Preactivations from which a shade is added, and whose negatives shade the other side."""

N_BANDS = (6, 4)
"""How many shades there are at most on either side."""

RANGES = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "relu": (0.0, 8.0), "identity": (-8.0, 8.0)}
"""Which outputs the lowest and the highest line stand for."""

WIDEST = 8.0
"""The preactivations that are drawn, on either side of 0; beyond, a mark stays at the edge."""


@dataclass(eq=False)
class NeuronPlane(tk.MovingParts):
    """A neuron's output over the plane: shades, boundary, normal, the circle of its offset."""

    above: list[Polygon]
    below: list[Polygon]
    boundary: Line2D
    normal: Line2D
    circle: Line2D
    foot: Line2D

    def move(self, weights: ArrayLike, bias: float, activation: str) -> None:
        """Show another neuron."""
        normal, offset, steepness = neuron_geometry(weights, bias)
        up, down = BANDS[activation]
        for patches, levels, side in [(self.above, up, 1), (self.below, down, -1)]:
            for index, patch in enumerate(patches):
                place = side * offset + levels[index] / steepness if index < len(levels) else 9e9
                patch.set_xy(tk.half_plane(side * normal, place))
        foot = offset * normal
        angle = np.linspace(0, 2 * np.pi, 61)
        self.boundary.set_data(*tk.half_plane(normal, offset)[:2].T)
        self.normal.set_data(*tk.arrow(foot, foot + normal, 0.32).T)
        away = abs(offset)
        radius = np.where((away > 0.03) & (away < 1.4 * tk.SPAN), away, np.nan)
        self.circle.set_data(radius * np.cos(angle), radius * np.sin(angle))
        self.foot.set_data(*np.stack([np.zeros(2), foot]).T)


def draw_neuron_plane(
    axes: Axes,
    weights: ArrayLike,
    bias: float,
    activation: str,
    *,
    points: Sequence[Sequence[float]] = (),
) -> NeuronPlane:
    """Draw a neuron's output over the plane, with its boundary, normal and offset."""
    tk.style_plane(axes, "x₁", "x₂", bounds=[[-tk.SPAN, tk.SPAN]] * 2)
    axes.set_xticks([-4, -2, 0, 2, 4])
    axes.set_yticks([-4, -2, 0, 2, 4])
    shades = [
        [Polygon([[0, 0], [0, 0]], color=colour, alpha=0.11, lw=0) for _ in range(n)]
        for colour, n in zip((tk.ONE, tk.TWO), N_BANDS, strict=True)
    ]
    for patch in itertools.chain(*shades):
        axes.add_patch(patch)
    circle = axes.plot([], [], color=tk.MUTED, lw=1, ls=(0, (1, 3)))[0]
    foot = axes.plot([], [], color=tk.MUTED, lw=1.2)[0]
    boundary = axes.plot([], [], color=tk.INK, lw=2)[0]
    normal = axes.plot([], [], color=tk.ONE, lw=2.5)[0]
    axes.plot([0], [0], marker="+", ms=8, mew=1.2, color=tk.MUTED, ls="none")
    picture = NeuronPlane(shades[0], shades[1], boundary, normal, circle, foot)
    picture.move(weights, bias, activation)
    u, d, _ = neuron_geometry(weights, bias)
    for point in np.asarray(points, dtype=float).reshape(-1, 2):
        on_line = point - (point @ u - d) * u
        axes.plot(*np.stack([point, on_line]).T, color=tk.MUTED, lw=1.2)
        tk.mark_start(axes, *point)
        words = f"({point[0]:g}, {point[1]:g})"
        name: dict[str, Any] = {"weight": "normal", "size": 11, "va": "top"}
        if point.any():
            tk.label(axes, point[0], point[1], words, dx=9, dy=-2, **name)
        else:  # within the circle around the origin
            tk.label(axes, point[0], point[1], words, dy=-8, ha="center", **name)
    return picture


POINTS = np.array(
    [
        [(2.5, 1.2), (3.2, 2.6), (1.4, 3.0), (2.8, -0.4), (0.7, 2.2), (-0.2, 3.2)],
        [(-1.4, 2.0), (-2.6, 0.4), (-0.8, -1.2), (0.5, 0.8), (1.2, -0.6), (1.9, 1.5)],
    ]
)
"""Six points with label 1 and six with label 0, of which the last lies among the others."""


@dataclass(eq=False)
class NeuronOnPoints(tk.MovingParts):
    """A neuron's plane with its weights as an arrow, and its output for each of `POINTS`."""

    plane: NeuronPlane
    weights: Line2D
    output: Line2D
    marks: list[Line2D]
    ticks: list[Text]

    def move(self, weights: tk.Points, bias: float, activation: str) -> None:
        """Show another neuron, each activation on a scale of its own."""
        self.plane.move(weights, bias, activation)
        self.weights.set_data(*np.stack([np.zeros(2), weights]).T)
        bottom, top = RANGES[activation]
        f = concepts.ACTIVATIONS[activation].function
        grid = np.linspace(-WIDEST, WIDEST, 81)
        self.output.set_data(grid, (f(grid) - bottom) / (top - bottom))
        for mark, points in zip(self.marks, POINTS, strict=True):
            z = np.clip(points @ weights + bias, -WIDEST, WIDEST)
            mark.set_data(z, (f(z) - bottom) / (top - bottom))
        for text, value in zip(self.ticks, (bottom, (bottom + top) / 2, top), strict=True):
            text.set_text(number(value, "g"))


def draw_neuron_on_points(
    axes: Sequence[Axes], weights: tk.Points, bias: float, activation: str
) -> NeuronOnPoints:
    """Draw `POINTS` on a neuron's plane, and each on the curve of the activation."""
    left, right = axes
    plane = draw_neuron_plane(left, weights, bias, activation)
    arrow_of_weights = left.plot([], [], color=tk.INK, lw=1.6)[0]
    tk.style_curve(right, "preactivation z", "output f(z)")
    right.set(xlim=(-WIDEST - 0.4, WIDEST + 0.4), ylim=(-0.07, 1.07), yticks=[0, 0.5, 1])
    right.set_yticklabels(["\u2007" * 3] * 3)
    right.set_xticks([-8, -4, 0, 4, 8])
    right.axvline(0, color=tk.MUTED, lw=1, ls=(0, (1, 3)))
    output = right.plot([], [], color=tk.MUTED, lw=1.5)[0]
    ticks = [
        right.text(-WIDEST - 0.7, height, "", color=tk.MUTED, fontsize=12, ha="right", va="center")
        for height in (0, 0.5, 1)
    ]
    marks = []
    for points, colour, filled in zip(POINTS, (tk.ONE, tk.TWO), (True, False), strict=True):
        style: dict[str, Any] = {"marker": "o", "ls": "none", "color": colour, "mew": 2}
        style |= {"mfc": colour, "mec": tk.INK, "mew": 1.2} if filled else {"mfc": "none"}
        left.plot(*points.T, ms=9, zorder=3, **style)
        marks.append(right.plot([], [], ms=9, zorder=3, **style)[0])
    picture = NeuronOnPoints(plane, arrow_of_weights, output, marks, ticks)
    picture.move(weights, bias, activation)
    return picture
