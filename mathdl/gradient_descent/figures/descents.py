"""Descents as pictures: landscapes, paths on them, losses by step, what a step can promise."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

import explorable.drawing.toolkit as tk
from mathdl.gradient_descent import Surface, descent_bound

__all__ = [
    "draw_along_step",
    "draw_contraction",
    "draw_landscape",
    "draw_losses",
    "draw_paths",
    "mark_stationary",
]

Numbers = NDArray[np.float64]


def draw_landscape(
    axes: Axes,
    surface: Surface,
    *,
    bounds: ArrayLike | None = None,
    power: float = 2.0,
    n_levels: int = 9,
) -> None:
    """Draw a surface over the plane as nested bands, its minima as crosses.

    Heights of the level lines grow like a power of their number. Without bounds (2, 2), the
    surface's own are drawn.
    """
    limits = np.asarray(surface.bounds if bounds is None else bounds, dtype=float)
    tk.style_plane(axes, "θ₁", "θ₂", bounds=limits)
    x, y = (np.linspace(low, high, 61) for low, high in limits)
    heights = surface.value(np.stack(np.meshgrid(x, y), axis=-1))
    low, high = float(heights.min()), float(heights.max())
    share = np.linspace(0, 1, n_levels + 2)[1:-1] ** power
    tk.contour_bands(axes, x, y, heights, low + (high - low) * share)
    inside = ((surface.minima >= limits[:, 0]) & (surface.minima <= limits[:, 1])).all(axis=1)
    tk.mark_minima(axes, surface.minima[inside])


def drawn_part(axes: Axes, path: Numbers) -> Numbers:
    """Return a path (n_points, 2), NaN from its first point on that is far out of the picture."""
    low, high = np.transpose([axes.get_xlim(), axes.get_ylim()])
    room = high - low
    with np.errstate(invalid="ignore"):
        outside = ~((path >= low - room) & (path <= high + room)).all(axis=1)
    return np.where(outside.cumsum()[:, None] > 0, np.nan, path)


def seen_part(values: Numbers, least: float, most: float) -> Numbers:
    """Return values with NaN from the first on that does not lie between the two."""
    hidden = ~np.isfinite(values) | (values <= least) | (values >= most)
    return np.where(hidden.cumsum() > 0, np.nan, values)


def draw_paths(axes: Axes, descents: Mapping[str, ArrayLike]) -> list[Line2D]:
    """Draw descents (n_points, 2) on a landscape, each in its colour, from an open ring."""
    lines = []
    for path, color in zip(descents.values(), tk.CYCLE, strict=False):
        points = drawn_part(axes, np.asarray(path, dtype=float))
        lines += axes.plot(
            *points.T, color=color, marker="o", markersize=3.5, linewidth=1.8, zorder=3
        )
        tk.mark_start(axes, *points[0]).set_zorder(4)
    return lines


def draw_losses(
    axes: Axes,
    curves: Mapping[str, ArrayLike],
    *,
    least: float,
    most: float,
    name: str = "loss",
    places: Sequence[tuple[float, float]] = (),
) -> list[Line2D]:
    """Draw losses by step on a logarithmic axis, each with its name in its colour.

    Names stand at the given places, or else at the ends of the curves (n_steps + 1,).
    """
    tk.style_curve(axes, "step", name, log="y")
    longest = max(np.size(values) for values in curves.values()) - 1
    axes.set(xlim=(0, longest), ylim=(least, most))
    lines = []
    for k, ((words, values), color) in enumerate(zip(curves.items(), tk.CYCLE, strict=False)):
        heights = np.asarray(values, dtype=float)
        seen = np.isfinite(heights) & (heights > least / 1e3) & (heights < most * 1e3)
        steps_seen = np.arange(len(heights))
        lines.append(axes.plot(steps_seen[seen], heights[seen], color=color)[0])
        x, y = places[k] if places else (longest, heights[seen][-1])
        tk.label(axes, x, y, words, color=color, ha="right" if not places else "center")
    return lines


def draw_along_step(
    axes: Axes, surface: Surface, point: ArrayLike, curvature: float, furthest: float
) -> tuple[Line2D, Line2D, Line2D]:
    """Draw the loss against the rate of one step, what the slope promises, the lemma's bound."""
    start = np.asarray(point, dtype=float)
    slope, height = surface.gradient(start), float(surface.value(start))
    rates = np.linspace(0, furthest, 121)
    true = surface.value(start - rates[:, None] * slope)
    promised = height - rates * float(slope @ slope)
    bound = descent_bound(height, slope, np.maximum(rates, 1e-12)[:, None], curvature)
    bound = np.append(height, bound.ravel()[1:])
    tk.style_curve(axes, "learning rate η", "loss after the step")
    low = float(true.min()) - 0.35 * (height - float(true.min()))
    top = height + 0.5 * (height - float(true.min()))
    axes.set(xlim=(0, furthest), ylim=(low, top))
    axes.axhline(height, color=tk.MUTED, linewidth=0.8)
    tangent = axes.plot(rates, promised, color=tk.TWO)[0]
    limit = axes.plot(rates, bound, color=tk.THREE, linestyle=(0, (4, 3)))[0]
    line = axes.plot(rates, true, color=tk.ONE, linewidth=2.5)[0]
    for place, name in [(1 / curvature, "1/L"), (2 / curvature, "2/L")]:
        axes.plot([place, place], [low, low + 0.06 * (top - low)], color=tk.THREE)
        tk.label(axes, place, low + 0.06 * (top - low), name, color=tk.THREE, dy=9)
    tk.label(axes, furthest, float(true[-1]), "the loss", color=tk.ONE, ha="right", dy=16)
    tk.label(axes, 0.02 * furthest, low, "slope alone", color=tk.TWO, ha="left", dy=12)
    tk.label(axes, 1.9 / curvature, height, "descent lemma", color=tk.THREE, ha="right", dy=14)
    return line, tangent, limit


