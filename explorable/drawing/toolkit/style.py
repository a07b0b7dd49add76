"""Matplotlib's settings behind the look of the book."""

from typing import Any

import matplotlib

from explorable.drawing.svg.layout import PIXELS_PER_INCH
from explorable.drawing.toolkit.palette import CYCLE, GRID, INK, MUTED, ONE

STYLE: dict[Any, Any] = {
    "figure.dpi": PIXELS_PER_INCH,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "font.family": ["DejaVu Sans"],
    "font.size": 12,
    "text.color": INK,
    "axes.facecolor": "none",
    "axes.edgecolor": GRID,
    "axes.linewidth": 1,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.labelcolor": INK,
    "axes.labelsize": 12.5,
    "axes.titlesize": 12.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 8,
    "axes.prop_cycle": matplotlib.cycler(color=CYCLE),  # type: ignore[attr-defined]
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.formatter.useoffset": False,
    "axes.unicode_minus": True,
    "axes.xmargin": 0.0,
    "grid.color": GRID,
    "grid.linewidth": 1,
    "xtick.color": GRID,
    "ytick.color": GRID,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
    "xtick.major.pad": 6,
    "ytick.major.pad": 6,
    "lines.linewidth": 2,
    "lines.solid_capstyle": "round",
    "lines.solid_joinstyle": "round",
    "lines.dash_capstyle": "round",
    "lines.markersize": 6,
    "lines.markeredgewidth": 0,
    "scatter.edgecolors": "none",
    "patch.linewidth": 0,
    "patch.facecolor": ONE,
    "hatch.linewidth": 1,
    "image.interpolation": "none",
    "image.cmap": "gray_r",
    "image.aspect": "equal",
    "legend.frameon": False,
    "mathtext.fontset": "dejavusans",
    "svg.fonttype": "none",
}
"""Values of `matplotlib.rcParams` that hold while a panel is drawn on, and no longer."""

in_style = matplotlib.rc_context(STYLE)
"""A decorator: while the function runs, `rcParams` are those of the book."""
