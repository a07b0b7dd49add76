"""Studies of the outlook: errors over many draws of features, and labels without content."""

from mathdl.outlook.experiments.feature_risks import Risks, feature_risks
from mathdl.outlook.experiments.labels import LabelTrial, learn_shuffled

__all__ = ["LabelTrial", "Risks", "feature_risks", "learn_shuffled"]
