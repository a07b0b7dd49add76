"""Surfaces over the plane with their exact gradients and Hessians: somewhere to descend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from explorable.checks import TEXT, Array, ArrayLike, array, checked, number, real_array, symmetric
from explorable.trace import program
from mathdl.equations import equation

PointFunction = Callable[[npt.ArrayLike], Array]
"""A function of points along the last axis, batched over all axes before it."""


class Window(NamedTuple):
    """The square part of a surface on which rules are compared.

    Attributes
    ----------
    center : tuple of float
        Its middle.
    reach : float
        Half its side. Starts stand on a grid that ends there.
    """

    center: tuple[float, float]
    reach: float

    def to_units(self, points: ArrayLike) -> Array:
        """Measure points (..., 2) from the middle, in half sides; they may be infinite or NaN."""
        places = _IN_THE_PLANE.look(points, "points", {}, {})
        with np.errstate(all="ignore"):
            return (places - np.array(self.center, places.dtype)) / self.reach

    def from_units(self, units: ArrayLike) -> Array:
        """Undo `to_units`."""
        measured = _IN_THE_PLANE.look(units, "units", {}, {})
        with np.errstate(all="ignore"):
            return np.array(self.center, measured.dtype) + self.reach * measured


_UNIT = Window((0.0, 0.0), 1.0)
_IN_THE_PLANE = array(..., 2, finite=False)


@dataclass(frozen=True, eq=False)
class Surface:
    """A differentiable function of points with its first two derivatives.

    The three functions take points of shape (..., d), the last axis holding one point. They
    accept infinite points, because a diverged descent is a result that one may want to look at,
    and never warn.

    Attributes
    ----------
    name : str
        What the surface is called.
    value : callable
        Points (..., d) to heights (...).
    gradient : callable
        Points (..., d) to gradients (..., d).
    hessian : callable
        Points (..., d) to symmetric matrices (..., d, d).
    minima : ndarray, shape (k, d)
        All local minima, the lowest first.
    bounds : ndarray, shape (d, 2)
        The part worth drawing: lower and upper end, axis by axis.
    label : str, default ""
        What a figure calls the surface.
    window : Window, default Window((0.0, 0.0), 1.0)
        Where rules are compared.
    softness : float, default 1
        Heights are drawn as ln(softness + height): below it they look flat.

    Examples
    --------
    >>> from mathdl.gradient_descent import SURFACES
    >>> rosenbrock = SURFACES["rosenbrock"]
    >>> rosenbrock.value([[1.0, 1.0], [-1.2, 1.0]]).round(6)
    array([ 0. , 24.2])
    >>> rosenbrock.gradient([-1.2, 1.0]).round(6)
    array([-215.6,  -88. ])
    """

    name: str
    value: PointFunction
    gradient: PointFunction
    hessian: PointFunction
    minima: Array
    bounds: Array
    label: str = ""
    window: Window = _UNIT
    softness: float = 1.0


def _of_points(name: str, dimension: int, function: Callable[[Array], Array]) -> PointFunction:
    """Let `function` take points in any nesting, refuse other dimensions, and never warn."""
    traced = program(function)

    @wraps(function)
    def checked(points: npt.ArrayLike) -> Array:
        array = real_array(points, "points")
        if array.ndim == 0 or array.shape[-1] != dimension:
            raise ValueError(
                f"{name} takes points of {dimension} coordinates along the last axis, "
                f"but their shape is {array.shape}."
            )
        with np.errstate(all="ignore"):
            return traced(array)

    return checked


def _constant(rows: npt.ArrayLike) -> Array:
    """Return a read-only float64 array."""
    array = real_array(rows, "rows").astype(np.float64)
    array.setflags(write=False)
    return array


Expression = Callable[[Array, Array], Array]
Expressions = Callable[[Array, Array], tuple[Any, ...]]


def _columns(points: Array) -> tuple[Array, Array]:
    """Return x and y apart; NumPy computes faster with numbers that lie side by side."""
    x, y = (points[..., axis].astype(points.dtype, order="C", copy=False) for axis in (0, 1))
    return x, y


def _side_by_side(columns: Sequence[Array], points: Array) -> Array:
    """Return columns, each of one coordinate, as an array of points; in memory they stay apart."""
    rows = np.array(columns, points.dtype)
    return rows.transpose(*range(1, rows.ndim), 0)


def _plane_surface(
    name: str,
    value: Expression,
    gradient: Expressions,
    hessian: Expressions,
    *,
    minima: npt.ArrayLike,
    bounds: npt.ArrayLike,
    label: str,
    window: Window,
    softness: float,
) -> Surface:
    """Build a surface over the plane from f, (f_x, f_y) and (f_xx, f_xy, f_yy) of x and y."""

    def value_of(points: Array) -> Array:
        return value(*_columns(points))

    def gradient_of(points: Array) -> Array:
        return _side_by_side(gradient(*_columns(points)), points)

    def hessian_of(points: Array) -> Array:
        entries = hessian(*_columns(points))
        f_xx, f_xy, f_yy = (entry + np.zeros_like(points[..., 0]) for entry in entries)
        rows = (_side_by_side(row, points) for row in ((f_xx, f_xy), (f_xy, f_yy)))
        return np.stack(tuple(rows), axis=-2)

    return Surface(
        name,
        _of_points(name, 2, value_of),
        _of_points(name, 2, gradient_of),
        _of_points(name, 2, hessian_of),
        _constant(np.reshape(minima, (-1, 2))),
        _constant(bounds),
        label,
        window,
        softness,
    )


@equation("gradient-descent-quadratic")
@checked(
    hessian=symmetric("d", positive=True), minimum=array("d", copy=True), name=TEXT, diverges=True
)
def quadratic(
    hessian: ArrayLike, minimum: ArrayLike | None = None, *, name: str = "quadratic"
) -> Surface:
    """Return the bowl ½ (θ − θ*)ᵀ H (θ − θ*) with a given Hessian and minimum.

    Parameters
    ----------
    hessian
        Symmetric, with positive eigenvalues.
    minimum
        The lowest point; the origin if omitted.
    name
        What to call the surface.

    Returns
    -------
    Surface
        With bounds at which each coordinate alone would raise the value to 2.

    Examples
    --------
    >>> bowl = quadratic([[2.0, 0.0], [0.0, 6.0]], [1.0, 0.0])
    >>> bowl.value([2.0, 1.0]).item(), bowl.gradient([2.0, 1.0])
    (4.0, array([2., 6.]))
    """
    curvature, size = hessian.copy(), len(hessian)
    lowest = np.zeros(size) if minimum is None else minimum

    def gradient_of(points: Array) -> Array:
        # A sum of products instead of a matrix product, in the order of the coordinates, so that
        # one batched start is rounded exactly as it would be alone.
        products = np.multiply((points - lowest)[..., None, :], curvature, order="C")
        slope: Array = products.sum(axis=-1)
        return slope.astype(points.dtype)

    def value_of(points: Array) -> Array:
        products = np.multiply(points - lowest, gradient_of(points), order="C")
        height: Array = products.sum(axis=-1) / 2
        return height.astype(points.dtype)

    def hessian_of(points: Array) -> Array:
        return (curvature + np.zeros_like(points)[..., None]).astype(points.dtype)

    reach = 2 / np.sqrt(np.diag(curvature))
    return Surface(
        name,
        _of_points(name, size, value_of),
        _of_points(name, size, gradient_of),
        _of_points(name, size, hessian_of),
        _constant(lowest[None]),
        _constant(np.stack([lowest - reach, lowest + reach], axis=1)),
        label=name,
    )


@checked(condition_number=number("[1, 1e+12]"), angle=number(), diverges=True)
def ill_conditioned(condition_number: float = 20.0, *, angle: float = 0.0) -> Surface:
    """Return the quadratic with curvature 1 along one axis and κ along the other.

    Parameters
    ----------
    condition_number
        Largest over smallest curvature, κ; beyond 10¹² the smallest would drown in round-off.
    angle
        By how much the gentle axis is turned away from the first coordinate axis, in radians,
        counter-clockwise.

    Returns
    -------
    Surface
        Called "ravine", with its minimum at the origin.

    Examples
    --------
    >>> ill_conditioned(10.0).hessian([0.0, 0.0])
    array([[ 1.,  0.],
           [ 0., 10.]])
    """
    axes = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    bowl = quadratic(axes * np.stack([1.0, condition_number]) @ axes.T, name="ravine")
    return replace(
        bowl,
        bounds=_constant([[-4.0, 4.0], [-2.0, 2.0]]),
        label=f"ravine, κ = {condition_number:g}",
        window=Window((0.0, 0.0), 4.0),
        softness=2.0,
    )


def _rosenbrock() -> Surface:
    """Return Rosenbrock's curved valley, slow to follow (rosenbrock1960automatic)."""
    return _plane_surface(
        "rosenbrock",
        lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
        lambda x, y: (-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)),
        lambda x, y: (2 - 400 * (y - 3 * x**2), -400 * x, 200.0),
        minima=[1.0, 1.0],
        bounds=[[-2.0, 2.0], [-1.0, 3.0]],
        label="Rosenbrock",
        window=Window((0.0, 1.0), 2.0),
        softness=0.5,
    )


