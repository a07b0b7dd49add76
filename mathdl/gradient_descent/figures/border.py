"""Draw a descent beyond the border: its path across the valley, its losses, its curvatures."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

import explorable.drawing.toolkit as tk
from mathdl.gradient_descent.experiments.border import (
    N_STEPS,
    START,
    ProductDescent,
    product_curvature,
)
from mathdl.gradient_descent.figures.descents import drawn_part

REACH = 3.4
LEAST = 1e-8


class Border(tk.MovingParts):
    """The moving parts of the picture; made by `draw_border`."""

    def move(self, descent: ProductDescent, rate: float, power: int) -> None:
        """Show a descent with the border 2/η of its rate."""
        valley = minima(power)
        with np.errstate(invalid="ignore"):
            steep = product_curvature(np.nan_to_num(valley), power=power) >= 2 / rate
        held = np.where(steep[:, None], np.nan, valley)
        self.minima.set_data(*valley.T)
        self.stable.set_data(*held.T)
        self.name.set_text("stable minima" if np.isfinite(held).any() else "none is stable")
        self.path.set_data(*drawn_part(self.path.axes, descent.path).T)  # type: ignore[arg-type]
        steps = np.arange(N_STEPS + 1)
        self.loss.set_data(steps, np.maximum(descent.losses, LEAST / 10))
        self.curvature.set_data(steps, np.minimum(descent.curvatures, 1e3))
        self.border.set_data([0, N_STEPS], [2 / rate, 2 / rate])


def minima(power: int) -> NDArray[np.float64]:
    """Return the points at which the product is 1, broken by NaN: two branches, or four."""
    u = np.geomspace(1 / REACH, REACH, 49)
    branch = np.stack([u, 1 / u], axis=1)
    signs = [(1, 1), (-1, -1)] if power % 2 else [(1, 1), (-1, -1), (1, -1), (-1, 1)]
    gap = np.full((1, 2), np.nan)
    return np.concatenate([piece for sign in signs for piece in (branch * sign, gap)])[:-1]


def draw_border(axes: Sequence[Axes]) -> Border:
    """Draw the frame of a descent on the loss ½ (uᵐvᵐ − 1)²: plane, losses, curvatures."""
    plane, losses, curvatures = axes
    tk.style_plane(plane, "u", "v", bounds=[[-REACH, REACH]] * 2)
    plane.set(xticks=[-3, 0, 3], yticks=[-3, 0, 3])
    valley = plane.plot([], [], color=tk.INK, linewidth=1, alpha=0.5)[0]
    stable = plane.plot([], [], color=tk.THREE, linewidth=4, zorder=2)[0]
    path = plane.plot([], [], color=tk.ONE, marker="o", markersize=3, linewidth=1, zorder=3)[0]
    tk.mark_start(plane, *START)
    for panel, word in ((losses, "loss"), (curvatures, "largest curvature")):
        tk.style_curve(panel, "step", word, log="y")
        panel.set_xscale("function", functions=(lambda n: np.sqrt(np.maximum(n, 0)), np.square))
        panel.set(xlim=(0, N_STEPS), xticks=[0, 10, 100, 400])
    losses.set(ylim=(LEAST, 1e3))
    losses.set_yticks([1e-8, 1e-6, 1e-4, 1e-2, 1, 100])
    curvatures.set(ylim=(0.1, 100))
    tk.label(curvatures, N_STEPS, 100, "2/η", color=tk.THREE, dy=9, ha="right")
    return Border(
        minima=valley,
        stable=stable,
        path=path,
        name=tk.label(plane, -REACH, REACH, "stable minima", color=tk.THREE, dy=9, ha="left"),
        border=curvatures.plot([], [], color=tk.THREE, linewidth=1.5, linestyle=(0, (4, 3)))[0],
        loss=losses.plot([], [], color=tk.ONE)[0],
        curvature=curvatures.plot([], [], color=tk.ONE)[0],
    )
