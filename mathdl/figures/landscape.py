"""Draw descents on a surface: from above, from a side, as curves, and who ends lower."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import numpy
from contourpy import FillType, contour_generator
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from numpy.typing import ArrayLike, NDArray

from mathdl.contest import CEILING, FLOOR, GRID, N_STEPS, WINDOWS, losses
from mathdl.figures.dress import bare, curve, plane
from mathdl.figures.ink import GRID as HAIRLINE
from mathdl.figures.ink import INK, MUTED, ONE, PIXELS_PER_INCH, TWO
from mathdl.figures.layout import Cell, panel_cells, panels
from mathdl.figures.space import Space, SpaceLine, level_lines, mesh, space
from mathdl.gradient_descent import SURFACES

Floats = NDArray[numpy.floating[Any]]

EDGE = 1.08
"""Where the picture ends, in half sides of the window: a little beyond the outermost starts."""

_LEVELS = 10
_SOFTNESS = {"himmelblau": 10.0, "ravine": 2.0, "rosenbrock": 0.5, "beale": 0.5, "saddle": 0.2}
"""Losses below this are drawn in proportion, larger ones by their logarithm."""


def stage(rows: tuple[float, float] = (320, 185), width: float = 700) -> tuple[Figure, Any]:
    """Make a figure of two rows of two panels, each row with a height of its own.

    Parameters
    ----------
    rows : (float, float)
        Heights in pixels, the upper row's first.
    width : float
        Width of the figure in pixels.

    Returns
    -------
    figure : Figure
    axes : array (4,) of Axes
    """
    figure, axes = panels(4, columns=2, height=sum(rows) / 2, width=width)
    cells = panel_cells(figure)
    bottoms, half = (rows[1], 0.0), width / 2
    for index, panel in enumerate(axes):
        row, column = divmod(index, 2)
        cells[panel] = Cell(column * half, bottoms[row], half, rows[row])
    figure.set_size_inches(width / PIXELS_PER_INCH, sum(rows) / PIXELS_PER_INCH)
    return figure, axes


def within(path: ArrayLike, edge: float = EDGE) -> Floats:
    """Cut a path where it leaves a square about the origin.

    Parameters
    ----------
    path : array (n, 2)
        Points joined by straight lines; it ends at the first that is not finite.
    edge : float
        Half the square's side.

    Returns
    -------
    array (m, 2)
        The points inside, the points where a line crosses the edge, and rows of NaN where the
        path is broken.

    Examples
    --------
    >>> within([[0, 0], [2, 0], [2, 3], [0, 0.5]], 1.0)
    array([[0. , 0. ],
           [1. , 0. ],
           [nan, nan],
           [0.4, 1. ],
           [0. , 0.5]])
    """
    points = numpy.asarray(path, dtype=float)
    known = numpy.isfinite(points).all(axis=1) & (numpy.abs(points) < 1e9).all(axis=1)
    if not known.all():
        points = points[: int(known.argmin())]
    kept: list[Floats] = [points[:1]]
    for tail, head in itertools.pairwise(points):
        enter, leave = _inside(tail, head - tail, edge)
        if enter > leave:
            continue
        if enter > 0:
            kept += [numpy.full((1, 2), numpy.nan), (tail + enter * (head - tail))[None]]
        kept.append((head if leave == 1 else tail + leave * (head - tail))[None])
    return numpy.concatenate(kept)


def followed(path: ArrayLike, edge: float = 3.0) -> Floats:
    """Follow a path until it first leaves a square about the origin; the axes hide the rest."""
    points = numpy.asarray(path, dtype=float)
    with numpy.errstate(invalid="ignore"):
        inside = (numpy.abs(points) <= edge).all(axis=1)
    if inside.all():
        return points
    first = int(inside.argmin())
    return within(points[: first + 1], edge)


def thinned(path: Floats, least: float = 0.02) -> Floats:
    """Leave out points too near to the one kept before them to be told apart; keep the last."""
    kept = [0]
    for index in range(1, len(path)):
        near = numpy.abs(path[index] - path[kept[-1]]).max() < least
        if not near:
            kept.append(index)
    if kept[-1] != len(path) - 1:
        kept.append(len(path) - 1)
    return path[kept]


def _inside(tail: Floats, along: Floats, edge: float) -> tuple[float, float]:
    """Return which part of a line, from 0 to 1, lies in a square; more than none if it does."""
    enter, leave = 0.0, 1.0
    for start, step in zip(tail.tolist(), along.tolist(), strict=True):
        if step == 0:
            if abs(start) > edge:
                return 1.0, 0.0
            continue
        near, far = sorted([(-edge - start) / step, (edge - start) / step])
        enter, leave = max(enter, near), min(leave, far)
    return enter, leave


@dataclass(frozen=True)
class Relief:
    """A surface made ready to be drawn, in units of its window.

    Parameters
    ----------
    name : str
        A name in `mathdl.contest.WINDOWS`.
    units : array (n,)
        Places along either axis.
    heights : array (n, n)
        Drawn heights, 0 at the lowest loss and 1 at the highest in the picture.
    highest : float
        The logarithm that is drawn as 1.
    """

    name: str
    units: Floats
    heights: Floats
    highest: float

    @classmethod
    def of(cls, name: str, n: int = 65) -> "Relief":
        """Measure a surface."""
        units = numpy.linspace(-EDGE, EDGE, n)
        grid = numpy.stack(numpy.meshgrid(units, units), axis=-1)
        logs = numpy.log1p(_loss(name, grid) / _SOFTNESS[name])
        highest = float(logs.max())
        return cls(name, units, logs / highest, highest)

    def height(self, units: ArrayLike) -> Floats:
        """Return the drawn heights at points (..., 2)."""
        logs = numpy.log1p(_loss(self.name, numpy.asarray(units)) / _SOFTNESS[self.name])
        return numpy.asarray(numpy.minimum(logs / self.highest, 1.0))

    def lift(self, units: ArrayLike) -> Floats:
        """Return points (n, 3) on the surface above or below points (n, 2) of the plane."""
        flat = numpy.asarray(units, dtype=float)
        return numpy.column_stack([flat, self.height(flat)])

    @property
    def levels(self) -> Floats:
        """The drawn heights of the level lines."""
        return numpy.linspace(0, 1, _LEVELS + 2)[1:-1]

    def bands(self) -> list[Path]:
        """Return for each level the region below it."""
        # Measured a little beyond the picture, so that regions are not outlined along its edge.
        units = numpy.linspace(-1.03 * EDGE, 1.03 * EDGE, 81)
        heights = self.height(numpy.stack(numpy.meshgrid(units, units), axis=-1))
        generator = contour_generator(units, units, heights, fill_type=FillType.ChunkCombinedCode)
        found = []
        for level in self.levels.tolist():
            filled = generator.filled(-1.0, level)
            found.append(Path(numpy.asarray(filled[0][0]), numpy.asarray(filled[1][0])))
        return found


def _loss(name: str, units: Floats) -> Floats:
    return numpy.asarray(SURFACES[name].value(WINDOWS[name].from_units(units)))


@dataclass
class Descents:
    """The moving parts of a picture of two descents; made by `draw_descents`."""

    bands: list[PathPatch]
    ticks: list[Text]
    crosses: Line2D
    flat: list[Line2D]
    space: Space
    mesh: SpaceLine
    levels: SpaceLine
    wells: SpaceLine
    raised: list[SpaceLine]
    balls: list[SpaceLine]
    curves: list[Line2D]
    names: list[Text]
    dots: list[Line2D]
    here: Line2D
    counts: list[Text]
    reliefs: dict[str, tuple[Relief, list[Path], Floats, Floats]] = field(default_factory=dict)
    shown: str = ""
    told: tuple[Any, ...] = ()

    @property
    def artists(self) -> dict[str, list[Artist]]:
        """All moving artists by name."""
        return {
            "surface": [*self.bands, *self.ticks, self.crosses],
            "relief": [self.mesh, self.levels, self.wells],
            "paths": list(self.flat),
            "raised paths": [*self.raised, *self.balls],
            "losses": list(self.curves),
            "names": list(self.names),
            "dots": list(self.dots),
            "here": [self.here],
            "counts": list(self.counts),
        }

    def ground(self, name: str) -> Relief:
        """Show a surface, and return it."""
        if name not in self.reliefs:
            relief = Relief.of(name)
            reach = numpy.linspace(-EDGE, EDGE, 45)
            fine = relief.height(numpy.stack(numpy.meshgrid(reach, reach), axis=-1))
            self.reliefs[name] = (
                relief,
                relief.bands(),
                mesh(reach, reach, fine, lines=23),
                level_lines(relief.units, relief.units, relief.heights, relief.levels[::2]),
            )
        relief, bands, net, lines = self.reliefs[name]
        if self.shown == name:
            return relief
        self.shown = name
        for patch, path in zip(self.bands, bands, strict=True):
            patch.set_path(path)
            patch.stale = True  # Matplotlib forgets to say so.
        window = WINDOWS[name]
        for text, place in zip(self.ticks, _PLACES * 2, strict=True):
            axis = self.ticks.index(text) // len(_PLACES)
            text.set_text(_tick(window.center[axis] + place * window.reach))
        wells = window.to_units(SURFACES[name].minima)
        self.crosses.set_data(*wells.T)
        self.mesh.set_points(net)
        self.levels.set_points(lines)
        self.wells.set_points(_crosses(relief, wells))
        return relief

    def descend(self, index: int, path: Floats) -> None:
        """Show a path of the rule (0) or of its rival (1)."""
        relief = self.reliefs[self.shown][0]
        units = WINDOWS[self.shown].to_units(path)
        self.flat[index].set_data(*followed(units).T)
        raised = relief.lift(thinned(within(units)))
        self.raised[index].set_points(raised)
        self.balls[index].set_points(raised[-1])
        self.curves[index].set_ydata(losses(self.shown, path))

    def compare(self, verdicts: NDArray[Any], names: tuple[str, str]) -> None:
        """Show from which starts which of the two ends lower, and name both."""
        told = (*names, verdicts.tobytes())
        if told == self.told:
            return
        self.told = told
        across, up = (grid.ravel() for grid in numpy.meshgrid(GRID, GRID))
        for side, drawn, count in zip((1, -1, 0), self.dots, self.counts, strict=True):
            mine = verdicts == side
            drawn.set_data(across[mine], up[mine])
            count.set_text(str(int(mine.sum())))
        for text, name in zip(self.names, names, strict=True):
            text.set_text(name)

    def stand(self, start: Floats) -> None:
        """Mark the start, in units of the window, where it stands among all."""
        self.here.set_data([start[0]], [start[1]])


_PLACES = [-1.0, -0.5, 0.0, 0.5, 1.0]


def _tick(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _crosses(relief: Relief, places: Floats, size: float = 0.05) -> Floats:
    """Return small crosses (n, 3) that lie on the surface, broken by NaN."""
    pieces: list[Floats] = []
    for x, y in places.tolist():
        for dx, dy in ((size, 0.0), (0.0, size)):
            arm = relief.lift([[x - dx, y - dy], [x + dx, y + dy]])
            arm[:, 2] = relief.height([x, y])
            pieces += [arm, numpy.full((1, 3), numpy.nan)]
    return numpy.concatenate(pieces[:-1])


def draw_descents(axes: Any, labels: tuple[str, str, str, str]) -> Descents:
    """Draw the frame of two descents on a surface.

    Parameters
    ----------
    axes : sequence of four Axes
        For the plane, the view of three dimensions, the losses, and the starts.
    labels : (str, str, str, str)
        Words above the picture of all starts, and beside the counts of those from which the rule
        ends lower, its rival does, neither does.

    Returns
    -------
    Descents
        Empty until a surface, two paths and verdicts are shown.
    """
    bands, ticks, crosses, flat = _draw_plane(axes[0])
    box, net, levels, wells, raised, balls = _draw_space(axes[1])
    curves, names = _draw_losses(axes[2])
    scattered, here, counts = _draw_starts(axes[3], labels)
    return Descents(
        bands, ticks, crosses, flat, box, net, levels, wells, raised, balls, curves, names,
        scattered, here, counts,
    )  # fmt: skip


def _draw_plane(axes: Axes) -> tuple[list[PathPatch], list[Text], Line2D, list[Line2D]]:
    plane(axes, "θ₁", "θ₂", bounds=[[-EDGE, EDGE], [-EDGE, EDGE]])
    axes.set_xticks([])
    axes.set_yticks([])
    axes.xaxis.labelpad, axes.yaxis.labelpad = 20, 26
    ticks = [_beside(axes, place, "x") for place in _PLACES]
    ticks += [_beside(axes, place, "y") for place in _PLACES]
    style = {"facecolor": (INK, 0.045), "edgecolor": (INK, 0.2), "linewidth": 0.8, "zorder": 0.5}
    bands = [PathPatch(Path([[0.0, 0.0]]), **style) for _ in range(_LEVELS)]
    for band in bands:
        axes.add_patch(band)
    (crosses,) = axes.plot(
        [], [], linestyle="none", marker="+", markersize=8, markeredgewidth=1.5, color=INK
    )
    flat = [
        axes.plot([], [], color=color, marker="o", markersize=size, zorder=z)[0]
        for color, size, z in ((ONE, 4.5, 3.1), (TWO, 4.5, 3.0))
    ]
    return bands, ticks, crosses, flat


def _beside(axes: Axes, place: float, axis: str) -> Text:
    """Write a number that may change beside the frame."""
    # Not an annotation, which the engine would draw anew at every state.
    if axis == "x":
        return axes.text(
            place, -EDGE - 0.1, "0", color=MUTED, fontsize=11, ha="center", va="center"
        )
    return axes.text(-EDGE - 0.05, place, "0", color=MUTED, fontsize=11, ha="right", va="center")


def _draw_space(axes: Axes) -> tuple[Space, SpaceLine, SpaceLine, SpaceLine, Any, Any]:
    box = space(
        axes, [[-EDGE, EDGE], [-EDGE, EDGE], [0.0, 1.0]], azimuth=33, elevation=36, height=1.25
    )
    box.floor("θ₁", "θ₂")
    net = box.line(color=INK, alpha=0.16, linewidth=0.7, zorder=1)
    levels = box.line(color=INK, alpha=0.34, linewidth=0.9, zorder=1.1)
    wells = box.line(color=INK, linewidth=1.6, zorder=2)
    raised = [
        box.line(color=color, linewidth=2.2, zorder=z) for color, z in ((ONE, 3.1), (TWO, 3.0))
    ]
    balls = [
        box.line(color=color, marker="o", markersize=9, zorder=z)
        for color, z in ((ONE, 4.1), (TWO, 4.0))
    ]
    return box, net, levels, wells, raised, balls


def _draw_losses(axes: Axes) -> tuple[list[Line2D], list[Text]]:
    curve(axes, "step", "loss", log="y")
    axes.set(xlim=(0, N_STEPS), ylim=(FLOOR, CEILING), xticks=[0, 20, 40, 60])
    axes.set_yticks([1e-4, 1e-2, 1, 1e2, 1e4])
    every = numpy.arange(N_STEPS + 1)
    curves = [
        axes.plot(every, numpy.ones(N_STEPS + 1), color=color, zorder=z, clip_on=False)[0]
        for color, z in ((ONE, 3.1), (TWO, 3.0))
    ]
    names = [
        axes.text(
            N_STEPS - 0.3,
            CEILING / 10**drop,
            "rule",
            color=color,
            fontweight="bold",
            ha="right",
            va="center",
        )
        for color, drop in ((ONE, 0.2), (TWO, 1.3))
    ]
    return curves, names


def _draw_starts(
    axes: Axes, labels: tuple[str, str, str, str]
) -> tuple[list[Line2D], Line2D, list[Text]]:
    bare(axes)
    axes.set(xlim=(-1.15, 4.3), ylim=(-1.15, 1.15), aspect="equal", anchor="W")
    axes.add_patch(
        Rectangle((-1.12, -1.12), 2.24, 2.24, facecolor="none", edgecolor=HAIRLINE, linewidth=1)
    )
    scattered = [
        axes.plot(
            [],
            [],
            linestyle="none",
            marker="o",
            markersize=size,
            color=color,
            alpha=alpha,
            zorder=2,
        )[0]
        for color, size, alpha in ((ONE, 8, None), (TWO, 8, None), (MUTED, 4, 0.6))
    ]
    (here,) = axes.plot(
        [], [], linestyle="none", marker="o", markersize=13, markerfacecolor="none",
        markeredgecolor=INK, markeredgewidth=2, zorder=3,
    )  # fmt: skip
    axes.text(1.4, 0.98, labels[0], fontsize=12, fontstyle="italic", va="center")
    counts = []
    for row, (color, words) in enumerate(zip((ONE, TWO, MUTED), labels[1:], strict=True)):
        height = 0.36 - 0.58 * row
        counts.append(
            axes.text(
                1.95,
                height,
                "0",
                color=color,
                ha="right",
                va="center",
                fontsize=17,
                fontweight="bold",
            )
        )
        axes.text(2.1, height - 0.02, words, color=color, ha="left", va="center")
    return scattered, here, counts
