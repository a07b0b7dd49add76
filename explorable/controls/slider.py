"""A number from a list, chosen along a track."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorable.checks import a_text, an_instance, as_array, finite_number, shown
from explorable.controls.control import Card, Place, Track, checked_spec, in_html
from explorable.sentences import number, translated


class Slider(Track):
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

    kind = "slider"

    def __init__(
        self,
        values: ArrayLike,
        *,
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
            raise ValueError(
                f"the values of the slider {shown(label)} must ascend, each larger than the one "
                f"before, but are {shown(values)}"
            )
        self.unit, self.format = a_text(unit, "unit"), checked_spec(spec)
        self.marks = {
            a_text(word, "each name of marks"): finite_number(value, "each of marks")
            for word, value in an_instance({} if marks is None else marks, "marks", dict).items()
        }
        super().__init__(label, len(self.values), 0)
        if start is not None:
            self.start = self.find(start)

    @property
    def numbers(self) -> str:  # type: ignore[override]
        return "real" if self.values.dtype.kind == "f" else "whole"

    def value(self, index: int) -> Any:
        return self.values[index].item()

    def text(self, index: int) -> str:
        unit = translated(self.unit)
        space = "" if unit in ("", "°", "%") else "\N{NO-BREAK SPACE}"
        return number(self.value(index), self.format) + space + unit

    def key(self, index: int) -> str:
        return f"{self.value(index):.6g}"

    def somewhere(self, rng: np.random.Generator) -> Place:
        if self.numbers == "whole" or rng.random() < 0.2:
            return super().somewhere(rng)
        along = rng.uniform(0, self.count - 1)
        return repr(float(np.interp(along, np.arange(self.count), self.values)))

    def made(self, place: str) -> Any:
        try:
            value = float(place)
        except ValueError:
            return super().made(place)
        if self.values.dtype.kind != "f" or not self.values[0] <= value <= self.values[-1]:
            raise self._miss(place)
        return value

    def find(self, value: Any) -> int:
        wanted = finite_number(value, f"a value of {shown(self.label)} (its start, for example)")
        near = int(np.abs(self.values - wanted).argmin())
        if not np.isclose(self.values[near], wanted):
            raise self._miss(value)
        return near

    def place(self, value: float) -> float:
        """Return where a number lies along the track, from 0 to 1."""
        at = np.interp(value, self.values, np.arange(self.count))
        return float(at) / max(self.count - 1, 1)

    def spec(self, card: Card) -> dict[str, Any]:
        spec = super().spec(card)
        if card.fine:
            spec["values"] = self.values.tolist()
        if card.fine and self.values.dtype.kind == "f":
            marks = list(self.marks.values())
            spec |= {"fine": True, "marks": marks, "spec": self.format or ".3g"}
        return spec

    def on_track(self) -> str:
        """Write the special values along the track."""
        marks = "".join(
            f'<span style="--at:{self.place(value):.4f}">{in_html(word)}</span>'
            for word, value in self.marks.items()
        )
        return f'<div class="explorer-marks">{marks}</div>' if marks else ""


slider = Slider
