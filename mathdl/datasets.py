"""The data that the book computes with: real digits and a few small synthetic sets."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from mathdl.checks import Array, IntegerArray


class Digits(NamedTuple):
    """Handwritten digits: one image a row, 64 numbers from 0 (paper) to 1 (ink)."""

    x_train: Array
    y_train: IntegerArray
    x_test: Array
    y_test: IntegerArray


def load_digits() -> Digits:
    """Load the UCI optical digits."""
    with np.load(Path(__file__).parent / "data" / "digits.npz") as stored:
        return Digits(
            stored["x_train"] / 16.0,
            stored["y_train"].astype(np.int64),
            stored["x_test"] / 16.0,
            stored["y_test"].astype(np.int64),
        )
