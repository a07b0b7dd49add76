"""Kernels of the chapter of questions: remedies against overfitting, and a task to try them on.

Each part holds one idea, and all names can be had from here.
"""

from mathdl.faq.activation_table import dead_units, slope_product
from mathdl.faq.dropout import Dropped, dropout, dropout_backward, dropout_penalty
from mathdl.faq.objectives import penalized, with_dropout
from mathdl.faq.polynomials import fit_weights, legendre
from mathdl.faq.ridge import ridge, ridge_shrinkage, stopping_shrinkage
from mathdl.faq.scaling import Scaling, standardize
from mathdl.faq.second_order import Problem, softmax_regression
from mathdl.faq.sparse import penalized_minimum, soft_threshold
from mathdl.faq.stopping import Stop, stop_early

__all__ = [
    "Dropped",
    "Problem",
    "Scaling",
    "Stop",
    "dead_units",
    "dropout",
    "dropout_backward",
    "dropout_penalty",
    "fit_weights",
    "legendre",
    "penalized",
    "penalized_minimum",
    "ridge",
    "ridge_shrinkage",
    "slope_product",
    "soft_threshold",
    "softmax_regression",
    "standardize",
    "stop_early",
    "stopping_shrinkage",
    "with_dropout",
]
