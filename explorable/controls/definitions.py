"""Controls: what a reader can move, as a list of values."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from explorable.checks import (
    a_text,
    an_instance,
    as_array,
    finite_array,
    finite_number,
    listed,
    shown,
    whole_number,
)
from explorable.drawing.toolkit import View3D
from explorable.sentences import number, translated

Place = int | str
"""Where a control stands: an index, or what the reader made, as a link writes it."""


class Control(ABC):
    """Something that a reader can move through a list of values.

    Parameters
    ----------
    label : str
        Its name, a template.
    count : int
        How many values it has.
    start : int
        Index of its first value.
    """

    kind: str

    def __init__(self, label: str, count: int, start: int):
        if count < 1:
            raise ValueError(f"the control {shown(label)} has no values")
        self.label, self.count, self.start = label, count, start

    @abstractmethod
    def value(self, index: int) -> Any:
        """Return what `update` receives at this index."""

    numbers = ""
    """What a value is to a traced `update`: ``whole``, ``real``, or no number at all."""

    def somewhere(self, rng: np.random.Generator) -> Place:
        """Return a place drawn at random."""
        return int(rng.integers(self.count))

    @abstractmethod
    def text(self, index: int) -> str:
        """Return how the reader sees the value at this index."""

    @abstractmethod
    def key(self, index: int) -> str:
        """Return how a link writes the value at this index."""

    @abstractmethod
    def find(self, value: Any) -> int:
        """Return the index of a value, or raise a `ValueError` that names it."""

    def made(self, place: str) -> Any:
        """Return what `update` receives of what the reader made and no list has."""
        raise ValueError(f"{shown(place)} is no index of {shown(self.label)}.")

    def at(self, place: Place) -> Any:
        """Return what `update` receives at an index, or of what the reader made."""
        return self.made(place) if isinstance(place, str) else self.value(place)

    def name(self, fallback: str) -> str:
        """Return the label in the reader's language."""
        return translated(self.label or fallback)

    def _miss(self, value: Any) -> ValueError:
        known = ", ".join(self.text(index) for index in range(min(self.count, 12)))
        more = ", …" if self.count > 12 else ""
        return ValueError(f"{_shown(value)} is not a value of {shown(self.label)}: {known}{more}")


class Slider(Control):
    """A number from a list; see `slider`."""

    kind = "slider"

    def __init__(
        self,
        values: ArrayLike,
        label: str = "",
        unit: str = "",
        start: float | None = None,
        marks: Mapping[str, float] | None = None,
        spec: str = "",
    ):
        a_text(label, "label")
        self.values: NDArray[Any] = as_array(values, "values").copy()
        numbers = self.values.dtype.kind in "iuf" and np.isfinite(self.values).all()
        if self.values.ndim != 1 or not numbers:
            raise ValueError(f"the slider {shown(label)} needs a list of finite numbers as values")
        if (self.values[1:] <= self.values[:-1]).any():
            raise ValueError(f"the values of the slider {shown(label)} must ascend, each larger")
        self.unit, self.spec = a_text(unit, "unit"), _checked_spec(spec)
        self.marks = {
            a_text(word, "each name of marks"): finite_number(value, "each of marks")
            for word, value in an_instance({} if marks is None else marks, "marks", dict).items()
        }
        super().__init__(label, len(self.values), 0)
        if start is not None:
            self.start = self.find(start)

    def value(self, index: int) -> Any:
        """See `Control.value`."""
        return self.values[index].item()

    @property
    def numbers(self) -> str:  # type: ignore[override]
        """See `Control.numbers`."""
        return "real" if self.values.dtype.kind == "f" else "whole"

    def text(self, index: int) -> str:
        """See `Control.text`."""
        unit = translated(self.unit)
        space = "" if unit in ("", "°", "%") else "\N{NO-BREAK SPACE}"
        return number(self.value(index), self.spec) + space + unit

    def key(self, index: int) -> str:
        """See `Control.key`."""
        return f"{self.value(index):.6g}"

    def find(self, value: Any) -> int:
        """See `Control.find`."""
        wanted = finite_number(value, f"a value of {shown(self.label)} (its start, for example)")
        near = int(np.abs(self.values - wanted).argmin())
        if not np.isclose(self.values[near], wanted):
            raise self._miss(value)
        return near

    def place(self, value: float) -> float:
        """Return where a number lies along the track, from 0 to 1."""
        at = np.interp(value, self.values, np.arange(self.count))
        return float(at) / max(self.count - 1, 1)


