"""Does a larger rate help a flat loss? The race of two losses."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from explorable.drawing.toolkit import ONE, TWO, Points, label, style_curve

__all__ = ["draw_race"]

COLOURS = {"cross-entropy": ONE, "squared error": TWO}
"""The losses of the race, and their colours in the chapter."""


def draw_race(
    axes: Sequence[Axes], rates: Points, arrived: Mapping[tuple[str, int, str], Points]
) -> dict[tuple[str, int, str], Line2D]:
    """Draw from how many starts each loss arrives, against the learning rate.

    The shares are told by pair of digits, of which each has a panel, weight and loss.
    """
    panel = dict(zip(dict.fromkeys(pair for pair, _, _ in arrived), axes, strict=True))
    weights = [*dict.fromkeys(weight for _, weight, _ in arrived)]
    for pair, ax in panel.items():
        style_curve(ax, "learning rate η", f"share that arrives, {pair}", log="x")
        ax.set(xlim=(0.1, 1000), ylim=(-0.03, 1.16), yticks=[0, 0.5, 1])
        ax.set_yticklabels(["0", "½", "1"])
        label(ax, 0.13, 1.09, "cross-entropy", color=ONE, ha="left")
    drawn = {}
    for (pair, weight, loss), shares in arrived.items():
        ax = panel[pair]
        width = 1 + 0.5 * weights.index(weight)
        (drawn[pair, weight, loss],) = ax.plot(rates, shares, color=COLOURS[loss], lw=width)
        if loss == "squared error":
            side = -9 if weight == weights[0] else 9  # the two lowest lines run close together
            label(ax, rates[7], shares[7], f"w = {weight}", color=TWO, dy=side, ha="right")
    return drawn
