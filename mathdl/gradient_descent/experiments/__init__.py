"""Studies of gradient descent: the book's own recipe for the digits, and trials of many rates.

Longer ones are imported by name: rules of descent beside each other (`comparison`), a network
watched while it learns to read (`reading_digits`), and descents beyond the border 2/L, of a chain
of weights (`border`) and of networks (`beyond`).
"""

from mathdl.gradient_descent.experiments.digits import DIGITS_SIZES, jitter, train_digits
from mathdl.gradient_descent.experiments.trials import digits_errors

__all__ = ["DIGITS_SIZES", "digits_errors", "jitter", "train_digits"]
