"""What the book draws often: names, landscapes, minima, starts, pictures, signed fields."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from matplotlib import colors
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.contour import QuadContourSet
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.text import Text
from numpy.typing import ArrayLike, NDArray

from explorable.drawing.toolkit.axes_styles import style_bare
from explorable.drawing.toolkit.palette import BACKGROUND, INK, ONE, TWO


def label_line(
    line: Line2D, text: str, *, at: int = -1, dx: float = 6, dy: float = 0, ha: str | None = None
) -> Text:
    """Write a line's name beside it, in its colour, instead of a legend.

    Parameters
    ----------
    line : Line2D
    text : str
    at : int
        Which of the line's points the name stands beside.
    dx, dy : float
        Distance from that point in pixels.
    ha : str
        Alignment; by default the name grows away from the point.
    """
    axes = line.axes
    assert isinstance(axes, Axes)
    x, y = np.asarray(line.get_xydata(), dtype=float)[at]
    return label(axes, x, y, text, color=line.get_color(), dx=dx, dy=dy, ha=ha)


def label(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    color: Any = INK,
    dx: float = 0,
    dy: float = 0,
    ha: str | None = None,
    va: str = "center",
    size: float = 12,
    weight: str = "bold",
) -> Text:
    """Write a name at a point of the data, moved by dx, dy pixels."""
    if ha is None:
        ha = "left" if dx > 0 else "right" if dx < 0 else "center"
    return axes.annotate(
        text,
        (x, y),
        (dx, dy),
        textcoords="offset points",
        color=color,
        ha=ha,
        va=va,
        fontsize=size,
        fontweight=weight,
        annotation_clip=False,
    )


def contour_bands(
    axes: Axes, x: ArrayLike, y: ArrayLike, z: ArrayLike, levels: ArrayLike
) -> list[QuadContourSet]:
    """Draw a landscape in one ink: what lies below a level is a shade darker, level by level.

    Parameters
    ----------
    axes : Axes
        Its limits are those of `x` and `y`.
    x, y : array (n_x,), (n_y,)
    z : array (n_y, n_x)
        Heights.
    levels : array (n_levels,)
        Heights of the level lines, ascending.
    """
    heights = np.asarray(z, dtype=float)
    low, bands = float(heights.min()), []
    # Measured a little beyond the picture, so that regions are not outlined along its edge.
    across, up = (np.pad(at, 1, "reflect", reflect_type="odd") for at in map(np.asarray, (x, y)))
    beyond = np.pad(heights, 1, "edge")
    for level in np.asarray(levels, dtype=float)[np.asarray(levels) > low].tolist():
        band = axes.contourf(
            across, up, beyond, levels=[low - 1, level], colors=[(INK, 0.045)], zorder=0.5
        )
        band.set(edgecolor=(INK, 0.2), linewidth=0.8)
        bands.append(band)
    return bands


def mark_minima(axes: Axes, points: ArrayLike) -> Line2D:
    """Mark minima by small crosses; points has shape (n, 2)."""
    x, y = np.asarray(points, dtype=float).reshape(-1, 2).T
    return axes.plot(
        x, y, linestyle="none", marker="+", markersize=8, markeredgewidth=1.5, color=INK
    )[0]


def mark_start(axes: Axes, x: float, y: float) -> Line2D:
    """Mark a start by an open ring."""
    return axes.plot(
        [x],
        [y],
        linestyle="none",
        marker="o",
        markersize=9,
        markerfacecolor=BACKGROUND,
        markeredgecolor=INK,
        markeredgewidth=2,
    )[0]


def dots(
    axes: Axes, x: ArrayLike, y: ArrayLike, *, color: Any = ONE, size: float = 6, **kwargs: Any
) -> PathCollection:
    """Scatter round points of the given diameter in pixels."""
    return axes.scatter(x, y, s=size**2, c=color, **kwargs)


def opacity_rgba(values: ArrayLike, color: str = INK) -> NDArray[np.float64]:
    """Turn numbers from 0 to 1 into an RGBA picture of one ink, thinned by opacity.

    Parameters
    ----------
    values : array (rows, columns)
        Clipped to [0, 1].
    color : str
        A token.

    Returns
    -------
    array (rows, columns, 4)
    """
    opacity = np.clip(np.asarray(values, dtype=float), 0.0, 1.0)
    picture = np.empty((*opacity.shape, 4))
    picture[..., :3] = colors.to_rgb(color)
    picture[..., 3] = opacity
    return picture


def signed_rgba(values: ArrayLike, scale: float | None = None) -> NDArray[np.float64]:
    """Turn signed numbers into an RGBA picture: two for negative, one for positive, by opacity.

    Parameters
    ----------
    values : array (rows, columns)
    scale : float, optional
        The size that is drawn in full colour; the largest one when left out.
    """
    signed = np.asarray(values, dtype=float)
    full = float(np.max(np.abs(signed))) if scale is None else float(scale)
    picture = opacity_rgba(np.abs(signed) / (full or 1.0), ONE)
    picture[signed < 0, :3] = colors.to_rgb(TWO)
    return picture


def digit_image(
    axes: Axes, image: ArrayLike, *, extent: Sequence[float] | None = None
) -> AxesImage:
    """Draw a handwritten digit: ink by opacity on the page.

    Parameters
    ----------
    axes : Axes
        Becomes bare unless an extent is given.
    image : array (rows, columns) or flat array of a square picture
        From 0 to 1.
    extent : (left, right, bottom, top), optional
        Where to put it among other things on the same Axes.
    """
    values = np.asarray(image, dtype=float)
    if values.ndim == 1:
        side = round(values.size**0.5)
        values = values.reshape(side, side)
    return _picture(axes, opacity_rgba(values), extent)


def signed_image(
    axes: Axes,
    values: ArrayLike,
    *,
    extent: Sequence[float] | None = None,
    scale: float | None = None,
    origin: Literal["upper", "lower"] = "lower",
    smooth: bool = True,
) -> AxesImage:
    """Draw a signed field: two (negative) through the panel's colour to one (positive).

    Parameters
    ----------
    axes : Axes
    values : array (rows, columns)
    extent : (left, right, bottom, top), optional
    scale : float, optional
        The size that is drawn in full colour.
    origin : str
        Where the first row lies; ``"lower"`` for functions of (x, y).
    smooth : bool
        Whether the page blends neighbouring values; a coarse grid of some 40 by 40 then suffices.
    """
    drawn = _picture(axes, signed_rgba(values, scale), extent, origin)
    drawn.set_gid("smooth" if smooth else None)
    return drawn


def _picture(
    axes: Axes,
    picture: NDArray[np.float64],
    extent: Sequence[float] | None,
    origin: Literal["upper", "lower"] = "upper",
) -> AxesImage:
    if extent is None:
        style_bare(axes)
        return axes.imshow(picture, origin=origin, zorder=0.4)
    left, right, bottom, top = extent
    limits, aspect = (axes.get_xlim(), axes.get_ylim()), axes.get_aspect()
    drawn = axes.imshow(
        picture, extent=(left, right, bottom, top), origin=origin, aspect=aspect, zorder=0.4
    )
    axes.set(xlim=limits[0], ylim=limits[1])
    return drawn
