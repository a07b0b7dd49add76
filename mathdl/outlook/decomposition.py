"""The three parts of an expected squared error: bias², variance and noise."""

from typing import NamedTuple

import numpy as np
from numpy.polynomial import legendre

from explorable.checks import (
    GENERATOR,
    Array,
    ArrayLike,
    array,
    checked,
    number,
    require_room,
    whole,
)
from mathdl.equations import equation, source
from mathdl.outlook.random_features import minimum_norm

__all__ = ["Decomposition", "decompose", "legendre_features", "repeated_fits"]


@checked(x=array("n_samples", within="[-1, 1]"), n_features=whole())
def legendre_features(x: ArrayLike, n_features: int) -> Array:
    """Return the first Legendre polynomials at some points of [−1, 1].

    Parameters
    ----------
    x
        Points.
    n_features
        How many polynomials: degrees 0 to n_features − 1.

    Returns
    -------
    ndarray, shape (n_samples, n_features)
        One polynomial a column. A combination of them is any polynomial of that degree.

    Examples
    --------
    >>> legendre_features([0.5], 3)  # 1, x, (3x² − 1)/2
    array([[ 1.   ,  0.5  , -0.125]])
    """
    require_room(len(x) * n_features, "x and n_features")
    return legendre.legvander(x, n_features - 1)


@checked(
    features=array("n_samples", "n_features"),
    truth=array("n_samples"),
    noise=number("[0, inf)"),
    n_draws=whole(),
    rng=GENERATOR,
)
def repeated_fits(
    features: ArrayLike, truth: ArrayLike, *, noise: float, n_draws: int, rng: np.random.Generator
) -> Array:
    """Fit the same samples again and again, each time with new noise in the targets.

    Parameters
    ----------
    features
        Φ.
    truth
        The targets without noise.
    noise
        Standard deviation of the normal noise.
    n_draws
        How many fits.
    rng
        Draws the noise.

    Returns
    -------
    ndarray, shape (n_draws, n_samples)
        What each fit (`minimum_norm`) predicts at the samples.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> repeated_fits([[1.0], [1.0]], [0.0, 2.0], noise=0.0, n_draws=1, rng=rng).round(6)
    array([[1., 1.]])
    """
    require_room(len(truth) * n_draws, "truth and n_draws")
    errors = noise * rng.normal(size=(len(truth), n_draws))
    y = truth[:, None] + errors.astype(truth.dtype)
    return (features @ minimum_norm.plain(features, y)).T


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


@equation("outlook-decomposition")
@source("geman1992neural, Section 3; hastie2009elements, equation 7.9.")
@checked(
    predictions=array("n_fits", "n_points"),
    truth=array("n_points"),
    noise=number("[0, inf)"),
    refuses="there is a single fit",
)
def decompose(predictions: ArrayLike, truth: ArrayLike, noise: float) -> Decomposition:
    """Split the expected squared error of repeated fits into bias², variance and noise.

    Parameters
    ----------
    predictions
        What each of at least two fits predicts at the same points.
    truth
        The targets without noise.
    noise
        Standard deviation of the noise in new targets.

    Returns
    -------
    Decomposition
        Three numbers whose sum is the expected error on new noisy targets.

    Examples
    --------
    >>> decompose([[1.0], [3.0]], [1.0], noise=0.5)
    Decomposition(bias_squared=1.0, variance=1.0, noise=0.25)
    """
    if len(predictions) < 2:
        raise ValueError("predictions must hold at least two fits: one has no variance.")
    mean = predictions.mean(axis=0)
    return Decomposition(
        bias_squared=float(((mean - truth) ** 2).mean()),
        variance=float(((predictions - mean) ** 2).mean()),
        noise=noise**2,
    )
