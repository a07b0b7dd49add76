"""Learning from labels of which some are wrong."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from explorable.drawing.toolkit import ONE, TWO, label_line, style_curve

__all__ = ["draw_label_learning"]


def draw_label_learning(axes: Axes, curves: Mapping[str, ArrayLike]) -> None:
    """Draw how the share of reproduced labels (n_epochs,) grows over the epochs."""
    style_curve(axes, "epoch", "training labels reproduced, %")
    for color, (name, shares), at in zip((ONE, TWO), curves.items(), (100, 50), strict=False):
        y = 100 * np.asarray(shares, dtype=float)
        (line,) = axes.plot(np.arange(1, len(y) + 1), y, color=color)
        reached = int(np.argmax(y >= min(at, y.max())))
        label_line(line, name, at=reached, dx=10, dy=11 if at == 100 else -12)
    axes.set(ylim=(0, 112), yticks=[0, 25, 50, 75, 100])
