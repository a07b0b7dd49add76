"""One neuron in pictures: its output over the plane, along its normal, and its slope."""

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

from explorable.drawing.toolkit import (
    INK,
    MUTED,
    ONE,
    SPAN,
    THREE,
    TWO,
    MovingParts,
    arrow,
    dots,
    half_plane,
    label,
    label_line,
    mark_start,
    style_curve,
    style_plane,
)
from explorable.sentences import number
from mathdl import concepts
from mathdl.concepts.neuron import neuron_geometry, transition_width

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
"""What the profile's lowest and highest line stand for."""


@dataclass(eq=False)
class NeuronPlane(MovingParts):
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
                patch.set_xy(half_plane(side * normal, place))
        foot = offset * normal
        angle = np.linspace(0, 2 * np.pi, 61)
        self.boundary.set_data(*half_plane(normal, offset)[:2].T)
        self.normal.set_data(*arrow(foot, foot + normal, 0.32).T)
        away = abs(offset)
        radius = np.where((away > 0.03) & (away < 1.4 * SPAN), away, np.nan)
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
    """Draw a neuron's output over the plane, with its boundary, normal and offset.

    Parameters
    ----------
    weights : array_like (2,)
    activation : str
        A key of `BANDS`.
    points : sequence of (x, y)
        Points to mark, each with a line to the boundary.
    """
    style_plane(axes, "x₁", "x₂", bounds=[[-SPAN, SPAN]] * 2)
    axes.set_xticks([-4, -2, 0, 2, 4], ["−4", "−2", "0", "2", "4"])
    axes.set_yticks([-4, -2, 0, 2, 4], ["−4", "−2", "0", "2", "4"])
    shades = [
        [Polygon([[0, 0], [0, 0]], color=colour, alpha=0.11, lw=0) for _ in range(n)]
        for colour, n in zip((ONE, TWO), N_BANDS, strict=True)
    ]
    for patch in itertools.chain(*shades):
        axes.add_patch(patch)
    circle = axes.plot([], [], color=MUTED, lw=1, ls=(0, (1, 3)))[0]
    foot = axes.plot([], [], color=MUTED, lw=1.2)[0]
    boundary = axes.plot([], [], color=INK, lw=2)[0]
    normal = axes.plot([], [], color=ONE, lw=2.5)[0]
    axes.plot([0], [0], marker="+", ms=8, mew=1.2, color=MUTED, ls="none")
    picture = NeuronPlane(shades[0], shades[1], boundary, normal, circle, foot)
    picture.move(weights, bias, activation)
    u, d, _ = neuron_geometry(weights, bias)
    for point in np.asarray(points, dtype=float).reshape(-1, 2):
        on_line = point - (point @ u - d) * u
        axes.plot(*np.stack([point, on_line]).T, color=MUTED, lw=1.2)
        mark_start(axes, *point)
        words = f"({point[0]:g}, {point[1]:g})"
        name: dict[str, Any] = {"weight": "normal", "size": 11, "va": "top"}
        if point.any():
            label(axes, point[0], point[1], words, dx=9, dy=-2, **name)
        else:  # within the circle around the origin
            label(axes, point[0], point[1], words, dy=-8, ha="center", **name)
    return picture


@dataclass(eq=False)
class Profile(MovingParts):
    """A neuron's output along its normal, with a mark where the boundary is."""

    output: Line2D
    place: Line2D
    ticks: list[Text]

    def move(self, steepness: float, offset: float, activation: str) -> None:
        """Show another neuron, each activation on a scale of its own."""
        along = np.linspace(-SPAN, SPAN, 81)
        bottom, top = RANGES[activation]
        values = concepts.ACTIVATIONS[activation].function(steepness * (along - offset))
        height = (values - bottom) / (top - bottom)
        self.output.set_data(along, np.where(abs(height - 0.5) <= 0.55, height, np.nan))
        place = np.where(abs(offset) <= SPAN, offset, np.nan)
        self.place.set_data([place, place], [-0.05, 1.05])
        for text, value in zip(self.ticks, (bottom, (bottom + top) / 2, top), strict=True):
            text.set_text(number(value, "g"))


def draw_profile(axes: Axes, steepness: float, offset: float, activation: str) -> Profile:
    """Draw a neuron's output along its normal.

    Parameters
    ----------
    steepness, offset : float
        As `mathdl.concepts.neuron.neuron_geometry` returns them.
    activation : str
        A key of `RANGES`.
    """
    style_curve(axes, "distance along w from the origin", "output")
    axes.set(
        xlim=(-SPAN, SPAN), ylim=(-0.05, 1.05), yticks=[0, 0.5, 1], yticklabels=["\u2007" * 3] * 3
    )
    axes.set_xticks([-4, -2, 0, 2, 4], ["−4", "−2", "0", "2", "4"])
    ticks = [
        axes.text(-SPAN - 0.15, height, "", color=MUTED, fontsize=12, ha="right", va="center")
        for height in (0, 0.5, 1)
    ]
    boundary = axes.plot([], [], color=INK, lw=1.2, ls=(0, (1, 3)))[0]
    output = axes.plot([], [], color=ONE, lw=2.5)[0]
    picture = Profile(output, boundary, ticks)
    picture.move(steepness, offset, activation)
    return picture


def draw_transition_profiles(axes: Axes, *, steepnesses: Sequence[float]) -> list[Line2D]:
    """Draw a sigmoid neuron's output along its normal for several steepnesses.

    Parameters
    ----------
    steepnesses : sequence of float
        At most three.
    """
    style_curve(axes, "distance from the boundary", "output")
    axes.set(xlim=(-3, 3), ylim=(0, 1.12), xticks=[-3, -1.5, 0, 1.5, 3])
    axes.set(yticks=[0, 0.1, 0.5, 0.9, 1], yticklabels=["0", "0.1", "0.5", "0.9", "1"])
    axes.set_xticklabels(["−3", "−1.5", "0", "1.5", "3"])
    along = np.linspace(-3, 3, 121)
    places = [(84, 8, -14), (104, 0, 12), (66, -9, 4)]
    drawn = []
    for colour, steepness, (at, dx, dy) in zip(
        (THREE, TWO, ONE), steepnesses, places, strict=False
    ):
        (line,) = axes.plot(along, concepts.sigmoid(steepness * along), color=colour)
        half = transition_width(steepness) / 2
        dots(axes, [-half, half], [0.1, 0.9], color=colour, size=7, zorder=3)
        label_line(line, f"‖w‖ = {steepness:g}", at=at, dx=dx, dy=dy)
        drawn.append(line)
    return drawn
