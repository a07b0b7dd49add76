"""Plots of one's own numbers as the page draws them: shapes as data, which its script makes SVG.

A shape is a tag, its attributes and perhaps a text. Colours are called by the names that the
page's style sheet gives them, so that a plot follows light and dark.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from explorable.checks import Array
from explorable.drawing.plots.chart import Chart, Series
from explorable.drawing.plots.grid import Grid
from explorable.drawing.plots.ticks import chart_ticks

Shape = list[Any]
"""``[tag, attributes]`` or ``[tag, attributes, text]``."""

WIDTH, HEIGHT = 400, 270
TICK, LETTER, DOT = 11, 6.3, 5
"""Size of a tick's letters, their width on average, and the diameter of a point, in pixels."""

MOST_POINTS = 1000
"""Of each of so many stretches of a longer line the lowest and the highest value are drawn."""

MOST_CELLS = 64
"""A picture with more rows or columns is drawn in blocks, by their means."""


def drawing(content: Any) -> dict[str, Any]:
    """Describe a chart or a grid of numbers for the page.

    Parameters
    ----------
    content : Chart or Grid
        What to draw.

    Returns
    -------
    dict
        ``width`` and ``height`` in pixels, ``label`` for those who don't see it, and ``shapes``.
    """
    if isinstance(content, Grid):
        return _grid(content)
    chart = _Axes(content)
    shapes = [*chart.frame(), *chart.marks(), *chart.names()]
    return {
        "width": WIDTH,
        "height": chart.height,
        "label": content.alternative,
        "shapes": shapes,
    }


