"""Remedies against overfitting, measured: on noisy digits, and on polynomials through a curve."""

from mathdl.experiments.faq.curves import (
    REMEDIES,
    CurveErrors,
    CurveFit,
    curve_errors,
    fitted_weights,
    remedy_errors,
    sample_curve,
    wave,
)
from mathdl.experiments.faq.recipes import (
    Errors,
    Outcome,
    Recipe,
    measure,
    noisy_digits,
    run,
    variants,
)

__all__ = [
    "REMEDIES",
    "CurveErrors",
    "CurveFit",
    "Errors",
    "Outcome",
    "Recipe",
    "curve_errors",
    "fitted_weights",
    "measure",
    "noisy_digits",
    "remedy_errors",
    "run",
    "sample_curve",
    "variants",
    "wave",
]
