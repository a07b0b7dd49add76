"""What the chapter on concepts draws: neurons, slopes, losses, the simplex.

Functions draw on the Axes that they are handed. What an explorer moves is returned as a picture:
its artists by name, and a ``move`` that sets their data.
"""

from mathdl.concepts.figures.activations import draw_slopes, draw_stacked_layers
from mathdl.concepts.figures.losses import (
    draw_confident_and_wrong,
    draw_constant_losses,
    draw_cross_entropy,
    draw_descents_on_parabola,
    draw_neuron_on_digits,
    draw_one_step,
    draw_softplus_error,
)
from mathdl.concepts.figures.neuron import POINTS, draw_neuron_on_points, draw_neuron_plane
from mathdl.concepts.figures.race import (
    HIGHEST,
    LOWEST,
    N_SHOWN,
    draw_race,
    draw_two_descents,
    shown_path,
)
from mathdl.concepts.figures.recipe import draw_hinge, draw_learned_scale
from mathdl.concepts.figures.simplex import draw_softmax
