"""One unit, two, three: how hats and towers come about, and what folding does instead."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D

from explorable.drawing.toolkit import (
    FOUR,
    GRID,
    ONE,
    SHORT_DASH,
    THREE,
    TWO,
    Line3D,
    MovingParts,
    View3D,
    dots,
    label,
    style_bare,
    style_curve,
    view_3d,
)

TOP = 2.0
"""Heights up to which the units of a hat are drawn."""


@dataclass(eq=False)
class HatPicture(MovingParts):
    """ReLU units, their knots, and their sum."""

    units: list[Line2D]
    knots: PathCollection
    total: Line2D

    def show(self, knots: Sequence[float], slopes: Sequence[float]) -> None:
        """Draw units that open at increasing knots with given slopes, and their sum."""
        opens = np.stack(knots)
        x = np.stack([0.0, *knots, 1.0])
        heights = np.maximum(x[:, None] - opens, 0) * slopes
        for number, line in enumerate(self.units):
            line.set_data(x, heights[:, number] if number < len(knots) else np.nan * x)
        self.knots.set_offsets(np.column_stack([opens, 0 * opens]))
        self.total.set_data(x, heights.sum(axis=1))


def draw_hat(axes: Axes) -> HatPicture:
    """Draw the frame in which up to three units make a hat."""
    style_curve(axes, "x", "height")
    axes.set(xlim=(0, 1), ylim=(-TOP - 0.1, TOP + 0.1), xticks=[0, 0.5, 1])
    axes.set_yticks([-2, -1, 0, 1, 2])
    units = [axes.plot([], [], color=FOUR, linewidth=1.5)[0] for _ in range(3)]
    (total,) = axes.plot([], [], color=ONE, linewidth=3.5)
    knots = dots(axes, [], [], color=FOUR, size=7, zorder=4)
    label(axes, 0.03, 1.8, "units", color=FOUR, ha="left")
    label(axes, 0.03, 1.4, "their sum", color=ONE, ha="left")
    return HatPicture(units, knots, total)


@dataclass(eq=False)
class TowerPicture(MovingParts):
    """A surface over the plane that can be turned."""

    surface: Line3D

    @property
    def view(self) -> View3D:
        """The view that is turned."""
        return self.surface.view


def draw_tower(axes: Axes) -> TowerPicture:
    """Draw the frame in which hats make a tower, without the surface."""
    style_bare(axes)
    view = view_3d(axes, [(0, 1), (0, 1), (0, 2)], azimuth=30, elevation=30, height=1.3)
    view.floor("x₁", "x₂", out=0.2)
    return TowerPicture(view.line(color=ONE, linewidth=1.2, alpha=0.8))


@dataclass(eq=False)
class FoldPicture(MovingParts):
    """The tent map folded several times, and a single layer with as many units."""

    folded: Line2D
    level: Line2D
    meets: PathCollection
    pulled: Line2D
    target: Line2D
    single: Line2D


def draw_fold(deep: Axes, shallow: Axes) -> FoldPicture:
    """Draw the panels for a folded interval and for one layer, without data."""
    for axes, title in ((deep, "layers of two"), (shallow, "one layer, as many units")):
        style_curve(axes, "x", title)
        axes.set(xlim=(-0.02, 1.02), ylim=(-0.12, 1.2), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        axes.set_xticklabels(["0", "½", "1"])
        axes.set_yticklabels(["0", "½", "1"])
    (pulled,) = deep.plot([], [], color=TWO, linewidth=1, alpha=0.5)
    (folded,) = deep.plot([], [], color=ONE)
    (level,) = deep.plot([], [], color=TWO, linestyle=SHORT_DASH, linewidth=1.5)
    meets = dots(deep, [], [], color=TWO, size=5, zorder=4)
    (target,) = shallow.plot([], [], color=THREE, linewidth=3, alpha=0.6)
    (single,) = shallow.plot([], [], color=TWO)
    deep.axhline(0, color=GRID, linewidth=1, zorder=0.5)
    label(deep, 0.98, 1.13, "next knot", color=TWO, ha="right")
    label(shallow, 0.62, 1.13, "target", color=THREE, ha="right")
    label(shallow, 0.98, 1.13, "one layer", color=TWO, ha="right")
    return FoldPicture(folded, level, meets, pulled, target, single)
