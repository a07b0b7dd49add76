"""Learning rates that change while a descent is under way."""

from collections.abc import Callable

import numpy as np

from mathdl.checks import (
    Array,
    a_function,
    finite_number,
    nonnegative_number,
    positive_number,
    whole_number,
)
from mathdl.gradient_descent.optimizers import Optimizer, State, require_optimizer


def scheduled(optimizer: Optimizer, schedule: Callable[[int], float]) -> Optimizer:
    """Return `optimizer` with its learning rate multiplied by a factor that changes.

    Parameters
    ----------
    optimizer : Optimizer
        One of the six rules. In each of them the rate multiplies the whole step and touches no
        memory, so scaling the step is scaling the rate.
    schedule : callable
        From the number of steps already taken (0, 1, …) to a factor of at least 0.

    Returns
    -------
    Optimizer
        Its state is (number of steps taken, state of `optimizer`).

    References
    ----------
    robbins1951stochastic, for why the rates should sum to infinity, their squares not.

    Examples
    --------
    >>> from mathdl.gradient_descent import descend, gradient_descent
    >>> rule = scheduled(gradient_descent(0.5), inverse_time_decay(1))
    >>> descend(lambda x: x, [1.0], rule, 2).ravel()  # rates 0.5 and 0.25
    array([1.   , 0.5  , 0.375])
    """
    require_optimizer(optimizer)
    a_function(schedule, "schedule")

    def init(parameters: Array) -> State:
        return 0, optimizer.init(parameters)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        count, memory = state
        following, memory = optimizer.step(parameters, gradient, memory)
        share = finite_number(schedule(count), "what schedule returns")
        return parameters + share * (following - parameters), (count + 1, memory)

    return Optimizer(init, step)


def inverse_time_decay(period: float) -> Callable[[int], float]:
    """Return the schedule k ↦ 1 / (1 + k / period).

    Parameters
    ----------
    period : float
        After how many steps the rate is halved, above 0.

    Returns
    -------
    callable
        A schedule for `scheduled`. Its values sum to infinity and their squares do not.

    Raises
    ------
    ValueError
        If `period` is not positive and finite.

    References
    ----------
    robbins1951stochastic.

    Examples
    --------
    >>> schedule = inverse_time_decay(100)
    >>> [schedule(k) for k in (0, 100, 300)]
    [1.0, 0.5, 0.25]
    """
    length = positive_number(period, "period")
    return lambda k: 1 / (1 + nonnegative_number(k, "k") / length)


def cosine_decay(n_steps: int) -> Callable[[int], float]:
    """Return the schedule that falls from 1 to 0 along half a cosine and stays there.

    Parameters
    ----------
    n_steps : int
        After how many steps the rate is 0, at least 1.

    Returns
    -------
    callable
        A schedule for `scheduled`.

    Raises
    ------
    ValueError
        If `n_steps` is not a whole number of at least 1.

    References
    ----------
    loshchilov2017sgdr, eq. 5, with one period.

    Examples
    --------
    >>> schedule = cosine_decay(100)
    >>> [round(schedule(k), 6) for k in (0, 50, 100, 200)]
    [1.0, 0.5, 0.0, 0.0]
    """
    length = whole_number(n_steps, "n_steps")
    return lambda k: float(1 + np.cos(np.pi * min(nonnegative_number(k, "k") / length, 1))) / 2
