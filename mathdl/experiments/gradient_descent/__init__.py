"""Studies of gradient descent: the book's own recipe for the digits, and trials of many rates.

Two longer ones are imported by name: rules of descent beside each other (`comparison`), and a
network watched while it learns to read (`reading_digits`).
"""

from mathdl.experiments.gradient_descent.digits import DIGITS_SIZES, jitter, train_digits
from mathdl.experiments.gradient_descent.trials import digits_errors, lowest_loss

__all__ = ["DIGITS_SIZES", "digits_errors", "jitter", "lowest_loss", "train_digits"]
