"""What the chapter on concepts draws: neurons, slopes, losses, the simplex.

Functions draw on the Axes that they are handed. What an explorer moves is returned as a picture:
its artists by name, and a ``move`` that sets their data.
"""

from mathdl.figures.concepts.activations import activation, slopes, stacked_layers
from mathdl.figures.concepts.losses import (
    confident_and_wrong,
    constant_losses,
    cross_entropy_curves,
    descent_on_parabola,
    one_neuron_on_digits,
    softplus_error,
)
from mathdl.figures.concepts.neuron import neuron_plane, profile, transition_profiles
from mathdl.figures.concepts.simplex import simplex_field, simplex_step, softmax_panels

__all__ = [
    "activation",
    "confident_and_wrong",
    "constant_losses",
    "cross_entropy_curves",
    "descent_on_parabola",
    "neuron_plane",
    "one_neuron_on_digits",
    "profile",
    "simplex_field",
    "simplex_step",
    "slopes",
    "softmax_panels",
    "softplus_error",
    "stacked_layers",
    "transition_profiles",
]