class _Axes:
    """A chart with places for its numbers."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.height = HEIGHT + (14 if chart.note else 0)
        self.spans = {axis: chart.span(axis) for axis in "xy"}
        self.ticks = {axis: chart_ticks(chart, axis) for axis in "xy"}
        longest = max(len(label) for _, label in self.ticks["y"])
        names = max(len(each.name) for each in chart.series)
        self.left, self.right = 10 + LETTER * longest, WIDTH - 8 - LETTER * 1.1 * names
        self.right = max(self.right, self.left + 120)
        self.top = 28 if chart.y_label else 12
        self.bottom = HEIGHT - (44 if chart.x_label else 26)

    def place(self, axis: str, values: Any) -> Any:
        """Turn numbers into pixels."""
        lower, upper = self.spans[axis]
        if axis in self.chart.log:
            lower, upper, values = math.log10(lower), math.log10(upper), np.log10(values)
        share = (values - lower) / (upper - lower)
        start, end = (self.left, self.right) if axis == "x" else (self.bottom, self.top)
        return start + share * (end - start)

    def frame(self) -> Iterator[Shape]:
        """Yield grid, ticks and labels."""
        chart = self.chart
        for tick, label in self.ticks["y"]:
            y = self.place("y", tick)
            yield ["path", {"d": self._across(y)} | _HAIRLINE]
            yield _text(label, self.left - 6, y + 4, "end", fill="muted")
        if chart.kind == "bars":
            yield from self._names_of_bars()
        else:
            for tick, label in self.ticks["x"]:
                x = self.place("x", tick)
                yield _text(label, x, self.bottom + 16, "middle", fill="muted")
        if chart.y_label:
            yield _text(chart.y_label, 4, 14, "start", style="italic")
        middle = (self.left + self.right) / 2
        if chart.x_label:
            yield _text(chart.x_label, middle, self.bottom + 35, "middle", style="italic")
        if chart.note:
            yield _text(chart.note, middle, self.height - 5, "middle", fill="muted")

    def _names_of_bars(self) -> Iterator[Shape]:
        room = (self.right - self.left) / len(self.chart.names)
        every = math.ceil(max(map(len, self.chart.names)) * LETTER / room)
        for place, name in list(enumerate(self.chart.names))[:: max(1, every)]:
            yield _text(name, self.place("x", place), self.bottom + 16, "middle", fill="muted")
        yield ["path", {"d": self._across(self.place("y", 0.0))} | _BASE]

    def _across(self, y: Any) -> str:
        return f"M{_px(self.left)} {_px(y)}H{_px(self.right)}"

    def marks(self) -> Iterator[Shape]:
        """Yield lines, points or bars."""
        draw = {"lines": self._line, "points": self._points, "bars": self._bars}[self.chart.kind]
        for each in self.chart.series:
            yield ["path", draw(each)]

    def _line(self, series: Series) -> dict[str, Any]:
        x, y = _thinned(self.place("x", series.x), self.place("y", series.y))
        drawn = np.isfinite(y)
        if not (drawn[1:] & drawn[:-1]).any():  # no two neighbours that a line could join
            return self._points(series)
        parts, pen = [], "M"
        for px, py, here in zip(x, y, drawn, strict=True):
            if here:
                parts.append(f"{pen}{_px(px)} {_px(py)}")
            pen = "L" if here else "M"
        return {"d": "".join(parts), "stroke": series.ink, "stroke-width": 2}

    def _points(self, series: Series) -> dict[str, Any]:
        places = zip(self.place("x", series.x), self.place("y", series.y), strict=True)
        distinct = dict.fromkeys(f"M{_px(x)} {_px(y)}h0" for x, y in places if math.isfinite(y))
        return {"d": "".join(distinct), "stroke": series.ink, "stroke-width": DOT, "opacity": 0.8}

    def _bars(self, series: Series) -> dict[str, Any]:
        zero = _px(self.place("y", 0.0))
        half = 0.35 * (self.place("x", 1.0) - self.place("x", 0.0))
        path = "".join(
            f"M{_px(x - half)} {zero}V{_px(y)}H{_px(x + half)}V{zero}z"
            for x, y in zip(self.place("x", series.x), self.place("y", series.y), strict=True)
            if math.isfinite(y)
        )
        return {"d": path, "fill": series.ink}

    def names(self) -> Iterator[Shape]:
        """Yield the names of lines and groups in their colours, none upon another."""
        ends: list[tuple[float, float, Series]] = []
        for each in filter(lambda series: series.name, self.chart.series):
            x, y = self.place("x", each.x), self.place("y", each.y)
            seen = np.flatnonzero(np.isfinite(y))
            last = seen[-1] if self.chart.kind == "lines" else seen[np.argmax(x[seen])]
            ends.append((float(y[last]), float(x[last]), each))
        ends.sort(key=lambda end: end[0])
        heights = [y for y, _, _ in ends]
        for place in range(1, len(heights)):
            heights[place] = max(heights[place], heights[place - 1] + 14)
        over = max([self.bottom, *heights]) - self.bottom
        for height, (_, end, each) in zip(heights, ends, strict=True):
            shape = _text(each.name, end + 6, height - over + 4, "start", fill=each.ink)
            shape[1]["font-weight"] = "bold"
            yield shape


_HAIRLINE = {"stroke": "grid", "stroke-width": 1}
_CRISP = {"shape-rendering": "crispEdges"}
_BASE = {"stroke": "ink", "stroke-width": 1}


def _text(
    text: str, x: Any, y: Any, anchor: str, *, fill: str = "ink", style: str = "normal"
) -> Shape:
    attributes = {"x": _round(x), "y": _round(y), "text-anchor": anchor, "fill": fill}
    if style != "normal":
        attributes["font-style"] = style
    return ["text", attributes | {"font-size": TICK if fill == "muted" else TICK + 1}, text]


def _round(value: Any) -> float:
    """Round to a tenth of a pixel."""
    return round(float(value), 1)


def _px(value: Any) -> str:
    """Write a tenth of a pixel in as few letters as it takes."""
    return f"{_round(value):.10g}"


def _thinned(x: Array, y: Array) -> tuple[Array, Array]:
    """Keep the lowest and the highest of each stretch of a long line, and every gap."""
    if len(y) <= 2 * MOST_POINTS:
        return x, y
    kept = {0, len(y) - 1}
    for stretch in np.array_split(np.arange(len(y)), MOST_POINTS):
        finite = stretch[np.isfinite(y[stretch])]
        if len(finite) < len(stretch):
            kept.add(int(stretch[~np.isfinite(y[stretch])][0]))
        if len(finite):
            kept |= {int(finite[np.argmin(y[finite])]), int(finite[np.argmax(y[finite])])}
    order = sorted(kept)
    return x[order], y[order]


def _grid(grid: Grid) -> dict[str, Any]:
    """Describe a picture: one path for each amount of ink."""
    high, wide = grid.values.shape
    side = min(240 / high, WIDTH / wide)
    width, height = max(1, round(wide * side)), max(1, round(high * side))
    values = _in_blocks(grid.values)
    across, down = _px(width / values.shape[1]), _px(height / values.shape[0])
    inks = Grid(values).opacity
    levels = np.round(inks * 32)
    shapes: list[Shape] = []
    for sign, ink in ((1, "one" if grid.signed else "ink"), (-1, "two")):
        for level in range(1, 33):
            cells = np.argwhere((levels == level) & (np.where(values < 0, -1, 1) == sign))
            if len(cells):
                parts = (
                    f"M{_px(column * width / values.shape[1])} "
                    f"{_px(row * height / values.shape[0])}h{across}v{down}h-{across}z"
                    for row, column in cells
                )
                inked = {"fill": ink, "opacity": round(level / 32, 3)}
                shapes.append(["path", {"d": "".join(parts)} | inked | _CRISP])
    shapes.append(["path", {"d": f"M0 0H{width}V{height}H0z"} | _HAIRLINE])
    return {"width": width, "height": height, "label": grid.alternative, "shapes": shapes}


def _in_blocks(values: Array) -> Array:
    """Take means over blocks of a picture that has too many rows or columns."""
    for axis in (0, 1):
        if values.shape[axis] > MOST_CELLS:
            blocks = np.array_split(values, MOST_CELLS, axis=axis)
            values = np.stack([block.mean(axis=axis) for block in blocks], axis=axis)
    return values
