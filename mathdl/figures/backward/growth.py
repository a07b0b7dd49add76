"""Draw how the gradients of deep networks grow and fade."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from mathdl.backward.growth import growth_factor
from mathdl.concepts import ACTIVATIONS
from mathdl.plotting import FOUR, ONE, THREE, TWO, label, label_line, style_curve

ACTIVATION_INK = {"sigmoid": TWO, "tanh": FOUR, "relu": ONE}


def draw_gradient_norms(
    axes: Axes, norms: Mapping[tuple[str, float], npt.ArrayLike]
) -> dict[tuple[str, float], Line2D]:
    """Draw the size of the gradient at every layer of several networks.

    Parameters
    ----------
    norms : mapping of (activation, gain) to array_like, shape (depth + 1,)
        Entry l belongs to the output of layer l, entry 0 to the network's input.

    Returns
    -------
    dict
        A line a network.
    """
    lines = {}
    style_curve(axes, x="layer", y="size of the gradient", log="y")
    for (activation, gain), values in norms.items():
        size = np.asarray(values, dtype=float)
        name = f"{ACTIVATIONS[activation].label}, gain {gain:g}"
        line = axes.plot(size / size[-1], color=ACTIVATION_INK[activation])[0]
        label_line(line, name, at=0, dx=-8, dy=-7 if activation == "tanh" else 3, ha="right")
        lines[activation, gain] = line
    axes.set_xlim(0, len(size) - 1)
    axes.set_xticks(range(0, len(size), 5))
    axes.tick_params(axis="y", labelleft=False, labelright=True)
    return lines


def draw_growth(axes: Axes, *, gains: npt.ArrayLike) -> dict[str, Line2D]:
    """Draw the factor by which a gradient changes a layer, against the gain of the weights.

    Parameters
    ----------
    gains : array_like, shape (n_gains,)

    Returns
    -------
    dict of str to Line2D
        A line an activation.
    """
    values = np.asarray(gains, dtype=float)
    style_curve(axes, x="gain of the weights", y="factor a layer", log="xy")
    axes.axhline(1, color=THREE, linewidth=1.5, linestyle=(0, (4, 3)))
    lines = {}
    for name, ink in ACTIVATION_INK.items():
        lines[name] = axes.plot(values, growth_factor(name, values), color=ink)[0]
    axes.set(xlim=(values[0], values[-1]), ylim=(0.08, 8))
    label_line(lines["relu"], "ReLU", at=len(values) // 2, dx=-8, dy=10)
    label_line(lines["tanh"], "tanh", at=7 * len(values) // 8, dx=0, dy=-14, ha="center")
    label_line(lines["sigmoid"], "sigmoid", at=len(values) // 2, dx=6, dy=-14)
    label(axes, values[0], 1, "keeps its size", color=THREE, dx=4, dy=9, weight="normal")
    return lines
