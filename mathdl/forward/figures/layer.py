"""One layer drawn as a network: numbers in, lines for weights, numbers out."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.patches import Polygon
from matplotlib.text import Text
from numpy.typing import ArrayLike, NDArray

from explorable.drawing.toolkit import INK, MUTED, ONE, THREE, TWO, MovingParts, label, style_bare
from explorable.sentences import number
from mathdl.forward import Layer

__all__ = ["draw_layer"]

_ACROSS = {"x": 0.0, "z": 2.1, "a": 3.2}
_THICK = 0.055
"""Half the thickness of a line, for a weight of 1."""


@dataclass(eq=False)
class LayerPicture(MovingParts):
    """The parts of a drawn layer that an explorer moves: those of its first neuron."""

    lines: list[list[Polygon]]
    weights: list[Text]
    shade: PathCollection
    z: Text
    a: Text

    def move(self, weights: NDArray[np.float64], z: float, a: float) -> None:
        """Give the first neuron other weights, and write what it computes and hands on."""
        for j, (pair, text) in enumerate(zip(self.lines, self.weights, strict=True)):
            w = weights[j]
            for line, sign in zip(pair, (1, -1), strict=True):
                line.set_xy(_corners(j, 0, len(self.weights), 2, np.maximum(sign * w, 0)))
            text.set_text(number(w, ".3g"))
        self.shade.set_alpha(0.3 * np.sign(a))
        self.z.set_text(number(z, ".3g"))
        self.a.set_text(number(a, ".3g"))


def draw_layer(axes: Axes, x: ArrayLike, layer: Layer) -> LayerPicture:
    """Draw a ReLU layer of two neurons for one sample: lines as thick as weights are large."""
    values = np.asarray(x, dtype=float)
    z = layer.weights @ values + layer.bias
    (n_out, n_in), ends = layer.weights.shape, list(zip("xza", _ACROSS.values(), strict=True))
    style_bare(axes)
    axes.set_label("Layer of two neurons")
    axes.set(xlim=(-0.35, 3.5), ylim=(-0.75, n_in - 0.55))
    lines: list[list[Polygon]] = []
    texts: list[list[Text]] = []
    for i in range(n_out):
        for j, w in enumerate(layer.weights[i]):
            pair = [
                Polygon(_corners(j, i, n_in, n_out, max(sign * w, 0.0)), facecolor=color,
                        alpha=0.75 if i == 0 else 0.3, zorder=1)
                for sign, color in ((1, ONE), (-1, TWO))
            ]  # fmt: skip
            for line in pair:
                axes.add_patch(line)
            lines.append(pair)
        texts.append([_weight(axes, i, j, layer.weights[i], n_out) for j in range(n_in)])
    inputs = [_height(j, n_in) for j in range(n_in)]
    neurons = [_height(i, n_out) for i in range(n_out)]
    for name, places, color in (("x", inputs, THREE), ("z", neurons, INK)):
        axes.scatter([_ACROSS[name]] * len(places), places, s=1400, zorder=2,
                     facecolor="none", edgecolor=color, linewidth=1.6)  # fmt: skip
    shades = [
        axes.scatter([_ACROSS["z"]], [up], s=1400, facecolor=ONE, linewidth=0, zorder=1.5,
                     alpha=0.3 if value > 0 else 0.0)
        for up, value in zip(neurons, z, strict=True)
    ]  # fmt: skip
    for up, value in zip(inputs, values, strict=True):
        _number(axes, "x", up, value, THREE)
    sums = [_number(axes, "z", up, value, INK) for up, value in zip(neurons, z, strict=True)]
    outputs = [
        _number(axes, "a", up, max(value, 0), ONE) for up, value in zip(neurons, z, strict=True)
    ]
    for up in neurons:
        begin, end = _ACROSS["z"] + 0.3, _ACROSS["a"] - 0.3
        axes.plot([begin, end], [up, up], color=MUTED, linewidth=1.4)
        axes.plot([end], [up], ">", color=MUTED, markersize=5)
        label(axes, (_ACROSS["z"] + _ACROSS["a"]) / 2 + 0.02, up, "ReLU", color=MUTED, dy=11,
              size=11)  # fmt: skip
    for (name, across), color in zip(ends, (THREE, INK, ONE), strict=True):
        shape = f"{name} ({n_in if name == 'x' else n_out},)"
        label(axes, across, -0.6, shape, color=color, weight="normal")
    label(axes, _ACROSS["z"] / 2, -0.6, f"W ({n_out}, {n_in})", color=INK, weight="normal")
    return LayerPicture(lines[:n_in], texts[0], shades[0], sums[0], outputs[0])


def _height(place: int, n: int) -> float:
    """Return how high input or neuron number ``place`` of n stands."""
    return (n - 1) / 2 - place + 1.0


def _corners(j: int, i: int, n_in: int, n_out: int, thickness: float) -> list[list[float]]:
    """Return the corners of the line from input j to neuron i."""
    left, right, half = _ACROSS["x"] + 0.28, _ACROSS["z"] - 0.28, _THICK * thickness
    start, end = _height(j, n_in), _height(i, n_out)
    return [[left, start - half], [right, end - half], [right, end + half], [left, start + half]]


def _weight(axes: Axes, i: int, j: int, weights: NDArray[np.float64], n_out: int) -> Text:
    """Write a weight beside its line where no other runs, the first neuron's where it begins."""
    share, off = (0.27, 0.16) if i == 0 else (0.83, 0.25) if j == 0 else (0.68, -0.12)
    up = (1 - share) * _height(j, len(weights)) + share * _height(i, n_out)
    across = _ACROSS["x"] + 0.28 + share * (_ACROSS["z"] - _ACROSS["x"] - 0.56)
    return axes.text(
        across, up + off, number(weights[j], ".3g"),
        color=INK if i == 0 else MUTED, fontsize=11, ha="center", va="center", zorder=3,
        fontweight="bold" if i == 0 else "normal",
    )  # fmt: skip


def _number(axes: Axes, where: str, up: float, value: float, color: str) -> Text:
    return axes.text(
        _ACROSS[where], up, number(value, ".3g"), color=color, fontsize=12, ha="center",
        va="center", zorder=3, fontweight="bold",
    )  # fmt: skip
