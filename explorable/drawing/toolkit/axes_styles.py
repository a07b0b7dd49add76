"""The three styles of an Axes: curves, a plane, or bare."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullFormatter
from numpy.typing import ArrayLike


def style_curve(axes: Axes, x: str = "", y: str = "", *, log: str = "") -> None:
    """Style an Axes as a curve plot: no frame, hairlines across, the labels where one reads.

    Parameters
    ----------
    axes : Axes
    x, y : str
        Labels; the second stands above the axis, upright, so that nobody tilts a head.
    log : str
        Which axes are logarithmic: ``"x"``, ``"y"`` or ``"xy"``.
    """
    for name in log:
        _logarithmic(axes, name)
    axes.set_xlabel(x, style="italic", labelpad=4)
    _upright_label(axes, y)


def _upright_label(axes: Axes, label: str) -> None:
    axes.set_ylabel("")
    axes.set_title(
        label, fontsize=12.5, fontstyle="italic", fontweight="normal", loc="left", pad=8
    )


def style_plane(
    axes: Axes, x: str = "", y: str = "", *, bounds: ArrayLike | None = None, equal: bool = True
) -> None:
    """Style an Axes as a plane: a hairline frame all around and no grid.

    Parameters
    ----------
    axes : Axes
    x, y : str
        Labels, below and to the left of the frame, upright.
    bounds : array (2, 2), optional
        Rows axis by axis: lower, upper.
    equal : bool
        Whether a unit is equally long on both axes.
    """
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set(visible=True, zorder=2.4)
    if bounds is not None:
        (left, right), (low, high) = np.asarray(bounds, dtype=float)
        axes.set(xlim=(left, right), ylim=(low, high))
    if equal:
        axes.set_aspect("equal", adjustable="box")
    axes.set_xlabel(x, style="italic", labelpad=2)
    axes.set_ylabel(y, style="italic", rotation=0, ha="right", va="center", labelpad=6)


def style_bare(axes: Axes) -> None:
    """Take everything from an Axes but what is drawn on it; for diagrams and pictures."""
    axes.set_axis_off()
    axes.grid(visible=False)


_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten(exponent: int) -> str:
    """Write a power of ten as the book writes it.

    Examples
    --------
    >>> power_of_ten(-3)
    '10⁻³'
    """
    if exponent in (0, 1):
        return str(10**exponent)
    return "10" + str(exponent).translate(_SUPERSCRIPTS)


def _logarithmic(axes: Axes, name: str) -> None:
    axis = {"x": axes.xaxis, "y": axes.yaxis}[name]
    axes.set(**{f"{name}scale": "log"})
    axis.set_major_locator(LogLocator(base=10, numticks=8))

    def word(value: float, _: int | None = None) -> str:
        exponent = np.log10(value) if value > 0 else 0.5
        return power_of_ten(round(exponent)) if abs(exponent - round(exponent)) < 1e-9 else ""

    axis.set_major_formatter(FuncFormatter(word))
    axis.set_minor_locator(FixedLocator([]))
    axis.set_minor_formatter(NullFormatter())
