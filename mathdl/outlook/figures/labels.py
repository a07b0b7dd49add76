"""Learning from labels of which some are wrong."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from explorable.drawing.toolkit import ONE, TWO, label_line, style_curve


def draw_label_learning(axes: Axes, curves: Mapping[str, ArrayLike]) -> None:
    """Draw how the share of reproduced labels grows over the epochs.

    Parameters
    ----------
    curves : dict of array (n_epochs,)
        Shares, by name.
    """
    style_curve(axes, "epoch", "training labels reproduced, %")
    for color, (name, shares), at in zip((ONE, TWO), curves.items(), (100, 50), strict=False):
        y = 100 * np.asarray(shares, dtype=float)
        (line,) = axes.plot(np.arange(1, len(y) + 1), y, color=color)
        reached = int(np.argmax(y >= min(at, y.max())))
        label_line(line, name, at=reached, dx=10, dy=11 if at == 100 else -12)
    axes.set(ylim=(0, 112), yticks=[0, 25, 50, 75, 100])


def draw_label_shares(axes: Axes, shares: ArrayLike, train: ArrayLike, test: ArrayLike) -> None:
    """Draw accuracy on given labels and on new digits over the share of shuffled labels.

    Parameters
    ----------
    shares, train, test : array (n,)
        All from 0 to 1.
    """
    style_curve(axes, "labels shuffled, %", "accuracy, %")
    x = 100 * np.asarray(shares, dtype=float)
    for color, name, values, dy in (
        (TWO, "training labels", train, -13),
        (ONE, "new digits", test, 0),
    ):
        (line,) = axes.plot(
            x, 100 * np.asarray(values, dtype=float), color=color, marker="o", markersize=5
        )
        label_line(line, name, at=2, dx=10, dy=dy, ha="left")
    axes.set(xlim=(-2, 102), ylim=(0, 112), xticks=[0, 50, 100], yticks=[0, 25, 50, 75, 100])
