"""What the chapter on concepts draws: neurons over the plane, slopes, losses, the simplex.

Functions draw on the Axes that they are handed. What an explorer moves is returned as a picture:
its artists by name, and a ``move`` that sets their data.
"""

import dataclasses
import itertools
from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import Any

import numpy
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike, NDArray

from mathdl import concepts, likelihood
from mathdl.figures.style import (
    INK,
    MUTED,
    ONE,
    THREE,
    TWO,
    bare,
    curve,
    dots,
    label,
    label_line,
    minima,
    plane,
    start_ring,
)
from mathdl.neuron import neuron_geometry, transition_width

Points = NDArray[numpy.floating[Any]]

# A neuron over the plane

SPAN = 4.0
"""The plane and the normal's axis are drawn from -SPAN to SPAN."""

BANDS = {
    "sigmoid": ([numpy.log(p / (1 - p)) for p in numpy.arange(1, 9) / 9], []),
    "tanh": ([numpy.arctanh(a) for a in (0.1, 0.3, 0.5, 0.7, 0.9)],) * 2,
    "relu": ([0.0, 0.75, 1.5, 2.25, 3.0, 4.0, 5.0, 6.0], []),
    "identity": ([0.5, 1.5, 2.5, 3.5, 4.5],) * 2,
}
"""Preactivations from which a shade is added, and whose negatives shade the other side."""

N_BANDS = (8, 5)
"""How many shades there are at most on either side."""

RANGES = {"sigmoid": (-0.05, 1.05), "tanh": (-1.1, 1.1), "relu": (-0.3, 6.3), "identity": (-6, 6)}
"""How much of an activation's range the profile shows."""


def half_plane(normal: Points, offset: float, span: float = SPAN) -> Points:
    """Return the corners of what the square holds of the half-plane normal · x ≥ offset.

    Parameters
    ----------
    normal : array (2,)
        A unit vector.
    offset : float
    span : float
        Half the side of the square.

    Returns
    -------
    array (n_corners, 2)
        A point outside the square, twice, where nothing of the half-plane is in it.

    Examples
    --------
    >>> half_plane(numpy.array([1.0, 0.0]), 0.0, span=1.0).tolist()
    [[0.0, -1.0], [1.0, -1.0], [1.0, 1.0], [0.0, 1.0]]
    """
    corners = span * numpy.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    heights = corners @ normal - offset
    kept: list[Points] = []
    for here, there, a, b in zip(
        corners, numpy.roll(corners, -1, axis=0), heights, numpy.roll(heights, -1), strict=True
    ):
        if a >= 0:
            kept.append(here)
        if (a > 0 > b) or (a < 0 < b):
            kept.append(here + (there - here) * a / (a - b))
    return numpy.array(kept) if len(kept) > 2 else numpy.full((2, 2), 2 * span)


def chord(normal: Points, offset: float, span: float = SPAN) -> Points:
    """Return the two ends of what the square holds of the line normal · x = offset.

    Parameters
    ----------
    normal : array (2,)
        A unit vector.
    offset : float
    span : float
        Half the side of the square.

    Returns
    -------
    array (2, 2)
        NaN where the line misses the square.

    Examples
    --------
    >>> chord(numpy.array([0.0, 1.0]), 1.0, span=2.0).tolist()
    [[2.0, 1.0], [-2.0, 1.0]]
    """
    along = numpy.array([normal[1], -normal[0]])
    foot = offset * normal
    with numpy.errstate(divide="ignore", invalid="ignore"):
        sides = numpy.stack([(-span - foot) / along, (span - foot) / along])
    low = numpy.where(numpy.abs(along) < 1e-12, -numpy.inf, sides.min(axis=0))
    high = numpy.where(numpy.abs(along) < 1e-12, numpy.inf, sides.max(axis=0))
    outside = (numpy.abs(along) < 1e-12) & (numpy.abs(foot) > span)
    start, end = low.max(), high.min()
    if outside.any() or start >= end:
        return numpy.full((2, 2), numpy.nan)
    return numpy.stack([foot + end * along, foot + start * along])


