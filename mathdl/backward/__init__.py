"""The backward pass, the scalar graph behind it, what it costs, and how to check a gradient.

What the chapter does with it is imported by name: the chain rule as a sum over `paths`, a graph
swept step by step (`tape`), the errors of finite differences (`step_size`), and how a gradient
grows with depth (`growth`).
"""

from mathdl.backward.checking import GradientCheck, check_gradient
from mathdl.backward.costs import MultiplyAdds, multiply_adds
from mathdl.backward.differences import numerical_gradient
from mathdl.backward.graph import Dual, Node
from mathdl.backward.passes import (
    AffineGradients,
    LayerGradients,
    affine_backward,
    backward,
    loss_and_gradients,
)

__all__ = [
    "AffineGradients",
    "Dual",
    "GradientCheck",
    "LayerGradients",
    "MultiplyAdds",
    "Node",
    "affine_backward",
    "backward",
    "check_gradient",
    "loss_and_gradients",
    "multiply_adds",
    "numerical_gradient",
]
