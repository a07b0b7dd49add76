"""The backward pass, the scalar graph behind it, and how to check a gradient."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import Array, check_shape, finite_array, known_name, real_array
from mathdl.concepts import ACTIVATIONS, LOSSES, Activation, Loss
from mathdl.forward import ForwardPass, Layer, check_layers, forward_unchecked

_ACTIVATIONS = {
    name: Activation(inspect.unwrap(pair.function), inspect.unwrap(pair.derivative))
    for name, pair in ACTIVATIONS.items()
}


class AffineGradients(NamedTuple):
    """Gradients of a loss in the three arguments of `affine`."""

    x: Array
    weights: Array
    bias: Array


class LayerGradients(NamedTuple):
    """Gradients of a loss in one layer's weights and bias."""

    weights: Array
    bias: Array


def affine_backward(
    upstream: npt.ArrayLike, x: npt.ArrayLike, weights: npt.ArrayLike
) -> AffineGradients:
    """Affine backward."""
    w = finite_array(weights, "weights", ("n_out", "n_in"))
    inputs = finite_array(x, "x", ("n_samples", w.shape[1]))
    g = finite_array(upstream, "upstream", (len(inputs), len(w)))
    return AffineGradients(g @ w, g.T @ inputs, g.sum(axis=0))


def backward(
    layers: Sequence[Layer], forward_pass: ForwardPass, output_gradient: npt.ArrayLike
) -> list[LayerGradients]:
    """Backward."""
    check_layers(layers)
    if not isinstance(forward_pass, ForwardPass) or len(forward_pass.inputs) != len(layers):
        raise ValueError("forward_pass must be what forward(layers, x) returned.")
    for number, (layer, x, z) in enumerate(
        zip(layers, forward_pass.inputs, forward_pass.preactivations, strict=True)
    ):
        check_shape(x, f"forward_pass.inputs[{number}]", ("n_samples", layer.weights.shape[1]))
        check_shape(z, f"forward_pass.preactivations[{number}]", (len(x), len(layer.weights)))
    gradient = finite_array(output_gradient, "output_gradient", forward_pass.output.shape)
    return backward_unchecked(layers, forward_pass, gradient)


def backward_unchecked(
    layers: Sequence[Layer], forward_pass: ForwardPass, upstream: Array
) -> list[LayerGradients]:
    """Backward without checks."""
    gradients: list[LayerGradients] = []
    for number in range(len(layers) - 1, -1, -1):
        layer, x = layers[number], forward_pass.inputs[number]
        z = forward_pass.preactivations[number]
        upstream = upstream * _ACTIVATIONS[layer.activation].derivative(z)
        gradients.append(LayerGradients(upstream.T @ x, upstream.sum(axis=0)))
        if number:
            upstream = upstream @ layer.weights
    return gradients[::-1]


def loss_and_gradients(
    layers: Sequence[Layer], x: npt.ArrayLike, target: npt.ArrayLike, loss: str
) -> tuple[np.floating[Any], list[LayerGradients]]:
    """Loss and gradients."""
    check_layers(layers)
    known_name(loss, "loss", LOSSES)
    forward_pass = forward_unchecked(
        layers, finite_array(x, "x", ("n_samples", layers[0].weights.shape[1]))
    )
    function, gradient = LOSSES[loss]
    value = function(forward_pass.output, target)
    return value, backward_unchecked(layers, forward_pass, gradient(forward_pass.output, target))
