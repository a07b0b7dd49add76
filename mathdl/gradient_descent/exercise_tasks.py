"""What the exercises on gradient descent ask for: a schedule, a curvature, a slope."""

from collections.abc import Callable
from functools import partial

import numpy as np

from explorable.tutor.comparing import Numbers, as_numbers, literal
from explorable.tutor.examples import nonzero, places, size
from explorable.tutor.running import Outcome
from explorable.tutor.task import Case, Mistake, Task, Watched
from mathdl.gradient_descent import cosine_decay

Gradient = Callable[[Numbers], Numbers]


def rate_at(k: int, n_steps: int, warm_up: int) -> float:
    """Return the share of the rate that a step has: a line up, then half a cosine down."""
    return (k + 1) / warm_up if k < warm_up else cosine_decay(n_steps - warm_up)(k - warm_up)


def _step_of(rng: np.random.Generator) -> tuple[int, int, int]:
    n_steps = size(rng, 9)
    return int(rng.integers(n_steps)), n_steps, int(rng.integers(n_steps))


RATE_AT = Task(
    chapter="gradient_descent",
    right=rate_at,
    returns=("the share of the rate",),
    cases=(
        Case("the first step", (0, 12, 4)),
        Case("the last step of the warm-up", (3, 12, 4)),
        Case("the step after it", (4, 12, 4)),
        Case("the last step of all", (11, 12, 4)),
        Case("no warm-up", (3, 12, 0)),
    ),
    fresh=_step_of,
    mistakes=(
        Mistake(
            "the warm-up counted from 0",
            "So one begins with short steps and lets the rate rise along a line",
            (lambda k, n, warm_up: k / warm_up if k < warm_up else rate_at(k, n, warm_up),),
        ),
        Mistake(
            "a warm-up that lasts a step too long",
            "over the first warm_up steps it rises along a line",
            (lambda k, n, warm_up: (k + 1) / warm_up if k <= warm_up else rate_at(k, n, warm_up),),
        ),
        Mistake(
            "a cosine that has fallen to 0 at the last step",
            "the cosine would reach 0 one step after the last.",
            (
                lambda k, n, warm_up: (
                    rate_at(k, n, warm_up)
                    if k < warm_up
                    else (1 + np.cos(np.pi * (k - warm_up) / max(n - warm_up - 1, 1))) / 2
                ),
            ),
        ),
        Mistake(
            "a cosine as long as all steps",
            "over the rest it falls along half a cosine.",
            (
                lambda k, n, warm_up: (
                    rate_at(k, n, warm_up) if k < warm_up else cosine_decay(n)(k - warm_up)
                ),
            ),
        ),
        Mistake(
            "a cosine that begins before the warm-up ends",
            "and over the rest it falls along half a cosine",
            (
                lambda k, n, warm_up: (
                    rate_at(k, n, warm_up) if k < warm_up else cosine_decay(n)(k)
                ),
                lambda k, n, warm_up: (
                    (min(1, (k + 1) / warm_up) if warm_up else 1) * cosine_decay(n)(k)
                ),
            ),
        ),
    ),
    adds="mathdl.gradient_descent.scheduled lets a rule take its steps by such a schedule.",
)


def largest_curvature(gradient: Gradient, theta: Numbers, n_rounds: int) -> float:
    """Return the largest curvature by power iteration, from gradients alone."""
    return _from_start(gradient, theta, n_rounds, np.random.default_rng(0).standard_normal)


def _from_start(
    gradient: Gradient, theta: Numbers, n_rounds: int, start: Callable[[int], Numbers]
) -> float:
    u, h = start(theta.size), 1e-5
    for _ in range(n_rounds):
        u = u / np.linalg.norm(u)
        u = (gradient(theta + h * u) - gradient(theta - h * u)) / (2 * h)
    return float(np.linalg.norm(u))


def _grows_without_end(outcome: Outcome) -> bool:
    size = as_numbers(outcome.value)
    return size is not None and size.size == 1 and 1e6 < size.item() < np.inf


BEFORE = "The length before the shortening is the estimate."


def _steepest(rng: np.random.Generator) -> tuple[Watched, Numbers, int]:
    """Draw a bowl whose steepest axis is often at a right angle to a start that is not random.

    So many rounds that only one start in 10⁸ is too close to a right angle, and that rounding has
    not yet found the axis from one that is.
    """
    axis = rng.permutation([1, *rng.integers(-2, 3, size=size(rng))])
    hessian = literal(np.eye(len(axis)) + np.outer(axis, axis))
    rounds = round(9 / np.log10(1 + axis @ axis))
    return Watched(f"lambda theta: theta @ {hessian}"), nonzero(rng, len(axis)), rounds


LARGEST_CURVATURE = Task(
    chapter="gradient_descent",
    right=largest_curvature,
    returns=("the largest curvature",),
    cases=(
        Case(
            "a bowl along the axes",
            (Watched("lambda theta: theta * [1, 9]"), np.array([1.0, 2.0]), 40),
        ),
        Case(
            "one turned by 45°",
            (
                Watched("lambda theta: theta @ [[4.5, -0.5], [-0.5, 4.5]]"),
                np.array([3.0, -1.0]),
                60,
            ),
        ),
        Case(
            "one that is no parabola",
            (Watched("lambda theta: theta * [1, 9] + np.sin(theta)"), np.array([1.0, 2.0]), 40),
        ),
    ),
    fresh=_steepest,
    mistakes=(
        Mistake("the length after the shortening", BEFORE, (lambda gradient, theta, n: 1.0,)),
        Mistake(
            "far too large: never shortened, or a slip with h", BEFORE, sign=_grows_without_end
        ),
        Mistake(
            "a start that is not random",
            "start with a random u of length 1",
            tuple(
                partial(_from_start, start=start)
                for start in (
                    np.ones,
                    lambda n: 1.0 + np.arange(n),
                    lambda n: np.eye(n)[0],
                    lambda n: (-1.0) ** np.arange(n),
                )
            ),
        ),
    ),
    adds="mathdl.gradient_descent.sharpness finds it for the loss of a network, in fewer rounds.",
    precision=1e-4,
)


def slope(theta: float) -> float:
    """Return the slope of a convex function whose curvature is 25, then 1, then 25."""
    return 25 * theta if theta < 1 else theta + 24 if theta < 2 else 25 * theta - 24


SLOPE = Task(
    chapter="gradient_descent",
    right=slope,
    returns=("the slope",),
    cases=(
        Case("the first piece", (0.5,)),
        Case("the second piece", (1.5,)),
        Case("the third piece", (2.5,)),
        Case("a border", (1.0,)),
        Case("the other border", (2.0,)),
    ),
    fresh=lambda rng: (float(places(rng, (1.0, 2.0), 1)[0] + rng.choice([-2, 0, 0, 9])),),
    mistakes=(),
    adds="Now let the ball roll on it.",
)

TASKS = {"rate_at": RATE_AT, "largest_curvature": LARGEST_CURVATURE, "slope": SLOPE}
