"""The L1 penalty: its proximal step, the descent built on it, and L1 against L2 on a quadratic."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    a_function,
    finite_array,
    known_name,
    nonnegative_number,
    positive_number,
    real_array,
    refuses_overflow,
    require_room,
    symmetric_matrix,
    whole_number,
)
from mathdl.faq.ridge import regression_data


@refuses_overflow
def soft_threshold(w: npt.ArrayLike, threshold: float) -> Array:
    """Move each number towards zero by a threshold, and to zero where it is nearer than that.

    Parameters
    ----------
    w : array_like
        The numbers.
    threshold : float
        τ, at least 0.

    Returns
    -------
    ndarray
        sign(w) max(|w| − τ, 0), in the shape of w.

    Raises
    ------
    ValueError
        If w is empty or not finite, or τ is negative.

    Notes
    -----
    It minimises (v − w)² / 2 + τ|v| in v: it is the proximal operator of τ|·|.

    References
    ----------
    parikh2014proximal, sec. 6.5.2.

    Examples
    --------
    >>> soft_threshold([-3.0, 0.4, 1.0], 0.5)
    array([-2.5,  0. ,  0.5])
    """
    return _shrunk(finite_array(w, "w"), nonnegative_number(threshold, "threshold"))


def _shrunk(w: Array, threshold: float) -> Array:
    # Adding 0.0 makes −0.0 a plain zero, which prints as one.
    shrunk: Array = np.sign(w) * np.maximum(np.abs(w) - threshold, 0) + 0.0
    return shrunk


def ista(
    gradient: Callable[[Array], npt.ArrayLike],
    start: npt.ArrayLike,
    *,
    penalty: float,
    learning_rate: float,
    n_steps: int,
) -> Array:
    r"""Descend on f(w) + α‖w‖₁: a gradient step for f, then a proximal step for the penalty.

    Parameters
    ----------
    gradient : callable
        ∇f: takes and returns an array in the shape of `start`.
    start : array_like
        Where to begin.
    penalty : float
        α, at least 0.
    learning_rate : float
        η, greater than 0; up to 1/L for an f with curvatures up to L the objective never rises.
    n_steps : int
        k, at least 0.

    Returns
    -------
    ndarray, shape (n_steps + 1, \*start.shape)
        The path, from start to end.

    Raises
    ------
    ValueError
        If the start is empty or not finite, the gradient has another shape, or a setting is out
        of range.

    Notes
    -----
    w ← soft(w − η∇f(w), ηα).

    References
    ----------
    parikh2014proximal, sec. 4.2.

    Examples
    --------
    >>> ista(lambda w: w - [3.0, 0.4], [0.0, 0.0], penalty=1.0, learning_rate=1.0, n_steps=1)
    array([[0., 0.],
           [2., 0.]])
    """
    a_function(gradient, "gradient")
    path = [np.array(finite_array(start, "start"))]
    alpha = nonnegative_number(penalty, "penalty")
    rate = positive_number(learning_rate, "learning_rate")
    steps = whole_number(n_steps, "n_steps", at_least=0)
    require_room((steps + 1) * path[0].size, "n_steps and start")
    with np.errstate(all="ignore"):
        for _ in range(steps):
            slope = real_array(gradient(path[-1].copy()), "the value of gradient")
            if slope.shape != path[0].shape:
                raise ValueError(
                    f"gradient must return shape {path[0].shape}, but returned {slope.shape}."
                )
            path.append(_shrunk(path[-1] - rate * slope, rate * alpha))
    return np.stack(path)


def lasso(
    x: npt.ArrayLike, target: npt.ArrayLike, penalty: float, *, n_steps: int = 2000
) -> Array:
    """Return weights that minimise ‖Xw − y‖² / 2n + α‖w‖₁, by ISTA from zero.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Samples, one a row, not all zero.
    target : array_like, shape (n_samples,)
        What is wanted.
    penalty : float
        α, at least 0.
    n_steps : int, default 2000
        Steps with the rate 1/λ_max, at least 1.

    Returns
    -------
    ndarray, shape (n_in,)
        The weights.

    Raises
    ------
    ValueError
        If shapes do not fit, something is empty or not finite, or a setting is out of range.

    References
    ----------
    tibshirani1996regression, eq. 1.

    Examples
    --------
    >>> lasso([[1.0, 0.0], [0.0, 1.0]], [2.0, 0.3], 0.25)
    array([1.5, 0. ])
    """
    hessian, slope = _normal_equations(x, target)
    largest = float(np.linalg.eigvalsh(hessian)[-1])
    if largest <= 0:
        raise ValueError("x must hold a number other than 0, but is zero everywhere.")
    path = ista(
        lambda w: hessian @ w - slope,
        np.zeros_like(slope),
        penalty=penalty,
        learning_rate=1 / largest,
        n_steps=whole_number(n_steps, "n_steps"),
    )
    return np.asarray(path[-1])


@refuses_overflow
def _normal_equations(x: npt.ArrayLike, target: npt.ArrayLike) -> tuple[Array, Array]:
    """Return the Hessian of the loss, and its negative gradient at zero."""
    rows, wanted = regression_data(x, target)
    return rows.T @ rows / len(rows), rows.T @ wanted / len(rows)


@refuses_overflow
def penalized_minimum(
    hessian: npt.ArrayLike, minimum: npt.ArrayLike, penalty: float, norm: str
) -> Array:
    """Return where (w − m)ᵀH(w − m)/2 + penalty is smallest, in two dimensions.

    Parameters
    ----------
    hessian : array_like, shape (2, 2)
        H, symmetric with positive eigenvalues.
    minimum : array_like, shape (2,)
        m, where the loss alone is smallest.
    penalty : float
        α, at least 0.
    norm : {"L1", "L2"}
        The penalty: α‖w‖₁, or α‖w‖²/2.

    Returns
    -------
    ndarray, shape (2,)
        The solution; for L1 exact, found by trying the nine patterns of signs and zeros.

    Raises
    ------
    ValueError
        If a shape does not fit, a number is not finite, H is not symmetric and positive definite,
        α is negative, or the norm is unknown.

    Notes
    -----
    L2: w = (H + αI)⁻¹Hm. L1: a w with signs s on its support S solves
    H_SS w_S = (Hm)_S − α s_S, and elsewhere |(H(m − w))ᵢ| ≤ α.

    Examples
    --------
    >>> penalized_minimum([[1.0, 0.0], [0.0, 1.0]], [2.0, 0.5], 1.0, "L1")
    array([1., 0.])
    >>> penalized_minimum([[1.0, 0.0], [0.0, 1.0]], [2.0, 0.5], 1.0, "L2")
    array([1.  , 0.25])
    """
    h = finite_array(hessian, "hessian", (2, 2))
    symmetric_matrix(h, "hessian", positive=True)
    m = finite_array(minimum, "minimum", (2,))
    alpha = nonnegative_number(penalty, "penalty")
    known_name(norm, "norm", ("L1", "L2"))
    if norm == "L2":
        solution: Array = np.linalg.solve(h + alpha * np.eye(2, dtype=h.dtype), h @ m)
        return solution
    best = min(_sign_patterns(h, m, alpha), key=lambda w: _objective(h, m, alpha, w))
    return best.astype(np.result_type(h, m))


def _objective(h: Array, m: Array, alpha: float, w: Array) -> float:
    return float((w - m) @ h @ (w - m) / 2 + alpha * np.abs(w).sum())


def _sign_patterns(h: Array, m: Array, alpha: float) -> list[Array]:
    """List the stationary point of each sign pattern that has one, zero first."""
    slope = h @ m
    found: list[Array] = [np.zeros(2)]
    for axis in (0, 1):
        one = np.zeros(2)
        one[axis] = _shrunk(slope[axis : axis + 1], alpha)[0] / h[axis, axis]
        found.append(one)
    for signs in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        both: Array = np.linalg.solve(h, slope - alpha * np.array(signs))
        if (both * signs > 0).all():
            found.append(both)
    return found
