"""A picture of numbers: what it holds, before it is drawn."""

from dataclasses import dataclass

import numpy as np

from explorable.checks import Array
from explorable.sentences import told


@dataclass(frozen=True)
class Grid:
    """A picture of numbers.

    Attributes
    ----------
    values : ndarray (rows, columns)
        The numbers.
    """

    values: Array

    @property
    def signed(self) -> bool:
        """Whether some numbers are negative, and the sign is shown by colour."""
        return bool(self.values.min() < 0)

    @property
    def opacity(self) -> Array:
        """How much ink each number gets, from 0 to 1."""
        size: Array = np.abs(self.values)
        return size / (size.max() or 1.0)

    @property
    def alternative(self) -> str:
        """What is seen, for those who don't see it."""
        rows, columns = self.values.shape
        least, most = self.values.min(), self.values.max()
        return told(
            "Picture of {rows} by {columns} numbers from {least:.3g} to {most:.3g}.",
            rows=rows,
            columns=columns,
            least=least,
            most=most,
        )
