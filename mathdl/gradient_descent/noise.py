"""Noise and saddles: how far from a minimum a noisy descent stays, how long an escape takes."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    a_function,
    check_shape,
    finite_array,
    random_generator,
    real_array,
    refuses_overflow,
)
from mathdl.gradient_descent._checks import decay_rate, fitting, nonnegative, positive


@refuses_overflow
def stationary_variance(
    learning_rate: npt.ArrayLike,
    curvature: npt.ArrayLike,
    noise: npt.ArrayLike,
    *,
    decay: npt.ArrayLike = 0.0,
) -> Array:
    """Return the variance around the minimum of λθ²/2 at which noisy descent stays.

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0, below ``largest_stable_rate(curvature, decay=decay)``.
    curvature : float or array_like
        λ > 0.
    noise : float or array_like
        σ ≥ 0, the standard deviation of the gradient; σ₁ / √B for batches of B samples.
    decay : float or array_like, default 0
        β in [0, 1) of `momentum`; 0 is plain gradient descent.

    Returns
    -------
    ndarray or float64
        η σ² / (λ (2 − ηλ)), with momentum η σ² (1 + β) / (λ (1 − β) (2 (1 + β) − ηλ)).

    Raises
    ------
    ValueError
        If a setting is out of range or the rate is not stable, so that no variance is kept.

    Notes
    -----
    One step takes the variance V to (1 − ηλ)² V + η²σ²; the result is what it leaves alone.

    References
    ----------
    mandt2017stochastic, sec. 3, has the limit of small ηλ.

    Examples
    --------
    >>> print(stationary_variance(0.5, 1.0, 1.0).round(6))
    0.333333
    """
    rate, beta = positive(learning_rate, "learning_rate"), decay_rate(decay, "decay")
    lam, sigma = positive(curvature, "curvature"), nonnegative(noise, "noise")
    fitting(learning_rate=rate, curvature=lam, noise=sigma, decay=beta)
    room = 2 * (1 + beta) - rate * lam
    if not np.all(room > 0):
        raise ValueError("learning_rate must be below 2 (1 + decay) / curvature to be stable.")
    return rate * sigma**2 * (1 + beta) / (lam * (1 - beta) * room)


def noisy_gradient(
    gradient: Callable[[Array], Array], noise: npt.ArrayLike, *, rng: np.random.Generator
) -> Callable[[Array], Array]:
    """Return a gradient with independent Gaussian noise added at each call.

    Parameters
    ----------
    gradient : callable
        From points (..., d) to gradients (..., d).
    noise : float or array_like
        σ ≥ 0, the standard deviation in each coordinate; an array broadcasts against (..., d).
    rng : numpy.random.Generator
        Where the noise comes from; its state moves on with each call.

    Returns
    -------
    callable
        A model of a mini-batch's gradient, for `descend`.

    Raises
    ------
    ValueError
        If σ is negative or not finite, or `rng` is not a generator.

    References
    ----------
    robbins1951stochastic.

    Examples
    --------
    >>> noisy = noisy_gradient(lambda x: x, 0.1, rng=np.random.default_rng(0))
    >>> noisy(np.zeros(2)).round(4)
    array([ 0.0126, -0.0132])
    """
    sigma = np.array(nonnegative(noise, "noise"))
    a_function(gradient, "gradient")
    random_generator(rng)

    def noisy(points: Array) -> Array:
        slope = real_array(gradient(points), "the value of gradient")
        check_shape(slope, "the value of gradient", np.shape(points))
        fitting(noise=sigma, points=slope)
        return slope + (sigma * rng.standard_normal(slope.shape)).astype(slope.dtype)

    return noisy


@refuses_overflow
def escape_time(
    learning_rate: npt.ArrayLike, curvature: npt.ArrayLike, offset: npt.ArrayLike
) -> Array:
    """Return how many steps gradient descent needs to leave a saddle.

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0.
    curvature : float or array_like
        λ < 0, the negative eigenvalue of the Hessian at the saddle.
    offset : float or array_like
        ε in (0, 1): the distance at the start along that eigenvector, as a share of the distance
        that counts as having escaped.

    Returns
    -------
    ndarray or float64
        ln(1/ε) / ln(1 + η|λ|), not rounded; the first whole step is the next integer.

    Raises
    ------
    ValueError
        If η is not positive, λ not negative, or ε outside (0, 1).

    Examples
    --------
    >>> print(np.ceil(escape_time(0.1, -1.0, [1e-2, 1e-4, 1e-8])))
    [ 49.  97. 194.]
    """
    rate, share = positive(learning_rate, "learning_rate"), positive(offset, "offset")
    steepness = positive(np.negative(finite_array(curvature, "curvature")), "−curvature")
    fitting(learning_rate=rate, curvature=steepness, offset=share)
    if not np.all(share < 1):
        raise ValueError(f"offset must lie in (0, 1), but is {share.max():g}.")
    time: Array = -np.log(share) / np.log1p(rate * steepness)
    return time


@refuses_overflow
def noisy_escape_time(
    learning_rate: npt.ArrayLike, curvature: npt.ArrayLike, noise: npt.ArrayLike
) -> Array:
    """Return after how many steps noise alone has carried a descent away from a saddle.

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0.
    curvature : float or array_like
        λ < 0, the negative eigenvalue of the Hessian at the saddle.
    noise : float or array_like
        σ > 0, the standard deviation of the gradient along that eigenvector, where the distance
        that counts as having escaped is 1.

    Returns
    -------
    ndarray or float64
        The step, not rounded, at which the standard deviation of runs that start in the saddle
        reaches 1.

    Raises
    ------
    ValueError
        If η or σ is not positive or λ not negative.

    Notes
    -----
    After k steps the variance is η²σ² (q²ᵏ − 1) / (q² − 1) with q = 1 + η|λ|, so that
    k = ln(1 + (q² − 1) / (ησ)²) / (2 ln q).

    See Also
    --------
    escape_time

    Examples
    --------
    >>> print(noisy_escape_time(0.1, -1.0, [0.01, 0.1, 1.0]).round(1))
    [64.3 40.1 16.2]
    """
    rate, sigma = positive(learning_rate, "learning_rate"), positive(noise, "noise")
    steepness = positive(np.negative(finite_array(curvature, "curvature")), "−curvature")
    fitting(learning_rate=rate, curvature=steepness, noise=sigma)
    growth = rate * steepness
    time: Array = np.log1p(growth * (2 + growth) / (rate * sigma) ** 2) / (2 * np.log1p(growth))
    return time
