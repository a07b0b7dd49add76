"""A training as pictures: its curves, its mistakes, how curved its loss is."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

import explorable.drawing.toolkit as tk
from mathdl.gradient_descent import History

__all__ = ["draw_curvatures", "draw_learning_curves", "draw_mistakes"]

Numbers = NDArray[np.float64]


def draw_learning_curves(axes: Axes, histories: Sequence[History]) -> Line2D:
    """Draw the errors on the test digits by epoch: all runs thin, their mean thick."""
    errors = 100 * (1 - np.array([history.validation_accuracies for history in histories]))
    epochs = np.arange(1, errors.shape[1] + 1)
    tk.style_curve(axes, "epoch", "errors on the test digits, %", log="y")
    axes.set(xlim=(1, epochs[-1]), ylim=(1, 30))
    axes.set_yticks([1, 2, 3, 5, 10, 20], ["1", "2", "3", "5", "10", "20"])
    axes.axhline(3, color=tk.THREE, linewidth=1.2, linestyle=(0, (4, 3)))
    tk.label(axes, epochs[-1], 3, "97 % right", color=tk.THREE, ha="right", dy=11)
    for run in errors:
        axes.plot(epochs, run, color=tk.TWO, linewidth=0.8, alpha=0.4)
    return axes.plot(epochs, errors.mean(axis=0), color=tk.TWO, linewidth=2.5)[0]


def draw_mistakes(axes: Axes, images: ArrayLike, labels: ArrayLike, answers: ArrayLike) -> None:
    """Draw ten digits (n, 64) in two rows, each with the right answer and the network's below."""
    tk.style_bare(axes)
    axes.set_aspect("equal", adjustable="box")
    axes.set(xlim=(-0.5, 48), ylim=(23, -0.5))
    seen = zip(np.asarray(images)[:10], np.asarray(labels), np.asarray(answers), strict=False)
    for k, (image, right, wrong) in enumerate(seen):
        row, column = divmod(k, 5)
        x, y = 10 * column, 12 * row
        tk.digit_image(axes, image, extent=(x, x + 8, y + 8, y))
        tk.label(axes, x + 2, y + 9.4, f"{right}", color=tk.THREE, size=13)
        tk.label(axes, x + 4, y + 9.4, "→", color=tk.MUTED, size=13)
        tk.label(axes, x + 6, y + 9.4, f"{wrong}", color=tk.TWO, size=13)


def draw_curvatures(
    axes: Axes, steps: ArrayLike, measured: Mapping[float, ArrayLike], *, most: float
) -> list[Line2D]:
    """Draw the largest curvature by training step, and dashed the border 2/η of each rate."""
    x = np.asarray(steps, dtype=float)
    tk.style_curve(axes, "step", "largest curvature")
    axes.set(xlim=(x[0], x[-1]), ylim=(0, most))
    lines = []
    for (rate, values), color in zip(measured.items(), tk.CYCLE, strict=False):
        border = 2 / rate
        axes.axhline(border, color=color, linewidth=1.2, linestyle=(0, (4, 3)))
        tk.label(
            axes, x[-1], border, f"2/{rate:g}", color=color, ha="right", dy=10, weight="normal"
        )
        lines.append(axes.plot(x, np.asarray(values, dtype=float), color=color)[0])
    return lines
