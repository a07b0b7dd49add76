"""The pieces into which a network cuts and folds the plane of its inputs."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from explorable.drawing.toolkit import FOUR, INK, ONE, TWO, opacity_rgba, style_plane
from mathdl.forward import Layer, affine, forward
from mathdl.forward.regions import activation_pattern, folding_network, followed_by

__all__ = ["draw_arrangement", "draw_folding"]


def draw_arrangement(axes: Axes, layers: Sequence[Layer], *, patterns: bool = False) -> None:
    """Draw where the neurons of ReLU layers open and close on the plane."""
    bounds = [[-2, 2], [-2, 2]]
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
        distance = _room(layers[0], points, bounds)
        for code in np.unique(pattern, axis=0):
            word = "".join("1" if neuron else "0" for neuron in code)
            inside = (pattern == code).all(axis=1)
            x, y = points[inside][np.argmax(distance[inside])].tolist()
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


def _room(layer: Layer, points: NDArray[np.float64], bounds: ArrayLike) -> NDArray[np.float64]:
    """Return how far each point is from all lines and edges, for a word that is wider than high.

    Distances are taken in a plane that is compressed across, as much as the word is stretched.
    """
    squeeze = np.array([0.4, 1.0])
    lengths = np.linalg.norm(layer.weights / squeeze, axis=1)
    to_lines = np.abs(affine(points, layer.weights, layer.bias)) / lengths
    low, high = np.asarray(bounds, dtype=float).T
    to_edges = np.minimum(points - low, high - points) * squeeze
    room: NDArray[np.float64] = np.minimum(to_lines.min(axis=1), to_edges.min(axis=1))
    return room


def draw_folding(axes: Axes, n_folds: int, reader: Layer) -> None:
    """Draw where one last neuron is open, seen on the square before it was folded."""
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
