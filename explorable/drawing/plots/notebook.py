"""Plots of one's own numbers as Matplotlib draws them, in the look of the book."""

from typing import Any

import numpy as np

from explorable.drawing.plots.chart import Chart
from explorable.drawing.plots.grid import Grid
from explorable.drawing.plots.ticks import chart_ticks
from explorable.drawing.svg.tokens import TOKENS
from explorable.drawing.toolkit import (
    INK,
    Picture,
    dots,
    label,
    label_line,
    opacity_rgba,
    panels,
    show,
    signed_rgba,
    style_bare,
    style_curve,
)


def picture(content: Any) -> Picture:
    """Draw a chart or a grid of numbers.

    Parameters
    ----------
    content : Chart or Grid
        What to draw.

    Returns
    -------
    Picture
        As `explorable.drawing.toolkit.show` makes it.
    """
    figure, axes = panels(height=240 if isinstance(content, Grid) else None)
    if isinstance(content, Grid):
        style_bare(axes)
        inked = signed_rgba(content.values) if content.signed else opacity_rgba(content.opacity)
        axes.imshow(inked)
    else:
        _draw_chart(axes, content)
    return show(figure, content.alternative)


def _draw_chart(axes: Any, chart: Chart) -> None:
    style_curve(
        axes, "\n".join(filter(None, [chart.x_label, chart.note])), chart.y_label, log=chart.log
    )
    axes.set(xlim=chart.span("x"), ylim=chart.span("y"))
    axes.set_yticks(*zip(*chart_ticks(chart, "y"), strict=True))
    if chart.kind == "bars":
        axes.set_xticks(range(len(chart.names)), chart.names)
    else:
        axes.set_xticks(*zip(*chart_ticks(chart, "x"), strict=True))
    for each in chart.series:
        color = TOKENS[each.ink]
        if chart.kind == "bars":
            axes.bar(each.x, np.nan_to_num(each.y), width=0.7, color=color)
            axes.axhline(0, color=INK, linewidth=1)
        elif chart.kind == "points":
            dots(axes, each.x, each.y, color=color, size=5)
            _name(axes, each, color)
        else:
            (line,) = axes.plot(each.x, each.y, color=color)
            drawn = np.isfinite(each.y)
            if not (drawn[1:] & drawn[:-1]).any():  # no two neighbours that a line could join
                line.set_marker("o")
            if each.name:
                label_line(line, each.name, at=int(np.flatnonzero(drawn)[-1]))


def _name(axes: Any, series: Any, color: str) -> None:
    """Write the name of a group beside its rightmost point."""
    place = int(np.nanargmax(np.where(np.isfinite(series.y), series.x, np.nan)))
    label(axes, series.x[place], series.y[place], series.name, color=color, dx=6)
