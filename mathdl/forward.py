"""The forward pass: layers, their initialisation, and what a ReLU layer does to the plane."""

import dataclasses
import inspect
import math
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    check_shape,
    finite_array,
    known_name,
    number_between,
    random_generator,
    whole_number,
)
from mathdl.concepts import ACTIVATIONS, Activation

_UNCHECKED = {
    name: Activation(inspect.unwrap(pair.function), inspect.unwrap(pair.derivative))
    for name, pair in ACTIVATIONS.items()
}

SCHEMES = ("he", "glorot", "lecun", "zeros")


@dataclasses.dataclass(frozen=True, eq=False, slots=True)
class Layer:
    """One layer: weights (n_out, n_in), bias (n_out,), and the name of its activation."""

    weights: Array
    bias: Array
    activation: str = "identity"

    def __post_init__(self) -> None:
        known_name(self.activation, "activation", ACTIVATIONS)
        weights = finite_array(self.weights, "weights", ("n_out", "n_in"))
        bias = finite_array(self.bias, "bias", (len(weights),))
        object.__setattr__(self, "weights", _own(weights))
        object.__setattr__(self, "bias", _own(bias))

    @classmethod
    def trusted(cls, weights: Array, bias: Array, activation: str) -> "Layer":
        """Make a layer of arrays that need neither a check nor a copy."""
        layer = object.__new__(cls)
        object.__setattr__(layer, "weights", weights)
        object.__setattr__(layer, "bias", bias)
        object.__setattr__(layer, "activation", activation)
        return layer


def _own(array: Array) -> Array:
    copy = array.copy()
    copy.flags.writeable = False
    return copy


class ForwardPass(NamedTuple):
    """What a forward pass leaves behind for the backward pass."""

    inputs: tuple[Array, ...]
    preactivations: tuple[Array, ...]
    output: Array


def affine(x: npt.ArrayLike, weights: npt.ArrayLike, bias: npt.ArrayLike) -> Array:
    """Z = x Wᵀ + b"""
    w = finite_array(weights, "weights", ("n_out", "n_in"))
    b = finite_array(bias, "bias", (len(w),))
    return finite_array(x, "x", ("n_samples", w.shape[1])) @ w.T + b


def forward(layers: Sequence[Layer], x: npt.ArrayLike) -> ForwardPass:
    """Forward."""
    check_layers(layers)
    return forward_unchecked(
        layers, finite_array(x, "x", ("n_samples", layers[0].weights.shape[1]))
    )


def forward_unchecked(layers: Sequence[Layer], x: Array) -> ForwardPass:
    """Forward without checks."""
    inputs, preactivations = [], []
    for layer in layers:
        inputs.append(x)
        z = x @ layer.weights.T + layer.bias
        preactivations.append(z)
        x = _UNCHECKED[layer.activation].function(z)
    return ForwardPass(tuple(inputs), tuple(preactivations), x)


def check_layers(layers: Sequence[Layer]) -> None:
    """Refuse what is not a chain of layers."""
    if not isinstance(layers, Sequence) or not layers:
        raise ValueError(f"layers must be a non-empty list of Layer, but is {layers!r:.60}.")
    n_in = None
    for number, layer in enumerate(layers):
        if not isinstance(layer, Layer):
            raise ValueError(
                f"layers must hold Layer objects, but entry {number} is {layer!r:.60}."
            )
        if n_in is not None and layer.weights.shape[1] != n_in:
            raise ValueError(
                f"layer {number} must take the {n_in} outputs of the layer before, "
                f"but its weights have shape {layer.weights.shape}."
            )
        n_in = layer.weights.shape[0]


def initialize(
    sizes: Sequence[int],
    *,
    hidden: str = "relu",
    output: str = "identity",
    scheme: str = "he",
    rng: np.random.Generator,
    dtype: npt.DTypeLike = np.float64,
) -> list[Layer]:
    """Draw layers."""
    if len(sizes) < 2:
        raise ValueError(f"sizes must name at least 2 widths, but is {sizes!r}.")
    widths = [whole_number(size, f"sizes[{i}]") for i, size in enumerate(sizes)]
    for name, value in (("hidden", hidden), ("output", output)):
        known_name(value, name, ACTIVATIONS)
    known_name(scheme, "scheme", SCHEMES)
    random_generator(rng)
    layers = []
    for n_in, n_out in zip(widths[:-1], widths[1:], strict=True):
        variance = {"he": 2 / n_in, "glorot": 2 / (n_in + n_out), "lecun": 1 / n_in, "zeros": 0.0}
        weights = math.sqrt(variance[scheme]) * rng.standard_normal((n_out, n_in))
        activation = output if len(layers) == len(widths) - 2 else hidden
        layers.append(Layer(weights.astype(dtype), np.zeros(n_out, dtype), activation))
    return layers


def n_parameters(layers: Sequence[Layer]) -> int:
    """Count weights and biases."""
    check_layers(layers)
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
    """Concatenate, layer by layer, the weights row by row and then the bias."""
    parts = [part.ravel() for layer in layers for part in (layer.weights, layer.bias)]
    return np.concatenate(parts)


def with_parameters(layers: Sequence[Layer], vector: npt.ArrayLike) -> list[Layer]:
    """Return layers of the same shapes and activations with the parameters of a vector."""
    values = finite_array(vector, "vector", (n_parameters(layers),))
    result, start = [], 0
    for layer in layers:
        middle = start + layer.weights.size
        end = middle + layer.bias.size
        weights = values[start:middle].reshape(layer.weights.shape)
        result.append(Layer(weights, values[middle:end], layer.activation))
        start = end
    return result
