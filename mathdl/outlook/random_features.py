"""Least squares with more features than samples, of which the shortest solution is taken."""

import math

import numpy as np

from explorable.checks import Array, ArrayLike, array, check_shape, checked, number
from mathdl.equations import equation, source

__all__ = ["minimum_norm", "random_relu_features", "ridge_fit"]


@equation("outlook-minimum-norm")
@checked(features=array("n_samples", "n_features"), target=array("n_samples", ...))
def minimum_norm(features: ArrayLike, target: ArrayLike) -> Array:
    """Solve a least-squares problem; among all solutions take the shortest.

    Parameters
    ----------
    features
        Φ, one sample per row.
    target
        y, shape (n_samples,), or several of them side by side.

    Returns
    -------
    ndarray, shape (n_features,) or (n_features, n_targets)
        θ that minimises ‖Φθ − y‖ and, if many do, has the smallest ‖θ‖.

    Examples
    --------
    >>> minimum_norm([[1.0, 1.0]], [2.0]).round(6)
    array([1., 1.])
    """
    check_shape(target, "target", (len(features), *target.shape[1:2]))
    return np.linalg.lstsq(features, target, rcond=None)[0]


@equation("outlook-ridge")
@source("hastie2009elements, equations 3.44 and 3.47.")
@checked(
    features=array("n_samples", "n_features"),
    target=array("n_samples", ...),
    penalty=number("(0, inf)"),
)
def ridge_fit(features: ArrayLike, target: ArrayLike, penalty: float) -> Array:
    """Minimise ‖Φθ − y‖² + penalty·‖θ‖².

    Parameters
    ----------
    features
        Φ, one sample per row.
    target
        y, shape (n_samples,), or several of them side by side.
    penalty
        How much length costs.

    Returns
    -------
    ndarray, shape (n_features,) or (n_features, n_targets)
        θ.

    Examples
    --------
    >>> ridge_fit([[1.0, 1.0]], [2.0], penalty=2.0).round(6)  # half of the minimum-norm solution
    array([0.5, 0.5])
    """
    check_shape(target, "target", (len(features), *target.shape[1:2]))
    n, p = features.shape
    if p <= n:
        added = penalty * np.eye(p, dtype=features.dtype)
        return np.linalg.solve(features.T @ features + added, features.T @ target)
    # The same solution by way of an n × n matrix.
    added = penalty * np.eye(n, dtype=features.dtype)
    return features.T @ np.linalg.solve(features @ features.T + added, target)


@source("rahimi2008random, for features that are drawn and not trained.")
@checked(x=array("n_samples", "n_in"), directions=array("n_features", "n_in"))
def random_relu_features(x: ArrayLike, directions: ArrayLike) -> Array:
    """Return one layer of ReLU units whose weights are not learned.

    Parameters
    ----------
    x
        Samples.
    directions
        One unit's weights a row.

    Returns
    -------
    ndarray, shape (n_samples, n_features)
        relu(v_j·x)/√n_features; the factor keeps the mean square length of a row the same for
        all sizes.

    Examples
    --------
    >>> random_relu_features([[1.0, 2.0]], [[1.0, 0.0], [0.0, -1.0]]).round(4)
    array([[0.7071, 0.    ]])
    """
    return np.maximum(x @ directions.T, 0) / math.sqrt(len(directions))
