"""The data that the book computes with: real digits."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from explorable.checks import Array, IntegerArray
from mathdl.equations import source

__all__ = ["Digits", "load_digits"]


class Digits(NamedTuple):
    """Handwritten digits, one image a row: 8 × 8 numbers, row by row, 0 for paper, 1 for ink.

    Attributes
    ----------
    x_train : ndarray, shape (3823, 64)
        Images by 30 writers.
    y_train : ndarray of int, shape (3823,)
        The digit that each of them shows.
    x_test : ndarray, shape (1797, 64)
        Images by 13 other writers.
    y_test : ndarray of int, shape (1797,)
        The digit that each of them shows.
    """

    x_train: Array
    y_train: IntegerArray
    x_test: Array
    y_test: IntegerArray


@source("alpaydin1998optical. Licence and description stand beside the data, in ``mathdl/data``.")
def load_digits() -> Digits:
    """Load the UCI optical recognition of handwritten digits in its published partition.

    Returns
    -------
    Digits
        Images scaled to [0, 1] and labels, for training and for testing.

    Examples
    --------
    >>> digits = load_digits()
    >>> digits.x_train.shape, digits.x_test.shape
    ((3823, 64), (1797, 64))
    """
    with np.load(Path(__file__).parent / "data" / "digits.npz") as stored:
        return Digits(
            x_train=stored["x_train"] / 16.0,
            y_train=stored["y_train"].astype(np.int64),
            x_test=stored["x_test"] / 16.0,
            y_test=stored["y_test"].astype(np.int64),
        )
