"""What the reader writes in the chapter on what is still hard."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from explorable.tutor.comparing import Numbers, as_numbers
from explorable.tutor.examples import alike, nonzero, number, numbers, quarters, size
from explorable.tutor.running import Outcome, overflowed
from explorable.tutor.task import Case, Mistake, Task, Watched
from mathdl.outlook import decompose
from mathdl.outlook import minimum_norm as shortest

Gradient = Callable[[Numbers], Numbers]


def _attributions(
    gradient: Gradient,
    x: Numbers,
    baseline: Numbers,
    n_steps: int,
    factor: Callable[..., Any] = lambda x, baseline, n_steps: x - baseline,
    places: Callable[[int], Numbers] = lambda n_steps: (np.arange(n_steps) + 0.5) / n_steps,
    path: Callable[..., tuple[Numbers, Numbers]] = lambda x, baseline: (baseline, x),
) -> Numbers:
    """Multiply by a factor the mean of gradients at places of a path."""
    start, end = path(x, baseline)
    slopes = [np.asarray(gradient(start + t * (end - start))) for t in places(n_steps)]
    return np.asarray(factor(x, baseline, n_steps) * np.mean(slopes, axis=0))


def integrated_gradients(
    gradient: Gradient, x: Numbers, baseline: Numbers, n_steps: int
) -> Numbers:
    """Return the attributions by the midpoint rule."""
    return _attributions(gradient, x, baseline, n_steps)


_CUBES = Watched("lambda x: 3 * x**2")
_TOGETHER = Watched("lambda x: np.cos(x) * x.sum(axis=-1, keepdims=True)")


def _path(rng: np.random.Generator) -> tuple[Any, ...]:
    texts = (_CUBES.text, _TOGETHER.text, "lambda x: np.exp(x / 2)")
    x, baseline = alike(rng, 2, largest=3.0)
    return Watched(str(rng.choice(texts))), x, baseline, size(rng)


_MIDDLES = "We cut the path into m equal steps and take the gradient at the middle t_k of each"
_MULTIPLIED = "Integrated gradients lie on the ink, because a_j = 0 wherever x_j = b_j."
_SHARED = "The attributions share out exactly the rise of the output."
_FROM_BASELINE = 'but walk to x from a baseline b, an input that stands for "nothing there"'

INTEGRATED_GRADIENTS = Task(
    chapter="outlook",
    right=integrated_gradients,
    returns=("the attributions",),
    cases=(
        Case("two steps", (_CUBES, np.array([2.0, -1.0]), np.array([1.0, 0.5]), 2)),
        Case("a single step", (_CUBES, np.array([3.0]), np.array([1.0]), 1)),
        Case(
            "inputs that act together",
            (_TOGETHER, np.array([1.0, 2.0, -0.5]), np.array([0.5, -1.0, 0.25]), 5),
        ),
    ),
    fresh=_path,
    mistakes=(
        Mistake(
            "not multiplied by x − baseline",
            _MULTIPLIED,
            (
                partial(_attributions, factor=lambda x, baseline, n_steps: 1),
                partial(_attributions, factor=lambda x, baseline, n_steps: x),
                partial(_attributions, factor=lambda x, baseline, n_steps: n_steps),
            ),
        ),
        Mistake(
            "left rule, not the midpoints",
            _MIDDLES,
            (partial(_attributions, places=lambda n_steps: np.arange(n_steps) / n_steps),),
        ),
        Mistake(
            "right rule, not the midpoints",
            _MIDDLES,
            (partial(_attributions, places=lambda n_steps: (np.arange(n_steps) + 1) / n_steps),),
        ),
        Mistake(
            "path from 0 whatever the baseline",
            _FROM_BASELINE,
            (
                partial(_attributions, path=lambda x, baseline: (0 * x, x)),
                partial(
                    _attributions, factor=lambda x, *_: x, path=lambda x, baseline: (0 * x, x)
                ),
            ),
        ),
        Mistake(
            "path that goes on from the baseline by x, not to x",
            _FROM_BASELINE,
            (
                partial(_attributions, path=lambda x, baseline: (baseline, x + baseline)),
                partial(
                    _attributions,
                    factor=lambda x, *_: x,
                    path=lambda x, baseline: (baseline, x + baseline),
                ),
            ),
        ),
        Mistake(
            "sum of the gradients, not their mean",
            _SHARED,
            (
                partial(
                    _attributions, factor=lambda x, baseline, n_steps: n_steps * (x - baseline)
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
    adds="mathdl.outlook.integrated_gradients walks for many samples at once.",
)


def minimum_norm(features: Numbers, targets: Numbers) -> Numbers:
    """Return the shortest least-squares solution."""
    return shortest(features, targets)


_CUT_OFF = "In floating point a singular value that should be 0 is about 10⁻¹⁶ of the largest."


def _turned(
    features: Numbers, targets: Numbers, *, few: bool = True, cut: float = 1e-12
) -> Numbers:
    """Take the right singular vectors from columns, if there are enough or as few as needed."""
    u, s, v = np.linalg.svd(features, full_matrices=False)
    inverse = np.array([1 / each if each > cut * s[0] else 0 for each in s])
    return np.asarray((v[:, : len(s)] if few else v) @ (inverse * (u.T @ targets)))


def _solution(outcome: Outcome) -> Numbers | None:
    """Return a result that has the shape of a solution."""
    features, _ = outcome.arguments
    theta = as_numbers(outcome.value)
    fits = theta is not None and theta.shape == features.shape[1:] and np.isfinite(theta).all()
    return theta if fits else None


def _too_long(outcome: Outcome) -> bool:
    """Say whether a result solves the problem, but is not the shortest that does."""
    theta = _solution(outcome)
    if theta is None or outcome.changed is not None:
        return False
    features, targets = outcome.arguments
    gap = features @ (theta - shortest(features, targets))
    return bool(np.linalg.norm(gap) <= 1e-9 * np.linalg.norm(targets))


def _singular(outcome: Outcome) -> bool:
    """Say whether a matrix without full rank was inverted."""
    features, _ = outcome.arguments
    if np.linalg.matrix_rank(features) == features.shape[1]:
        return False
    if outcome.raised is not None:
        return "Singular" in outcome.raised.text
    try:  # where normal equations raise, what does not raise has not solved them
        return np.linalg.inv(features.T @ features) is not None
    except np.linalg.LinAlgError:
        return False


def _blown_up(outcome: Outcome) -> bool:
    """Say whether rounding was divided by a singular value that should be 0."""
    features, targets = outcome.arguments
    if np.linalg.matrix_rank(features) == min(features.shape):
        return False
    theta = _solution(outcome)
    if theta is None:
        return overflowed(outcome)
    return bool(np.linalg.norm(theta) > 1.5 * np.linalg.norm(shortest(features, targets)))


def _any_rank(rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Draw features of any rank and size, and targets of their signs, which do not cancel."""
    n, columns = size(rng), size(rng)
    features = rng.choice(abs(nonzero(rng, n, columns)), size=size(rng), axis=1)
    signs = rng.choice([-1, 1], size=n)
    scale = number(rng, 1e-12, 1)
    return scale * signs[:, np.newaxis] * features, signs * abs(numbers(rng, n))


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
            "two features that are nearly the same",
            (np.array([[1.0, 1.0], [1.0, 1.002]]), np.array([1.0, 3.0])),
        ),
    ),
    fresh=_any_rank,
    mistakes=(
        Mistake("divided by a singular value that should be 0", _CUT_OFF, sign=_blown_up),
        Mistake(
            "a solution that is not the shortest",
            "Among them we take the shortest, the minimum-norm solution.",
            sign=_too_long,
        ),
        Mistake(
            "the v_i taken from columns, not from rows",
            "returns the u_i in columns, the s_i, and the v_i in rows.",
            (
                _turned,
                partial(_turned, few=False),
                partial(_turned, cut=0),
                partial(_turned, few=False, cut=0),
            ),
        ),
        Mistake(
            "the formula for independent rows, whatever the rows are",
            "If the rows of Φ are linearly independent",
            (
                lambda features, targets: (
                    features.T @ np.linalg.inv(features @ features.T) @ targets
                ),
                lambda features, targets: (
                    features.T @ np.linalg.solve(features @ features.T, targets)
                ),
            ),
        ),
        Mistake("normal equations (singular)", "Then many θ solve Φθ = y exactly", sign=_singular),
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


def _repeated(rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    n_points = size(rng)
    return numbers(rng, 1 + size(rng), n_points), numbers(rng, n_points)


BIAS_VARIANCE = Task(
    chapter="outlook",
    right=bias_variance,
    returns=("bias²", "variance"),
    cases=(
        Case(
            "two draws at two points", (np.array([[1.0, 4.0], [3.0, 5.0]]), np.array([1.0, 7.0]))
        ),
        Case("three draws at one point", (np.array([[1.0], [2.0], [4.0]]), np.array([-1.0]))),
    ),
    fresh=_repeated,
    mistakes=(
        Mistake(
            "mean of squares for square of means",
            "The bias is what the method gets wrong on average, however often it is repeated",
            (lambda p, f: (((p - f) ** 2).mean(), _variance(p, f)),),
        ),
        Mistake(
            "variance about the truth or about 0, not about the mean of the draws",
            "the variance says how much it changes with the noise it happened to see",
            (
                lambda p, f: (_bias_squared(p, f), (p**2).mean()),
                lambda p, f: (_bias_squared(p, f), ((p - f) ** 2).mean()),
            ),
        ),
        Mistake(
            "ddof: divided by n_draws − 1",
            "The variance is a mean over the repetitions, too.",
            (lambda p, f: (_bias_squared(p, f), p.var(axis=0, ddof=1).mean()),),
        ),
        Mistake(
            "sum over points",
            "Return two numbers, squared bias and variance, each the mean over the points.",
            (
                lambda p, f: (len(f) * _bias_squared(p, f), len(f) * _variance(p, f)),
                lambda p, f: (len(f) * _bias_squared(p, f), _variance(p, f)),
                lambda p, f: (_bias_squared(p, f), len(f) * _variance(p, f)),
                lambda p, f: (len(f) * _bias_squared(p, f), p.var(axis=0, ddof=1).sum()),
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
    ),
    adds="mathdl.outlook.decompose adds the noise, the third part.",
)


def reproduced(features: Numbers, labels: Numbers) -> float:
    """Return the share of labels that the shortest least-squares fit gives back."""
    answers = features @ shortest(features, np.eye(10)[labels])
    return float(np.mean(answers.argmax(axis=1) == labels))


def _of_numbers(features: Numbers, labels: Numbers) -> float:
    """Fit the labels themselves, as if they were quantities."""
    fitted = features @ shortest(features, labels.astype(float))
    return float(np.mean(np.rint(fitted) == labels))


def _clear(rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Draw samples of which each has one output that is clearly the largest."""
    while True:
        n = size(rng, 8)
        # More columns than rows can be independent.
        features = np.repeat(quarters(rng, n, size(rng)), size(rng), axis=1)
        labels = rng.choice(rng.choice(10, size=size(rng)), size=n)
        outputs = np.sort(features @ shortest(features, np.eye(10)[labels]), axis=1)
        if (outputs[:, -1] - outputs[:, -2]).min() > 1e-3:
            return features, labels


REPRODUCED = Task(
    chapter="outlook",
    right=reproduced,
    returns=("the share of labels that are given back",),
    cases=(
        Case(
            "four samples of one feature",
            (np.array([[1.0], [1.0], [1.0], [2.0]]), np.array([3, 3, 7, 3])),
        ),
        Case(
            "four samples of two features",
            (np.array([[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.5, 1.0]]), np.array([1, 9, 2, 2])),
        ),
        Case(
            "three samples of which the last is nearly like the others",
            (np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0005]]), np.array([3, 3, 7])),
        ),
        Case(
            "two samples that only a bias would tell apart",
            (np.array([[1.0], [2.0]]), np.array([3, 7])),
        ),
    ),
    fresh=_clear,
    mistakes=(
        Mistake(
            "labels fitted as numbers", "one target of 0 and 1 for each class", (_of_numbers,)
        ),
        Mistake(
            "a bias added",
            "by the shortest solution of least squares on the features",
            (
                lambda features, labels: reproduced(
                    np.column_stack([features, np.ones(len(features))]), labels
                ),
            ),
        ),
    ),
    adds="Now draw the features at random, more and more of them.",
)


def convolve(image: Numbers, windows: Numbers) -> tuple[Numbers, int]:
    """Return the pictures that windows make of an image, and how often was multiplied."""
    patches = np.lib.stride_tricks.sliding_window_view(image, windows.shape[1:])
    pictures = np.einsum("abij,fij->fab", patches, windows)
    return pictures, pictures.size * windows[0].size


_IMAGE = np.array([[1.0, 2.0, 0.0, -1.0], [0.0, 3.0, 1.0, 2.0], [2.0, -2.0, 1.0, 0.0]])
_WINDOWS = np.array([[[1.0, 0.0], [2.0, -1.0]], [[0.0, 1.0], [0.5, 0.0]]])


def _image_and_windows(rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    side = size(rng)
    image = numbers(rng, side - 1 + size(rng), side - 1 + size(rng))
    return image, numbers(rng, size(rng), side, side)


CONVOLVE = Task(
    chapter="outlook",
    right=convolve,
    returns=("pictures", "multiplications"),
    cases=(
        Case("one place", (_IMAGE[:2, :2], _WINDOWS[:1])),
        Case("one window at four places", (_IMAGE[:, :3], _WINDOWS[:1])),
        Case("two windows at six places", (_IMAGE, _WINDOWS)),
    ),
    fresh=_image_and_windows,
    mistakes=(
        Mistake(
            "weights counted, not their uses",
            "Its weights are used h² times each",
            (lambda image, windows: (convolve(image, windows)[0], windows.size),),
        ),
        Mistake(
            "one multiplication counted per place",
            "as loops that count their own multiplications",
            (
                lambda image, windows: (
                    convolve(image, windows)[0],
                    convolve(image, windows)[0].size,
                ),
            ),
        ),
        Mistake(
            "windows turned round",
            "A window lies on the image as it is, without being turned round.",
            (lambda image, windows: convolve(image, windows[:, ::-1, ::-1]),),
        ),
    ),
    adds="mathdl.outlook.convolution counts parameters and multiply-adds without computing them.",
)


TASKS = {
    "integrated_gradients": INTEGRATED_GRADIENTS,
    "minimum_norm": MINIMUM_NORM,
    "bias_variance": BIAS_VARIANCE,
    "reproduced": REPRODUCED,
    "convolve": CONVOLVE,
}
