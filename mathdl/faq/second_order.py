"""What competes with gradient descent on a small convex problem: Newton's method and L-BFGS."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from explorable.checks import (
    FUNCTION,
    Array,
    ArrayLike,
    a_function,
    all_finite,
    array,
    check_shape,
    checked,
    finite_array,
    instance,
    labels,
    number,
    real_array,
    require_room,
    shown,
    whole,
)
from mathdl.concepts import LOSSES, softmax
from mathdl.equations import source

ValueAndGradient = Callable[[Array], tuple[Any, Array]]


class Problem(NamedTuple):
    """A function to be minimised over one vector.

    Attributes
    ----------
    value_and_gradient : callable
        From a vector (d,) to the value and the gradient (d,).
    hessian : callable
        From a vector (d,) to the matrix (d, d).
    start : ndarray, shape (d,)
        Zeros.
    """

    value_and_gradient: ValueAndGradient
    hessian: Callable[[Array], Array]
    start: Array

    def gradient(self, vector: Array) -> Array:
        """Return the gradient alone."""
        return self.value_and_gradient(vector)[1]


@source("bishop2006pattern, eqs. 4.109 and 4.110.")
@checked(
    x=array("n_samples", "n_in"),
    n_classes=whole(2),
    labels=labels("n_samples", "n_classes"),
    penalty=number("(0, inf)"),
    diverges=True,
)
def softmax_regression(
    x: ArrayLike, labels: ArrayLike, *, n_classes: int, penalty: float
) -> Problem:
    """Return the loss of a linear classifier, cross-entropy plus α‖θ‖²/2, biases included.

    Parameters
    ----------
    x
        Samples.
    labels
        Their classes.
    n_classes
        How many.
    penalty
        α, so that there is exactly one minimum: without it a number added to all biases changes
        nothing.

    Returns
    -------
    Problem
        Over vectors of n_classes · (n_in + 1) numbers: class by class its weights and its bias.

    Notes
    -----
    The Hessian is the mean of (diag p − ppᵀ) ⊗ x̃x̃ᵀ, plus αI, where x̃ is x with a 1 behind it.

    Examples
    --------
    >>> problem = softmax_regression([[1.0], [-1.0]], [0, 1], n_classes=2, penalty=0.1)
    >>> value, gradient = problem.value_and_gradient(problem.start)
    >>> print(value.round(4), gradient)
    0.6931 [-0.5  0.   0.5  0. ]
    """
    k, alpha, classes = n_classes, penalty, np.array(labels)
    require_room((k * (x.shape[1] + 1)) ** 2, "x and n_classes")
    extended = np.column_stack([x, np.ones(len(x), x.dtype)])
    n, width = extended.shape
    loss = LOSSES["cross_entropy"].value_and_gradient

    def value_and_gradient(theta: ArrayLike) -> tuple[Any, Array]:
        point = finite_array(theta, "theta", (k * width,))
        with np.errstate(all="ignore"):
            value, upstream = loss(extended @ point.reshape(k, width).T, classes)
            gradient = (upstream.T @ extended).ravel() + alpha * point
            return value + alpha * point @ point / 2, gradient

    def hessian(theta: ArrayLike) -> Array:
        point = finite_array(theta, "theta", (k * width,))
        with np.errstate(all="ignore"):
            logits = extended @ point.reshape(k, width).T
            if not all_finite(logits):
                raise ValueError("theta must not be so large that logits overflow.")
            p = softmax.plain(logits)
            blocks = [
                [(extended.T * (p[:, i] * ((i == j) - p[:, j]))) @ extended / n for j in range(k)]
                for i in range(k)
            ]
            return np.block(blocks) + alpha * np.eye(k * width, dtype=x.dtype)

    return Problem(value_and_gradient, hessian, np.zeros(k * width, x.dtype))


class Descent(NamedTuple):
    """What L-BFGS leaves behind.

    Attributes
    ----------
    path : ndarray, shape (n_steps + 1, d)
        From the start to the end.
    evaluations : ndarray of int, shape (n_steps + 1,)
        How often value and gradient had been computed by then.
    """

    path: Array
    evaluations: npt.NDArray[np.int64]


@source("nocedal2006numerical, algs. 7.4, 7.5 and 3.1, eq. 7.20.")
@checked(
    start=array("d"),
    n_steps=whole(0, 10**5),
    memory=whole(),
    value_and_gradient=FUNCTION,
    diverges=True,
    refuses="the function returns anything but a number and a gradient",
)
def lbfgs(
    value_and_gradient: ValueAndGradient, start: ArrayLike, *, n_steps: int, memory: int = 10
) -> Descent:
    """Descend with a model of the curvature made from the last few steps.

    Parameters
    ----------
    value_and_gradient
        From a vector (d,) to its value and its gradient (d,); always on all samples.
    start
        Where to begin.
    n_steps
        How many. It ends earlier, and stays where it is, when no shorter step lowers the value.
    memory
        How many pairs of steps and gradient differences are kept.

    Returns
    -------
    Descent
        Path and cost.

    Examples
    --------
    >>> bowl = lambda w: (w[0] ** 2 + 50 * w[1] ** 2, np.array([2 * w[0], 100 * w[1]]))
    >>> bool(np.abs(lbfgs(bowl, [3.0, 2.0], n_steps=12).path[-1]).max() < 1e-6)
    True
    """
    require_room((n_steps + 1) * start.size, "n_steps and start")
    w, evaluate = start, _checked(value_and_gradient)
    path, evaluations, count = [w], [1], 1
    pairs: list[tuple[Array, Array]] = []
    with np.errstate(all="ignore"):
        value, gradient = evaluate(w)
        for _ in range(n_steps):
            direction = -_inverse_curvature_times(gradient, pairs)
            moved, new_value, new_gradient, tries = _backtrack(
                evaluate, w, value, gradient, direction
            )
            count += tries
            s, y = moved - w, new_gradient - gradient
            if s @ y > 1e-12 * (y @ y):  # else the curvature along the step is not positive
                pairs = [*pairs, (s, y)][-memory:]
            w, value, gradient = moved, new_value, new_gradient
            path.append(w)
            evaluations.append(count)
    return Descent(np.stack(path), np.array(evaluations))


def _checked(value_and_gradient: ValueAndGradient) -> ValueAndGradient:
    """Return the caller's function, which refuses to return anything but such a pair."""

    def checked(vector: Array) -> tuple[Any, Array]:
        returned = value_and_gradient(vector.copy())
        if not isinstance(returned, (tuple, list)) or len(returned) != 2:
            raise ValueError(
                f"value_and_gradient must return a number and a vector, but returned "
                f"{shown(returned)}."
            )
        value, gradient = (real_array(part, "value_and_gradient(w)") for part in returned)
        check_shape(value, "the value of value_and_gradient", ())
        check_shape(gradient, "the gradient of value_and_gradient", vector.shape)
        return value[()], gradient

    return checked


