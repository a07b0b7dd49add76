"""Draw a network that is swept once an input or once an output, and the Jacobian that it fills."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from explorable.checks import Array
from explorable.drawing.toolkit import INK, MUTED, ONE, PANEL, MovingParts, label, style_bare

MIDDLES = {"forward": 172.0, "reverse": 54.0}
"""The height at which each mode's row stands, in pixels."""

GAP = 15.0
"""Pixels between two units of a layer, and between two entries of the Jacobian."""


@dataclass(eq=False)
class Row(MovingParts):
    """What moves in the row of one mode."""

    arrows: Line2D
    used: Line2D
    units: Line2D
    seed: Line2D
    entries: Line2D
    filled: Line2D
    count: Text


@dataclass(eq=False)
class Sweeps(MovingParts):
    """What can move in a drawing of the two modes."""

    forward: Row
    reverse: Row

    @property
    def artists(self) -> dict[str, list]:  # type: ignore[type-arg]  # as the base says
        """The artists of both rows, by the names of their fields and modes."""
        return {
            f"{mode}_{name}": artists
            for mode, row in (("forward", self.forward), ("reverse", self.reverse))
            for name, artists in row.artists.items()
        }

    def move(self, sizes: Sequence[int], made: int, counts: dict[str, str]) -> None:
        """Show another network after so many sweeps of each mode, and what is written below."""
        n_in, n_out = sizes[0], sizes[-1]
        for mode, row in (("forward", self.forward), ("reverse", self.reverse)):
            needed = n_in if mode == "forward" else n_out
            sweep = min(made, needed)
            places = _places(sizes, MIDDLES[mode])
            row.units.set_data(*np.concatenate(places).T)
            row.arrows.set_data(*_arrows(places, None).T)
            lit = None if sweep == 0 else (mode, sweep - 1)
            row.used.set_data(*(_arrows(places, lit).T if lit else ([], [])))
            end = places[0] if mode == "forward" else places[-1]
            row.seed.set_data(*(end[sweep - 1 : sweep].T if lit else ([], [])))
            grid = _entries(n_out, n_in, MIDDLES[mode])
            row.entries.set_data(*grid.reshape(-1, 2).T)
            known = grid[:, :sweep] if mode == "forward" else grid[:sweep]
            row.filled.set_data(*known.reshape(-1, 2).T)
            row.count.set_text(counts[mode])


def draw_sweeps(axes: Axes) -> Sweeps:
    """Prepare two rows, one a mode, each a network and its Jacobian, to be moved.

    Returns
    -------
    Sweeps
        The artists, still empty.
    """
    style_bare(axes)
    axes.set(xlim=(0, 350), ylim=(0, 236))
    axes.set_aspect("equal")
    rows = {}
    for mode, middle in MIDDLES.items():
        label(axes, 2, middle + 54, f"{mode} mode", ha="left", size=13)
        rows[mode] = Row(
            axes.plot([], [], color=MUTED, linewidth=0.8, alpha=0.5, zorder=1)[0],
            axes.plot([], [], color=ONE, linewidth=1.6, zorder=1.5)[0],
            _marks(axes, "o", 9, PANEL, INK),
            _marks(axes, "o", 9, ONE, ONE),
            _marks(axes, "s", 11, PANEL, MUTED),
            _marks(axes, "s", 11, ONE, ONE),
            axes.text(98, middle + 54, "", fontsize=13, color=MUTED, ha="left", va="center"),
        )
    return Sweeps(rows["forward"], rows["reverse"])


def _marks(axes: Axes, marker: str, size: float, face: str, edge: str) -> Line2D:
    return axes.plot(
        [], [], linestyle="none", marker=marker, markersize=size, markerfacecolor=face,
        markeredgecolor=edge, markeredgewidth=1.2, zorder=3,
    )[0]  # fmt: skip


def _places(sizes: Sequence[int], middle: float) -> list[Array]:
    """Return where the units of each layer stand."""
    return [
        np.column_stack([np.full(n, x), middle + GAP * ((n - 1) / 2 - np.arange(n))])
        for x, n in zip(np.linspace(14, 222, len(sizes)), sizes, strict=True)
    ]


def _arrows(places: Sequence[Array], sweep: tuple[str, int] | None) -> Array:
    """Return the arrows of all layers as one line with gaps, or those that a sweep uses."""
    points = []
    for number, (left, right) in enumerate(itertools.pairwise(places)):
        starts, ends = left, right
        if sweep and sweep[0] == "forward" and number == 0:
            starts = left[sweep[1] : sweep[1] + 1]
        if sweep and sweep[0] == "reverse" and number == len(places) - 2:
            ends = right[sweep[1] : sweep[1] + 1]
        for start in starts:
            for end in ends:
                points += [start, end, [np.nan, np.nan]]
    return np.array(points)


def _entries(n_out: int, n_in: int, middle: float) -> Array:
    """Return where the entries of the Jacobian stand, (n_out, n_in, 2)."""
    x = 297 + GAP * (np.arange(n_in) - (n_in - 1) / 2)
    y = middle - GAP * (np.arange(n_out) - (n_out - 1) / 2)
    return np.stack(np.meshgrid(x, y), axis=-1)
