"""The backward pass through one layer: shapes, gates, and the gradients of its weights."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

import explorable.drawing.toolkit as tk

__all__ = ["draw_fit", "draw_shapes", "draw_weight_rows"]


def draw_shapes(axes: Sequence[Axes], *, n_samples: int, n_in: int, n_out: int) -> None:
    """Draw the three products of an affine map's backward rule as rectangles, sides to scale."""
    z, z_transposed = ("z̄", n_samples, n_out, tk.TWO), ("z̄ᵀ", n_out, n_samples, tk.TWO)
    x, weights = ("x", n_samples, n_in, tk.MUTED), ("W", n_out, n_in, tk.MUTED)
    equations: list[list[str | tuple[str, int, int, str]]] = [
        [z_transposed, "·", x, "=", ("W̄", n_out, n_in, tk.ONE)],
        [z, "·", weights, "=", ("x̄", n_samples, n_in, tk.ONE)],
        ["Σ\nrows", z, "=", ("b̄", 1, n_out, tk.ONE)],
    ]
    ends = []
    for panel, parts in zip(axes, equations, strict=True):
        tk.style_bare(panel)
        ends.append(_equation(panel, 0.0, parts))
    height = SIDE * max(n_out, n_samples)
    for panel in axes:  # one scale for all, so that lengths can be compared
        panel.set(xlim=(-12, max(ends) + 4), ylim=(-height / 2 - 26, height / 2 + 28))
        panel.set_aspect("equal")


SIDE = 7.0
"""Pixels that stand for a length of one."""


def _equation(axes: Axes, left: float, parts: Sequence[str | tuple[str, int, int, str]]) -> float:
    """Write signs and rectangles (name, rows, columns, ink) in a line; return where it ends."""
    for part in parts:
        if isinstance(part, str):
            room = 20 if len(part) == 1 else 52
            tk.label(axes, left + room / 2 - 3, 0, part, size=13)
            left += room
            continue
        name, rows, columns, ink = part
        width, height = SIDE * columns, SIDE * rows
        box = (left, -height / 2)
        axes.add_patch(
            Rectangle(box, width, height, facecolor=(ink, 0.16), edgecolor=ink, linewidth=1.5)
        )
        middle = left + width / 2
        tk.label(axes, middle, height / 2, name, dy=12, size=13, color=ink)
        shape = f"{rows}×{columns}"
        tk.label(
            axes, middle, -height / 2, shape, dy=-11, size=11, weight="normal", color=tk.MUTED
        )
        left += width + 8
    return left


def draw_weight_rows(axes: Axes, gradient: npt.ArrayLike, *, unit: int) -> Rectangle:
    """Draw the gradient of a last layer as a picture, one row an answer; one column is marked."""
    g = np.asarray(gradient, dtype=float)
    n_out, n_in = g.shape
    tk.style_bare(axes)
    box = (-0.5, n_in - 0.5, n_out - 0.5, -0.5)
    tk.signed_image(axes, g, extent=box, origin="upper", smooth=False)
    tk.style_bare(axes)
    axes.add_patch(
        Rectangle((-0.5, -0.5), n_in, n_out, facecolor="none", edgecolor=tk.GRID, linewidth=1)
    )
    mark = Rectangle((unit - 0.5, -0.5), 1, n_out, facecolor="none", edgecolor=tk.INK, linewidth=1)
    axes.add_patch(mark)
    for answer in range(n_out):
        axes.text(
            -1.5, answer, f"{answer}", ha="right", va="center", fontsize=11.5, color=tk.MUTED
        )
    word = f"unit {unit}"
    axes.text(unit, n_out - 0.3, word, ha="center", va="top", fontsize=11.5, color=tk.MUTED)
    axes.set(xlim=(-5, n_in), ylim=(n_out + 0.7, -0.6))
    return mark


def draw_fit(
    axes: Axes, x: npt.ArrayLike, wanted: npt.ArrayLike, answers: npt.ArrayLike, when: str
) -> None:
    """Draw what a network of one input answers, with what is wanted as a dashed line."""
    axes.plot(np.ravel(x), np.ravel(wanted), color=tk.MUTED, linestyle=tk.SHORT_DASH, linewidth=2)
    axes.plot(np.ravel(x), np.ravel(answers), color=tk.ONE, linewidth=2.5)
    tk.style_curve(axes, x="x", y="")
    axes.set(ylim=(-2.2, 2.2))
    axes.set_title(when, fontsize=12, color=tk.MUTED)