def arrow(start: ArrayLike, end: ArrayLike, head: float) -> Points:
    """Return the points of an arrow drawn in one stroke; without a head if it is too short.

    Parameters
    ----------
    start, end : array (2,)
    head : float
        Length of the head's strokes.

    Returns
    -------
    array (5, 2)
    """
    a, b = numpy.asarray(start, dtype=float), numpy.asarray(end, dtype=float)
    length = float(numpy.hypot(*(b - a)))
    if length < 1e-9:
        return numpy.stack([a, b, b, b, b])
    along = (b - a) / length * min(head, 0.6 * length)
    across = numpy.array([-along[1], along[0]]) * 0.5
    return numpy.stack([a, b, b - along + across, b, b - along - across])


@dataclasses.dataclass(frozen=True)
class NeuronPlane:
    """A neuron's output over the plane: shades, boundary, normal, the circle of its offset."""

    above: list[Polygon]
    below: list[Polygon]
    boundary: Line2D
    normal: Line2D
    circle: Line2D
    foot: Line2D

    @property
    def artists(self) -> dict[str, Any]:
        """The artists that move, by name."""
        return {
            "above": self.above,
            "below": self.below,
            "boundary": self.boundary,
            "normal": self.normal,
            "circle": self.circle,
            "foot": self.foot,
        }

    def move(self, weights: ArrayLike, bias: float, activation: str) -> None:
        """Show another neuron."""
        normal, offset, steepness = neuron_geometry(weights, bias)
        up, down = BANDS[activation]
        for patches, levels, side in [(self.above, up, 1), (self.below, down, -1)]:
            for index, patch in enumerate(patches):
                place = side * offset + levels[index] / steepness if index < len(levels) else 9e9
                patch.set_xy(half_plane(side * normal, place))
        foot = offset * normal
        angle = numpy.linspace(0, 2 * numpy.pi, 61)
        visible = 0.03 < abs(offset) < 1.4 * SPAN
        self.boundary.set_data(*chord(normal, offset).T)
        self.normal.set_data(*arrow(foot, foot + normal, 0.32).T)
        radius = abs(offset) if visible else numpy.nan
        self.circle.set_data(radius * numpy.cos(angle), radius * numpy.sin(angle))
        self.foot.set_data(*numpy.stack([numpy.zeros(2), foot]).T)


def neuron_plane(
    axes: Axes,
    weights: ArrayLike,
    bias: float,
    activation: str,
    *,
    points: Sequence[Sequence[float]] = (),
) -> NeuronPlane:
    """Draw a neuron's output over the plane, with its boundary, normal and offset.

    Parameters
    ----------
    axes : Axes
    weights : array_like (2,)
    bias : float
    activation : str
        A key of `BANDS`.
    points : sequence of (x, y)
        Points to mark, each with a line to the boundary.
    """
    plane(axes, "$x_1$", "$x_2$", bounds=[[-SPAN, SPAN]] * 2)
    axes.set_xticks([-4, -2, 0, 2, 4], ["−4", "−2", "0", "2", "4"])
    axes.set_yticks([-4, -2, 0, 2, 4], ["−4", "−2", "0", "2", "4"])
    shades = [
        [Polygon([[0, 0], [0, 0]], color=colour, alpha=0.085, lw=0) for _ in range(n)]
        for colour, n in zip((ONE, TWO), N_BANDS, strict=True)
    ]
    for patch in itertools.chain(*shades):
        axes.add_patch(patch)
    circle = axes.plot([], [], color=MUTED, lw=1, ls=(0, (1, 3)))[0]
    foot = axes.plot([], [], color=MUTED, lw=1.2)[0]
    boundary = axes.plot([], [], color=INK, lw=2)[0]
    normal = axes.plot([], [], color=ONE, lw=2.5)[0]
    axes.plot([0], [0], marker="+", ms=8, mew=1.2, color=MUTED, ls="none")
    picture = NeuronPlane(shades[0], shades[1], boundary, normal, circle, foot)
    picture.move(weights, bias, activation)
    u, d, _ = neuron_geometry(weights, bias)
    for point in numpy.asarray(points, dtype=float).reshape(-1, 2):
        on_line = point - (point @ u - d) * u
        axes.plot(*numpy.stack([point, on_line]).T, color=MUTED, lw=1.2)
        start_ring(axes, *point)
        words = f"({point[0]:g}, {point[1]:g})"
        label(axes, point[0], point[1], words, dx=9, dy=-2, weight="normal", size=11, va="top")
    return picture


