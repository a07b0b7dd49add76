"""Draw a network that is swept once an input or once an output, and the Jacobian that it fills."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from explorable.checks import Array
from explorable.drawing.toolkit import INK, MUTED, ONE, PANEL, MovingParts, label, style_bare
from explorable.sentences import Sentence

MIDDLES = {"forward": 172.0, "reverse": 54.0}
"""The height at which each mode's row stands, in pixels."""

MOST = 6
"""At most so many inputs, and outputs."""

GAP = 15.0
"""Pixels between two units of a layer, and between two entries of the Jacobian."""


@dataclass(eq=False)
class Sweeps(MovingParts):
    """What can move in a drawing of the two modes."""

    forward: MovingParts
    reverse: MovingParts

    @property
    def artists(self) -> dict[str, list]:  # type: ignore[type-arg]  # as the base says
        """The artists of both rows, by the names of their fields and modes."""
        return {
            f"{mode}_{name}": artists
            for mode, row in (("forward", self.forward), ("reverse", self.reverse))
            for name, artists in row.artists.items()
        }

    def move(self, sizes: Sequence[int], made: int, counts: Mapping[str, Sentence]) -> None:
        """Show another network after so many sweeps of each mode, and what is written below."""
        n_in, n_out = sizes[0], sizes[-1]
        units = np.arange(MOST)
        for mode, row in (("forward", self.forward), ("reverse", self.reverse)):
            end, needed = (0, n_in) if mode == "forward" else (-1, n_out)
            sweep = np.minimum(made, needed)
            places = _places(sizes, MIDDLES[mode])
            row.units.set_data(*np.concatenate(places).T)
            row.arrows.set_data(*_arrows(places).T)
            places[end] = np.where(units[:, None] == sweep - 1, places[end], np.nan)
            row.seed.set_data(*places[end].T)
            row.used.set_data(*np.where(sweep > 0, _arrows(places), np.nan).T)
            grid = _entries(n_out, n_in, MIDDLES[mode])
            row.entries.set_data(*grid.reshape(-1, 2).T)
            known = (units if mode == "forward" else units[:, None]) < sweep
            row.filled.set_data(*np.where(known[..., None], grid, np.nan).reshape(-1, 2).T)
            row.count.set_text(str(counts[mode]))


def draw_sweeps(axes: Axes) -> Sweeps:
    """Prepare two rows, one a mode, each a network and its Jacobian, to be moved."""
    style_bare(axes)
    axes.set(xlim=(0, 350), ylim=(0, 236))
    axes.set_aspect("equal")
    rows = {}
    for mode, middle in MIDDLES.items():
        label(axes, 2, middle + 54, f"{mode} mode", ha="left", size=13)
        rows[mode] = MovingParts(
            arrows=axes.plot([], [], color=MUTED, linewidth=0.8, alpha=0.5, zorder=1)[0],
            used=axes.plot([], [], color=ONE, linewidth=1.6, zorder=1.5)[0],
            units=_marks(axes, "o", 9, PANEL, INK),
            seed=_marks(axes, "o", 9, ONE, ONE),
            entries=_marks(axes, "s", 11, PANEL, MUTED),
            filled=_marks(axes, "s", 11, ONE, ONE),
            count=axes.text(98, middle + 54, "", fontsize=13, color=MUTED, ha="left", va="center"),
        )
    return Sweeps(rows["forward"], rows["reverse"])


def _marks(axes: Axes, marker: str, size: float, face: str, edge: str) -> Line2D:
    return axes.plot(
        [], [], linestyle="none", marker=marker, markersize=size, markerfacecolor=face,
        markeredgecolor=edge, markeredgewidth=1.2, zorder=3,
    )[0]  # fmt: skip


def _places(sizes: Sequence[int], middle: float) -> list[Array]:
    """Return where the units of each layer stand; NaN for those that inputs or outputs lack."""
    mosts = [MOST, *sizes[1:-1], MOST]
    columns = zip(np.linspace(14, 222, len(sizes)), sizes, mosts, strict=True)
    return [
        np.stack([x + np.zeros(most), _centred(n, most, -GAP, middle)], -1)
        for x, n, most in columns
    ]


def _centred(n: int, most: int, gap: float, middle: float) -> Array:
    """Return n places around a middle, and NaN for the rest of the most that there can be."""
    places = np.arange(most)
    return np.where(places < n, middle + gap * (places - (n - 1) / 2), np.nan)


def _arrows(places: Sequence[Array]) -> Array:
    """Return the arrows of all layers as one line with gaps."""
    lines = []
    for left, right in itertools.pairwise(places):
        starts, ends = left[:, None] + 0 * right, right + 0 * left[:, None]
        lines.append(np.stack([starts, ends, np.nan * ends], axis=2).reshape(-1, 2))
    return np.concatenate(lines)


def _entries(n_out: int, n_in: int, middle: float) -> Array:
    """Return where the entries of the Jacobian stand, (MOST, MOST, 2)."""
    x, y = _centred(n_in, MOST, GAP, 297), _centred(n_out, MOST, -GAP, middle)
    return np.stack(np.meshgrid(x, y), axis=-1)
