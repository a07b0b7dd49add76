"""Logistic regression with its matrix of second derivatives, for Newton's method."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from explorable.checks import (
    Array,
    ArrayLike,
    all_finite,
    array,
    checked,
    finite_array,
    labels,
    number,
    require_room,
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
