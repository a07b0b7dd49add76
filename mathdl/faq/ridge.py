"""Ridge regression and early stopping, mode by mode."""

import math

import numpy as np

from explorable.checks import Array, ArrayLike, array, checked, number, whole
from mathdl.equations import equation, source


@equation("faq-least-squares", "faq-ridge")
@source("hoerl1970ridge, eq. 2.1; goodfellow2016deep, eq. 7.17.")
@checked(
    x=array("n_samples", "n_in"),
    target=array("n_samples"),
    penalty=number("[0, inf)"),
    refuses="α is 0 and the weights are not determined",
)
def ridge(x: ArrayLike, target: ArrayLike, penalty: float) -> Array:
    """Return the weights that minimise ‖Xw − y‖² / 2n + α‖w‖² / 2.

    Parameters
    ----------
    x
        Samples, one a row.
    target
        What is wanted.
    penalty
        α. With 0 the samples must determine the weights.

    Returns
    -------
    ndarray, shape (n_in,)
        The weights.

    Notes
    -----
    w = (XᵀX/n + αI)⁻¹ Xᵀy/n, found as the least squares of X with √(nα) I below it and of y with
    zeros below it: the sum is the same, and XᵀX, whose condition is that of X squared, never made.

    Examples
    --------
    >>> ridge([[1.0, 0.0], [0.0, 3.0]], [1.0, 3.0], 0.5).round(6)
    array([0.5, 0.9])
    """
    n, n_in = x.shape
    rows = np.vstack([x, math.sqrt(n) * math.sqrt(penalty) * np.eye(n_in, dtype=x.dtype)])
    solution, _, rank, _ = np.linalg.lstsq(
        rows, np.append(target, np.zeros_like(x[0])), rcond=None
    )
    if rank < n_in and penalty == 0:
        raise ValueError(
            f"penalty must be greater than 0, since {n} samples do not determine {n_in} weights."
        )
    return np.asarray(solution)


@equation("faq-ridge-modes")
@source("goodfellow2016deep, eq. 7.13.")
@checked(curvatures=array(within="[0, inf)"), penalty=number("(0, inf)"))
def ridge_shrinkage(curvatures: ArrayLike, penalty: float) -> Array:
    """Return λ/(λ + α), what ridge leaves of each mode of the least squares solution.

    Parameters
    ----------
    curvatures
        λ.
    penalty
        α.

    Returns
    -------
    ndarray
        λ/(λ + α), from 0 to 1, in the shape of `curvatures`.

    Examples
    --------
    >>> ridge_shrinkage([0.0, 1.0, 9.0], 1.0)
    array([0. , 0.5, 0.9])
    """
    return curvatures / (curvatures + penalty)


@equation("faq-stopping-modes")
@source("goodfellow2016deep, eq. 7.40.")
@checked(
    curvatures=array(within="[0, inf)"),
    learning_rate=number("(0, inf)"),
    n_steps=whole(0, 10**9),
    refuses="ηλ is 2 or more for some mode",
)
def stopping_shrinkage(curvatures: ArrayLike, learning_rate: float, n_steps: int) -> Array:
    """Return 1 − (1 − ηλ)ᵏ, what descent from zero has reached of each mode after k steps.

    Parameters
    ----------
    curvatures
        λ.
    learning_rate
        η, with ηλ < 2 in all modes.
    n_steps
        k.

    Returns
    -------
    ndarray
        1 − (1 − ηλ)ᵏ, in the shape of `curvatures`.

    Examples
    --------
    >>> stopping_shrinkage([0.0, 0.5, 1.0], 1.0, 2)
    array([0.  , 0.75, 1.  ])
    """
    largest = curvatures.max()
    if learning_rate * largest >= 2:
        raise ValueError(
            f"learning_rate must be below 2/λ = {2 / largest:.3g}, but is {learning_rate:g}: "
            "the descent would diverge."
        )
    step = learning_rate * curvatures
    # Of a step too small for 1 − ηλ, 1 − (1 − ηλ)ᵏ keeps its digits as −expm1(k log1p(−ηλ)).
    small = -np.expm1(n_steps * np.log1p(-np.minimum(step, 0.5)))
    return np.where(step < 0.5, small, 1 - (1 - step) ** n_steps)
