"""The pieces into which a network cuts and folds the plane of its inputs."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from mathdl.forward import Layer, forward
from mathdl.forward.regions import (
    activation_pattern,
    folding_network,
    followed_by,
)
from mathdl.plotting import FOUR, INK, ONE, TWO, opacity_rgba, style_plane


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
    layers : sequence of Layer
        Two inputs. The boundaries of the first layer are drawn in one colour, those of the
        second in another.
    bounds : array (2, 2)
        Rows axis by axis: lower, upper.
    patterns : bool
        Whether to write its activation pattern into every piece.
    """
    style_plane(axes, "x₁", "x₂", bounds=bounds)
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
        opacity_rgba(0.16 * opened), extent=(left, right, low, high), origin="lower",
        aspect="equal", zorder=0.4,
    )  # fmt: skip


def _pole(points: NDArray[np.float64], inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the point inside where a word, wider than high, is farthest from all outside."""
    inner, outer = points[inside][:: max(1, int(inside.sum()) // 300)], points[~inside]
    distance = np.linalg.norm((inner[:, None] - outer) * [0.4, 1.0], axis=2).min(axis=1)
    room = np.minimum(inner - points.min(axis=0), points.max(axis=0) - inner) * [0.4, 1.0]
    best: NDArray[np.float64] = inner[np.argmax(np.minimum(distance, room.min(axis=1)))]
    return best


def draw_folding(axes: Axes, n_folds: int, reader: Layer) -> None:
    """Draw where one last neuron is open, seen on the square before it was folded.

    Parameters
    ----------
    n_folds : int
        How often the square is folded before the neuron reads it; 0 shows the neuron's own line.
    reader : Layer
        One neuron with two inputs.
    """
    bounds = [[-1, 1], [-1, 1]]
    style_plane(axes, "x₁", "x₂", bounds=bounds)
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
