"""Kernels of the chapter of questions: remedies against overfitting, and a task to try them on.

Each part holds one idea, and all names can be had from here.
"""

from mathdl.faq.activation_table import Operations, dead_units, operations, slope_product
from mathdl.faq.curves import (
    REMEDIES,
    CurveErrors,
    CurveFit,
    curve_errors,
    fit_weights,
    fitted_weights,
    legendre,
    remedy_errors,
    sample_curve,
    wave,
)
from mathdl.faq.dropout import Dropped, dropout, dropout_backward, dropout_penalty
from mathdl.faq.experiment import (
    Errors,
    Outcome,
    Recipe,
    measure,
    noisy_digits,
    run,
    variants,
)
from mathdl.faq.neighbours import k_nearest_neighbours
from mathdl.faq.objectives import penalized, with_dropout
from mathdl.faq.ridge import (
    Spectrum,
    matching_penalty,
    ridge,
    ridge_shrinkage,
    spectrum,
    stopped_descent,
    stopping_shrinkage,
)
from mathdl.faq.scaling import Scaling, conditioning, standardize
from mathdl.faq.second_order import (
    Descent,
    Problem,
    gradient_norms,
    lbfgs,
    softmax_regression,
)
from mathdl.faq.sparse import ista, lasso, penalized_minimum, soft_threshold
from mathdl.faq.stopping import Stop, first_not_finite, stop_early

__all__ = [
    "REMEDIES",
    "CurveErrors",
    "CurveFit",
    "Descent",
    "Dropped",
    "Errors",
    "Operations",
    "Outcome",
    "Problem",
    "Recipe",
    "Scaling",
    "Spectrum",
    "Stop",
    "conditioning",
    "curve_errors",
    "dead_units",
    "dropout",
    "dropout_backward",
    "dropout_penalty",
    "first_not_finite",
    "fit_weights",
    "fitted_weights",
    "gradient_norms",
    "ista",
    "k_nearest_neighbours",
    "lasso",
    "lbfgs",
    "legendre",
    "matching_penalty",
    "measure",
    "noisy_digits",
    "operations",
    "penalized",
    "penalized_minimum",
    "remedy_errors",
    "ridge",
    "ridge_shrinkage",
    "run",
    "sample_curve",
    "slope_product",
    "soft_threshold",
    "softmax_regression",
    "spectrum",
    "standardize",
    "stop_early",
    "stopped_descent",
    "stopping_shrinkage",
    "variants",
    "wave",
    "with_dropout",
]
