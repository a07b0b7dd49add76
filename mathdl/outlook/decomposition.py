"""The three parts of an expected squared error: bias², variance and noise."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numpy.polynomial import legendre

from mathdl.checks import (
    Array,
    finite_array,
    nonnegative_number,
    random_generator,
    refuses_overflow,
    require_room,
    whole_number,
)
from mathdl.outlook.random_features import minimum_norm


def legendre_features(x: npt.ArrayLike, n_features: int) -> Array:
    """Return the first Legendre polynomials at some points of [−1, 1].

    Parameters
    ----------
    x : array_like, shape (n_samples,)
        Points.
    n_features : int
        How many polynomials: degrees 0 to n_features − 1.

    Returns
    -------
    ndarray, shape (n_samples, n_features)
        One polynomial a column. A combination of them is any polynomial of that degree.

    Raises
    ------
    ValueError
        If a point lies outside [−1, 1] or n_features is not a positive integer.

    Examples
    --------
    >>> legendre_features([0.5], 3)  # 1, x, (3x² − 1)/2
    array([[ 1.   ,  0.5  , -0.125]])
    """
    points = finite_array(x, "x", ("n_samples",))
    if np.abs(points).max() > 1:
        raise ValueError("x must lie in [-1, 1].")
    p = whole_number(n_features, "n_features")
    require_room(len(points) * p, "x and n_features")
    return legendre.legvander(points, p - 1)


@refuses_overflow
def repeated_fits(
    features: npt.ArrayLike,
    truth: npt.ArrayLike,
    *,
    noise: float,
    n_draws: int,
    rng: np.random.Generator,
) -> Array:
    """Fit the same samples again and again, each time with new noise in the targets.

    Parameters
    ----------
    features : array_like, shape (n_samples, n_features)
        Φ.
    truth : array_like, shape (n_samples,)
        The targets without noise.
    noise : float
        Standard deviation of the normal noise, at least 0.
    n_draws : int
        How many fits.
    rng : numpy.random.Generator
        Draws the noise.

    Returns
    -------
    ndarray, shape (n_draws, n_samples)
        What each fit (`minimum_norm`) predicts at the samples.

    Raises
    ------
    ValueError
        If shapes do not fit or a setting is out of range.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> repeated_fits([[1.0], [1.0]], [0.0, 2.0], noise=0.0, n_draws=1, rng=rng).round(6)
    array([[1., 1.]])
    """
    phi = finite_array(features, "features", ("n_samples", "n_features"))
    f = finite_array(truth, "truth", (len(phi),))
    sigma = nonnegative_number(noise, "noise")
    draws = whole_number(n_draws, "n_draws")
    require_room(len(f) * draws, "truth and n_draws")
    errors = sigma * random_generator(rng).normal(size=(len(f), draws))
    y = f[:, None] + errors.astype(f.dtype)
    fitted: Array = (phi @ minimum_norm(phi, y)).T
    return fitted


class Decomposition(NamedTuple):
    """The parts of an expected squared error, each a mean over the points.

    Attributes
    ----------
    bias_squared : float
        Squared distance of the mean prediction from the truth.
    variance : float
        Mean squared distance of predictions from their mean.
    noise : float
        Variance of the noise in a new target.
    """

    bias_squared: float
    variance: float
    noise: float


@refuses_overflow
def decompose(predictions: npt.ArrayLike, truth: npt.ArrayLike, noise: float) -> Decomposition:
    """Split the expected squared error of repeated fits into bias², variance and noise.

    Parameters
    ----------
    predictions : array_like, shape (n_fits, n_points)
        What each of at least two fits predicts at the same points.
    truth : array_like, shape (n_points,)
        The targets without noise.
    noise : float
        Standard deviation of the noise in new targets, at least 0.

    Returns
    -------
    Decomposition
        Three numbers whose sum is the expected error on new noisy targets.

    Raises
    ------
    ValueError
        If shapes do not fit, there is a single fit, or a number is not finite.

    References
    ----------
    geman1992neural, Section 3; hastie2009elements, equation 7.9.

    Examples
    --------
    >>> decompose([[1.0], [3.0]], [1.0], noise=0.5)
    Decomposition(bias_squared=1.0, variance=1.0, noise=0.25)
    """
    rows = finite_array(predictions, "predictions", ("n_fits", "n_points"))
    f = finite_array(truth, "truth", (rows.shape[1],))
    if len(rows) < 2:
        raise ValueError("predictions must hold at least two fits: one has no variance.")
    sigma = nonnegative_number(noise, "noise")
    mean = rows.mean(axis=0)
    return Decomposition(
        bias_squared=float(((mean - f) ** 2).mean()),
        variance=float(((rows - mean) ** 2).mean()),
        noise=sigma**2,
    )
