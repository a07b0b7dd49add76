"""The explorers of the chapter on gradient descent."""

from mathdl.widgets.gradient_descent.bent_way import bent_way_explorer
from mathdl.widgets.gradient_descent.border import border_explorer
from mathdl.widgets.gradient_descent.landscape import descent_explorer, digits_explorer
from mathdl.widgets.gradient_descent.momentum import momentum_explorer
from mathdl.widgets.gradient_descent.noise import noise_explorer
from mathdl.widgets.gradient_descent.quadratics import quadratic_explorer

__all__ = [
    "bent_way_explorer",
    "border_explorer",
    "descent_explorer",
    "digits_explorer",
    "momentum_explorer",
    "noise_explorer",
    "quadratic_explorer",
]
