"""What the chapter of questions draws: errors over seeds, thresholds, two norms."""

from mathdl.faq.figures.diagnosis import *
from mathdl.faq.figures.norms import *
from mathdl.faq.figures.remedies import *
from mathdl.faq.figures.training import *
