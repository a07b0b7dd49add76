"""What can be said of a descent before it is run: rates, radii, modes, a bound on the descent.

Curvature means an eigenvalue of the Hessian: λ for one of them, μ for the smallest and L for the
largest. All functions work entry by entry and broadcast their arguments.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    check_shape,
    finite_array,
    real_array,
    refuses_overflow,
    symmetric_matrix,
)
from mathdl.gradient_descent._checks import curvature_range, decay_rate, fitting, positive


@refuses_overflow
def largest_stable_rate(largest_curvature: npt.ArrayLike, *, decay: npt.ArrayLike = 0.0) -> Array:
    """Return the rate below which descent on a quadratic converges from every start.

    Parameters
    ----------
    largest_curvature : float or array_like
        L > 0, the largest eigenvalue of the Hessian.
    decay : float or array_like, default 0
        β in [0, 1) of `momentum`; 0 is plain gradient descent.

    Returns
    -------
    ndarray or float64
        2 (1 + β) / L. At this rate and beyond it, the steepest direction does not settle.

    Raises
    ------
    ValueError
        If a curvature is not positive or β is outside [0, 1).

    References
    ----------
    polyak1964some; goh2017momentum.

    Examples
    --------
    >>> print(largest_stable_rate(4.0), largest_stable_rate(4.0, decay=0.5))
    0.5 0.75
    """
    largest = positive(largest_curvature, "largest_curvature")
    beta = decay_rate(decay, "decay")
    fitting(largest_curvature=largest, decay=beta)
    return 2 * (1 + beta) / largest


@refuses_overflow
def best_rate(smallest_curvature: npt.ArrayLike, largest_curvature: npt.ArrayLike) -> Array:
    """Return the rate with which gradient descent contracts a quadratic's error fastest.

    Parameters
    ----------
    smallest_curvature, largest_curvature : float or array_like
        0 < μ ≤ L, the extreme eigenvalues of the Hessian.

    Returns
    -------
    ndarray or float64
        2 / (μ + L), at which the gentlest and the steepest direction contract equally.

    Raises
    ------
    ValueError
        If a curvature is not positive or μ exceeds L.

    References
    ----------
    nesterov2018lectures, theorem 2.1.15.

    Examples
    --------
    >>> print(best_rate(1.0, 9.0), contraction_factor(best_rate(1.0, 9.0), 1.0, 9.0))
    0.2 0.8
    """
    smallest, largest = curvature_range(smallest_curvature, largest_curvature)
    return 2 / (smallest + largest)


@refuses_overflow
def contraction_factor(
    learning_rate: npt.ArrayLike,
    smallest_curvature: npt.ArrayLike,
    largest_curvature: npt.ArrayLike,
) -> Array:
    """Return by how much each step of gradient descent shrinks a quadratic's error, at worst.

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0.
    smallest_curvature, largest_curvature : float or array_like
        0 < μ ≤ L, the extreme eigenvalues of the Hessian.

    Returns
    -------
    ndarray or float64
        max(|1 − ημ|, |1 − ηL|); above 1 the error grows. At the best rate it is
        (κ − 1) / (κ + 1) with the condition number κ = L / μ.

    Raises
    ------
    ValueError
        If η or a curvature is not positive or μ exceeds L.

    References
    ----------
    nesterov2018lectures, theorem 2.1.15.

    Examples
    --------
    >>> print(contraction_factor([0.1, 0.2, 0.3], 1.0, 9.0).round(6))
    [0.9 0.8 1.7]
    """
    rate = positive(learning_rate, "learning_rate")
    smallest, largest = curvature_range(smallest_curvature, largest_curvature)
    fitting(learning_rate=rate, smallest_curvature=smallest, largest_curvature=largest)
    factor: Array = np.maximum(abs(1 - rate * smallest), abs(1 - rate * largest))
    return factor


def _largest_root(total: Array, product: Array) -> Array:
    """Return the larger modulus of the two roots of r² − total·r + product."""
    root = np.sqrt(total**2 - 4 * product + 0j)
    radius: Array = np.maximum(abs(total + root), abs(total - root)) / 2
    return radius


@refuses_overflow
def heavy_ball_radius(
    learning_rate: npt.ArrayLike, decay: npt.ArrayLike, curvature: npt.ArrayLike
) -> Array:
    """Return the spectral radius of the heavy ball along one direction of a quadratic.

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0.
    decay : float or array_like
        β in [0, 1).
    curvature : float or array_like
        λ > 0. For a whole quadratic take the maximum over its eigenvalues.

    Returns
    -------
    ndarray or float64
        The factor per step by which the error shrinks (below 1) or grows in the long run, for
        the recurrence v ← βv + g, θ ← θ − ηv.

    Raises
    ------
    ValueError
        If η or λ is not positive or β is outside [0, 1).

    Notes
    -----
    Without v the recurrence reads θ⁺ = (1 + β − ηλ) θ − β θ⁻, so the radius is the larger
    modulus of the roots of r² − (1 + β − ηλ) r + β. Where they are complex, their product β is
    the square of their modulus: the radius is √β there, whatever η. (goh2017momentum prints 2√β.)

    References
    ----------
    polyak1964some; goh2017momentum.

    See Also
    --------
    nesterov_radius, tuned_heavy_ball

    Examples
    --------
    >>> print(heavy_ball_radius([0.5, 1.0, 2.7], 0.25, 1.0).round(6))
    [0.5  0.5  1.25]
    """
    rate, beta = positive(learning_rate, "learning_rate"), decay_rate(decay, "decay")
    steepness = positive(curvature, "curvature")
    fitting(learning_rate=rate, decay=beta, curvature=steepness)
    return _largest_root(1 + beta - rate * steepness, beta)


@refuses_overflow
def nesterov_radius(
    learning_rate: npt.ArrayLike, decay: npt.ArrayLike, curvature: npt.ArrayLike
) -> Array:
    """Return the spectral radius of Nesterov's momentum along one direction of a quadratic.

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0.
    decay : float or array_like
        β in [0, 1).
    curvature : float or array_like
        λ > 0. For a whole quadratic take the maximum over its eigenvalues.

    Returns
    -------
    ndarray or float64
        The factor per step by which the error shrinks (below 1) or grows in the long run.

    Raises
    ------
    ValueError
        If η or λ is not positive or β is outside [0, 1).

    Notes
    -----
    The larger modulus of the roots of r² − (1 + β)(1 − ηλ) r + β (1 − ηλ): the heavy ball whose
    decay is β (1 − ηλ), so that steep directions are damped more.

    References
    ----------
    sutskever2013importance, theorem 2.1.

    Examples
    --------
    >>> print(nesterov_radius(0.75, 0.25, 1.0).round(6))
    0.25
    """
    rate, beta = positive(learning_rate, "learning_rate"), decay_rate(decay, "decay")
    steepness = positive(curvature, "curvature")
    fitting(learning_rate=rate, decay=beta, curvature=steepness)
    shrink = 1 - rate * steepness
    return _largest_root((1 + beta) * shrink, beta * shrink)


class TunedHeavyBall(NamedTuple):
    """The settings with which the heavy ball contracts a quadratic's error fastest."""

    learning_rate: Array
    decay: Array


