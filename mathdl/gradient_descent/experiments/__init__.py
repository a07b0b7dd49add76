"""Studies of gradient descent: the book's own recipe for the digits.

Longer ones are imported by name: rules of descent beside each other (`comparison`), a network
watched while it learns to read (`reading_digits`), and descents beyond the border 2/L, of a chain
of weights (`border`) and of networks (`beyond`).
"""

from mathdl.gradient_descent.experiments.digits import DIGITS_SIZES, jitter, train_digits

__all__ = ["DIGITS_SIZES", "jitter", "train_digits"]