class Choice(Control):
    """One of a few words; see `choice`."""

    kind = "choice"

    def __init__(
        self, options: Iterable[str] | Mapping[str, Any], label: str = "", start: str | None = None
    ):
        a_text(label, "label")
        if isinstance(options, (str, bytes)) or not isinstance(options, Iterable):
            raise ValueError(f"options must be a list of words, but is {shown(options)}.")
        self.options = [a_text(option, "each of options") for option in options]
        self.words = list(self.options)
        if isinstance(options, Mapping):
            values = list(options.values())
            self.words = [
                word if isinstance(word, str) else option
                for option, word in zip(self.options, values, strict=True)
            ]
        super().__init__(label, len(self.options), 0)
        if start is not None:
            self.start = self.find(start)

    def value(self, index: int) -> str:
        """See `Control.value`."""
        return self.options[index]

    def text(self, index: int) -> str:
        """See `Control.text`."""
        return translated(self.words[index])

    def key(self, index: int) -> str:
        """See `Control.key`."""
        return self.options[index]

    def find(self, value: Any) -> int:
        """See `Control.find`."""
        if not isinstance(value, str) or value not in self.options:
            raise self._miss(value)
        return self.options.index(value)


class Steps(Control):
    """A step that can be played; see `steps`."""

    kind = "steps"
    numbers = "whole"

    def __init__(
        self,
        n: int,
        label: str = "step",
        start: int = 0,
        jump: int | None = None,
        words: Sequence[str] | None = None,
        pace: int = 200,
    ):
        last = whole_number(n, "n", 0, 10**6)
        named = None if words is None else listed(words, "words")
        if named is not None and len(named) != last + 1:
            raise ValueError(f"words must name all {last + 1} steps, got {len(named)}")
        self.words = None if named is None else [a_text(word, "each of words") for word in named]
        leap = 10 if last >= 30 else 0
        self.jump = leap if jump is None else whole_number(jump, "jump", 0)
        self.pace = whole_number(pace, "pace")
        super().__init__(a_text(label, "label"), last + 1, 0)
        self.start = self.find(start)

    def value(self, index: int) -> int:
        """See `Control.value`."""
        return index

    def text(self, index: int) -> str:
        """See `Control.text`."""
        if self.words is not None:
            return translated(self.words[index])
        return f"{number(index)} / {number(self.count - 1)}"

    def key(self, index: int) -> str:
        """See `Control.key`."""
        return str(index)

    def find(self, value: Any) -> int:
        """See `Control.find`."""
        wanted = finite_number(value, f"a value of {shown(self.label)} (its start, for example)")
        if not (0 <= wanted < self.count and wanted == int(wanted)):
            raise self._miss(value)
        return int(wanted)


