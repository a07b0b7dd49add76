"""Trainings of the chapter on background."""

from mathdl.experiments.background.curves import train_on_curve

__all__ = ["train_on_curve"]
