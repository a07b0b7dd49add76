"""Trainings of the chapter on the forward pass: deep networks, and several readers of digits."""

from mathdl.experiments.forward.deep import deep_accuracies
from mathdl.experiments.forward.readers import train_readers

__all__ = ["deep_accuracies", "train_readers"]
