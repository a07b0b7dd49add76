"""What can be said of a descent before it is run: rates, radii, modes, a bound on the descent.

Curvature means an eigenvalue of the Hessian: λ for one of them, μ for the smallest and L for the
largest. All functions work entry by entry and broadcast their arguments.
"""

from typing import NamedTuple

import numpy as np

from explorable.checks import (
    Array,
    ArrayLike,
    array,
    checked,
    entrywise,
    require_broadcast,
    symmetric,
)
from mathdl.equations import equation, source


@equation("gradient-descent-stability", "gradient-descent-ball-stability")
@source("polyak1964some; goh2017momentum.")
@checked(largest_curvature=entrywise("(0, inf)"), decay=entrywise("[0, 1)"))
def largest_stable_rate(largest_curvature: ArrayLike, *, decay: ArrayLike = 0.0) -> Array:
    """Return 2 (1 + β) / L, below which descent on a quadratic settles from every start.

    Parameters
    ----------
    largest_curvature
        L, the largest eigenvalue of the Hessian.
    decay
        β of `momentum`; 0 is plain gradient descent.

    Returns
    -------
    ndarray or float64
        2 (1 + β) / L. At this rate and beyond it, the steepest direction does not settle.

    Examples
    --------
    >>> print(largest_stable_rate(4.0), largest_stable_rate(4.0, decay=0.5))
    0.5 0.75
    """
    return 2 * (1 + decay) / largest_curvature


@equation("gradient-descent-best-rate")
@source("nesterov2018lectures, theorem 2.1.15.")
@checked(
    smallest_curvature=entrywise("(0, inf)"),
    largest_curvature=entrywise("(0, inf)", not_below="smallest_curvature"),
)
def best_rate(smallest_curvature: ArrayLike, largest_curvature: ArrayLike) -> Array:
    """Return 2 / (μ + L), the rate with which descent contracts a quadratic's error fastest.

    Parameters
    ----------
    smallest_curvature, largest_curvature
        0 < μ ≤ L, the extreme eigenvalues of the Hessian.

    Returns
    -------
    ndarray or float64
        2 / (μ + L), at which the gentlest and the steepest direction contract equally.

    Examples
    --------
    >>> print(best_rate(1.0, 9.0), contraction_factor(best_rate(1.0, 9.0), 1.0, 9.0))
    0.2 0.8
    """
    return 2 / (smallest_curvature + largest_curvature)


@equation("gradient-descent-factor")
@source("nesterov2018lectures, theorem 2.1.15.")
@checked(
    learning_rate=entrywise("(0, inf)"),
    smallest_curvature=entrywise("(0, inf)"),
    largest_curvature=entrywise("(0, inf)", not_below="smallest_curvature"),
)
def contraction_factor(
    learning_rate: ArrayLike, smallest_curvature: ArrayLike, largest_curvature: ArrayLike
) -> Array:
    """Return by how much each step of gradient descent shrinks a quadratic's error, at worst.

    Parameters
    ----------
    learning_rate
        η.
    smallest_curvature, largest_curvature
        0 < μ ≤ L, the extreme eigenvalues of the Hessian.

    Returns
    -------
    ndarray or float64
        max(|1 − ημ|, |1 − ηL|); above 1 the error grows. At the best rate it is
        (κ − 1) / (κ + 1) with the condition number κ = L / μ.

    Examples
    --------
    >>> print(contraction_factor([0.1, 0.2, 0.3], 1.0, 9.0).round(6))
    [0.9 0.8 1.7]
    """
    slow, fast = (1 - learning_rate * c for c in (smallest_curvature, largest_curvature))
    return np.maximum(abs(slow), abs(fast))


def _largest_root(total: Array, product: Array) -> Array:
    """Return the larger modulus of the two roots of r² − total·r + product."""
    discriminant = total**2 - 4 * product
    real = (abs(total) + np.sqrt(np.maximum(discriminant, 0))) / 2
    return np.where(discriminant < 0, np.sqrt(abs(product)), real)  # or a pair of complex ones


@equation("gradient-descent-characteristic", "gradient-descent-sqrt-beta")
@source("polyak1964some; goh2017momentum.")
@checked(
    learning_rate=entrywise("(0, inf)"), decay=entrywise("[0, 1)"), curvature=entrywise("(0, inf)")
)
def heavy_ball_radius(learning_rate: ArrayLike, decay: ArrayLike, curvature: ArrayLike) -> Array:
    """Return the spectral radius of the heavy ball along one direction of a quadratic.

    Parameters
    ----------
    learning_rate
        η.
    decay
        β.
    curvature
        λ. For a whole quadratic take the maximum over its eigenvalues.

    Returns
    -------
    ndarray or float64
        The factor per step by which the error shrinks (below 1) or grows in the long run, for
        the recurrence v ← βv + g, θ ← θ − ηv.

    Notes
    -----
    Without v the recurrence reads θ⁺ = (1 + β − ηλ) θ − β θ⁻, so the radius is the larger
    modulus of the roots of r² − (1 + β − ηλ) r + β. Where they are complex, their product β is
    the square of their modulus: the radius is √β there, whatever η. (goh2017momentum prints 2√β.)

    See Also
    --------
    nesterov_radius, tuned_heavy_ball

    Examples
    --------
    >>> print(heavy_ball_radius([0.5, 1.0, 2.7], 0.25, 1.0).round(6))
    [0.5  0.5  1.25]
    """
    return _largest_root(1 + decay - learning_rate * curvature, decay)


