"""ReLU networks of one input: hats on an interval, and what depth does to the number of pieces."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    a_function,
    all_finite,
    as_array,
    finite_array,
    finite_number,
    nonnegative_number,
    number_between,
    positive_number,
    probabilities,
    random_generator,
    refuses_overflow,
    require_room,
    whole_number,
)
from mathdl.forward import Layer, check_layers, forward_unchecked

RealFunction = Callable[[Array], Array]


class Target(NamedTuple):
    """A function on [0, 1] to approximate, with the largest |f″| (infinite if there is none)."""

    function: RealFunction
    curvature: float


TARGETS: dict[str, Target] = {
    "one wave": Target(lambda x: np.sin(2 * np.pi * x), (2 * math.pi) ** 2),
    "eight waves": Target(lambda x: np.sin(16 * np.pi * x), (16 * math.pi) ** 2),
    "peak": Target(lambda x: 1 / (1 + 100 * (x - 0.5) ** 2), 200.0),
    "corner": Target(lambda x: np.abs(3 * x - 1) - 1, math.inf),
    "root": Target(np.sqrt, math.inf),
}
"""Functions on [0, 1]: three with a second derivative everywhere, two without."""


def hat_network(knots: npt.ArrayLike, values: npt.ArrayLike) -> list[Layer]:
    """Build the one-hidden-layer ReLU network that runs through given points.

    Parameters
    ----------
    knots : array_like (n_knots,)
        Increasing abscissas, at least two.
    values : array_like (n_knots,)
        The wanted values there.

    Returns
    -------
    list of Layer
        n_knots − 1 hidden units and one output. Between knots the network is linear; left of the
        first it stays constant, right of the last it goes on with the last slope.

    Raises
    ------
    ValueError
        If there are fewer than two knots, they do not increase, or the values do not fit them.

    Notes
    -----
    f(x) = v₀ + Σᵢ (mᵢ − mᵢ₋₁) relu(x − tᵢ), with mᵢ the slope to the right of tᵢ and m₋₁ = 0.

    Examples
    --------
    >>> network = hat_network([0, 1, 2], [0, 1, 0])
    >>> forward_unchecked(network, np.array([[0.5], [1.0], [1.5]])).output.ravel()
    array([0.5, 1. , 0.5])
    """
    t = finite_array(knots, "knots", ("n_knots",))
    v = finite_array(values, "values", (len(t),))
    if len(t) < 2 or not (t[1:] > t[:-1]).all():
        raise ValueError("knots must be at least two numbers that increase from one to the next.")
    bends = _bends(t, v)
    hidden = Layer(np.ones((len(bends), 1), bends.dtype), -t[:-1], "relu")
    return [hidden, Layer(bends[None], v[:1])]


@refuses_overflow
def _bends(knots: Array, values: Array) -> Array:
    """Return by how much the slope of the interpolant changes at each knot but the last."""
    slopes = np.diff(values) / np.diff(knots)
    return np.diff(slopes, prepend=slopes.dtype.type(0))


@refuses_overflow
def sup_error(
    layers: Sequence[Layer],
    function: RealFunction,
    *,
    lower: float = 0.0,
    upper: float = 1.0,
    n_points: int = 10_241,
) -> float:
    """Measure the largest distance between a network and a function on an interval.

    Parameters
    ----------
    layers : list of Layer
        A network with one input and one output.
    function : callable
        Takes an array and returns one of the same shape.
    lower, upper : float, default 0 and 1
        The interval.
    n_points : int, default 10241
        How many evenly spaced points to look at, both ends among them, so the result can fall
        short of the supremum.

    Returns
    -------
    float
        The largest distance seen.

    Raises
    ------
    ValueError
        If the network has more inputs or outputs, the function's values do not fit, upper does
        not exceed lower, or there are fewer than two points.
    """
    _one_to_one(layers)
    low, high = interval(lower, upper)
    n = whole_number(n_points, "n_points", 2)
    require_room(n * max(len(layer.bias) for layer in layers), "n_points and layers")
    x = np.linspace(low, high, n)[:, None]
    a_function(function, "function")
    wanted = finite_array(function(x), "function(x)", x.shape)
    return float(np.abs(forward_unchecked(layers, x).output - wanted).max())


def interpolation_bound(spacing: float, curvature: float) -> float:
    """Bound the error of linear interpolation.

    Parameters
    ----------
    spacing : float
        Largest distance h of neighbouring knots, greater than 0.
    curvature : float
        Largest |f″| between them, at least 0. Infinity is allowed: then nothing is promised.

    Returns
    -------
    float
        h²·max|f″|/8.

    Raises
    ------
    ValueError
        If the spacing is not a positive number, or the curvature is negative or NaN.

    References
    ----------
    deboor2001practical, chapter III.

    Examples
    --------
    >>> round(interpolation_bound(1 / 64, TARGETS["one wave"].curvature), 6)
    0.001205
    """
    h, bend = positive_number(spacing, "spacing"), _curvature(curvature)
    bound = h * h * bend / 8
    if math.isinf(bound) and not math.isinf(bend):
        raise ValueError(f"spacing must be smaller for such a curvature, but is {h:g}.")
    return bound


@refuses_overflow
def hats_needed(tolerance: float, curvature: float, length: float = 1.0) -> int:
    """Count the hidden units with which the bound meets a tolerance.

    Parameters
    ----------
    tolerance : float
        Allowed error, greater than 0.
    curvature : float
        Largest |f″|, finite and at least 0.
    length : float, default 1
        Length of the interval, greater than 0.

    Returns
    -------
    int
        The smallest n with (length/n)²·curvature/8 ≤ tolerance, at least 1.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> hats_needed(0.01, TARGETS["one wave"].curvature)
    23
    """
    allowed = positive_number(tolerance, "tolerance")
    bend = _curvature(finite_number(curvature, "curvature"))
    n = positive_number(length, "length") * math.sqrt(bend / (8 * allowed))
    return max(1, math.ceil(n - 1e-9))


def _curvature(value: Any) -> float:
    if isinstance(value, (float, np.floating)) and value == math.inf:
        return math.inf
    return nonnegative_number(value, "curvature")


def tent(x: npt.ArrayLike) -> Array:
    """Fold the unit interval: up to 1 in the middle, back to 0.

    Parameters
    ----------
    x : array_like
        Numbers from 0 to 1.

    Returns
    -------
    ndarray
        2x up to ½, 2 − 2x beyond.

    Raises
    ------
    ValueError
        If a number is outside [0, 1].

    Examples
    --------
    >>> tent([0, 0.25, 0.5, 0.75, 1])
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    raw = as_array(x, "x")
    inside = probabilities(raw, "x", tuple(f"n{axis}" for axis in range(raw.ndim)))
    return 1 - np.abs(2 * inside - 1)


