"""A training as pictures: its curves, its mistakes, its learning rate, how curved its loss is."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

from explorable.drawing.toolkit import (
    CYCLE,
    MUTED,
    ONE,
    THREE,
    TWO,
    digit_image,
    label,
    style_bare,
    style_curve,
)
from mathdl.gradient_descent import History

Numbers = NDArray[np.float64]


def draw_learning_curves(axes: Axes, histories: Sequence[History]) -> Line2D:
    """Draw the errors on the test digits by epoch: all runs thin, their mean thick.

    Parameters
    ----------
    histories : sequence of History
        Of equal length, with validation data.
    """
    errors = 100 * (1 - np.array([history.validation_accuracies for history in histories]))
    epochs = np.arange(1, errors.shape[1] + 1)
    style_curve(axes, "epoch", "errors on the test digits, %", log="y")
    axes.set(xlim=(1, epochs[-1]), ylim=(1, 30))
    axes.set_yticks([1, 2, 3, 5, 10, 20], ["1", "2", "3", "5", "10", "20"])
    axes.axhline(3, color=THREE, linewidth=1.2, linestyle=(0, (4, 3)))
    label(axes, epochs[-1], 3, "97 % right", color=THREE, ha="right", dy=11)
    for run in errors:
        axes.plot(epochs, run, color=TWO, linewidth=0.8, alpha=0.4)
    return axes.plot(epochs, errors.mean(axis=0), color=TWO, linewidth=2.5)[0]


def draw_mistakes(
    axes: Sequence[Axes],
    images: ArrayLike,
    labels: ArrayLike,
    answers: ArrayLike,
    *,
    columns: int = 5,
    rows: int = 2,
) -> None:
    """Draw digits in rows, each with the right answer and the network's below it.

    Parameters
    ----------
    axes : sequence of Axes
        Filled one after the other; places without a digit stay empty.
    images : array (n, 64)
    labels, answers : array (n,)
    columns, rows : int
        How many digits one Axes holds across and down.
    """
    for ax in axes:
        style_bare(ax)
        ax.set_aspect("equal", adjustable="box")
        ax.set(xlim=(-0.5, 10 * columns - 2), ylim=(12 * rows - 1, -0.5))
    for k, (image, right, wrong) in enumerate(
        zip(np.asarray(images), np.asarray(labels), np.asarray(answers), strict=True)
    ):
        page, place = divmod(k, columns * rows)
        if page >= len(axes):
            break
        row, column = divmod(place, columns)
        x, y = 10 * column, 12 * row
        digit_image(axes[page], image, extent=(x, x + 8, y + 8, y))
        label(axes[page], x + 2, y + 9.4, f"{right}", color=THREE, size=13)
        label(axes[page], x + 4, y + 9.4, "→", color=MUTED, size=13)
        label(axes[page], x + 6, y + 9.4, f"{wrong}", color=TWO, size=13)


def draw_rate_curve(
    axes: Axes, rates: ArrayLike, errors: ArrayLike, *, guess: float = 90.0
) -> Line2D:
    """Draw errors against the learning rate: all runs as dots, their mean as a line.

    Parameters
    ----------
    rates : array (n_rates,)
    errors : array (n_rates, n_seeds)
        In per cent; what has diverged counts as a guess.
    guess : float
        The error of a guess, drawn dashed.
    """
    x, y = np.asarray(rates, dtype=float), np.asarray(errors, dtype=float)
    style_curve(axes, "learning rate η", "errors on the test digits, %", log="xy")
    axes.set(xlim=(x[0] / 1.5, x[-1] * 1.5), ylim=(1, 150))
    axes.set_yticks([1, 2, 5, 10, 30, 90], ["1", "2", "5", "10", "30", "90"])
    axes.axhline(guess, color=THREE, linewidth=1.2, linestyle=(0, (4, 3)))
    label(axes, x[0], guess, "a guess", color=THREE, ha="left", dy=10)
    for column in y.T:
        axes.plot(x, column, "o", color=ONE, markersize=4, alpha=0.5)
    return axes.plot(x, y.mean(axis=1), color=ONE, linewidth=2.5)[0]


def draw_curvatures(
    axes: Axes, steps: ArrayLike, measured: Mapping[float, ArrayLike], *, most: float
) -> list[Line2D]:
    """Draw the largest curvature by training step, and dashed the border 2/η of each rate.

    Parameters
    ----------
    steps : array (n_moments,)
    measured : dict
        Curvatures (n_moments,) by learning rate.
    most : float
        End of the axis.

    Returns
    -------
    list of Line2D
        The curvatures.
    """
    x = np.asarray(steps, dtype=float)
    style_curve(axes, "step", "largest curvature")
    axes.set(xlim=(x[0], x[-1]), ylim=(0, most))
    lines = []
    for (rate, values), color in zip(measured.items(), CYCLE, strict=False):
        border = 2 / rate
        axes.axhline(border, color=color, linewidth=1.2, linestyle=(0, (4, 3)))
        label(axes, x[-1], border, f"2/{rate:g}", color=color, ha="right", dy=10, weight="normal")
        lines.append(axes.plot(x, np.asarray(values, dtype=float), color=color)[0])
    return lines
