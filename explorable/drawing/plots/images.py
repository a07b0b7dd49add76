"""Pictures of numbers: ink by opacity, or two colours for two signs."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from explorable.checks import Array, finite_array
from explorable.drawing.plots.shown import Plot
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


def image(values: npt.ArrayLike) -> Plot:
    """Draw numbers as a picture: the larger, the more ink.

    Parameters
    ----------
    values : array_like (rows, columns) or (side * side,)
        The numbers; a single row of a square number of them is a square picture. If some are
        negative, these are drawn in orange and the positive ones in blue.

    Returns
    -------
    Plot
        Jupyter and the page show it.

    Raises
    ------
    ValueError
        If the numbers are not finite, or neither a matrix nor a square picture in one row.

    Examples
    --------
    >>> image([0.0, 0.5, 0.25, 1.0])
    Picture of 2 by 2 numbers from 0 to 1.
    """
    numbers = finite_array(values, "values").astype(float)
    side = round(numbers.size**0.5)
    if numbers.ndim == 1 and side * side == numbers.size:
        numbers = numbers.reshape(side, side)
    if numbers.ndim != 2:
        raise ValueError(
            "values must be a matrix or a square picture in one row, "
            f"but their shape is {numbers.shape}."
        )
    return Plot(Grid(numbers))
