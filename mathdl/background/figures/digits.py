"""Digits, and what a rule and a network see in them."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

import explorable.drawing.toolkit as tk
from mathdl.background import enclosed_paper

__all__ = ["draw_digits", "draw_network", "draw_rule", "draw_weights"]


def draw_digits(
    axes: Axes,
    images: ArrayLike,
    *,
    columns: int,
    title: str = "",
    captions: Sequence[str] = (),
    enclosed: ArrayLike | None = None,
) -> None:
    """Draw digits in rows, with words below and enclosed paper in colour.

    Images are (n, 64), ink from 0 to 1; enclosed paper is told pixel by pixel, (n, 8, 8).
    """
    pictures = np.asarray(images, dtype=float)
    frames = _frames(axes, len(pictures), columns, title, captions)
    for number, (picture, frame) in enumerate(zip(pictures, frames, strict=True)):
        tk.digit_image(axes, picture, extent=frame)
        if enclosed is not None:
            pond = np.asarray(enclosed)[number]
            axes.imshow(_pond(pond), extent=frame, zorder=0.5, aspect="equal")


def draw_rule(axes: Axes, images: ArrayLike, *, title: str = "") -> None:
    """Draw digits, four in a row, with the paper that the water rule finds enclosed."""
    enclosed = enclosed_paper(images)
    captions = ["hole" if mask.any() else "no hole" for mask in enclosed]
    draw_digits(axes, images, columns=4, title=title, captions=captions, enclosed=enclosed)


def _pond(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.abs(tk.signed_rgba(np.where(mask, 1.0, 0.0), 1.0))


def _frames(
    axes: Axes, n: int, columns: int, title: str, captions: Sequence[str]
) -> list[tuple[float, float, float, float]]:
    """Prepare n fields of 8×8 in rows, with words below; return the extent of each."""
    rows, step = -(-n // columns), 9.6 + (2.2 if captions else 0)
    tk.style_bare(axes)
    axes.set_aspect("equal")
    axes.set(xlim=(-0.3, columns * 9.6 - 1.3), ylim=(-step * (rows - 1) - 8.3, 0.3))
    axes.set_title(title, fontsize=12.5, fontstyle="italic", fontweight="normal", loc="left")
    frames = []
    for number in range(n):
        row, column = divmod(number, columns)
        left, top = 9.6 * column, -step * row
        axes.fill(
            [left, left + 8, left + 8, left],
            [top, top, top - 8, top - 8],
            color=tk.PANEL,
            zorder=0.2,
        )
        if captions:
            tk.label(axes, left + 4, top - 8, captions[number], dy=-9, size=11, weight="normal")
        frames.append((left, left + 8, top - 8, top))
    return frames


def draw_weights(
    axes: Axes,
    weights: ArrayLike,
    *,
    columns: int,
    title: str = "",
    captions: Sequence[str] = (),
    scale: float | None = None,
) -> None:
    """Draw each row of weights as a picture: where a unit likes ink and where it dislikes it.

    A weight of the size of the scale has full colour; without a scale, the largest of each row.
    """
    pictures = np.asarray(weights, dtype=float).reshape(-1, 8, 8)
    frames = _frames(axes, len(pictures), columns, title, captions)
    for picture, frame in zip(pictures, frames, strict=True):
        picture = tk.signed_rgba(picture, scale)
        axes.imshow(picture, extent=frame, aspect="equal", zorder=1.5)


def draw_network(axes: Axes) -> None:
    """Draw a network of 64 pixels, 32 hidden units and one score; most of both are left out."""
    tk.style_bare(axes)
    pixels, units = np.linspace(0.1, 0.9, 9), np.linspace(0.2, 0.8, 6)
    seen, open_too = np.delete(pixels, 4), np.delete(units, 3)
    for unit in open_too:
        for pixel in seen:
            axes.plot([0, 1], [pixel, unit], color=tk.INK, linewidth=0.7, alpha=0.3)
        axes.plot([1, 2], [unit, 0.5], color=tk.INK, linewidth=0.7, alpha=0.5)
    tk.dots(axes, np.zeros(len(seen)), seen, color=tk.MUTED, size=7, zorder=3)
    tk.dots(axes, np.ones(len(open_too)), open_too, color=tk.ONE, size=11, zorder=3)
    tk.dots(axes, [2], [0.5], color=tk.INK, size=11, zorder=3)
    for x, y in ((0, pixels[4]), (1, units[3])):
        tk.label(axes, x, y, "⋮", color=tk.MUTED)
    tk.label(axes, 0, 0.02, "64 pixels x", color=tk.MUTED, weight="normal")
    tk.label(axes, 1, 0.02, "32 units h", color=tk.ONE)
    tk.label(axes, 2, 0.02, "score s", weight="normal")
    tk.label(axes, 0.5, 0.98, "W, c", weight="normal")
    tk.label(axes, 1.5, 0.98, "v, b", weight="normal")
    axes.set(xlim=(-0.35, 2.35), ylim=(-0.04, 1.04))