@dataclasses.dataclass(frozen=True)
class Profile:
    """A neuron's output along its normal, with a mark where the boundary is."""

    output: Line2D
    boundary: Line2D

    @property
    def artists(self) -> dict[str, Any]:
        """The artists that move, by name."""
        return {"output": self.output, "place": self.boundary}

    def move(self, steepness: float, offset: float, activation: str) -> None:
        """Show another neuron, each activation on a scale of its own."""
        along = numpy.linspace(-SPAN, SPAN, 81)
        bottom, top = RANGES[activation]
        values = concepts.ACTIVATIONS[activation].function(steepness * (along - offset))
        height = (values - bottom) / (top - bottom)
        self.output.set_data(along, numpy.where(abs(height - 0.5) <= 0.5, height, numpy.nan))
        inside = abs(offset) <= SPAN
        self.boundary.set_data([offset if inside else numpy.nan] * 2, [0, 1])


def transition_profiles(axes: Axes, *, steepnesses: Sequence[float]) -> list[Line2D]:
    """Draw a sigmoid neuron's output along its normal for several steepnesses.

    Parameters
    ----------
    axes : Axes
    steepnesses : sequence of float
        At most three.
    """
    curve(axes, "distance from the boundary", "output")
    axes.set(xlim=(-3, 3), ylim=(0, 1), xticks=[-3, -1.5, 0, 1.5, 3], yticks=[0, 0.1, 0.5, 0.9, 1])
    axes.set_xticklabels(["−3", "−1.5", "0", "1.5", "3"])
    along = numpy.linspace(-3, 3, 121)
    drawn = []
    for colour, steepness in zip((THREE, TWO, ONE), steepnesses, strict=False):
        (line,) = axes.plot(along, concepts.sigmoid(steepness * along), color=colour)
        half = transition_width(steepness) / 2
        dots(axes, [-half, half], [0.1, 0.9], color=colour, size=7, zorder=3)
        drawn.append(line)
    for line, at, dx, dy in zip(drawn, (112, 96, 72), (0, 6, -8), (-14, -8, 6), strict=False):
        steepness = steepnesses[drawn.index(line)]
        label_line(line, f"‖w‖ = {steepness:g}", at=at, dx=dx, dy=dy)
    return drawn


# Activations and their slopes

BOUNDS = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0, "softplus": 1.0, "leaky_relu": 1.0,
          "identity": 1.0}  # fmt: skip
"""The largest slope of each activation."""


def activation(axes: Axes, name: str) -> tuple[Line2D, Line2D]:
    """Draw an activation, its slope and the bound on its slope.

    Parameters
    ----------
    axes : Axes
    name : str
        A key of `mathdl.concepts.ACTIVATIONS`.

    Returns
    -------
    function, slope : Line2D
    """
    function, derivative = concepts.ACTIVATIONS[name]
    z = numpy.linspace(-5, 5, 201)
    curve(axes, "$z$", {"relu": "ReLU"}.get(name, name))
    axes.set(xlim=(-5, 5), xticks=[-4, 0, 4], xticklabels=["−4", "0", "4"])
    axes.set(ylim=(-1.1, 2.1), yticks=[-1, 0, 1, 2], yticklabels=["−1", "0", "1", "2"])
    axes.axhline(BOUNDS[name], color=THREE, lw=1.2, ls=(0, (4, 3)))
    slope = axes.plot(z, _breaking(derivative(z), name), color=TWO)[0]
    values = function(z)
    drawn = axes.plot(z, numpy.where(values <= 2.1, values, numpy.nan), color=ONE, lw=2.5)[0]
    places = {"sigmoid": (1.0, -5, 8, 0.25, 4.6), "tanh": (-1.0, -4.8, 9, 0.18, 1.2)}
    if name == "relu":
        label(axes, 1.9, 1.9, "f", color=ONE, dx=-8)
        label(axes, 4.6, 1.0, "f ′", color=TWO, dy=11)
    elif name in places:
        label(axes, *((4.6, 1.0) if name == "sigmoid" else (-4.6, -1.0)), "f", color=ONE, dy=11)
        at = (2.4, 0.16) if name == "sigmoid" else (1.3, 0.35)
        label(axes, *at, "f ′", color=TWO, dx=9, dy=5)
    return drawn, slope


