"""The page's renderer: Matplotlib's figures as SVG that follows the page's colours and width."""

from explorable.drawing.svg.figure import figure_svg, flow, panel_svg
from explorable.drawing.svg.layout import PIXELS_PER_INCH, Cell, PanelLayout, panel_cells
from explorable.drawing.svg.nodes import Node
from explorable.drawing.svg.renderer import UNITS, SvgRenderer

__all__ = [
    "PIXELS_PER_INCH",
    "UNITS",
    "Cell",
    "Node",
    "PanelLayout",
    "SvgRenderer",
    "figure_svg",
    "flow",
    "panel_cells",
    "panel_svg",
]
