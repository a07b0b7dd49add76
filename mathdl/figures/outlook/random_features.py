"""Fits on random features: the parts of their error, and a second descent."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from mathdl.plotting import (
    CYCLE,
    INK,
    ONE,
    SHORT_DASH,
    THREE,
    TWO,
    MovingParts,
    dots,
    label,
    label_line,
    style_curve,
    style_plane,
)


def draw_fits(axes: Axes, x: ArrayLike, fits: ArrayLike, truth: ArrayLike, title: str) -> None:
    """Draw several fits of the same points under new noise, their mean, and the truth.

    Parameters
    ----------
    x : array (n_points,)
    fits : array (n_fits, n_points)
        The first twelve are drawn, and the mean of all.
    truth : array (n_points,)
    title : str
        Stands above.
    """
    style_curve(axes, "x", title)
    at, predicted = np.asarray(x, dtype=float), np.asarray(fits, dtype=float)
    for row in predicted[:12]:
        axes.plot(at, row, color=ONE, linewidth=1, alpha=0.35)
    axes.plot(at, np.asarray(truth, dtype=float), color=THREE, linewidth=3)
    axes.plot(at, predicted.mean(axis=0), color=ONE, linewidth=2, linestyle=SHORT_DASH)
    axes.set(ylim=(-2, 2), xticks=[-1, 0, 1], yticks=[-1, 0, 1])


def draw_parts(axes: Axes, sizes: ArrayLike, parts: ArrayLike, measured: ArrayLike) -> None:
    """Draw bias², variance and noise over the number of features, with the error measured.

    Parameters
    ----------
    sizes : array (n,)
        Numbers of features.
    parts : array (n, 3)
        Bias², variance, noise.
    measured : array (n,)
        Mean squared errors on new noisy targets.
    """
    style_curve(axes, "features p", "mean squared error")
    x, y = np.asarray(sizes, dtype=float), np.asarray(parts, dtype=float)
    for column, (color, name, at, dy) in enumerate(
        [(TWO, "bias²", 3, 17), (ONE, "variance", -1, -14), (THREE, "noise", 8, -9)]
    ):
        (line,) = axes.plot(x, y[:, column], color=color)
        label_line(line, name, at=at, dx=5 if column == 0 else 0, dy=dy,
                   ha="left" if column == 0 else "right")  # fmt: skip
    (total,) = axes.plot(x, y.sum(axis=1), color=INK)
    dots(axes, x, np.asarray(measured, dtype=float), color=INK, size=6, zorder=4)
    label_line(total, "sum, and measured", at=8, dx=0, dy=22, ha="left")
    axes.set(ylim=(0, 0.75), xlim=(0, float(x[-1]) + 0.5), xticks=np.arange(0, x[-1] + 1, 5))


def draw_risks(
    axes: Axes,
    sizes: ArrayLike,
    risks: Mapping[str, ArrayLike],
    n_samples: int,
    *,
    places: Mapping[str, tuple[int, float, float]] | None = None,
) -> list[Line2D]:
    """Draw errors over the number of features, and a mark where it equals that of samples.

    Parameters
    ----------
    sizes : array (n,)
    risks : dict of array (n,)
        Errors by name; what lies below 10⁻⁴ is not drawn.
    n_samples : int
        Where to mark p = n.
    places : dict, optional
        For a name, beside which point it stands and by how many pixels moved.

    Returns
    -------
    list of Line2D
        A line for each name.
    """
    style_curve(axes, "features p", "mean squared error", log="xy")
    axes.set(xlim=(4, 1000), ylim=(0.004, 300))
    axes.axvline(n_samples, color=INK, linewidth=1, linestyle=SHORT_DASH, alpha=0.6)
    label(axes, n_samples, 150, f"p = n = {n_samples}", dx=6, size=11.5, weight="normal")
    lines = []
    for color, (name, risk) in zip(CYCLE, risks.items(), strict=False):
        y = np.asarray(risk, dtype=float)
        (line,) = axes.plot(
            np.asarray(sizes, dtype=float), np.where(y < 1e-4, np.nan, y), color=color
        )
        at, dx, dy = (places or {}).get(name, (0, 0, 12))
        label_line(line, name, at=at, dx=dx, dy=dy, ha="left")
        lines.append(line)
    return lines


@dataclass(eq=False)
class DescentPicture(MovingParts):
    """The parts of the double descent explorer that move."""

    border: Line2D
    train: Line2D
    test: Line2D
    here: Line2D
    points: PathCollection


def draw_descent(left: Axes, right: Axes) -> DescentPicture:
    """Draw the empty explorer: errors over p on the left, answers against truth on the right."""
    style_curve(left, "features p", "median mean squared error", log="xy")
    left.set(xlim=(4, 1000), ylim=(0.003, 500))
    (border,) = left.plot([], [], color=INK, linewidth=1, linestyle=SHORT_DASH, alpha=0.6)
    (train,) = left.plot([], [], color=TWO)
    (test,) = left.plot([], [], color=ONE)
    (here,) = left.plot(
        [], [], marker="o", markersize=12, markerfacecolor="none", markeredgewidth=2, color=ONE
    )
    label(left, 900, 200, "new samples", color=ONE, ha="right")
    label(left, 900, 80, "training samples", color=TWO, ha="right")
    label(left, 900, 0.007, "dashed: p = n", size=11.5, weight="normal", ha="right")
    style_plane(right, "truth", "", bounds=[[-3.2, 3.2], [-6.4, 6.4]], equal=False)
    right.set_title("answer", fontsize=12.5, fontstyle="italic", fontweight="normal", loc="left")
    right.set(xticks=[-2, 0, 2], yticks=[-4, 0, 4])
    right.plot([-3.2, 3.2], [-3.2, 3.2], color=THREE, linewidth=2)
    points = dots(right, [], [], color=ONE, size=5, alpha=0.7, zorder=3)
    return DescentPicture(border, train, test, here, points)