def _breaking(slope: Points, name: str) -> Points:
    """Lift the pen where a slope jumps."""
    broken = numpy.array(slope)
    if name in ("relu", "leaky_relu"):
        broken[numpy.argmax(numpy.diff(broken) > 0.5)] = numpy.nan
    return broken


def stacked_layers(axes: Axes, activation: str) -> Line2D:
    """Draw the output of three layers, the same weights each time, against their one input.

    Parameters
    ----------
    axes : Axes
    activation : str
        A key of `mathdl.concepts.ACTIVATIONS`, put after the first two layers.
    """
    rng = numpy.random.default_rng(5)
    sizes = [1, 8, 8, 1]
    x: Points = numpy.linspace(-3, 3, 601)[:, numpy.newaxis]
    signal = x
    for depth, (n_in, n_out) in enumerate(itertools.pairwise(sizes)):
        if depth:
            signal = concepts.ACTIVATIONS[activation].function(signal)
        weights = rng.normal(size=(n_out, n_in)) * numpy.sqrt(2 / n_in)
        signal = signal @ weights.T + rng.normal(size=n_out)
    names = {"identity": "three layers, no activation", "relu": "the same weights with ReLU"}
    curve(axes, "$x$", names.get(activation, activation))
    axes.set(xlim=(-3, 3), xticks=[-3, 0, 3], xticklabels=["−3", "0", "3"])
    return axes.plot(x[:, 0], signal[:, 0], color=TWO if activation == "identity" else ONE)[0]


# Losses


def constant_losses(axes: Sequence[Axes], observations: ArrayLike) -> tuple[Line2D, Line2D]:
    """Draw observations with mean and median, and the losses of predicting one constant.

    Parameters
    ----------
    axes : two Axes
    observations : array_like (n,)

    Returns
    -------
    squared, absolute : Line2D
        The losses against the constant, each divided by its smallest value.
    """
    y = numpy.asarray(observations, dtype=float)
    mean, median = y.mean(), float(numpy.median(y))
    data, losses = axes
    curve(data, "observation $y$", "five observations")
    data.set(xlim=(0, 16), ylim=(0, 1), yticks=[], xticks=[0, 5, 10, 15])
    dots(data, y, numpy.full(y.size, 0.25), color=INK, size=9, zorder=3)
    for place, words, colour, height in [(mean, "mean", TWO, 0.75), (median, "median", ONE, 0.55)]:
        data.plot([place, place], [0.12, height], color=colour)
        label(data, place, height, f"{words} {place:g}", color=colour, dx=6)
    c = numpy.linspace(0, 10, 201)
    squares = numpy.array([numpy.mean((y - each) ** 2) for each in c])
    sizes = numpy.array([numpy.mean(numpy.abs(y - each)) for each in c])
    curve(losses, "constant prediction $c$", "loss ÷ its smallest value")
    losses.set(xlim=(0, 10), ylim=(0.95, 2.1), yticks=[1, 1.5, 2])
    squared = losses.plot(c, squares / numpy.mean((y - mean) ** 2), color=TWO)[0]
    absolute = losses.plot(c, sizes / numpy.mean(numpy.abs(y - median)), color=ONE)[0]
    minima(losses, [[mean, 1.0], [median, 1.0]])
    label_line(absolute, "absolute error", at=130, dx=-8, dy=10)
    label_line(squared, "squared error", at=166, dx=8, dy=-14)
    return squared, absolute


