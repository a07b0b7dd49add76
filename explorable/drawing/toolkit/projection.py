"""A view of three dimensions that the reader can turn.

What stands in it is drawn by a parallel projection that is linear in the sine and cosine of
the azimuth. Its SVG carries the points in space, so the page turns the view by itself: no kernel,
and no state a turn.
"""

import math
from typing import Any

import numpy as np
from contourpy import contour_generator
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.lines import Line2D
from matplotlib.text import Text
from numpy.typing import ArrayLike, NDArray

from explorable.drawing.svg.nodes import Node
from explorable.drawing.svg.pathdata import polyline
from explorable.drawing.svg.renderer import UNITS, SvgRenderer
from explorable.drawing.toolkit.axes_styles import style_bare
from explorable.drawing.toolkit.palette import GRID, INK, ONE
from explorable.drawing.toolkit.style import in_style

Points = NDArray[np.floating[Any]]

_NOWHERE: Points = np.full((1, 3), np.nan)


class View3D:
    """A box in three dimensions, seen from a side and from above; made by `view_3d`."""

    def __init__(
        self, axes: Axes, bounds: Points, azimuth: float, elevation: float, height: float
    ):
        self.axes, self.bounds, self.azimuth = axes, bounds, azimuth
        self.tilt = math.sin(math.radians(elevation))
        self.rise = height * math.cos(math.radians(elevation))

    def units(self, points: ArrayLike) -> Points:
        """Return points (n, 3) measured in the box: across, deep, and up on the screen."""
        data = np.asarray(points, dtype=float).reshape(-1, 3)
        low, high = self.bounds.T
        share = (data - low) / (high - low)
        return np.asarray((share - [0.5, 0.5, 0.5]) * [2.0, 2.0, self.rise])

    def project(self, points: ArrayLike) -> Points:
        """Return where points (n, 3) appear on the axes, as an array (n, 2)."""
        across, deep, up = self.units(points).T
        turned = math.radians(self.azimuth)
        sine, cosine = math.sin(turned), math.cos(turned)
        away = across * sine + deep * cosine
        return np.column_stack([across * cosine - deep * sine, up + away * self.tilt])

    @in_style
    def line(self, points: ArrayLike | None = None, **style: Any) -> "Line3D":
        """Draw a line through points (n, 3); rows of NaN break it.

        Style is that of `matplotlib.lines.Line2D`; round marks are the only ones that turn.
        """
        drawn = Line3D(self, _NOWHERE if points is None else points, **style)
        self.axes.add_artist(drawn)
        return drawn

    def surface(
        self, x: Points, y: Points, z: Points, *, lines: int = 24, **style: Any
    ) -> "Line3D":
        """Draw a surface as a quiet mesh of lines in both directions.

        Parameters
        ----------
        x : array (columns,)
        y : array (rows,)
        z : array (rows, columns)
            Heights; what lies above the box is cut off.
        lines : int
            How many lines in each direction.
        """
        return self.line(
            mesh(x, y, z, lines=lines, top=float(self.bounds[2, 1])),
            **{"color": INK, "alpha": 0.3, "linewidth": 0.8, "zorder": 1, **style},
        )

    def floor(self, x: str = "", y: str = "", *, out: float = 0.1) -> None:
        """Draw the edge of the floor, and name its sides, so far out of them."""
        (left, right), (near, far), (low, _) = self.bounds
        corners = [(left, near), (right, near), (right, far), (left, far), (left, near)]
        self.line([(*corner, low) for corner in corners], color=GRID, linewidth=1, zorder=0.5)
        middle = ((left + right) / 2, (near + far) / 2)
        self.text((middle[0], near - out * (far - near), low), x, fontstyle="italic")
        self.text((right + out * (right - left), middle[1], low), y, fontstyle="italic")

    @in_style
    def text(self, place: ArrayLike, text: str, **style: Any) -> "Text3D":
        """Write at a place (x, y, z)."""
        written = Text3D(
            self, place, text, **{"color": INK, "ha": "center", "va": "center", **style}
        )
        self.axes.add_artist(written)
        return written

    def in_units(self, points: ArrayLike, renderer: SvgRenderer) -> str:
        """Write points for the page, in units of the SVG, as steps, breaking at NaN."""
        scale = UNITS * float(self.axes.transData.get_matrix()[0, 0])
        return polyline(self.units(points) * scale, 3 if renderer.moving else 1)

    def view(self, renderer: SvgRenderer) -> dict[str, float]:
        """Return what the page needs to turn the view: its centre and its tilt."""
        x, y = (self.axes.transData + renderer.to_units).transform((0.0, 0.0))
        return {"x": round(float(x)), "y": round(float(y)), "tilt": round(self.tilt, 6)}


