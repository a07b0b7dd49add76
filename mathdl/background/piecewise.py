"""ReLU networks of one input: hats on an interval, and what depth does to the number of pieces."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from explorable.checks import (
    FUNCTION,
    GENERATOR,
    Array,
    ArrayLike,
    Check,
    Given,
    Lengths,
    all_finite,
    array,
    checked,
    finite_array,
    number,
    number_in,
    require_room,
    whole,
)
from mathdl.equations import equation, source
from mathdl.forward import NETWORK, Layer, check_layers, forward

__all__ = [
    "TARGETS",
    "Target",
    "hat_network",
    "hats_needed",
    "interpolation_bound",
    "linear_pieces",
    "shallow_units_needed",
    "spread_network",
    "sup_error",
    "tent",
    "tent_network",
    "tent_preimages",
]

_MANY_PIECES = 2 * 10**6  # with more, the next layer would take seconds

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


def _one_to_one(value: Any, name: str, given: Given, lengths: Lengths) -> Sequence[Layer]:
    layers: Sequence[Layer] = NETWORK.look(value, name, given, lengths)
    n_in, n_out = lengths["n_in"], lengths["n_out"]
    if (n_in, n_out) != (1, 1):
        raise ValueError(
            f"{name} must have one input and one output, but have {n_in} and {n_out}."
        )
    return layers


ONE_TO_ONE = Check(_one_to_one, "sequence of Layer")
"""Asks at the door for a network with one input and one output."""


@equation("background-hat", "background-hat-network")
@checked(
    knots=array("n_knots"),
    values=array("n_knots"),
    refuses="there are fewer than two knots, or they do not increase",
)
def hat_network(knots: ArrayLike, values: ArrayLike) -> list[Layer]:
    """Build the one-hidden-layer ReLU network that runs through given points.

    Parameters
    ----------
    knots
        Increasing abscissas, at least two.
    values
        The wanted values there.

    Returns
    -------
    list of Layer
        n_knots − 1 hidden units and one output. Between knots the network is linear; left of the
        first it stays constant, right of the last it goes on with the last slope.

    Notes
    -----
    f(x) = v₀ + Σᵢ (mᵢ − mᵢ₋₁) relu(x − tᵢ), with mᵢ the slope to the right of tᵢ and m₋₁ = 0.

    Examples
    --------
    >>> network = hat_network([0, 1, 2], [0, 1, 0])
    >>> forward(network, np.array([[0.5], [1.0], [1.5]])).output.ravel()
    array([0.5, 1. , 0.5])
    """
    if len(knots) < 2 or not (knots[1:] > knots[:-1]).all():
        raise ValueError("knots must be at least two numbers that increase from one to the next.")
    slopes = np.diff(values) / np.diff(knots)
    bends = np.diff(slopes, prepend=slopes.dtype.type(0))
    if not all_finite(bends):
        raise ValueError("knots and values must not be so large or so close that slopes overflow.")
    hidden = Layer(np.ones((len(bends), 1), bends.dtype), -knots[:-1], "relu")
    return [hidden, Layer(bends[None], values[:1])]


@checked(
    layers=ONE_TO_ONE,
    n_points=whole(2),
    function=FUNCTION,
    refuses="the network has more inputs or outputs, or the function's values do not fit",
)
def sup_error(layers: Sequence[Layer], function: RealFunction, *, n_points: int = 12_289) -> float:
    """Measure the largest distance between a network and a function on [0, 1].

    Parameters
    ----------
    layers
        A network with one input and one output.
    function
        Takes an array and returns one of the same shape.
    n_points
        How many evenly spaced points to look at, both ends among them, so the result can fall
        short of the supremum. The default holds the multiples of ⅓ and of 1/4096.

    Returns
    -------
    float
        The largest distance seen.

    Examples
    --------
    >>> network = hat_network([0, 0.5, 1], [0, 0.25, 1])  # x² at three knots
    >>> sup_error(network, lambda x: x**2, n_points=9)
    0.0625
    """
    require_room(n_points * max(len(layer.bias) for layer in layers), "n_points and layers")
    x = np.linspace(0, 1, n_points)[:, None]
    wanted = finite_array(function(x), "function(x)", x.shape)
    return np.abs(forward.plain(layers, x).output - wanted).max().item()


@equation("background-bound")
@source("deboor2001practical, chapter III.")
@checked(spacing=number("(0, inf)"), diverges=True, refuses="the curvature is negative or NaN")
def interpolation_bound(spacing: float, curvature: float) -> float:
    """Bound the error of linear interpolation by δ²·max|f″|/8.

    Parameters
    ----------
    spacing
        Largest distance δ of neighbouring knots.
    curvature : float
        Largest |f″| between them, at least 0. Infinity is allowed: then nothing is promised.

    Returns
    -------
    float
        δ²·max|f″|/8.

    Examples
    --------
    >>> round(interpolation_bound(1 / 64, TARGETS["one wave"].curvature), 6)
    0.001205
    """
    bend = _curvature(curvature)
    bound = spacing * (spacing * bend) / 8
    if np.isinf(bound) and not np.isinf(bend):
        raise ValueError(f"spacing must be smaller for such a curvature, but is {spacing:g}.")
    return bound


@equation("background-hats-needed")
@checked(tolerance=number("(0, inf)"), curvature=number("[0, inf)"))
def hats_needed(tolerance: float, curvature: float) -> int:
    """Count the hidden units with which the bound meets a tolerance on [0, 1].

    Parameters
    ----------
    tolerance
        Allowed error.
    curvature
        Largest |f″|.

    Returns
    -------
    int
        The smallest n with curvature/(8n²) ≤ tolerance, at least 1.

    Examples
    --------
    >>> hats_needed(0.01, TARGETS["one wave"].curvature)
    23
    """
    n = math.sqrt(curvature / (8 * tolerance))
    return max(1, math.ceil(n - 1e-9))


def _curvature(value: Any) -> float:
    if isinstance(value, (float, np.floating)) and value == math.inf:
        return math.inf
    return number_in(value, "curvature", "[0, inf)")


@equation("background-tent")
@checked(x=array(within="[0, 1]", booleans=True))
def tent(x: ArrayLike) -> Array:
    """Fold the unit interval: 2x up to ½, 2 − 2x beyond.

    Parameters
    ----------
    x
        Places.

    Returns
    -------
    ndarray
        2x up to ½, 2 − 2x beyond.

    Examples
    --------
    >>> tent([0, 0.25, 0.5, 0.75, 1])
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    return 1 - np.abs(2 * x - 1)


