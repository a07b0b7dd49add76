"""What the chapter on the forward pass draws: planes cut and folded, signals, digits.

The products of its first half are drawn by `mathdl.figures.product`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from mathdl.figures.product import draw_grid
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
    ink_image,
    label,
    label_line,
    plane,
    signed_field,
    signed_image,
)
from mathdl.forward import Layer, forward
from mathdl.forward.regions import (
    activation_pattern,
    deep_region_bound,
    folding_network,
    followed_by,
    max_regions,
)


def draw_arrangement(
    axes: Axes,
    layers: Sequence[Layer],
    *,
    bounds: ArrayLike = ((-2, 2), (-2, 2)),
    patterns: bool = False,
) -> None:
    """Draw where the neurons of ReLU layers open and close on the plane.

    Parameters
    ----------
    axes : Axes
    layers : sequence of Layer
        Two inputs. The boundaries of the first layer are drawn in one colour, those of the
        second in another.
    bounds : array (2, 2)
        Rows axis by axis: lower, upper.
    patterns : bool
        Whether to write its activation pattern into every piece.
    """
    plane(axes, "x₁", "x₂", bounds=bounds)
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    grid_x, grid_y, points = _grid_points(bounds, 241)
    passed = forward(layers, points)
    for depth, z in enumerate(passed.preactivations):
        for neuron in range(z.shape[1]):
            axes.contour(
                grid_x, grid_y, z[:, neuron].reshape(grid_x.shape), levels=[0],
                colors=[(ONE, TWO, FOUR)[min(depth, 2)]], linewidths=2, zorder=2,
            )  # fmt: skip
    pattern = activation_pattern(layers, points)
    _shade_pieces(axes, pattern, grid_x.shape, bounds)
    if patterns:
        points = _grid_points(bounds, 121)[2]
        pattern = activation_pattern(layers, points)
        for code in np.unique(pattern, axis=0):
            word = "".join("1" if neuron else "0" for neuron in code)
            x, y = _pole(points, (pattern == code).all(axis=1)).tolist()
            axes.text(x, y, word, ha="center", va="center", fontsize=10.5, color=INK)


def _grid_points(
    bounds: ArrayLike, n: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    (left, right), (low, high) = np.asarray(bounds, dtype=float)
    x, y = np.meshgrid(np.linspace(left, right, n), np.linspace(low, high, n))
    return x, y, np.stack([x.ravel(), y.ravel()], axis=1)


def _shade_pieces(
    axes: Axes, pattern: NDArray[np.bool_], shape: tuple[int, ...], bounds: ArrayLike
) -> None:
    """Shade each piece by how many neurons are open there."""
    opened = pattern.mean(axis=1).reshape(shape)
    (left, right), (low, high) = np.asarray(bounds, dtype=float)
    axes.imshow(
        ink_image(0.16 * opened), extent=(left, right, low, high), origin="lower",
        aspect="equal", zorder=0.4,
    )  # fmt: skip


def _pole(points: NDArray[np.float64], inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the point inside where a word, wider than high, is farthest from all outside."""
    inner, outer = points[inside][:: max(1, int(inside.sum()) // 300)], points[~inside][::2]
    distance = np.linalg.norm((inner[:, None] - outer) * [0.4, 1.0], axis=2).min(axis=1)
    room = np.minimum(inner - points.min(axis=0), points.max(axis=0) - inner) * [0.4, 1.0]
    best: NDArray[np.float64] = inner[np.argmax(np.minimum(distance, room.min(axis=1)))]
    return best


def draw_folding(axes: Axes, n_folds: int, reader: Layer) -> None:
    """Draw where one last neuron is open, seen on the square before it was folded.

    Parameters
    ----------
    axes : Axes
    n_folds : int
        How often the square is folded before the neuron reads it; 0 shows the neuron's own line.
    reader : Layer
        One neuron with two inputs.
    """
    bounds = [[-1, 1], [-1, 1]]
    plane(axes, "x₁", "x₂", bounds=bounds)
    axes.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    layers = followed_by(folding_network(n_folds), reader) if n_folds else [reader]
    grid_x, grid_y, points = _grid_points(bounds, 321)
    z = forward(layers, points).preactivations[-1][:, 0].reshape(grid_x.shape)
    axes.contourf(grid_x, grid_y, z, levels=[0, 1e9], colors=[ONE], alpha=0.16, zorder=0.5)
    axes.contour(grid_x, grid_y, z, levels=[0], colors=[ONE], linewidths=2, zorder=2)
    half = 2.0 ** (n_folds - 1)
    for crease in np.arange(1 - half, half) / half:
        axes.axvline(crease, color=TWO, linewidth=1.2, alpha=0.7, zorder=1)
        axes.axhline(crease, color=TWO, linewidth=1.2, alpha=0.7, zorder=1)


def draw_region_growth(axes: Axes, max_folds: int) -> None:
    """Draw the number of pieces against the number of neurons: one wide layer, or many folds.

    Parameters
    ----------
    axes : Axes
    max_folds : int
        How many folds of four neurons the deepest network has, before its one last neuron.
    """
    folds = np.arange(1, max_folds + 1)
    neurons = 4 * folds + 1
    deep = [deep_region_bound(2, [4] * int(k) + [1]) for k in folds]
    shallow = [max_regions(int(n), 2) for n in neurons]
    curve(axes, "ReLU neurons", "pieces of the plane", log="y")
    one = axes.plot(neurons, deep, "o-", color=ONE)[0]
    two = axes.plot(neurons, shallow, "o-", color=TWO)[0]
    label_line(one, "folded, four at a time", at=-2, dx=-10, dy=6)
    label_line(two, "in one layer, at most", at=-1, dx=-4, dy=-30, ha="right")
    axes.set(xticks=neurons, ylim=(4, 2 * max(deep)), xlim=(neurons[0] - 1, neurons[-1] + 1))


def draw_signals(
    axes: Axes,
    measured: Mapping[str, ArrayLike],
    predicted: Mapping[str, ArrayLike] | None = None,
    *,
    name: str = "mean square of activations",
) -> dict[str, Line2D]:
    """Draw mean squares against the layer, on a logarithmic axis.

    Parameters
    ----------
    axes : Axes
    measured : mapping from label to array (depth + 1,)
        At most three, drawn in the inks one, two and four.
    predicted : mapping from label to array (depth + 1,), optional
        Drawn dashed, in the ink of theory.
    name : str
        What the axis says.
    """
    curve(axes, "layer", name, log="y")
    lines = {}
    for (text, values), color in zip(measured.items(), (ONE, TWO, FOUR), strict=False):
        sizes = np.asarray(values, dtype=float)
        lines[text] = axes.plot(range(len(sizes)), sizes, color=color)[0]
        label_line(lines[text], text, dx=8)
    for values in (predicted or {}).values():
        sizes = np.asarray(values, dtype=float)
        axes.plot(
            range(len(sizes)), sizes, color=THREE, linestyle=(0, (4, 4)), linewidth=1.6, zorder=3
        )
    return lines


SIGNAL_RANGE = (1e-12, 1e12)
"""Mean squares that `draw_signal_pair` shows."""


def draw_signal_pair(axes: Axes, name: str, depth: int) -> tuple[Line2D, Line2D]:
    """Draw the plane on which an explorer compares a measured signal with a predicted one.

    Parameters
    ----------
    axes : Axes
    name : str
        What the axis says.
    depth : int
        How many layers the axis has.

    Returns
    -------
    measured, predicted : Line2D
        Without data; `move_signal` gives them some.
    """
    curve(axes, "layer", name, log="y")
    axes.set(xlim=(0, depth), ylim=SIGNAL_RANGE, yticks=[1e-12, 1e-8, 1e-4, 1, 1e4, 1e8, 1e12])
    axes.axhline(1, color=INK, linewidth=1, alpha=0.5, zorder=1)
    measured = axes.plot([], [], color=ONE)[0]
    predicted = axes.plot([], [], color=THREE, linestyle=(0, (4, 4)), linewidth=1.6, zorder=3)[0]
    label(axes, depth, 1e11, "measured", color=ONE, ha="right", dx=-2)
    label(axes, depth, 1e9, "predicted", color=THREE, ha="right", dx=-2)
    return measured, predicted


def move_signal(line: Line2D, sizes: ArrayLike) -> None:
    """Give a line of `draw_signal_pair` its data; what leaves the picture is cut at its edge."""
    values = np.asarray(sizes, dtype=float)
    line.set_data(np.arange(len(values)), np.clip(values, 1e-50, 1e50))


def draw_units(axes: Axes, values: ArrayLike, *, columns: int, title: str = "") -> None:
    """Draw a layer's outputs as a grid of squares, ink by size; closed neurons stay empty.

    Parameters
    ----------
    axes : Axes
    values : array (n,)
        Outputs of a ReLU layer, none negative.
    columns : int
        Squares in a row.
    title : str
        Stands above.
    """
    sizes = np.asarray(values, dtype=float)
    rows = -(-len(sizes) // columns)
    picture = np.zeros(rows * columns)
    picture[: len(sizes)] = sizes / (sizes.max() or 1.0)
    bare(axes)
    axes.imshow(ink_image(picture.reshape(rows, columns), ONE), zorder=0.4)
    draw_grid(axes, -0.5, -0.5, columns, rows)
    axes.set(xlim=(-0.56, columns - 0.44), ylim=(rows - 0.44, -0.56))
    axes.set_title(title, fontweight="normal", fontstyle="italic")


def draw_picture(axes: Axes, image: ArrayLike, title: str = "", *, signed: bool = False) -> None:
    """Draw an 8×8 image with a hairline frame.

    Parameters
    ----------
    axes : Axes
    image : array (64,)
        From 0 (paper) to 1 (ink); or weights of either sign.
    title : str
        Stands above.
    signed : bool
        Whether to draw signed numbers, in ink one where positive, in ink two where negative.
    """
    values = np.asarray(image, dtype=float)
    side = round(values.size**0.5)
    bare(axes)
    if signed:
        axes.imshow(signed_image(values.reshape(side, side)), zorder=0.4)
    else:
        digit_image(axes, values)
    corner, length = (-0.5, -0.5), side
    axes.add_patch(
        Rectangle(corner, length, length, facecolor="none", edgecolor=GRID, linewidth=1)
    )
    axes.set(xlim=(-0.6, side - 0.4), ylim=(side - 0.4, -0.6))
    axes.set_title(title, fontweight="normal", fontstyle="italic")


def draw_weight_tiles(
    axes: Axes, weights: ArrayLike, captions: Sequence[str], *, columns: int
) -> None:
    """Draw rows of a weight matrix as 8×8 pictures side by side, each with a caption below.

    Parameters
    ----------
    axes : Axes
    weights : array (n, 64)
    captions : sequence of str
    columns : int
    """
    rows = np.asarray(weights, dtype=float)
    bare(axes)
    axes.set_aspect("equal")
    lines = -(-len(rows) // columns)
    axes.set(xlim=(-0.1, columns * 9.4 - 1.3), ylim=(lines * 11.4 - 0.6, -0.1))
    scale = float(np.abs(rows).max())
    for k, (row, caption) in enumerate(zip(rows, captions, strict=True)):
        top, left = (k // columns) * 11.4, (k % columns) * 9.4
        signed_field(
            axes,
            row.reshape(8, 8),
            extent=(left, left + 8, top + 8, top),
            scale=scale,
            origin="upper",
            smooth=False,
        )
        axes.add_patch(Rectangle((left, top), 8, 8, facecolor="none", edgecolor=GRID, linewidth=1))
        axes.text(
            left + 4, top + 9.3, caption, ha="center", va="center", fontsize=11.5, color=MUTED
        )


def draw_probabilities(axes: Axes, probabilities: ArrayLike, truth: int, title: str = "") -> None:
    """Draw the probability of every class as a bar; the true class is marked on its name.

    Parameters
    ----------
    axes : Axes
    probabilities : array (n_classes,)
    truth : int
        The right class.
    title : str
        Stands above.
    """
    p = np.asarray(probabilities, dtype=float)
    best = int(p.argmax())
    axes.grid(visible=False)
    axes.add_patch(Rectangle((0, -0.5), 1, len(p), facecolor=PANEL, zorder=0))
    axes.barh(
        range(len(p)), p, height=0.72, color=[ONE if k == best else TWO for k in range(len(p))]
    )
    axes.set(xlim=(0, 1), ylim=(len(p) - 0.4, -0.6), xticks=[0, 1])
    axes.spines["bottom"].set_visible(False)
    axes.set_yticks(range(len(p)), [str(k) for k in range(len(p))])
    axes.get_yticklabels()[truth].set(color=THREE, fontweight="bold")
    inside = p[best] > 0.55
    place, color = (0.55, BACKGROUND) if inside else (float(p[best]), ONE)
    label(axes, place, best, f"{p[best]:.3f}", dx=6, color=color, size=11)
    axes.set_title(title, fontweight="normal", fontstyle="italic")
