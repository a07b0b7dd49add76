"""One digit on its way through a network: units, weights, probabilities."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

import explorable.drawing.toolkit as tk
from mathdl.forward.figures.product import draw_grid

__all__ = ["draw_picture", "draw_probabilities", "draw_units"]


def draw_units(axes: Axes, values: ArrayLike, *, columns: int, title: str = "") -> None:
    """Draw a layer's outputs as a grid of squares, ink by size; closed neurons stay empty."""
    sizes = np.asarray(values, dtype=float)
    rows = -(-len(sizes) // columns)
    picture = np.zeros(rows * columns)
    picture[: len(sizes)] = sizes / (sizes.max() or 1.0)
    tk.style_bare(axes)
    axes.imshow(tk.opacity_rgba(picture.reshape(rows, columns), tk.ONE), zorder=0.4)
    draw_grid(axes, -0.5, -0.5, columns, rows)
    axes.set(xlim=(-0.56, columns - 0.44), ylim=(rows - 0.44, -0.56))
    axes.set_title(title, fontweight="normal", fontstyle="italic")


def draw_picture(axes: Axes, image: ArrayLike, title: str = "", *, signed: bool = False) -> None:
    """Draw an 8×8 image, ink or signed numbers, with a hairline frame."""
    values = np.asarray(image, dtype=float)
    side = round(values.size**0.5)
    tk.style_bare(axes)
    if signed:
        axes.imshow(tk.signed_rgba(values.reshape(side, side)), zorder=0.4)
    else:
        tk.digit_image(axes, values)
    corner, length = (-0.5, -0.5), side
    axes.add_patch(
        Rectangle(corner, length, length, facecolor="none", edgecolor=tk.GRID, linewidth=1)
    )
    axes.set(xlim=(-0.6, side - 0.4), ylim=(side - 0.4, -0.6))
    axes.set_title(title, fontweight="normal", fontstyle="italic")


def draw_probabilities(axes: Axes, probabilities: ArrayLike, truth: int, title: str = "") -> None:
    """Draw the probability of every class as a bar; the true class is marked on its name."""
    p = np.asarray(probabilities, dtype=float)
    best = int(p.argmax())
    axes.grid(visible=False)
    axes.add_patch(Rectangle((0, -0.5), 1, len(p), facecolor=tk.PANEL, zorder=0))
    axes.barh(
        range(len(p)),
        p,
        height=0.72,
        color=[tk.ONE if k == best else tk.TWO for k in range(len(p))],
    )
    axes.set(xlim=(0, 1), ylim=(len(p) - 0.4, -0.6), xticks=[0, 1])
    axes.spines["bottom"].set_visible(False)
    axes.set_yticks(range(len(p)), [str(k) for k in range(len(p))])
    axes.get_yticklabels()[truth].set(color=tk.THREE, fontweight="bold")
    inside = p[best] > 0.55
    place, color = (0.55, tk.BACKGROUND) if inside else (float(p[best]), tk.ONE)
    tk.label(axes, place, best, f"{p[best]:.3f}", dx=6, color=color, size=11)
    axes.set_title(title, fontweight="normal", fontstyle="italic")
