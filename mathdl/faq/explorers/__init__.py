"""The explorers of the chapter of questions: a diagnosis, four remedies, and two norms."""

from mathdl.faq.explorers.diagnosis import diagnosis_explorer
from mathdl.faq.explorers.norms import norms_explorer
from mathdl.faq.explorers.remedies import NOISES, best_strength, remedies_explorer
