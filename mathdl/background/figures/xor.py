"""XOR, seen from the plane of its inputs and from that of two hidden units."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

from explorable.drawing.toolkit import FOUR, INK, ONE, TWO, MovingParts, dots, style_plane
from mathdl.background import XOR_X, XOR_Y, best_affine_fit, fold_path, level_segments
from mathdl.forward import Layer, forward

LEAST = -0.5
MOST = 1.5
"""The part of XOR's input plane that is drawn, on both axes."""

SHEET = np.linspace(0, 1, 5)
"""Where the lines of the sheet that a hidden layer folds are drawn."""


@dataclass(eq=False)
class XorPicture(MovingParts):
    """The parts of XOR's two panels that an explorer moves."""

    boundaries: tuple[Line2D, Line2D]
    arrows: tuple[Line2D, Line2D]
    cut: Line2D
    sheet: Line2D
    images: tuple[PathCollection, PathCollection]
    line: Line2D

    def move(self, hidden: Layer) -> list[Layer]:
        """Set the moving parts for a hidden layer; return it with its best read-out."""
        layers = xor_layers(hidden)
        units = zip(hidden.weights, hidden.bias, self.boundaries, self.arrows, strict=True)
        for weights, bias, boundary, arrow in units:
            boundary.set_data(*_line(weights, bias, LEAST, MOST))
            arrow.set_data(*_pointer(weights, bias))
        self.cut.set_data(*_joined(level_segments(layers, 0.5, LEAST, MOST)))
        self.sheet.set_data(*_folded_sheet(hidden))
        features = forward([hidden], XOR_X).output
        for group, answer in zip(self.images, (0, 1), strict=True):
            group.set_offsets(features[XOR_Y[:, 0] == answer])
        self.line.set_data(*_line(layers[1].weights[0], layers[1].bias[0] - 0.5, -3, 4))
        return layers


def xor_layers(hidden: Layer) -> list[Layer]:
    """Return a hidden layer with the read-out that fits XOR best."""
    features = forward([hidden], XOR_X).output
    return [hidden, best_affine_fit(features, XOR_Y)]


def draw_xor(input_axes: Axes, hidden_axes: Axes, hidden: Layer) -> XorPicture:
    """Draw what two hidden units do to XOR: the input plane and, beside it, the hidden one.

    Parameters
    ----------
    hidden : Layer
        Two units on two inputs, activation ``"relu"`` or ``"identity"``.

    Returns
    -------
    XorPicture
        Its moving parts.
    """
    bounds = [[LEAST, MOST], [LEAST, MOST]]
    style_plane(input_axes, "x₁", "x₂", bounds=bounds)
    style_plane(hidden_axes, "h₁", "h₂", bounds=[[-0.6, 2.6], [-1.6, 1.6]])
    for axes, title, ticks in (
        (input_axes, "inputs", [0, 1]),
        (hidden_axes, "hidden units", [0, 1, 2]),
    ):
        axes.set_title(title, fontstyle="italic", fontweight="normal", loc="left")
        axes.set_xticks(ticks)
    input_axes.set_yticks([0, 1])
    hidden_axes.set_yticks([-1, 0, 1])
    hidden_axes.xaxis.label.set_color(TWO)
    hidden_axes.yaxis.label.set_color(FOUR)
    for value in SHEET:
        for path in (([value, value], [0, 1]), ([0, 1], [value, value])):
            input_axes.plot(*path, color=INK, linewidth=1, alpha=0.25)
    parts = []
    for color in (TWO, FOUR):
        (boundary,) = input_axes.plot([], [], color=color)
        (arrow,) = input_axes.plot([], [], color=color, linewidth=3)
        parts.append((boundary, arrow))
    (cut,) = input_axes.plot([], [], color=ONE, linewidth=2.5, linestyle=(0, (5, 3)))
    (sheet,) = hidden_axes.plot([], [], color=INK, linewidth=1, alpha=0.3)
    (line,) = hidden_axes.plot([], [], color=ONE, linewidth=2.5, linestyle=(0, (5, 3)))
    _corners(input_axes, XOR_X)
    images = _corners(hidden_axes, XOR_X)
    picture = XorPicture(
        (parts[0][0], parts[1][0]), (parts[0][1], parts[1][1]), cut, sheet, images, line
    )
    picture.move(hidden)
    return picture


def _corners(axes: Axes, points: ArrayLike) -> tuple[PathCollection, PathCollection]:
    """Scatter the four points: rings where XOR is 0, discs where it is 1.

    A disc fits into a ring, so that both are seen where points of both kinds meet.
    """
    places, is_one = np.asarray(points, dtype=float), XOR_Y[:, 0] == 1
    ring = dots(
        axes, *places[~is_one].T, color="none", size=14, edgecolors=INK, linewidths=2.5, zorder=5
    )
    return ring, dots(axes, *places[is_one].T, color=INK, size=8, zorder=4)


def _line(normal: ArrayLike, offset: float, least: float, most: float) -> NDArray[np.float64]:
    """Return the ends, columns x and y, of the line normal·x + offset = 0 inside a square."""
    one_unit = [
        Layer(np.asarray(normal, dtype=float)[None], np.array([offset])),
        Layer(np.ones((1, 1)), np.zeros(1)),
    ]
    return _joined(level_segments(one_unit, 0.0, least, most))


def _joined(segments: ArrayLike) -> NDArray[np.float64]:
    """Return segments as the x and y of one line, with gaps between them."""
    pairs = np.asarray(segments, dtype=float).reshape(-1, 2, 2)
    gaps = np.full((len(pairs), 1, 2), np.nan)
    return np.concatenate([pairs, gaps], axis=1).reshape(-1, 2)[:-1].T.reshape(2, -1)


def _pointer(weights: ArrayLike, bias: float) -> NDArray[np.float64]:
    """Return a short arrow from the middle of a unit's boundary towards its open side."""
    normal = np.asarray(weights, dtype=float)
    centre = np.array([0.5, 0.5])
    foot = centre - (normal @ centre + bias) * normal / (normal @ normal)
    unit = normal / np.linalg.norm(normal)
    side = np.array([-unit[1], unit[0]])
    tip = foot + 0.3 * unit
    barbs = [tip - 0.1 * unit + 0.07 * side, tip, tip - 0.1 * unit - 0.07 * side]
    return np.array([foot, tip, *barbs]).T


def _folded_sheet(hidden: Layer) -> NDArray[np.float64]:
    paths = []
    for value in SHEET:
        for start, end in (((value, 0.0), (value, 1.0)), ((0.0, value), (1.0, value))):
            paths += [fold_path(start, end, hidden), np.full((1, 2), np.nan)]
    return np.concatenate(paths[:-1]).T
