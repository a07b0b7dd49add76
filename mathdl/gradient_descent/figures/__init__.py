"""What the chapter on gradient descent draws: descents, bowls, momentum, noise, a training.

Functions draw on the Axes that they are handed. What an explorer moves is returned as a picture:
its artists by name, and a ``move`` that sets their data.
"""

from mathdl.gradient_descent.figures.descents import *
from mathdl.gradient_descent.figures.momentum import *
from mathdl.gradient_descent.figures.noise import *
from mathdl.gradient_descent.figures.opening import *
from mathdl.gradient_descent.figures.quadratics import *
from mathdl.gradient_descent.figures.training import *