@checked(height=number("(0, 1)"), depth=whole(at_most=20))
def tent_preimages(height: float, depth: int) -> Array:
    """Find where the composed tent map has a given height.

    Parameters
    ----------
    height
        What it shall be.
    depth
        How many tents are composed.

    Returns
    -------
    ndarray (2**depth,)
        The places, increasing, one on each piece.

    Examples
    --------
    >>> tent_preimages(0.5, 2)
    array([0.125, 0.375, 0.625, 0.875])
    """
    places = np.stack([height])
    for _ in range(depth):
        places = np.concatenate([places / 2, 1 - places[::-1] / 2])
    return places


@equation("background-tent-pieces")
@source("telgarsky2016benefits, lemmas 3.10 and 3.11.")
@checked(depth=whole(at_most=50))
def tent_network(depth: int) -> list[Layer]:
    """Build the network that composes the tent map with itself.

    Parameters
    ----------
    depth
        How many tents; with 50 the pieces reach the grain of float64.

    Returns
    -------
    list of Layer
        As many hidden layers of two ReLU units, and one output: 2·depth + 1 units.

    Examples
    --------
    >>> forward(tent_network(2), np.array([[0.25], [0.5]])).output.ravel()
    array([1., 0.])
    """
    bias = np.array([0.0, -0.5])
    first = Layer(np.ones((2, 1)), bias, "relu")
    later = Layer(np.array([[2.0, -4.0], [2.0, -4.0]]), bias, "relu")
    return [first, *[later] * (depth - 1), Layer(np.array([[2.0, -4.0]]), np.zeros(1))]