class Point(Control):
    """A point of a plane; see `point`."""

    kind = "point"

    def __init__(
        self,
        axes: Axes,
        grid: tuple[int, int] = (11, 11),
        label: str = "point",
        start: ArrayLike | None = None,
        bounds: ArrayLike | None = None,
        xs: ArrayLike | None = None,
        ys: ArrayLike | None = None,
        spec: str = ".3g",
    ):
        an_instance(axes, "axes", Axes)
        limits = finite_array(
            [axes.get_xlim(), axes.get_ylim()] if bounds is None else bounds, "bounds", (2, 2)
        )
        counts = [whole_number(n, "each of grid", 1, 1000) for n in listed(grid, "grid")]
        if len(counts) != 2:
            raise ValueError(f"grid must be two numbers, across and up, but is {shown(grid)}.")
        self.axes, self.spec = axes, _checked_spec(spec)
        self.xs, self.ys = (
            _ticks(limits[axis], counts[axis], scale)
            if places is None
            else np.array(finite_array(places, name, ("n",)), dtype=float)
            for axis, (scale, places, name) in enumerate(
                [(axes.get_xscale(), xs, "xs"), (axes.get_yscale(), ys, "ys")]
            )
        )
        super().__init__(a_text(label, "label"), len(self.xs) * len(self.ys), 0)
        middle = (self.xs[len(self.xs) // 2], self.ys[len(self.ys) // 2])
        self.start = self._near(finite_array(middle if start is None else start, "start", (2,)))

    by = ""
    """The key of a choice on which it depends what the places are called, if there is one."""

    def texts(self, option: str = "") -> tuple[list[str], list[str]]:
        """Return how the reader sees the columns and the rows, at an option of the choice `by`."""
        across, up = (
            [number(place, self.spec) for place in places] for places in (self.xs, self.ys)
        )
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

    numbers = "real"

    def value(self, index: int) -> NDArray[np.float64]:
        """See `Control.value`."""
        row, column = divmod(index, len(self.xs))
        return np.array([self.xs[column], self.ys[row]])

    def text(self, index: int) -> str:
        """See `Control.text`."""
        row, column = divmod(index, len(self.xs))
        across, up = self.texts()
        return f"({across[column]}, {up[row]})"

    def key(self, index: int) -> str:
        """See `Control.key`."""
        row, column = divmod(index, len(self.xs))
        across, up = self.keys()
        return f"{across[column]},{up[row]}"

    def find(self, value: Any) -> int:
        """See `Control.find`."""
        wanted = finite_array(value, f"a value of {shown(self.label)}", (2,))
        index = self._near(wanted)
        if not np.allclose(self.value(index), wanted):
            x, y = self.value(index)
            raise ValueError(
                f"{_shown(value)} is not on the grid; the nearest point is ({x:g}, {y:g})"
            )
        return index


class Turn(Control):
    """The side from which a space is seen; see `turn`."""

    kind = "turn"

    def __init__(self, space: View3D, label: str = "view from", step: int = 3):
        self.space = an_instance(space, "space", View3D)
        self.step = whole_number(step, "step", 1, 360)
        count = 360 // self.step
        nearest = round(space.azimuth % 360 / self.step) % count
        super().__init__(a_text(label, "label"), count, nearest)

    def value(self, index: int) -> int:
        """See `Control.value`."""
        return index * self.step

    def text(self, index: int) -> str:
        """See `Control.text`."""
        return f"{number(self.value(index))}°"

    def key(self, index: int) -> str:
        """See `Control.key`."""
        return str(self.value(index))

    def find(self, value: Any) -> int:
        """See `Control.find`."""
        degrees = finite_number(value, f"a value of {shown(self.label)}")
        if degrees % self.step or not 0 <= degrees < 360:
            raise self._miss(value)
        return int(degrees) // self.step


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


def _shown(value: Any) -> str:
    """Return a value as a caller would write it."""
    return shown(value.tolist() if isinstance(value, np.ndarray) and value.size < 4 else value)


def _checked_spec(spec: str) -> str:
    """Return a format of numbers, or refuse in words what Python cannot format with."""
    try:
        number(1.0, a_text(spec, "spec"))
    except ValueError:
        raise ValueError(
            f"spec must be a format of numbers such as '.3g', but is {shown(spec)}."
        ) from None
    return spec


def slider(
    values: ArrayLike,
    *,
    label: str = "",
    unit: str = "",
    start: float | None = None,
    marks: Mapping[str, float] | None = None,
    spec: str = "",
) -> Slider:
    """Let the reader choose a number.

    Parameters
    ----------
    values : array (n,)
        The numbers, ascending.
    label : str
        Its name, with its symbol: ``"learning rate η"``.
    unit : str
        Unit that follows the number.
    start : float, optional
        The first value; the smallest one when left out.
    marks : dict, optional
        Special values to mark on the track: ``{"2/L": 0.4}``. They need not be in ``values``.
    spec : str
        Format of the number, ``".3g"`` when left out.
    """
    return Slider(values, label, unit, start, marks, spec)


def choice(
    options: Iterable[str] | Mapping[str, Any], *, label: str = "", start: str | None = None
) -> Choice:
    """Let the reader choose one of a few words.

    Parameters
    ----------
    options : sequence of str, or dict
        `update` receives the name. Of a dict, the keys are the names; values that are strings
        are what the reader sees instead.
    label : str
    start : str, optional
        The first name; the first option when left out.
    """
    return Choice(options, label, start)


def steps(
    n: int,
    *,
    label: str = "step",
    start: int = 0,
    jump: int | None = None,
    words: Sequence[str] | None = None,
    pace: int = 200,
) -> Steps:
    """Let the reader step or play from 0 to n.

    Parameters
    ----------
    n : int
        The last step; `update` receives 0, …, n.
    label : str
    start : int
        The first step shown.
    jump : int, optional
        Adds a pair of buttons that leap so far; 10 if there are 30 steps or more, 0 for none.
    words : sequence of n + 1 str, optional
        A name for each step, shown in place of its number.
    pace : int
        Milliseconds that a played step takes.
    """
    return Steps(n, label, start, jump, words, pace)


def point(
    axes: Axes,
    *,
    grid: tuple[int, int] = (11, 11),
    label: str = "point",
    start: ArrayLike | None = None,
    bounds: ArrayLike | None = None,
    xs: ArrayLike | None = None,
    ys: ArrayLike | None = None,
    spec: str = ".3g",
) -> Point:
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
    """
    return Point(axes, grid, label, start, bounds, xs, ys, spec)


def turn(space: View3D, *, label: str = "view from", step: int = 3) -> Turn:
    """Let the reader turn a view of three dimensions, by a slider or by dragging it.

    The page and the notebook turn it by themselves: `update` receives nothing, and the states
    are not multiplied.

    Parameters
    ----------
    space : Space
        Made by `explorable.drawing.toolkit.view_3d`.
    label : str
    step : int
        Degrees of one step.
    """
    return Turn(space, label, step)
