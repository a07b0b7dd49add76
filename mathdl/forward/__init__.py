"""The forward pass: layers, what they compute, and how their weights are drawn at first.

Rows are samples: ``x`` has shape (n_samples, n_in), ``weights`` (n_out, n_in), ``bias``
(n_out,), and the preactivation ``z = x @ weights.T + bias`` has shape (n_samples, n_out).

What the chapter does with a network is imported by name: one product cell by cell (`products`),
how ReLU folds and cuts the input space (`regions`), how large the numbers in it are (`signals`).
"""

from mathdl.forward import layers, parameters
from mathdl.forward.layers import *
from mathdl.forward.parameters import *

__all__ = [*layers.__all__, *parameters.__all__]
