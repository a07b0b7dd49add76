"""What the chapter of questions draws: errors over seeds, shrinkage, thresholds, two norms."""

from mathdl.figures.faq.norms import (
    HESSIAN,
    norm_panels,
    shrinkages,
    sizes_of_weights,
    thresholds,
)
from mathdl.figures.faq.remedies import (
    remedy_panels,
)
from mathdl.figures.faq.training import (
    batch_losses,
    error_curves,
    errors_by_name,
    stopping,
)

__all__ = [
    "HESSIAN",
    "batch_losses",
    "error_curves",
    "errors_by_name",
    "norm_panels",
    "remedy_panels",
    "shrinkages",
    "sizes_of_weights",
    "stopping",
    "thresholds",
]