def _himmelblau() -> Surface:
    """Return Himmelblau's four minima of height 0 (himmelblau1972applied)."""

    def parts(x: Array, y: Array) -> tuple[Array, Array]:
        return x**2 + y - 11, x + y**2 - 7

    def value(x: Array, y: Array) -> Array:
        u, v = parts(x, y)
        return u**2 + v**2

    def gradient(x: Array, y: Array) -> tuple[Array, ...]:
        u, v = parts(x, y)
        return 4 * x * u + 2 * v, 2 * u + 4 * y * v

    def hessian(x: Array, y: Array) -> tuple[Array, ...]:
        u, v = parts(x, y)
        return 4 * u + 8 * x**2 + 2, 4 * (x + y), 4 * v + 8 * y**2 + 2

    return _plane_surface(
        "himmelblau",
        value,
        gradient,
        hessian,
        minima=[
            [3.0, 2.0],
            [-2.805118086952745, 3.131312518250573],
            [-3.779310253377747, -3.283185991286170],
            [3.584428340330492, -1.848126526964404],
        ],
        bounds=[[-5.0, 5.0], [-5.0, 5.0]],
        label="Himmelblau",
        window=Window((0.0, 0.0), 5.0),
        softness=10.0,
    )


def _beale() -> Surface:
    """Return Beale's plateau with steep corners (more1981testing, problem 5)."""

    def slopes(y: Array) -> tuple[Array, ...]:
        # Products instead of y**3: NumPy's general power takes ten times as long.
        y2 = y * y
        return y - 1, y2 - 1, y2 * y - 1

    def value(x: Array, y: Array) -> Array:
        a, b, c = slopes(y)
        return (1.5 + x * a) ** 2 + (2.25 + x * b) ** 2 + (2.625 + x * c) ** 2

    def gradient(x: Array, y: Array) -> tuple[Array, ...]:
        a, b, c = slopes(y)
        p, q, r = 1.5 + x * a, 2.25 + x * b, 2.625 + x * c
        return 2 * (p * a + q * b + r * c), 2 * x * (p + y * (2 * q + 3 * y * r))

    def hessian(x: Array, y: Array) -> tuple[Array, ...]:
        a, b, c = slopes(y)
        p, q, r = 1.5 + x * a, 2.25 + x * b, 2.625 + x * c
        p_y, q_y, r_y = x, 2 * x * y, 3 * x * y * y
        f_xx = 2 * (a * a + b * b + c * c)
        f_xy = 2 * (a * p_y + b * q_y + c * r_y + p + y * (2 * q + 3 * y * r))
        f_yy = 2 * (p_y * p_y + q_y * q_y + r_y * r_y + 2 * x * q + 6 * x * y * r)
        return f_xx, f_xy, f_yy

    return _plane_surface(
        "beale",
        value,
        gradient,
        hessian,
        minima=[3.0, 0.5],
        bounds=[[-4.5, 4.5], [-4.5, 4.5]],
        label="Beale",
        window=Window((0.0, 0.0), 4.0),
        softness=0.5,
    )


def _saddle() -> Surface:
    """Return a saddle with curvatures 1 and −1 at the origin, between two minima of height 0.

    f = ½ x² + ¼ (y² − 1)². Along y = 0 a descent finds the saddle point and stays.
    """
    return _plane_surface(
        "saddle",
        lambda x, y: x**2 / 2 + (y**2 - 1) ** 2 / 4,
        lambda x, y: (x, y * (y**2 - 1)),
        lambda x, y: (1.0, 0.0, 3 * y**2 - 1),
        minima=[[0.0, 1.0], [0.0, -1.0]],
        bounds=[[-2.0, 2.0], [-1.75, 1.75]],
        label="saddle",
        window=Window((0.0, 0.0), 2.0),
        softness=0.2,
    )


SURFACES: dict[str, Surface] = {
    surface.name: surface
    for surface in (ill_conditioned(), _rosenbrock(), _himmelblau(), _beale(), _saddle())
}
"""The surfaces by name; `ill_conditioned` makes others of its kind."""
