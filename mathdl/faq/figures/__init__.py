"""What the chapter of questions draws: errors over seeds, shrinkage, thresholds, two norms."""

from mathdl.faq.figures.diagnosis import draw_patient
from mathdl.faq.figures.norms import (
    HESSIAN,
    draw_norms,
    draw_shrinkages,
    draw_thresholds,
    draw_weight_sizes,
)
from mathdl.faq.figures.remedies import draw_remedies
from mathdl.faq.figures.training import (
    draw_batch_losses,
    draw_errors,
    draw_labels,
    draw_rates,
    draw_stopping,
)