def cross_entropy_curves(axes: Sequence[Axes]) -> list[Line2D]:
    """Draw the cross-entropy and its slope against the logit, for both labels.

    Parameters
    ----------
    axes : two Axes

    Returns
    -------
    list of Line2D
        Loss for label 1 and 0, slope for label 1 and 0.
    """
    z = numpy.linspace(-6, 6, 121)
    losses, slopes = axes
    curve(losses, "logit $z$", "cross-entropy")
    curve(slopes, "logit $z$", "slope σ(z) − y")
    for ax in axes:
        ax.set(xlim=(-6, 6), xticks=[-6, -3, 0, 3, 6], xticklabels=["−6", "−3", "0", "3", "6"])
    slopes.set(ylim=(-1.05, 1.05), yticks=[-1, 0, 1], yticklabels=["−1", "0", "1"])
    drawn = [
        losses.plot(z, concepts.softplus(-z), color=ONE)[0],
        losses.plot(z, concepts.softplus(z), color=TWO)[0],
        slopes.plot(z, concepts.sigmoid(z) - 1, color=ONE)[0],
        slopes.plot(z, concepts.sigmoid(z), color=TWO)[0],
    ]
    label_line(drawn[0], "label 1", at=14, dx=10)
    label_line(drawn[1], "label 0", at=106, dx=-10)
    label_line(drawn[2], "label 1", at=95, dx=0, dy=-14)
    label_line(drawn[3], "label 0", at=25, dx=0, dy=14)
    return drawn


FLOOR = 1e-6
"""The smallest size of a slope that is drawn."""


@dataclasses.dataclass(frozen=True)
class TwoLosses:
    """Cross-entropy and half the squared error through a sigmoid: values and slopes."""

    curves: list[Line2D]
    marks: list[Line2D]

    @property
    def artists(self) -> dict[str, Any]:
        """The artists that move, by name."""
        names = ["entropy", "square", "entropy slope", "square slope"]
        return {
            **dict(zip(names, self.curves, strict=True)),
            **dict(zip([f"{name} here" for name in names], self.marks, strict=True)),
        }

    def move(self, z: float, target: int) -> None:
        """Show another logit, another label."""
        grid = numpy.linspace(-12, 12, 121)
        everywhere, here = loss_values(grid, target), loss_values(numpy.array([float(z)]), target)
        for line, mark, values, value in zip(
            self.curves, self.marks, everywhere, here, strict=True
        ):
            line.set_data(grid, values)
            mark.set_data([z], value)


def loss_values(z: Points, target: int) -> list[Points]:
    """Return both losses and the sizes of both slopes, logit by logit.

    Parameters
    ----------
    z : array (n,)
        Logits.
    target : int
        The label, 0 or 1.

    Returns
    -------
    list of array (n,)
        Cross-entropy, half the squared error, and the sizes of their slopes.

    Examples
    --------
    >>> [values.round(5).tolist() for values in loss_values(numpy.array([-10.0]), 1)]
    [[10.00005], [0.49995], [0.99995], [5e-05]]
    """
    p, y = concepts.sigmoid(z), float(target)
    rows = numpy.asarray(z, dtype=float)
    square = [
        likelihood.squared_error_through_sigmoid_gradient([each], [y]).item() for each in rows
    ]
    return [
        numpy.asarray(concepts.softplus(rows) - y * rows),
        numpy.asarray((p - y) ** 2 / 2),
        numpy.abs(p - y),
        numpy.abs(square),
    ]


def confident_and_wrong(axes: Sequence[Axes], z: float, target: int) -> TwoLosses:
    """Draw both losses and the sizes of their slopes against the logit, with one logit marked.

    Parameters
    ----------
    axes : two Axes
    z : float
        The logit to mark.
    target : int
        The label, 0 or 1.
    """
    values, slopes = axes
    curve(values, "logit $z$", "loss")
    curve(slopes, "logit $z$", "size of the slope", log="y")
    for ax in axes:
        ax.set(xlim=(-12, 12), xticks=[-10, -5, 0, 5, 10])
        ax.set_xticklabels(["−10", "−5", "0", "5", "10"])
    values.set(ylim=(-0.3, 12.3), yticks=[0, 4, 8, 12])
    slopes.set(ylim=(FLOOR, 3), yticks=[1e-6, 1e-4, 1e-2, 1])
    curves = [ax.plot([], [], color=colour)[0] for ax in axes for colour in (ONE, TWO)]
    marks = [
        ax.plot([], [], ls="none", marker="o", ms=10, color=colour)[0]
        for ax in axes
        for colour in (ONE, TWO)
    ]
    picture = TwoLosses(curves, marks)
    picture.move(z, target)
    label(values, 0, 11, "cross-entropy", color=ONE)
    label(values, 0, 9.7, "½ · squared error", color=TWO)
    return picture