def tent_network(depth: int) -> list[Layer]:
    """Build the network that composes the tent map with itself.

    Parameters
    ----------
    depth : int
        How many tents, at least 1; at most 50, where the pieces reach the grain of float64.

    Returns
    -------
    list of Layer
        As many hidden layers of two ReLU units, and one output: 2·depth + 1 units.

    Raises
    ------
    ValueError
        If the depth is not an integer from 1 to 50.

    References
    ----------
    telgarsky2016benefits, lemmas 3.10 and 3.11.

    Examples
    --------
    >>> forward_unchecked(tent_network(2), np.array([[0.25], [0.5]])).output.ravel()
    array([1., 0.])
    """
    n = whole_number(depth, "depth")
    number_between(n, "depth", 1, 50)
    bias = np.array([0.0, -0.5])
    first = Layer(np.ones((2, 1)), bias, "relu")
    later = Layer(np.array([[2.0, -4.0], [2.0, -4.0]]), bias, "relu")
    return [first, *[later] * (n - 1), Layer(np.array([[2.0, -4.0]]), np.zeros(1))]


@refuses_overflow
def linear_pieces(layers: Sequence[Layer], lower: float = 0.0, upper: float = 1.0) -> Array:
    """Find the pieces on which a ReLU network of one input is linear.

    Parameters
    ----------
    layers : list of Layer
        One input, one output; activations ``"relu"`` and ``"identity"`` only.
    lower, upper : float, default 0 and 1
        The interval to look at.

    Returns
    -------
    ndarray (n_pieces + 1,)
        The ends of the pieces, from lower to upper. Neighbouring pieces differ in slope.

    Raises
    ------
    ValueError
        If the network is another one, or upper does not exceed lower.

    Notes
    -----
    Between two known ends every unit's preactivation is affine, so a ReLU adds at most one end
    there, where the preactivation is zero. Layer by layer this finds every end; ends at which
    the output's slope does not change are dropped. Exact up to round-off.

    Examples
    --------
    >>> linear_pieces(tent_network(2))
    array([0.  , 0.25, 0.5 , 0.75, 1.  ])
    """
    _one_to_one(layers)
    check_piecewise_linear(layers)
    x = np.array(interval(lower, upper))
    values = x[:, None]
    for layer in layers:
        z = values @ layer.weights.T + layer.bias
        if not all_finite(z):
            raise ValueError("layers must not be so large that the network's values overflow.")
        if layer.activation == "relu":
            zeros = _zeros_between(x, z)
            finer = np.union1d(x, zeros)
            z = np.stack([np.interp(finer, x, unit) for unit in z.T], axis=1)
            x, values = finer, np.maximum(z, 0)
        else:
            values = z
    slopes = np.diff(values[:, 0]) / np.diff(x)
    turns = np.abs(np.diff(slopes)) > 1e-9 * np.abs(slopes).max()
    return np.concatenate([x[:1], x[1:-1][turns], x[-1:]])


