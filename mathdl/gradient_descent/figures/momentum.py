"""Momentum as pictures: moduli of the two roots, and the plane of all its settings."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

import explorable.drawing.toolkit as tk
from explorable.checks import Array
from mathdl.gradient_descent import (
    Surface,
    descend,
    heavy_ball_radius,
    largest_stable_rate,
    momentum,
    quadratic,
    tuned_heavy_ball,
)
from mathdl.gradient_descent.figures.descents import draw_landscape, drawn_part, seen_part

__all__ = ["draw_momentum_plane", "draw_roots"]

Numbers = NDArray[np.float64]

CONDITION_NUMBER = 25.0
"""κ of the ravine on which momentum is tried; its largest curvature is 1."""

VALLEY = np.array([[-4.5, 4.5], [-3.0, 3.0]])
"""The part of it that is drawn."""

START = (4.0, 1.3)
STEPS = 60
LONG = 400
"""Over how many steps the factor is measured: over 60, a slow swing still looks like growth."""

SWING = 50
"""Among how many steps the largest error counts: more than half a slow swing takes."""

LEAST = 1e-6
"""The smallest error that is drawn, where the start has 1."""

BANDS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Radii at which the shade of the map changes."""


def draw_momentum_bowl() -> Surface:
    """Return the bowl with curvatures 1/κ and 1."""
    return quadratic(np.diag([1 / CONDITION_NUMBER, 1.0]))


def bowl_rate(learning_rate: float, decay: float) -> Any:
    """Return the factor per step that is measured over the last half of `LONG` steps.

    It leads from the largest error of `SWING` steps to that of the last ones.
    """
    path = descend(draw_momentum_bowl().gradient, START, momentum(learning_rate, decay), LONG)
    away, first, last = np.hypot(path[:, 0], path[:, 1]), (LONG - SWING) // 2, LONG - SWING
    swings = away[last:LONG].max() / away[first : first + SWING].max()
    return swings ** (1 / (last - first))


def bowl_radius(learning_rate: Any, decay: Any) -> Any:
    """Return the larger of the radii along the two modes of the bowl."""
    return np.maximum(
        heavy_ball_radius(learning_rate, decay, 1 / CONDITION_NUMBER),
        heavy_ball_radius(learning_rate, decay, 1.0),
    )


def draw_roots(axes: Axes, decay: float, angle: float) -> tuple[Line2D, Line2D]:
    """Draw the ways of the heavy ball's roots in the complex plane, as ηλ grows from 0.

    They end where the ball diverges. The complex pair at the angle ω, in radians, is marked.
    """
    size, turn = decay**0.5, np.linspace(0, 2 * np.pi, 121)
    meeting = [(1 - size) ** 2, (1 + size) ** 2]
    scaled = np.sort(np.append(np.linspace(0, 2 * (1 + decay) + 0.25, 801), meeting))
    first, second = roots(scaled, decay)
    tk.style_plane(axes, "real", "imaginary", bounds=[[-1.4, 1.4], [-1.2, 1.2]])
    axes.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    axes.plot(np.cos(turn), np.sin(turn), color=tk.THREE, linewidth=1.2, linestyle=(0, (4, 3)))
    axes.axhline(0, color=tk.INK, linewidth=0.8, alpha=0.4)
    lines = [
        axes.plot(way.real, way.imag, color=tk.ONE, linewidth=2.5)[0] for way in (first, second)
    ]
    x, y = size * np.cos(angle), size * np.sin(angle)
    axes.plot([0, x], [0, y], color=tk.TWO, linewidth=1.5)
    axes.plot([x, x], [y, -y], "o", color=tk.TWO, markersize=7, zorder=4)
    arc = np.linspace(0, angle, 31)
    axes.plot(0.22 * np.cos(arc), 0.22 * np.sin(arc), color=tk.TWO, linewidth=1.2)
    middle = angle / 2
    tk.label(
        axes, 0.33 * np.cos(middle), 0.33 * np.sin(middle), "ω", color=tk.TWO, weight="normal"
    )
    tk.label(axes, x / 2, y / 2, "√β", color=tk.TWO, dx=-14, dy=4)
    tk.label(axes, x, y, "r", color=tk.TWO, dx=10, dy=8)
    tk.label(axes, 0.72, 0.86, "1", color=tk.THREE, dx=6)
    return lines[0], lines[1]


