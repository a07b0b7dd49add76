"""Rules for a step: from a point, the gradient there and a memory to the next point."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mathdl.checks import Array, shown
from mathdl.gradient_descent._checks import decay_rate, nonnegative, positive

State = tuple[Any, ...]
"""What a rule remembers from step to step."""


@dataclass(frozen=True)
class Optimizer:
    """A rule for descending, as two pure functions.

    Attributes
    ----------
    init : callable
        ``init(parameters) -> state``: the memory before the first step.
    step : callable
        ``step(parameters, gradient, state) -> (parameters, state)``: the next point and memory.

    Examples
    --------
    >>> import numpy as np
    >>> from mathdl.gradient_descent import momentum
    >>> rule = momentum(0.1, decay=0.5)
    >>> point, state = np.array([1.0]), rule.init(np.array([1.0]))
    >>> for _ in range(2):
    ...     point, state = rule.step(point, 2 * point, state)  # the gradient of θ² is 2θ
    >>> point.round(6)  # 1 → 1 − 0.1·2 = 0.8 → 0.8 − 0.1·(0.5·2 + 1.6) = 0.54
    array([0.54])
    """

    init: Callable[[Array], State]
    step: Callable[[Array, Array, State], tuple[Array, State]]


def require_optimizer(value: object) -> Optimizer:
    """Return `value`, refused with a `ValueError` unless it is an optimizer."""
    if not isinstance(value, Optimizer):
        raise ValueError(
            f"optimizer must be an Optimizer such as adam(0.1), but is {shown(value)}."
        )
    return value


def _per_start(value: Array) -> Any:
    """Return a number as a float, and numbers for many starts with an axis for coordinates."""
    return value[..., None].copy() if value.ndim else float(value)


def _require_fit(parameters: Array, **settings: Any) -> None:
    """Refuse settings that do not broadcast to the axes of `parameters` before the last."""
    for name, setting in settings.items():
        if isinstance(setting, float):
            continue
        leading = parameters.shape[:-1]
        shape = setting.shape[:-1]
        # zip from the last axis backwards, as broadcasting does.
        fits = len(shape) <= len(leading) and all(
            have in (1, want) for have, want in zip(shape[::-1], leading[::-1], strict=False)
        )
        if not fits:
            raise ValueError(
                f"{name} must be one number or broadcast to the leading axes {leading} "
                f"of the start, but its shape is {shape}."
            )


def gradient_descent(learning_rate: npt.ArrayLike) -> Optimizer:
    """Return plain gradient descent, θ ← θ − η g.

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0; an array broadcasts against the axes of the start before its last.

    Returns
    -------
    Optimizer
        Without memory.

    Raises
    ------
    ValueError
        If `learning_rate` is not positive and finite, or (at the first step) does not broadcast.

    References
    ----------
    nesterov2018lectures, sec. 1.2.3.

    Examples
    --------
    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: 2 * x, [1.0], gradient_descent(0.25), 3).ravel()
    array([1.   , 0.5  , 0.25 , 0.125])
    """
    rate = _per_start(positive(learning_rate, "learning_rate"))

    def init(parameters: Array) -> State:
        _require_fit(parameters, learning_rate=rate)
        return ()

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        return parameters - rate * gradient, state

    return Optimizer(init, step)


def momentum(learning_rate: npt.ArrayLike, decay: npt.ArrayLike = 0.9) -> Optimizer:
    """Return the heavy ball, v ← β v + g, θ ← θ − η v.

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0; an array broadcasts against the axes of the start before its last.
    decay : float or array_like, default 0.9
        β in [0, 1): the share of the velocity that is kept.

    Returns
    -------
    Optimizer
        Its state is (v,), at first 0.

    Raises
    ------
    ValueError
        If a setting is out of range or (at the first step) does not broadcast.

    Notes
    -----
    Where others write v ← β v − η g, θ ← θ + v, the path is the same for a constant rate. Where
    they write v ← β v + (1 − β) g, the same path needs the rate η / (1 − β).

    References
    ----------
    polyak1964some; goh2017momentum.

    Examples
    --------
    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: 2 * x, [1.0], momentum(0.1, decay=0.5), 2).ravel().round(6)
    array([1.  , 0.8 , 0.54])
    """
    rate = _per_start(positive(learning_rate, "learning_rate"))
    beta = _per_start(decay_rate(decay, "decay"))

    def init(parameters: Array) -> State:
        _require_fit(parameters, learning_rate=rate, decay=beta)
        return (np.zeros_like(parameters),)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        (velocity,) = state
        velocity = beta * velocity + gradient
        return parameters - rate * velocity, (velocity,)

    return Optimizer(init, step)


def nesterov(learning_rate: npt.ArrayLike, decay: npt.ArrayLike = 0.9) -> Optimizer:
    """Return Nesterov's momentum, v ← β v + g, θ ← θ − η (g + β v).

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0; an array broadcasts against the axes of the start before its last.
    decay : float or array_like, default 0.9
        β in [0, 1): the share of the velocity that is kept.

    Returns
    -------
    Optimizer
        Its state is (v,), at first 0.

    Raises
    ------
    ValueError
        If a setting is out of range or (at the first step) does not broadcast.

    Notes
    -----
    θ is the point at which the gradient is taken, which lies ahead of Nesterov's x by −η β v.
    Written for x, the rule is v ← β v + ∇f(x − η β v), x ← x − η v.

    References
    ----------
    nesterov1983method; sutskever2013importance, eqs. 3 and 4.

    Examples
    --------
    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: 2 * x, [1.0], nesterov(0.1, decay=0.5), 2).ravel().round(6)
    array([1.  , 0.7 , 0.44])
    """
    rate = _per_start(positive(learning_rate, "learning_rate"))
    beta = _per_start(decay_rate(decay, "decay"))

    def init(parameters: Array) -> State:
        _require_fit(parameters, learning_rate=rate, decay=beta)
        return (np.zeros_like(parameters),)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        (velocity,) = state
        velocity = beta * velocity + gradient
        return parameters - rate * (gradient + beta * velocity), (velocity,)

    return Optimizer(init, step)


def adagrad(learning_rate: npt.ArrayLike, epsilon: npt.ArrayLike = 1e-10) -> Optimizer:
    """Return AdaGrad, s ← s + g², θ ← θ − η g / (√s + ε), entry by entry.

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0; an array broadcasts against the axes of the start before its last.
    epsilon : float or array_like, default 1e-10
        ε ≥ 0, added outside the root.

    Returns
    -------
    Optimizer
        Its state is (s,), at first 0.

    Raises
    ------
    ValueError
        If a setting is out of range or (at the first step) does not broadcast.

    References
    ----------
    duchi2011adaptive, fig. 1, with a diagonal matrix.

    Examples
    --------
    The first step is η long in every coordinate, however steep the slope.

    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: x * [1.0, 100.0], [1.0, 1.0], adagrad(0.1), 1)[-1].round(6)
    array([0.9, 0.9])
    """
    rate = _per_start(positive(learning_rate, "learning_rate"))
    eps = _per_start(nonnegative(epsilon, "epsilon"))

    def init(parameters: Array) -> State:
        _require_fit(parameters, learning_rate=rate, epsilon=eps)
        return (np.zeros_like(parameters),)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        (squares,) = state
        squares = squares + gradient**2
        return parameters - rate * gradient / (np.sqrt(squares) + eps), (squares,)

    return Optimizer(init, step)


def rmsprop(
    learning_rate: npt.ArrayLike, decay: npt.ArrayLike = 0.9, epsilon: npt.ArrayLike = 1e-8
) -> Optimizer:
    """Return RMSProp, s ← ρ s + (1 − ρ) g², θ ← θ − η g / (√s + ε), entry by entry.

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0; an array broadcasts against the axes of the start before its last.
    decay : float or array_like, default 0.9
        ρ in [0, 1): how slowly old squares are forgotten.
    epsilon : float or array_like, default 1e-08
        ε ≥ 0, added outside the root.

    Returns
    -------
    Optimizer
        Its state is (s,), at first 0.

    Raises
    ------
    ValueError
        If a setting is out of range or (at the first step) does not broadcast.

    References
    ----------
    tieleman2012lecture.

    Examples
    --------
    The first step is η / √(1 − ρ) long, since s starts at 0 and nothing corrects for it.

    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: x, [1.0], rmsprop(0.1, decay=0.75), 1)[-1].round(6)
    array([0.8])
    """
    rate = _per_start(positive(learning_rate, "learning_rate"))
    rho = _per_start(decay_rate(decay, "decay"))
    eps = _per_start(nonnegative(epsilon, "epsilon"))

    def init(parameters: Array) -> State:
        _require_fit(parameters, learning_rate=rate, decay=rho, epsilon=eps)
        return (np.zeros_like(parameters),)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        (squares,) = state
        squares = rho * squares + (1 - rho) * gradient**2
        return parameters - rate * gradient / (np.sqrt(squares) + eps), (squares,)

    return Optimizer(init, step)


def adam(
    learning_rate: npt.ArrayLike,
    decay1: npt.ArrayLike = 0.9,
    decay2: npt.ArrayLike = 0.999,
    epsilon: npt.ArrayLike = 1e-8,
) -> Optimizer:
    """Return Adam: momentum over root mean square, both corrected for starting at 0.

    Parameters
    ----------
    learning_rate : float or array_like
        η > 0; an array broadcasts against the axes of the start before its last.
    decay1, decay2 : float or array_like, default 0.9 and 0.999
        β₁ and β₂ in [0, 1).
    epsilon : float or array_like, default 1e-08
        ε ≥ 0, added outside the root.

    Returns
    -------
    Optimizer
        Its state is (k, m, s): the number of steps taken, and two averages that start at 0.

    Raises
    ------
    ValueError
        If a setting is out of range or (at the first step) does not broadcast.

    Notes
    -----
    m ← β₁ m + (1 − β₁) g and s ← β₂ s + (1 − β₂) g²; then
    θ ← θ − η m̂ / (√ŝ + ε), where m̂ = m / (1 − β₁ᵏ) and ŝ = s / (1 − β₂ᵏ) at the k-th step.

    References
    ----------
    kingma2015adam, algorithm 1.

    Examples
    --------
    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: x * [1.0, 100.0], [1.0, -1.0], adam(0.1), 1)[-1].round(6)
    array([ 0.9, -0.9])
    """
    rate = _per_start(positive(learning_rate, "learning_rate"))
    beta1 = _per_start(decay_rate(decay1, "decay1"))
    beta2 = _per_start(decay_rate(decay2, "decay2"))
    eps = _per_start(nonnegative(epsilon, "epsilon"))

    def init(parameters: Array) -> State:
        _require_fit(parameters, learning_rate=rate, decay1=beta1, decay2=beta2, epsilon=eps)
        return 0, np.zeros_like(parameters), np.zeros_like(parameters)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        k, mean, squares = state
        k += 1
        mean = beta1 * mean + (1 - beta1) * gradient
        squares = beta2 * squares + (1 - beta2) * gradient**2
        root = np.sqrt(squares / (1 - beta2**k))
        return parameters - rate / (1 - beta1**k) * mean / (root + eps), (k, mean, squares)

    return Optimizer(init, step)


OPTIMIZERS: dict[str, Callable[..., Optimizer]] = {
    "gradient_descent": gradient_descent,
    "momentum": momentum,
    "nesterov": nesterov,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "adam": adam,
}
"""The six rules by name; each takes the learning rate first."""
