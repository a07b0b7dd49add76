"""XOR, seen from the plane of its inputs and from that of two hidden units."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk
from explorable.checks import Array
from mathdl.background import XOR_X, XOR_Y, fold_path
from mathdl.forward import Layer, forward

__all__ = ["draw_xor"]

LEAST = -0.5
MOST = 1.5
"""The part of XOR's input plane that is drawn, on both axes."""

PLACES = LEAST + (MOST - LEAST) * (np.argwhere(np.ones((25, 25))) + 0.5) / 25
"""Where on it a read-out is asked whether it answers more than ½."""

SHEET = np.linspace(0, 1, 5)
"""Where the lines of the sheet that a hidden layer folds are drawn."""


@dataclass(eq=False)
class XorPicture(tk.MovingParts):
    """The parts of XOR's two panels that an explorer moves."""

    boundaries: tuple[Line2D, Line2D]
    arrows: tuple[Line2D, Line2D]
    above: PathCollection
    sheet: Line2D
    images: tuple[PathCollection, PathCollection]
    line: Line2D

    def move(self, hidden: Layer) -> list[Layer]:
        """Set the moving parts for a hidden layer; return it with its best read-out."""
        layers = xor_layers(hidden)
        units = zip(hidden.weights, hidden.bias, self.boundaries, self.arrows, strict=True)
        for weights, bias, boundary, arrow in units:
            boundary.set_data(*_line(weights, bias))
            arrow.set_data(*_pointer(weights, bias))
        answers = forward.plain(layers, PLACES).output
        above = answers > 0.5 + 1e-9  # where all answers are ½, rounding draws none
        self.above.set_offsets(np.where(above, PLACES, np.nan))
        self.sheet.set_data(*_folded_sheet(hidden))
        features = forward.plain([hidden], XOR_X).output
        for group, rows in zip(self.images, (features[::3], features[1:3]), strict=True):
            group.set_offsets(rows)
        self.line.set_data(*_line(layers[1].weights[0], layers[1].bias[0] - 0.5))
        return layers


def xor_layers(hidden: Layer) -> list[Layer]:
    """Return a layer of two units with the read-out that `best_affine_fit` finds for XOR.

    The 2×2 matrix of its normal equations is turned round by hand; where it has rank 1, its
    pseudoinverse is itself over the square of its trace.
    """
    features = forward.plain([hidden], XOR_X).output
    centre = features.mean(axis=0)
    h = features - centre
    gram, size = h.T @ h, (h**2).sum()
    det = gram[0, 0] * gram[1, 1] - gram[0, 1] ** 2
    solvable = det > 1e-12 * size**2
    adjugate = size * np.eye(2) - gram
    inverse = np.where(solvable, adjugate / np.where(solvable, det, 1), gram / size**2)
    weights = (inverse @ h.T @ XOR_Y).T
    return [hidden, Layer.trusted(weights, 0.5 - weights @ centre, "identity")]


def draw_xor(input_axes: Axes, hidden_axes: Axes, hidden: Layer) -> XorPicture:
    """Draw what two hidden units do to XOR: the input plane and, beside it, the hidden one."""
    bounds = [[LEAST, MOST], [LEAST, MOST]]
    tk.style_plane(input_axes, "x₁", "x₂", bounds=bounds)
    tk.style_plane(hidden_axes, "h₁", "h₂", bounds=[[-0.6, 2.6], [-1.6, 1.6]])
    for axes, title, ticks in (
        (input_axes, "inputs", [0, 1]),
        (hidden_axes, "hidden units", [0, 1, 2]),
    ):
        axes.set_title(title, fontstyle="italic", fontweight="normal", loc="left")
        axes.set_xticks(ticks)
    input_axes.set_yticks([0, 1])
    hidden_axes.set_yticks([-1, 0, 1])
    hidden_axes.xaxis.label.set_color(tk.TWO)
    hidden_axes.yaxis.label.set_color(tk.FOUR)
    for value in SHEET:
        for path in (([value, value], [0, 1]), ([0, 1], [value, value])):
            input_axes.plot(*path, color=tk.INK, linewidth=1, alpha=0.25)
    parts = []
    for color in (tk.TWO, tk.FOUR):
        (boundary,) = input_axes.plot([], [], color=color)
        (arrow,) = input_axes.plot([], [], color=color, linewidth=3)
        parts.append((boundary, arrow))
    above = tk.dots(input_axes, *PLACES.T, color=tk.ONE, size=3, alpha=0.5)
    (sheet,) = hidden_axes.plot([], [], color=tk.INK, linewidth=1, alpha=0.3)
    (line,) = hidden_axes.plot([], [], color=tk.ONE, linewidth=2.5, linestyle=(0, (5, 3)))
    _corners(input_axes, XOR_X)
    images = _corners(hidden_axes, XOR_X)
    picture = XorPicture(
        (parts[0][0], parts[1][0]), (parts[0][1], parts[1][1]), above, sheet, images, line
    )
    picture.move(hidden)
    return picture


def _corners(axes: Axes, points: ArrayLike) -> tuple[PathCollection, PathCollection]:
    """Scatter the four points: rings where XOR is 0, discs where it is 1."""
    places, is_one = np.asarray(points, dtype=float), XOR_Y[:, 0] == 1
    ring = tk.dots(
        axes,
        *places[~is_one].T,
        color="none",
        size=14,
        edgecolors=tk.INK,
        linewidths=2.5,
        zorder=5,
    )
    return ring, tk.dots(axes, *places[is_one].T, color=tk.INK, size=8, zorder=4)


def _line(weights: Array, bias: float) -> Array:
    """Return two ends, columns x and y, of the line weights·x + bias = 0; NaN if there is none."""
    size = np.hypot(weights[0], weights[1])
    size = np.where(size > 1e-9, size, np.nan)
    return tk.half_plane(weights / size, -bias / size)[:2].T


def _pointer(normal: Array, bias: float) -> Array:
    """Return a short arrow from the middle of a unit's boundary towards its open side."""
    centre = np.array([0.5, 0.5])
    foot = centre - (normal @ centre + bias) * normal / (normal @ normal)
    unit = normal / np.linalg.norm(normal)
    side = np.stack([-unit[1], unit[0]])
    tip = foot + 0.3 * unit
    barbs = [tip - 0.1 * unit + 0.07 * side, tip, tip - 0.1 * unit - 0.07 * side]
    return np.stack([foot, tip, *barbs]).T


def _folded_sheet(hidden: Layer) -> Array:
    paths = []
    for value in SHEET:
        for start, end in (((value, 0.0), (value, 1.0)), ((0.0, value), (1.0, value))):
            path = fold_path.plain(np.array(start), np.array(end), hidden)
            paths += [path, np.nan * path[:1]]
    return np.concatenate(paths).T
