"""What the background chapter draws: digits, XOR seen from two spaces, hats, tents, misfits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from numpy.typing import ArrayLike, NDArray

from mathdl.background import (
    XOR_X,
    XOR_Y,
    best_affine_fit,
    enclosed_paper,
    fold_path,
    hat_network,
    level_segments,
    linear_pieces,
    tent_network,
)
from mathdl.background.piecewise import RealFunction
from mathdl.figures.style import (
    BACKGROUND,
    FOUR,
    GRID,
    INK,
    MUTED,
    ONE,
    PANEL,
    THREE,
    TWO,
    bare,
    curve,
    digit_image,
    dots,
    label,
    label_line,
    plane,
    signed_image,
)
from mathdl.forward import Layer, forward

LEAST = -0.5
MOST = 1.5
"""The part of XOR's input plane that is drawn, on both axes."""

SHEET = np.linspace(0, 1, 5)
"""Where the lines of the sheet that a hidden layer folds are drawn."""

# Digits ----------------------------------------------------------------------------------------


def draw_digits(
    axes: Axes,
    images: ArrayLike,
    *,
    columns: int,
    title: str = "",
    captions: Sequence[str] = (),
    enclosed: ArrayLike | None = None,
) -> None:
    """Draw digits in rows, with words below and enclosed paper in colour.

    Parameters
    ----------
    axes : Axes
    images : array (n_images, 64)
        Ink from 0 to 1.
    columns : int
        Digits in a row.
    title : str
        What they have in common.
    captions : sequence of str
        A word below each digit, or none.
    enclosed : array of bool (n_images, 8, 8), optional
        Pixels to colour.
    """
    pictures = np.asarray(images, dtype=float)
    rows = -(-len(pictures) // columns)
    step = 9.6 + (2.2 if captions else 0)
    _board(axes, columns * 9.6 - 1.6, rows * step - (step - 8), title)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        left, top = 9.6 * column, -step * row
        frame = (left, left + 8, top - 8, top)
        axes.fill(
            [left, left + 8, left + 8, left], [top, top, top - 8, top - 8], color=PANEL, zorder=0.2
        )
        digit_image(axes, picture, extent=frame)
        if enclosed is not None:
            pond = np.asarray(enclosed)[number]
            axes.imshow(_pond(pond), extent=frame, zorder=0.5, aspect="equal")
        if captions:
            label(axes, left + 4, top - 8, captions[number], dy=-9, size=11, weight="normal")
    _board(axes, columns * 9.6 - 1.6, rows * step - (step - 8), title)


def draw_rule(axes: Axes, images: ArrayLike, *, title: str = "") -> None:
    """Draw digits, four in a row, with the paper that the water rule finds enclosed.

    Parameters
    ----------
    axes : Axes
    images : array (n_images, 64)
        Ink from 0 to 1.
    title : str
        What they have in common.
    """
    enclosed = enclosed_paper(images)
    captions = ["hole" if mask.any() else "no hole" for mask in enclosed]
    draw_digits(axes, images, columns=4, title=title, captions=captions, enclosed=enclosed)


def _pond(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.abs(signed_image(np.where(mask, 1.0, 0.0), 1.0))


def _board(axes: Axes, width: float, height: float, title: str) -> None:
    bare(axes)
    axes.set_aspect("equal")
    axes.set(xlim=(-0.3, width + 0.3), ylim=(-height - 0.3, 0.3))
    axes.set_title(title, fontsize=12.5, fontstyle="italic", fontweight="normal", loc="left")


def draw_weights(axes: Axes, weights: ArrayLike, *, columns: int, title: str = "") -> None:
    """Draw each row of weights as a picture: where a unit likes ink and where it dislikes it.

    Parameters
    ----------
    axes : Axes
    weights : array (n_units, 64)
        Each row is scaled to its own largest size.
    columns : int
        Pictures in a row.
    title : str
    """
    pictures = np.asarray(weights, dtype=float)
    rows = -(-len(pictures) // columns)
    size = (columns * 9.0 - 1, rows * 9.0 - 1)
    _board(axes, *size, title)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        left, top = 9.0 * column, -9.0 * row
        axes.fill(
            [left, left + 8, left + 8, left], [top, top, top - 8, top - 8], color=PANEL, zorder=0.2
        )
        axes.imshow(
            signed_image(picture.reshape(8, 8)),
            extent=(left, left + 8, top - 8, top),
            aspect="equal",
            zorder=1.5,
        )
    _board(axes, *size, title)


def draw_who_decides(axes: Axes) -> None:
    """Draw what is written by hand and what is fitted to data in three kinds of program."""
    bare(axes)
    lefts, width = (2.9, 6.9), 3.2
    for left, word in zip(lefts, ("what to look at", "how to decide"), strict=True):
        label(axes, left + width / 2, 3.1, word, color=MUTED, weight="normal")
    rows = (
        ("rule", ("by hand", "by hand")),
        ("linear model", ("by hand", "from data")),
        ("network", ("from data", "from data")),
    )
    for height, (name, sources) in zip((2.2, 1.1, 0.0), rows, strict=True):
        label(axes, 0, height, name, ha="left")
        for left, source in zip(lefts, sources, strict=True):
            _box(axes, left, height, width, source)
        _arrow(axes, lefts[0] + width + 0.1, lefts[1] - 0.1, height)
    axes.set(xlim=(0, 10.2), ylim=(-0.5, 3.4))


def _box(axes: Axes, left: float, middle: float, width: float, source: str) -> None:
    learned = source == "from data"
    axes.add_patch(
        FancyBboxPatch(
            (left, middle - 0.38),
            width,
            0.76,
            boxstyle="round,pad=0,rounding_size=0.15",
            facecolor=ONE if learned else PANEL,
            edgecolor=ONE if learned else GRID,
            linewidth=1,
            alpha=0.12 if learned else 1.0,
        )
    )
    if source:
        color, weight = (ONE, "bold") if learned else (MUTED, "normal")
        label(axes, left + width / 2, middle, source, color=color, weight=weight)


def _arrow(axes: Axes, start: float, end: float, height: float) -> None:
    axes.annotate(
        "",
        (end, height),
        (start, height),
        arrowprops={
            "arrowstyle": "-|>",
            "color": MUTED,
            "linewidth": 1,
            "shrinkA": 0,
            "shrinkB": 0,
        },
    )


def draw_accuracies(
    axes: Axes, sizes: Sequence[int], drawn: Sequence[float], learned: Sequence[float]
) -> None:
    """Draw test accuracy against the number of features, drawn at random or learned.

    Parameters
    ----------
    axes : Axes
    sizes : sequence of int
        Numbers of hidden units, doubling.
    drawn : sequence of float
        Accuracies with random features, one a size.
    learned : sequence of float
        Accuracies with learned features, for the first of the sizes.
    """
    curve(axes, "hidden units", "test accuracy, %")
    axes.set_xscale("log", base=2)
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    for shares, color, name in ((learned, ONE, "learned"), (drawn, TWO, "drawn at random")):
        percent = 100 * np.asarray(shares, dtype=float)
        x = np.asarray(sizes[: len(percent)], dtype=float)
        (line,) = axes.plot(x, percent, color=color, marker="o", markersize=5)
        if color == ONE:
            label_line(line, name, at=2, dx=0, dy=13, ha="center")
        else:
            label_line(line, name, at=4, dx=10, dy=-10)
    axes.margins(x=0.03)
    axes.set_ylim(50, 101)


# XOR -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class XorPicture:
    """The parts of XOR's two panels that an explorer moves."""

    boundaries: tuple[Line2D, Line2D]
    arrows: tuple[Line2D, Line2D]
    cut: Line2D
    sheet: Line2D
    images: tuple[PathCollection, PathCollection]
    line: Line2D


def xor_layers(hidden: Layer) -> list[Layer]:
    """Return a hidden layer with the read-out that fits XOR best."""
    features = forward([hidden], XOR_X).output
    return [hidden, best_affine_fit(features, XOR_Y)]


def draw_xor(input_axes: Axes, hidden_axes: Axes, hidden: Layer) -> XorPicture:
    """Draw what two hidden units do to XOR: the input plane and, beside it, the hidden one.

    Parameters
    ----------
    input_axes, hidden_axes : Axes
    hidden : Layer
        Two units on two inputs, activation ``"relu"`` or ``"identity"``.

    Returns
    -------
    XorPicture
        Its moving parts, which `move_xor` sets.
    """
    bounds = [[LEAST, MOST], [LEAST, MOST]]
    plane(input_axes, "x₁", "x₂", bounds=bounds)
    plane(hidden_axes, "h₁", "h₂", bounds=[[-0.6, 2.6], [-1.6, 1.6]])
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
        (parts[0][0], parts[1][0]),
        (parts[0][1], parts[1][1]),
        cut,
        sheet,
        images,
        line,
    )
    move_xor(picture, hidden)
    return picture


def _corners(axes: Axes, points: ArrayLike) -> tuple[PathCollection, PathCollection]:
    """Scatter the four points: rings where XOR is 0, discs where it is 1."""
    places, is_one = np.asarray(points, dtype=float), XOR_Y[:, 0] == 1
    ring = dots(
        axes,
        *places[~is_one].T,
        color=BACKGROUND,
        size=11,
        edgecolors=INK,
        linewidths=2,
        zorder=5,
    )
    return ring, dots(axes, *places[is_one].T, color=INK, size=12, zorder=4)


def move_xor(picture: XorPicture, hidden: Layer) -> list[Layer]:
    """Set the moving parts for a hidden layer; return it with its best read-out."""
    layers = xor_layers(hidden)
    units = zip(hidden.weights, hidden.bias, picture.boundaries, picture.arrows, strict=True)
    for weights, bias, boundary, arrow in units:
        boundary.set_data(*_line(weights, bias, LEAST, MOST))
        arrow.set_data(*_pointer(weights, bias))
    picture.cut.set_data(*_joined(level_segments(layers, 0.5, LEAST, MOST)))
    picture.sheet.set_data(*_folded_sheet(hidden))
    features = forward([hidden], XOR_X).output
    for group, answer in zip(picture.images, (0, 1), strict=True):
        group.set_offsets(features[XOR_Y[:, 0] == answer])
    picture.line.set_data(*_line(layers[1].weights[0], layers[1].bias[0] - 0.5, -3, 4))
    return layers


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


# Hats ------------------------------------------------------------------------------------------


def draw_hats(axes: Axes, function: RealFunction, n: int) -> None:
    """Draw a function, its n-piece interpolant, and the hats that add up to it.

    Parameters
    ----------
    axes : Axes
    function : callable
        On [0, 1].
    n : int
        Number of pieces.
    """
    curve(axes, "x", "f(x)")
    knots, fine = np.linspace(0, 1, n + 1), np.linspace(0, 1, 401)
    values = function(knots)
    for number, value in enumerate(values):
        peak = np.where(np.arange(n + 1) == number, value, 0.0)
        axes.plot(knots, peak, color=MUTED, linewidth=1, alpha=0.6)
    (truth,) = axes.plot(fine, function(fine), color=THREE, linewidth=2.5)
    network = hat_network(knots, values)
    (fit,) = axes.plot(fine, forward(network, fine[:, None]).output[:, 0], color=ONE)
    dots(axes, knots, values, color=ONE, zorder=4)
    label_line(truth, "f", at=70, dx=-8, dy=6)
    label_line(fit, "network", at=150, dx=10, dy=4)
    axes.margins(x=0.02)


def draw_errors(
    axes: Axes, sizes: Sequence[int], errors: Sequence[float], bounds: Sequence[float]
) -> None:
    """Draw measured errors against the number of units, below the bound from theory."""
    curve(axes, "hidden units", "largest error", log="xy")
    (bound,) = axes.plot(sizes, bounds, color=THREE, linestyle=(0, (4, 3)))
    axes.plot(sizes, errors, color=ONE, marker="o", linestyle="none")
    label_line(bound, "h² max|f″| / 8", at=-2, dx=8, dy=8)
    label(axes, sizes[1], errors[1], "measured", color=ONE, dx=-8, dy=-12)
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.margins(x=0.05)


# Depth -----------------------------------------------------------------------------------------


def draw_tents(axes: Sequence[Axes], depths: Sequence[int]) -> None:
    """Draw the tent map composed with itself, one depth a panel."""
    for panel, depth in zip(axes, depths, strict=True):
        curve(panel, "x", f"T{'₀₁₂₃₄₅₆₇₈₉'[depth]}(x)")
        network = tent_network(depth)
        ends = linear_pieces(network)
        panel.plot(ends, forward(network, ends[:, None]).output[:, 0], color=ONE)
        panel.set(xlim=(0, 1), ylim=(0, 1.08), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        panel.set_xticklabels(["0", "½", "1"])
        panel.set_yticklabels(["0", "½", "1"])


def draw_units(axes: Axes, deep: ArrayLike, shallow: ArrayLike, pieces: ArrayLike) -> None:
    """Draw the number of units, deep and shallow, that a number of pieces takes."""
    curve(axes, "linear pieces", "units", log="y")
    x = np.asarray(pieces, dtype=float)
    axes.set_xscale("log", base=2)
    axes.set_xticks(x[1::2], [f"{piece:,.0f}" for piece in x[1::2]])
    axes.minorticks_off()
    (one_layer,) = axes.plot(x, np.asarray(shallow), color=TWO, marker="o", markersize=5)
    (layers,) = axes.plot(x, np.asarray(deep), color=ONE, marker="o", markersize=5)
    label_line(one_layer, "one hidden layer, at least", at=-3, dx=-8, dy=6)
    label_line(layers, "layers of two", at=-4, dx=0, dy=-20, ha="center")
    axes.margins(x=0.04)


# What is not promised --------------------------------------------------------------------------


def draw_misfit(
    axes: Axes, function: RealFunction, learned: Sequence[Layer], *, title: str = ""
) -> None:
    """Draw a function and what a trained network makes of it."""
    curve(axes, "x", title)
    fine = np.linspace(0, 1, 801)
    (truth,) = axes.plot(fine, function(fine), color=THREE, linewidth=4, alpha=0.7)
    (fit,) = axes.plot(fine, forward(learned, fine[:, None]).output[:, 0], color=TWO)
    axes.set(xlim=(0, 1), ylim=(-1.5, 1.5), xticks=[0, 0.5, 1], yticks=[-1, 0, 1])
    label(axes, 0.62, 1.3, "target", color=truth.get_color(), ha="left")
    label(axes, 0.98, 1.3, "trained", color=fit.get_color(), ha="right")


def draw_alias(axes: Axes, function: RealFunction, n: int) -> None:
    """Draw a function, its values at n + 1 points, and the network that fits them all."""
    curve(axes, "x", "f(x)")
    knots, fine = np.linspace(0, 1, n + 1), np.linspace(0, 1, 801)
    (truth,) = axes.plot(fine, function(fine), color=THREE)
    network = hat_network(knots, function(knots))
    (fit,) = axes.plot(fine, forward(network, fine[:, None]).output[:, 0], color=ONE)
    dots(axes, knots, function(knots), color=ONE, size=9, zorder=4)
    label(axes, 0.9, 1.25, "target", color=truth.get_color(), ha="right")
    label(axes, 0.02, 1.25, "fits every sample", color=fit.get_color(), ha="left")
    axes.set(xlim=(-0.02, 1.02), ylim=(-1.2, 1.45), yticks=[-1, 0, 1])
