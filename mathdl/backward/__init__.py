"""The backward pass, the scalar graph behind it, what it costs, and how to check a gradient."""

from mathdl.backward.passes import (
    AffineGradients,
    LayerGradients,
    affine_backward,
    backward,
    backward_unchecked,
    loss_and_gradients,
    loss_and_gradients_unchecked,
)

__all__ = [
    "AffineGradients",
    "LayerGradients",
    "affine_backward",
    "backward",
    "backward_unchecked",
    "loss_and_gradients",
    "loss_and_gradients_unchecked",
]
