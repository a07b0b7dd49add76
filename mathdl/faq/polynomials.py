"""Polynomials as features of a line, and their weights under ridge and dropout, in closed form."""

import math

import numpy as np

from explorable.checks import (
    Array,
    ArrayLike,
    all_finite,
    array,
    check_shape,
    checked,
    number,
    require_room,
    whole,
)


@checked(x=array("n_samples", within="[-1, 1]"), degree=whole())
def legendre(x: ArrayLike, degree: int) -> Array:
    """Return the Legendre polynomials up to a degree, each with mean square 1 on [−1, 1].

    Parameters
    ----------
    x
        Places.
    degree
        The highest.

    Returns
    -------
    ndarray, shape (n_samples, degree + 1)
        Features, one polynomial a column.

    Examples
    --------
    >>> legendre([-1.0, 0.0, 1.0], 1).round(3)
    array([[ 1.   , -1.732],
           [ 1.   ,  0.   ],
           [ 1.   ,  1.732]])
    """
    require_room(len(x) * (degree + 1), "x and degree")
    polynomials: Array = np.polynomial.legendre.legvander(x, degree)
    return polynomials * np.sqrt(2 * np.arange(degree + 1) + 1).astype(polynomials.dtype)


@checked(
    features=array("n_samples", "n_in"),
    target=array("n_samples", ...),
    penalty=number("[0, inf)"),
    keep_rate=number("(0, 1]"),
    refuses="the first column is not 1, or the target has more than two axes",
)
def fit_weights(
    features: ArrayLike, target: ArrayLike, *, penalty: float = 0.0, keep_rate: float = 1.0
) -> Array:
    """Return the weights of a linear model under ridge and under dropout in expectation.

    Parameters
    ----------
    features
        The first column is the constant 1, which is neither penalised nor dropped.
    target
        What is wanted, shape (n_samples,), or several such columns side by side.
    penalty
        α.
    keep_rate
        q.

    Returns
    -------
    ndarray, shape (n_in,) or (n_in, n_targets)
        The minimiser of ‖Φw − y‖²/n + α‖w‖² + (1 − q)/q · Σⱼ ‖Φⱼ‖²wⱼ²/n, sums without the
        constant; of several the shortest.

    Examples
    --------
    >>> fit_weights([[1.0, -1.0], [1.0, 1.0]], [0.0, 2.0], penalty=1.0)
    array([1. , 0.5])
    >>> fit_weights([[1.0, -1.0], [1.0, 1.0]], [0.0, 2.0], keep_rate=0.5)
    array([1. , 0.5])
    """
    check_shape(target, "target", (len(features), *target.shape[1:2]))
    if not (features[:, 0] == 1).all():
        raise ValueError("features must have the constant 1 in their first column.")
    return _solve(features, target, _added(penalty, keep_rate, features))


def _added(penalty: float, keep_rate: float, phi: Array) -> Array:
    """Return what ridge and dropout add to the diagonal of ΦᵀΦ/n."""
    added: Array = penalty + (1 - keep_rate) / keep_rate * (phi**2).mean(axis=0)
    added[0] = 0
    if not all_finite(added):
        raise ValueError(
            "features must not be so large, nor keep_rate so small, that it overflows."
        )
    return added


def _solve(phi: Array, wanted: Array, added: Array) -> Array:
    """Solve with extra rows for what is added: better conditioned than the normal equations."""
    root = math.sqrt(len(phi))
    rows = np.vstack([phi / root, np.diag(np.sqrt(added))])
    zeros = np.zeros((len(added), *wanted.shape[1:]), wanted.dtype)
    return np.linalg.lstsq(rows, np.concatenate([wanted / root, zeros]))[0]
