"""Layers and what they compute: the affine map, and the forward pass through all layers.

How weights are drawn and counted is in `mathdl.forward.parameters`.
"""

from __future__ import annotations  # a Layer names itself

import dataclasses
from collections.abc import Sequence
from typing import Any, NamedTuple

from explorable.checks import (
    Array,
    ArrayLike,
    Check,
    Given,
    Lengths,
    array,
    checked,
    finite_array,
    known_name,
    shown,
)
from mathdl.concepts import ACTIVATIONS
from mathdl.equations import equation, source

__all__ = ["NETWORK", "ForwardPass", "Layer", "affine", "check_layers", "forward"]


@dataclasses.dataclass(frozen=True, eq=False, repr=False, slots=True)
class Layer:
    """One layer of a network: an affine map and an activation.

    A layer keeps copies of the two arrays that cannot be written to: what was computed with a
    layer stays true. Training makes new layers.

    Parameters
    ----------
    weights : array_like, shape (n_out, n_in)
        One row per neuron.
    bias : array_like, shape (n_out,)
        One number per neuron.
    activation : str, default "identity"
        A name in `mathdl.concepts.ACTIVATIONS`.

    Raises
    ------
    ValueError
        If weights or bias have another shape or hold a NaN or an infinity, or the activation is
        unknown.

    Examples
    --------
    >>> Layer([[1.0, -1.0]], [0.5], "relu")
    Layer(weights (1, 2), bias (1,), 'relu')
    >>> Layer([[1.0, -1.0]], [[0.5]], "relu")
    Traceback (most recent call last):
    ...
    ValueError: bias must have shape (1,), but its shape is (1, 1).
    """

    weights: Array
    bias: Array
    activation: str = "identity"

    def __post_init__(self) -> None:
        weights = finite_array(self.weights, "weights", ("n_out", "n_in"))
        bias = finite_array(self.bias, "bias", (len(weights),))
        name = known_name(self.activation, "activation", ACTIVATIONS)
        object.__setattr__(self, "weights", _own(weights))
        object.__setattr__(self, "bias", _own(bias))
        object.__setattr__(self, "activation", name)

    def __setstate__(self, state: list[Any]) -> None:  # of a copy, or from a pickle
        for name, value in zip(("weights", "bias", "activation"), state, strict=True):
            object.__setattr__(self, name, value if name == "activation" else _own(value))

    def __repr__(self) -> str:
        shapes = f"weights {self.weights.shape}, bias {self.bias.shape}"
        return f"Layer({shapes}, {self.activation!r})"

    @classmethod
    def trusted(cls, weights: Array, bias: Array, activation: str) -> Layer:
        """Make a layer, at each step of a training, from arrays that need no check and no copy.

        Parameters
        ----------
        weights : ndarray, shape (n_out, n_in)
            One row per neuron. The caller promises not to write to it any more.
        bias : ndarray, shape (n_out,)
            One number per neuron, under the same promise.
        activation : str
            A name in `mathdl.concepts.ACTIVATIONS`.

        Returns
        -------
        Layer
            The layer.
        """
        layer = object.__new__(cls)
        object.__setattr__(layer, "weights", weights)
        object.__setattr__(layer, "bias", bias)
        object.__setattr__(layer, "activation", activation)
        return layer


def _own(array: Array) -> Array:
    copy = array.copy()
    copy.setflags(write=False)
    return copy