@equation("gradient-descent-nesterov-modes")
@source("sutskever2013importance, theorem 2.1.")
@checked(
    learning_rate=entrywise("(0, inf)"), decay=entrywise("[0, 1)"), curvature=entrywise("(0, inf)")
)
def nesterov_radius(learning_rate: ArrayLike, decay: ArrayLike, curvature: ArrayLike) -> Array:
    """Return the spectral radius of Nesterov's momentum along one direction of a quadratic.

    Parameters
    ----------
    learning_rate
        η.
    decay
        β.
    curvature
        λ. For a whole quadratic take the maximum over its eigenvalues.

    Returns
    -------
    ndarray or float64
        The factor per step by which the error shrinks (below 1) or grows in the long run.

    Notes
    -----
    The larger modulus of the roots of r² − (1 + β)(1 − ηλ) r + β (1 − ηλ): the heavy ball whose
    decay is β (1 − ηλ), so that steep directions are damped more.

    Examples
    --------
    >>> print(nesterov_radius(0.75, 0.25, 1.0).round(6))
    0.25
    """
    shrink = 1 - learning_rate * curvature
    return _largest_root((1 + decay) * shrink, decay * shrink)


class TunedHeavyBall(NamedTuple):
    """The settings with which the heavy ball contracts a quadratic's error fastest."""

    learning_rate: ArrayLike
    decay: ArrayLike


@equation("gradient-descent-tuned-ball")
@source("polyak1964some.")
@checked(
    smallest_curvature=entrywise("(0, inf)"),
    largest_curvature=entrywise("(0, inf)", not_below="smallest_curvature"),
)
def tuned_heavy_ball(
    smallest_curvature: ArrayLike, largest_curvature: ArrayLike
) -> TunedHeavyBall:
    """Return the best learning rate and decay of the heavy ball on a quadratic.

    Parameters
    ----------
    smallest_curvature, largest_curvature
        0 < μ ≤ L, the extreme eigenvalues of the Hessian.

    Returns
    -------
    TunedHeavyBall
        η = 4 / (√μ + √L)² and β = ((√κ − 1) / (√κ + 1))², with κ = L / μ. In the
        long run the error then shrinks by √β = (√κ − 1) / (√κ + 1) a step.

    Examples
    --------
    >>> tuned = tuned_heavy_ball(1.0, 9.0)
    >>> print(tuned.learning_rate, tuned.decay)
    0.25 0.25
    """
    low, high = np.sqrt(smallest_curvature), np.sqrt(largest_curvature)
    return TunedHeavyBall(4 / (low + high) ** 2, ((high - low) / (high + low)) ** 2)


class Modes(NamedTuple):
    """The errors of a path along the eigenvectors of a Hessian."""

    curvatures: Array
    errors: Array


@equation("gradient-descent-modes")
@checked(
    minimum=array("d"), hessian=symmetric("d"), path=array(..., "d", finite=False), diverges=True
)
def eigenmodes(path: ArrayLike, hessian: ArrayLike, minimum: ArrayLike) -> Modes:
    """Split the error of a path into its parts along the eigenvectors of a Hessian.

    Parameters
    ----------
    path
        Points, such as `descend` returns. One that is not finite has no finite error.
    hessian
        A symmetric matrix.
    minimum
        From where the error is counted.

    Returns
    -------
    Modes
        ``curvatures`` (d,), ascending, and ``errors`` (..., d), the coordinate along each
        eigenvector. The value of the quadratic is the sum of λ c² / 2 over its modes.

    Notes
    -----
    On a quadratic, gradient descent multiplies each of them by 1 − ηλ at each step.

    Examples
    --------
    >>> modes = eigenmodes([[3.0, 5.0]], [[1.0, 0.0], [0.0, 4.0]], [1.0, 1.0])
    >>> modes.curvatures, abs(modes.errors)
    (array([1., 4.]), array([[2., 4.]]))
    """
    curvatures, axes = np.linalg.eigh(hessian)
    with np.errstate(all="ignore"):
        return Modes(curvatures, ((path - minimum)[..., None, :] * axes.T).sum(axis=-1))


@equation("gradient-descent-lemma")
@source("nesterov2018lectures, sec. 1.2.3.")
@checked(
    learning_rate=entrywise("(0, inf)"),
    value=array(),
    largest_curvature=entrywise("(0, inf)"),
    gradient=array(..., "d"),
)
def descent_bound(
    value: ArrayLike, gradient: ArrayLike, learning_rate: ArrayLike, largest_curvature: ArrayLike
) -> Array:
    """Return the height that one step of gradient descent cannot end above.

    Parameters
    ----------
    value
        f(θ).
    gradient
        ∇f(θ).
    learning_rate
        η.
    largest_curvature
        L: between θ and the next point, no eigenvalue of the Hessian is above it.

    Returns
    -------
    ndarray, shape (...)
        f(θ) − η (1 − ηL/2) ‖∇f(θ)‖², the descent lemma. Below f(θ) as long as η < 2/L.

    Examples
    --------
    >>> print(descent_bound(2.0, [2.0], 0.5, 1.0))  # f = θ²/2 at 2: the step ends at 1
    0.5
    """
    squared = (gradient**2).sum(axis=-1)
    require_broadcast(
        value=value,
        gradient=squared,
        learning_rate=learning_rate,
        largest_curvature=largest_curvature,
    )
    share = 1 - learning_rate * largest_curvature / 2
    bound: Array = value - learning_rate * share * squared
    return bound.astype(np.result_type(value, gradient))