def _inverse_curvature_times(gradient: Array, pairs: list[tuple[Array, Array]]) -> Array:
    """Multiply a vector by the inverse Hessian that the remembered steps suggest."""
    q, shares = gradient, []
    for s, y in reversed(pairs):
        share = (s @ q) / (s @ y)
        shares.append(share)
        q = q - share * y
    r: Array = q * (pairs[-1][0] @ pairs[-1][1]) / (pairs[-1][1] @ pairs[-1][1]) if pairs else q
    for (s, y), share in zip(pairs, reversed(shares), strict=True):
        r = r + s * (share - (y @ r) / (s @ y))
    return r


def _backtrack(
    value_and_gradient: ValueAndGradient, w: Array, value: Any, gradient: Array, direction: Array
) -> tuple[Array, Any, Array, int]:
    """Halve a step until it lowers the value by a share of what the slope promises."""
    promised = gradient @ direction
    for halvings in range(40):
        moved = w + 0.5**halvings * direction
        new_value, new_gradient = value_and_gradient(moved)
        if new_value <= value + 1e-4 * 0.5**halvings * promised:
            return moved, new_value, new_gradient, halvings + 1
    return w, value, gradient, 40


@checked(problem=instance(Problem), path=array("n_points", "d"))
def gradient_norms(problem: Problem, path: ArrayLike) -> Array:
    """Return the length of the gradient at each point of a path.

    Parameters
    ----------
    problem
    path

    Returns
    -------
    ndarray, shape (n_points,)

    Raises
    ------
    ValueError
        If the path does not fit the problem, or the problem's function returns anything but a
        number and a gradient.

    Examples
    --------
    >>> problem = softmax_regression([[1.0], [-1.0]], [0, 1], n_classes=2, penalty=0.1)
    >>> gradient_norms(problem, [problem.start]).round(3)
    array([0.707])
    """
    start = finite_array(problem.start, "problem.start", ("d",))
    check_shape(path, "path", ("n_points", len(start)))
    evaluate = _checked(a_function(problem.value_and_gradient, "problem.value_and_gradient"))
    return np.array([np.linalg.norm(evaluate(point)[1]) for point in path])
