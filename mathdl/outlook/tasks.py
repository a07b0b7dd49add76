"""What the reader writes in the chapter on what is still hard."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from explorable.tutor.comparing import Numbers, as_numbers
from explorable.tutor.examples import alike, nonzero, number, numbers, quarters, rising, size
from explorable.tutor.running import Outcome, overflowed
from explorable.tutor.task import Case, Mistake, Task, Watched
from mathdl.outlook import decompose, rank_correlation
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
_MULTIPLIED = (
    "The mean of the gradients must be multiplied by x − b, the way that was walked, not by x."
)
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
                partial(_attributions, factor=lambda x, baseline, n_steps: baseline - x),
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
            "both ends of the path, not the midpoints",
            _MIDDLES,
            (
                partial(_attributions, places=lambda n_steps: np.linspace(0, 1, n_steps)),
                partial(_attributions, places=lambda n_steps: np.linspace(0, 1, n_steps + 1)),
                partial(
                    _attributions,
                    places=lambda n_steps: np.r_[:n_steps, 1 : n_steps + 1] / n_steps,
                ),
            ),
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
            _MULTIPLIED,
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
    adds="mathdl.outlook.integrated_gradients walks for many samples at once, and "
    "completeness_gap says whether the steps were enough.",
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


def _cut(features: Numbers, targets: Numbers, rcond: float) -> Numbers:
    """Leave out singular values that are not 0."""
    return np.asarray(np.linalg.pinv(features, rcond=rcond) @ targets)


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
    gap = features @ (theta - shortest(features, targets))
    return bool(np.linalg.norm(gap) <= 1e-9 * np.linalg.norm(targets))


def _singular(outcome: Outcome) -> bool:
    """Say whether a matrix without full rank was inverted."""
    features, _ = outcome.arguments
    return bool(np.linalg.matrix_rank(features) < features.shape[1])


def _blown_up(outcome: Outcome) -> bool:
    """Say whether rounding was divided by a singular value that should be 0."""
    features, targets = outcome.arguments
    if np.linalg.matrix_rank(features) == min(features.shape):
        return False
    theta = _solution(outcome)
    if theta is None:
        return overflowed(outcome)
    return bool(np.linalg.norm(theta) > 1e3 * np.linalg.norm(shortest(features, targets)))


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
        Mistake(
            "small singular values taken for 0",
            _CUT_OFF,
            tuple(partial(_cut, rcond=rcond) for rcond in (0.1, 0.01)),
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
            (
                lambda p, f: (((p - f) ** 2).mean(), _variance(p, f)),
                lambda p, f: ((p.mean(axis=0) ** 2 - f**2).mean(), _variance(p, f)),
            ),
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
            "the variance says how much it changes with the noise it happened to see",
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
            "no mean over the points",
            "Return two numbers, squared bias and variance, each the mean over the points.",
            (lambda p, f: ((p.mean(axis=0) - f) ** 2, p.var(axis=0)),),
        ),
        Mistake(
            "bias squared after the mean over the points, not before",
            "Return two numbers, squared bias and variance, each the mean over the points.",
            (
                lambda p, f: ((p.mean(axis=0) - f).mean() ** 2, _variance(p, f)),
                lambda p, f: (abs(p.mean(axis=0) - f).mean() ** 2, _variance(p, f)),
            ),
        ),
        Mistake(
            "bias not squared",
            "The bias is what the method gets wrong on average, however often it is repeated",
            (
                lambda p, f: ((p.mean(axis=0) - f).mean(), _variance(p, f)),
                lambda p, f: (abs(p.mean(axis=0) - f).mean(), _variance(p, f)),
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


def exact_attributions(gradient: Gradient, x: Numbers, ends: Numbers) -> Numbers:
    """Return the integrated gradients of a function that is affine between the ends."""
    return x * np.tensordot(np.diff(ends), _slopes(gradient, x, _middles(ends)), axes=1)


def _slopes(gradient: Gradient, x: Numbers, places: Numbers) -> Numbers:
    return np.array([gradient(t * x) for t in places])


def _middles(ends: Numbers) -> Numbers:
    return np.asarray((ends[:-1] + ends[1:]) / 2)


_ONE_BEND = Watched("lambda x: (x.sum(axis=-1, keepdims=True) > 1) * np.ones(2)")
_TWO_BENDS = Watched(
    "lambda x: 2 * (x.sum(axis=-1, keepdims=True) > 1) * np.ones(2) "
    "- (x[..., :1] < 1) * np.array([1, 0])"
)


def _pieces(rng: np.random.Generator) -> tuple[Watched, Numbers, Numbers]:
    """Draw a gradient that is another one in each piece of the path from 0 to x."""
    x = nonzero(rng, size(rng))
    ends = np.append(0, rising(rng, 1 + size(rng), 1e-4))  # the first piece is a narrow one
    slopes = quarters(rng, len(ends) - 1, len(x)).tolist()
    piece = f"np.searchsorted({ends[1:-1].tolist()}, x[..., 0] / {x[0]:g})"
    return Watched(f"lambda x: np.array({slopes})[{piece}]"), x, ends


EXACT_ATTRIBUTIONS = Task(
    chapter="outlook",
    right=exact_attributions,
    returns=("the attributions",),
    cases=(
        Case("a path of one piece", (_ONE_BEND, np.array([0.5, 0.25]), np.array([0.0, 1.0]))),
        Case(
            "the example by hand", (_ONE_BEND, np.array([2.0, 1.0]), np.array([0.0, 1 / 3, 1.0]))
        ),
        Case("three pieces", (_TWO_BENDS, np.array([2.0, 2.0]), np.array([0.0, 0.25, 0.5, 1.0]))),
    ),
    fresh=_pieces,
    mistakes=(
        Mistake(
            "pieces not weighted by their lengths",
            "Within a piece the gradient is constant; take it in the middle and weight it by the "
            "length of the piece.",
            (
                lambda gradient, x, ends: x * _slopes(gradient, x, _middles(ends)).mean(axis=0),
                lambda gradient, x, ends: x * _slopes(gradient, x, _middles(ends)).sum(axis=0),
            ),
        ),
        Mistake(
            "gradient at the ends of the pieces, not within them",
            "Within a piece the gradient is constant; take it in the middle and weight it by the "
            "length of the piece.",
            (
                lambda gradient, x, ends: (
                    x * np.tensordot(np.diff(ends), _slopes(gradient, x, ends[:-1]), axes=1)
                ),
                lambda gradient, x, ends: (
                    x * np.tensordot(np.diff(ends), _slopes(gradient, x, ends[1:]), axes=1)
                ),
            ),
        ),
    ),
    adds="With mathdl.background.linear_pieces, which finds the ends, there is no gap.",
)


def survives(first: Numbers, second: Numbers, signs: bool) -> float:
    """Return the mean rank correlation of two lists of maps."""
    if not signs:
        first, second = abs(first), abs(second)
    return float(rank_correlation(first, second).mean())


def _of_values(first: Numbers, second: Numbers, signs: bool) -> float:
    """Correlate the values themselves, sample by sample."""
    if not signs:
        first, second = abs(first), abs(second)
    pairs = zip(first, second, strict=True)
    return float(np.mean([np.corrcoef(one, other)[0, 1] for one, other in pairs]))


TIES = "ties ignored"


def _has_ties(outcome: Outcome) -> bool:
    """Say whether some pixels of a map have the same value."""
    first, second, signs = outcome.arguments
    maps = [row if signs else abs(row) for row in (*first, *second)]
    return any(len(np.unique(row)) < len(row) for row in maps)


def _maps(rng: np.random.Generator) -> tuple[Numbers, Numbers, bool]:
    """Draw maps of which none has the same size everywhere."""
    while True:
        first, second = (numbers(rng, *n) for n in [(size(rng), 2 + size(rng))] * 2)
        if all(np.ptp(abs(maps), axis=1).all() for maps in (first, second)):
            return first, second, bool(rng.integers(2))


SURVIVES = Task(
    chapter="outlook",
    right=survives,
    returns=("the mean rank correlation",),
    cases=(
        Case(
            "one map of three pixels",
            (np.array([[1.0, 2.0, 9.0]]), np.array([[0.0, 1.0, 2.0]]), True),
        ),
        Case(
            "one compared without its signs",
            (np.array([[-3.0, 1.0, 2.0]]), np.array([[3.0, -1.0, -2.0]]), False),
        ),
        Case(
            "two maps of four pixels",
            (
                np.array([[1.0, -2.0, 0.5, 4.0], [10.0, 30.0, -20.0, 70.0]]),
                np.array([[0.0, -1.0, 3.0, 2.0], [5.0, 2.0, -1.0, 0.5]]),
                True,
            ),
        ),
        Case(
            "pixels of equal value",
            (np.array([[0.0, 0.0, 0.0, 2.0, 3.0]]), np.array([[1.0, 0.0, 1.0, 0.0, 4.0]]), True),
        ),
    ),
    fresh=_maps,
    mistakes=(
        Mistake(
            "values correlated, not their ranks",
            "To compare two maps of a digit we rank the 64 pixels by their value in each and take "
            "the correlation of the two lists of ranks",
            (_of_values,),
        ),
        Mistake(
            TIES,
            "Pixels of equal value share the mean of their ranks.",
            sign=_has_ties,
        ),
        Mistake(
            "signs never thrown away",
            "Throw the signs away and compare the sizes of the integrated gradients only",
            (lambda first, second, signs: survives(first, second, True),),
        ),
        Mistake(
            "signs thrown away where they should count",
            "Throw the signs away and compare the sizes of the integrated gradients only",
            (
                lambda first, second, signs: survives(first, second, not signs),
                lambda first, second, signs: survives(first, second, False),
            ),
        ),
    ),
    adds="Now compare the maps of gradient × ink.",
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
            (np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.001]]), np.array([3, 3, 7])),
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
            "multiplies 9 times",
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


def smallest_batch(width: int, q: int, edge: float) -> float:
    """Return the smallest batch with which a square layer reaches the edge of the roof."""
    room = 2 * (width - q * edge)
    return float(np.ceil(q * edge * width / room)) if room > 0 else np.inf


def _batch(width: int, q: int, edge: float, *, operations: int = 2) -> float:
    """Solve the equation, whatever the sign of what comes out."""
    with np.errstate(divide="ignore"):
        return q * edge * width / np.float64(operations * width - 2 * q * edge)


def _layer(rng: np.random.Generator) -> tuple[int, int, float]:
    """Draw a layer, on no side so close to a whole batch that rounding decides."""
    while True:
        width, q = 2 + size(rng, 30), 2 ** size(rng)
        edge = (width - float(quarters(rng))) / q
        batch = _batch(width, q, edge)
        if not np.isfinite(batch) or abs(batch - round(batch)) > 1e-6:
            return width, q, edge


SMALLEST_BATCH = Task(
    chapter="outlook",
    right=smallest_batch,
    returns=("the batch",),
    cases=(
        Case("width 20, reached exactly", (20, 2, 5.0)),
        Case("a layer too narrow for any batch", (8, 4, 12.5)),
        Case("the layer of the text", (4096, 4, 12.5)),
    ),
    fresh=_layer,
    mistakes=(
        Mistake(
            "rounded down, or to the nearest",
            "The smallest batch that keeps the arithmetic busy",
            (
                lambda width, q, edge: (
                    np.rint(_batch(width, q, edge)) if width > q * edge else np.inf
                ),
                lambda width, q, edge: (
                    np.floor(_batch(width, q, edge)) if width > q * edge else np.inf
                ),
                lambda width, q, edge: np.floor(_batch(width, q, edge)),
            ),
        ),
        Mistake(
            "not a whole number",
            "which returns it as a whole number",
            (
                lambda width, q, edge: _batch(width, q, edge) if width > q * edge else np.inf,
                _batch,
            ),
        ),
        Mistake(
            "a negative batch for a narrow layer",
            "or np.inf if no batch is large enough",
            (lambda width, q, edge: np.ceil(_batch(width, q, edge)),),
        ),
        Mistake(
            "a multiply-add counted as one operation",
            "a layer does 2Bnm operations (a multiply-add is two)",
            (
                lambda width, q, edge: (
                    np.ceil(_batch(width, q, edge, operations=1))
                    if width > 2 * q * edge
                    else np.inf
                ),
                lambda width, q, edge: np.ceil(_batch(width, q, edge, operations=1)),
            ),
        ),
    ),
    adds="mathdl.outlook.arithmetic_intensity takes a layer of any shape.",
)

TASKS = {
    "integrated_gradients": INTEGRATED_GRADIENTS,
    "minimum_norm": MINIMUM_NORM,
    "bias_variance": BIAS_VARIANCE,
    "exact_attributions": EXACT_ATTRIBUTIONS,
    "survives": SURVIVES,
    "reproduced": REPRODUCED,
    "convolve": CONVOLVE,
    "smallest_batch": SMALLEST_BATCH,
}
