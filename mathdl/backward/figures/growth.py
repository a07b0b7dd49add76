"""Draw how the gradient of a deep network grows and fades, and the slopes that make it."""

import itertools

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from explorable.checks import Array
from explorable.drawing.toolkit import ONE, SHORT_DASH, THREE, MovingParts, label, style_curve

EDGES: Array = 10.0 ** np.arange(-3, 0.76, 0.25)
"""Borders of the bars of a histogram of slopes."""


class Depth(MovingParts):
    """What can move in a drawing of sizes and slopes."""

    def move(self, sizes: npt.ArrayLike, slopes: npt.ArrayLike, gain: float) -> None:
        """Show another network: the gradient's size layer by layer, and all slopes."""
        size, all_slopes = np.asarray(sizes, dtype=float), np.asarray(slopes, dtype=float).ravel()
        self.sizes.set_data(np.arange(len(size)), size / size[-1])
        counts, _ = np.histogram(np.maximum(all_slopes, EDGES[0]), EDGES)
        for bar, count in zip(self.bars, counts, strict=True):
            bar.set_height(count / all_slopes.size)
        typical = float(np.sqrt(np.mean(all_slopes**2)))
        for line, place in ((self.typical, typical), (self.needed, gain**-0.5)):
            line.set_data([place, place], [0, 1.02])


def draw_depth(axes: tuple[Axes, Axes], *, depth: int) -> Depth:
    """Prepare two planes, of the gradient's size against the layer and of slopes, to be moved."""
    layers, slopes = axes
    style_curve(layers, x="layer", y="size of the gradient", log="y")
    layers.axhline(1, color=THREE, linewidth=1.5, linestyle=SHORT_DASH)
    layers.set(xlim=(0, depth), ylim=(1e-17, 1e19), xticks=range(0, depth + 1, 5))
    layers.set_yticks(10.0 ** np.arange(-15, 16, 5))
    style_curve(slopes, x="slope f′(z); the first bar holds smaller ones, too", y="share", log="x")
    slopes.set(xlim=(EDGES[0], EDGES[-1]), ylim=(0, 1.42), yticks=[0, 0.5, 1])
    bars = [
        Rectangle((left, 0), right - left, 0, facecolor=(ONE, 0.35), linewidth=0)
        for left, right in itertools.pairwise(EDGES)
    ]
    for bar in bars:
        slopes.add_patch(bar)
    label(slopes, EDGES[0], 1.32, "their root mean square", color=ONE, dx=4, ha="left")
    label(slopes, EDGES[0], 1.15, "to keep the size: 1/√gain", color=THREE, dx=4, ha="left")
    return Depth(
        sizes=layers.plot([], [], color=ONE, linewidth=2.5)[0],
        bars=bars,
        typical=slopes.plot([], [], color=ONE, linewidth=3)[0],
        needed=slopes.plot([], [], color=THREE, linewidth=2.5, linestyle=SHORT_DASH)[0],
    )
