"""One layer at a time: its way there and back, its start, and what is measured at it.

The page goes through the layers of a design and calls the programs that are traced from these.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from explorable.checks import Array
from mathdl.backward import LayerGradients, affine_backward
from mathdl.concepts import ACTIVATIONS, LOSSES
from mathdl.faq.dropout import dropout_mask
from mathdl.faq.objectives import add_penalty
from mathdl.forward import Layer, affine
from mathdl.forward.parameters import VARIANCES
from mathdl.gradient_descent.sharpness import STEP


def started(normal: Array, gain: Any, *, scheme: str) -> Array:
    """Return a layer's first weights, of normal numbers."""
    n_out, n_in = normal.shape
    return gain * (np.sqrt(VARIANCES[scheme](n_in, n_out)) * normal)


def there(x: Array, weights: Array, bias: Array, *, activation: str) -> tuple[Array, Array]:
    """Return a layer's preactivations and activations."""
    z = affine.plain(x, weights, bias)
    return z, ACTIVATIONS[activation].function.plain(z)


def back(
    upstream: Array, z: Array, x: Array, weights: Array, *, activation: str
) -> tuple[Array, Array, Array, Array, Array]:
    """Return the gradients with respect to a layer's preactivations, weights, bias and inputs.

    And the slope of its activation.
    """
    slope = ACTIVATIONS[activation].derivative.plain(z)
    down = upstream * slope
    gradients = affine_backward.plain(down, x, weights)
    return down, gradients.weights, gradients.bias, gradients.x, slope


def mask(drawn: Array, keep_rate: Any) -> Array:
    """Return a mask of dropout, of numbers below 1."""
    rng: Any = SimpleNamespace(random=lambda shape: drawn)
    return dropout_mask(drawn.shape, keep_rate, rng)


def masked(x: Array, mask: Array) -> Array:
    """Drop what a mask drops, of activations or of gradients."""
    return x * mask


def penalised(weights: Array, bias: Array, slope: Array, l1: Any, l2: Any) -> Array:
    """Return the gradient with respect to weights when penalties are added to the loss."""
    layer = Layer.trusted(weights, bias, "identity")
    _, (gradients,) = add_penalty([layer], 0.0, [LayerGradients(slope, bias)], l1, l2)
    return gradients.weights


def loss(output: Array, target: Array, *, name: str) -> tuple[Any, Array]:
    """Return a loss and its gradient with respect to the output."""
    return LOSSES[name].value_and_gradient(output, target)


def share_right(output: Array, target: Array, border: Any) -> Any:
    """Return the share of points on the right side of a border."""
    return ((output > border) == (target > 0.5)).mean()


def measured(z: Array, h: Array, down: Array, *, activation: str) -> tuple[Any, Any, Array, Array]:
    """Return what tells whether a layer is well.

    Root mean squares of its activations, and of the gradients with respect to its preactivations,
    each as if the loss were of one sample; which units have the slope 0 at all samples; and which
    others have less than a twentieth of the largest slope at nine of ten.
    """
    slope = ACTIVATIONS[activation].derivative.plain(z)
    flat = (slope < ACTIVATIONS[activation].largest_slope / 20).mean(axis=0) >= 0.9
    dead = (slope == 0).all(axis=0)
    gradients = np.sqrt((down**2).mean()) * down.shape[0]
    return np.sqrt((h**2).mean()), gradients, dead, flat & ~dead


def probes(parameters: Array, direction: Array) -> tuple[Array, Array]:
    """Return two points around the parameters, along a direction of length 1."""
    h = STEP * np.maximum(1.0, abs(parameters).max() / 100)
    return parameters + h * direction, parameters - h * direction


def curvature(
    parameters: Array, direction: Array, after: Array, before: Array
) -> tuple[Any, Array]:
    """Return the curvature along a direction, of the gradients at `probes`, and a steeper one.

    Repeated, it is the power iteration with ``H v = (∇L(θ + h v) − ∇L(θ − h v)) / 2h``.
    """
    h = STEP * np.maximum(1.0, abs(parameters).max() / 100)
    product = (after - before) / (2 * h)
    length = np.sqrt((product**2).sum())
    return (direction * product).sum(), product / np.where(length > 0, length, 1.0)
