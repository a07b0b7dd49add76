"""Gradient descent: surfaces, rules for a step, what theory says of them, and training."""

from mathdl.gradient_descent.descent import backtracking, descend, newton
from mathdl.gradient_descent.optimizers import (
    OPTIMIZERS,
    Optimizer,
    adagrad,
    adam,
    cosine_decay,
    gradient_descent,
    inverse_time_decay,
    momentum,
    nesterov,
    rmsprop,
    scheduled,
)
from mathdl.gradient_descent.surfaces import SURFACES, Surface, quadratic, ravine

__all__ = [
    "OPTIMIZERS",
    "SURFACES",
    "Optimizer",
    "Surface",
    "adagrad",
    "adam",
    "backtracking",
    "cosine_decay",
    "descend",
    "gradient_descent",
    "inverse_time_decay",
    "momentum",
    "nesterov",
    "newton",
    "quadratic",
    "ravine",
    "rmsprop",
    "scheduled",
]
