"""What a chart shows, before it is drawn in one way or another."""

import functools
import math
from dataclasses import dataclass

import numpy as np

from explorable.checks import Array
from explorable.sentences import told, translated

INKS = ("one", "two", "three", "four")
"""The colours of what is compared, in order, as the page calls them."""


@dataclass(frozen=True)
class Series:
    """Numbers under one name.

    Attributes
    ----------
    name : str
        What stands beside them; may be empty.
    x, y : ndarray (n,)
        Places and heights; NaN where an axis has no place for them. Where nothing can be drawn
        the height is NaN.
    ink : str
        The colour, as the page calls it.
    """

    name: str
    x: Array
    y: Array
    ink: str


@dataclass(frozen=True)
class Chart:
    """Lines, points or bars on two axes.

    Attributes
    ----------
    kind : {"lines", "points", "bars"}
        How the numbers are drawn.
    series : tuple of Series
        The numbers.
    x_label, y_label : str
        What the axes show.
    log : str
        Which axes are logarithmic: ``"x"``, ``"y"``, ``"xy"`` or none.
    names : tuple of str
        What stands below the bars.
    note : str
        What was left out.
    """

    kind: str
    series: tuple[Series, ...]
    x_label: str = ""
    y_label: str = ""
    log: str = ""
    names: tuple[str, ...] = ()
    note: str = ""

    def span(self, axis: str) -> tuple[float, float]:
        """Return from where to where an axis reaches.

        Parameters
        ----------
        axis : {"x", "y"}
            Which one.

        Returns
        -------
        lower, upper : float
            A little more than the numbers need, where they must not touch the frame.
        """
        every = np.concatenate([getattr(each, axis) for each in self.series])
        values = every[np.isfinite(every)]
        lower, upper = float(values.min()), float(values.max())
        if self.kind == "bars":
            if axis == "x":
                return lower - 0.6, upper + 0.6
            lower, upper = min(lower, 0.0), max(upper, 0.0)
        if axis in self.log:
            low, high = self._wider(math.log10(lower), math.log10(upper), axis)
            return 10.0 ** max(low, -307.0), 10.0 ** min(high, 307.0)
        return self._wider(lower, upper, axis)

    def _wider(self, lower: float, upper: float, axis: str) -> tuple[float, float]:
        if upper - lower <= 1e-12 * max(abs(upper), 1e-280):
            margin = 0.5 * max(1.0, abs(lower))
            return lower - margin, upper + margin
        tight = self.kind == "lines" and axis == "x"
        margin = 0.0 if tight else 0.05 * (upper - lower)
        if self.kind == "bars":
            return lower - margin * (lower < 0), upper + margin * (upper > 0)
        return lower - margin, upper + margin

    @property
    def alternative(self) -> str:
        """What is seen, for those who don't see it."""
        sentences = [self._axes(), *map(self._values, self.series)]
        if self.note:
            sentences.append(told("{note}.", note=self.note))
        return functools.reduce(
            lambda one, other: told("{one} {another}", one=one, another=other), sentences
        )

    def _axes(self) -> str:
        y = self.y_label or "y"
        if self.kind == "bars":
            return told("Bars: {y} of {names}.", y=y, names=", ".join(self.names))
        places = np.concatenate([each.x for each in self.series])
        places = places[np.isfinite(places)]
        x = self.x_label or "x"
        log = ""
        if self.log:
            both = len(self.log) > 1
            log = told(", {axis} on a log axis", axis=x if self.log == "x" else y)
            log = translated(", both on log axes") if both else log
        seen = {"y": y, "x": x, "least": places.min(), "most": places.max(), "log": log}
        if self.kind == "lines":
            return told("Lines: {y} against {x} from {least:.3g} to {most:.3g}{log}.", **seen)
        return told("Points: {y} against {x} from {least:.3g} to {most:.3g}{log}.", **seen)

    def _values(self, series: Series) -> str:
        y = series.y[np.isfinite(series.y)]
        seen = {"n": len(y), "least": y.min(), "most": y.max(), "first": y[0], "last": y[-1]}
        if self.kind == "lines":
            said = told(
                "{n} values, {first:.3g} first, {last:.3g} last, from {least:.3g} to {most:.3g}.",
                **seen,
            )
        else:
            said = told("{n} values, from {least:.3g} to {most:.3g}.", **seen)
        return told("{name}: {said}", name=series.name, said=said) if series.name else said
