"""Three probabilities as a point of a triangle, and what softmax and its loss do there."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text
from numpy.typing import ArrayLike

from mathdl import concepts
from mathdl.plotting import (
    INK,
    MUTED,
    ONE,
    TWO,
    MovingParts,
    Points,
    arrow,
    dots,
    label,
    mark_start,
    set_line,
    style_bare,
    style_curve,
    style_plane,
)

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(0.75)]])
"""Where the classes lie in the picture."""


def on_simplex(probabilities: ArrayLike) -> Points:
    """Return where three probabilities lie in the triangle.

    Parameters
    ----------
    probabilities : array_like (..., 3)

    Returns
    -------
    array (..., 2)

    Examples
    --------
    >>> on_simplex([0.0, 1.0, 0.0]).tolist()
    [1.0, 0.0]
    """
    return np.asarray(np.asarray(probabilities, dtype=float) @ CORNERS)


def draw_simplex(axes: Axes) -> None:
    """Draw the triangle of three probabilities with its corners named."""
    style_bare(axes)
    axes.set_aspect("equal")
    axes.set(xlim=(-0.16, 1.16), ylim=(-0.17, 1.02))
    axes.add_patch(Polygon(CORNERS, closed=True, facecolor=INK, alpha=0.04, lw=0))
    axes.plot(*CORNERS[[0, 1, 2, 0]].T, color=MUTED, lw=1)
    for number, ((x, y), up) in enumerate(zip(CORNERS, (-0.08, -0.08, 0.07), strict=True), 1):
        axes.text(x, y + up, f"class {number}", color=MUTED, fontsize=12, ha="center", va="center")


def draw_simplex_step(axes: Axes, logits: ArrayLike, target: int) -> tuple[Line2D, Line2D]:
    """Draw p, the arrow p − y that ends there, and p after one step down.

    Parameters
    ----------
    logits : array_like (3,)
    target : int
        The right class, counted from 0.

    Returns
    -------
    gradient, after : Line2D
    """
    draw_simplex(axes)
    z = np.asarray(logits, dtype=float)
    p = concepts.softmax(z)
    stepped = concepts.softmax(z - (p - np.eye(3)[target]))
    gradient = axes.plot(*arrow(CORNERS[target], on_simplex(p), 0.06).T, color=TWO)[0]
    after = mark_start(axes, *on_simplex(stepped), color=ONE)
    dots(axes, *on_simplex(p)[:, None], color=ONE, size=10, zorder=4)
    label(axes, on_simplex(p)[0], on_simplex(p)[1], "p", color=ONE, dx=-10)
    middle = (4 * on_simplex(p) + CORNERS[target]) / 5
    label(axes, middle[0], middle[1], "p − y", color=TWO, dy=15)
    label(
        axes,
        on_simplex(stepped)[0],
        on_simplex(stepped)[1],
        "after one step",
        color=ONE,
        dx=2,
        dy=16,
    )
    return gradient, after


def draw_simplex_field(axes: Axes, target: int) -> list[Line2D]:
    """Draw the descent arrows y − p of the logits at many points p.

    Parameters
    ----------
    target : int
        The right class, counted from 0.
    """
    draw_simplex(axes)
    n = 8
    grid = [(i, j, n - i - j) for i in range(n + 1) for j in range(n + 1 - i)]
    drawn = []
    for counts in grid:
        p = (np.array(counts) + 0.4) / (n + 1.2)
        here = on_simplex(p)
        there = here + 0.13 * (CORNERS[target] - here)
        drawn.append(axes.plot(*arrow(here, there, 0.035).T, color=ONE, lw=1.4)[0])
    return drawn


@dataclass(eq=False)
class Softmax(MovingParts):
    """Three logits, and where softmax puts them on the simplex."""

    stems: Line2D
    heads: Line2D
    numbers: list[Text]
    family: Line2D
    gradient: Line2D
    here: Line2D
    shares: list[Text]

    def move(self, logits: ArrayLike, temperature: float) -> None:
        """Show other logits, another temperature."""
        z = np.asarray(logits, dtype=float)
        classes = np.arange(1.0, 4.0)
        set_line(
            self.stems, np.repeat(classes, 3), np.column_stack([0 * z, z, z * np.nan]).ravel()
        )
        set_line(self.heads, classes, z)
        for text, place, value in zip(self.numbers, classes, z, strict=True):
            text.set_position((place, value + (1.4 if value >= 0 else -1.4)))
            text.set_text(f"{value:g}".replace("-", "−"))
        p = concepts.softmax(z / temperature)
        rates = np.concatenate([np.linspace(0, 1, 15), np.geomspace(1.1, 8, 16)])
        set_line(self.family, *on_simplex(concepts.softmax(rates[:, None] * (z - z[2]))).T)
        point = on_simplex(p)
        set_line(self.gradient, *arrow(CORNERS[0], point, 0.07).T)
        set_line(self.here, *point[:, None])
        for text, share in zip(self.shares, p, strict=True):
            text.set_text(f"{share:.3f}")


def draw_softmax(axes: Sequence[Axes], logits: ArrayLike, temperature: float) -> Softmax:
    """Draw a plane to pick two logits on, the three logits, and p with its arrow p − y.

    Parameters
    ----------
    axes : three Axes
    logits : array_like (3,)
    """
    pick, heights, triangle = axes
    style_plane(pick, "z₁", "z₂", bounds=[[-4.4, 4.4]] * 2)
    pick.set_xticks([-4, 0, 4], ["−4", "0", "4"])
    pick.set_yticks([-4, 0, 4], ["−4", "0", "4"])
    pick.plot([-4.4, 4.4, np.nan, 0, 0], [0, 0, np.nan, -4.4, 4.4], color=MUTED, lw=0.8)
    style_curve(heights, "class", "logits, shifted")
    heights.set(xlim=(0.5, 3.5), ylim=(-12, 12), xticks=[1, 2, 3], yticks=[-10, 0, 10])
    heights.set_yticklabels(["−10", "0", "10"])
    heights.axhline(0, color=MUTED, lw=1)
    draw_simplex(triangle)
    stems = heights.plot([], [], color=ONE, lw=6, solid_capstyle="butt")[0]
    heads = heights.plot([], [], color=ONE, marker="o", ms=9, ls="none")[0]
    numbers = [
        heights.text(k, 0, "", color=INK, fontsize=11, ha="center", va="center") for k in (1, 2, 3)
    ]
    family = triangle.plot([], [], color=MUTED, lw=1, ls=(0, (1, 3)))[0]
    gradient = triangle.plot([], [], color=TWO)[0]
    here = triangle.plot([], [], color=ONE, marker="o", ms=11, ls="none")[0]
    shares = [
        triangle.text(x, y + dy, "", color=INK, fontsize=11, ha="center", va="center")
        for (x, y), dy in zip(CORNERS, (-0.19, -0.19, 0.18), strict=True)
    ]
    triangle.set(ylim=(-0.28, 1.13))
    picture = Softmax(stems, heads, numbers, family, gradient, here, shares)
    picture.move(logits, temperature)
    return picture
