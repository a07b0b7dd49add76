"""What the reader writes in the chapter on gradient descent: two rules and the batches."""

from typing import Any

import numpy as np

from explorable.sentences import told
from explorable.tutor.chance import Feature, features_differ
from explorable.tutor.comparing import Numbers, as_numbers, described
from explorable.tutor.task import Case, Mistake, Seed, Task
from mathdl.gradient_descent import adam, momentum
from mathdl.gradient_descent.exercise_tasks import TASKS as EXERCISES


def momentum_step(
    theta: Numbers, velocity: Numbers, gradient: Numbers, rate: float, decay: float
) -> tuple[Numbers, Numbers]:
    """Take a step of the heavy ball."""
    theta, (velocity,) = momentum(rate, decay).step(theta, gradient, (velocity,))
    return theta, velocity


MOMENTUM_STEP = Task(
    chapter="gradient_descent",
    right=momentum_step,
    returns=("theta", "velocity"),
    cases=(
        Case(
            "a ball that rolls",
            (np.array([1.0, -2.0]), np.array([0.5, 4.0]), np.array([2.0, -1.0]), 0.1, 0.75),
        ),
        Case(
            "a ball at rest",
            (np.array([3.0, 1.0]), np.zeros(2), np.array([2.0, -4.0]), 0.25, 0.5),
        ),
        Case(
            "a matrix of parameters",
            (
                np.array([[1.0, 2.0, 3.0], [0.0, -1.0, 5.0]]),
                np.array([[0.5, -1.0, 2.0], [1.0, 3.0, -2.0]]),
                np.array([[2.0, 1.0, -1.0], [0.25, 0.5, 4.0]]),
                0.01,
                0.9,
            ),
        ),
        Case("no decay at all", (np.array([1.0]), np.array([8.0]), np.array([2.0]), 0.5, 0.0)),
    ),
    mistakes=(
        Mistake(
            "(1 − β)g, another convention",
            "Programs write momentum in different ways, and a learning rate copied from one to "
            "the other is wrong.",
            (
                lambda theta, velocity, gradient, rate, decay: momentum_step(
                    theta, velocity, (1 - decay) * gradient, rate, decay
                ),
                lambda theta, velocity, gradient, rate, decay: (
                    momentum_step(theta, velocity, (1 - decay) * gradient, rate, decay)[0],
                    momentum_step(theta, velocity, gradient, rate, decay)[1],
                ),
                lambda theta, velocity, gradient, rate, decay: momentum_step(
                    theta, velocity, (1 - decay) * gradient, rate / (1 - decay), decay
                ),
            ),
        ),
        Mistake(
            "step before the velocity is renewed",
            "the velocity is renewed, then the step is taken with the new one",
            (
                lambda theta, velocity, gradient, rate, decay: (
                    theta - rate * velocity,
                    decay * velocity + gradient,
                ),
            ),
        ),
        Mistake(
            "wrong sign of the step or of the gradient",
            "The step goes along −∇f.",
            (
                lambda theta, velocity, gradient, rate, decay: (
                    theta + rate * (decay * velocity + gradient),
                    decay * velocity + gradient,
                ),
                lambda theta, velocity, gradient, rate, decay: (
                    theta - rate * (decay * velocity - gradient),
                    decay * velocity - gradient,
                ),
                lambda theta, velocity, gradient, rate, decay: (
                    theta + rate * (decay * velocity - gradient),
                    decay * velocity - gradient,
                ),
            ),
        ),
        Mistake(
            "the rate inside the velocity, another convention",
            "Programs write momentum in different ways, and a learning rate copied from one to "
            "the other is wrong.",
            (
                lambda theta, velocity, gradient, rate, decay: (
                    theta + decay * velocity - rate * gradient,
                    decay * velocity - rate * gradient,
                ),
                lambda theta, velocity, gradient, rate, decay: (
                    theta - decay * velocity - rate * gradient,
                    decay * velocity + rate * gradient,
                ),
            ),
        ),
        Mistake(
            "Nesterov's step",
            "Nesterov's remedy is to take the gradient where the velocity is about to carry us.",
            (
                lambda theta, velocity, gradient, rate, decay: (
                    theta - rate * (gradient + decay * (decay * velocity + gradient)),
                    decay * velocity + gradient,
                ),
            ),
        ),
        Mistake(
            "velocity forgotten",
            "So keep a running sum of the gradients.",
            (
                lambda theta, velocity, gradient, rate, decay: (theta - rate * gradient, velocity),
                lambda theta, velocity, gradient, rate, decay: (
                    theta - rate * gradient,
                    decay * velocity + gradient,
                ),
            ),
        ),
    ),
    adds="mathdl.gradient_descent.momentum makes an optimizer of this rule, for many starts at "
    "once.",
)


def adam_step(
    theta: Numbers,
    mean: Numbers,
    square: Numbers,
    gradient: Numbers,
    step: int,
    rate: float,
    decay1: float = 0.9,
    decay2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Numbers, Numbers, Numbers]:
    """Take a step of Adam."""
    rule = adam(rate, decay1, decay2, epsilon)
    theta, (_, mean, square) = rule.step(theta, gradient, (step - 1, mean, square))
    return theta, mean, square