class Line3D(Line2D):
    """A line in three dimensions; made by `View3D.line`."""

    def __init__(self, view: View3D, points: ArrayLike, **style: Any):
        super().__init__([], [], **{"color": ONE, **style})
        self.view = view
        self.set_points(points)

    def set_points(self, points: ArrayLike) -> None:
        """Run the line through other points (n, 3)."""
        self.points = np.asarray(points, dtype=float).reshape(-1, 3)
        self.set_data(*self.view.project(self.points).T)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the line and, for the page, note its points in space."""
        super().draw(renderer)
        if isinstance(renderer, SvgRenderer) and self.get_visible():
            _note(renderer, "path", self.view.in_units(self.points, renderer))


class Text3D(Text):
    """Words in three dimensions; made by `View3D.text`."""

    def __init__(self, view: View3D, place: ArrayLike, text: str, **style: Any):
        self.view = view
        self.place = np.asarray(place, dtype=float)
        x, y = view.project(self.place)[0]
        super().__init__(float(x), float(y), text, **style)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the word and, for the page, note its place in space."""
        super().draw(renderer)
        if isinstance(renderer, SvgRenderer) and self.get_visible() and self.get_text():
            _note(renderer, "text", self.view.in_units(self.place, renderer))


def _note(renderer: SvgRenderer, tag: str, points: str) -> None:
    def newest(nodes: list[Node]) -> Node | None:
        for node in reversed(nodes):
            found = newest(node.children) if node.tag == "g" else None
            if found is not None or node.tag == tag:
                return found or node
        return None

    node = newest(renderer.nodes)
    if node is not None:
        node.attributes["data-xyz"] = points


def mesh(x: Points, y: Points, z: Points, *, lines: int = 24, top: float = math.inf) -> Points:
    """Return the points (n, 3) of a mesh of lines over a surface, broken by rows of NaN.

    Parameters
    ----------
    x : array (columns,)
    y : array (rows,)
    z : array (rows, columns)
    lines : int
        How many lines in each direction.
    top : float
        Lines are broken where the surface is higher.
    """
    sheet = np.stack([*np.meshgrid(x, y), np.where(z <= top, z, np.nan)], axis=-1)
    rows = np.unique(np.linspace(0, len(y) - 1, lines).astype(int))
    columns = np.unique(np.linspace(0, len(x) - 1, lines).astype(int))
    return _broken([*(sheet[r] for r in rows), *(sheet[:, c] for c in columns)])


def level_lines(x: ArrayLike, y: ArrayLike, z: ArrayLike, levels: ArrayLike) -> Points:
    """Return the points (n, 3) of level lines at their heights, broken by rows of NaN."""
    generator = contour_generator(x, y, np.asarray(z, dtype=float), line_type="Separate")
    pieces: list[Points] = []
    for level in np.asarray(levels, dtype=float).tolist():
        for line in generator.lines(level):
            flat = np.asarray(line, dtype=float)
            pieces.append(np.column_stack([flat, np.full(len(flat), level)]))
    return _broken(pieces)


def _broken(pieces: list[Points]) -> Points:
    if not pieces:
        return _NOWHERE
    gap = np.full_like(pieces[0][:1], np.nan)
    return np.vstack([part for piece in pieces for part in (piece, gap)][:-1])


def view_3d(
    axes: Axes,
    bounds: ArrayLike,
    *,
    azimuth: float = 30,
    elevation: float = 30,
    height: float = 1.4,
) -> View3D:
    """Turn a panel into a view of three dimensions.

    Parameters
    ----------
    axes : Axes
        A panel; its frame and ticks go.
    bounds : array (3, 2)
        Rows axis by axis: lower, upper. The box shows them as a square with a height.
    azimuth : float
        Degrees from which it is seen at first; at 0 the first axis points right.
    elevation : float
        Degrees above the floor.
    height : float
        Height of the box, where its floor has sides of 2.

    Returns
    -------
    View3D
        Draws lines, surfaces, level lines and words; `explorable.explore.turn` lets a reader turn
        it.
    """
    style_bare(axes)
    axes.set_aspect("equal", adjustable="box")
    made = View3D(axes, np.asarray(bounds, dtype=float), azimuth, elevation, height)
    reach = math.sqrt(2) * made.tilt + made.rise / 2
    axes.set(xlim=(-1.55, 1.55), ylim=(-reach - 0.08, reach + 0.02))
    return made
