"""Piecewise linear functions: hats that add up, tents that fold, and what goes wrong."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

import explorable.drawing.toolkit as tk
from mathdl.background import hat_network
from mathdl.background.piecewise import RealFunction
from mathdl.forward import forward

__all__ = ["draw_alias", "draw_slowness"]


def draw_interpolation(left: Axes, right: Axes, sizes: Sequence[int]) -> tk.MovingParts:
    """Draw the panels for a function and for errors over numbers of units, without data."""
    tk.style_curve(left, "x", "f(x)")
    left.set(xlim=(-0.02, 1.02), ylim=(-1.5, 1.75), xticks=[0, 0.5, 1], yticks=[-1, 0, 1])
    for place, name, color in ((0.3, "target", tk.THREE), (0.98, "network", tk.ONE)):
        tk.label(left, place, 1.6, name, color=color, ha="right")
    tk.style_curve(right, "hidden units", "largest error", log="xy")
    right.set(xlim=(1.7, 76), ylim=(6e-4, 30))
    right.set_xticks(sizes, [str(size) for size in sizes])
    for height, name, color in ((18, "bound", tk.THREE), (9, "network", tk.ONE)):
        tk.label(right, 70, height, name, color=color, ha="right")
    return tk.MovingParts(
        target=left.plot([], [], color=tk.THREE, linewidth=4, alpha=0.7)[0],
        hats=left.plot([], [], color=tk.MUTED, linewidth=1, alpha=0.7)[0],
        network=left.plot([], [], color=tk.ONE)[0],
        knots=tk.dots(left, [], [], color=tk.ONE, size=5, zorder=4),
        bound=right.plot([], [], color=tk.THREE, linestyle=tk.SHORT_DASH)[0],
        built=right.plot([], [], color=tk.ONE, marker="o", markersize=5)[0],
        here=right.plot([], [], marker="o", ms=13, mfc="none", mew=2, color=tk.INK)[0],
    )


def draw_slowness(
    axes: Axes, steps: Sequence[int], errors: Mapping[float, Sequence[float]], possible: float
) -> None:
    """Draw errors over steps, a line for each learning rate, and the least possible one."""
    tk.style_curve(axes, "steps", "error (root mean square)", log="xy")
    colors = (tk.THREE, tk.ONE, tk.TWO, tk.FOUR)
    tk.label(axes, steps[0], 0.4, "rate", color=tk.INK, ha="left")
    for row, (color, (rate, fallen)) in enumerate(zip(colors, errors.items(), strict=True)):
        axes.plot(steps[: len(fallen)], fallen, color=color, marker="o", markersize=4)
        tk.label(axes, steps[0], 0.4 * 0.78 ** (row + 1), f"{rate:g}", color=color, ha="left")
    axes.axhline(possible, color=tk.INK, linestyle=tk.SHORT_DASH, linewidth=1.5)
    tk.label(axes, steps[-1], possible, "possible", color=tk.INK, ha="right", dy=12)
    axes.set(xlim=(steps[0] * 0.8, steps[-1] * 1.25), ylim=(0.02, 1))


def draw_alias(axes: Axes, function: RealFunction, n: int) -> None:
    """Draw a function, its values at n + 1 points, and the network that fits them all."""
    tk.style_curve(axes, "x", "f(x)")
    knots, fine = np.linspace(0, 1, n + 1), np.linspace(0, 1, 801)
    (truth,) = axes.plot(fine, function(fine), color=tk.THREE)
    network = hat_network(knots, function(knots))
    (fit,) = axes.plot(fine, forward(network, fine[:, None]).output[:, 0], color=tk.ONE)
    tk.dots(axes, knots, function(knots), color=tk.ONE, size=9, zorder=4)
    tk.label(axes, 0.9, 1.25, "target", color=truth.get_color(), ha="right")
    tk.label(axes, 0.02, 1.25, "fits every sample", color=fit.get_color(), ha="left")
    axes.set(xlim=(-0.02, 1.02), ylim=(-1.2, 1.45), yticks=[-1, 0, 1])
