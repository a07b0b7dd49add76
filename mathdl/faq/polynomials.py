"""Polynomials as features of a line, and their weights under ridge and dropout, in closed form."""

import math

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    all_finite,
    check_shape,
    finite_array,
    nonnegative_number,
    number_between,
    refuses_overflow,
    require_room,
    whole_number,
)


@refuses_overflow
def legendre(x: npt.ArrayLike, degree: int) -> Array:
    """Return the Legendre polynomials up to a degree, each with mean square 1 on [−1, 1].

    Parameters
    ----------
    x : array_like, shape (n_samples,)
        From −1 to 1.
    degree : int
        At least 1.

    Returns
    -------
    ndarray, shape (n_samples, degree + 1)
        Features, one polynomial a column.

    Raises
    ------
    ValueError
        If x has another shape, is empty or leaves [−1, 1], or the degree is too small.

    Examples
    --------
    >>> legendre([-1.0, 0.0, 1.0], 1).round(3)
    array([[ 1.   , -1.732],
           [ 1.   ,  0.   ],
           [ 1.   ,  1.732]])
    """
    places = finite_array(x, "x", ("n_samples",))
    furthest = places[np.abs(places).argmax()]
    if abs(furthest) > 1:
        raise ValueError(f"x must lie in [-1, 1], but one of them is {furthest:g}.")
    d = whole_number(degree, "degree")
    require_room(len(places) * (d + 1), "x and degree")
    polynomials: Array = np.polynomial.legendre.legvander(places, d)
    return polynomials * np.sqrt(2 * np.arange(d + 1) + 1).astype(polynomials.dtype)


@refuses_overflow
def fit_weights(
    features: npt.ArrayLike,
    target: npt.ArrayLike,
    *,
    penalty: float = 0.0,
    keep_rate: float = 1.0,
) -> Array:
    """Return the weights of a linear model under ridge and under dropout in expectation.

    Parameters
    ----------
    features : array_like, shape (n_samples, n_in)
        The first column is the constant 1, which is neither penalised nor dropped.
    target : array_like, shape (n_samples,) or (n_samples, n_targets)
        What is wanted, or several such columns side by side.
    penalty : float, default 0
        α, at least 0.
    keep_rate : float, default 1
        q in (0, 1].

    Returns
    -------
    ndarray, shape (n_in,) or (n_in, n_targets)
        The minimiser of ‖Φw − y‖²/n + α‖w‖² + (1 − q)/q · Σⱼ ‖Φⱼ‖²wⱼ²/n, sums without the
        constant; of several the shortest.

    Raises
    ------
    ValueError
        If shapes do not fit, something is empty or not finite, or a number is out of range.

    Examples
    --------
    >>> fit_weights([[1.0, -1.0], [1.0, 1.0]], [0.0, 2.0], penalty=1.0)
    array([1. , 0.5])
    >>> fit_weights([[1.0, -1.0], [1.0, 1.0]], [0.0, 2.0], keep_rate=0.5)
    array([1. , 0.5])
    """
    phi = finite_array(features, "features", ("n_samples", "n_in"))
    wanted = finite_array(target, "target")
    check_shape(wanted, "target", (len(phi), *wanted.shape[1:2]))
    alpha = nonnegative_number(penalty, "penalty")
    keep = number_between(keep_rate, "keep_rate", 0, 1, closed="right")
    if not (phi[:, 0] == 1).all():
        raise ValueError("features must have the constant 1 in their first column.")
    return _solve(phi, wanted, _added(alpha, keep, phi))


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
    solution: Array = np.linalg.lstsq(rows, np.concatenate([wanted / root, zeros]))[0]
    return solution
