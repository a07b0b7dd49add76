"""Write a figure as SVG that follows the page: its colours, its font, its width.

What comes out is small and the same bytes every time, one picture a panel, so that panels wrap
where the page is narrow.
"""

import hashlib
import html

from matplotlib.figure import Figure

from explorable.drawing.svg.layout import Cell, panel_cells
from explorable.drawing.svg.nodes import Node
from explorable.drawing.svg.renderer import UNITS, SvgRenderer

FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif"

SHARED = {"fill": "none", "stroke-linecap": "round", "stroke-linejoin": "round"}
"""Attributes that stand once on the root; elements say only what differs."""


def flow(width: int) -> str:
    """Return how a panel takes its place: beside others only while its letters stay readable.

    They are drawn 11 pixels high and never get smaller than 9.5 beside another panel; where a
    panel has a row to itself it may grow a little.
    """
    return f"flex:{width} 1 {round(0.87 * width)}px;max-width:{round(1.2 * width)}px"


def panel_svg(renderer: SvgRenderer, nodes: list[Node], attributes: dict[str, str]) -> Node:
    """Wrap what was drawn of one panel into its SVG element."""
    cell = renderer.cell
    width, height = round(cell.width * UNITS), round(cell.height * UNITS)
    clips = [
        Node("clipPath", {"id": name}, [
            Node("rect", dict(zip(("x", "y", "width", "height"), map(str, box), strict=True)))
        ])
        for box, name in renderer.clips.items()
    ]  # fmt: skip
    return Node(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "style": flow(round(cell.width)),
            "font-family": FONT,
            **SHARED,
            **attributes,
        },
        [*([Node("defs", {}, clips)] if clips else []), *nodes],
    )


def figure_svg(figure: Figure, alternative: str) -> str:
    """Write a figure as HTML: one SVG a panel, side by side, wrapping where it is narrow.

    Parameters
    ----------
    figure : Figure
        Made by `explorable.drawing.toolkit.panels`.
    alternative : str
        What is seen, for those who don't see it.
    """
    figure.draw_without_rendering()
    cells = panel_cells(figure)
    drawn = [SvgRenderer(cell, _KEY) for cell in cells.values()]
    for axes, renderer in zip(cells, drawn, strict=True):
        axes.draw(renderer)
    body = "".join(str(node) for renderer in drawn for node in renderer.nodes)
    key = "f" + hashlib.sha256((alternative + body).encode()).hexdigest()[:8]
    pictures = "".join(
        str(panel_svg(renderer, renderer.nodes, {"aria-hidden": "true"})).replace(
            _KEY, f"{key}-{index}"
        )
        for index, renderer in enumerate(drawn)
    )
    words = html.escape(alternative)
    return (
        f'<div class="explorable-panels" role="img" aria-label="{words}" '
        f'style="{_arrangement(list(cells.values()))}">{pictures}</div>'
    )


def _arrangement(cells: list[Cell]) -> str:
    """Write how panels stand: beside one another, or in one column if they were drawn in one."""
    if len(cells) == 1 or len({round(cell.left) for cell in cells}) > 1:
        return ROW
    widest = max(cell.width for cell in cells)
    return f"{ROW};max-width:{round(1.2 * widest)}px;margin-inline:auto"


_KEY = "\0"  # in no text and in no picture's address

ROW = "display:flex;flex-wrap:wrap;justify-content:center;gap:4px 0"
"""How panels stand beside one another."""
