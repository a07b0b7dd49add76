"""Each panel of a figure in a cell of its own, because the page lets panels wrap."""

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine

PIXELS_PER_INCH = 72
"""Figures are laid out at this resolution, so that one point is one pixel of the page."""

PADDING = 4.0
"""Pixels kept free around a panel."""


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
                place_in_cell(axes, cell, left, right, bottom, top)


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


def place_in_cell(
    axes: Axes, cell: Cell, left: float, right: float, bottom: float, top: float
) -> None:
    """Place an Axes in its cell, leaving so many pixels on each side for what is around it."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    width, height = figure.get_size_inches() * PIXELS_PER_INCH
    x, y = cell.left + left + PADDING, cell.bottom + bottom + PADDING
    inner_width = max(cell.width - left - right - 2 * PADDING, 10.0)
    inner_height = max(cell.height - bottom - top - 2 * PADDING, 10.0)
    axes.set_position((x / width, y / height, inner_width / width, inner_height / height))


def panel_cells(figure: Figure) -> dict[Axes, Cell]:
    """Return the panels of a figure made by `panels`, each with its cell."""
    engine = figure.get_layout_engine()
    if isinstance(engine, PanelLayout):
        return engine.cells
    raise ValueError("the figure was not made by explorable.drawing.toolkit.panels")
