"""Fits on random features: the parts of their error, and a second descent."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk

__all__ = [
    "draw_descent",
    "draw_fits",
    "draw_one_sample",
    "draw_parts",
    "draw_risks",
    "draw_stretch",
]


def draw_one_sample(axes: Axes, x: float, y: float, theta: ArrayLike) -> None:
    """Draw one sample of the truth y = 1 and the shortest lines that meet it."""
    tk.style_curve(axes, "x", "y")
    at, (slope, height) = np.array([0, 1.05]), np.asarray(theta, dtype=float)
    axes.plot(at, [1, 1], color=tk.THREE, linewidth=3.5)
    axes.plot(at, y / x * at, color=tk.TWO)
    axes.plot(at, slope * at + height, color=tk.ONE)
    tk.dots(axes, [x], [y], color=tk.INK, size=8, zorder=4)
    axes.set(xlim=(0, 1.05), ylim=(0, 3), xticks=[0, 0.5, 1], yticks=[0, 1, 2, 3])
    tk.label(axes, 0.27, 2.6, "one feature", color=tk.TWO, ha="left", size=11.5)
    tk.label(axes, 0.6, 1.52, "two features", color=tk.ONE, ha="left", size=11.5)
    tk.label(axes, 0.6, 0.75, "truth", color=tk.THREE, ha="left", size=11.5)


def draw_stretch(axes: Axes, matrix: ArrayLike) -> tk.MovingParts:
    """Draw the unit circle and what a matrix makes of it, with an arrow to each to be turned."""
    tk.style_curve(axes, "first coefficient, and fit at the first sample")
    axes.set_label("Unit circle, and the fits that it becomes")
    angles = np.linspace(0, 2 * np.pi, 101)
    circle = np.array([np.cos(angles), np.sin(angles)])
    arrows = []
    for to, name, color, height in (
        (np.eye(2), "coefficients θ", tk.ONE, 1.5),
        (np.asarray(matrix, dtype=float), "fit Φθ", tk.TWO, 1.1),
    ):
        axes.plot(*(to @ circle), color=color, linewidth=1.5)
        arrows += axes.plot([0, to[0, 0]], [0, to[1, 0]], color=color, linewidth=3)
        tk.label(axes, -2.6, height, name, color=color, ha="left", weight="normal")
    axes.set(xlim=(-2.7, 2.7), ylim=(-1.7, 1.7), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    axes.set_aspect("equal")
    return tk.MovingParts(theta=arrows[0], fit=arrows[1])


def draw_fits(axes: Axes, x: ArrayLike, fits: ArrayLike, truth: ArrayLike, title: str) -> None:
    """Draw several fits of the same points under new noise, their mean, and the truth.

    Of fits (n_fits, n_points) the first twelve are drawn, and the mean of all.
    """
    tk.style_curve(axes, "x", title)
    at, predicted = np.asarray(x, dtype=float), np.asarray(fits, dtype=float)
    for row in predicted[:12]:
        axes.plot(at, row, color=tk.ONE, linewidth=1, alpha=0.6)
    axes.plot(at, np.asarray(truth, dtype=float), color=tk.THREE, linewidth=3.5)
    axes.plot(at, predicted.mean(axis=0), color=tk.INK, linewidth=1.5, linestyle=tk.SHORT_DASH)
    axes.set(ylim=(-2, 2), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    for k, (name, color) in enumerate((("fits", tk.ONE), ("mean", tk.INK), ("truth", tk.THREE))):
        tk.label(axes, 0.34 * k - 0.22, 2, name, color=color, dx=1, dy=12, ha="left", size=11.5)


def draw_parts(axes: Axes, sizes: ArrayLike, parts: ArrayLike, measured: ArrayLike) -> None:
    """Draw bias², variance and noise (n, 3) over the number of features, and what is measured."""
    tk.style_curve(axes, "features p", "mean squared error")
    x, y = np.asarray(sizes, dtype=float), np.asarray(parts, dtype=float)
    for column, (color, name, at, dy) in enumerate(
        [(tk.TWO, "bias²", 3, 17), (tk.ONE, "variance", -1, -14), (tk.THREE, "noise", 8, -9)]
    ):
        (line,) = axes.plot(x, y[:, column], color=color)
        tk.label_line(line, name, at=at, dx=5 if column == 0 else 0, dy=dy,
                   ha="left" if column == 0 else "right")  # fmt: skip
    (total,) = axes.plot(x, y.sum(axis=1), color=tk.INK)
    tk.dots(axes, x, np.asarray(measured, dtype=float), color=tk.INK, size=6, zorder=4)
    tk.label_line(total, "sum, and measured", at=8, dx=0, dy=22, ha="left")
    axes.set(ylim=(0, 0.75), xlim=(0, float(x[-1]) + 0.5), xticks=np.arange(0, x[-1] + 1, 5))


def draw_risks(
    axes: Axes,
    sizes: ArrayLike,
    risks: Mapping[str, ArrayLike],
    n_samples: int,
    *,
    places: Mapping[str, tuple[int, float, float]] | None = None,
    bounds: tuple[tuple[float, float], tuple[float, float]] = ((4, 1000), (0.004, 300)),
) -> list[Line2D]:
    """Draw errors over the number of features, and a mark where it equals that of samples.

    What lies below 10⁻⁴ is not drawn. A name stands by its place: beside which point, and by how
    many pixels moved.
    """
    tk.style_curve(axes, "features p", "mean squared error", log="xy")
    axes.set(xlim=bounds[0], ylim=bounds[1])
    axes.axvline(n_samples, color=tk.INK, linewidth=1, linestyle=tk.SHORT_DASH, alpha=0.6)
    tk.label(
        axes, n_samples, bounds[1][1] / 2, f"p = n = {n_samples}", dx=6, size=11.5, weight="normal"
    )
    lines = []
    for color, (name, risk) in zip(tk.CYCLE, risks.items(), strict=False):
        y = np.asarray(risk, dtype=float)
        (line,) = axes.plot(
            np.asarray(sizes, dtype=float), np.where(y < 1e-4, np.nan, y), color=color
        )
        at, dx, dy = (places or {}).get(name, (0, 0, 12))
        tk.label_line(line, name, at=at, dx=dx, dy=dy, ha="left")
        lines.append(line)
    return lines


def draw_descent(left: Axes, right: Axes, n_samples: int) -> tk.MovingParts:
    """Draw the empty explorer: one fit, and beside it the parts of the expected error."""
    tk.style_curve(left, "x")
    left.set_label("Truth, samples and fit")
    left.set(xlim=(-1.02, 1.02), ylim=(-2.4, 2.4), xticks=[-1, 0, 1], yticks=[-2, -1, 0, 1, 2])
    for x, name, color in (
        (-1, "truth", tk.THREE),
        (-0.58, "fit", tk.ONE),
        (-0.34, "samples", tk.INK),
    ):
        tk.label(left, x, 2.4, name, color=color, dx=1, dy=12, ha="left", size=11.5)
    tk.style_curve(right, "features p", "expected squared error", log="xy")
    right.set(xlim=(1.8, 540), ylim=(0.001, 3e5))
    right.axvline(n_samples, color=tk.INK, linewidth=1, linestyle=tk.SHORT_DASH, alpha=0.6)
    tk.label(right, n_samples, 1.2e5, f"p = n = {n_samples}", dx=-6, size=11.5, weight="normal")
    for k, (name, color) in enumerate(
        (("bias²", tk.TWO), ("variance", tk.ONE), ("ring: their sum", tk.INK))
    ):
        tk.label(right, 500, 1.2e5 / 7**k, name, color=color, ha="right", size=11.5)
    return tk.MovingParts(
        truth=left.plot([], [], color=tk.THREE, linewidth=3)[0],
        fit=left.plot([], [], color=tk.ONE, linewidth=2)[0],
        samples=tk.dots(left, [], [], color=tk.INK, size=5, zorder=3),
        bias=right.plot([], [], color=tk.TWO)[0],
        variance=right.plot([], [], color=tk.ONE)[0],
        here=right.plot([], [], marker="o", ms=12, mfc="none", mew=2, color=tk.INK)[0],
    )
