"""What the chapter draws: a parabola."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from explorable.drawing.toolkit import ONE, style_curve
from mathdl.sample_chapter import sample_chapter

__all__ = ["draw_square"]


def draw_square(axes: Axes) -> Line2D:
    """Draw the square of the numbers from −2 to 2."""
    style_curve(axes, "x", "y")
    x = np.linspace(-2, 2, 81)
    (curve,) = axes.plot(x, sample_chapter(x), color=ONE)
    return curve