def _zeros_between(x: Array, z: Array) -> Array:
    tiny = 1e-12 * np.abs(z).max()
    left, right = z[:-1], z[1:]
    gap, unit = np.nonzero((np.minimum(left, right) < -tiny) & (np.maximum(left, right) > tiny))
    share = left[gap, unit] / (left[gap, unit] - right[gap, unit])
    return x[gap] + share * (x[gap + 1] - x[gap])


def shallow_units_needed(depth: int) -> int:
    """Count the hidden units that one layer needs for what the tent network does.

    Parameters
    ----------
    depth : int
        How many tents are composed, at least 1.

    Returns
    -------
    int
        2^depth − 1: with fewer, one hidden layer is off by at least ½ somewhere.

    Raises
    ------
    ValueError
        If the depth is not a positive integer.

    Examples
    --------
    >>> shallow_units_needed(10)
    1023
    """
    return (1 << whole_number(depth, "depth")) - 1


def spread_network(n_units: int, *, rng: np.random.Generator) -> list[Layer]:
    """Draw a one-hidden-layer ReLU network whose knots are spread over [0, 1].

    Parameters
    ----------
    n_units : int
        Hidden units, at least 1.
    rng : numpy.random.Generator
        The source of randomness.

    Returns
    -------
    list of Layer
        Input weights normal with variance 2 (He's rule for one input), each bias such that its
        unit opens at a point drawn evenly from [0, 1]; output weights normal with variance
        1/n_units.

    Raises
    ------
    ValueError
        If the number is not a positive integer or rng is not a generator.
    """
    n = whole_number(n_units, "n_units")
    random_generator(rng)
    weights = math.sqrt(2) * rng.standard_normal((n, 1))
    bias = -weights[:, 0] * rng.uniform(size=n)
    output = rng.standard_normal((1, n)) / math.sqrt(n)
    return [Layer(weights, bias, "relu"), Layer(output, np.zeros(1))]


def interval(lower: float, upper: float) -> tuple[float, float]:
    """Return both ends of an interval that is not empty."""
    low, high = finite_number(lower, "lower"), finite_number(upper, "upper")
    if high <= low:
        raise ValueError(f"upper must exceed lower, but they are {high:g} and {low:g}.")
    return low, high


def _one_to_one(layers: Sequence[Layer]) -> None:
    check_layers(layers)
    n_in, n_out = layers[0].weights.shape[1], layers[-1].weights.shape[0]
    if (n_in, n_out) != (1, 1):
        raise ValueError(
            f"layers must have one input and one output, but have {n_in} and {n_out}."
        )


def check_piecewise_linear(layers: Sequence[Layer]) -> None:
    """Refuse a network that is not made of straight pieces."""
    check_layers(layers)
    for layer in layers:
        if layer.activation not in ("relu", "identity"):
            raise ValueError(
                f"layers must be piecewise linear (relu or identity), "
                f"but one of them uses {layer.activation}."
            )
