"""What the chapter on gradient descent draws: descents, bowls, momentum, noise, a training.

Functions draw on the Axes that they are handed. What an explorer moves is returned as a picture:
its artists by name, and a ``move`` that sets their data.
"""

from mathdl.gradient_descent.figures.descents import (
    draw_along_step,
    draw_contraction,
    draw_landscape,
    draw_losses,
    draw_paths,
    mark_stationary,
)
from mathdl.gradient_descent.figures.momentum import draw_momentum_plane, draw_roots
from mathdl.gradient_descent.figures.noise import draw_mean_squares, draw_noise
from mathdl.gradient_descent.figures.opening import draw_on_parabola, draw_opening
from mathdl.gradient_descent.figures.quadratics import draw_bowl, draw_fit, name_modes
from mathdl.gradient_descent.figures.training import (
    draw_curvatures,
    draw_learning_curves,
    draw_mistakes,
    draw_rate_curve,
)
