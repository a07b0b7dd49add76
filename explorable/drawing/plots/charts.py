"""Lines, points and bars: the input is checked here, once."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorable.checks import Array, a_text, check_shape, listed, real_array, shown
from explorable.drawing.plots.chart import INKS, Chart, Series
from explorable.drawing.plots.shown import Plot
from explorable.sentences import told

Heights = npt.ArrayLike | Mapping[str, npt.ArrayLike]

LARGEST = 1e300
"""A number of this size is as good as infinite, and its reciprocal as good as 0, for an axis."""

LONGEST = 60
"""Letters that a name or a label may have."""


def lines(
    x: Heights,
    y: Heights | None = None,
    *,
    x_label: str = "",
    y_label: str = "",
    log: str = "",
) -> Plot:
    """Draw lines through numbers.

    Parameters
    ----------
    x : array_like (n,)
        Places. If `y` is left out, `x` holds the heights, and the places are 0, 1, 2, …
    y : array_like (n,) or dict of str to array_like, optional
        Heights; a dictionary holds those of up to four lines under their names.
    x_label, y_label : str
        What the axes show, with the unit.
    log : str
        Which axes are logarithmic: ``"x"``, ``"y"`` or ``"xy"``.

    Returns
    -------
    Plot
        Jupyter and the page show it. Numbers that are not finite are left out, and those that are
        not positive on a logarithmic axis.

    Raises
    ------
    ValueError
        If the numbers are not real, differ in how many they are, or none of them can be drawn; or
        if a label is no text of at most 60 letters.

    Examples
    --------
    >>> lines([3.0, 2.0, 1.5], x_label="epoch", y_label="loss")
    Lines: loss against epoch from 0 to 2. 3 values, 3 first, 1.5 last, from 1.5 to 3.
    """
    series = []
    by_name = _by_name(x if y is None else y, "x" if y is None else "y")
    for (name, values), ink in zip(by_name.items(), INKS, strict=False):
        heights = _numbers(values, name or "y")
        places = np.arange(float(len(heights)))
        if y is not None:
            places = _numbers(x, "x", len(heights))
        series.append(Series(name, places, heights, ink))
    return _chart("lines", series, x_label, y_label, log)


def points(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    groups: npt.ArrayLike | None = None,
    *,
    x_label: str = "",
    y_label: str = "",
    log: str = "",
) -> Plot:
    """Draw points.

    Parameters
    ----------
    x, y : array_like (n,)
        Where they lie.
    groups : array_like (n,), optional
        To which of up to four groups each belongs: numbers or names. Every group has a colour.
    x_label, y_label : str
        What the axes show, with the unit.
    log : str
        Which axes are logarithmic: ``"x"``, ``"y"`` or ``"xy"``.

    Returns
    -------
    Plot
        Jupyter and the page show it. Points that cannot be drawn are left out, as in `lines`.

    Raises
    ------
    ValueError
        If the numbers are not real, differ in how many they are, or none of them can be drawn, if
        there are more than four groups, or a label is no text of at most 60 letters.

    Examples
    --------
    >>> points([0.0, 1.0], [1.0, 3.0], ["left", "right"])
    Points: y against x from 0 to 1. left: 1 values, from 1 to 1. right: 1 values, from 3 to 3.
    """
    heights = _numbers(y, "y")
    places = _numbers(x, "x", len(heights))
    if groups is None:
        return _chart("points", [Series("", places, heights, INKS[0])], x_label, y_label, log)
    members = np.asarray(groups)
    if members.shape != heights.shape or members.dtype.kind not in "biufU":
        raise ValueError(
            f"groups must hold a number or a name for each of the {len(heights)} points, "
            f"but is {shown(groups)}."
        )
    kinds = np.unique(members)
    if len(kinds) > len(INKS):
        raise ValueError(f"groups must be at most {len(INKS)}, but there are {len(kinds)}.")
    series = [
        Series(_word(str(kind), "a group"), places[members == kind], heights[members == kind], ink)
        for kind, ink in zip(kinds, INKS, strict=False)
    ]
    return _chart("points", series, x_label, y_label, log)


def bars(heights: npt.ArrayLike, names: Sequence[str] | None = None, *, y_label: str = "") -> Plot:
    """Draw bars from zero.

    Parameters
    ----------
    heights : array_like (n,)
        Up to 40 numbers, of either sign.
    names : sequence of str, optional
        What stands below each bar; 0, 1, 2, … if left out.
    y_label : str
        What the heights are, with the unit.

    Returns
    -------
    Plot
        Jupyter and the page show it.

    Raises
    ------
    ValueError
        If the heights are not 1 to 40 real numbers of which one at least is finite, or there are
        not as many names, or a name or the label is no text of at most 60 letters.

    Examples
    --------
    >>> bars([0.9, 0.1], ["dog", "cat"], y_label="probability")
    Bars: probability of dog, cat. 2 values, from 0.1 to 0.9.
    """
    values = _numbers(heights, "heights")
    if len(values) > 40:
        raise ValueError(f"heights must be at most 40, but there are {len(values)}.")
    words = [str(place) for place in range(len(values))]
    if names is not None:
        words = [_word(word, "a name") for word in listed(names, "names", "names of the bars")]
    if len(words) != len(values):
        raise ValueError(f"names must be {len(values)}, one a bar, but there are {len(words)}.")
    series = [Series("", np.arange(float(len(values))), values, INKS[0])]
    return _chart("bars", series, "", y_label, "", tuple(words))


def _by_name(values: Heights, name: str) -> dict[str, npt.ArrayLike]:
    """Return lines by their names; a single one has none."""
    if not isinstance(values, Mapping):
        return {"": values}
    if not 1 <= len(values) <= len(INKS):
        raise ValueError(f"{name} must be 1 to {len(INKS)} lines, but there are {len(values)}.")
    return {_word(key, f"a name in {name}"): line for key, line in values.items()}


def _word(value: Any, name: str) -> str:
    """Return a short text of one line."""
    text = a_text(value, name)
    if len(text) > LONGEST:
        raise ValueError(f"{name} must have at most {LONGEST} letters, but is {shown(text)}.")
    return " ".join(text.split())


def _numbers(values: Any, name: str, length: int | None = None) -> Array:
    """Return a list of real numbers, finite or not."""
    array = real_array(values, name)
    check_shape(array, name, ("n" if length is None else length,))
    if array.size == 0:
        raise ValueError(f"{name} must hold at least one number, but is empty.")
    return array.astype(float)


def _on_axis(values: Array, log: bool) -> Array:
    """Put NaN where an axis has no place for a number."""
    least = 1 / LARGEST if log else -LARGEST
    return np.where((values > least) & (values < LARGEST), values, np.nan)


def _chart(
    kind: str,
    series: Sequence[Series],
    x_label: str,
    y_label: str,
    log: str,
    names: tuple[str, ...] = (),
) -> Plot:
    """Leave out what cannot be drawn, and say so."""
    if log not in ("", "x", "y", "xy", "yx"):
        raise ValueError(f"log must be '', 'x', 'y' or 'xy', but is {shown(log)}.")
    drawn, lost, low = [], 0, 0
    for each in series:
        finite = (abs(each.x) < LARGEST) & (abs(each.y) < LARGEST)
        x, y = _on_axis(each.x, "x" in log), _on_axis(each.y, "y" in log)
        seen = np.isfinite(x) & np.isfinite(y)
        lost, low = lost + int((~finite).sum()), low + int((finite & ~seen).sum())
        drawn.append(Series(each.name, x, np.where(seen, y, np.nan), each.ink))
    if not all(np.isfinite(each.y).any() for each in drawn):
        which = "positive, which a log axis needs" if low else "finite"
        raise ValueError(f"y must hold a number that can be drawn, but none is {which}.")
    notes = [told("{n} not finite", n=lost)] * bool(lost)
    notes += [told("{n} not positive", n=low)] * bool(low)
    note = told("left out: {numbers}", numbers=", ".join(notes)) if notes else ""
    labels = _word(x_label, "x_label"), _word(y_label, "y_label")
    return Plot(Chart(kind, tuple(drawn), *labels, log, names, note))
