"""Noise and saddles: how far from a minimum a noisy descent stays, how long an escape takes."""

import math
from collections.abc import Callable

import numpy as np

from explorable.checks import (
    FUNCTION,
    GENERATOR,
    Array,
    ArrayLike,
    array,
    check_shape,
    checked,
    entrywise,
    real_array,
    require_broadcast,
)
from mathdl.equations import equation, source


@equation("gradient-descent-noise-floor")
@source("mandt2017stochastic, sec. 3, has the limit of small ηλ.")
@checked(
    learning_rate=entrywise("(0, inf)"),
    curvature=entrywise("(0, inf)"),
    noise=entrywise("[0, inf)"),
    refuses="the rate is not stable, so that no variance is kept",
)
def stationary_variance(learning_rate: ArrayLike, curvature: ArrayLike, noise: ArrayLike) -> Array:
    """Return the variance around the minimum of λθ²/2 at which noisy descent stays.

    Parameters
    ----------
    learning_rate
        η, below ``largest_stable_rate(curvature)``.
    curvature
        λ.
    noise
        σ, the standard deviation of the gradient; σ₁ / √B for batches of B samples.

    Returns
    -------
    ndarray or float64
        η σ² / (λ (2 − ηλ)).

    Notes
    -----
    One step takes the variance V to (1 − ηλ)² V + η²σ²; the result is what it leaves alone.

    Examples
    --------
    >>> print(stationary_variance(0.5, 1.0, 1.0).round(6))
    0.333333
    """
    room = 2 - learning_rate * curvature
    if not np.all(room > 0):
        raise ValueError("learning_rate must be below 2 / curvature to be stable.")
    deviation = noise * np.sqrt(learning_rate) / np.sqrt(curvature)  # its square may be tiny
    return deviation**2 / room


@source("robbins1951stochastic.")
@checked(
    noise=array(within="[0, inf)", copy=True), gradient=FUNCTION, rng=GENERATOR, diverges=True
)
def noisy_gradient(
    gradient: Callable[[Array], Array], noise: ArrayLike, *, rng: np.random.Generator
) -> Callable[[Array], Array]:
    """Return a gradient with independent Gaussian noise added at each call.

    Parameters
    ----------
    gradient
        From points (..., d) to gradients (..., d).
    noise
        σ, the standard deviation in each coordinate; an array broadcasts against (..., d).
    rng
        Where the noise comes from; its state moves on with each call.

    Returns
    -------
    callable
        A model of a mini-batch's gradient, for `descend`.

    Examples
    --------
    >>> noisy = noisy_gradient(lambda x: x, 0.1, rng=np.random.default_rng(0))
    >>> noisy(np.zeros(2)).round(4)
    array([ 0.0126, -0.0132])
    """

    def noisy(points: Array) -> Array:
        slope = real_array(gradient(points.copy()), "the value of gradient")
        check_shape(slope, "the value of gradient", np.shape(points))
        require_broadcast(noise=noise, points=slope)
        kick: Array = noise * rng.standard_normal(slope.shape)
        return slope + kick.astype(slope.dtype)

    return noisy


@equation("gradient-descent-escape")
@checked(
    learning_rate=entrywise("(0, inf)"),
    offset=entrywise("(0, 1)"),
    curvature=entrywise("(-inf, 0)"),
)
def escape_time(learning_rate: ArrayLike, curvature: ArrayLike, offset: ArrayLike) -> Array:
    """Return how many steps gradient descent needs to leave a saddle.

    Parameters
    ----------
    learning_rate
        η.
    curvature
        λ, the negative eigenvalue of the Hessian at the saddle.
    offset
        |c₀|: the distance at the start along that eigenvector, as a share of the distance
        that counts as having escaped.

    Returns
    -------
    ndarray or float64
        ln(1/|c₀|) / ln(1 + η|λ|), not rounded; the first whole step is the next integer.

    Examples
    --------
    >>> print(np.ceil(escape_time(0.1, -1.0, [1e-2, 1e-4, 1e-8])))
    [ 49.  97. 194.]
    """
    return -np.log(offset) / np.log1p(learning_rate * -curvature)


@equation("gradient-descent-noisy-escape")
@checked(
    learning_rate=entrywise("(0, inf)"),
    noise=entrywise("(0, inf)"),
    curvature=entrywise("(-inf, 0)"),
)
def noisy_escape_time(learning_rate: ArrayLike, curvature: ArrayLike, noise: ArrayLike) -> Array:
    """Return after how many steps noise alone has carried a descent away from a saddle.

    Parameters
    ----------
    learning_rate
        η.
    curvature
        λ, the negative eigenvalue of the Hessian at the saddle.
    noise
        σ, the standard deviation of the gradient along that eigenvector, where the distance
        that counts as having escaped is 1.

    Returns
    -------
    ndarray or float64
        The step, not rounded, at which the standard deviation of runs that start in the saddle
        reaches 1.

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
    # In logarithms, because squares and products of what is tiny are 0.
    growth, kick = (np.log(learning_rate) + np.log(factor) for factor in (-curvature, noise))
    gained = growth + np.logaddexp(math.log(2), growth) - 2 * kick
    return np.logaddexp(0, gained) / (2 * np.logaddexp(0, growth))
