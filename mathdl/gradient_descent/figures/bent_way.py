"""Draw ways between two trained networks: over the plane in which they lie, and their losses."""

import functools
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from explorable.drawing.toolkit import INK, ONE, TWO, MovingParts, label, style_curve
from mathdl.gradient_descent.experiments.bent_way import SHARES, bent_way
from mathdl.gradient_descent.figures.landscape import Relief, draw_plane, log_heights
from mathdl.gradient_descent.figures.reading_digits import between


@functools.cache
def relief() -> Relief:
    """Make the plane ready to be drawn."""
    found = bent_way()
    return Relief(
        found.window,
        found.window.to_units(found.ways[0, [0, -1]]),
        log_heights(lambda units: between(found.surface, units), 0.05),
    )


class Ways(MovingParts):
    """The moving parts of the picture; made by `draw_ways`."""

    def move(self, bend: int, share: int) -> None:
        """Show a way by the index of its bend, and the network at one of its places."""
        found = bent_way()
        points = found.window.to_units(found.ways[bend])
        self.way.set_data(*points.T)
        self.place.set_data(*points[[share]].T)
        self.loss.set_data(SHARES, found.losses[bend])
        self.here.set_data(SHARES[[share]], found.losses[bend, [share]])


def draw_ways(axes: Sequence[Axes]) -> Ways:
    """Draw the plane, and the frame of the losses along a way, empty until a way is shown."""
    found, frame = bent_way(), draw_plane(axes[0], "1st axis", "2nd", steps=3)
    frame.show(relief())
    frame.paths[1].set_data(*found.window.to_units(found.ways[0]).T)
    ring: dict[str, Any] = {"marker": "o", "color": INK, "ls": "none", "ms": 11, "zorder": 5}
    way, place = frame.paths[0], axes[0].plot([], [], **ring)[0]
    style_curve(axes[1], "share of the way t", "training loss", log="y")
    axes[1].set(
        xlim=(-0.03, 1.03), ylim=(0.01, 2), xticks=[0, 0.5, 1], xticklabels=["0", "½", "1"]
    )
    axes[1].plot(SHARES, found.losses[0], color=TWO)
    top = int(found.losses[0].argmax())
    label(axes[1], SHARES[top], found.losses[0, top], "straight", color=TWO, dy=11)
    label(axes[1], 0.5, 0.02, "the way shown", color=ONE)  # below all losses
    return Ways(
        way=way,
        place=place,
        loss=axes[1].plot([], [], color=ONE)[0],
        here=axes[1].plot([], [], **ring)[0],
    )
