"""Signals that fade and grow from layer to layer."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk

__all__ = ["draw_deep_trainings", "draw_other_ways", "draw_signals"]


def draw_signals(
    axes: Axes, measured: Mapping[str, ArrayLike], predicted: Mapping[str, ArrayLike] | None = None
) -> dict[str, Line2D]:
    """Draw mean squares against the layer, on a logarithmic axis."""
    tk.style_curve(axes, "layer", "mean square of activations", log="y")
    lines = {}
    for (text, values), color in zip(measured.items(), (tk.ONE, tk.TWO, tk.FOUR), strict=False):
        sizes = np.asarray(values, dtype=float)
        lines[text] = axes.plot(range(len(sizes)), sizes, color=color)[0]
        tk.label_line(lines[text], text, dx=8)
    for values in (predicted or {}).values():
        sizes = np.asarray(values, dtype=float)
        axes.plot(
            range(len(sizes)),
            sizes,
            color=tk.THREE,
            linestyle=(0, (4, 4)),
            linewidth=1.6,
            zorder=3,
        )
    return lines


SIZES, SHARES = (1e-20, 1e16), (1e-4, 2)
"""Mean squares, and shares that differ, that `draw_survival` shows."""


def draw_survival(axes: Sequence[Axes], depth: int) -> tk.MovingParts:
    """Draw the planes on which an explorer shows what survives from layer to layer.

    The first is for the share that differs, the other for sizes; `move_signal` moves the lines,
    measured and predicted in turn.
    """
    shares, sizes = axes
    tk.style_curve(shares, "layer", "share that differs", log="y")
    shares.set(xlim=(0, depth), ylim=SHARES, yticks=10.0 ** np.arange(-4, 1))
    tk.label(shares, depth / 2, SHARES[0], "dashed: predicted", color=tk.THREE, dy=12)
    tk.style_curve(sizes, "layer", "mean squares", log="y")
    sizes.set(xlim=(0, depth), ylim=SIZES, yticks=10.0 ** np.arange(-20, 11, 10))
    sizes.axhline(1, color=tk.INK, linewidth=1, alpha=0.5, zorder=1)
    for name, color, dy in (("activations", tk.ONE, -8), ("gradients", tk.TWO, -24)):
        tk.label(sizes, depth / 2, SIZES[1], name, color=color, dy=dy)
    return tk.MovingParts(
        activations=_measured_and_predicted(sizes, tk.ONE),
        differences=_measured_and_predicted(shares, tk.FOUR),
        gradients=_measured_and_predicted(sizes, tk.TWO),
    )


def _measured_and_predicted(axes: Axes, color: str) -> list[Line2D]:
    return [
        axes.plot([], [], color=color)[0],
        axes.plot([], [], color=tk.THREE, linestyle=(0, (4, 4)), linewidth=1.6, zorder=3)[0],
    ]


def move_signal(line: Line2D, sizes: ArrayLike) -> None:
    """Give a line of `draw_survival` its data; what leaves the picture is cut at its edge."""
    values = np.asarray(sizes, dtype=float)
    line.set_data(np.arange(len(values)), np.clip(values, 1e-80, 1e80))


def draw_deep_trainings(
    axes: Axes,
    rates: ArrayLike,
    accuracies: Mapping[str, ArrayLike],
    *,
    guess: float,
    name: str = "share read right",
) -> None:
    """Draw how well networks read digits against the rate that trained them.

    Shares of right answers, (n_rates, n_seeds), are NaN where a training overflowed; at most three
    kinds of network, in the inks one, two and four. A line joins the medians of the rates at which
    no training overflowed, and the share of a guess is dashed.
    """
    tk.style_curve(axes, "learning rate", name, log="x")
    x = np.asarray(rates, dtype=float)
    axes.set(xlim=(x[0] / 4, x[-1] * 4), ylim=(-0.12, 1.02), xticks=x)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.axhline(guess, color=tk.THREE, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
    tk.label(axes, np.sqrt(x[0] * x[-1]), guess, "a guess", color=tk.THREE, ha="left", dy=-12)
    for k, (text, values) in enumerate(accuracies.items()):
        color, places = (tk.ONE, tk.TWO, tk.FOUR)[k], x * 1.6 ** (k - 1)
        tk.label(axes, x[0] / 3, 0.94 - 0.09 * k, text, color=color, ha="left")
        shares = np.asarray(values, dtype=float)
        for column in shares.T:
            lost = np.isnan(column)
            axes.plot(places[~lost], column[~lost], "o", color=color, markersize=5, alpha=0.6)
            low = np.full(lost.sum(), -0.06)
            axes.plot(places[lost], low, "x", color=color, markersize=6, markeredgewidth=1.8)
        whole = ~np.isnan(shares).any(axis=1)
        axes.plot(places[whole], np.median(shares[whole], axis=1), color=color, linewidth=2)
    if any(np.isnan(values).any() for values in accuracies.values()):
        between = np.sqrt(x[0] * x[1]) if len(x) > 1 else x[0]  # where no cross stands
        tk.label(axes, between, -0.06, "overflow", color=tk.MUTED)


def draw_other_ways(
    axes: Axes, gains: Sequence[str], accuracies: Mapping[str, ArrayLike], *, name: str
) -> None:
    """Draw how well networks read digits against the variance of their first weights."""
    tk.style_curve(axes, "variance at the start", name)
    x = np.arange(len(gains))
    axes.set(xlim=(-0.3, x[-1] + 1.5), ylim=(-0.12, 1.02), yticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set_xticks(x, gains)
    for (text, values), color in zip(
        accuracies.items(), (tk.ONE, tk.TWO, tk.FOUR, tk.THREE), strict=False
    ):
        shares = np.asarray(values, dtype=float)
        for column in shares.T:
            axes.plot(x, column, "o", color=color, markersize=5, alpha=0.6)
        line = axes.plot(x, np.median(shares, axis=1), color=color, linewidth=2)[0]
        tk.label_line(line, text, dx=9)
