"""Trainings of the chapter on background."""

from mathdl.experiments.background.curves import train_on_curve
from mathdl.experiments.background.readers import HoleReaders, Reading, hole_readers, read_digit

__all__ = ["HoleReaders", "Reading", "hole_readers", "read_digit", "train_on_curve"]
