"""How large the numbers in a deep network are, layer by layer, before it has learned anything.

A network of random weights is described by one number, its *gain*: the variance of a weight times
the number of inputs of its neuron. The gain decides whether activations, on their way forward,
and gradients, on their way back, keep their size.
"""

import functools
import itertools
import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from explorable.checks import (
    GENERATOR,
    Array,
    ArrayLike,
    array,
    checked,
    number,
    one_of,
    require_room,
    whole,
)
from mathdl.concepts import ACTIVATIONS
from mathdl.equations import equation, source
from mathdl.forward import NETWORK, Layer, forward

__all__ = [
    "Signals",
    "gaussian_mean_squares",
    "measured_differences",
    "measured_signals",
    "predicted_differences",
    "predicted_signals",
    "random_network",
]


class Signals(NamedTuple):
    """Mean squares, each of shape (depth + 1,): entry l belongs to the output of layer l.

    Entry 0 belongs to the network's input.
    """

    activations: Array
    gradients: Array


@checked(
    depth=whole(),
    width=whole(),
    gain=number("(0, inf)"),
    activation=one_of(ACTIVATIONS),
    rng=GENERATOR,
)
def random_network(
    depth: int, width: int, *, gain: float, activation: str = "relu", rng: np.random.Generator
) -> list[Layer]:
    """Draw a network of equally wide layers without biases.

    Parameters
    ----------
    depth
        Number of layers.
    width
        Neurons of every layer, and numbers in an input.
    gain
        Variance of a weight times ``width``: 2 is He's choice, 1 Glorot's.
    activation
        The same for all layers.
    rng
        Where the weights come from; they are Gaussian.

    Returns
    -------
    list of Layer
        The network.

    Examples
    --------
    >>> layers = random_network(3, 8, gain=2, rng=np.random.default_rng(0))
    >>> [layer.weights.shape for layer in layers]
    [(8, 8), (8, 8), (8, 8)]
    """
    require_room(depth * (width**2 + 100), "depth and width")  # a layer itself takes some too
    scale = math.sqrt(gain / width)
    return [
        Layer(scale * rng.standard_normal((width, width)), np.zeros(width), activation)
        for _ in range(depth)
    ]


@equation("forward-chain")
@checked(layers=NETWORK, x=array("n_samples", "n_in"), upstream=array("n_samples", "n_out"))
def measured_signals(layers: Sequence[Layer], x: ArrayLike, upstream: ArrayLike) -> Signals:
    """Measure the size of activations and gradients in a network, layer by layer.

    Parameters
    ----------
    layers
        The network.
    x
        What goes in.
    upstream
        Gradient of some loss with respect to the network's output.

    Returns
    -------
    Signals
        Mean squares over samples and neurons; the gradients are those of the loss with respect
        to each layer's output.

    Examples
    --------
    >>> layer = Layer(np.array([[3.0, 4]]), np.zeros(1), "relu")
    >>> measured_signals([layer], [[1, 1]], [[1]])
    Signals(activations=array([ 1., 49.]), gradients=array([12.5,  1. ]))
    """
    passed, gradient = forward.plain(layers, x), upstream
    activations = [np.mean(a**2) for a in (*passed.inputs, passed.output)]
    gradients = [np.mean(gradient**2)]
    for layer, z in zip(reversed(layers), reversed(passed.preactivations), strict=True):
        gradient = (gradient * ACTIVATIONS[layer.activation].derivative.plain(z)) @ layer.weights
        gradients.append(np.mean(gradient**2))
    return Signals(np.array(activations), np.array(gradients[::-1]))


@equation("forward-half")
@checked(activation=one_of(ACTIVATIONS), variance=number("(0, inf)"))
def gaussian_mean_squares(activation: str, variance: float) -> tuple[float, float]:
    """Return E[f(z)²] and E[f′(z)²] of an activation and its slope when z is Gaussian.

    Parameters
    ----------
    activation
    variance
        Variance of the preactivation z, whose mean is 0.

    Returns
    -------
    activation_mean_square, slope_mean_square : float
        E[f(z)²] and E[f′(z)²].

    Notes
    -----
    A sum over 600 values of z, dense near 0, where the slopes of a sigmoid or tanh make a narrow
    peak when the variance is large; right to ten digits for variances up to 10⁶. The values lie
    symmetrically about 0: exact for ReLU.

    Examples
    --------
    >>> value, slope = gaussian_mean_squares("relu", 3.0)
    >>> round(value, 10), round(slope, 10)
    (1.5, 0.5)
    """
    f, q = ACTIVATIONS[activation], np.array(variance)
    value = gaussian_mean_square(f.function.plain, q)
    return value.item(), gaussian_mean_square(f.derivative.plain, q).item()


def gaussian_mean_square(function: Callable[[Array], Array], variances: Array) -> Array:
    """Return E[f(z)²] for Gaussian z of mean 0, one for each of several variances, unchecked."""
    xi, weights = _normal_quadrature()
    z = np.sqrt(variances)[..., np.newaxis] * xi
    return np.asarray(function(z) ** 2 @ weights)


