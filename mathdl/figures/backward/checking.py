"""What the pass costs, and how well it agrees with numerical differences."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.lines import Line2D

from mathdl.backward import multiply_adds
from mathdl.plotting import MUTED, ONE, THREE, TWO, label_line, style_curve


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


def draw_entry_errors(
    axes: Axes, computed: npt.ArrayLike, measured: npt.ArrayLike, *, allowed: float = 1e-6
) -> BarContainer:
    """Draw how far the entries of a gradient are from the measured ones, as a histogram.

    Parameters
    ----------
    computed, measured : array_like, shape (n,)
    allowed : float
        The relative error that passes, marked by a line.

    Returns
    -------
    BarContainer
        Two bars a decade, from 10⁻¹³ to 1; entries that are 0 in both are counted in words, and
        smaller errors in the first bar.
    """
    a, b = np.asarray(computed, dtype=float), np.asarray(measured, dtype=float)
    size = np.maximum(abs(a), abs(b))
    errors = abs(a - b)[size > 0] / size[size > 0]
    edges = np.arange(-13, 0.1, 0.5)
    counts, _ = np.histogram(np.log10(np.clip(errors, 10.0 ** edges[0], 1)), edges)
    bars = axes.bar(10.0 ** edges[:-1], counts, np.diff(10.0**edges), align="edge", color=ONE)
    style_curve(axes, x="relative error of an entry", y="entries", log="x")
    axes.set(xlim=(10.0 ** edges[0], 1), ylim=(0, 1.25 * counts.max()))
    axes.axvline(allowed, color=THREE, linewidth=1.5)
    caption = f"{np.count_nonzero(size == 0):,} more are exactly 0"
    axes.text(0.98, 0.96, caption, transform=axes.transAxes, ha="right", va="top", color=MUTED)
    return bars