def draw_contraction(axes: Axes, smallest: float, largest: float) -> Line2D:
    """Draw by how much a step shrinks the gentlest and the steepest mode, against the rate."""
    rates = np.linspace(0, 2.3 / largest, 200)
    gentle, steep = abs(1 - rates * smallest), abs(1 - rates * largest)
    best = 2 / (smallest + largest)
    tk.style_curve(axes, "learning rate η", "factor per step")
    axes.set(xlim=(0, rates[-1]), ylim=(0, 1.35), yticks=[0, 0.5, 1])
    axes.axhline(1, color=tk.THREE, linewidth=1.2, linestyle=(0, (4, 3)))
    axes.plot(rates, np.maximum(gentle, steep), color=tk.INK, linewidth=7, alpha=0.16)
    line = axes.plot(rates, gentle, color=tk.ONE)[0]
    axes.plot(rates, steep, color=tk.TWO)
    axes.plot([best], [1 - best * smallest], "o", color=tk.INK, markersize=9)
    axes.set_xticks([0, 1 / largest, best, 2 / largest], ["0", "1/L", "2/(μ+L)", "2/L"])
    axes.get_xticklabels()[2].set_horizontalalignment("right")
    axes.get_xticklabels()[3].set_horizontalalignment("left")
    height = 1 - 2.1 * smallest / largest
    tk.label(axes, 2.3 / largest, height, "gentlest mode", color=tk.ONE, dy=-16, ha="right")
    tk.label(axes, 0.4 / largest, 0.6, "steepest mode", color=tk.TWO, dx=8)
    return line


def mark_stationary(axes: Axes, x: float, y: float, words: str) -> None:
    """Mark where a descent has come to rest, by a dot and a word."""
    axes.plot([x], [y], "o", color=tk.INK, markersize=8, markeredgecolor=tk.BACKGROUND,
              markeredgewidth=1.5, zorder=5)  # fmt: skip
    tk.label(axes, x, y, words, color=tk.INK, dy=13)
