"""Gradient descent: surfaces, rules for a step, what theory says of them, and training."""

from mathdl.gradient_descent.descent import descend, newton
from mathdl.gradient_descent.landscape import (
    PrincipalAxes,
    filter_normalized_directions,
    loss_surface,
    plane_coordinates,
    principal_axes,
)
from mathdl.gradient_descent.noise import (
    escape_time,
    noisy_escape_time,
    noisy_gradient,
    stationary_variance,
)
from mathdl.gradient_descent.optimizers import (
    OPTIMIZER,
    OPTIMIZERS,
    Optimizer,
    Rule,
    adagrad,
    adam,
    gradient_descent,
    momentum,
    nesterov,
    rmsprop,
)
from mathdl.gradient_descent.schedules import cosine_decay, inverse_time_decay, scheduled
from mathdl.gradient_descent.sharpness import sharpness
from mathdl.gradient_descent.surfaces import SURFACES, Surface, Window, ill_conditioned, quadratic
from mathdl.gradient_descent.symmetry import constant_init
from mathdl.gradient_descent.theory import (
    Modes,
    TunedHeavyBall,
    best_rate,
    contraction_factor,
    descent_bound,
    eigenmodes,
    heavy_ball_radius,
    largest_stable_rate,
    nesterov_radius,
    tuned_heavy_ball,
)
from mathdl.gradient_descent.training import History, accuracy, layers_from, mini_batches, train

__all__ = [
    "OPTIMIZER",
    "OPTIMIZERS",
    "SURFACES",
    "History",
    "Modes",
    "Optimizer",
    "PrincipalAxes",
    "Rule",
    "Surface",
    "TunedHeavyBall",
    "Window",
    "accuracy",
    "adagrad",
    "adam",
    "best_rate",
    "constant_init",
    "contraction_factor",
    "cosine_decay",
    "descend",
    "descent_bound",
    "eigenmodes",
    "escape_time",
    "filter_normalized_directions",
    "gradient_descent",
    "heavy_ball_radius",
    "ill_conditioned",
    "inverse_time_decay",
    "largest_stable_rate",
    "layers_from",
    "loss_surface",
    "mini_batches",
    "momentum",
    "nesterov",
    "nesterov_radius",
    "newton",
    "noisy_escape_time",
    "noisy_gradient",
    "plane_coordinates",
    "principal_axes",
    "quadratic",
    "rmsprop",
    "scheduled",
    "sharpness",
    "stationary_variance",
    "train",
    "tuned_heavy_ball",
]
