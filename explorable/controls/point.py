"""A point of a plane."""

import html
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from explorable.checks import a_text, an_instance, finite_array, listed, shown, whole_number
from explorable.controls.control import Card, Control, Place, as_written, checked_spec, in_html
from explorable.drawing.toolkit import mark_start
from explorable.sentences import number, translated


class Point(Control):
    """Let the reader pick a point of a plane: by click, by drag, by arrow keys.

    The engine draws the handle; `update` receives an array (x, y).

    Parameters
    ----------
    axes : Axes
        The plane, its limits already set.
    grid : (int, int)
        How many places across and up.
    label : str
    start : (x, y), optional
        The grid's point nearest to it comes first; the middle when left out.
    bounds : array (2, 2), optional
        Rows axis by axis: lower, upper; the limits of the axes when left out.
    xs, ys : array, optional
        The places themselves, instead of ``grid`` and ``bounds``.
    spec : str
        Format of the coordinates.
    by : str
        The key of a choice on which it depends what the places are called, if there is one.
    frames : dict of str to array (2, 2), optional
        Rows (a, b) and (c, d) for each of its options: the place (x, y) is called
        (a + b x, c + d y).
    """

    kind = "point"
    numbers = "real"
    wide = 1
    axes: Axes

    def __init__(
        self,
        axes: Axes,
        *,
        grid: tuple[int, int] = (11, 11),
        label: str = "point",
        start: ArrayLike | None = None,
        bounds: ArrayLike | None = None,
        xs: ArrayLike | None = None,
        ys: ArrayLike | None = None,
        spec: str = ".3g",
        by: str = "",
        frames: Mapping[str, ArrayLike] | None = None,
    ):
        an_instance(axes, "axes", Axes)
        limits = finite_array(
            [axes.get_xlim(), axes.get_ylim()] if bounds is None else bounds, "bounds", (2, 2)
        )
        counts = [whole_number(n, "each of grid", 1, 1000) for n in listed(grid, "grid")]
        if len(counts) != 2:
            raise ValueError(f"grid must be two numbers, across and up, but is {shown(grid)}.")
        self.axes, self.format = axes, checked_spec(spec)
        self.xs, self.ys = (
            _ticks(limits[axis], counts[axis], scale)
            if places is None
            else np.array(finite_array(places, name, ("n",)), dtype=float)
            for axis, (scale, places, name) in enumerate(
                [(axes.get_xscale(), xs, "xs"), (axes.get_yscale(), ys, "ys")]
            )
        )
        self.by = a_text(by, "by")
        self.frames = {
            a_text(option, "each option of frames"): finite_array(frame, "each of frames", (2, 2))
            for option, frame in an_instance(
                {} if frames is None else frames, "frames", dict
            ).items()
        }
        super().__init__(a_text(label, "label"), len(self.xs) * len(self.ys), 0)
        middle = (self.xs[len(self.xs) // 2], self.ys[len(self.ys) // 2])
        self.start = self._near(finite_array(middle if start is None else start, "start", (2,)))

    def texts(self, option: str = "") -> tuple[list[str], list[str]]:
        """Return how the reader sees the columns and the rows, at an option of the choice `by`."""
        places = [self.xs, self.ys]
        if option in self.frames:
            frame = zip(places, self.frames[option], strict=True)
            places = [(zero + unit * each).round(9) for each, (zero, unit) in frame]
        across, up = ([number(place, self.format) for place in each] for each in places)
        return across, up

    def keys(self) -> tuple[list[str], list[str]]:
        """Return how a link writes the columns and the rows."""
        across, up = ([f"{place:.6g}" for place in places] for places in (self.xs, self.ys))
        return across, up

    def names(self) -> tuple[str, str]:
        """Return the names of the axes."""
        return translated(self.axes.get_xlabel() or "x"), translated(self.axes.get_ylabel() or "y")

    def _near(self, wanted: NDArray[np.floating[Any]]) -> int:
        row = int(np.abs(self.ys - wanted[1]).argmin())
        return row * len(self.xs) + int(np.abs(self.xs - wanted[0]).argmin())

    def value(self, index: int) -> NDArray[np.float64]:
        row, column = divmod(index, len(self.xs))
        return np.array([self.xs[column], self.ys[row]])

    def text(self, index: int) -> str:
        row, column = divmod(index, len(self.xs))
        across, up = self.texts()
        return f"({across[column]}, {up[row]})"

    def key(self, index: int) -> str:
        row, column = divmod(index, len(self.xs))
        across, up = self.keys()
        return f"{across[column]},{up[row]}"

    def find(self, value: Any) -> int:
        wanted = finite_array(value, f"a value of {shown(self.label)}", (2,))
        index = self._near(wanted)
        if not np.allclose(self.value(index), wanted):
            x, y = self.value(index)
            raise ValueError(
                f"{as_written(value)} is not on the grid; the nearest point is ({x:g}, {y:g})"
            )
        return index

    def somewhere(self, rng: np.random.Generator) -> Place:
        if rng.random() < 0.2:
            return super().somewhere(rng)
        return ",".join(repr(float(rng.uniform(at.min(), at.max()))) for at in (self.xs, self.ys))

    def made(self, place: str) -> Any:
        try:
            x, y = (float(part) for part in place.split(","))
        except ValueError:
            return super().made(place)
        if not all(each.min() <= at <= each.max() for each, at in ((self.xs, x), (self.ys, y))):
            raise self._miss(place)
        return np.array([x, y])

    def html(self, card: Card, key: str) -> str:
        x, y = self._first(card)
        fine = in_html("drag the ring, or focus it and use the arrow keys")
        coarse = in_html("drag the ring, or tap beside it")
        return (
            f"<span>{html.escape(self.name(key))}</span>"
            f'<span class="explorer-value">{html.escape(f"({x}, {y})")}</span>'
            f'<small class="explorer-fine">{fine}</small>'
            f'<small class="explorer-coarse">{coarse}</small>'
        )

    def on_panel(self, card: Card) -> str:
        """Write the ring that a reader drags."""
        xs, ys = self.places(card)
        row, column = divmod(self.start, len(xs))
        (first, second), (x, y) = self.names(), self._first(card)
        return (
            f'<div class="explorer-handle" role="slider" tabindex="-1" aria-disabled="true" '
            f'aria-label="{html.escape(self.name("point"))}" aria-valuemin="0" '
            f'aria-valuemax="{self.count - 1}" aria-valuenow="{self.start}" '
            f'aria-valuetext="{html.escape(f"{first} = {x}, {second} = {y}")}" '
            f'style="left:{xs[column]}%;top:{ys[row]}%"></div>'
        )

    def drawn(self) -> list[Artist]:
        return [mark_start(self.axes, *self.value(self.start))]

    def spec(self, card: Card) -> dict[str, Any]:
        points = [control for control in card.controls.values() if isinstance(control, Point)]
        xs, ys = self.places(card)
        spec: dict[str, Any] = {
            "panel": card.panel(self.axes),
            "nth": [point for point in points if point.axes is self.axes].index(self),
            "xs": xs,
            "ys": ys,
            "keys": self.keys(),
            "names": self.names(),
            "texts": [self.texts()],
        }
        if card.fine:
            log = [scale == "log" for scale in (self.axes.get_xscale(), self.axes.get_yscale())]
            values = [self.xs.tolist(), self.ys.tolist()]
            spec |= {"fine": True, "values": values, "log": log, "spec": self.format or ".3g"}
        if self.by:
            choice = card.controls[self.by]
            options = [choice.value(index) for index in range(choice.count)]
            spec |= {"by": self.by, "texts": [self.texts(option) for option in options]}
            if card.fine and self.frames:
                spec["frames"] = [self.frames[option].tolist() for option in options]
        return spec

    def places(self, card: Card) -> tuple[list[float], list[float]]:
        """Return where its columns and rows lie on the panel, in percent."""
        across = card.percent(self.axes, [(x, self.ys[0]) for x in self.xs])[:, 0]
        up = card.percent(self.axes, [(self.xs[0], y) for y in self.ys])[:, 1]
        return across.round(3).tolist(), up.round(3).tolist()

    def _first(self, card: Card) -> tuple[str, str]:
        """Return how the reader sees the coordinates at first."""
        row, column = divmod(self.start, len(self.xs))
        choice = card.controls.get(self.by)
        across, up = self.texts(choice.value(choice.start)) if choice else self.texts()
        return across[column], up[row]


def _ticks(limits: NDArray[np.float64], count: int, scale: str) -> NDArray[np.float64]:
    low, high = limits.astype(np.float64)
    if max(abs(low), abs(high)) > 1e100:
        raise ValueError("bounds must not be so large that their grid overflows.")
    if scale == "log":
        if min(low, high) <= 0:
            raise ValueError("bounds must be greater than 0 along an axis with a log scale.")
        return np.geomspace(low, high, count)
    # Rounded, because a reader should see 0.4 and not 0.4000000000000001.
    return np.asarray(np.round(np.linspace(low, high, count), 12) + 0.0)


point = Point
