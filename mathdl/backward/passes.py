"""The backward pass of a network, layer by layer."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import Array, finite_array, known_name, refuses_overflow
from mathdl.concepts import ACTIVATION_KERNELS, LOSS_PARTS
from mathdl.forward import ForwardPass, Layer, check_layers, forward_unchecked


class AffineGradients(NamedTuple):
    """Gradients of a loss in the three arguments of `mathdl.forward.affine`.

    Attributes
    ----------
    x : ndarray, shape (n_samples, n_in)
        Gradient in the samples.
    weights : ndarray, shape (n_out, n_in)
        Gradient in the weights.
    bias : ndarray, shape (n_out,)
        Gradient in the bias.
    """

    x: Array
    weights: Array
    bias: Array


class LayerGradients(NamedTuple):
    """Gradients of a loss in the parameters of one layer.

    Attributes
    ----------
    weights : ndarray, shape (n_out, n_in)
        Gradient in the weights.
    bias : ndarray, shape (n_out,)
        Gradient in the bias.
    """

    weights: Array
    bias: Array


@refuses_overflow
def affine_backward(
    upstream: npt.ArrayLike, x: npt.ArrayLike, weights: npt.ArrayLike
) -> AffineGradients:
    """Send a gradient back through `mathdl.forward.affine`.

    Parameters
    ----------
    upstream : array_like, shape (n_samples, n_out)
        Gradient of the loss in the preactivations z.
    x : array_like, shape (n_samples, n_in)
        What the layer was given.
    weights : array_like, shape (n_out, n_in)
        The layer's weights.

    Returns
    -------
    AffineGradients
        Gradients in x, in the weights and in the bias.

    Raises
    ------
    ValueError
        If a shape does not fit, an argument is empty or not finite, or a gradient overflows.

    Notes
    -----
    With G = ∂L/∂z: ∂L/∂x = G W, ∂L/∂W = Gᵀ x, ∂L/∂b = the sum of G's rows. The gradients in W
    and b add up over the samples, because every sample meets the same W and b.

    References
    ----------
    goodfellow2016deep, Algorithm 6.4.

    Examples
    --------
    >>> gradients = affine_backward([[1.0, 2.0]], x=[[3.0]], weights=[[5.0], [7.0]])
    >>> gradients.x, gradients.bias
    (array([[19.]]), array([1., 2.]))
    >>> gradients.weights
    array([[3.],
           [6.]])
    """
    w = finite_array(weights, "weights", ("n_out", "n_in"))
    rows = finite_array(x, "x", ("n_samples", w.shape[1]))
    g = finite_array(upstream, "upstream", (len(rows), len(w)))
    return AffineGradients(x=g @ w, weights=g.T @ rows, bias=g.sum(axis=0))


@refuses_overflow
def backward(
    layers: Sequence[Layer], forward_pass: ForwardPass, output_gradient: npt.ArrayLike
) -> list[LayerGradients]:
    """Send a gradient back through a network.

    Parameters
    ----------
    layers : sequence of Layer
        The network, first layer first.
    forward_pass : ForwardPass
        What ``mathdl.forward.forward(layers, x)`` returned.
    output_gradient : array_like, shape (n_samples, n_out of the last layer)
        Gradient of the loss in the network's output.

    Returns
    -------
    list of LayerGradients
        Gradients in each layer's weights and bias, first layer first.

    Raises
    ------
    ValueError
        If layers do not fit one another, the forward pass does not fit the layers, or the
        gradient does not fit the output or is not finite, or another gradient overflows.

    See Also
    --------
    loss_and_gradients : Both passes at once.

    Notes
    -----
    From the last layer to the first, with ∂L/∂h of its output at hand:
    ∂L/∂z = ∂L/∂h ⊙ f′(z); ∂L/∂W = (∂L/∂z)ᵀ h₋₁ and ∂L/∂b = the sum of the rows of ∂L/∂z, with h₋₁
    the layer's input; and ∂L/∂h₋₁ = ∂L/∂z W for the layer before.

    References
    ----------
    goodfellow2016deep, Algorithm 6.4.

    Examples
    --------
    >>> from mathdl.forward import forward
    >>> layers = [Layer([[1.0], [-1.0]], [0.0, 0.0], "relu"), Layer([[1.0, 1.0]], [0.0])]
    >>> gradients = backward(layers, forward(layers, [[-3.0]]), [[1.0]])
    >>> gradients[0].bias, gradients[1].weights
    (array([0., 1.]), array([[0., 3.]]))
    """
    check_layers(layers)
    passed = _checked_pass(layers, forward_pass)
    gradient = finite_array(output_gradient, "output_gradient", passed.output.shape)
    return backward_unchecked(layers, passed, gradient)


def _checked_pass(layers: Sequence[Layer], forward_pass: ForwardPass) -> ForwardPass:
    """Return a forward pass whose arrays fit the layers and hold finite numbers."""
    kept = forward_pass[:2] if isinstance(forward_pass, ForwardPass) else ()
    if not kept or not all(isinstance(k, tuple) and len(k) == len(layers) for k in kept):
        raise ValueError(
            f"forward_pass must be what forward(layers, x) returned for the {len(layers)} layers."
        )
    name = "forward_pass"
    output = finite_array(
        forward_pass.output, f"{name}.output", ("n_samples", len(layers[-1].bias))
    )
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


def backward_unchecked(
    layers: Sequence[Layer], forward_pass: ForwardPass, output_gradient: Array
) -> list[LayerGradients]:
    """Do what `backward` does, for arguments that were checked already.

    Parameters
    ----------
    layers : sequence of Layer
        The network.
    forward_pass : ForwardPass
        What the forward pass of these layers returned.
    output_gradient : ndarray, shape (n_samples, n_out of the last layer)
        Gradient of the loss in the network's output.

    Returns
    -------
    list of LayerGradients
        Gradients in each layer's weights and bias, first layer first.
    """
    gradients: list[LayerGradients] = []
    upstream = output_gradient
    for number in reversed(range(len(layers))):
        layer, h = layers[number], forward_pass.inputs[number]
        if layer.activation != "identity":
            slope = ACTIVATION_KERNELS[layer.activation].derivative
            upstream = upstream * slope(forward_pass.preactivations[number])
        gradients.append(LayerGradients(upstream.T @ h, upstream.sum(axis=0)))
        if number > 0:  # nobody asks for the gradient in x
            upstream = upstream @ layer.weights
    return gradients[::-1]


@refuses_overflow
def loss_and_gradients(
    layers: Sequence[Layer], x: npt.ArrayLike, target: npt.ArrayLike, loss: str
) -> tuple[np.floating[Any], list[LayerGradients]]:
    """Return a network's loss on some samples and its gradients in all parameters.

    Parameters
    ----------
    layers : sequence of Layer
        The network, first layer first.
    x : array_like, shape (n_samples, n_in)
        Samples, one a row.
    target : array_like
        What was wanted, as the loss asks for it.
    loss : str
        A name in `mathdl.concepts.LOSSES`.

    Returns
    -------
    loss : float
        The loss.
    gradients : list of LayerGradients
        Gradients in each layer's weights and bias, first layer first.

    Raises
    ------
    ValueError
        If layers do not fit one another, x does not fit the first, the target does not fit the
        output, an argument is empty or not finite, the name is unknown, or a number overflows.

    Examples
    --------
    >>> layers = [Layer([[1.0, 2.0]], [0.5])]
    >>> value, gradients = loss_and_gradients(layers, [[1.0, 1.0]], [[3.0]], "mean_squared_error")
    >>> print(value)
    0.25
    >>> gradients
    [LayerGradients(weights=array([[1., 1.]]), bias=array([1.]))]
    """
    check_layers(layers)
    parts = LOSS_PARTS[known_name(loss, "loss", LOSS_PARTS)]
    rows = finite_array(x, "x", ("n_samples", layers[0].weights.shape[1]))
    passed = forward_unchecked(layers, rows)
    names = "the output of layers", "target"
    output, wanted = parts.check(passed.output, target, names=names)
    value, gradient = parts.value_and_gradient(output, wanted)
    return value, backward_unchecked(layers, passed, gradient)


def loss_and_gradients_unchecked(
    layers: Sequence[Layer], x: Array, target: npt.NDArray[Any], loss: str
) -> tuple[np.floating[Any], list[LayerGradients]]:
    """Do what `loss_and_gradients` does, for arguments that were checked already.

    Parameters
    ----------
    layers : sequence of Layer
        The network.
    x : ndarray, shape (n_samples, n_in)
        Samples.
    target : ndarray
        What was wanted.
    loss : str
        A name in `mathdl.concepts.LOSSES`.

    Returns
    -------
    loss : float
        The loss, which may have become infinite or NaN.
    gradients : list of LayerGradients
        Gradients in each layer's weights and bias, first layer first.
    """
    passed = forward_unchecked(layers, x)
    value, gradient = LOSS_PARTS[loss].value_and_gradient(passed.output, target)
    return value, backward_unchecked(layers, passed, gradient)
