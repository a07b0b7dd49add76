"""Trainings of the chapter on the forward pass: deep networks."""

from mathdl.forward.experiments.deep import BATCH_SIZE, deep_accuracies

__all__ = ["BATCH_SIZE", "deep_accuracies"]
