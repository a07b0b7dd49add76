"""A network's parameters: how they are drawn at first, counted, and laid in one vector."""

from __future__ import annotations  # a Generator in an annotation would import numpy.random

import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from explorable.checks import (
    GENERATOR,
    Array,
    ArrayLike,
    Check,
    Given,
    Lengths,
    array,
    checked,
    known_name,
    listed,
    one_of,
    require_room,
    shown,
    whole_number,
)
from mathdl.concepts import ACTIVATIONS
from mathdl.equations import equation, source
from mathdl.forward.layers import NETWORK, Layer

__all__ = [
    "SCHEMES",
    "WIDTHS",
    "HasParameters",
    "in_parameters",
    "initialize",
    "n_parameters",
    "parameter_vector",
    "with_parameters",
]

VARIANCES: dict[str, Callable[[int, int], float]] = {
    "he": lambda n_in, n_out: 2 / n_in,
    "glorot": lambda n_in, n_out: 2 / (n_in + n_out),
    "lecun": lambda n_in, n_out: 1 / n_in,
    "zeros": lambda n_in, n_out: 0.0,
}
"""The variance of the weights for n_in and n_out, by the name of the scheme."""
SCHEMES = tuple(VARIANCES)
"""The names of the ways to draw weights."""


def _layer_widths(value: Any, name: str, *_: Any) -> list[int]:
    if len(listed(value, name, "widths")) < 2:
        raise ValueError(
            f"{name} must list at least two widths, of input and output, but is {shown(value)}."
        )
    return [whole_number(width, f"{name}[{i}]") for i, width in enumerate(value)]


WIDTHS = Check(_layer_widths, "sequence of int")
"""Asks at the door for the widths of a network's input, hidden layers and output."""


def _dtype(value: Any, name: str, *_: Any) -> Any:
    try:
        name_of_type = np.dtype(value).name
    except (TypeError, ValueError):
        name_of_type = shown(value)
    known_name(name_of_type, name, ("float64", "float32"))
    return value


@equation("forward-he", "forward-glorot")
@source("he2015delving, eq. 10; glorot2010understanding, eq. 12; lecun1998efficient, eq. 16.")
@checked(
    sizes=WIDTHS,
    hidden=one_of(ACTIVATIONS),
    output=one_of(ACTIVATIONS),
    scheme=one_of(SCHEMES),
    dtype=Check(_dtype, ""),
    rng=GENERATOR,
)
def initialize(
    sizes: Sequence[int],
    *,
    hidden: str = "relu",
    output: str = "identity",
    scheme: str = "he",
    rng: np.random.Generator,
    dtype: npt.DTypeLike = np.float64,
) -> list[Layer]:
    """Draw a network's weights at random; its biases are zero.

    Parameters
    ----------
    sizes
        Width of the input, of each hidden layer, and of the output.
    hidden, output
        Activation of the hidden layers and of the last layer.
    scheme
        How much the weights vary, see Notes.
    rng
        Where the weights come from.
    dtype : {float64, float32}, default float64
        Type of weights and biases.

    Returns
    -------
    list of Layer
        ``len(sizes) - 1`` layers.

    Notes
    -----
    Weights are Gaussian with mean 0 and variance 2/n_in (he), 2/(n_in + n_out) (glorot) or
    1/n_in (lecun). With "zeros" all are 0: the units of a hidden layer then stay the same in every
    descent.

    Examples
    --------
    >>> initialize([64, 32, 10], rng=np.random.default_rng(0))
    [Layer(weights (32, 64), bias (32,), 'relu'), Layer(weights (10, 32), bias (10,), 'identity')]
    """
    variance = VARIANCES[scheme]
    require_room(sum(n * m for n, m in itertools.pairwise(sizes)), "sizes")
    activations = [hidden] * (len(sizes) - 2) + [output]
    layers = []
    for (n_in, n_out), activation in zip(itertools.pairwise(sizes), activations, strict=True):
        weights = math.sqrt(variance(n_in, n_out)) * rng.standard_normal((n_out, n_in))
        layers.append(Layer(weights.astype(dtype), np.zeros(n_out, dtype), activation))
    return layers


@equation("forward-parameters")
@checked(layers=NETWORK)
def n_parameters(layers: Sequence[Layer]) -> int:
    """Count a network's weights and biases: Σₗ n_outₗ (n_inₗ + 1).

    Parameters
    ----------
    layers
        The network.

    Returns
    -------
    int
        How many numbers training may change.

    Examples
    --------
    >>> n_parameters([Layer(np.ones((10, 3)), np.zeros(10))])
    40
    """
    return sum(layer.weights.size + layer.bias.size for layer in layers)


class HasParameters(Protocol):
    """A layer, or the gradients of one."""

    @property
    def weights(self) -> Array:
        """Shape (n_out, n_in)."""

    @property
    def bias(self) -> Array:
        """Shape (n_out,)."""


def parameter_vector(layers: Sequence[HasParameters]) -> Array:
    """Lay all parameters of a network, or their gradients, end to end.

    Parameters
    ----------
    layers : sequence of Layer or of `mathdl.backward.LayerGradients`
        What to lay out.

    Returns
    -------
    ndarray, shape (n_parameters,)
        Layer by layer the weights, row by row, then the bias.

    Raises
    ------
    ValueError
        If there are no layers.

    See Also
    --------
    with_parameters : The way back.

    Examples
    --------
    >>> parameter_vector([Layer([[1.0, 2.0]], [3.0]), Layer([[4.0]], [5.0])])
    array([1., 2., 3., 4., 5.])
    """
    if not isinstance(layers, (list, tuple)) or not layers:
        raise ValueError(f"layers must be a list of at least one layer, but is {shown(layers)}.")
    for number, each in enumerate(layers):
        if not (hasattr(each, "weights") and hasattr(each, "bias")):
            raise ValueError(
                f"layers must hold weights and biases, but entry {number} is {shown(each)}."
            )
    return np.concatenate([part.ravel() for each in layers for part in (each.weights, each.bias)])


def in_parameters(*axes: int | str) -> Check:
    """Ask at the door for an array whose last axis holds the parameters of the layers."""
    numbers = array(*axes, "n_parameters")

    def look(value: Any, name: str, given: Given, lengths: Lengths) -> Array:
        lengths["n_parameters"] = n_parameters.plain(given["layers"])
        return numbers.look(value, name, given, lengths)

    return Check(look, numbers.words)


@checked(layers=NETWORK, vector=in_parameters())
def with_parameters(layers: Sequence[Layer], vector: ArrayLike) -> list[Layer]:
    """Return a network of the same shape with other parameters.

    Parameters
    ----------
    layers
        The network whose shapes and activations to take.
    vector
        The parameters, in the order of `parameter_vector`.

    Returns
    -------
    list of Layer
        The new network.

    Examples
    --------
    >>> layers = with_parameters([Layer([[1.0, 2.0]], [3.0])], [7, 8, 9])
    >>> layers[0].weights, layers[0].bias
    (array([[7., 8.]]), array([9.]))
    """
    result, rest = [], vector
    for layer in layers:
        weights, bias, rest = np.split(rest, np.cumsum([layer.weights.size, layer.bias.size]))
        result.append(Layer(weights.reshape(layer.weights.shape), bias, layer.activation))
    return result