def _adam(
    theta: Numbers,
    mean: Numbers,
    square: Numbers,
    gradient: Numbers,
    step: int,
    rate: float,
    decay1: float = 0.9,
    decay2: float = 0.999,
    epsilon: float = 1e-8,
    *,
    later: float = 0,
    corrected: tuple[bool, bool] = (True, True),
    stored: bool = False,
    inside: bool = False,
    sign: float = 1,
) -> tuple[Numbers, Numbers, Numbers]:
    """Take a step of Adam, with one thing done wrongly."""
    mean = decay1 * mean + (1 - decay1) * gradient
    square = decay2 * square + (1 - decay2) * gradient**2
    k = step + later
    m = mean / (1 - decay1**k) if corrected[0] else mean
    s = square / (1 - decay2**k) if corrected[1] else square
    root = np.sqrt(s + epsilon) if inside else np.sqrt(s) + epsilon
    theta = theta - sign * rate * m / root
    return (theta, m, s) if stored else (theta, mean, square)


ADAM_STEP = Task(
    chapter="gradient_descent",
    right=adam_step,
    returns=("theta", "mean", "square"),
    cases=(
        Case(
            "the first step",
            (np.array([1.0, -2.0]), np.zeros(2), np.zeros(2), np.array([3.0, -0.5]), 1, 0.1),
        ),
        Case(
            "the third step",
            (
                np.array([1.0, -2.0, 0.5]),
                np.array([0.5, -0.25, 1.0]),
                np.array([0.03, 0.002, 0.5]),
                np.array([2.0, -1.0, 0.1]),
                3,
                0.01,
            ),
        ),
        Case(
            "tiny gradients",
            (
                np.array([[1.0, 2.0]]),
                np.zeros((1, 2)),
                np.zeros((1, 2)),
                np.array([[1e-6, -2e-6]]),
                1,
                0.1,
            ),
            "ε inside the root",
        ),
        Case(
            "other decays and another ε",
            (
                np.array([1.0, -2.0]),
                np.array([1.0, 0.5]),
                np.array([2.0, 0.125]),
                np.array([-1.0, 0.25]),
                2,
                0.5,
                0.5,
                0.75,
                0.25,
            ),
        ),
    ),
    mistakes=(
        Mistake(
            "no bias correction",
            "In an average that starts from 0, the first k gradients have the total weight "
            "1 − βᵏ and not 1, so both averages are divided by that",
            (
                lambda *a: _adam(*a, corrected=(False, False)),
                lambda *a: _adam(*a, corrected=(True, False)),
                lambda *a: _adam(*a, corrected=(False, True)),
            ),
        ),
        Mistake(
            "corrected values stored",
            "It averages the gradient as well (in m, from 0 on).",
            (lambda *a: _adam(*a, stored=True),),
        ),
        Mistake(
            "ε inside the root",
            "The small ε only prevents a division by zero.",
            (lambda *a: _adam(*a, inside=True),),
        ),
        Mistake(
            "step counted from 0",
            "In an average that starts from 0, the first k gradients have the total weight "
            "1 − βᵏ and not 1, so both averages are divided by that",
            (
                lambda *a: _adam(*a, later=1),
                lambda *a: _adam(*a, later=-1),
            ),
        ),
        Mistake(
            "wrong sign of the step",
            "The step goes along −∇f.",
            (lambda *a: _adam(*a, sign=-1),),
        ),
    ),
    adds="mathdl.gradient_descent.adam makes an optimizer of this rule, and counts the steps.",
)


def mini_batches(n_samples: int, batch_size: int, rng: np.random.Generator) -> list[Numbers]:
    """Return the indices of the samples of each batch of an epoch."""
    order = rng.permutation(n_samples)
    return [order[start : start + batch_size] for start in range(0, n_samples, batch_size)]


def _batches(arguments: tuple[Any, ...], got: Any) -> list[Feature] | str:
    """Count what is in the batches."""
    n_samples, _, _ = arguments
    if not isinstance(got, (list, tuple, np.ndarray)) or getattr(got, "ndim", 1) == 0:
        return told(
            "It should return a list of index arrays, but returns {got}.", got=described(got)
        )
    batches = [as_numbers(batch) for batch in got]
    for place, batch in enumerate(batches):
        if batch is None or batch.ndim != 1 or (batch.size and batch.dtype.kind not in "iu"):
            return told(
                "Batch {place} should be an array of indices, but is {got}.",
                place=place,
                got=described(got[place]),
            )
    # In which order a batch holds its samples makes no difference to its gradient.
    ordered = [np.sort(batch) for batch in batches if batch is not None]
    indices = np.concatenate([np.zeros(0, int), *ordered])
    gaps = [np.diff(batch) for batch in ordered]
    apart = np.abs(indices - np.arange(indices.size)).sum() / max(indices.size, 1)
    inside = indices[(indices >= 0) & (indices < n_samples)]
    sizes = [len(batch) for batch in batches if batch is not None]
    return [
        Feature("the number of batches", len(batches), 0),
        Feature("the number of indices that are no sample's", indices.size - inside.size, 0),
        Feature("the number of indices in all batches together", indices.size, 0),
        Feature("the number of different samples in the epoch", len(np.unique(inside)), 0),
        Feature("the size of the last batch", sizes[-1] if sizes else 0, 0),
        Feature("the size of the largest batch", max(sizes, default=0), 0),
        Feature(
            "the number of samples that are in one batch with their predecessor",
            sum(int((gap == 1).sum()) for gap in gaps),
            n_samples / 3 if n_samples >= 30 else n_samples,
        ),
        Feature(
            "the number of different distances between neighbours in a batch, on average",
            float(np.mean([len(np.unique(gap)) for gap in gaps])) if gaps else 0,
            8 if n_samples >= 400 else n_samples,
        ),
        Feature(
            "the distance of a sample from its old place, on average",
            float(apart),
            n_samples / 12 if n_samples >= 400 else n_samples,
        ),
    ]


