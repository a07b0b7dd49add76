"""Errors over seeds, losses of batches, and when to stop."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk
from mathdl.faq.experiments import Errors

__all__ = ["draw_batch_losses", "draw_errors", "draw_rates", "draw_stopping"]


def draw_errors(axes: Axes, errors: Mapping[str, Errors]) -> None:
    """Draw the test error of each seed and their mean, a row a recipe, the first as reference."""
    tk.style_curve(axes, "digits read wrongly, %")
    rows = [(-row, each) for row, each in enumerate(errors.values())]
    reference, last = 100 * float(rows[0][1].test.mean()), rows[-1][0]
    axes.plot([reference] * 2, [last - 0.4, 0.4], color=tk.MUTED, linewidth=1.5, zorder=1)
    for row, each in rows:
        seeds, places = 100 * each.test, [row] * len(each.test)
        tk.dots(axes, seeds, places, color=tk.ONE, size=5, alpha=0.7, linewidths=0)
        _draw_mean(axes, row, each.test, tk.ONE, 0.34)
        _draw_mean(axes, row, each.train, tk.MUTED, 0.2)
    axes.set_yticks([row for row, _ in rows], list(errors))
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.set_ylim(last - 0.6, 0.6)
    largest = max(float(each.test.max()) for _, each in rows)
    axes.set_xlim(-max(1.0, 3 * largest), 103 * largest + 1)


def _draw_mean(axes: Axes, row: int, values: ArrayLike, color: str, height: float) -> None:
    mean = 100 * float(np.asarray(values, dtype=float).mean())
    axes.plot([mean] * 2, [row - height, row + height], color=color, linewidth=3)


def draw_rates(axes: Axes, errors: Mapping[str, Mapping[str, Errors]]) -> None:
    """Draw the mean test error against the learning rate, with the seeds as dots."""
    tk.style_curve(axes, "learning rate η", "digits read wrongly, %", log="x")
    for place, ((name, swept), color) in enumerate(
        zip(errors.items(), (tk.TWO, tk.ONE, tk.THREE), strict=False)
    ):
        rates = np.array([float(rate) for rate in swept])
        values = 100 * np.stack([each.test for each in swept.values()])
        axes.plot(rates, values.mean(axis=1), color=color)
        seeds = np.repeat(rates, values.shape[1])
        tk.dots(axes, seeds, values.ravel(), color=color, size=4, alpha=0.7, linewidths=0)
        tk.label(axes, 2.5e-3, 88 - 11 * place, name, color=color, ha="left")
    axes.margins(x=0.04, y=0.05)


def draw_batch_losses(axes: Axes, losses: Mapping[str, ArrayLike]) -> None:
    """Draw the loss of every batch of several trainings, and the loss of a guess."""
    guess = float(np.log(10))
    tk.style_curve(axes, "step", "cross-entropy of a batch")
    heights = {name: np.asarray(values, dtype=float) for name, values in losses.items()}
    ends = {name: float(values[-10:].mean()) for name, values in heights.items()}
    colors = dict(zip(losses, (tk.ONE, tk.THREE, tk.TWO, tk.INK), strict=False))
    steps = max(map(len, heights.values()))
    axes.set(xlim=(0, 1.45 * steps), ylim=(0, 2.2 * guess))
    axes.set_xticks([0, steps // 2, steps])
    end = 1.45 * steps
    axes.plot([0, end], [guess, guess], color=tk.MUTED, linewidth=1.2, linestyle=(0, (4, 3)))
    tk.label(axes, end, guess, "a guess", color=tk.MUTED, ha="right", dy=-9, weight="normal")
    lowest = -1.0
    for name in sorted(ends, key=lambda each: ends[each]):
        axes.plot(heights[name], color=colors[name], linewidth=1.4)
        lowest = max(ends[name], lowest + 0.16 * guess)
        tk.label(axes, steps, lowest, name, color=colors[name], dx=5)


def draw_stopping(
    axes: Sequence[Axes], losses: ArrayLike, validation: ArrayLike, best: int
) -> None:
    """Draw losses (n_epochs,) over epochs, and the one that is kept, counted from 0."""
    panel = axes if isinstance(axes, Axes) else axes[0]
    tk.style_curve(panel, "epoch", "cross-entropy")
    epochs = np.arange(1, len(np.asarray(losses)) + 1)
    (train,) = panel.plot(epochs, losses, color=tk.TWO)
    (held,) = panel.plot(epochs, validation, color=tk.ONE)
    kept = float(np.asarray(validation)[best])
    tk.dots(panel, [best + 1], [kept], color=tk.ONE, size=9, zorder=4)
    tk.label(panel, best + 1, kept, "kept", color=tk.ONE, dx=4, dy=-14)
    middle = int(0.6 * len(epochs))
    tk.label_line(train, "training", at=middle, dx=0, dy=14, ha="center")
    tk.label_line(held, "held out", at=middle, dx=0, dy=-16, ha="center")
