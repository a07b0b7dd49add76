"""Pictures of numbers: ink by opacity, or two colours for two signs."""

import numpy.typing as npt

from explorable.checks import finite_array
from explorable.drawing.plots.grid import Grid
from explorable.drawing.plots.shown import Plot


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
