"""Activations and losses, each beside its derivative.

An activation is applied to a preactivation ``z``, entry by entry. Its derivative is a function of
the same ``z``, never of the activation's output. A loss compares what a network gave with what
was wanted and is one number; its gradient has the shape of the loss's first argument.

All of them keep float32 in float32, change none of their arguments, and never warn: no exponential
overflows, ``sigmoid(-1e308)`` is 0. A loss whose squares or sum overflow is refused.

What a loss says as a probability (`likelihood`) and what one neuron means (`neuron`) are imported
by name.
"""

from mathdl.concepts import activations, losses
from mathdl.concepts.activations import *
from mathdl.concepts.losses import *

__all__ = [*activations.__all__, *losses.__all__]