def softplus_error(axes: Axes) -> tuple[Line2D, Line2D]:
    """Draw how many digits the printed and the stable form of softplus lose.

    Parameters
    ----------
    axes : Axes

    Returns
    -------
    printed, stable : Line2D
        Relative errors against 40 digits, not below 10⁻¹⁷.
    """
    z = numpy.arange(-45, 6.0)
    with localcontext() as context:
        context.prec = 40
        truth = [(1 + Decimal(float(each)).exp()).ln() for each in z]
        errors = [
            [
                max(float(abs(Decimal(float(value)) / true - 1)), 1e-17)
                for value, true in zip(function(z), truth, strict=True)
            ]
            for function in (likelihood.naive_softplus, concepts.softplus)
        ]
    curve(axes, "$z$", "relative error of ln(1 + e$^z$)", log="y")
    axes.set_title("relative error", fontstyle="italic", fontweight="normal", loc="left")
    axes.set(xlim=(-45, 5), ylim=(5e-18, 5), yticks=[1e-16, 1e-12, 1e-8, 1e-4, 1])
    axes.set_xticks([-40, -30, -20, -10, 0], ["−40", "−30", "−20", "−10", "0"])
    printed = axes.plot(z, errors[0], color=TWO)[0]
    stable = axes.plot(z, errors[1], color=ONE)[0]
    label_line(printed, "as printed", at=20, dx=10, dy=8)
    label_line(stable, "stable form", at=12, dx=0, dy=16)
    return printed, stable


# The simplex

CORNERS = numpy.array([[0.0, 0.0], [1.0, 0.0], [0.5, numpy.sqrt(0.75)]])
"""Where the classes lie in the picture."""


def on_simplex(probabilities: ArrayLike) -> Points:
    """Return where three probabilities lie in the triangle.

    Parameters
    ----------
    probabilities : array_like (..., 3)

    Returns
    -------
    array (..., 2)

    Examples
    --------
    >>> on_simplex([0.0, 1.0, 0.0]).tolist()
    [1.0, 0.0]
    """
    return numpy.asarray(numpy.asarray(probabilities, dtype=float) @ CORNERS)


def draw_simplex(axes: Axes) -> None:
    """Draw the triangle of three probabilities with its corners named.

    Parameters
    ----------
    axes : Axes
    """
    bare(axes)
    axes.set_aspect("equal")
    axes.set(xlim=(-0.16, 1.16), ylim=(-0.17, 1.02))
    axes.add_patch(Polygon(CORNERS, closed=True, facecolor=INK, alpha=0.04, lw=0))
    axes.plot(*CORNERS[[0, 1, 2, 0]].T, color=MUTED, lw=1)
    for corner, (dx, dy) in zip(CORNERS, [(0, -14), (0, -14), (0, 13)], strict=True):
        number = int(numpy.argmax((corner == CORNERS).all(axis=1))) + 1
        label(
            axes,
            corner[0],
            corner[1],
            f"class {number}",
            color=MUTED,
            dx=dx,
            dy=dy,
            weight="normal",
        )


def simplex_step(axes: Axes, logits: ArrayLike, target: int) -> tuple[Line2D, Line2D]:
    """Draw p, the arrow p − y that ends there, and p after one step down.

    Parameters
    ----------
    axes : Axes
    logits : array_like (3,)
    target : int
        The right class, counted from 0.

    Returns
    -------
    gradient, after : Line2D
    """
    draw_simplex(axes)
    z = numpy.asarray(logits, dtype=float)
    p = concepts.softmax(z)
    stepped = concepts.softmax(z - (p - numpy.eye(3)[target]))
    gradient = axes.plot(*arrow(CORNERS[target], on_simplex(p), 0.06).T, color=TWO)[0]
    after = start_ring(axes, *on_simplex(stepped), color=ONE)
    dots(axes, *on_simplex(p)[:, None], color=ONE, size=10, zorder=4)
    label(axes, on_simplex(p)[0], on_simplex(p)[1], "p", color=ONE, dx=-10)
    middle = (on_simplex(p) + 2 * CORNERS[target]) / 3
    label(axes, middle[0], middle[1], "p − y", color=TWO, dy=-12)
    label(
        axes,
        on_simplex(stepped)[0],
        on_simplex(stepped)[1],
        "after one step",
        color=ONE,
        dx=2,
        dy=16,
    )
    return gradient, after


