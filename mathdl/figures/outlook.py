"""What the outlook chapter draws: maps of digits, parts of an error, a second descent, costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from mathdl.figures.style import (
    FOUR,
    INK,
    MUTED,
    ONE,
    PANEL,
    THREE,
    TWO,
    bare,
    curve,
    digit_image,
    dots,
    label,
    label_line,
    plane,
    signed_image,
)

COLORS = (ONE, TWO, THREE, FOUR)
SHORT_DASH = (0, (4, 3))

LABEL_PLACES = {"edges": (2, -1, -13), "gradient": (1, 6, 11), "integrated": (2, -8, -13)}
"""Beside which point a method's name stands, and by how many pixels moved."""

# Attributions ----------------------------------------------------------------------------------


def draw_maps(
    axes: Axes,
    images: ArrayLike,
    maps: ArrayLike,
    *,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> None:
    """Draw digits on the left and, beside each, pictures of signed numbers.

    Parameters
    ----------
    axes : Axes
    images : array (n_rows, 64)
        Ink from 0 to 1.
    maps : array (n_rows, n_columns, 64)
        Each picture is scaled to its own largest size.
    rows : sequence of str
        A name for each row, or none.
    columns : sequence of str
        A name for the digits and one for each column of maps.
    """
    pictures, signed = np.asarray(images, dtype=float), np.asarray(maps, dtype=float)
    n_rows, n_columns, _ = signed.shape
    step = 9.4
    left_edge, right_edge = (-13.0 if rows else -0.4), step * (n_columns + 1) - 1
    limits = {"xlim": (left_edge, right_edge), "ylim": (-step * n_rows + 1, 2.6)}
    _board(axes, limits)
    for row in range(n_rows):
        top = -step * row
        if rows:
            label(axes, -1.0, top - 4, rows[row], ha="right", size=11.5, weight="normal")
        for column in range(n_columns + 1):
            left = step * column
            frame = (left, left + 8, top - 8, top)
            if column == 0:
                digit_image(axes, pictures[row], extent=frame)
            else:
                axes.fill(
                    [left, left + 8, left + 8, left],
                    [top, top, top - 8, top - 8],
                    color=PANEL,
                    zorder=0.2,
                )
                picture = signed_image(signed[row, column - 1].reshape(8, 8))
                axes.imshow(picture, extent=frame, zorder=0.4, aspect="equal")
            if row == 0 and columns:
                label(axes, left + 4, 0, columns[column], dy=9, size=11.5, weight="normal")
    _board(axes, limits)


def _board(axes: Axes, limits: Mapping[str, tuple[float, float]]) -> None:
    bare(axes)
    axes.set_aspect("equal")
    axes.set(**limits)


def draw_completeness(axes: Axes, steps: ArrayLike, gaps: Mapping[str, ArrayLike]) -> None:
    """Draw how far attributions miss completeness, against the number of steps.

    Parameters
    ----------
    axes : Axes
    steps : array (n,)
        Numbers of steps.
    gaps : dict of array (n,)
        A mean size of the gap for each number, by the name of the sum.
    """
    curve(axes, "steps", "mean gap", log="xy")
    x = np.asarray(steps, dtype=float)
    for color, (name, gap) in zip(COLORS, gaps.items(), strict=False):
        (line,) = axes.plot(x, np.asarray(gap, dtype=float), color=color, marker="o", markersize=5)
        label_line(line, name, at=len(x) // 2, dx=8, dy=9)
    axes.margins(x=0.05, y=0.12)


def draw_correlations(axes: Axes, correlations: Mapping[str, ArrayLike]) -> None:
    """Draw how much of a map survives when layers lose what they learned.

    Parameters
    ----------
    axes : Axes
    correlations : dict of array (n_layers + 1,)
        By method: mean rank correlation with the trained network's map, with 0, 1, … layers
        drawn anew.
    """
    curve(axes, "layers drawn anew, from the output", "rank correlation with the trained map")
    for color, (name, values) in zip((ONE, THREE, TWO, INK), correlations.items(), strict=False):
        y = np.asarray(values, dtype=float)
        (line,) = axes.plot(np.arange(len(y)), y, color=color, marker="o", markersize=5)
        at, dx, dy = LABEL_PLACES.get(name, (1, 6, 13))
        label_line(line, name, at=at, dx=dx, dy=dy)
    axes.set(xlim=(-0.06, len(y) - 0.94), ylim=(-0.2, 1.08), xticks=np.arange(len(y)))


# Errors ----------------------------------------------------------------------------------------


def draw_fits(axes: Axes, x: ArrayLike, fits: ArrayLike, truth: ArrayLike, title: str) -> None:
    """Draw several fits of the same points under new noise, their mean, and the truth.

    Parameters
    ----------
    axes : Axes
    x : array (n_points,)
    fits : array (n_fits, n_points)
        The first twelve are drawn, and the mean of all.
    truth : array (n_points,)
    title : str
        Stands above.
    """
    curve(axes, "x", title)
    at, predicted = np.asarray(x, dtype=float), np.asarray(fits, dtype=float)
    for row in predicted[:12]:
        axes.plot(at, row, color=ONE, linewidth=1, alpha=0.35)
    axes.plot(at, np.asarray(truth, dtype=float), color=THREE, linewidth=3)
    axes.plot(at, predicted.mean(axis=0), color=ONE, linewidth=2, linestyle=SHORT_DASH)
    axes.set(ylim=(-2, 2), xticks=[-1, 0, 1], yticks=[-1, 0, 1])


def draw_parts(
    axes: Axes,
    sizes: ArrayLike,
    parts: ArrayLike,
    measured: ArrayLike,
) -> None:
    """Draw bias², variance and noise over the number of features, with the error measured.

    Parameters
    ----------
    axes : Axes
    sizes : array (n,)
        Numbers of features.
    parts : array (n, 3)
        Bias², variance, noise.
    measured : array (n,)
        Mean squared errors on new noisy targets.
    """
    curve(axes, "features p", "mean squared error")
    x, y = np.asarray(sizes, dtype=float), np.asarray(parts, dtype=float)
    for column, (color, name, at, dy) in enumerate(
        [(TWO, "bias²", 3, 17), (ONE, "variance", -1, -14), (THREE, "noise", 8, -9)]
    ):
        (line,) = axes.plot(x, y[:, column], color=color)
        label_line(line, name, at=at, dx=5 if column == 0 else 0, dy=dy,
                   ha="left" if column == 0 else "right")  # fmt: skip
    (total,) = axes.plot(x, y.sum(axis=1), color=INK)
    dots(axes, x, np.asarray(measured, dtype=float), color=INK, size=6, zorder=4)
    label_line(total, "sum, and measured", at=8, dx=0, dy=22, ha="left")
    axes.set(ylim=(0, 0.75), xlim=(0, float(x[-1]) + 0.5), xticks=np.arange(0, x[-1] + 1, 5))


def draw_risks(
    axes: Axes,
    sizes: ArrayLike,
    risks: Mapping[str, ArrayLike],
    n_samples: int,
    *,
    places: Mapping[str, tuple[int, float, float]] | None = None,
) -> list[Line2D]:
    """Draw errors over the number of features, and a mark where it equals that of samples.

    Parameters
    ----------
    axes : Axes
    sizes : array (n,)
    risks : dict of array (n,)
        Errors by name; what lies below 10⁻⁴ is not drawn.
    n_samples : int
        Where to mark p = n.
    places : dict, optional
        For a name, beside which point it stands and by how many pixels moved.

    Returns
    -------
    list of Line2D
        A line for each name.
    """
    curve(axes, "features p", "mean squared error", log="xy")
    axes.set(xlim=(4, 1000), ylim=(0.004, 300))
    axes.axvline(n_samples, color=INK, linewidth=1, linestyle=SHORT_DASH, alpha=0.6)
    label(axes, n_samples, 150, f"p = n = {n_samples}", dx=6, size=11.5, weight="normal")
    lines = []
    for color, (name, risk) in zip(COLORS, risks.items(), strict=False):
        y = np.asarray(risk, dtype=float)
        (line,) = axes.plot(
            np.asarray(sizes, dtype=float), np.where(y < 1e-4, np.nan, y), color=color
        )
        at, dx, dy = (places or {}).get(name, (0, 0, 12))
        label_line(line, name, at=at, dx=dx, dy=dy, ha="left")
        lines.append(line)
    return lines


@dataclass(frozen=True)
class DescentPicture:
    """The parts of the double descent explorer that move."""

    artists: dict[str, Artist | Sequence[Artist]]
    train: Line2D
    test: Line2D
    here: Line2D
    border: Line2D
    points: PathCollection


def draw_descent(left: Axes, right: Axes) -> DescentPicture:
    """Draw the empty explorer: errors over p on the left, answers against truth on the right.

    Parameters
    ----------
    left, right : Axes

    Returns
    -------
    DescentPicture
        What moves.
    """
    curve(left, "features p", "median mean squared error", log="xy")
    left.set(xlim=(4, 1000), ylim=(0.003, 500))
    (border,) = left.plot([], [], color=INK, linewidth=1, linestyle=SHORT_DASH, alpha=0.6)
    (train,) = left.plot([], [], color=TWO)
    (test,) = left.plot([], [], color=ONE)
    (here,) = left.plot(
        [], [], marker="o", markersize=12, markerfacecolor="none", markeredgewidth=2, color=ONE
    )
    label(left, 900, 200, "new samples", color=ONE, ha="right")
    label(left, 900, 80, "training samples", color=TWO, ha="right")
    label(left, 900, 0.007, "dashed: p = n", size=11.5, weight="normal", ha="right")
    plane(right, "truth", "", bounds=[[-3.2, 3.2], [-6.4, 6.4]], equal=False)
    right.set_title("answer", fontsize=12.5, fontstyle="italic", fontweight="normal", loc="left")
    right.set(xticks=[-2, 0, 2], yticks=[-4, 0, 4])
    right.plot([-3.2, 3.2], [-3.2, 3.2], color=THREE, linewidth=2)
    points = dots(right, [], [], color=ONE, size=5, alpha=0.7, zorder=3)
    moving: dict[str, Artist | Sequence[Artist]] = {
        "border": border,
        "train": train,
        "test": test,
        "here": here,
        "points": points,
    }
    return DescentPicture(moving, train, test, here, border, points)


def draw_label_learning(axes: Axes, curves: Mapping[str, ArrayLike]) -> None:
    """Draw how the share of reproduced labels grows over the epochs.

    Parameters
    ----------
    axes : Axes
    curves : dict of array (n_epochs,)
        Shares, by name.
    """
    curve(axes, "epoch", "training labels reproduced, %")
    for color, (name, shares), at in zip((ONE, TWO), curves.items(), (100, 50), strict=False):
        y = 100 * np.asarray(shares, dtype=float)
        (line,) = axes.plot(np.arange(1, len(y) + 1), y, color=color)
        reached = int(np.argmax(y >= min(at, y.max())))
        label_line(line, name, at=reached, dx=10, dy=11 if at == 100 else -4)
    axes.set(ylim=(0, 112), yticks=[0, 25, 50, 75, 100])


def draw_label_shares(axes: Axes, shares: ArrayLike, train: ArrayLike, test: ArrayLike) -> None:
    """Draw accuracy on given labels and on new digits over the share of shuffled labels.

    Parameters
    ----------
    axes : Axes
    shares, train, test : array (n,)
        All from 0 to 1.
    """
    curve(axes, "labels shuffled, %", "accuracy, %")
    x = 100 * np.asarray(shares, dtype=float)
    for color, name, values, dy in (
        (TWO, "training labels", train, -13),
        (ONE, "new digits", test, 0),
    ):
        (line,) = axes.plot(
            x, 100 * np.asarray(values, dtype=float), color=color, marker="o", markersize=5
        )
        label_line(line, name, at=2, dx=10, dy=dy, ha="left")
    axes.set(xlim=(-2, 102), ylim=(0, 112), xticks=[0, 50, 100], yticks=[0, 25, 50, 75, 100])


# Costs -----------------------------------------------------------------------------------------


def draw_costs(axes: Axes, costs: Mapping[str, tuple[float, float]]) -> None:
    """Draw networks by their parameters and their multiply-adds.

    Parameters
    ----------
    axes : Axes
    costs : dict
        Parameters and multiply-adds for one sample, by name.
    """
    curve(axes, "parameters", "multiply-adds", log="xy")
    axes.set(xlim=(6e3, 3e9), ylim=(6e3, 2e12))
    ends = np.array([6e3, 3e9])
    axes.plot(ends, ends, color=MUTED, linewidth=1, linestyle=SHORT_DASH)
    label(axes, 3e7, 3e7, "one use of each", color=MUTED, dx=10, dy=-12, size=11, weight="normal")
    for name, (parameters, multiply_adds) in costs.items():
        dots(axes, [parameters], [multiply_adds], color=ONE, size=8, zorder=3)
        dx, dy = (9, -5) if parameters < 3e4 else (-9, 0)  # no name covers the axis
        label(axes, parameters, multiply_adds, name, color=ONE, dx=dx, dy=dy, size=11.5)


def draw_roofline(
    axes: Axes, peak: float, bandwidth: float, points: Mapping[str, tuple[float, float]]
) -> None:
    """Draw the rate that a machine's memory and arithmetic allow, and layers below that roof.

    Parameters
    ----------
    axes : Axes
    peak : float
        Operations a second.
    bandwidth : float
        Bytes a second.
    points : dict
        Intensity and attainable rate, by name.
    """
    curve(axes, "operations a byte", "operations a second", log="xy")
    ridge = peak / bandwidth
    x = np.array([0.2, ridge, 20 * ridge])
    (roof,) = axes.plot(x, np.minimum(peak, x * bandwidth), color=THREE)
    label_line(roof, "peak", at=2, dx=0, dy=12, ha="right")
    label(axes, 1.3, 1.3 * bandwidth, "memory", color=THREE, dx=-8, dy=10)
    for name, (intensity, rate) in points.items():
        dots(axes, [intensity], [rate], color=ONE, size=8, zorder=3)
        label(axes, intensity, rate, name, color=ONE, dx=8, dy=-12, size=11.5)
    axes.set(ylim=(0.1 * bandwidth, 4 * peak))
