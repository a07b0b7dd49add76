"""Losses in pictures: constants, cross-entropy, slopes, descents."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk
from mathdl import concepts

__all__ = [
    "draw_confident_and_wrong",
    "draw_constant_losses",
    "draw_cross_entropy",
    "draw_descents_on_parabola",
    "draw_neuron_on_digits",
    "draw_one_step",
]


def draw_constant_losses(axes: Axes, observations: ArrayLike) -> tuple[Line2D, Line2D]:
    """Draw observations and the losses of predicting one constant, with their minima."""
    y = np.asarray(observations, dtype=float)
    mean, median = y.mean(), float(np.median(y))
    c = np.linspace(0, 16, 321)
    squares = np.array([np.mean((y - each) ** 2) for each in c])
    sizes = np.array([np.mean(np.abs(y - each)) for each in c])
    tk.style_curve(axes, "constant prediction c", "loss ÷ its smallest value")
    axes.set(xlim=(0, 16), ylim=(0.7, 2.6), yticks=[1, 1.5, 2, 2.5], xticks=[0, 5, 10, 15])
    tk.dots(axes, y, np.full(y.size, 0.8), color=tk.INK, size=8, zorder=3)
    squared = axes.plot(c, squares / np.mean((y - mean) ** 2), color=tk.TWO)[0]
    absolute = axes.plot(c, sizes / np.mean(np.abs(y - median)), color=tk.ONE)[0]
    tk.mark_minima(axes, [[mean, 1.0], [median, 1.0]])
    tk.label_line(absolute, "absolute error", at=140, dx=-8, dy=8)
    tk.label_line(squared, "squared error", at=215, dx=9, dy=-4)
    return squared, absolute


def draw_cross_entropy(axes: Axes) -> list[Line2D]:
    """Draw the cross-entropy against the logit, for label 1 and for label 0."""
    z = np.linspace(-6, 6, 121)
    tk.style_curve(axes, "logit z", "cross-entropy")
    axes.set(xlim=(-6, 6), xticks=[-6, -3, 0, 3, 6])
    drawn = [
        axes.plot(z, concepts.softplus(-z), color=tk.ONE)[0],
        axes.plot(z, concepts.softplus(z), color=tk.TWO)[0],
    ]
    tk.label_line(drawn[0], "label 1", at=14, dx=10)
    tk.label_line(drawn[1], "label 0", at=106, dx=-10)
    return drawn


def draw_one_step(axes: Axes, start: float, ends: Mapping[str, float]) -> list[Line2D]:
    """Draw the probability against the logit, at the start of a step and at its ends.

    The ends are logits, by "cross-entropy" and "squared error"; returned is what marks them.
    """
    z = np.linspace(-4, 4, 161)
    tk.style_curve(axes, "z", "probability of the label")
    axes.set(xlim=(-4, 4), ylim=(-0.04, 1.06), yticks=[0, 0.5, 1])
    axes.set_xticks([-4, -2, 0, 2, 4])
    axes.plot(z, concepts.sigmoid(z), color=tk.MUTED, lw=1.5)
    tk.mark_start(axes, start, float(concepts.sigmoid(start)))
    tk.label(axes, start, float(concepts.sigmoid(start)), "start", dy=15, dx=-6, ha="center")
    drawn = []
    for (loss, end), colour, side in zip(ends.items(), (tk.ONE, tk.TWO), (-1, 1), strict=True):
        p = float(concepts.sigmoid(end))
        drawn.extend(axes.plot([end], [p], marker="o", ms=10, ls="none", color=colour))
        tk.label(
            axes, end, p, loss, color=colour, dx=12 * side, ha="right" if side < 0 else "left"
        )
    return drawn


FLOOR = 1e-11
"""The smallest size of a slope that is drawn."""


class TwoLosses(tk.MovingParts):
    """Cross-entropy and half the squared error through a sigmoid: values and slopes."""

    def move(self, z: float, target: int) -> None:
        """Show another logit, another label."""
        grid = np.linspace(-12, 12, 121)
        everywhere, here = loss_values(grid, target), loss_values(z, target)
        for line, mark, values, value in zip(
            self.curves, self.marks, everywhere, here, strict=True
        ):
            line.set_data(grid, values)
            mark.set_data([z], [value])


def loss_values(z: tk.Points | float, target: int) -> list[tk.Points]:
    """Return cross-entropy, half the squared error, and the sizes of both slopes, by logit.

    Examples
    --------
    >>> [values.round(5).tolist() for values in loss_values(np.array([-10.0]), 1)]
    [[10.00005], [0.49995], [0.99995], [5e-05]]
    """
    missed = concepts.sigmoid(z) - target
    slope = missed * concepts.sigmoid_derivative(z)
    return [concepts.softplus(z) - target * z, missed**2 / 2, abs(missed), abs(slope)]


def draw_confident_and_wrong(axes: Sequence[Axes], z: float, target: int) -> TwoLosses:
    """Draw both losses and the sizes of their slopes against the logit, one logit marked."""
    values, slopes = axes
    tk.style_curve(values, "logit z", "loss")
    tk.style_curve(slopes, "logit z", "size of the slope", log="y")
    for ax in axes:
        ax.set(xlim=(-12, 12), xticks=[-10, -5, 0, 5, 10])
    values.set(ylim=(-0.3, 12.3), yticks=[0, 4, 8, 12])
    slopes.set(ylim=(FLOOR, 10), yticks=[1e-9, 1e-6, 1e-3, 1])
    picture = TwoLosses(
        curves=[ax.plot([], [], color=colour)[0] for ax in axes for colour in (tk.ONE, tk.TWO)],
        marks=[
            ax.plot([], [], ls="none", marker="o", ms=10, color=colour)[0]
            for ax in axes
            for colour in (tk.ONE, tk.TWO)
        ],
    )
    picture.move(z, target)
    bold: dict[str, Any] = {"fontweight": "bold", "fontsize": 12, "ha": "center"}
    values.text(0, 10.7, "cross-entropy", color=tk.ONE, **bold)
    values.text(0, 9.4, "½ · squared error", color=tk.TWO, **bold)
    return picture


def draw_descents_on_parabola(axes: Axes, rates: Sequence[float]) -> list[Line2D]:
    """Draw steps of gradient descent on θ²/2, from one start, at two rates."""
    grid = np.linspace(-5, 5, 101)
    tk.style_curve(axes, "θ", "loss")
    axes.set(xlim=(-5, 5), ylim=(-0.5, 12.5), xticks=[-4, 0, 4])
    axes.plot(grid, grid**2 / 2, color=tk.MUTED, lw=1.5)
    paths = []
    for rate, colour in zip(rates, (tk.ONE, tk.TWO), strict=True):
        theta = 2.5 * (1 - rate) ** np.arange(7)
        paths += axes.plot(theta, theta**2 / 2, color=colour, lw=1.2, marker="o", ms=6)
        name = f"η = {rate:g}"
        tk.label(axes, theta[1], theta[1] ** 2 / 2, name, color=colour, dx=-9, dy=-4, ha="right")
    tk.mark_start(axes, 2.5, 2.5**2 / 2)
    return paths


def draw_neuron_on_digits(
    axes: Sequence[Axes], ink: ArrayLike, is_one: ArrayLike, path: ArrayLike, *, weight: float
) -> tuple[Line2D, Line2D]:
    """Draw the zeros and ones with the learned curve, and the descent on the loss.

    The neuron's input is the ink; the path is that of its bias. Returned are curve and descent.
    """
    x, y = np.asarray(ink, dtype=float), np.asarray(is_one, dtype=float)
    biases = np.asarray(path, dtype=float)
    data, losses = axes
    grid = np.linspace(0, 1, 101)
    jitter = np.random.default_rng(0).uniform(-0.06, 0.06, size=x.size)
    tk.style_curve(data, "ink in the middle", "probability of a one")
    data.set(xlim=(-0.02, 1.02), ylim=(-0.1, 1.1), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    tk.dots(data, x[::2], (y + jitter)[::2], color=tk.INK, size=3.5, alpha=0.3)
    data.axvline(-biases[-1] / weight, color=tk.MUTED, lw=1, ls=(0, (1, 3)))
    learned = data.plot(grid, concepts.sigmoid(weight * grid + biases[-1]), color=tk.ONE)[0]
    tk.label(data, 0.98, 0.86, "ones", color=tk.INK, weight="normal", ha="right")
    tk.label(data, 0.02, 0.14, "zeros", color=tk.INK, weight="normal", ha="left")
    values = np.linspace(-9, 1, 101)

    def loss(bias: float) -> float:
        return float(concepts.binary_cross_entropy(weight * x + bias, y))

    tk.style_curve(losses, "bias b", "loss")
    losses.set(xlim=(-9, 1), xticks=[-8, -6, -4, -2, 0])
    losses.plot(values, [loss(b) for b in values], color=tk.MUTED, lw=1.5)
    descent = losses.plot(
        biases, [loss(b) for b in biases], color=tk.ONE, lw=1.2, marker="o", ms=6
    )[0]
    tk.mark_start(losses, biases[0], loss(biases[0]))
    return learned, descent
