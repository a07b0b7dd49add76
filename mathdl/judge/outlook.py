"""What the reader writes in the chapter on what is still hard."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mathdl.judge.comparing import Numbers, as_numbers
from mathdl.judge.running import Outcome
from mathdl.judge.task import Case, Mistake, Task, Watched
from mathdl.outlook import decompose
from mathdl.outlook import minimum_norm as shortest

Gradient = Callable[[Numbers], Numbers]


def integrated_gradients(
    gradient: Gradient, x: Numbers, baseline: Numbers, n_steps: int
) -> Numbers:
    """Return the attributions by the midpoint rule."""
    return _attributions(gradient, x, baseline, _midpoints(n_steps))


def _mean(gradient: Gradient, x: Numbers, baseline: Numbers, places: Numbers) -> Numbers:
    slopes = [np.asarray(gradient(baseline + t * (x - baseline))) for t in places]
    return np.asarray(np.mean(slopes, axis=0))


def _attributions(gradient: Gradient, x: Numbers, baseline: Numbers, places: Numbers) -> Numbers:
    return (x - baseline) * _mean(gradient, x, baseline, places)


def _midpoints(n_steps: int) -> Numbers:
    return np.asarray((np.arange(n_steps) + 0.5) / n_steps)


def _cubes(x: Any) -> Numbers:
    """Differentiate Σ x³."""
    return 3 * np.asarray(x) ** 2


def _product(x: Any) -> Numbers:
    """Differentiate x₁² x₂ e^x₃, for any axes before the last."""
    first, second, third = np.moveaxis(np.asarray(x, dtype=float), -1, 0)
    parts = [2 * first * second, first**2, first**2 * second]
    return np.asarray(np.stack(parts, axis=-1) * np.exp(third)[..., np.newaxis])


_CUBES = Watched(_cubes, "lambda x: 3 * x**2")
_PRODUCT = Watched(_product, "lambda x: np.array([2 * x[0] * x[1], x[0]**2, …]) * np.exp(x[2])")

INTEGRATED_GRADIENTS = Task(
    chapter="outlook",
    right=integrated_gradients,
    returns=("the attributions",),
    cases=(
        Case("two steps", (_CUBES, np.array([2.0, -1.0]), np.array([1.0, 0.5]), 2)),
        Case("a single step", (_CUBES, np.array([3.0]), np.array([1.0]), 1)),
        Case(
            "inputs that act together",
            (_PRODUCT, np.array([1.0, 2.0, -0.5]), np.array([0.5, -1.0, 0.25]), 5),
        ),
        Case("the baseline 0", (_CUBES, np.array([[1.0, 2.0]]), np.array([[0.0, 0.0]]), 4)),
    ),
    mistakes=(
        Mistake(
            "not multiplied by x − baseline",
            "The mean of the gradients must be multiplied by x − b, the way that was walked, not "
            "by x.",
            (
                lambda gradient, x, baseline, n_steps: _mean(
                    gradient, x, baseline, _midpoints(n_steps)
                ),
                lambda gradient, x, baseline, n_steps: (
                    x * _mean(gradient, x, baseline, _midpoints(n_steps))
                ),
                lambda gradient, x, baseline, n_steps: (
                    n_steps * _mean(gradient, x, baseline, _midpoints(n_steps))
                ),
                lambda gradient, x, baseline, n_steps: (
                    (baseline - x) * _mean(gradient, x, baseline, _midpoints(n_steps))
                ),
            ),
        ),
        Mistake(
            "left rule, not the midpoints",
            "in a step that contains one, the slope in the middle stands for two slopes",
            (
                lambda gradient, x, baseline, n_steps: _attributions(
                    gradient, x, baseline, np.arange(n_steps) / n_steps
                ),
            ),
        ),
        Mistake(
            "right rule, not the midpoints",
            "in a step that contains one, the slope in the middle stands for two slopes",
            (
                lambda gradient, x, baseline, n_steps: _attributions(
                    gradient, x, baseline, (np.arange(n_steps) + 1) / n_steps
                ),
            ),
        ),
        Mistake(
            "both ends of the path, not the midpoints",
            "in a step that contains one, the slope in the middle stands for two slopes",
            (
                lambda gradient, x, baseline, n_steps: _attributions(
                    gradient, x, baseline, np.linspace(0, 1, n_steps)
                ),
                lambda gradient, x, baseline, n_steps: _attributions(
                    gradient, x, baseline, np.linspace(0, 1, n_steps + 1)
                ),
                lambda gradient, x, baseline, n_steps: (
                    (
                        _attributions(gradient, x, baseline, np.arange(n_steps) / n_steps)
                        + _attributions(gradient, x, baseline, (np.arange(n_steps) + 1) / n_steps)
                    )
                    / 2
                ),
            ),
        ),
        Mistake(
            "path from 0 whatever the baseline",
            'but walk to x from a baseline b, an input that stands for "nothing there"',
            (
                lambda gradient, x, baseline, n_steps: (
                    (x - baseline) * _mean(gradient, x, 0 * x, _midpoints(n_steps))
                ),
                lambda gradient, x, baseline, n_steps: _attributions(
                    gradient, x, 0 * x, _midpoints(n_steps)
                ),
            ),
        ),
        Mistake(
            "sum of the gradients, not their mean",
            "The mean of the gradients must be multiplied by x − b, the way that was walked, not "
            "by x.",
            (
                lambda gradient, x, baseline, n_steps: (
                    n_steps * integrated_gradients(gradient, x, baseline, n_steps)
                ),
            ),
        ),
        Mistake(
            "gradient at x only",
            "So let us not look at one place only",
            (
                lambda gradient, x, baseline, n_steps: (x - baseline) * gradient(x),
                lambda gradient, x, baseline, n_steps: x * gradient(x),
                lambda gradient, x, baseline, n_steps: gradient(x),
            ),
        ),
    ),
    adds="mathdl.outlook.integrated_gradients walks for many samples at once, and "
    "completeness_gap says whether the steps were enough.",
)


def minimum_norm(features: Numbers, targets: Numbers) -> Numbers:
    """Return the shortest least-squares solution."""
    return shortest(features, targets)


def _solution(outcome: Outcome) -> Numbers | None:
    """Return a result that has the shape of a solution."""
    features, _ = outcome.arguments
    theta = as_numbers(outcome.value)
    fits = theta is not None and theta.shape == features.shape[1:] and np.isfinite(theta).all()
    return theta if fits else None


def _too_long(outcome: Outcome) -> bool:
    """Say whether a result solves the problem, but is not the shortest that does."""
    theta = _solution(outcome)
    if theta is None:
        return False
    features, targets = outcome.arguments
    normal = features.T @ (features @ theta - targets)
    return bool(np.allclose(normal, 0, atol=1e-6))


def _singular(outcome: Outcome) -> bool:
    """Say whether a matrix without full rank was inverted."""
    features, _ = outcome.arguments
    raised = outcome.raised is not None and outcome.raised.kind == "LinAlgError"
    full = np.linalg.matrix_rank(features) == features.shape[1]
    return raised or (not full and (_solution(outcome) is None or not _too_long(outcome)))


MINIMUM_NORM = Task(
    chapter="outlook",
    right=minimum_norm,
    returns=("the solution",),
    cases=(
        Case(
            "more samples than features",
            (np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0, 5.0])),
        ),
        Case("one sample of two features", (np.array([[1.0, 2.0]]), np.array([5.0]))),
        Case(
            "features that depend on one another",
            (np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]), np.array([1.0, 5.0, 6.0])),
        ),
        Case(
            "three samples of five features",
            (
                np.array(
                    [
                        [1.0, 2.0, 0.0, -1.0, 0.5],
                        [0.0, 1.0, 3.0, 2.0, 1.0],
                        [2.0, -1.0, 1.0, 0.0, 4.0],
                    ]
                ),
                np.array([1.0, -2.0, 3.0]),
            ),
        ),
    ),
    mistakes=(
        Mistake(
            "a solution that is not the shortest",
            "Among them we take the shortest, the minimum-norm solution.",
            sign=_too_long,
        ),
        Mistake(
            "normal equations (singular)",
            "Then many θ solve Φθ = y exactly",
            sign=_singular,
        ),
    ),
    adds="mathdl.outlook.minimum_norm solves for several targets at once; ridge_fit adds a "
    "penalty.",
)


def bias_variance(predictions: Numbers, truth: Numbers) -> tuple[float, float]:
    """Return the squared bias and the variance, means over the points."""
    parts = decompose(predictions, truth, noise=0.0)
    return parts.bias_squared, parts.variance


def _variance(predictions: Numbers, truth: Numbers) -> float:
    return bias_variance(predictions, truth)[1]


def _bias_squared(predictions: Numbers, truth: Numbers) -> float:
    return bias_variance(predictions, truth)[0]


BIAS_VARIANCE = Task(
    chapter="outlook",
    right=bias_variance,
    returns=("bias²", "variance"),
    cases=(
        Case(
            "two draws at two points",
            (np.array([[1.0, 4.0], [3.0, 5.0]]), np.array([1.0, 7.0])),
        ),
        Case(
            "four draws at three points",
            (
                np.array([[1.0, 2.0, 0.5], [0.0, 4.0, 1.5], [2.0, -1.0, 3.0], [5.0, 1.0, 0.0]]),
                np.array([1.0, 0.5, -1.0]),
            ),
        ),
        Case("three draws at one point", (np.array([[1.0], [2.0], [4.0]]), np.array([-1.0]))),
    ),
    mistakes=(
        Mistake(
            "mean of squares for square of means",
            "The bias is what the method gets wrong on average, however often it is repeated",
            (
                lambda p, f: (((p - f) ** 2).mean(), _variance(p, f)),
                lambda p, f: ((p.mean(axis=0) ** 2 - f**2).mean(), _variance(p, f)),
                lambda p, f: (_bias_squared(p, f), (p**2).mean()),
                lambda p, f: (_bias_squared(p, f), ((p - f) ** 2).mean()),
            ),
        ),
        Mistake(
            "ddof: divided by n_draws − 1",
            "the variance says how much it changes with the noise it happened to see",
            (lambda p, f: (_bias_squared(p, f), p.var(axis=0, ddof=1).mean()),),
        ),
        Mistake(
            "sum over points",
            "The predictions at the samples are ŷ = P y",
            (
                lambda p, f: (len(f) * _bias_squared(p, f), len(f) * _variance(p, f)),
                lambda p, f: (len(f) * _bias_squared(p, f), _variance(p, f)),
                lambda p, f: (_bias_squared(p, f), len(f) * _variance(p, f)),
                lambda p, f: (len(f) * _bias_squared(p, f), p.var(axis=0, ddof=1).sum()),
            ),
        ),
        Mistake(
            "no mean over the points",
            "The predictions at the samples are ŷ = P y",
            (lambda p, f: ((p.mean(axis=0) - f) ** 2, p.var(axis=0)),),
        ),
        Mistake(
            "bias not squared",
            "The bias is what the method gets wrong on average, however often it is repeated",
            (
                lambda p, f: ((p.mean(axis=0) - f).mean(), _variance(p, f)),
                lambda p, f: (abs(p.mean(axis=0) - f).mean(), _variance(p, f)),
                lambda p, f: ((p.mean(axis=0) - f).mean() ** 2, _variance(p, f)),
            ),
        ),
        Mistake(
            "variance over the points for variance over the draws",
            "the variance says how much it changes with the noise it happened to see",
            (
                lambda p, f: (_bias_squared(p, f), p.var()),
                lambda p, f: (_bias_squared(p, f), p.var(axis=1).mean()),
            ),
        ),
        Mistake(
            "standard deviation for variance",
            "the variance says how much it changes with the noise it happened to see",
            (lambda p, f: (_bias_squared(p, f), p.std(axis=0).mean()),),
        ),
    ),
    adds="mathdl.outlook.decompose adds the noise, the third part.",
)

TASKS = {
    "integrated_gradients": INTEGRATED_GRADIENTS,
    "minimum_norm": MINIMUM_NORM,
    "bias_variance": BIAS_VARIANCE,
}
