"""What the chapter on gradient descent draws: descents, bowls, momentum, noise, a training.

Functions draw on the Axes that they are handed. What an explorer moves is returned as a picture:
its artists by name, and a ``move`` that sets their data.
"""

from mathdl.figures.gradient_descent.descents import (
    along_the_step,
    contraction,
    landscape,
    losses,
    paths,
    slope_by_direction,
    stays,
)
from mathdl.figures.gradient_descent.momentum import momentum_plane, root_moduli
from mathdl.figures.gradient_descent.noise import escapes, mean_squares, noise
from mathdl.figures.gradient_descent.quadratics import bowl, name_modes
from mathdl.figures.gradient_descent.training import (
    between_copies,
    curvatures,
    learning_curves,
    mistakes,
    network_surface,
    rate_curve,
)

__all__ = [
    "along_the_step",
    "between_copies",
    "bowl",
    "contraction",
    "curvatures",
    "escapes",
    "landscape",
    "learning_curves",
    "losses",
    "mean_squares",
    "mistakes",
    "momentum_plane",
    "name_modes",
    "network_surface",
    "noise",
    "paths",
    "rate_curve",
    "root_moduli",
    "slope_by_direction",
    "stays",
]
