"""Studies of gradient descent: the book's own recipe for the digits.

Longer ones are imported by name: rules of descent beside each other (`comparison`), a network
watched while it learns to read (`reading_digits`), and a chain of weights that descends beyond
the border 2/L (`border`).
"""

from mathdl.gradient_descent.experiments.digits import DIGITS_SIZES, jitter, train_digits

__all__ = ["DIGITS_SIZES", "jitter", "train_digits"]
