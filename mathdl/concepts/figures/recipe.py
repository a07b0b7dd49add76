"""What the recipe for a loss gives: a spread that is learned."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk

__all__ = ["draw_learned_scale"]


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
