"""What the recipe for a loss gives: a spread that is learned, and losses to compare."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk
from mathdl import concepts

__all__ = ["draw_hinge", "draw_learned_scale"]


def draw_learned_scale(
    axes: Sequence[Axes], x: ArrayLike, y: ArrayLike, fits: Mapping[str, ArrayLike]
) -> list[Line2D]:
    """Draw samples with the mean and the band of two standard deviations that each fit gives.

    A fit is the mean's value at 0 and slope, and those of the log-spread; returned are the means.
    """
    grid = np.linspace(0, 1, 41)
    means = []
    for ax, (name, fit) in zip(axes, fits.items(), strict=True):
        a, b, c, d = np.asarray(fit, dtype=float)
        mean, spread = a + b * grid, np.exp(c + d * grid)
        tk.style_curve(ax, "x", name)
        ax.set(xlim=(-0.02, 1.02), ylim=(-1.5, 6), xticks=[0, 0.5, 1], yticks=[0, 2, 4])
        ax.fill_between(grid, mean - 2 * spread, mean + 2 * spread, color=tk.ONE, alpha=0.14, lw=0)
        tk.dots(ax, np.asarray(x), np.asarray(y), color=tk.INK, size=3.5, alpha=0.45)
        means.append(ax.plot(grid, mean, color=tk.ONE)[0])
    return means


def hinge(z: ArrayLike, label: int) -> tk.Points:
    """Return the hinge loss of scores.

    Examples
    --------
    >>> hinge([-1.0, 0.0, 2.0], 1).tolist()
    [2.0, 1.0, 0.0]
    """
    return np.asarray(np.maximum(0.0, 1 - (2 * label - 1) * np.asarray(z, dtype=float)))


def draw_hinge(axes: Sequence[Axes]) -> tuple[list[Line2D], list[Line2D]]:
    """Draw three losses for label 1, and the score that is best for each true probability."""
    values, scores = axes
    z = np.linspace(-4, 4, 161)
    tk.style_curve(values, "score z", "loss, label 1")
    values.set(xlim=(-4, 4), ylim=(-0.15, 5.2), xticks=[-4, -2, 0, 1, 2, 4], yticks=[0, 1, 2, 4])
    losses = [
        values.plot(z, concepts.softplus(-z), color=tk.ONE)[0],
        values.plot(z, hinge(z, 1), color=tk.THREE)[0],
        values.plot(z, (concepts.sigmoid(z) - 1) ** 2 / 2, color=tk.TWO)[0],
    ]
    tk.label_line(losses[1], "hinge", at=24, dx=10, dy=-2)
    tk.label(values, -3.8, 1.55, "cross-entropy", color=tk.ONE, ha="left")
    tk.label(values, -3.8, 0.48, "½ · squared error", color=tk.TWO, dy=11, ha="left")
    q = np.concatenate([np.linspace(0.018, 0.4999, 60), np.linspace(0.5001, 0.982, 60)])
    tk.style_curve(scores, "true probability q of label 1", "best score")
    scores.set(xlim=(0, 1), ylim=(-4.2, 4.2), xticks=[0, 0.5, 1], yticks=[-4, -1, 0, 1, 4])
    scores.set_xticklabels(["0", "½", "1"])
    best = [
        scores.plot(q, np.log(q / (1 - q)), color=tk.ONE)[0],
        scores.plot(q, np.sign(q - 0.5), color=tk.THREE)[0],
    ]
    tk.label(scores, 0.93, 2.6, "cross-entropy", color=tk.ONE, dx=-8, ha="right")
    tk.label(scores, 0.97, 1.0, "hinge", color=tk.THREE, dy=-12, ha="right")
    return losses, best
