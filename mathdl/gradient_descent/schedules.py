"""Learning rates that change while a descent is under way."""

from collections.abc import Callable

import numpy as np

from explorable.checks import FUNCTION, Array, checked, number, number_in, whole
from mathdl.equations import source
from mathdl.gradient_descent.optimizers import OPTIMIZER, Optimizer, State


@source("robbins1951stochastic, for why the rates should sum to infinity, their squares not.")
@checked(optimizer=OPTIMIZER, schedule=FUNCTION, diverges=True)
def scheduled(optimizer: Optimizer, schedule: Callable[[int], float]) -> Optimizer:
    """Return `optimizer` with its learning rate multiplied by a factor that changes.

    Parameters
    ----------
    optimizer
        One of the six rules. In each of them the rate multiplies the whole step and touches no
        memory, so scaling the step is scaling the rate.
    schedule
        From the number of steps already taken (0, 1, …) to a factor of at least 0.

    Returns
    -------
    Optimizer
        Its state is (number of steps taken, state of `optimizer`).

    Examples
    --------
    >>> from mathdl.gradient_descent import descend, gradient_descent
    >>> rule = scheduled(gradient_descent(0.5), inverse_time_decay(1))
    >>> descend(lambda x: x, [1.0], rule, 2).ravel()  # rates 0.5 and 0.25
    array([1.   , 0.5  , 0.375])
    """

    def init(parameters: Array) -> State:
        return 0, optimizer.init(parameters)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        count, memory = state
        following, memory = optimizer.move(parameters, gradient, memory)
        share = number_in(schedule(count), "what schedule returns", "[0, inf)")
        return parameters + share * (following - parameters), (count + 1, memory)

    return Optimizer(init, step)


@source("robbins1951stochastic.")
@checked(period=number("(0, inf)"), diverges=True)
def inverse_time_decay(period: float) -> Callable[[int], float]:
    """Return the schedule k ↦ 1 / (1 + k / period).

    Parameters
    ----------
    period
        After how many steps the rate is halved.

    Returns
    -------
    callable
        A schedule for `scheduled`. Its values sum to infinity and their squares do not.

    Examples
    --------
    >>> schedule = inverse_time_decay(100)
    >>> [schedule(k) for k in (0, 100, 300)]
    [1.0, 0.5, 0.25]
    """
    return lambda k: 1 / (1 + number_in(k, "k", "[0, inf)") / period)


@source("loshchilov2017sgdr, eq. 5, with one period.")
@checked(n_steps=whole(at_most=10**9), diverges=True)
def cosine_decay(n_steps: int) -> Callable[[int], float]:
    """Return the schedule that falls from 1 to 0 along half a cosine and stays there.

    Parameters
    ----------
    n_steps
        After how many steps the rate is 0.

    Returns
    -------
    callable
        A schedule for `scheduled`.

    Examples
    --------
    >>> schedule = cosine_decay(100)
    >>> [round(schedule(k), 6) for k in (0, 50, 100, 200)]
    [1.0, 0.5, 0.0, 0.0]
    """

    def schedule(k: int) -> float:
        share = min(number_in(k, "k", "[0, inf)") / n_steps, 1)
        return float(1 + np.cos(np.pi * share)) / 2

    return schedule
