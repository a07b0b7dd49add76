"""Trainings of the chapter on background."""

from mathdl.background.experiments.corners import ENDED_CLOSE, ended_close
from mathdl.background.experiments.readers import HoleReaders, Reading, hole_readers, read_digit
from mathdl.background.experiments.starts import SLOWNESS, STEPS, descend_all

__all__ = [
    "ENDED_CLOSE",
    "SLOWNESS",
    "STEPS",
    "HoleReaders",
    "Reading",
    "descend_all",
    "ended_close",
    "hole_readers",
    "read_digit",
]
