"""Draw a landscape and paths on it, from above and from a side."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from contourpy import FillType, contour_generator
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from numpy.typing import ArrayLike, NDArray

import explorable.drawing.toolkit as tk
from explorable.drawing.svg import PIXELS_PER_INCH, Cell, panel_cells
from explorable.sentences import number
from explorable.trace import program
from mathdl.gradient_descent import Window

Floats = NDArray[np.floating[Any]]

EDGE = 1.08
"""Where the picture ends, in half sides of the window: a little beyond the outermost starts."""

_LEVELS = 6


def two_rows(rows: tuple[float, float]) -> tuple[Figure, Any]:
    """Make a figure of two rows of two panels, each row with a height of its own, in pixels."""
    width = 700.0
    figure, axes = tk.panels(4, columns=2, height=sum(rows) / 2, width=width)
    cells = panel_cells(figure)
    bottoms, half = (rows[1], 0.0), width / 2
    for index, panel in enumerate(axes):
        row, column = divmod(index, 2)
        cells[panel] = Cell(column * half, bottoms[row], half, rows[row])
    figure.set_size_inches(width / PIXELS_PER_INCH, sum(rows) / PIXELS_PER_INCH)
    return figure, axes


@program
def until_far(path: Floats) -> tuple[Floats, Floats]:
    """Return x and y of a path, NaN after the first point outside a square of side 6."""
    far = ~(abs(path) <= 3).all(axis=1)
    gone = far.cumsum() > far
    return np.where(gone, np.nan, path[:, 0]), np.where(gone, np.nan, path[:, 1])


def thin_path(path: Floats) -> Floats:
    """Leave out points too near to the one kept before them to be told apart; keep the last."""
    kept, (x, y) = [0], path[0].tolist()
    for index, (u, v) in enumerate(path.tolist()):
        if abs(u - x) >= 0.02 or abs(v - y) >= 0.02:
            kept.append(index)
            x, y = u, v
    if kept[-1] != len(path) - 1:
        kept.append(len(path) - 1)
    return path[kept]


@dataclass(frozen=True)
class Relief:
    """A surface made ready to be drawn: its window, and in units of it the crosses and heights."""

    window: Window
    minima: Floats  # (k, 2)
    height: Callable[[Floats], Floats]  # from points (..., 2) to drawn heights from 0 to 1

    @property
    def levels(self) -> Floats:
        """The drawn heights of the level lines."""
        return np.linspace(0, 1, _LEVELS + 2)[1:-1]

    @cached_property
    def bands(self) -> list[Path]:
        """For each level the region below it."""
        # Measured a little beyond the picture, so that regions are not outlined along its edge.
        units = np.linspace(-1.015 * EDGE, 1.015 * EDGE, 33)
        heights = self.height(_grid(units))
        generator = contour_generator(units, units, heights, fill_type=FillType.ChunkCombinedCode)
        found = []
        for level in self.levels.tolist():
            points, codes = generator.filled(-1.0, level)[:2]
            if points[0] is None:
                found.append(Path([[9.0, 9.0]]))
                continue
            found.append(Path(np.asarray(points[0]), np.asarray(codes[0])))
        return found

    @cached_property
    def net(self) -> Floats:
        """A mesh over the surface, straight from crossing to crossing: nobody sees the corners."""
        units = np.linspace(-EDGE, EDGE, 23)
        return tk.mesh(units, units, self.height(_grid(units)), lines=23)

    @cached_property
    def rings(self) -> Floats:
        """Every other level line, at its height."""
        units = np.linspace(-EDGE, EDGE, 49)
        return tk.level_lines(units, units, self.height(_grid(units)), self.levels[::2])

    def lift(self, units: ArrayLike) -> Floats:
        """Return points (n, 3) on the surface above points (n, 2) of the plane."""
        flat = np.asarray(units, dtype=float)
        return np.column_stack([flat, self.height(flat)])

    def crosses(self) -> Floats:
        """Return small crosses (n, 3) at the minima, broken by NaN."""
        pieces: list[Floats] = [np.full((1, 3), np.nan)]
        for x, y in self.minima.tolist():
            for dx, dy in ((0.05, 0.0), (0.0, 0.05)):
                arm = self.lift([[x - dx, y - dy], [x + dx, y + dy]])
                arm[:, 2] = self.height(np.array([x, y]))
                pieces += [arm, np.full((1, 3), np.nan)]
        return np.concatenate(pieces[1:-1] if len(pieces) > 1 else pieces)


def _grid(units: Floats) -> Floats:
    return np.stack(np.meshgrid(units, units), axis=-1)


def log_heights(loss: Callable[[Floats], Floats], softness: float) -> Callable[[Floats], Floats]:
    """Return heights that grow with the logarithm of a loss, up to 1 in the picture.

    Points (..., 2) are in units of the window; losses below the softness are drawn in proportion.
    """
    units = np.linspace(-EDGE, EDGE, 65)
    highest = np.log1p(loss(_grid(units)) / softness).max()

    def height(points: Floats) -> Floats:
        return np.asarray(np.minimum(np.log1p(loss(points) / softness) / highest, 1.0))

    return height


@dataclass(eq=False)
class PlanePlot(tk.MovingParts):
    """A landscape from above and the paths on it; made by `draw_plane`."""

    bands: list[PathPatch]
    ticks: list[Text]
    crosses: Line2D
    paths: list[Line2D]
    relief: Relief | None = field(default=None, kw_only=True)

    def show(self, relief: Relief) -> None:
        """Show a surface."""
        if relief is self.relief:
            return
        self.relief = relief
        for patch, path in zip(self.bands, relief.bands, strict=True):
            patch.set_path(path)
            patch.stale = True  # Matplotlib forgets to say so.
        (x, y), reach = relief.window
        values = [x + reach * place for place in _PLACES] + [
            y + reach * place for place in _PLACES
        ]
        for text, value in zip(self.ticks, values, strict=True):
            text.set_text(number(value, "g"))
        self.crosses.set_data(*relief.minima.T)


@dataclass(eq=False)
class SurfacePlot(PlanePlot):
    """The same, and a view of three dimensions beside it; made by `draw_surface`."""

    net: tk.Line3D
    rings: tk.Line3D
    raised_crosses: tk.Line3D
    raised: list[tk.Line3D]
    balls: list[tk.Line3D]
    view: tk.View3D

    def show(self, relief: Relief) -> None:
        """See `PlanePlot.show`."""
        if relief is self.relief:
            return
        super().show(relief)
        self.net.set_points(relief.net)
        self.rings.set_points(relief.rings)
        self.raised_crosses.set_points(relief.crosses())

    def follow(self, index: int, path: Floats) -> None:
        """Show a path that stays in the picture, both from above and raised."""
        assert self.relief is not None
        if not len(path):
            self.paths[index].set_data([], [])
            self.raised[index].set_points(_NOWHERE)
            self.balls[index].set_points(_NOWHERE)
            return
        seen = thin_path(self.relief.window.to_units(path))
        self.paths[index].set_data(*seen.T)
        raised = self.relief.lift(seen)
        self.raised[index].set_points(raised)
        self.balls[index].set_points(raised[-1])


_NOWHERE: Floats = np.full((1, 3), np.nan)
_PLACES = [-1.0, -0.5, 0.0, 0.5, 1.0]


def draw_surface(axes: Any, x: str, y: str) -> SurfacePlot:
    """Draw the frame of a landscape with two paths, from above and in three dimensions."""
    plane = draw_plane(axes[0], x, y, steps=4)
    axes[1].set_label("Surface of the loss")
    box = tk.view_3d(
        axes[1], [[-EDGE, EDGE], [-EDGE, EDGE], [0.0, 1.0]], azimuth=33, elevation=36,
        height=1.25,
    )  # fmt: skip
    box.floor(x, y)
    return SurfacePlot(
        plane.bands,
        plane.ticks,
        plane.crosses,
        plane.paths,
        box.line(color=tk.INK, alpha=0.16, linewidth=0.7, zorder=1),
        box.line(color=tk.INK, alpha=0.34, linewidth=0.9, zorder=1.1),
        box.line(color=tk.INK, linewidth=1.6, zorder=2),
        [
            box.line(color=color, linewidth=2.2, zorder=z)
            for color, z in ((tk.ONE, 3.1), (tk.TWO, 3.0))
        ],
        [
            box.line(color=color, marker="o", markersize=9, zorder=z)
            for color, z in ((tk.ONE, 4.1), (tk.TWO, 4.0))
        ],
        box,
    )


def draw_plane(axes: Axes, x: str = "θ₁", y: str = "θ₂", *, steps: float = 4.5) -> PlanePlot:
    """Draw the frame of a landscape from above, with two paths; see `draw_surface`."""
    tk.style_plane(axes, x, y, bounds=[[-EDGE, EDGE], [-EDGE, EDGE]])
    axes.set_xticks([])
    axes.set_yticks([])
    axes.xaxis.labelpad, axes.yaxis.labelpad = 20, 26
    ticks = [_beside(axes, place, "x") for place in _PLACES]
    ticks += [_beside(axes, place, "y") for place in _PLACES]
    style = {
        "facecolor": (tk.INK, 0.045),
        "edgecolor": (tk.INK, 0.2),
        "linewidth": 0.8,
        "zorder": 0.5,
    }
    bands = [PathPatch(Path([[0.0, 0.0]]), **style) for _ in range(_LEVELS)]
    for band in bands:
        axes.add_patch(band)
    (crosses,) = axes.plot([], [], "+", markersize=8, markeredgewidth=1.5, color=tk.INK)
    flat = [
        axes.plot([], [], color=color, marker="o", markersize=steps, zorder=z)[0]
        for color, z in ((tk.ONE, 3.1), (tk.TWO, 3.0))
    ]
    return PlanePlot(bands, ticks, crosses, flat)


def _beside(axes: Axes, place: float, axis: str) -> Text:
    """Write a number that may change beside the frame."""
    # Not an annotation, which the engine would draw anew at every state.
    x, y, ha = (place, -EDGE - 0.1, "center") if axis == "x" else (-EDGE - 0.05, place, "right")
    return axes.text(x, y, "0", color=tk.MUTED, fontsize=11, ha=ha, va="center")
