"""What `mathdl.gradient_descent.train` minimises with a penalty, or with dropout."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from explorable.checks import GENERATOR, Array, checked, number, one_of
from mathdl.backward import LayerGradients, loss_and_gradients
from mathdl.concepts import ACTIVATIONS, LOSSES
from mathdl.equations import equation, source
from mathdl.faq.dropout import dropout_mask
from mathdl.forward import Layer
from mathdl.gradient_descent.training import Objective


@equation("faq-weight-decay")
@source("goodfellow2016deep, eqs. 7.2, 7.19 and 7.20.")
@checked(loss=one_of(LOSSES), l1=number("[0, inf)"), l2=number("[0, inf)"), diverges=True)
def penalized(loss: str, *, l1: float = 0.0, l2: float = 0.0) -> Objective:
    """Return a loss plus l1 · Σ|w| + l2 · Σw²/2 over all weights; biases go free.

    Parameters
    ----------
    loss
    l1, l2
        Strengths of the penalties.

    Returns
    -------
    callable
        ``objective(layers, x, target) -> (loss, gradients)``, for `train`. Its loss holds the
        penalty; its slope of |w| at 0 is 0.

    Examples
    --------
    >>> layer = Layer([[2.0]], [0.0])
    >>> objective = penalized("mean_squared_error", l2=0.1)
    >>> value, gradients = objective([layer], np.array([[1.0]]), np.array([[2.0]]))
    >>> print(value, gradients[0].weights)
    0.2 [[0.2]]
    """

    def objective(
        layers: Sequence[Layer], x: Array, target: Any
    ) -> tuple[Any, Sequence[LayerGradients]]:
        target = _wanted(loss, layers, x, target)
        with np.errstate(all="ignore"):  # a training may diverge
            value, gradients = loss_and_gradients.plain(layers, x, target, loss)
            return add_penalty(layers, value, gradients, l1, l2)

    return objective


def add_penalty(
    layers: Sequence[Layer], value: Any, gradients: Sequence[LayerGradients], l1: float, l2: float
) -> tuple[Any, list[LayerGradients]]:
    """Add to a loss and its gradients what `penalized` adds, unchecked."""
    added = []
    for layer, gradient in zip(layers, gradients, strict=True):
        w, slope = layer.weights, gradient.weights
        if l1:
            value, slope = value + l1 * np.abs(w).sum(), slope + l1 * np.sign(w)
        if l2:
            value, slope = value + l2 * (w**2).sum() / 2, slope + l2 * w
        added.append(LayerGradients(slope, gradient.bias))
    return value, added


@source("srivastava2014dropout, sec. 4 and 5.")
@checked(loss=one_of(LOSSES), keep_rate=number("(0, 1]"), rng=GENERATOR, diverges=True)
def with_dropout(loss: str, keep_rate: float, *, rng: np.random.Generator) -> Objective:
    """Return a loss whose hidden units are dropped anew at each call.

    Parameters
    ----------
    loss
    keep_rate
        q, the probability of a hidden unit to be kept.
    rng
        Draws the masks.

    Returns
    -------
    callable
        ``objective(layers, x, target) -> (loss, gradients)``, for `train`. Inputs and outputs are
        not dropped; the trained network is used as it is, without masks.

    Examples
    --------
    >>> layers = [Layer([[1.0]], [0.0], "relu"), Layer([[1.0]], [0.0])]
    >>> objective = with_dropout("mean_squared_error", 0.5, rng=np.random.default_rng(1))
    >>> value, gradients = objective(layers, np.array([[1.0]]), np.array([[0.0]]))
    >>> print(value in (0.0, 4.0))
    True
    """

    def objective(
        layers: Sequence[Layer], x: Array, target: Any
    ) -> tuple[Any, Sequence[LayerGradients]]:
        target = _wanted(loss, layers, x, target)
        inputs, slopes, h = [], [], x
        with np.errstate(all="ignore"):  # a training may diverge
            for number, layer in enumerate(layers):
                f = ACTIVATIONS[layer.activation]
                z = h @ layer.weights.T + layer.bias
                last = number == len(layers) - 1
                mask = 1.0 if last else dropout_mask(z.shape, keep_rate, rng).astype(z.dtype)
                inputs.append(h)
                slopes.append(f.derivative.plain(z) * mask)
                h = f.function.plain(z) * mask
            value, upstream = LOSSES[loss].value_and_gradient(h, target)
            return value, _backward(layers, inputs, slopes, upstream)

    return objective


def _wanted(loss: str, layers: Sequence[Layer], x: Array, target: Any) -> Any:
    """Return the targets of a batch as the loss wants them; refuse others."""
    lengths = {"n_samples": len(x), "n_out": len(layers[-1].bias)}
    return LOSSES[loss].target.look(target, "target", {"x": x}, lengths)


def _backward(
    layers: Sequence[Layer], inputs: list[Array], slopes: list[Array], upstream: Array
) -> list[LayerGradients]:
    """Go back through layers whose slopes hold activation and mask together."""
    gradients = []
    for layer, h, slope in zip(layers[::-1], inputs[::-1], slopes[::-1], strict=True):
        upstream = upstream * slope
        gradients.append(LayerGradients(upstream.T @ h, upstream.sum(axis=0)))
        upstream = upstream @ layer.weights
    return gradients[::-1]
