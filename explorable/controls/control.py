"""What a reader moves: where it stands, what it hands out, how its card shows it."""

import html
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from explorable.checks import a_text, shown
from explorable.drawing.svg import UNITS, SvgRenderer
from explorable.sentences import number, translated

Place = int | str
"""Where a control stands: an index, or what the reader made, as a link writes it."""


@dataclass(frozen=True)
class Card:
    """The card of an explorer, as far as its controls know it."""

    name: str  # begins every id
    controls: Mapping[str, "Control"]
    panels: Mapping[Axes, SvgRenderer]  # in their order
    fine: bool = False  # it shows what lies between the listed values, too

    def panel(self, axes: Axes) -> int:
        """Return the index of a panel."""
        return list(self.panels).index(axes)

    def percent(self, axes: Axes, points: ArrayLike) -> NDArray[np.float64]:
        """Return where points (n, 2) lie on a panel, in percent of its width and height."""
        renderer = self.panels[axes]
        units = (axes.transData + renderer.to_units).transform(points)
        size = (renderer.cell.width, renderer.cell.height)
        return np.asarray(100 * units / UNITS / size, dtype=np.float64)


class Control(ABC):
    """Something that a reader can move through a list of values, from one of them on."""

    kind: ClassVar[str]
    """Under this name the page has its script."""

    wide: ClassVar[int] = 0
    """How much it wants a line of its own where there are two columns: 2 always, 1 gladly."""

    has_states: ClassVar[bool] = True
    """Whether it moves the artists; if not, it moves the reader, and `update` receives nothing."""

    numbers = ""
    """What a value is to an `update` that is traced: ``whole``, ``real``, or no number at all."""

    axes: Axes | None = None
    """The panel on which it lies, if there is one."""

    def __init__(self, label: str, count: int, start: int):
        if count < 1:
            raise ValueError(f"the control {shown(label)} has no values")
        self.label, self.count, self.start = label, count, start

    @abstractmethod
    def value(self, index: int) -> Any:
        """Return what `update` receives at this index."""

    @abstractmethod
    def text(self, index: int) -> str:
        """Return how the reader sees the value at this index."""

    @abstractmethod
    def key(self, index: int) -> str:
        """Return how a link writes the value at this index."""

    @abstractmethod
    def find(self, value: Any) -> int:
        """Return the index of a value, or raise a `ValueError` that names it."""

    @abstractmethod
    def html(self, card: Card, key: str) -> str:
        """Return what stands among the controls of a card, which know it by its key."""

    def on_panel(self, card: Card) -> str:
        """Return what it lays over its panel, as HTML."""
        return ""

    def spec(self, card: Card) -> dict[str, Any]:
        """Return what its script needs to know, besides key, kind and start.

        How all values are seen and how a link writes them, and the panel, if it lies on one.
        """
        every = range(self.count)
        listed = {"texts": [*map(self.text, every)], "keys": [*map(self.key, every)]}
        return listed if self.axes is None else {**listed, "panel": card.panel(self.axes)}

    def drawn(self) -> list[Artist]:
        """Draw in the figure, where no page does it, what it lays over its panel at first."""
        return []

    def place_of(self, value: Any, *, fine: bool) -> Place:
        """Return where a value that `update` receives lies, or raise a `ValueError` that names it.

        An explorer that is fine shows what lies between the listed values, too.
        """
        try:
            return self.find(value)
        except ValueError:
            if not fine or self.numbers != "real":
                raise
        place = self.write(value)
        self.made(place)
        return place

    def write(self, value: Any) -> str:
        """Return how a link writes a value that no list has."""
        return ",".join(repr(float(each)) for each in np.atleast_1d(value))

    def made(self, place: str) -> Any:
        """Return what `update` receives of what the reader made and no list has."""
        raise ValueError(f"{shown(place)} is no index of {shown(self.label)}.")

    def at(self, place: Place) -> Any:
        """Return what `update` receives at an index, or of what the reader made."""
        return self.made(place) if isinstance(place, str) else self.value(place)

    def somewhere(self, rng: np.random.Generator) -> Place:
        """Return a place drawn at random."""
        return int(rng.integers(self.count))

    def name(self, fallback: str) -> str:
        """Return the label in the reader's language."""
        return translated(self.label or fallback)

    def _miss(self, value: Any) -> ValueError:
        known = ", ".join(self.text(index) for index in range(min(self.count, 12)))
        more = ", …" if self.count > 12 else ""
        return ValueError(
            f"{as_written(value)} is not a value of {shown(self.label)}: {known}{more}"
        )


class Track(Control):
    """A control that the browser's own slider moves."""

    def html(self, card: Card, key: str) -> str:
        identity, text = f"{card.name}-{key}", html.escape(self.text(self.start))
        # The value is hidden from those who hear it from the slider.
        return (
            f'<label for="{identity}">{html.escape(self.name(key))}</label>'
            f'<span class="explorer-value" aria-hidden="true">{text}</span>'
            f'<div class="explorer-track"><input type="range" id="{identity}" min="0" '
            f'max="{self.count - 1}" value="{self.start}" aria-valuetext="{text}" '
            f'style="--at:{self.start / max(self.count - 1, 1):.4g}" '
            f'autocomplete="off" disabled>{self.on_track()}</div>'
        )

    def on_track(self) -> str:
        """Return what is written along the slider, as HTML."""
        return ""


def in_html(template: str) -> str:
    """Return a template in the reader's language, as HTML writes it."""
    return html.escape(translated(template))


def as_written(value: Any) -> str:
    """Return a value as a caller would write it."""
    return shown(value.tolist() if isinstance(value, np.ndarray) and value.size < 4 else value)


def checked_spec(spec: str) -> str:
    """Return a format of numbers, or refuse in words what Python cannot format with."""
    try:
        number(1.0, a_text(spec, "spec"))
    except ValueError:
        raise ValueError(
            f"spec must be a format of numbers such as '.3g', but is {shown(spec)}."
        ) from None
    return spec
