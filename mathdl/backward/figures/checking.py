"""How well a gradient agrees with numerical differences."""

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from explorable.drawing.toolkit import MUTED, ONE, THREE, style_curve


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
