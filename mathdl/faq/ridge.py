"""Ridge regression and early stopping, mode by mode."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    finite_array,
    nonnegative_number,
    positive_number,
    refuses_overflow,
    whole_number,
)


class Spectrum(NamedTuple):
    """The curvatures of the mean squared error of a linear model, and their directions.

    Attributes
    ----------
    curvatures : ndarray, shape (n_in,)
        Eigenvalues λ of XᵀX / n, ascending, none below 0.
    directions : ndarray, shape (n_in, n_in)
        Orthonormal eigenvectors, one a column.
    """

    curvatures: Array
    directions: Array


def regression_data(
    x: npt.ArrayLike, target: npt.ArrayLike, *, names: tuple[str, str] = ("x", "target")
) -> tuple[Array, Array]:
    """Return a matrix of samples and one target a sample, checked.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Samples, one a row.
    target : array_like, shape (n_samples,)
        One number a sample.
    names : pair of str, default ("x", "target")
        What the caller calls the two.

    Returns
    -------
    x, target : ndarray
        The same numbers, as floats.

    Raises
    ------
    ValueError
        If either has another shape, is empty or not finite.
    """
    rows = finite_array(x, names[0], ("n_samples", "n_in"))
    return rows, finite_array(target, names[1], (len(rows),))


@refuses_overflow
def spectrum(x: npt.ArrayLike) -> Spectrum:
    """Return the modes of least squares on some samples.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Samples, one a row.

    Returns
    -------
    Spectrum
        Curvatures and directions of ‖Xw − y‖² / 2n, whatever y is.

    Raises
    ------
    ValueError
        If x has another shape, is empty or not finite.

    Examples
    --------
    >>> spectrum([[1.0, 0.0], [0.0, 3.0]]).curvatures
    array([0.5, 4.5])
    """
    rows = finite_array(x, "x", ("n_samples", "n_in"))
    curvatures, directions = np.linalg.eigh(rows.T @ rows / len(rows))
    return Spectrum(np.maximum(curvatures, 0), directions)


@refuses_overflow
def ridge(x: npt.ArrayLike, target: npt.ArrayLike, penalty: float) -> Array:
    """Return the weights that minimise ‖Xw − y‖² / 2n + α‖w‖² / 2.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Samples, one a row.
    target : array_like, shape (n_samples,)
        What is wanted.
    penalty : float
        α, at least 0. With 0 the samples must determine the weights.

    Returns
    -------
    ndarray, shape (n_in,)
        The weights.

    Raises
    ------
    ValueError
        If shapes do not fit, something is empty or not finite, α is negative, or α is 0 and the
        weights are not determined.

    Notes
    -----
    w = (XᵀX/n + αI)⁻¹ Xᵀy/n.

    References
    ----------
    hoerl1970ridge, eq. 2.1; goodfellow2016deep, eq. 7.17.

    Examples
    --------
    >>> ridge([[1.0, 0.0], [0.0, 3.0]], [1.0, 3.0], 0.5).round(6)
    array([0.5, 0.9])
    """
    rows, wanted = regression_data(x, target)
    alpha = nonnegative_number(penalty, "penalty")
    n, n_in = rows.shape
    if alpha == 0 and np.linalg.matrix_rank(rows) < n_in:
        raise ValueError(
            f"penalty must be greater than 0, since {n} samples do not determine {n_in} weights."
        )
    solution: Array = np.linalg.solve(
        rows.T @ rows / n + alpha * np.eye(n_in, dtype=rows.dtype), rows.T @ wanted / n
    )
    return solution


@refuses_overflow
def ridge_shrinkage(curvatures: npt.ArrayLike, penalty: float) -> Array:
    """Return what ridge leaves of each mode of the least squares solution.

    Parameters
    ----------
    curvatures : array_like
        λ, at least 0.
    penalty : float
        α, greater than 0.

    Returns
    -------
    ndarray
        λ/(λ + α), from 0 to 1, in the shape of `curvatures`.

    Raises
    ------
    ValueError
        If a curvature is negative or not finite, or α is not greater than 0.

    References
    ----------
    goodfellow2016deep, eq. 7.13.

    Examples
    --------
    >>> ridge_shrinkage([0.0, 1.0, 9.0], 1.0)
    array([0. , 0.5, 0.9])
    """
    modes = _curvatures(curvatures)
    return modes / (modes + positive_number(penalty, "penalty"))


def stopped_descent(
    x: npt.ArrayLike, target: npt.ArrayLike, *, learning_rate: float, n_steps: int
) -> Array:
    """Return the weights after some steps of gradient descent from zero on ‖Xw − y‖² / 2n.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Samples, one a row.
    target : array_like, shape (n_samples,)
        What is wanted.
    learning_rate : float
        η, greater than 0.
    n_steps : int
        k, at least 0.

    Returns
    -------
    ndarray, shape (n_in,)
        The weights after k steps. With η beyond 2/λ_max they grow: a result, not an error.

    Raises
    ------
    ValueError
        If shapes do not fit, something is empty or not finite, or a setting is out of range.

    Examples
    --------
    >>> stopped_descent([[1.0]], [2.0], learning_rate=0.5, n_steps=3)
    array([1.75])
    """
    rows, wanted = regression_data(x, target)
    rate = positive_number(learning_rate, "learning_rate")
    weights = np.zeros(rows.shape[1], rows.dtype)
    with np.errstate(all="ignore"):
        for _ in range(whole_number(n_steps, "n_steps", at_least=0)):
            weights = weights - rate * (rows.T @ (rows @ weights - wanted)) / len(rows)
    return weights


@refuses_overflow
def stopping_shrinkage(curvatures: npt.ArrayLike, learning_rate: float, n_steps: int) -> Array:
    """Return what descent from zero has reached of each mode when it is stopped.

    Parameters
    ----------
    curvatures : array_like
        λ, at least 0.
    learning_rate : float
        η, greater than 0, with ηλ < 2 in all modes.
    n_steps : int
        k, at least 0.

    Returns
    -------
    ndarray
        1 − (1 − ηλ)ᵏ, in the shape of `curvatures`.

    Raises
    ------
    ValueError
        If a curvature is negative or not finite, or a setting is out of range.

    References
    ----------
    goodfellow2016deep, eq. 7.40.

    Examples
    --------
    >>> stopping_shrinkage([0.0, 0.5, 1.0], 1.0, 2)
    array([0.  , 0.75, 1.  ])
    """
    modes = _curvatures(curvatures)
    rate = positive_number(learning_rate, "learning_rate")
    k = whole_number(n_steps, "n_steps", at_least=0)
    if rate * modes.max() >= 2:
        raise ValueError(
            f"learning_rate must be below 2/λ = {2 / modes.max():.3g}, but is {rate:g}: "
            "the descent would diverge."
        )
    reached: Array = 1 - (1 - rate * modes) ** k
    return reached


@refuses_overflow
def matching_penalty(learning_rate: float, n_steps: int) -> float:
    """Return the ridge penalty that shrinks gentle modes about as much as early stopping does.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    n_steps : int
        k, at least 1.

    Returns
    -------
    float
        α = 1/(ηk).

    Raises
    ------
    ValueError
        If a setting is out of range.

    References
    ----------
    goodfellow2016deep, eq. 7.45.

    Examples
    --------
    >>> matching_penalty(0.5, 20)
    0.1
    """
    rate = positive_number(learning_rate, "learning_rate")
    return 1 / (rate * whole_number(n_steps, "n_steps"))


def _curvatures(value: npt.ArrayLike) -> Array:
    modes = finite_array(value, "curvatures")
    if modes.min() < 0:
        raise ValueError(f"curvatures must be at least 0, but one of them is {modes.min():g}.")
    return modes