def _batches_shuffled(n_samples: int, batch_size: int, rng: np.random.Generator) -> list[Any]:
    batches = _cut(np.arange(n_samples), batch_size)
    return [batches[place] for place in rng.permutation(len(batches))]


def _shuffled_in_halves(n_samples: int, batch_size: int, rng: np.random.Generator) -> list[Any]:
    half = n_samples // 2
    order = np.append(rng.permutation(half), half + rng.permutation(n_samples - half))
    return _cut(order, batch_size)


def _cut(order: Any, batch_size: int) -> list[Any]:
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


MINI_BATCHES = Task(
    chapter="gradient_descent",
    right=mini_batches,
    returns=("a list of index arrays",),
    cases=(
        Case("7 samples in batches of 3", (7, 3, Seed(0))),
        Case("6 samples in batches of 3", (6, 3, Seed(1))),
        Case("fewer samples than a batch holds", (5, 8, Seed(2))),
        Case("60 samples in batches of 16", (60, 16, Seed(3)), "not shuffled"),
        Case("400 samples in batches of 32", (400, 32, Seed(4)), "not shuffled"),
    ),
    mistakes=(
        Mistake(
            "last batch dropped",
            "The last batch may be smaller.",
            (
                lambda n, size, rng: _cut(rng.permutation(n)[: n // size * size], size),
                lambda n, size, rng: _cut(np.arange(n)[: n // size * size], size),
            ),
        ),
        Mistake(
            "drawn with repetition",
            "in which every sample stands once",
            (lambda n, size, rng: _cut(rng.integers(0, n, size=n), size),),
            sign=lambda outcome: _repeats(outcome.value),
        ),
        Mistake(
            "not shuffled",
            "Training programs usually shuffle all samples and cut them into batches instead.",
            (lambda n, size, rng: _cut(np.arange(n), size),),
        ),
        Mistake(
            "only the order of the batches shuffled",
            "Training programs usually shuffle all samples and cut them into batches instead.",
            (_batches_shuffled,),
        ),
        Mistake(
            "shuffled part by part",
            "Training programs usually shuffle all samples and cut them into batches instead.",
            (_shuffled_in_halves,),
        ),
        Mistake(
            "an order that is calculated and not drawn",
            "in an order drawn anew",
            sign=lambda outcome: _strides(outcome.value),
        ),
        Mistake(
            "samples counted from 1",
            "in which every sample stands once",
            (lambda n, size, rng: _cut(1 + rng.permutation(n), size),),
        ),
        Mistake(
            "batches of equal size, not the last one smaller",
            "The last batch may be smaller.",
            (lambda n, size, rng: np.array_split(rng.permutation(n), -(-n // size)),),
        ),
        Mistake(
            "not drawn from rng", "We train four times, from four seeds, and look at the spread."
        ),
    ),
    adds="mathdl.gradient_descent.mini_batches hands out the samples themselves, batch by batch.",
    compare=features_differ(_batches),
    draws=True,
)


def _repeats(batches: Any) -> bool:
    """Say whether some sample occurs twice in an epoch."""
    indices = _order(batches)
    return len(np.unique(indices)) < len(indices)


def _strides(batches: Any) -> bool:
    """Say whether each sample follows the one before at the same distance, larger than 1."""
    indices = _order(batches)
    steps = np.unique(np.diff(indices) % max(len(indices), 1))
    return len(indices) > 30 and len(steps) == 1 and 1 < steps[0] < len(indices) - 1


def _order(batches: Any) -> Numbers:
    """Return the indices of all batches, one behind the other, as far as there are any."""
    parts = [as_numbers(batch) for batch in batches] if isinstance(batches, (list, tuple)) else []
    if not parts or any(part is None or part.ndim != 1 for part in parts):
        return np.zeros(0, int)
    return np.concatenate([part for part in parts if part is not None])


TASKS = {
    "momentum_step": MOMENTUM_STEP,
    "adam_step": ADAM_STEP,
    "mini_batches": MINI_BATCHES,
} | EXERCISES
