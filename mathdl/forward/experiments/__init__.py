"""Trainings of the chapter on the forward pass: deep networks, and a digit that slides."""

from mathdl.forward.experiments.deep import deep_accuracies

__all__ = ["deep_accuracies"]
