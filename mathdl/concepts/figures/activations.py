"""Activations with their slopes, and what becomes of them through many layers."""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

import explorable.drawing.toolkit as tk
from mathdl import concepts

__all__ = ["draw_slopes", "draw_stacked_layers"]


def _breaking(slope: tk.Points, name: str) -> tk.Points:
    """Lift the pen where a slope jumps."""
    broken = np.array(slope)
    if name in ("relu", "leaky_relu"):
        broken[np.argmax(np.diff(broken) > 0.5)] = np.nan
    return broken


DEPTHS = np.arange(0, 21)
"""Numbers of layers for which the product of slopes is drawn."""

LEAST = 1e-14
"""The smallest product that is drawn."""


class Slopes(tk.MovingParts):
    """An activation with its slope, and the product of slopes through the layers."""

    def move(self, name: str, z: float, depth: int) -> None:
        """Show another activation, another preactivation, another number of layers."""
        f = concepts.ACTIVATIONS[name]
        grid = np.linspace(-6, 6, 121)
        values = np.asarray(f.function(grid))
        value, slope = f.function(z), f.derivative(z)
        products = slope ** DEPTHS.astype(float)
        bounds = f.largest_slope ** DEPTHS.astype(float)
        self.function.set_data(grid, np.where(abs(values) <= 2.2, values, np.nan))
        self.slope.set_data(grid, _breaking(f.derivative(grid), name))
        self.value_here.set_data([z], [np.where(abs(value) <= 2.2, value, np.nan)])
        self.slope_here.set_data([z], [slope])
        drawn = depth >= DEPTHS
        for line, heights in [(self.product, products), (self.bound, bounds)]:
            seen = drawn & (heights > LEAST / 100) if line is self.product else heights > 0
            line.set_data(DEPTHS, np.where(seen, heights, np.nan))
        here = products[depth]
        self.product_here.set_data([depth], [np.where(here >= LEAST, here, np.nan)])


def draw_slopes(axes: Sequence[Axes], name: str, z: float, depth: int) -> Slopes:
    """Draw an activation with its slope, and the product of the slopes of many layers."""
    left, right = axes
    tk.style_curve(left, "preactivation z", "activation and slope")
    left.set(xlim=(-6, 6), ylim=(-1.3, 2.3), xticks=[-6, -3, 0, 3, 6], yticks=[-1, 0, 1, 2])
    tk.style_curve(right, "layers", "product of slopes", log="y")
    right.set(xlim=(0, 20.5), ylim=(LEAST, 1e3), xticks=[0, 5, 10, 15, 20])
    right.set_yticks([1e-12, 1e-8, 1e-4, 1])
    bold: dict[str, Any] = {"fontweight": "bold", "fontsize": 12}
    left.text(-5.8, 1.95, "f(z)", color=tk.ONE, va="top", **bold)
    left.text(-5.8, 1.65, "f′(z)", color=tk.TWO, va="top", **bold)
    right.text(20.5, 30, "largest possible", color=tk.THREE, ha="right", **bold)
    big: dict[str, Any] = {"ls": "none", "marker": "o", "ms": 10, "clip_on": False}
    picture = Slopes(
        function=left.plot([], [], color=tk.ONE)[0],
        slope=left.plot([], [], color=tk.TWO)[0],
        value_here=left.plot([], [], color=tk.ONE, **big)[0],
        slope_here=left.plot([], [], color=tk.TWO, **big)[0],
        product=right.plot([], [], color=tk.TWO, marker="o", ms=4)[0],
        bound=right.plot([], [], color=tk.THREE, lw=1.5, ls=(0, (4, 3)))[0],
        product_here=right.plot([], [], color=tk.TWO, **big)[0],
    )
    picture.move(name, z, depth)
    return picture


def draw_stacked_layers(axes: Axes, activation: str) -> Line2D:
    """Draw the output of three layers, the same weights each time, against their input."""
    rng = np.random.default_rng(26)
    sizes = [1, 8, 8, 1]
    x: tk.Points = np.linspace(-3, 3, 601)[:, np.newaxis]
    signal = x
    for depth, (n_in, n_out) in enumerate(itertools.pairwise(sizes)):
        if depth:
            signal = concepts.ACTIVATIONS[activation].function(signal)
        weights = rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in)
        signal = signal @ weights.T + rng.normal(size=n_out)
    tk.style_curve(axes, "x", "output of three layers")
    axes.set(xlim=(-3, 3), xticks=[-3, 0, 3])
    straight = activation == "identity"
    line = axes.plot(x[:, 0], signal[:, 0], color=tk.TWO if straight else tk.ONE)[0]
    name = "no activation" if straight else concepts.ACTIVATIONS[activation].label
    tk.label_line(line, name, at=110, dx=10, dy=8 if straight else -8)
    return line
