"""Following a rule step by step, and Newton's, which looks further than the gradient."""

from collections.abc import Callable

import numpy as np

from explorable.checks import (
    FUNCTION,
    Array,
    ArrayLike,
    array,
    check_shape,
    checked,
    number,
    real_array,
    require_room,
    whole,
)
from explorable.trace import trajectory
from mathdl.equations import equation, source
from mathdl.gradient_descent.optimizers import OPTIMIZER, Optimizer, State


@checked(optimizer=OPTIMIZER, gradient=FUNCTION, start=array(), n_steps=whole(0), diverges=True)
def descend(
    gradient: Callable[[Array], Array], start: ArrayLike, optimizer: Optimizer, n_steps: int
) -> Array:
    """Follow an optimizer from a start, or from many starts at once.

    Parameters
    ----------
    gradient
        From points (..., d) to their gradients (..., d), such as ``SURFACES["beale"].gradient``.
    start
        The last axis holds the coordinates of one point; those before it count starts.
    optimizer
        The rule. Its learning rates broadcast against ``start.shape[:-1]``.
    n_steps
        How many steps.

    Returns
    -------
    ndarray, shape (n_steps + 1, ..., d)
        All points visited, the start first. A descent that diverges fills it with infinities
        and, once two of these meet, NaN: that is a result, and no warning is given.

    Raises
    ------
    ValueError
        If the gradient does not have the shape of the start, or the optimizer does not fit it.

    Examples
    --------
    >>> from mathdl.gradient_descent import SURFACES, gradient_descent
    >>> descend(SURFACES["ravine"].gradient, [[1.0, 1.0], [2.0, 0.0]], gradient_descent(0.05), 1)
    array([[[1.  , 1.  ],
            [2.  , 0.  ]],
    <BLANKLINE>
           [[0.95, 0.  ],
            [1.9 , 0.  ]]])

    Two rates, one start for each:

    >>> descend(lambda x: x, [[1.0], [1.0]], gradient_descent([0.5, 2.5]), 3)[-1]
    array([[ 0.125],
           [-3.375]])
    """
    require_room((n_steps + 1) * start.size, "n_steps and start")

    def step(now: tuple[Array, State]) -> tuple[Array, State]:
        here, state = now[0].T[...], now[1]
        here.setflags(write=False)  # a gradient that changes its argument is stopped
        slope = real_array(gradient(here), "the value of gradient")
        if slope.shape != start.shape:
            raise ValueError(
                f"gradient must have the shape {start.shape} of the start, "
                f"but its shape is {slope.shape}."
            )
        after, state = optimizer.move(here, slope, state)
        return after.T.astype(start.dtype, copy=False), state

    # In memory a coordinate of all starts lies side by side, where NumPy computes fastest.
    by_coordinate = start.T.copy()
    with np.errstate(all="ignore"):
        first = by_coordinate, optimizer.init(by_coordinate.T)
        return np.moveaxis(trajectory(step, first, n_steps, kept=0).T, -1, 0)


@equation("gradient-descent-newton")
@source("nesterov2018lectures, sec. 1.2.4.")
@checked(
    learning_rate=number("(0, inf)"),
    hessian=FUNCTION,
    diverges=True,
    refuses="a Hessian is singular, at a step",
)
def newton(hessian: Callable[[Array], Array], learning_rate: float = 1.0) -> Optimizer:
    """Return Newton's method, θ ← θ − η H⁻¹ g.

    Parameters
    ----------
    hessian
        From points (..., d) to matrices (..., d, d).
    learning_rate
        η; 1 is Newton's own step, less is damped.

    Returns
    -------
    Optimizer
        Without memory. It goes to whatever stationary point the local quadratic has, also to a
        saddle or a maximum.

    Examples
    --------
    One step solves a quadratic, whatever its condition number.

    >>> from mathdl.gradient_descent import ill_conditioned
    >>> bowl = ill_conditioned(1000.0)
    >>> descend(bowl.gradient, [3.0, -2.0], newton(bowl.hessian), 1)[-1]
    array([0., 0.])
    """

    def step(point: Array, slope: Array, state: State) -> tuple[Array, State]:
        matrix = real_array(hessian(point), "what hessian returns")
        check_shape(matrix, "what hessian returns", (*point.shape, point.shape[-1]))
        try:
            direction = np.linalg.solve(matrix, slope[..., None])[..., 0]
        except np.linalg.LinAlgError:
            direction = np.full_like(slope, np.nan)  # as in a page, whose NumPy raises nothing
        if np.isnan(direction).any() and np.isfinite(matrix).all() and np.isfinite(slope).all():
            message = "Newton's step needs an invertible Hessian, but one of them is singular."
            raise ValueError(message)
        return point - learning_rate * direction, state

    return Optimizer(lambda parameters: (), step)
