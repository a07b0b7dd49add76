"""The backward pass through one layer: shapes, gates, and the gradients of its weights."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from explorable.checks import Array
from explorable.drawing.toolkit import (
    GRID,
    INK,
    MUTED,
    ONE,
    SHORT_DASH,
    TWO,
    label,
    signed_image,
    style_bare,
    style_curve,
)
from mathdl.backward.figures.paths import number


def draw_shapes(axes: Sequence[Axes], *, n_samples: int, n_in: int, n_out: int) -> None:
    """Draw the three products of an affine map's backward rule as rectangles.

    Parameters
    ----------
    axes : three Axes
    n_samples, n_in, n_out : int
        The lengths that the sides are drawn to.
    """
    z, z_transposed = ("z̄", n_samples, n_out, TWO), ("z̄ᵀ", n_out, n_samples, TWO)
    x, weights = ("x", n_samples, n_in, MUTED), ("W", n_out, n_in, MUTED)
    equations: list[list[str | tuple[str, int, int, str]]] = [
        [z_transposed, "·", x, "=", ("W̄", n_out, n_in, ONE)],
        [z, "·", weights, "=", ("x̄", n_samples, n_in, ONE)],
        ["Σ\nrows", z, "=", ("b̄", 1, n_out, ONE)],
    ]
    ends = []
    for panel, parts in zip(axes, equations, strict=True):
        style_bare(panel)
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
            label(axes, left + room / 2 - 3, 0, part, size=13)
            left += room
            continue
        name, rows, columns, ink = part
        width, height = SIDE * columns, SIDE * rows
        box = (left, -height / 2)
        axes.add_patch(
            Rectangle(box, width, height, facecolor=(ink, 0.16), edgecolor=ink, linewidth=1.5)
        )
        middle = left + width / 2
        label(axes, middle, height / 2, name, dy=12, size=13, color=ink)
        shape = f"{rows}×{columns}"
        label(axes, middle, -height / 2, shape, dy=-11, size=11, weight="normal", color=MUTED)
        left += width + 8
    return left


def draw_gates(axes: Axes, preactivations: npt.ArrayLike) -> list[Text]:
    """Write preactivations as a table, samples in rows; closed gates are thin and grey.

    Parameters
    ----------
    preactivations : array_like, shape (n_samples, n_out)

    Returns
    -------
    list of Text
        The numbers, row by row.
    """
    z = np.asarray(preactivations, dtype=float)
    style_bare(axes)
    written = _table(axes, z, ink=lambda value: INK if value > 0 else MUTED)
    for (s, i), value in np.ndenumerate(z):
        if value <= 0:
            axes.add_patch(
                Rectangle((i - 0.5, s - 0.5), 1, 1, facecolor=(INK, 0.08), edgecolor="none")
            )
    for i in range(z.shape[1]):
        axes.text(i, -0.85, f"{i + 1}", ha="center", va="center", fontsize=11, color=MUTED)
    for s in range(z.shape[0]):
        axes.text(-0.65, s, f"sample {s + 1}", ha="right", va="center", fontsize=11, color=MUTED)
    axes.text(-0.65, -0.85, "neuron", ha="right", va="center", fontsize=11, color=MUTED)
    axes.set(xlim=(-2.3, z.shape[1] - 0.45), ylim=(z.shape[0] - 0.4, -1.3))
    return written


def draw_weight_gradient(axes: Axes, gradient: npt.ArrayLike) -> list[Text]:
    """Write a gradient of weights as a table, transposed so that a neuron is a column.

    Parameters
    ----------
    gradient : array_like, shape (n_out, n_in)

    Returns
    -------
    list of Text
        The numbers, input by input.
    """
    g = np.asarray(gradient, dtype=float).T
    style_bare(axes)
    box = (-0.5, g.shape[1] - 0.5, g.shape[0] - 0.5, -0.5)
    signed_image(axes, g, extent=box, origin="upper", opacity=0.3, smooth=False)
    style_bare(axes)
    written = _table(axes, g, ink=lambda value: INK if value else MUTED)
    for j in range(g.shape[0]):
        word = f"input {j + 1}"
        axes.text(-0.65, j, word, ha="right", va="center", fontsize=11, color=MUTED)
    axes.set(xlim=(-2.3, g.shape[1] - 0.45), ylim=(g.shape[0] - 0.4, -0.6))
    return written


def _table(axes: Axes, values: Array, ink: Callable[[float], str]) -> list[Text]:
    return [
        axes.text(
            column,
            row,
            number(float(value), 4),
            ha="center",
            va="center",
            fontsize=11.5,
            color=ink(float(value)),
        )
        for (row, column), value in np.ndenumerate(values)
    ]


def draw_weight_rows(axes: Axes, gradient: npt.ArrayLike, *, unit: int) -> Rectangle:
    """Draw the gradient of a last layer as a picture, one row an answer; one column is marked.

    Parameters
    ----------
    gradient : array_like, shape (n_out, n_in)
    unit : int
        The column to mark.

    Returns
    -------
    Rectangle
        The mark.
    """
    g = np.asarray(gradient, dtype=float)
    n_out, n_in = g.shape
    style_bare(axes)
    box = (-0.5, n_in - 0.5, n_out - 0.5, -0.5)
    signed_image(axes, g, extent=box, origin="upper", smooth=False)
    style_bare(axes)
    axes.add_patch(
        Rectangle((-0.5, -0.5), n_in, n_out, facecolor="none", edgecolor=GRID, linewidth=1)
    )
    mark = Rectangle((unit - 0.5, -0.5), 1, n_out, facecolor="none", edgecolor=INK, linewidth=1)
    axes.add_patch(mark)
    for answer in range(n_out):
        axes.text(-1.5, answer, f"{answer}", ha="right", va="center", fontsize=11.5, color=MUTED)
    word = f"unit {unit}"
    axes.text(unit, n_out - 0.3, word, ha="center", va="top", fontsize=11.5, color=MUTED)
    axes.set(xlim=(-5, n_in), ylim=(n_out + 0.7, -0.6))
    return mark


def draw_fit(
    axes: Axes, x: npt.ArrayLike, wanted: npt.ArrayLike, answers: npt.ArrayLike, when: str
) -> None:
    """Draw what a network of one input answers, with what is wanted as a dashed line.

    Parameters
    ----------
    x, wanted, answers : array_like, shape (n_samples, 1)
    when : str
        Said above the picture.
    """
    axes.plot(np.ravel(x), np.ravel(wanted), color=MUTED, linestyle=SHORT_DASH, linewidth=2)
    axes.plot(np.ravel(x), np.ravel(answers), color=ONE, linewidth=2.5)
    style_curve(axes, x="x", y="")
    axes.set(ylim=(-2.2, 2.2))
    axes.set_title(when, fontsize=12, color=MUTED)
