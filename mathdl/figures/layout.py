"""Figures of several panels, each in a cell of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine

from mathdl.checks import finite_array, number_between, shown, whole_number
from mathdl.figures.ink import LOOK, PADDING, PIXELS_PER_INCH


@dataclass(frozen=True)
class Cell:
    """The part of a figure that belongs to one panel, in pixels from the lower left."""

    left: float
    bottom: float
    width: float
    height: float


class PanelLayout(LayoutEngine):
    """Fit each Axes, with all that is written around it, into its own cell of the figure.

    The page shows one picture a panel and lets panels wrap, so no panel may reach into its
    neighbour. Panels of a row share the heights of what stands above and below them.

    Parameters
    ----------
    cells : dict
        The cell of each Axes.
    """

    _adjust_compatible = False
    _colorbar_gridspec = False

    def __init__(self, cells: dict[Axes, Cell]):
        super().__init__()
        self.cells = cells

    def execute(self, fig: Figure) -> None:
        """Place the Axes; twice, because ticks depend on sizes."""
        for _ in range(2):
            margins = {axes: _margins(axes) for axes in self.cells}
            for axes, cell in self.cells.items():
                row = [
                    margins[other]
                    for other, place in self.cells.items()
                    if place.bottom == cell.bottom
                ]
                left, right = margins[axes][:2]
                bottom = max(margin[2] for margin in row)
                top = max(margin[3] for margin in row)
                _place(axes, cell, left, right, bottom, top)


def _margins(axes: Axes) -> tuple[float, float, float, float]:
    """Measure what stands left, right, below and above the frame of an Axes, in pixels."""
    axes.apply_aspect()
    figure = axes.get_figure(root=True)
    box, frame = axes.get_tightbbox(), axes.bbox
    if box is None or figure is None:
        return 0.0, 0.0, 0.0, 0.0
    dot = figure.dpi / PIXELS_PER_INCH
    outside = (frame.x0 - box.x0, box.x1 - frame.x1, frame.y0 - box.y0, box.y1 - frame.y1)
    return tuple(max(0.0, float(side) / dot) for side in outside)  # type: ignore[return-value]


def _place(axes: Axes, cell: Cell, left: float, right: float, bottom: float, top: float) -> None:
    figure = axes.get_figure(root=True)
    assert figure is not None
    width, height = figure.get_size_inches() * PIXELS_PER_INCH
    x, y = cell.left + left + PADDING, cell.bottom + bottom + PADDING
    inner_width = max(cell.width - left - right - 2 * PADDING, 10.0)
    inner_height = max(cell.height - bottom - top - 2 * PADDING, 10.0)
    axes.set_position((x / width, y / height, inner_width / width, inner_height / height))


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
    for pixels, name in ((height, "height"), (width, "width")):
        if pixels is not None:
            number_between(pixels, name, 10, 10_000)
    matplotlib.rcParams.update(LOOK)  # type: ignore[arg-type]
    rows = -(-n // columns)
    height = {1: 270.0, 2: 300.0}.get(n, 220.0) if height is None else height
    width = (400.0 if n == 1 else 700.0) if width is None else width
    shares = np.ones(columns) if widths is None else finite_array(widths, "widths")
    if shares.shape != (columns,) or not (shares > 1e-3).all() or not (shares < 1e6).all():
        raise ValueError(
            f"widths must give one number a column ({columns}), each above 0.001 and below a "
            f"million, got {shown(widths)}"
        )
    edges = width * np.concatenate([[0.0], np.cumsum(shares) / shares.sum()])
    figure = Figure(
        figsize=(width / PIXELS_PER_INCH, rows * height / PIXELS_PER_INCH), dpi=PIXELS_PER_INCH
    )
    cells: dict[Axes, Cell] = {}
    for index in range(n):
        row, column = divmod(index, columns)
        left, right = float(edges[column]), float(edges[column + 1])
        cell = Cell(left, (rows - 1 - row) * height, right - left, height)
        axes = figure.add_axes((0.1, 0.1, 0.8, 0.8), label=f"panel {index}")
        _place(axes, cell, 40, 10, 30, 20)
        cells[axes] = cell
    figure.set_layout_engine(PanelLayout(cells))
    made = list(cells)
    if n == 1:
        return figure, made[0]
    array = np.empty(n, dtype=object)
    array[:] = made
    return figure, array


def panel_cells(figure: Figure) -> dict[Axes, Cell]:
    """Return the panels of a figure made by `panels`, each with its cell."""
    engine = figure.get_layout_engine()
    if isinstance(engine, PanelLayout):
        return engine.cells
    raise ValueError("the figure was not made by mathdl.figures.panels")
