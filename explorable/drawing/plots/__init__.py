"""Plots of one's own numbers: one call at the end of a cell shows them.

In a notebook Matplotlib draws them in the look of the book; in the page of the book, where there
is no Matplotlib, they are drawn as SVG. Values that are not finite, as those of a training that
has diverged, are left out, and the plot says so.
"""

from explorable.drawing.plots.charts import bars, lines, points
from explorable.drawing.plots.images import image
from explorable.drawing.plots.shown import DRAWING, Plot

__all__ = ["DRAWING", "Plot", "bars", "image", "lines", "points"]