@refuses_overflow
def tuned_heavy_ball(
    smallest_curvature: npt.ArrayLike, largest_curvature: npt.ArrayLike
) -> TunedHeavyBall:
    """Return the best learning rate and decay of the heavy ball on a quadratic.

    Parameters
    ----------
    smallest_curvature, largest_curvature : float or array_like
        0 < μ ≤ L, the extreme eigenvalues of the Hessian.

    Returns
    -------
    TunedHeavyBall
        η = 4 / (√μ + √L)² and β = ((√κ − 1) / (√κ + 1))², with κ = L / μ. The error then
        shrinks by √β = (√κ − 1) / (√κ + 1) a step.

    Raises
    ------
    ValueError
        If a curvature is not positive or μ exceeds L.

    References
    ----------
    polyak1964some.

    Examples
    --------
    >>> tuned = tuned_heavy_ball(1.0, 9.0)
    >>> print(tuned.learning_rate, tuned.decay)
    0.25 0.25
    """
    smallest, largest = curvature_range(smallest_curvature, largest_curvature)
    low, high = np.sqrt(smallest), np.sqrt(largest)
    return TunedHeavyBall(4 / (low + high) ** 2, ((high - low) / (high + low)) ** 2)


class Modes(NamedTuple):
    """The errors of a path along the eigenvectors of a Hessian."""

    curvatures: Array
    errors: Array


