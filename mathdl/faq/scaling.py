"""Standardise inputs: measured on the training samples, applied to all."""

from dataclasses import dataclass

import numpy as np

from explorable.checks import Array, ArrayLike, array, checked, finite_array
from mathdl.equations import equation, source


@dataclass(frozen=True, eq=False)
class Scaling:
    """Means and standard deviations, column by column.

    Attributes
    ----------
    mean : ndarray, shape (n_in,)
        What is subtracted.
    deviation : ndarray, shape (n_in,)
        What is divided by; 1 for a column that never varied.

    Examples
    --------
    >>> scaling = Scaling(mean=[1.0, 0.0], deviation=[2.0, 0.5])
    >>> scaling([[3.0, 1.0], [1.0, -1.0]])
    array([[ 1.,  2.],
           [ 0., -2.]])
    """

    mean: Array
    deviation: Array

    def __post_init__(self) -> None:
        mean = np.array(finite_array(self.mean, "mean", ("n_in",)))
        deviation = np.array(finite_array(self.deviation, "deviation", mean.shape))
        if not (deviation > 0).all():
            raise ValueError(
                f"deviation must be greater than 0 everywhere, but is {deviation.min():g}."
            )
        object.__setattr__(self, "mean", mean)
        object.__setattr__(self, "deviation", deviation)

    def __call__(self, x: ArrayLike) -> Array:
        """Return samples (n_samples, n_in) scaled by these numbers."""
        return _scaled(x, self.mean, self.deviation)


@checked(mean=array("n_in"), deviation=array("n_in"), x=array("n_samples", "n_in"))
def _scaled(x: ArrayLike, mean: Array, deviation: Array) -> Array:
    return (x - mean) / deviation


@equation("faq-standardize")
@source("lecun1998efficient, sec. 4.3.")
@checked(x=array("n_samples", "n_in"))
def standardize(x: ArrayLike) -> Scaling:
    """Measure the scaling that gives each column mean 0 and standard deviation 1.

    Parameters
    ----------
    x
        Training samples; never the test samples.

    Returns
    -------
    Scaling
        A function to apply to training and test samples alike. A constant column becomes 0, not
        0/0.

    Examples
    --------
    >>> scaling = standardize([[1.0, 5.0], [3.0, 5.0]])
    >>> scaling([[1.0, 5.0], [3.0, 6.0]])
    array([[-1.,  0.],
           [ 1.,  1.]])
    """
    largest = np.abs(x).max(axis=0)
    unit = np.exp2(np.frexp(largest)[1] - 1).astype(x.dtype)  # else squares might overflow
    mean, deviation = (x / unit).mean(axis=0), (x / unit).std(axis=0)
    # Rounding may leave a trace of a deviation in a constant column.
    varies = (deviation > 1e-12 * (largest / unit)) & (deviation * unit > 0)
    return Scaling(mean * unit, np.where(varies, deviation * unit, 1).astype(x.dtype))
