"""Remedies against overfitting, measured on digits and on a curve; ten faults to be found."""

from mathdl.faq.experiments.curves import (
    REMEDIES,
    CurveErrors,
    CurveFit,
    curve_errors,
    remedy_errors,
    sample_curve,
    wave,
)
from mathdl.faq.experiments.diagnosis import FAULTS, Curves, Loop, follow
from mathdl.faq.experiments.recipes import (
    Errors,
    Outcome,
    Recipe,
    measure,
    noisy_digits,
    run,
    variants,
)

__all__ = [
    "FAULTS",
    "REMEDIES",
    "CurveErrors",
    "CurveFit",
    "Curves",
    "Errors",
    "Loop",
    "Outcome",
    "Recipe",
    "curve_errors",
    "follow",
    "measure",
    "noisy_digits",
    "remedy_errors",
    "run",
    "sample_curve",
    "variants",
    "wave",
]