@functools.cache
def _normal_quadrature(half: int = 300) -> tuple[Array, Array]:
    """Return values of a standard normal variable, 2·half of them, and how much each counts.

    The midpoint rule in t with ξ = sinh(t)/1000, up to |ξ| = 12: an integrand that is smooth in
    ξ, or has its kink at 0, is smooth in t, and peaks down to a width of 1/1000 are seen.
    """
    t = (np.arange(-half, half) + 0.5) * (math.asinh(12_000) / half)
    xi = np.sinh(t) / 1000
    weights = np.cosh(t) * np.exp(-(xi**2) / 2)
    return xi, weights / weights.sum()


@equation("forward-variance", "forward-recursion", "forward-gradient", "forward-mean-field")
@source("glorot2010understanding, eqs. 5 and 6; he2015delving, eqs. 7 and 13.")
@checked(
    activation=one_of(ACTIVATIONS),
    gain=number("(0, inf)"),
    depth=whole(at_most=10**5),
    refuses="the gain is so small that signals vanish",
)
def predicted_signals(activation: str, *, gain: float, depth: int) -> Signals:
    """Predict the size of activations and gradients in a wide random network.

    Parameters
    ----------
    activation
        The same for all layers.
    gain
        Variance of a weight times the number of inputs.
    depth
        Number of layers, all equally wide.

    Returns
    -------
    Signals
        Mean squares, 1 at the input for the activations and 1 at the output for the gradients.

    Notes
    -----
    With q_0 = 1 and ξ standard normal, ``q_l = E[f(√(gain q_{l-1}) ξ)²]`` going forward; going
    back the mean square is multiplied by ``gain E[f′(√(gain q_{l-1}) ξ)²]`` at layer l.

    Examples
    --------
    >>> predicted_signals("relu", gain=1, depth=3).activations
    array([1.   , 0.5  , 0.25 , 0.125])
    """
    sizes, factors = [1.0], []
    for _ in range(depth):
        if gain * sizes[-1] == 0:
            raise ValueError(f"gain must not be so small that signals vanish, but is {gain:g}.")
        size, slope = gaussian_mean_squares.plain(activation, gain * sizes[-1])
        sizes.append(size)
        factors.append(gain * slope)
    gradients = np.cumprod(np.array([1.0, *factors[::-1]]))[::-1]
    return Signals(np.array(sizes), gradients)


@checked(layers=NETWORK, x=array("n_samples", "n_in"), refuses="there is one sample only")
def measured_differences(layers: Sequence[Layer], x: ArrayLike) -> Array:
    """Measure how much of the activations tells inputs apart, layer by layer.

    Parameters
    ----------
    layers
        The network.
    x
        What goes in; at least two samples.

    Returns
    -------
    ndarray, shape (depth + 1,)
        Half the mean square of the difference between two samples, over all pairs, divided by
        the mean square; entry 0 belongs to the input.

    Notes
    -----
    For samples of one length it is 1 - ρ, where ρ is the mean cosine between two of them.

    Examples
    --------
    >>> layer = Layer([[1.0, 1.0]], [0.0], "relu")
    >>> measured_differences([layer], [[1, 0], [0, 1]])
    array([1., 0.])
    """
    if len(x) < 2:
        raise ValueError(f"x must hold at least two samples, but holds {len(x)}.")
    passed = forward.plain(layers, x)
    return np.array(
        [np.var(a, axis=0, ddof=1).mean() / np.mean(a**2) for a in (*passed.inputs, passed.output)]
    )


@equation("forward-difference")
@source("cho2009kernel, eq. 6, for ReLU.")
@checked(
    activation=one_of(ACTIVATIONS),
    gain=number("(0, inf)"),
    depth=whole(),
    refuses="the gain is so small that signals vanish",
)
def predicted_differences(activation: str, *, gain: float, depth: int) -> Array:
    """Predict how much of the activations tells two inputs apart in a wide random network.

    Parameters
    ----------
    activation
        The same for all layers.
    gain
        Variance of a weight times the number of inputs.
    depth
        Number of layers, all equally wide.

    Returns
    -------
    ndarray, shape (depth + 1,)
        Half the mean square of the difference of two inputs at right angles, each of mean
        square 1, divided by the mean square of one; entry 0, which is 1, belongs to the inputs.

    Notes
    -----
    The two preactivations are s + d and s - d with independent Gaussians s and d; the mean of
    (f(s + d) - f(s - d))² is a sum over 200 values of each, right to 0.1 % for ReLU and better
    for smooth activations. Where d is less than a ten-thousandth of s, f is replaced by its
    tangent: the subtraction would leave nothing but rounding.

    Examples
    --------
    >>> predicted_differences("relu", gain=2, depth=1).round(2)  # 1 - 1/π
    array([1.  , 0.68])
    """
    f = ACTIVATIONS[activation].function.plain
    sizes = predicted_signals.plain(activation, gain=gain, depth=depth).activations
    shares = [1.0]
    for before, after in itertools.pairwise(sizes):
        variance, share = gain * before, shares[-1]
        if share < 1e-8:
            _, slope = gaussian_mean_squares.plain(activation, variance)
            apart = variance * share * slope
        else:
            xi, weights = _normal_quadrature(100)
            s = np.sqrt(variance * (1 - share / 2)) * xi[:, np.newaxis]
            d = np.sqrt(variance * share / 2) * xi
            apart = weights @ (f(s + d) - f(s - d)) ** 2 @ weights / 2
        shares.append(float(apart / after))
    return np.array(shares)
