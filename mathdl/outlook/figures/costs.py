"""What models cost: budgets and rooflines."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

import explorable.drawing.toolkit as tk

__all__ = ["draw_costs", "draw_roofline"]


def draw_costs(axes: Axes, costs: Mapping[str, tuple[float, float]]) -> None:
    """Draw networks by their parameters and their multiply-adds for one sample."""
    tk.style_curve(axes, "parameters", "multiply-adds", log="xy")
    axes.set(xlim=(6e3, 3e9), ylim=(6e3, 2e12))
    ends = np.array([6e3, 3e9])
    axes.plot(ends, ends, color=tk.MUTED, linewidth=1, linestyle=tk.SHORT_DASH)
    tk.label(
        axes, 3e7, 3e7, "one use of each", color=tk.MUTED, dx=10, dy=-12, size=11, weight="normal"
    )
    for name, (parameters, multiply_adds) in costs.items():
        tk.dots(axes, [parameters], [multiply_adds], color=tk.ONE, size=8, zorder=3)
        dx, dy = (9, -5) if parameters < 3e4 else (-9, 0)  # no name covers the axis
        tk.label(axes, parameters, multiply_adds, name, color=tk.ONE, dx=dx, dy=dy, size=11.5)


def draw_roofline(
    axes: Axes, peak: float, bandwidth: float, points: Mapping[str, tuple[float, float]]
) -> None:
    """Draw the rate that a machine's memory and arithmetic allow, and layers below that roof."""
    tk.style_curve(axes, "operations per byte", "operations per second", log="xy")
    ridge = peak / bandwidth
    x = np.array([0.2, ridge, 20 * ridge])
    (roof,) = axes.plot(x, np.minimum(peak, x * bandwidth), color=tk.THREE)
    tk.label_line(roof, "peak", at=2, dx=0, dy=12, ha="right")
    tk.label(axes, 1.3, 1.3 * bandwidth, "memory", color=tk.THREE, dx=-8, dy=10)
    for name, (intensity, rate) in points.items():
        tk.dots(axes, [intensity], [rate], color=tk.ONE, size=8, zorder=3)
        tk.label(axes, intensity, rate, name, color=tk.ONE, dx=8, dy=-12, size=11.5)
    axes.set(ylim=(0.1 * bandwidth, 4 * peak))