def roots(scaled: Numbers, decay: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the two roots of r² − (1 + β − ηλ) r + β, by ηλ."""
    total = 1 + decay - scaled
    root = np.sqrt(total**2 - 4 * decay + 0j)
    return (total + root) / 2, (total - root) / 2


class MomentumPlane(tk.MovingParts):
    """A descent with one pair (η, β), and its error by step."""

    def move(self, learning_rate: float, decay: float) -> Array:
        """Show other settings; return the errors (STEPS + 1, 2)."""
        path = descend(draw_momentum_bowl().gradient, START, momentum(learning_rate, decay), STEPS)
        self.path.set_data(*drawn_part(self.path.axes, path).T)  # type: ignore[arg-type]
        with np.errstate(all="ignore"):
            distance = np.linalg.norm(path, axis=1) / np.linalg.norm(START)
        steps = np.arange(STEPS + 1)
        self.error.set_data(steps, seen_part(distance, LEAST / 1e3, 1e4))
        radius = bowl_radius(learning_rate, decay)
        self.predicted.set_data(steps, seen_part(radius ** (1.0 * steps), LEAST / 1e3, 1e4))
        return path


RATES = np.linspace(0, 4, 121)
DECAYS = np.linspace(0, 0.99, 67)


def radii() -> Numbers:
    """Return the radius over the map, shape (decays, rates)."""
    rates, decays = np.meshgrid(np.maximum(RATES, 1e-9), DECAYS)
    return np.asarray(bowl_radius(rates, decays))


def shaded_radii() -> Numbers:
    """Return the map as a picture: the darker, the faster; nothing where a descent diverges."""
    # An edge as wide as a cell of the grid: a harder one would look like a staircase.
    edges = [np.clip((level - radii()) / 0.012 + 0.5, 0, 1) for level in BANDS]
    return tk.opacity_rgba(0.08 * np.sum(edges, axis=0))


def tuned() -> tuple[float, float]:
    """Return the pair (η, β) with the smallest radius."""
    rate, decay = tuned_heavy_ball(1 / CONDITION_NUMBER, 1.0)
    return float(rate), float(decay)


def draw_momentum_plane(axes: Sequence[Axes], learning_rate: float, decay: float) -> MomentumPlane:
    """Draw the map of radii, a descent and its error."""
    chart, valley, errors = axes
    tk.style_plane(chart, "η", "β", bounds=[[0, 4], [0, 1]], equal=False)
    chart.imshow(
        shaded_radii(), extent=(0, 4, 0, 0.99), origin="lower", aspect="auto", zorder=0.4
    ).set_gid("smooth")
    chart.set(xlim=(0, 4), ylim=(0, 1), xticks=[0, 1, 2, 3, 4], yticks=[0, 0.5, 1])
    tk.label(chart, 3.95, 0.12, "diverges", color=tk.THREE, ha="right")
    draw_landscape(valley, draw_momentum_bowl(), bounds=VALLEY, power=1.5)
    tk.style_curve(errors, "step", "error, start = 1", log="y")
    errors.set(xlim=(0, STEPS), ylim=(LEAST, 30))
    errors.set_yticks([1e-6, 1e-4, 1e-2, 1])
    tk.label(errors, STEPS, 12, "measured", color=tk.ONE, ha="right")
    tk.label(errors, STEPS, 2.5, "predicted", color=tk.THREE, ha="right")
    border = np.asarray(largest_stable_rate(1.0, decay=DECAYS))
    chart.plot(border, DECAYS, color=tk.THREE, linewidth=1.8)
    chart.plot(*tuned(), "+", markersize=10, markeredgewidth=2, color=tk.INK)
    tk.label(chart, *tuned(), "tuned", color=tk.INK, dy=26)
    picture = MomentumPlane(
        path=valley.plot([], [], color=tk.ONE, marker="o", ms=3, lw=1.5, zorder=3)[0],
        predicted=errors.plot([], [], color=tk.THREE, linewidth=1.5, linestyle=(0, (4, 3)))[0],
        error=errors.plot([], [], color=tk.ONE)[0],
    )
    picture.move(learning_rate, decay)
    return picture
