"""Draw a chain of layers as a graph, one path through it, and the sum over all paths."""

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle

import explorable.drawing.toolkit as tk
from explorable import sentences
from explorable.checks import Array
from mathdl.backward.paths import path_units

__all__ = ["draw_paths"]

SIGN = {True: tk.ONE, False: tk.TWO}
"""The ink of a number by whether it is at least zero: the book's signed field, for lines."""


def number(value: float, digits: int = 3) -> str:
    """Write a number with a true minus sign and few digits.

    Examples
    --------
    >>> number(-18.0), number(0.6981), number(-0.0)
    ('−18', '0.698', '0')
    """
    return sentences.number(value + 0.0, f".{digits}g")


class Paths(tk.MovingParts):
    """What can move in a drawing of paths."""

    def move(self, jacobians: Sequence[npt.NDArray[np.floating]], path: int | None) -> None:
        """Show other local derivatives, and highlight another path or none."""
        places = _places(jacobians)
        for edge, ends, slope in zip(self.edges, _edges(places), _slopes(jacobians), strict=True):
            edge.set_xy(_band(*ends, 0.01 + 0.036 * np.minimum(abs(slope), 2.0)))
        if path is None:
            for line in (self.highlight, self.plates):
                line.set_data([], [])
            for text in self.labels:
                text.set_text("")
            return
        units = path_units.plain(jacobians)[path]
        points = np.array([places[column][unit] for column, unit in enumerate(units)])
        middles = (points[:-1] + points[1:]) / 2
        self.highlight.set_data(*points.T)
        self.plates.set_data(*middles.T)
        for column, text in enumerate(self.labels):
            text.set_position(tuple(middles[column]))
            text.set_text(number(jacobians[column][units[column + 1], units[column]], 2))


def _places(jacobians: Sequence[npt.NDArray[np.floating]]) -> list[Array]:
    return unit_positions([jacobians[0].shape[1], *(len(jacobian) for jacobian in jacobians)])


def _edges(places: Sequence[Array]) -> list[tuple[Array, Array]]:
    """Return where each edge begins and ends, in the order of the local derivatives."""
    return [
        (start, end)
        for column, following in itertools.pairwise(places)
        for end in following
        for start in column
    ]


def _slopes(jacobians: Sequence[npt.NDArray[np.floating]]) -> npt.NDArray[np.floating]:
    return np.concatenate([jacobian.ravel() for jacobian in jacobians])


def _band(start: Array, end: Array, width: float) -> Array:
    """Return the corners (4, 2) of a straight band."""
    along = (end - start) / np.hypot(*(end - start))
    across = width / 2 * np.array([-along[1], along[0]])
    return np.stack([start + across, end + across, end - across, start - across])


def unit_positions(widths: Sequence[int]) -> list[Array]:
    """Place the units of a network in columns, each centred on height 0, first unit on top."""
    return [
        np.column_stack([np.full(n, float(c)), (n - 1) / 2 - np.arange(n)])
        for c, n in enumerate(widths)
    ]


def draw_paths(
    axes: Axes, jacobians: Sequence[npt.NDArray[np.floating]], *, path: int | None = 0
) -> Paths:
    """Draw a chain of layers as a graph and one path through it, or none.

    The sign that a local derivative has now gives its edge's ink, its size the width. Paths are
    numbered as `mathdl.backward.paths.path_units` lists them.
    """
    tk.style_bare(axes)
    axes.set_label("Network with its paths from x to y")
    places = _places(jacobians)
    edges = []
    for slope in _slopes(jacobians):
        edge = Polygon(np.zeros((4, 2)), color=SIGN[bool(slope >= 0)], linewidth=0, zorder=1)
        axes.add_patch(edge)
        edges.append(edge)
    highlight = axes.plot([], [], color=tk.INK, linewidth=11, alpha=0.16, zorder=0.9)[0]
    plate = [(-1, -0.5), (1, -0.5), (1, 0.5), (-1, 0.5)]
    plates = axes.plot(
        [], [], linestyle="none", marker=plate, markersize=38, color=tk.BACKGROUND, zorder=3.5
    )[0]
    for column, units in enumerate(places):
        axes.plot(*units.T, "o", ms=20, mfc=tk.PANEL, mec=tk.INK, mew=1.2, zorder=3)
        name = "x" if column == 0 else "y" if column == len(places) - 1 else "h"
        for k, (x, y) in enumerate(units):
            word = name if len(units) == 1 else f"{name}{'₁₂₃₄₅₆'[k]}{'′' * (column - 1)}"
            axes.text(x, y, word, ha="center", va="center", fontsize=11, color=tk.INK, zorder=4)
    axes.set(xlim=(-0.25, len(places) - 0.75), ylim=(-1.45, 1.45))
    made = Paths(
        edges=edges,
        highlight=highlight,
        plates=plates,
        labels=[
            axes.text(0, 0, "", ha="center", va="center", size=12, weight="bold", zorder=4)
            for _ in jacobians
        ],
    )
    made.move(jacobians, path)
    return made


class PathSum(tk.MovingParts):
    """What can move in a drawing of a sum over paths."""

    def move(self, products: npt.NDArray[np.floating], shown: int) -> None:
        """Show other products (n_paths,), the first ``shown`` of them added."""
        totals = np.append(0.0, np.cumsum(products))
        for k, bar in enumerate(self.bars):
            visible = k < shown
            bar.set_y(totals[k] if visible else 0.0)
            bar.set_height(products[k] if visible else 0.0)
            bar.set_linewidth(1.5 if visible else 0)
        for k, link in enumerate(self.links):
            ends = ([k + 1.0, k + 2.0], [totals[k + 1], totals[k + 1]])
            link.set_data(*(ends if k + 1 < shown else ([], [])))
        self.target.set_data([0.4, len(self.bars) + 0.6], [totals[-1], totals[-1]])
        self.target_label.set_y(totals[-1])


def draw_path_sum(axes: Axes, products: npt.ArrayLike, *, shown: int | None = None) -> PathSum:
    """Draw the products along the paths as steps up and down that end at the derivative."""
    terms = np.asarray(products, dtype=float)
    bars = [
        Rectangle((k + 0.6, 0), 0.8, 0, zorder=2, color=SIGN[bool(term >= 0)])
        for k, term in enumerate(terms)
    ]
    for bar in bars:
        axes.add_patch(bar)
    links = [
        axes.plot([], [], color=tk.MUTED, linewidth=1, zorder=1.5)[0]
        for _ in range(len(terms) - 1)
    ]
    axes.axhline(0, color=tk.INK, linewidth=1, zorder=1)
    axes.set_xticks(range(1, len(terms) + 1))
    tk.style_curve(axes, x="path", y="sum of the products so far")
    axes.set_xlim(0.4, len(terms) + 0.6)
    totals = np.concatenate([[0.0], np.cumsum(terms)])
    room = 0.12 * float(np.ptp(totals))
    axes.set_ylim(float(totals.min()) - room, float(totals.max()) + room)
    made = PathSum(
        bars=bars,
        links=links,
        target=axes.plot([], [], color=tk.THREE, linewidth=2, linestyle=(0, (4, 3)), zorder=3)[0],
        target_label=axes.text(
            len(terms) + 0.6, 0, "dy/dx", color=tk.THREE, size=12, weight="bold", va="center"
        ),
    )
    made.move(terms, len(terms) if shown is None else shown)
    return made
