"""The explorers of the chapter on gradient descent."""

from mathdl.gradient_descent.explorers.border import border_explorer
from mathdl.gradient_descent.explorers.landscape import descent_explorer, digits_explorer
from mathdl.gradient_descent.explorers.momentum import momentum_explorer
from mathdl.gradient_descent.explorers.noise import noise_explorer
from mathdl.gradient_descent.explorers.opening import opening_explorer
from mathdl.gradient_descent.explorers.quadratics import quadratic_explorer
