"""Piecewise linear functions: hats that add up, tents that fold, and what goes wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from explorable.drawing.toolkit import (
    FOUR,
    INK,
    MUTED,
    ONE,
    SHORT_DASH,
    THREE,
    TWO,
    MovingParts,
    dots,
    label,
    label_line,
    style_curve,
)
from mathdl.background import hat_network, linear_pieces, tent_network
from mathdl.background.piecewise import RealFunction
from mathdl.forward import forward


def draw_hats(axes: Axes, function: RealFunction, n: int) -> None:
    """Draw a function, its n-piece interpolant, and the hats that add up to it.

    Parameters
    ----------
    function : callable
        On [0, 1].
    n : int
        Number of pieces.
    """
    style_curve(axes, "x", "f(x)")
    knots, fine = np.linspace(0, 1, n + 1), np.linspace(0, 1, 401)
    values = function(knots)
    for number, value in enumerate(values):
        peak = np.where(np.arange(n + 1) == number, value, 0.0)
        axes.plot(knots, peak, color=MUTED, linewidth=1, alpha=0.6)
    (truth,) = axes.plot(fine, function(fine), color=THREE, linewidth=2.5)
    network = hat_network(knots, values)
    (fit,) = axes.plot(fine, forward(network, fine[:, None]).output[:, 0], color=ONE)
    dots(axes, knots, values, color=ONE, zorder=4)
    label_line(truth, "f", at=70, dx=-8, dy=6)
    label_line(fit, "network", at=150, dx=10, dy=4)
    axes.margins(x=0.02)


@dataclass(eq=False)
class Interpolation(MovingParts):
    """A function with a network that draws it, and largest errors over the number of units."""

    target: Line2D
    network: Line2D
    knots: PathCollection
    built: Line2D
    bound: Line2D
    here: Line2D


def draw_interpolation(left: Axes, right: Axes, sizes: Sequence[int]) -> Interpolation:
    """Draw the panels for a function and for errors over numbers of units, without data."""
    style_curve(left, "x", "f(x)")
    left.set(xlim=(-0.02, 1.02), ylim=(-1.5, 1.75), xticks=[0, 0.5, 1], yticks=[-1, 0, 1])
    (target,) = left.plot([], [], color=THREE, linewidth=4, alpha=0.7)
    (network,) = left.plot([], [], color=ONE)
    knots = dots(left, [], [], color=ONE, size=5, zorder=4)
    for place, name, color in ((0.3, "target", THREE), (0.98, "network", ONE)):
        label(left, place, 1.6, name, color=color, ha="right")
    style_curve(right, "hidden units", "largest error", log="xy")
    right.set(xlim=(1.7, 76), ylim=(6e-4, 30))
    right.set_xticks(sizes, [str(size) for size in sizes])
    (bound,) = right.plot([], [], color=THREE, linestyle=SHORT_DASH)
    (built,) = right.plot([], [], color=ONE, marker="o", markersize=5)
    (here,) = right.plot(
        [], [], marker="o", markersize=13, markerfacecolor="none", markeredgewidth=2, color=INK
    )
    for height, name, color in ((18, "bound", THREE), (9, "network", ONE)):
        label(right, 70, height, name, color=color, ha="right")
    return Interpolation(target, network, knots, built, bound, here)


def draw_errors(
    axes: Axes, sizes: Sequence[int], errors: Sequence[float], bounds: Sequence[float]
) -> None:
    """Draw measured errors against the number of units, below the bound from theory."""
    style_curve(axes, "hidden units", "largest error", log="xy")
    (bound,) = axes.plot(sizes, bounds, color=THREE, linestyle=SHORT_DASH)
    axes.plot(sizes, errors, color=ONE, marker="o", linestyle="none")
    label_line(bound, "δ² max|f″| / 8", at=-2, dx=8, dy=8)
    label(axes, sizes[-2], errors[-2], "measured", color=ONE, dx=-8, dy=-28)
    for size, error in zip(sizes, errors, strict=True):
        label(axes, size, error, f"{error:.4f}", color=ONE, dx=-8, dy=-12, weight="normal")
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.set_ylim(bottom=min(errors) / 2)
    axes.set_xlim(sizes[0] / 2, 1.1 * sizes[-1])


def draw_tents(axes: Sequence[Axes], depths: Sequence[int]) -> None:
    """Draw the tent map composed with itself, one depth per panel."""
    for panel, depth in zip(axes, depths, strict=True):
        style_curve(panel, "x", f"T{'₀₁₂₃₄₅₆₇₈₉'[depth]}(x)")
        network = tent_network(depth)
        ends = linear_pieces(network)
        panel.plot(ends, forward(network, ends[:, None]).output[:, 0], color=ONE)
        panel.set(xlim=(0, 1), ylim=(0, 1.08), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        panel.set_xticklabels(["0", "½", "1"])
        panel.set_yticklabels(["0", "½", "1"])


def draw_units(axes: Axes, deep: ArrayLike, shallow: ArrayLike, pieces: ArrayLike) -> None:
    """Draw the number of hidden units, deep and shallow, that a number of pieces takes."""
    style_curve(axes, "linear pieces", "hidden units", log="y")
    x = np.asarray(pieces, dtype=float)
    axes.set_xscale("log", base=2)
    axes.set_xticks(x[1::2], [f"{piece:,.0f}" for piece in x[1::2]])
    axes.minorticks_off()
    (one_layer,) = axes.plot(x, np.asarray(shallow), color=TWO, marker="o", markersize=5)
    (layers,) = axes.plot(x, np.asarray(deep), color=ONE, marker="o", markersize=5)
    label_line(one_layer, "one hidden layer, at least", at=-3, dx=-8, dy=6)
    label_line(layers, "layers of two", at=-4, dx=0, dy=-20, ha="center")
    axes.margins(x=0.04)


def draw_slowness(
    axes: Axes, steps: Sequence[int], errors: Mapping[float, Sequence[float]], possible: float
) -> None:
    """Draw errors over steps of training, a line for each learning rate, on logarithmic axes.

    Parameters
    ----------
    steps : sequence of int
    errors : dict of float to sequence of float
        By rate.
    possible : float
        The error that the best weights would have.
    """
    style_curve(axes, "steps", "error (root mean square)", log="xy")
    colors = (THREE, ONE, TWO, FOUR, MUTED, INK)
    for color, (rate, fallen) in zip(colors, errors.items(), strict=True):
        (line,) = axes.plot(steps, fallen, color=color, marker="o", markersize=4)
        label_line(line, f"{rate:g}", at=-1, dx=6, dy=-4, ha="left")
    axes.axhline(possible, color=INK, linestyle=SHORT_DASH, linewidth=1.5)
    label(axes, steps[0], possible, "possible", color=INK, ha="left", dx=4, dy=6)
    axes.set(xlim=(steps[0] * 0.8, steps[-1] * 2.4), ylim=(0.02, 1))


def draw_alias(axes: Axes, function: RealFunction, n: int) -> None:
    """Draw a function, its values at n + 1 points, and the network that fits them all."""
    style_curve(axes, "x", "f(x)")
    knots, fine = np.linspace(0, 1, n + 1), np.linspace(0, 1, 801)
    (truth,) = axes.plot(fine, function(fine), color=THREE)
    network = hat_network(knots, function(knots))
    (fit,) = axes.plot(fine, forward(network, fine[:, None]).output[:, 0], color=ONE)
    dots(axes, knots, function(knots), color=ONE, size=9, zorder=4)
    label(axes, 0.9, 1.25, "target", color=truth.get_color(), ha="right")
    label(axes, 0.02, 1.25, "fits every sample", color=fit.get_color(), ha="left")
    axes.set(xlim=(-0.02, 1.02), ylim=(-1.2, 1.45), yticks=[-1, 0, 1])
