"""The explorers of the chapter of questions: a diagnosis, four remedies, and two norms."""

from mathdl.widgets.faq.diagnosis import diagnosis_explorer
from mathdl.widgets.faq.norms import norms_explorer
from mathdl.widgets.faq.remedies import NOISES, best_strength, remedies_explorer

__all__ = [
    "NOISES",
    "best_strength",
    "diagnosis_explorer",
    "norms_explorer",
    "remedies_explorer",
]