@checked(
    layers=ONE_TO_ONE,
    lower=number(),
    upper=number(),
    refuses="the network is another one, or upper does not exceed lower",
)
def linear_pieces(layers: Sequence[Layer], lower: float = 0.0, upper: float = 1.0) -> Array:
    """Find the pieces on which a ReLU network of one input is linear.

    Parameters
    ----------
    layers
        One input, one output; activations ``"relu"`` and ``"identity"`` only.
    lower, upper
        The interval to look at.

    Returns
    -------
    ndarray (n_pieces + 1,)
        The ends of the pieces, from lower to upper. Neighbouring pieces differ in slope.

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
    check_piecewise_linear(layers)
    require_order(lower, upper)
    x = np.array([lower, upper])
    values = x[:, None]
    for layer in layers:
        z = values @ layer.weights.T + layer.bias
        if not all_finite(z):
            raise ValueError("layers must not be so large that the network's values overflow.")
        if layer.activation == "relu":
            zeros = _zeros_between(x, z)
            finer = np.union1d(x, zeros)
            if len(finer) > _MANY_PIECES:
                raise ValueError("layers must not make more than 2,000,000 pieces.")
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


@equation("background-shallow-bound")
@checked(depth=whole())
def shallow_units_needed(depth: int) -> int:
    """Count the hidden units that one layer needs for what the tent network does.

    Parameters
    ----------
    depth
        How many tents are composed.

    Returns
    -------
    int
        2^depth − 1: with fewer, one hidden layer is off by at least ½ somewhere.

    Examples
    --------
    >>> shallow_units_needed(10)
    1023
    """
    return (1 << depth) - 1


@checked(n_units=whole(), rng=GENERATOR)
def spread_network(n_units: int, *, rng: np.random.Generator) -> list[Layer]:
    """Draw a one-hidden-layer ReLU network whose knots are spread over [0, 1].

    Parameters
    ----------
    n_units
        Hidden units.
    rng
        The source of randomness.

    Returns
    -------
    list of Layer
        Input weights normal with variance 2 (He's rule for one input), each bias such that its
        unit opens at a point drawn uniformly from [0, 1]; output weights normal with variance
        1/n_units.

    Examples
    --------
    >>> hidden, output = spread_network(3, rng=np.random.default_rng(0))
    >>> knots = -hidden.bias / hidden.weights[:, 0]
    >>> bool(((knots >= 0) & (knots <= 1)).all())
    True
    """
    weights = math.sqrt(2) * rng.standard_normal((n_units, 1))
    bias = -weights[:, 0] * rng.uniform(size=n_units)
    output = rng.standard_normal((1, n_units)) / math.sqrt(n_units)
    return [Layer(weights, bias, "relu"), Layer(output, np.zeros(1))]


def require_order(lower: float, upper: float) -> None:
    """Refuse an interval that is empty."""
    if upper <= lower:
        raise ValueError(f"upper must exceed lower, but they are {upper:g} and {lower:g}.")


def check_piecewise_linear(layers: Sequence[Layer]) -> None:
    """Refuse a network that is not made of straight pieces.

    Examples
    --------
    >>> check_piecewise_linear([Layer([[1.0], [2.0]], [0, 1], "relu"), Layer([[1.0, 1.0]], [0])])
    >>> check_piecewise_linear([Layer([[1.0]], [0.0], "tanh")])
    Traceback (most recent call last):
    ...
    ValueError: layers must be piecewise linear (relu or identity), but one of them uses tanh.
    """
    check_layers(layers)
    for layer in layers:
        if layer.activation not in ("relu", "identity"):
            raise ValueError(
                f"layers must be piecewise linear (relu or identity), "
                f"but one of them uses {layer.activation}."
            )
