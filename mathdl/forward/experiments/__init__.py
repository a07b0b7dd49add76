"""Trainings of the chapter on the forward pass: deep networks, and a digit that slides."""

from mathdl.forward.experiments.deep import BATCH_SIZE, deep_accuracies

__all__ = ["BATCH_SIZE", "deep_accuracies"]
