"""Standardise inputs: measured on the training samples, applied to all."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mathdl.checks import Array, finite_array


@dataclass(frozen=True, eq=False)
class Scaling:
    """Means and standard deviations, column by column.

    Attributes
    ----------
    mean : ndarray, shape (n_in,)
        What is subtracted.
    deviation : ndarray, shape (n_in,)
        What is divided by; 1 for a column that never varied.
    """

    mean: Array
    deviation: Array

    def __call__(self, x: npt.ArrayLike) -> Array:
        """Return samples (n_samples, n_in) scaled by these numbers."""
        rows = finite_array(x, "x", ("n_samples", len(self.mean)))
        scaled: Array = (rows - self.mean) / self.deviation
        return scaled


def standardize(x: npt.ArrayLike) -> Scaling:
    """Measure the scaling that gives each column mean 0 and standard deviation 1.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Training samples; never the test samples.

    Returns
    -------
    Scaling
        A function to apply to training and test samples alike. A constant column becomes 0, not
        0/0.

    Raises
    ------
    ValueError
        If x has another shape, is empty or not finite.

    References
    ----------
    lecun1998efficient, sec. 4.3.

    Examples
    --------
    >>> scaling = standardize([[1.0, 5.0], [3.0, 5.0]])
    >>> scaling([[1.0, 5.0], [3.0, 6.0]])
    array([[-1.,  0.],
           [ 1.,  1.]])
    """
    rows = finite_array(x, "x", ("n_samples", "n_in"))
    deviation = rows.std(axis=0)
    # Rounding may leave a trace of a deviation in a constant column.
    varies = deviation > 1e-12 * np.maximum(np.abs(rows).max(axis=0), np.finfo(float).tiny)
    return Scaling(rows.mean(axis=0), np.where(varies, deviation, 1.0))


def conditioning(x: npt.ArrayLike) -> float:
    """Return the condition number of least squares with a bias on some samples.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Samples. Columns that never vary are left out; the bias has a column of ones.

    Returns
    -------
    float
        Largest over smallest eigenvalue of [1 X]ᵀ[1 X] / n; infinite if the smallest is 0 up to
        rounding.

    Raises
    ------
    ValueError
        If x has another shape, is empty or not finite, or no column varies.

    Examples
    --------
    >>> round(conditioning([[-1.0], [1.0]])), round(conditioning([[9.0], [11.0]]))
    (1, 10402)
    """
    rows = finite_array(x, "x", ("n_samples", "n_in"))
    varying = rows[:, np.ptp(rows, axis=0) > 0]
    if varying.shape[1] == 0:
        raise ValueError("x must have a column that varies, but all its columns are constant.")
    extended = np.column_stack([np.ones(len(rows)), varying])
    values = np.linalg.svd(extended, compute_uv=False)
    if len(rows) < extended.shape[1] or values[-1] <= 1e-13 * values[0]:
        return float("inf")
    return float((values[0] / values[-1]) ** 2)
