"""Maps of digits."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk

__all__ = ["draw_maps"]


def draw_maps(
    axes: Axes,
    images: ArrayLike,
    maps: ArrayLike,
    *,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> None:
    """Draw digits (n_rows, 64) on the left and, beside each, pictures of signed numbers.

    Each of the maps (n_rows, n_columns, 64) is scaled to its own largest size. The first name of a
    column is that of the digits.
    """
    pictures, signed = np.asarray(images, dtype=float), np.asarray(maps, dtype=float)
    n_rows, n_columns, _ = signed.shape
    step = 9.4
    left_edge, right_edge = (-13.0 if rows else -0.4), step * (n_columns + 1) - 1
    limits = {"xlim": (left_edge, right_edge), "ylim": (-step * n_rows + 1, 2.6)}
    _board(axes, limits)
    for row in range(n_rows):
        top = -step * row
        if rows:
            tk.label(axes, -1.0, top - 4, rows[row], ha="right", size=11.5, weight="normal")
        for column in range(n_columns + 1):
            left = step * column
            frame = (left, left + 8, top - 8, top)
            if column == 0:
                tk.digit_image(axes, pictures[row], extent=frame)
            else:
                axes.fill(
                    [left, left + 8, left + 8, left],
                    [top, top, top - 8, top - 8],
                    color=tk.PANEL,
                    zorder=0.2,
                )
                picture = tk.signed_rgba(signed[row, column - 1].reshape(8, 8))
                axes.imshow(picture, extent=frame, zorder=0.4, aspect="equal")
            if row == 0 and columns:
                tk.label(axes, left + 4, 0, columns[column], dy=9, size=12.5, weight="normal")
    _board(axes, limits)


def _board(axes: Axes, limits: Mapping[str, tuple[float, float]]) -> None:
    tk.style_bare(axes)
    axes.set_aspect("equal")
    axes.set(**limits)
