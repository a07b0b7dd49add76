"""Rules for a step: from a point, the gradient there and a memory to the next point."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, cast

import numpy as np

from explorable.checks import Array, ArrayLike, Check, Checked, array, checked, shown
from mathdl.equations import equation, source

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

    def __post_init__(self) -> None:
        """Refuse what cannot be called."""
        for name in ("init", "step"):
            if not callable(getattr(self, name)):
                raise ValueError(
                    f"{name} must be a function, but is {shown(getattr(self, name))}."
                )

    def move(self, parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        """Return the next point and memory; refuse a step that leads to another shape."""
        after, state = self.step(parameters, gradient, state)
        if np.shape(after) != parameters.shape:
            raise ValueError(
                f"optimizer must lead to parameters of shape {parameters.shape}, "
                f"but led to shape {np.shape(after)}."
            )
        return after, state


def _rule(value: object, name: str, *_: Any) -> Optimizer:
    if not isinstance(value, Optimizer):
        raise ValueError(f"{name} must be an Optimizer such as adam(0.1), but is {shown(value)}.")
    return value


OPTIMIZER = Check(_rule, "Optimizer")
"""Asks at the door for a rule of descent."""


class Rule(Protocol):
    """A function that makes an optimizer from its learning rate and further settings.

    Attributes
    ----------
    label : str
        What a figure calls the rule.
    """

    __name__: str
    label: str

    def __call__(self, *settings: Any, **more: Any) -> Optimizer:
        """Return the optimizer."""


def _labelled(make: Checked[..., Optimizer], label: str) -> Rule:
    rule = cast("Rule", make)
    rule.label = label
    return rule


def _per_start(value: ArrayLike) -> Any:
    """Return a number as a float, and numbers for many starts with an axis for coordinates."""
    return value[..., None].copy() if np.ndim(value) else value.item()


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


def _remembering(
    step: Callable[[Array, Array, State], tuple[Array, State]],
    *first: int,
    arrays: int,
    **settings: Any,
) -> Optimizer:
    """Return a rule whose settings must fit the start and whose state ends with arrays of 0."""

    def init(parameters: Array) -> State:
        _require_fit(parameters, **settings)
        return *first, *(np.zeros_like(parameters) for _ in range(arrays))

    return Optimizer(init, step)


@equation("gradient-descent-step")
@source("nesterov2018lectures, sec. 1.2.3.")
@checked(learning_rate=array(within="(0, inf)"), diverges=True)
def gradient_descent(learning_rate: ArrayLike) -> Optimizer:
    """Return plain gradient descent, θ ← θ − η g.

    Parameters
    ----------
    learning_rate
        η; an array broadcasts against the axes of the start before its last.

    Returns
    -------
    Optimizer
        Without memory.

    Examples
    --------
    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: 2 * x, [1.0], gradient_descent(0.25), 3).ravel()
    array([1.   , 0.5  , 0.25 , 0.125])
    """
    rate = _per_start(learning_rate)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        return parameters - rate * gradient, state

    return _remembering(step, arrays=0, learning_rate=rate)


@equation("gradient-descent-heavy-ball")
@source("polyak1964some; goh2017momentum.")
@checked(learning_rate=array(within="(0, inf)"), decay=array(within="[0, 1)"), diverges=True)
def momentum(learning_rate: ArrayLike, decay: ArrayLike = 0.9) -> Optimizer:
    """Return the heavy ball, v ← β v + g, θ ← θ − η v.

    Parameters
    ----------
    learning_rate
        η; an array broadcasts against the axes of the start before its last.
    decay
        β: the share of the velocity that is kept.

    Returns
    -------
    Optimizer
        Its state is (v,), at first 0.

    Notes
    -----
    Where others write v ← β v − η g, θ ← θ + v, the path is the same for a constant rate. Where
    they write v ← β v + (1 − β) g, the same path needs the rate η / (1 − β).

    Examples
    --------
    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: 2 * x, [1.0], momentum(0.1, decay=0.5), 2).ravel().round(6)
    array([1.  , 0.8 , 0.54])
    """
    rate, beta = _per_start(learning_rate), _per_start(decay)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        (velocity,) = state
        velocity = beta * velocity + gradient
        return parameters - rate * velocity, (velocity,)

    return _remembering(step, arrays=1, learning_rate=rate, decay=beta)


@equation("gradient-descent-nesterov")
@source("nesterov1983method; sutskever2013importance, eqs. 3 and 4.")
@checked(learning_rate=array(within="(0, inf)"), decay=array(within="[0, 1)"), diverges=True)
def nesterov(learning_rate: ArrayLike, decay: ArrayLike = 0.9) -> Optimizer:
    """Return Nesterov's momentum, v ← β v + g, θ ← θ − η (g + β v).

    Parameters
    ----------
    learning_rate
        η; an array broadcasts against the axes of the start before its last.
    decay
        β: the share of the velocity that is kept.

    Returns
    -------
    Optimizer
        Its state is (v,), at first 0.

    Notes
    -----
    θ is the point at which the gradient is taken, which lies ahead of Nesterov's x by −η β v.
    Written for x, the rule is v ← β v + ∇f(x − η β v), x ← x − η v.

    Examples
    --------
    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: 2 * x, [1.0], nesterov(0.1, decay=0.5), 2).ravel().round(6)
    array([1.  , 0.7 , 0.44])
    """
    rate, beta = _per_start(learning_rate), _per_start(decay)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        (velocity,) = state
        velocity = beta * velocity + gradient
        return parameters - rate * (gradient + beta * velocity), (velocity,)

    return _remembering(step, arrays=1, learning_rate=rate, decay=beta)


@equation("gradient-descent-adagrad")
@source("duchi2011adaptive, fig. 1, with a diagonal matrix.")
@checked(learning_rate=array(within="(0, inf)"), epsilon=array(within="[0, inf)"), diverges=True)
def adagrad(learning_rate: ArrayLike, epsilon: ArrayLike = 1e-10) -> Optimizer:
    """Return AdaGrad, s ← s + g², θ ← θ − η g / (√s + ε), entry by entry.

    Parameters
    ----------
    learning_rate
        η; an array broadcasts against the axes of the start before its last.
    epsilon
        ε, added outside the root.

    Returns
    -------
    Optimizer
        Its state is (s,), at first 0.

    Examples
    --------
    The first step is η long in every coordinate, however steep the slope.

    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: x * [1.0, 100.0], [1.0, 1.0], adagrad(0.1), 1)[-1].round(6)
    array([0.9, 0.9])
    """
    rate, eps = _per_start(learning_rate), _per_start(epsilon)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        (squares,) = state
        squares = squares + gradient**2
        return parameters - rate * gradient / (np.sqrt(squares) + eps), (squares,)

    return _remembering(step, arrays=1, learning_rate=rate, epsilon=eps)


@equation("gradient-descent-rmsprop")
@source("tieleman2012lecture.")
@checked(
    learning_rate=array(within="(0, inf)"),
    decay=array(within="[0, 1)"),
    epsilon=array(within="[0, inf)"),
    diverges=True,
)
def rmsprop(
    learning_rate: ArrayLike, decay: ArrayLike = 0.9, epsilon: ArrayLike = 1e-8
) -> Optimizer:
    """Return RMSProp, s ← β s + (1 − β) g², θ ← θ − η g / (√s + ε), entry by entry.

    Parameters
    ----------
    learning_rate
        η; an array broadcasts against the axes of the start before its last.
    decay
        β: how slowly old squares are forgotten.
    epsilon
        ε, added outside the root.

    Returns
    -------
    Optimizer
        Its state is (s,), at first 0.

    Examples
    --------
    The first step is η / √(1 − β) long, since s starts at 0 and nothing corrects for it.

    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: x, [1.0], rmsprop(0.1, decay=0.75), 1)[-1].round(6)
    array([0.8])
    """
    rate, rho, eps = map(_per_start, (learning_rate, decay, epsilon))

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        (squares,) = state
        squares = rho * squares + (1 - rho) * gradient**2
        return parameters - rate * gradient / (np.sqrt(squares) + eps), (squares,)

    return _remembering(step, arrays=1, learning_rate=rate, decay=rho, epsilon=eps)


@equation("gradient-descent-adam")
@source("kingma2015adam, algorithm 1.")
@checked(
    learning_rate=array(within="(0, inf)"),
    decay1=array(within="[0, 1)"),
    decay2=array(within="[0, 1)"),
    epsilon=array(within="[0, inf)"),
    diverges=True,
)
def adam(
    learning_rate: ArrayLike,
    decay1: ArrayLike = 0.9,
    decay2: ArrayLike = 0.999,
    epsilon: ArrayLike = 1e-8,
) -> Optimizer:
    """Return Adam: momentum over root mean square, both corrected for starting at 0.

    Parameters
    ----------
    learning_rate
        η; an array broadcasts against the axes of the start before its last.
    decay1, decay2
        β₁ and β₂.
    epsilon
        ε, added outside the root.

    Returns
    -------
    Optimizer
        Its state is (k, m, s): the number of steps taken, and two averages that start at 0.

    Notes
    -----
    m ← β₁ m + (1 − β₁) g and s ← β₂ s + (1 − β₂) g²; then
    θ ← θ − η m̂ / (√ŝ + ε), where m̂ = m / (1 − β₁ᵏ) and ŝ = s / (1 − β₂ᵏ) at the k-th step.

    Examples
    --------
    >>> from mathdl.gradient_descent import descend
    >>> descend(lambda x: x * [1.0, 100.0], [1.0, -1.0], adam(0.1), 1)[-1].round(6)
    array([ 0.9, -0.9])
    """
    settings = learning_rate, decay1, decay2, epsilon
    rate, beta1, beta2, eps = map(_per_start, settings)

    def step(parameters: Array, gradient: Array, state: State) -> tuple[Array, State]:
        k, mean, squares = state
        k += 1
        mean = beta1 * mean + (1 - beta1) * gradient
        squares = beta2 * squares + (1 - beta2) * gradient**2
        root = np.sqrt(squares / (1 - beta2**k))
        return parameters - rate / (1 - beta1**k) * mean / (root + eps), (k, mean, squares)

    return _remembering(
        step, 0, arrays=2, learning_rate=rate, decay1=beta1, decay2=beta2, epsilon=eps
    )


OPTIMIZERS: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        _labelled(gradient_descent, "gradient descent"),
        _labelled(momentum, "momentum"),
        _labelled(nesterov, "Nesterov"),
        _labelled(adagrad, "AdaGrad"),
        _labelled(rmsprop, "RMSProp"),
        _labelled(adam, "Adam"),
    )
}
"""The six rules by name; each takes the learning rate first."""
