"""The page's renderer: Matplotlib's figures as SVG that follows the page's colours and width."""

from mathdl.svg.figure import figure_svg, flow, panel_svg
from mathdl.svg.layout import PIXELS_PER_INCH, Cell, PanelLayout, panel_cells
from mathdl.svg.nodes import Node
from mathdl.svg.renderer import UNITS, SvgRenderer

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
