"""What the pass costs, and how well it agrees with numerical differences."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D

from mathdl.backward import multiply_adds
from mathdl.plotting import MUTED, ONE, THREE, TWO, dots, label_line, style_curve


def draw_costs(axes: Axes, *, widths: Sequence[int]) -> dict[str, Line2D]:
    """Draw what a gradient costs by each method, for digit networks of growing width.

    Parameters
    ----------
    widths : sequence of int
        Units of both hidden layers; the networks are 64, width, width, 10.

    Returns
    -------
    dict of str to Line2D
        A line a method.
    """
    costs = [multiply_adds([64, n, n, 10])._asdict() for n in widths]
    parameters = [64 * n + n * n + 10 * n + 2 * n + 10 for n in widths]
    inks = {
        "forward": MUTED,
        "reverse_mode": ONE,
        "central_differences": THREE,
        "forward_mode": TWO,
    }
    lines = {}
    style_curve(axes, x="parameters", y="multiply-adds for one sample", log="xy")
    for name, ink in inks.items():
        lines[name] = axes.plot(parameters, [cost[name] for cost in costs], color=ink)[0]
    axes.set_xlim(parameters[0], parameters[-1])
    label_line(lines["forward_mode"], "forward mode", at=-3, dx=-10, dy=10)
    label_line(lines["central_differences"], "central differences", at=-3, dx=10, dy=-12)
    label_line(lines["reverse_mode"], "reverse mode", at=-4, dx=-6, dy=12)
    label_line(lines["forward"], "one forward pass", at=-4, dx=8, dy=-12)
    return lines


def draw_agreement(axes: Axes, computed: npt.ArrayLike, measured: npt.ArrayLike) -> PathCollection:
    """Draw a measured gradient against a computed one, entry by entry.

    Parameters
    ----------
    computed, measured : array_like, shape (n,)

    Returns
    -------
    PathCollection
        The points.
    """
    a, b = np.asarray(computed, dtype=float), np.asarray(measured, dtype=float)
    reach = 1.05 * float(np.max(np.abs(a)))
    axes.plot([-reach, reach], [-reach, reach], color=THREE, linewidth=1.5)
    points = dots(axes, a, b, color=ONE, size=3, zorder=3)
    style_curve(axes, x="by back-propagation", y="by central differences")
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach))
    axes.set_aspect("equal", adjustable="box")
    return points