def simplex_field(axes: Axes, target: int) -> list[Line2D]:
    """Draw the descent arrows y − p of the logits at many points p.

    Parameters
    ----------
    axes : Axes
    target : int
        The right class, counted from 0.
    """
    draw_simplex(axes)
    n = 8
    grid = [(i, j, n - i - j) for i in range(n + 1) for j in range(n + 1 - i)]
    drawn = []
    for counts in grid:
        p = (numpy.array(counts) + 0.4) / (n + 1.2)
        here = on_simplex(p)
        there = here + 0.13 * (CORNERS[target] - here)
        drawn.append(axes.plot(*arrow(here, there, 0.035).T, color=ONE, lw=1.4)[0])
    return drawn


# Descent


def descent_on_parabola(axes: Axes, rate: float) -> Line2D:
    """Draw steps of gradient descent on θ²/2.

    Parameters
    ----------
    axes : Axes
    rate : float
        The learning rate.

    Returns
    -------
    Line2D
        The path.
    """
    theta = 2.5 * (1 - rate) ** numpy.arange(7)
    grid = numpy.linspace(-5, 5, 101)
    curve(axes, "θ", f"loss, η = {rate:g}")
    axes.set(xlim=(-5, 5), ylim=(-0.5, 12.5), xticks=[-4, 0, 4], xticklabels=["−4", "0", "4"])
    axes.plot(grid, grid**2 / 2, color=MUTED, lw=1.5)
    path = axes.plot(theta, theta**2 / 2, color=ONE, lw=1.2, marker="o", ms=6)[0]
    start_ring(axes, theta[0], theta[0] ** 2 / 2)
    return path


def one_neuron_on_digits(
    axes: Sequence[Axes], ink: ArrayLike, is_one: ArrayLike, path: ArrayLike, *, weight: float
) -> tuple[Line2D, Line2D]:
    """Draw the zeros and ones with the learned curve, and the descent on the loss.

    Parameters
    ----------
    axes : two Axes
    ink : array_like (n,)
        The neuron's input, one a digit.
    is_one : array_like (n,)
        The labels.
    path : array_like (n_steps + 1,)
        The biases that the descent went through.
    weight : float
        The neuron's weight.

    Returns
    -------
    learned, descent : Line2D
    """
    x, y = numpy.asarray(ink, dtype=float), numpy.asarray(is_one, dtype=float)
    biases = numpy.asarray(path, dtype=float)
    data, losses = axes
    grid = numpy.linspace(0, 1, 101)
    jitter = numpy.random.default_rng(0).uniform(-0.06, 0.06, size=x.size)
    curve(data, "ink in the middle", "probability of a one")
    data.set(xlim=(-0.02, 1.02), ylim=(-0.1, 1.1), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    dots(data, x[::2], (y + jitter)[::2], color=INK, size=3.5, alpha=0.3)
    data.axvline(-biases[-1] / weight, color=MUTED, lw=1, ls=(0, (1, 3)))
    learned = data.plot(grid, concepts.sigmoid(weight * grid + biases[-1]), color=ONE)[0]
    label(data, 0.98, 0.86, "ones", color=INK, weight="normal", ha="right")
    label(data, 0.02, 0.14, "zeros", color=INK, weight="normal", ha="left")
    values = numpy.linspace(-9, 1, 101)

    def loss(bias: float) -> float:
        return float(concepts.binary_cross_entropy(weight * x + bias, y))

    curve(losses, "bias $b$", "loss")
    losses.set(xlim=(-9, 1), xticks=[-8, -6, -4, -2, 0])
    losses.set_xticklabels(["−8", "−6", "−4", "−2", "0"])
    losses.plot(values, [loss(b) for b in values], color=MUTED, lw=1.5)
    descent = losses.plot(biases, [loss(b) for b in biases], color=ONE, lw=1.2, marker="o", ms=6)[
        0
    ]
    start_ring(losses, biases[0], loss(biases[0]))
    return learned, descent
