"""Activations and losses, each beside its derivative.

An activation is applied to a preactivation ``z``, entry by entry. Its derivative is a function of
the same ``z``, never of the activation's output. A loss compares what a network gave with what
was wanted and is one number; its gradient has the shape of the loss's first argument.

All of them keep float32 in float32, change none of their arguments, and compute without overflow
whatever can be represented: ``sigmoid(-1e308)`` is 0, and no warning is given.

What a loss says as a probability (`likelihood`) and what one neuron means (`neuron`) are imported
by name.
"""

from mathdl.concepts.activations import (
    ACTIVATIONS,
    Activation,
    identity,
    identity_derivative,
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softplus,
    softplus_derivative,
    tanh,
    tanh_derivative,
)
from mathdl.concepts.losses import (
    LOSSES,
    TARGET,
    Loss,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
    log_softmax,
    mean_squared_error,
    mean_squared_error_gradient,
    softmax,
)

__all__ = [
    "ACTIVATIONS",
    "LOSSES",
    "TARGET",
    "Activation",
    "Loss",
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "identity",
    "identity_derivative",
    "leaky_relu",
    "leaky_relu_derivative",
    "log_softmax",
    "mean_squared_error",
    "mean_squared_error_gradient",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "softplus",
    "softplus_derivative",
    "tanh",
    "tanh_derivative",
]
