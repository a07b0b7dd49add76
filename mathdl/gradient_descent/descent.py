"""Following a rule step by step, and two rules that look further than the gradient."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    a_function,
    check_shape,
    finite_array,
    number_between,
    positive_number,
    real_array,
    require_room,
    whole_number,
)
from mathdl.gradient_descent.optimizers import Optimizer, State, require_optimizer


def descend(
    gradient: Callable[[Array], npt.ArrayLike],
    start: npt.ArrayLike,
    optimizer: Optimizer,
    n_steps: int,
) -> Array:
    """Follow an optimizer from a start, or from many starts at once.

    Parameters
    ----------
    gradient : callable
        From points (..., d) to their gradients (..., d), such as ``SURFACES["beale"].gradient``.
    start : array_like, shape (..., d)
        The last axis holds the coordinates of one point; those before it count starts.
    optimizer : Optimizer
        The rule. Its learning rates broadcast against ``start.shape[:-1]``.
    n_steps : int
        How many steps, at least 0.

    Returns
    -------
    ndarray, shape (n_steps + 1, ..., d)
        All points visited, the start first. A descent that diverges fills it with infinities
        and, once two of these meet, NaN: that is a result, and no warning is given.

    Raises
    ------
    ValueError
        If the start is empty or not finite, if the gradient does not have the shape of the
        start, if `optimizer` is not an `Optimizer` or does not fit the start, or if `n_steps`
        is not a whole number of at least 0.

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
    require_optimizer(optimizer)
    a_function(gradient, "gradient")
    point = finite_array(start, "start")
    steps = whole_number(n_steps, "n_steps", 0)
    require_room((steps + 1) * point.size, "n_steps and start")
    path = np.empty((steps + 1, *point.shape), point.dtype)
    path[0] = point
    state = optimizer.init(path[0])
    with np.errstate(all="ignore"):
        for k in range(steps):
            here = path[k, ...]
            here.flags.writeable = False  # a gradient that changes its argument is stopped
            slope = real_array(gradient(here), "the value of gradient")
            if slope.shape != point.shape:
                raise ValueError(
                    f"gradient must have the shape {point.shape} of the start, "
                    f"but its shape is {slope.shape}."
                )
            path[k + 1], state = optimizer.step(here, slope, state)
    return path


def backtracking(
    value: Callable[[Array], npt.ArrayLike],
    initial_rate: float = 1.0,
    *,
    shrink: float = 0.5,
    sufficient: float = 1e-4,
) -> Optimizer:
    """Return gradient descent that finds its rate anew at each step by backtracking.

    Parameters
    ----------
    value : callable
        The function to be made small, from points (..., d) to values (...).
    initial_rate : float, default 1
        The rate tried first, above 0.
    shrink : float, default 0.5
        By which a rate that does not do is multiplied, in (0, 1).
    sufficient : float, default 0.0001
        c in (0, 1): the share of the decrease promised by the slope that is asked for.

    Returns
    -------
    Optimizer
        Without memory. Each start finds its own rate; one that fails 60 times stays in place.

    Raises
    ------
    ValueError
        If a setting is out of range.

    Notes
    -----
    The first η among η₀, rη₀, r²η₀, … with f(θ − ηg) ≤ f(θ) − c η ‖g‖².

    References
    ----------
    armijo1966minimization; nocedal2006numerical, algorithm 3.1.

    Examples
    --------
    From 1 on f = θ², the rate 1 leaps to −1 and gains nothing, the rate ½ hits the minimum.

    >>> rule = backtracking(lambda x: (x**2).sum(axis=-1))
    >>> descend(lambda x: 2 * x, [1.0], rule, 1)[-1]
    array([0.])
    """
    a_function(value, "value")
    first = positive_number(initial_rate, "initial_rate")
    factor = number_between(shrink, "shrink", 0, 1, closed="neither")
    share = number_between(sufficient, "sufficient", 0, 1, closed="neither")

    def heights(points: Array) -> Array:
        found = real_array(value(points), "what value returns")
        check_shape(found, "what value returns", points.shape[:-1])
        return found

    def step(point: Array, slope: Array, state: State) -> tuple[Array, State]:
        before, promised = heights(point), (slope**2).sum(axis=-1)
        rate = np.full(promised.shape, first, dtype=point.dtype)
        for _ in range(60):
            falls = heights(point - rate[..., None] * slope) <= before - share * rate * promised
            if np.all(falls):
                break
            rate = np.where(falls, rate, factor * rate)
        return point - np.where(falls, rate, 0.0)[..., None] * slope, state

    return Optimizer(lambda parameters: (), step)


def newton(hessian: Callable[[Array], npt.ArrayLike], learning_rate: float = 1.0) -> Optimizer:
    """Return Newton's method, θ ← θ − η H⁻¹ g.

    Parameters
    ----------
    hessian : callable
        From points (..., d) to matrices (..., d, d).
    learning_rate : float, default 1
        η > 0; 1 is Newton's own step, less is damped.

    Returns
    -------
    Optimizer
        Without memory. It goes to whatever stationary point the local quadratic has, also to a
        saddle or a maximum.

    Raises
    ------
    ValueError
        If the rate is not positive and finite; at a step, if a Hessian is singular.

    References
    ----------
    nesterov2018lectures, sec. 1.2.4.

    Examples
    --------
    One step solves a quadratic, whatever its condition number.

    >>> from mathdl.gradient_descent import ill_conditioned
    >>> bowl = ill_conditioned(1000.0)
    >>> descend(bowl.gradient, [3.0, -2.0], newton(bowl.hessian), 1)[-1]
    array([0., 0.])
    """
    rate = positive_number(learning_rate, "learning_rate")
    a_function(hessian, "hessian")

    def step(point: Array, slope: Array, state: State) -> tuple[Array, State]:
        matrix = real_array(hessian(point), "what hessian returns")
        check_shape(matrix, "what hessian returns", (*point.shape, point.shape[-1]))
        try:
            direction = np.linalg.solve(matrix, slope[..., None])[..., 0]
        except np.linalg.LinAlgError:
            message = "Newton's step needs an invertible Hessian, but one of them is singular."
            raise ValueError(message) from None
        return point - rate * direction, state

    return Optimizer(lambda parameters: (), step)