def check_layers(layers: Sequence[Layer]) -> None:
    """Refuse what is not a chain of layers.

    Parameters
    ----------
    layers : sequence of Layer
        The network.

    Raises
    ------
    ValueError
        If it is no sequence of layers, is empty, or a layer does not fit the one before.

    Examples
    --------
    >>> check_layers([Layer([[1.0], [-1.0]], [0.0, 0.0]), Layer([[1.0, 2.0]], [0.0])])
    >>> check_layers([Layer([[1.0], [-1.0]], [0.0, 0.0]), Layer([[1.0]], [0.0])])
    Traceback (most recent call last):
    ...
    ValueError: layer 1 must take the 2 outputs of layer 0, but its weights have shape (1, 1).
    """
    if not isinstance(layers, (list, tuple)) or not layers:
        raise ValueError(f"layers must be a list of at least one Layer, but is {shown(layers)}.")
    previous = None
    for number, layer in enumerate(layers):
        if not isinstance(layer, Layer):
            raise ValueError(
                f"layers must hold Layers only, but entry {number} is {shown(layer)}."
            )
        n_out, n_in = layer.weights.shape
        if previous is not None and n_in != previous:
            raise ValueError(
                f"layer {number} must take the {previous} outputs of layer {number - 1}, "
                f"but its weights have shape {layer.weights.shape}."
            )
        previous = n_out


def _network(value: Sequence[Layer], name: str, given: Given, lengths: Lengths) -> Sequence[Layer]:
    check_layers(value)
    lengths["n_in"], lengths["n_out"] = value[0].weights.shape[1], value[-1].bias.shape[0]
    return value


NETWORK = Check(_network, "sequence of Layer")
"""Asks at the door for layers that fit one another; n_in and n_out are the network's ends."""


class ForwardPass(NamedTuple):
    """What a forward pass computed, kept for the backward pass.

    Attributes
    ----------
    inputs : tuple of ndarray, each of shape (n_samples, n_in of the layer)
        What went into each layer; the first is a copy of x.
    preactivations : tuple of ndarray, each of shape (n_samples, n_out of the layer)
        What each layer handed to its activation.
    output : ndarray, shape (n_samples, n_out of the last layer)
        What came out of the last activation.
    """

    inputs: tuple[Array, ...]
    preactivations: tuple[Array, ...]
    output: Array


@equation("forward-affine", "background-linear")
@source("goodfellow2016deep, Section 6.1.")
@checked(weights=array("n_out", "n_in"), bias=array("n_out"), x=array("n_samples", "n_in"))
def affine(x: ArrayLike, weights: ArrayLike, bias: ArrayLike) -> Array:
    """Multiply samples by weights and add the bias: z = x Wᵀ + b.

    Parameters
    ----------
    x
        Samples, one per row.
    weights
        One row per neuron.
    bias
        One number per neuron, added to every sample.

    Returns
    -------
    ndarray, shape (n_samples, n_out)
        The preactivations.

    See Also
    --------
    mathdl.backward.affine_backward : Its gradients.

    Examples
    --------
    >>> affine([[1.0, 2.0, 3.0]], [[0.5, -1.0, 0.5], [1.0, 1.0, -1.0]], [0.25, 0.0])
    array([[0.25, 0.  ]])
    """
    return x @ weights.T + bias


@equation("forward-layers", "concepts-neuron", "background-network")
@source("goodfellow2016deep, Algorithm 6.3.")
@checked(layers=NETWORK, x=array("n_samples", "n_in", copy=True))
def forward(layers: Sequence[Layer], x: ArrayLike) -> ForwardPass:
    """Send samples through a network.

    Parameters
    ----------
    layers
        The network, first layer first.
    x
        Samples, one per row.

    Returns
    -------
    ForwardPass
        Every layer's input and preactivation, and the output.

    See Also
    --------
    mathdl.backward.backward : The way back.

    Notes
    -----
    h₀ = x; zₗ = hₗ₋₁ Wₗᵀ + bₗ and hₗ = f(zₗ) for each layer l.

    Examples
    --------
    >>> layers = [Layer([[1.0], [-1.0]], [0.0, 0.0], "relu"), Layer([[1.0, 1.0]], [0.0])]
    >>> forward(layers, [[-3.0], [2.0]]).output
    array([[3.],
           [2.]])
    """
    inputs, preactivations, h = [], [], x
    for layer in layers:
        z = h @ layer.weights.T
        z += layer.bias  # in place: no second array of this size
        inputs.append(h)
        preactivations.append(z)
        h = ACTIVATIONS[layer.activation].function.plain(z)
    return ForwardPass(tuple(inputs), tuple(preactivations), h)
