"""Three probabilities as a point of a triangle, and what softmax does there."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk
from explorable.sentences import number
from mathdl import concepts

__all__ = ["draw_softmax"]

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(0.75)]])
"""Where the classes lie in the picture."""


def on_simplex(probabilities: tk.Points) -> tk.Points:
    """Return where three probabilities, on the last axis, lie in the triangle.

    Examples
    --------
    >>> on_simplex(np.array([0.0, 1.0, 0.0])).tolist()
    [1.0, 0.0]
    """
    return probabilities @ CORNERS


def draw_simplex(axes: Axes) -> None:
    """Draw the triangle of three probabilities with its corners named."""
    tk.style_bare(axes)
    axes.set_label("Triangle of three probabilities")
    axes.set_aspect("equal")
    axes.set(xlim=(-0.16, 1.16), ylim=(-0.17, 1.02))
    axes.add_patch(Polygon(CORNERS, closed=True, facecolor=tk.INK, alpha=0.04, lw=0))
    axes.plot(*CORNERS[[0, 1, 2, 0]].T, color=tk.MUTED, lw=1)
    for index, ((x, y), up) in enumerate(zip(CORNERS, (-0.08, -0.08, 0.07), strict=True), 1):
        word = f"class {index}"
        axes.text(x, y + 1.2 * up, word, color=tk.MUTED, size=12, ha="center", va="center")


class Softmax(tk.MovingParts):
    """Three logits, and where softmax puts them on the simplex."""

    def move(self, logits: tk.Points, temperature: float) -> None:
        """Show other logits, another temperature."""
        z, classes = logits, np.arange(1.0, 4.0)
        self.stems.set_data(np.repeat(classes, 3), np.column_stack([0 * z, z, z * np.nan]).ravel())
        self.heads.set_data(classes, z)
        for text, place, value in zip(self.numbers, classes, z, strict=True):
            text.set_position((place, value + np.where(value >= 0, 1.9, -1.9)))
            text.set_text(number(value, ".3g"))
        p = concepts.softmax(z / temperature)
        rates = np.concatenate([np.linspace(0, 1, 15), np.geomspace(1.1, 8, 16)])
        self.family.set_data(*on_simplex(concepts.softmax(rates[:, None] * (z - z[2]))).T)
        point = on_simplex(p)
        self.gradient.set_data(*tk.arrow(CORNERS[0], point, 0.07).T)
        self.here.set_data(*point[:, None])
        for text, share in zip(self.shares, p, strict=True):
            text.set_text(f"{share:.3f}")


def draw_softmax(axes: Sequence[Axes], logits: ArrayLike, temperature: float) -> Softmax:
    """Draw a plane to pick two logits on, the three logits, and p with its arrow p − y."""
    pick, heights, triangle = axes
    tk.style_plane(pick, "z₁", "z₂", bounds=[[-4.4, 4.4]] * 2)
    pick.set_xticks([-4, 0, 4])
    pick.set_yticks([-4, 0, 4])
    pick.plot([-4.4, 4.4, np.nan, 0, 0], [0, 0, np.nan, -4.4, 4.4], color=tk.MUTED, lw=0.8)
    tk.style_curve(heights, "class", "logits, shifted")
    heights.set(xlim=(0.5, 3.5), ylim=(-13.5, 13.5), xticks=[1, 2, 3], yticks=[-10, 0, 10])
    heights.axhline(0, color=tk.MUTED, lw=1)
    draw_simplex(triangle)
    triangle.set(ylim=(-0.31, 1.15))
    picture = Softmax(
        stems=heights.plot([], [], color=tk.ONE, lw=6, solid_capstyle="butt")[0],
        heads=heights.plot([], [], color=tk.ONE, marker="o", ms=9, ls="none")[0],
        numbers=[
            heights.text(k, 0, "", color=tk.INK, fontsize=11, ha="center", va="center")
            for k in (1, 2, 3)
        ],
        family=triangle.plot([], [], color=tk.MUTED, lw=1, ls=(0, (1, 3)))[0],
        gradient=triangle.plot([], [], color=tk.TWO)[0],
        here=triangle.plot([], [], color=tk.ONE, marker="o", ms=11, ls="none")[0],
        shares=[
            triangle.text(x, y + dy, "", color=tk.INK, fontsize=11, ha="center", va="center")
            for (x, y), dy in zip(CORNERS, (-0.22, -0.22, 0.2), strict=True)
        ],
    )
    picture.move(np.asarray(logits, dtype=float), temperature)
    return picture
