"""Least squares with more features than samples, of which the shortest solution is taken."""

import math

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    finite_array,
    positive_number,
    refuses_overflow,
)


@refuses_overflow
def minimum_norm(features: npt.ArrayLike, target: npt.ArrayLike) -> Array:
    """Solve a least-squares problem; among all solutions take the shortest.

    Parameters
    ----------
    features : array_like, shape (n_samples, n_features)
        Φ, one sample a row.
    target : array_like, shape (n_samples,) or (n_samples, n_targets)
        y, or several of them side by side.

    Returns
    -------
    ndarray, shape (n_features,) or (n_features, n_targets)
        θ that minimises ‖Φθ − y‖ and, if many do, has the smallest ‖θ‖.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.

    Examples
    --------
    >>> minimum_norm([[1.0, 1.0]], [2.0]).round(6)
    array([1., 1.])
    """
    phi, y = _problem(features, target)
    return _minimum_norm(phi, y)


@refuses_overflow
def ridge_fit(features: npt.ArrayLike, target: npt.ArrayLike, penalty: float) -> Array:
    """Minimise ‖Φθ − y‖² + penalty·‖θ‖².

    Parameters
    ----------
    features : array_like, shape (n_samples, n_features)
        Φ, one sample a row.
    target : array_like, shape (n_samples,) or (n_samples, n_targets)
        y, or several of them side by side.
    penalty : float
        Greater than 0.

    Returns
    -------
    ndarray, shape (n_features,) or (n_features, n_targets)
        θ.

    Raises
    ------
    ValueError
        If shapes do not fit, a number is not finite, or the penalty is not positive.

    References
    ----------
    hastie2009elements, equations 3.44 and 3.47.

    Examples
    --------
    >>> ridge_fit([[1.0, 1.0]], [2.0], penalty=2.0).round(6)  # half of the minimum-norm solution
    array([0.5, 0.5])
    """
    phi, y = _problem(features, target)
    return _ridge(phi, y, positive_number(penalty, "penalty"))


@refuses_overflow
def random_relu_features(x: npt.ArrayLike, directions: npt.ArrayLike) -> Array:
    """Return one layer of ReLU units whose weights are not learned.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Samples.
    directions : array_like, shape (n_features, n_in)
        One unit's weights a row.

    Returns
    -------
    ndarray, shape (n_samples, n_features)
        relu(v_j·x)/√n_features; the factor keeps the length of a row the same for all sizes.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.

    References
    ----------
    rahimi2008random, for features that are drawn and not trained.

    Examples
    --------
    >>> random_relu_features([[1.0, 2.0]], [[1.0, 0.0], [0.0, -1.0]]).round(4)
    array([[0.7071, 0.    ]])
    """
    rows = finite_array(x, "x", ("n_samples", "n_in"))
    units = finite_array(directions, "directions", ("n_features", rows.shape[1]))
    return _relu_features(rows, units)


@refuses_overflow
def noise_gain(features: npt.ArrayLike) -> float:
    """Return by how much a least-squares fit amplifies noise of variance 1.

    Parameters
    ----------
    features : array_like, shape (n_samples, n_features)
        Φ.

    Returns
    -------
    float
        Σ 1/s_i² over the singular values of Φ that are not 0: the expected ‖θ‖² of the
        minimum-norm fit to noise alone.

    Raises
    ------
    ValueError
        If a number is not finite or all are 0.

    References
    ----------
    hastie2022surprises, Lemma 1, who take the variance as this trace.

    Examples
    --------
    >>> noise_gain([[2.0, 0.0], [0.0, 0.1]])  # 1/4 + 100
    100.25
    """
    phi = finite_array(features, "features", ("n_samples", "n_features"))
    s = np.linalg.svd(phi, compute_uv=False)
    s = s[s > 1e-12 * s[0]]
    if s.size == 0:
        raise ValueError("features must not all be 0.")
    return round(float((1 / s**2).sum()), 12)


def _problem(features: npt.ArrayLike, target: npt.ArrayLike) -> tuple[Array, Array]:
    phi = finite_array(features, "features", ("n_samples", "n_features"))
    y = finite_array(target, "target")
    if y.ndim not in (1, 2) or len(y) != len(phi):
        raise ValueError(f"target must hold {len(phi)} rows, but its shape is {y.shape}.")
    return phi, y


def _minimum_norm(phi: Array, y: Array) -> Array:
    solution: Array = np.linalg.lstsq(phi, y, rcond=None)[0]
    return solution


def _ridge(phi: Array, y: Array, penalty: float) -> Array:
    n, p = phi.shape
    if p <= n:
        added = penalty * np.eye(p, dtype=phi.dtype)
        solution: Array = np.linalg.solve(phi.T @ phi + added, phi.T @ y)
    else:  # the same solution by way of an n × n matrix
        added = penalty * np.eye(n, dtype=phi.dtype)
        solution = phi.T @ np.linalg.solve(phi @ phi.T + added, y)
    return solution


def _relu_features(x: Array, directions: Array) -> Array:
    features: Array = np.maximum(x @ directions.T, 0) / math.sqrt(len(directions))
    return features
