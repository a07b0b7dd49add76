"""Figures of several panels in the look of the book."""

from collections.abc import Sequence
from typing import Any, Literal, overload

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorable.checks import finite_array, number_in, shown, whole_number
from explorable.drawing.svg.layout import PIXELS_PER_INCH, Cell, PanelLayout, place_in_cell
from explorable.drawing.toolkit.style import in_style


class Panel(Axes):
    """An Axes on which all is drawn in the look of the book, whatever `rcParams` say."""


# The methods that `Axes` itself defines make artists; of those it inherits, these make or draw
# ticks. Each leaves the reader's `rcParams` as they were.
for _name in [
    *(name for name in vars(Axes) if not name.startswith("_")),
    *(
        f"{verb}_{axis}{what}"
        for axis in "xy"
        for verb, what in (("set", "ticks"), ("set", "scale"), ("get", "ticklabels"))
    ),
    "get_tightbbox",
    "draw",
]:
    setattr(Panel, _name, in_style(getattr(Axes, _name)))


@overload
def panels(
    n: Literal[1] = ...,
    *,
    height: float | None = ...,
    width: float | None = ...,
    widths: Sequence[float] | None = ...,
    columns: int | None = ...,
) -> tuple[Figure, Axes]: ...
@overload
def panels(
    n: int,
    *,
    height: float | None = ...,
    width: float | None = ...,
    widths: Sequence[float] | None = ...,
    columns: int | None = ...,
) -> tuple[Figure, Any]: ...
def panels(
    n: int = 1,
    *,
    height: float | None = None,
    width: float | None = None,
    widths: Sequence[float] | None = None,
    columns: int | None = None,
) -> tuple[Figure, Any]:
    """Make a figure of n panels in the look of the book.

    Parameters
    ----------
    n : int
        How many panels.
    height : float, optional
        Height of a panel in pixels; 270 for one, 300 for two, 220 for more.
    width : float, optional
        Width of the whole figure in pixels; 400 for one panel, so that a phone need not shrink
        its letters, else 700, the width of the text.
    widths : sequence of float, optional
        Relative widths of the columns; equal when left out.
    columns : int, optional
        Panels in a row; all in one row when left out.

    Returns
    -------
    figure : Figure
    axes : Axes or array of Axes
        One Axes when ``n`` is 1, else an array of shape (n,).

    Examples
    --------
    >>> figure, axes = panels(2)
    >>> axes.shape
    (2,)
    """
    n = whole_number(n, "n", 1, 100)
    columns = n if columns is None else whole_number(columns, "columns", 1, 100)
    if height is None:
        height = {1: 270.0, 2: 300.0}.get(n, 220.0)
    if width is None:
        width = 400.0 if n == 1 else 700.0
    height = number_in(height, "height", "[10, 10000]")
    width = number_in(width, "width", "[10, 10000]")
    rows = -(-n // columns)
    shares = np.ones(columns) if widths is None else finite_array(widths, "widths")
    if shares.shape != (columns,) or not (shares > 1e-3).all() or not (shares < 1e6).all():
        raise ValueError(
            f"widths must give one number a column ({columns}), each above 0.001 and below a "
            f"million, got {shown(widths)}"
        )
    edges = width * np.concatenate([[0.0], np.cumsum(shares) / shares.sum()])
    figure = in_style(Figure)((width / PIXELS_PER_INCH, rows * height / PIXELS_PER_INCH))
    cells: dict[Axes, Cell] = {}
    for index in range(n):
        row, column = divmod(index, columns)
        left, right = float(edges[column]), float(edges[column + 1])
        cell = Cell(left, (rows - 1 - row) * height, right - left, height)
        axes = in_style(figure.add_axes)((0.1, 0.1, 0.8, 0.8), axes_class=Panel)
        place_in_cell(axes, cell, 40, 10, 30, 20)
        cells[axes] = cell
    figure.set_layout_engine(PanelLayout(cells))
    made = list(cells)
    if n == 1:
        return figure, made[0]
    array = np.empty(n, dtype=object)
    array[:] = made
    return figure, array
