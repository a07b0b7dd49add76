"""Signals that fade and grow from layer to layer."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from mathdl.plotting import FOUR, INK, ONE, THREE, TWO, label, label_line, style_curve


def draw_signals(
    axes: Axes,
    measured: Mapping[str, ArrayLike],
    predicted: Mapping[str, ArrayLike] | None = None,
    *,
    name: str = "mean square of activations",
) -> dict[str, Line2D]:
    """Draw mean squares against the layer, on a logarithmic axis.

    Parameters
    ----------
    measured : mapping from label to array (depth + 1,)
        At most three, drawn in the inks one, two and four.
    predicted : mapping from label to array (depth + 1,), optional
        Drawn dashed, in the ink of theory.
    name : str
        What the axis says.
    """
    style_curve(axes, "layer", name, log="y")
    lines = {}
    for (text, values), color in zip(measured.items(), (ONE, TWO, FOUR), strict=False):
        sizes = np.asarray(values, dtype=float)
        lines[text] = axes.plot(range(len(sizes)), sizes, color=color)[0]
        label_line(lines[text], text, dx=8)
    for values in (predicted or {}).values():
        sizes = np.asarray(values, dtype=float)
        axes.plot(
            range(len(sizes)), sizes, color=THREE, linestyle=(0, (4, 4)), linewidth=1.6, zorder=3
        )
    return lines


SIGNAL_RANGE = (1e-12, 1e12)
"""Mean squares that `draw_signal_pair` shows."""


def draw_signal_pair(axes: Axes, name: str, depth: int) -> tuple[Line2D, Line2D]:
    """Draw the plane on which an explorer compares a measured signal with a predicted one.

    Parameters
    ----------
    name : str
        What the axis says.
    depth : int
        How many layers the axis has.

    Returns
    -------
    measured, predicted : Line2D
        Without data; `move_signal` gives them some.
    """
    style_curve(axes, "layer", name, log="y")
    axes.set(xlim=(0, depth), ylim=SIGNAL_RANGE, yticks=[1e-12, 1e-8, 1e-4, 1, 1e4, 1e8, 1e12])
    axes.axhline(1, color=INK, linewidth=1, alpha=0.5, zorder=1)
    measured = axes.plot([], [], color=ONE)[0]
    predicted = axes.plot([], [], color=THREE, linestyle=(0, (4, 4)), linewidth=1.6, zorder=3)[0]
    label(axes, depth, 1e11, "measured", color=ONE, ha="right", dx=-2)
    label(axes, depth, 1e9, "predicted", color=THREE, ha="right", dx=-2)
    return measured, predicted


def move_signal(line: Line2D, sizes: ArrayLike) -> None:
    """Give a line of `draw_signal_pair` its data; what leaves the picture is cut at its edge."""
    values = np.asarray(sizes, dtype=float)
    line.set_data(np.arange(len(values)), np.clip(values, 1e-50, 1e50))