def eigenmodes(path: npt.ArrayLike, hessian: npt.ArrayLike, minimum: npt.ArrayLike) -> Modes:
    """Split the error of a path into its parts along the eigenvectors of a Hessian.

    Parameters
    ----------
    path : array_like, shape (..., d)
        Points, such as `descend` returns; infinities are let through.
    hessian : array_like, shape (d, d)
        A symmetric matrix.
    minimum : array_like, shape (d,)
        From where the error is counted.

    Returns
    -------
    Modes
        ``curvatures`` (d,), ascending, and ``errors`` (..., d), the coordinate along each
        eigenvector. The value of the quadratic is the sum of λ c² / 2 over its modes.

    Raises
    ------
    ValueError
        If the shapes do not fit or the Hessian is not symmetric.

    Notes
    -----
    On a quadratic, gradient descent multiplies each of them by 1 − ηλ at each step.

    Examples
    --------
    >>> modes = eigenmodes([[3.0, 5.0]], [[1.0, 0.0], [0.0, 4.0]], [1.0, 1.0])
    >>> modes.curvatures, abs(modes.errors)
    (array([1., 4.]), array([[2., 4.]]))
    """
    lowest = finite_array(minimum, "minimum", ("d",))
    size = len(lowest)
    matrix = symmetric_matrix(hessian, "hessian")
    check_shape(matrix, "hessian", (size, size))
    points = real_array(path, "path")
    if points.ndim == 0 or points.shape[-1] != size:
        raise ValueError(f"path must have shape (..., {size}), but its shape is {points.shape}.")
    curvatures, axes = np.linalg.eigh(matrix)
    with np.errstate(all="ignore"):
        return Modes(curvatures, ((points - lowest)[..., None, :] * axes.T).sum(axis=-1))


@refuses_overflow
def descent_bound(
    value: npt.ArrayLike,
    gradient: npt.ArrayLike,
    learning_rate: npt.ArrayLike,
    largest_curvature: npt.ArrayLike,
) -> Array:
    """Return the height that one step of gradient descent cannot end above.

    Parameters
    ----------
    value : array_like, shape (...)
        f(θ).
    gradient : array_like, shape (..., d)
        ∇f(θ).
    learning_rate : float or array_like
        η > 0.
    largest_curvature : float or array_like
        L > 0: between θ and the next point, no eigenvalue of the Hessian is above it.

    Returns
    -------
    ndarray, shape (...)
        f(θ) − η (1 − ηL/2) ‖∇f(θ)‖², the descent lemma. Below f(θ) as long as η < 2/L.

    Raises
    ------
    ValueError
        If η or L is not positive, or value and gradient are not finite.

    References
    ----------
    nesterov2018lectures, sec. 1.2.3.

    Examples
    --------
    >>> print(descent_bound(2.0, [2.0], 0.5, 1.0))  # f = θ²/2 at 2: the step ends at 1
    0.5
    """
    rate, height = positive(learning_rate, "learning_rate"), finite_array(value, "value")
    largest, slope = (
        positive(largest_curvature, "largest_curvature"),
        finite_array(gradient, "gradient"),
    )
    if slope.ndim == 0:
        raise ValueError("gradient must have an axis of coordinates, but is a single number.")
    squared = (slope**2).sum(axis=-1)
    fitting(value=height, gradient=squared, learning_rate=rate, largest_curvature=largest)
    bound: Array = height - rate * (1 - rate * largest / 2) * squared
    return bound.astype(np.result_type(height, slope))


def measured_rate(errors: npt.ArrayLike) -> Array:
    """Return by what factor a step multiplied the error, on average over a path's second half.

    Parameters
    ----------
    errors : array_like, shape (n_steps + 1, ..., d)
        Distances from the minimum by coordinate, the start first; at least 3 of them.

    Returns
    -------
    ndarray, shape (...)
        The geometric mean of ‖e⁺‖ / ‖e‖; 0 where the minimum was hit, infinite or NaN where the
        path is. The first half is left out, because there a momentum still gathers speed.

    Raises
    ------
    ValueError
        If there are fewer than 2 steps.

    Examples
    --------
    >>> print(measured_rate([[8.0], [4.0], [2.0], [1.0], [0.5]]))
    0.5
    """
    array = real_array(errors, "errors")
    if array.ndim < 2 or len(array) < 3:
        raise ValueError(
            f"errors must have shape (n_steps + 1, ..., d) with at least 2 steps, "
            f"but its shape is {array.shape}."
        )
    half = (len(array) - 1) // 2
    with np.errstate(all="ignore"):
        first, last = (np.linalg.norm(array[k], axis=-1) for k in (half, -1))
        rate: Array = np.where(first > 0, (last / first) ** (1 / (len(array) - 1 - half)), 0.0)
    return rate[()]
