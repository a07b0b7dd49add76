"""A layer's product drawn as it is computed: rows and columns that meet, sums that run."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.ticker import MultipleLocator
from numpy.typing import ArrayLike, NDArray

import explorable.drawing.toolkit as tk
from mathdl.forward import Layer, affine

__all__ = ["draw_product"]

_GAP = 0.7
"""Cells between the blocks of a product."""

_QUARTERS = {0.0: "", 0.25: "¼", 0.5: "½", 0.75: "¾"}


def quarters(value: float) -> str:
    """Write a multiple of 1/4 as one writes it on paper.

    Examples
    --------
    >>> quarters(-2.75), quarters(0.5), quarters(3)
    ('−2¾', '½', '3')
    """
    whole, rest = divmod(abs(float(value)), 1)
    if rest not in _QUARTERS:
        raise ValueError(f"value must be a multiple of 1/4, but is {value!r}")
    digits = (f"{whole:.0f}" if whole or not rest else "") + _QUARTERS[rest]
    return ("−" if value < 0 else "") + digits


def draw_product(axes: Axes, x: ArrayLike, layer: Layer) -> tk.MovingParts:
    """Draw x Wᵀ + b = z so that row and column meet in their entry, all numbers written in."""
    rows = np.asarray(x, dtype=float)
    z = affine(rows, layer.weights, layer.bias)
    origins = _blocks(axes, len(rows), rows.shape[1], len(layer.weights))
    _numbers(axes, rows, origins["x"], tk.THREE)
    _numbers(axes, layer.weights.T, origins["weights"], tk.INK)
    _numbers(axes, layer.bias[np.newaxis], origins["bias"], tk.INK)
    sums = _numbers(axes, z, origins["z"], tk.INK)
    shades = [
        [_shade(axes, text, value) for text, value in zip(texts, values, strict=True)]
        for texts, values in zip(sums, z, strict=True)
    ]
    for i in range(len(layer.weights)):
        left, top = origins["weights"]
        axes.text(left + i + 0.5, top - 0.45, str(i + 1), color=tk.MUTED, fontsize=11,
                  ha="center", va="center")  # fmt: skip
    return tk.MovingParts(
        sums=sums,
        shades=shades,
        row=_frame(axes, tk.THREE),
        column=_frame(axes, tk.INK),
        entry=_frame(axes, tk.ONE),
        factors=[_frame(axes, tk.ONE), _frame(axes, tk.ONE)],
        origins=origins,
    )


def _blocks(axes: Axes, n_samples: int, n_in: int, n_out: int) -> dict[str, tuple[float, float]]:
    """Lay out the four blocks, y downward; return the upper left corner of each."""
    tk.style_bare(axes)
    axes.set_label("Tables of x, W, b and z")
    axes.set_aspect("equal")
    right, below = n_in + _GAP, n_in + 1.3 + _GAP
    origins = {
        "weights": (right, 0.0),
        "bias": (right, n_in + 0.3),
        "x": (0.0, below),
        "z": (right, below),
    }
    sizes = {
        "weights": (n_out, n_in),
        "bias": (n_out, 1),
        "x": (n_in, n_samples),
        "z": (n_out, n_samples),
    }
    for name, (left, top) in origins.items():
        draw_grid(axes, left, top, *sizes[name])
    axes.set(xlim=(-0.1, right + n_out + 0.1), ylim=(below + n_samples + 1.0, -0.8))
    middle, foot = (right + n_out / 2, n_in / 2), below + n_samples + 0.55
    _name(axes, right - 0.25, middle[1], f"Wᵀ  ({n_in}, {n_out})", tk.INK, "right")
    _name(axes, right - 0.25, n_in + 0.8, f"b  ({n_out},)", tk.INK, "right")
    _name(axes, n_in / 2, foot, f"x  ({n_samples}, {n_in})", tk.THREE, "center")
    _name(axes, middle[0], foot, f"z  ({n_samples}, {n_out})", tk.ONE, "center")
    return origins


def _name(axes: Axes, x: float, y: float, text: str, color: str, align: str) -> None:
    axes.text(x, y, text, color=color, fontsize=12, fontstyle="italic", ha=align, va="center")


def draw_grid(axes: Axes, left: float, top: float, columns: int, rows: int) -> None:
    """Draw the hairlines of a table of unit cells."""
    for i in range(columns + 1):
        axes.plot([left + i] * 2, [top, top + rows], color=tk.GRID, linewidth=1, zorder=1)
    for i in range(rows + 1):
        axes.plot([left, left + columns], [top + i] * 2, color=tk.GRID, linewidth=1, zorder=1)


def _numbers(
    axes: Axes, values: ArrayLike, corner: tuple[float, float], color: str
) -> list[list[Text]]:
    left, top = corner
    return [
        [
            axes.text(left + j + 0.5, top + i + 0.5, quarters(value), color=color,
                      fontsize=11 if len(quarters(value)) > 2 else 12, ha="center", va="center")
            for j, value in enumerate(row)
        ]
        for i, row in enumerate(np.asarray(values, dtype=float))
    ]  # fmt: skip


def _shade(axes: Axes, text: Text, value: float) -> Rectangle:
    """Tint the cell of an open neuron and write a closed one in grey."""
    left, top = (place - 0.5 for place in text.get_position())
    shade = Rectangle((left, top), 1, 1, facecolor=tk.ONE, zorder=0.5)
    axes.add_patch(shade)
    tint_cell(shade, text, value)
    return shade


def tint_cell(shade: Rectangle, text: Text, value: float) -> None:
    """Show in a cell of z whether its neuron is open."""
    shade.set_alpha(0.16 if value > 0 else 0.0)
    text.set_color(tk.INK if value > 0 else tk.MUTED)


def _frame(axes: Axes, color: str) -> Rectangle:
    frame = Rectangle((0, 0), 1, 1, facecolor="none", edgecolor=color, linewidth=2, zorder=3)
    frame.set_visible(False)
    axes.add_patch(frame)
    return frame


def place_frame(frame: Rectangle, corner: tuple[float, float], width: int, height: int) -> None:
    """Move a frame onto some cells of a drawn product and show it."""
    frame.set(xy=corner, width=width, height=height, visible=True)


class SumPicture(tk.MovingParts):
    """The parts of a drawn running sum that an explorer moves."""

    def move(self, terms: NDArray[np.float64], shown: int) -> None:
        """Show the first terms of the sum; when all of them, also the result."""
        ends = np.concatenate([[0.0], np.cumsum(terms)])
        for j, bar in enumerate(self.bars):
            low, high = sorted(ends[j : j + 2]) if j < shown else (0.0, 0.0)
            bar.set(y=low, height=high - low, facecolor=tk.ONE if terms[j] >= 0 else tk.TWO)
        steps = np.repeat(ends[1 : shown + 1], 3)
        places = (np.arange(shown)[:, None] + [-0.36, 1.36, np.nan]).ravel()
        self.level.set_data(places, steps)
        done = shown == len(terms)
        output = max(ends[-1], 0.0)
        self.result.set_data([len(terms)] if done else [], [output] if done else [])
        self.output.set(text=quarters(output) if done else "", y=output + 0.7)


def draw_running_sum(axes: Axes, terms: ArrayLike, *, limit: float) -> SumPicture:
    """Draw how products and bias add up to a preactivation, and what ReLU makes of it.

    The bias is the last of the terms; the axis reaches from -limit to limit.
    """
    values = np.asarray(terms, dtype=float)
    n = len(values)
    tk.style_curve(axes, y="running sum")
    axes.axhline(0, color=tk.INK, linewidth=1, alpha=0.6, zorder=1)
    axes.set(xlim=(-0.6, n + 0.6), ylim=(-limit, limit))
    names = [f"x{_SUB[j]}w{_SUB[j]}" for j in range(n - 1)] + ["b", "ReLU"]
    axes.set_xticks(range(n + 1), names)
    axes.yaxis.set_major_locator(MultipleLocator(4))
    bars = [Rectangle((j - 0.36, 0), 0.72, 0, facecolor=tk.ONE, alpha=0.85) for j in range(n)]
    for bar in bars:
        axes.add_patch(bar)
    picture = SumPicture(
        bars=bars,
        level=axes.plot([], [], color=tk.MUTED, linewidth=1.2, zorder=3)[0],
        result=axes.plot([], [], "o", color=tk.ONE, markersize=9, zorder=4)[0],
        output=axes.text(
            n, 0, "", color=tk.INK, fontsize=12, fontweight="bold", ha="center", va="bottom"
        ),
    )
    picture.move(values, n)
    return picture


_SUB = "₁₂₃₄₅₆₇₈₉"
