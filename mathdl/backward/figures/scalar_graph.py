"""Draw a small computation as a graph of scalars, and its loss with a line of its slope."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch

import explorable.drawing.toolkit as tk
from mathdl.backward.figures.paths import number
from mathdl.backward.tape import ARROWS, NEURON_ARROWS, Snapshot, loss_of_x

__all__ = ["draw_graph"]

PLACES = {
    "w": (28.0, 150.0),
    "x": (84.0, 226.0),
    "q": (96.0, 142.0),
    "b": (84.0, 40.0),
    "s": (152.0, 92.0),
    "h": (208.0, 48.0),
    "m": (226.0, 158.0),
    "t": (276.0, 40.0),
    "d": (280.0, 112.0),
    "L": (322.0, 180.0),
}
"""Where the nodes of `mathdl.backward.tape` stand, in pixels."""

NEURON_PLACES = {
    "w": (28.0, 130.0),
    "x": (28.0, 46.0),
    "q": (90.0, 88.0),
    "b": (90.0, 174.0),
    "s": (150.0, 122.0),
    "a": (210.0, 86.0),
    "t": (210.0, 176.0),
    "d": (268.0, 122.0),
    "L": (326.0, 86.0),
}
"""Where the nodes of the neuron stand, in pixels."""

NAMES: dict[str, tuple[float, float, str, str]] = {
    "w": (0, -28, "center", "top"),
    "b": (0, -28, "center", "top"),
    "t": (0, -28, "center", "top"),
    "s": (0, -28, "center", "top"),
    "h": (0, -28, "center", "top"),
    "q": (24, 10, "left", "bottom"),
    "d": (28, -2, "left", "center"),
}
"""Where the names stand that don't stand above their node: offset and alignment."""

SIGNS = {"q": "×", "s": "+", "h": "relu", "a": "relu", "m": "×", "d": "−", "L": "square"}
"""What each operation does, in a word or a sign."""


class Graph(tk.MovingParts):
    """What can move in a drawing of the scalar graph."""

    def move(self, snapshot: Snapshot, *, backward: bool) -> None:
        """Show what is known at another moment."""
        for name in self.values:
            value, adjoint = snapshot.values.get(name), snapshot.adjoints.get(name)
            self.values[name].set_text("" if value is None else number(value, 3))
            self.adjoints[name].set_text("" if adjoint is None else number(adjoint, 3))
            self.rings[name].set_visible(name == snapshot.result)
        for ends, arrow in self.arrows.items():
            used = ends in snapshot.used
            arrow.set(
                color=tk.ONE if backward else tk.INK,
                alpha=(0.35 if backward else 0.2) if used else 0,
            )


def draw_graph(axes: Axes, snapshot: Snapshot, *, neuron: bool = False) -> Graph:
    """Draw a computation of `mathdl.backward.tape` with what is known on the way forward."""
    if neuron:
        above = dict.fromkeys(NEURON_PLACES, (0.0, 29.0, "center", "bottom"))
        below = dict.fromkeys("xqaL", (0.0, -28.0, "center", "top"))
        made = _draw(axes, NEURON_PLACES, NEURON_ARROWS, above | below)
        axes.set(xlim=(0, 354), ylim=(-2, 222))
    else:
        made = _draw(axes, PLACES, ARROWS, NAMES)
        axes.set(xlim=(0, 350), ylim=(-4, 272))
    made.move(snapshot, backward=False)
    return made


def _draw(
    axes: Axes,
    places: Mapping[str, tuple[float, float]],
    operations: Mapping[str, tuple[str, ...]],
    names: Mapping[str, tuple[float, float, str, str]],
) -> Graph:
    axes.set_label("Graph of the operations")
    tk.style_bare(axes)
    radius = 24.0
    arrows = {}
    for result, operands in operations.items():
        for operand in operands:
            ends = np.array([places[operand], places[result]])
            along = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
            start, stop = ends[0] + radius * along, ends[1] - (radius + 2) * along
            axes.add_patch(
                FancyArrowPatch(
                    tuple(start),
                    tuple(stop),
                    arrowstyle="-|>",
                    mutation_scale=11,
                    color=tk.MUTED,
                    linewidth=1.2,
                    shrinkA=0,
                    shrinkB=0,
                    zorder=1,
                )
            )
            arrows[operand, result] = axes.plot(
                *np.array([start, stop]).T, linewidth=7, alpha=0.3, zorder=0.9
            )[0]
    values, adjoints, rings = {}, {}, {}
    for name, (x, y) in places.items():
        axes.add_patch(
            Circle((x, y), radius, facecolor=tk.PANEL, edgecolor=tk.MUTED, linewidth=1, zorder=2)
        )
        rings[name] = Circle(
            (x, y), radius, facecolor="none", edgecolor=tk.INK, linewidth=2.5, zorder=2.2
        )
        axes.add_patch(rings[name])
        sign = SIGNS.get(name)
        head = name if sign is None else f"{name}  {sign}"
        dx, dy, ha, va = names.get(name, (0, radius + 5, "center", "bottom"))
        axes.text(x + dx, y + dy, head, ha=ha, va=va, size=13, style="italic", color=tk.MUTED)
        middle: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 3}
        values[name] = axes.text(x, y + 7, "", size=13, color=tk.INK, **middle)
        adjoints[name] = axes.text(x, y - 8, "", size=12, weight="bold", color=tk.ONE, **middle)
    axes.set_aspect("equal")
    return Graph(values=values, adjoints=adjoints, rings=rings, arrows=arrows)


class Tangent(tk.MovingParts):
    """What can move in a drawing of L against x."""

    def move(self, x: float, slope: float | None, measured: float | None) -> None:
        """Stand elsewhere, with other slopes."""
        y = loss_of_x(x)
        self.point.set_data([x], [y])
        for line, value in ((self.adjoint, slope), (self.measured, measured)):
            if value is None:
                line.set_data([], [])
                continue
            half = 14.0 / np.hypot(14.0, value)
            line.set_data([x - half, x + half], [y - half * value, y + half * value])


def draw_tangent(axes: Axes, x: float, slope: float | None, measured: float | None) -> Tangent:
    """Draw L as a function of x, with a line whose slope is the adjoint of x."""
    grid = np.linspace(-1, 3.25, 171)
    axes.plot(grid, [loss_of_x(value) for value in grid], color=tk.INK, zorder=1.5)
    tk.label(axes, 3.1, loss_of_x(3.1), "L", dx=-8, dy=2)
    tk.label(axes, -0.9, 8, "adjoint of x", color=tk.ONE, ha="left")
    tk.label(axes, -0.9, 3, "finite difference", color=tk.THREE, ha="left")
    made = Tangent(
        point=axes.plot([], [], "o", markersize=11, color=tk.ONE, zorder=4)[0],
        adjoint=axes.plot([], [], color=tk.ONE, linewidth=3, zorder=3)[0],
        measured=axes.plot([], [], color=tk.THREE, ls=(0, (3, 3)), lw=3, zorder=3.5)[0],
    )
    tk.style_curve(axes, x="x", y="loss")
    axes.set(xlim=(-1.3, 3.3), ylim=(-6, 34))
    made.move(x, slope, measured)
    return made
