"""What models cost: budgets and rooflines."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from explorable.drawing.toolkit import (
    MUTED,
    ONE,
    SHORT_DASH,
    THREE,
    dots,
    label,
    label_line,
    style_curve,
)


def draw_costs(axes: Axes, costs: Mapping[str, tuple[float, float]]) -> None:
    """Draw networks by their parameters and their multiply-adds for one sample."""
    style_curve(axes, "parameters", "multiply-adds", log="xy")
    axes.set(xlim=(6e3, 3e9), ylim=(6e3, 2e12))
    ends = np.array([6e3, 3e9])
    axes.plot(ends, ends, color=MUTED, linewidth=1, linestyle=SHORT_DASH)
    label(axes, 3e7, 3e7, "one use of each", color=MUTED, dx=10, dy=-12, size=11, weight="normal")
    for name, (parameters, multiply_adds) in costs.items():
        dots(axes, [parameters], [multiply_adds], color=ONE, size=8, zorder=3)
        dx, dy = (9, -5) if parameters < 3e4 else (-9, 0)  # no name covers the axis
        label(axes, parameters, multiply_adds, name, color=ONE, dx=dx, dy=dy, size=11.5)


def draw_roofline(
    axes: Axes, peak: float, bandwidth: float, points: Mapping[str, tuple[float, float]]
) -> None:
    """Draw the rate that a machine's memory and arithmetic allow, and layers below that roof.

    Points are intensity and attainable rate, by name.
    """
    style_curve(axes, "operations per byte", "operations per second", log="xy")
    ridge = peak / bandwidth
    x = np.array([0.2, ridge, 20 * ridge])
    (roof,) = axes.plot(x, np.minimum(peak, x * bandwidth), color=THREE)
    label_line(roof, "peak", at=2, dx=0, dy=12, ha="right")
    label(axes, 1.3, 1.3 * bandwidth, "memory", color=THREE, dx=-8, dy=10)
    for name, (intensity, rate) in points.items():
        dots(axes, [intensity], [rate], color=ONE, size=8, zorder=3)
        label(axes, intensity, rate, name, color=ONE, dx=8, dy=-12, size=11.5)
    axes.set(ylim=(0.1 * bandwidth, 4 * peak))
