"""What models cost: a roofline."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

import explorable.drawing.toolkit as tk

__all__ = ["draw_roofline"]


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
