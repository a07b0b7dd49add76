"""The backward pass of a network, layer by layer."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from explorable.checks import (
    Array,
    ArrayLike,
    Check,
    Given,
    Lengths,
    array,
    checked,
    finite_array,
    one_of,
)
from mathdl.concepts import ACTIVATIONS, LOSSES, TARGET
from mathdl.equations import equation, source
from mathdl.forward import NETWORK, ForwardPass, Layer, forward

__all__ = [
    "AffineGradients",
    "LayerGradients",
    "affine_backward",
    "backward",
    "loss_and_gradients",
]


class AffineGradients(NamedTuple):
    """Gradients of a loss with respect to the three arguments of `mathdl.forward.affine`.

    Attributes
    ----------
    x : ndarray, shape (n_samples, n_in)
        Gradient with respect to the samples.
    weights : ndarray, shape (n_out, n_in)
        Gradient with respect to the weights.
    bias : ndarray, shape (n_out,)
        Gradient with respect to the bias.
    """

    x: Array
    weights: Array
    bias: Array


class LayerGradients(NamedTuple):
    """Gradients of a loss with respect to the parameters of one layer.

    Attributes
    ----------
    weights : ndarray, shape (n_out, n_in)
        Gradient with respect to the weights.
    bias : ndarray, shape (n_out,)
        Gradient with respect to the bias.
    """

    weights: Array
    bias: Array


@equation("backward-weights", "backward-bias", "backward-input")
@source("goodfellow2016deep, Algorithm 6.4.")
@checked(
    weights=array("n_out", "n_in"),
    x=array("n_samples", "n_in"),
    upstream=array("n_samples", "n_out"),
)
def affine_backward(upstream: ArrayLike, x: ArrayLike, weights: ArrayLike) -> AffineGradients:
    """Send a gradient back through `mathdl.forward.affine`.

    Parameters
    ----------
    upstream
        Gradient of the loss with respect to the preactivations z.
    x
        What the layer was given.
    weights
        The layer's weights.

    Returns
    -------
    AffineGradients
        Gradients with respect to x, the weights and the bias.

    Notes
    -----
    With G = ∂L/∂z: ∂L/∂x = G W, ∂L/∂W = Gᵀ x, ∂L/∂b = the sum of G's rows. The last two add up
    over the samples, because every sample meets the same W and b.

    Examples
    --------
    >>> gradients = affine_backward([[1.0, 2.0]], x=[[3.0]], weights=[[5.0], [7.0]])
    >>> gradients.x, gradients.bias
    (array([[19.]]), array([1., 2.]))
    >>> gradients.weights
    array([[3.],
           [6.]])
    """
    return AffineGradients(x=upstream @ weights, weights=upstream.T @ x, bias=upstream.sum(axis=0))


def _of_these_layers(value: Any, name: str, given: Given, lengths: Lengths) -> ForwardPass:
    """Return a forward pass whose arrays fit the layers and hold finite numbers."""
    layers: Sequence[Layer] = given["layers"]
    kept = value[:2] if isinstance(value, ForwardPass) else ()
    if not kept or not all(isinstance(k, tuple) and len(k) == len(layers) for k in kept):
        raise ValueError(
            f"{name} must be what forward(layers, x) returned for the {len(layers)} layers."
        )
    output = finite_array(value.output, f"{name}.output", ("n_samples", len(layers[-1].bias)))
    lengths["n_samples"] = len(output)
    inputs, preactivations = (
        tuple(
            finite_array(
                array, f"{name}.{field}[{number}]", (len(output), layer.weights.shape[axis])
            )
            for number, (array, layer) in enumerate(zip(arrays, layers, strict=True))
        )
        for field, arrays, axis in zip(("inputs", "preactivations"), kept, (1, 0), strict=True)
    )
    return ForwardPass(inputs, preactivations, output)


FORWARD_PASS = Check(_of_these_layers, "ForwardPass")
"""Asks at the door for the forward pass of the layers that were checked before."""


@equation("backward-activation", "backward-recursion", "backward-gradients")
@source("goodfellow2016deep, Algorithm 6.4.")
@checked(layers=NETWORK, forward_pass=FORWARD_PASS, output_gradient=array("n_samples", "n_out"))
def backward(
    layers: Sequence[Layer], forward_pass: ForwardPass, output_gradient: ArrayLike
) -> list[LayerGradients]:
    """Send a gradient back through a network.

    Parameters
    ----------
    layers
        The network, first layer first.
    forward_pass
        What ``mathdl.forward.forward(layers, x)`` returned.
    output_gradient
        Gradient of the loss with respect to the network's output.

    Returns
    -------
    list of LayerGradients
        Gradients with respect to each layer's weights and bias, first layer first.

    See Also
    --------
    loss_and_gradients : Both passes at once.

    Notes
    -----
    From the last layer to the first, with ∂L/∂h of its output at hand:
    ∂L/∂z = ∂L/∂h ⊙ f′(z); ∂L/∂W = (∂L/∂z)ᵀ h₋₁ and ∂L/∂b = the sum of the rows of ∂L/∂z, with h₋₁
    the layer's input; and ∂L/∂h₋₁ = ∂L/∂z W for the layer before.

    Examples
    --------
    >>> from mathdl.forward import forward
    >>> layers = [Layer([[1.0], [-1.0]], [0.0, 0.0], "relu"), Layer([[1.0, 1.0]], [0.0])]
    >>> gradients = backward(layers, forward(layers, [[-3.0]]), [[1.0]])
    >>> gradients[0].bias, gradients[1].weights
    (array([0., 1.]), array([[0., 3.]]))
    """
    gradients: list[LayerGradients] = []
    upstream = output_gradient
    for number in reversed(range(len(layers))):
        layer, h = layers[number], forward_pass.inputs[number]
        if layer.activation != "identity":
            slope = ACTIVATIONS[layer.activation].derivative.plain
            upstream = upstream * slope(forward_pass.preactivations[number])
        gradients.append(LayerGradients(upstream.T @ h, upstream.sum(axis=0)))
        if number > 0:  # nobody asks for the gradient with respect to x
            upstream = upstream @ layer.weights
    return gradients[::-1]


@checked(layers=NETWORK, loss=one_of(LOSSES), x=array("n_samples", "n_in"), target=TARGET)
def loss_and_gradients(
    layers: Sequence[Layer], x: ArrayLike, target: ArrayLike, loss: str
) -> tuple[np.floating[Any], list[LayerGradients]]:
    """Return a network's loss on some samples and its gradients with respect to all parameters.

    Parameters
    ----------
    layers
        The network, first layer first.
    x
        Samples, one a row.
    target
        What was wanted, as the loss asks for it.
    loss

    Returns
    -------
    value : float
        The loss.
    gradients : list of LayerGradients
        Gradients with respect to each layer's weights and bias, first layer first.

    Examples
    --------
    >>> layers = [Layer([[1.0, 2.0]], [0.5])]
    >>> value, gradients = loss_and_gradients(layers, [[1.0, 1.0]], [[3.0]], "mean_squared_error")
    >>> print(value)
    0.25
    >>> gradients
    [LayerGradients(weights=array([[1., 1.]]), bias=array([1.]))]
    """
    passed = forward.plain(layers, x)
    value, gradient = LOSSES[loss].value_and_gradient(passed.output, target)
    return value, backward.plain(layers, passed, gradient)
