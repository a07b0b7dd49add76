"""What the reader writes in the chapter on gradient descent: two rules and the batches."""

import operator
from collections.abc import Callable
from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from explorable.sentences import told
from explorable.tutor.chance import Feature, certain, counted, never_varies
from explorable.tutor.comparing import Numbers, as_numbers, described
from explorable.tutor.examples import alike, number, seed, size, small
from explorable.tutor.running import Outcome
from explorable.tutor.task import Case, Mistake, Seed, Task
from mathdl.gradient_descent import adam, momentum
from mathdl.gradient_descent.exercise_tasks import TASKS as EXERCISES


def slowest(rate: float, curvatures: Numbers) -> float:
    """Return the size of the factor per step that is largest in size."""
    return float(abs(1 - rate * curvatures).max())


def _curved(rng: np.random.Generator) -> tuple[float, Numbers]:
    return number(rng, 0.1, 1), small(rng, size(rng))


SLOWEST = Task(
    chapter="gradient_descent",
    right=slowest,
    returns=("the largest size",),
    cases=(
        Case("one curvature", (0.25, np.array([2.0]))),
        Case("a gentle one and a steep one", (0.25, np.array([0.5, 3.0]))),
        Case("a rate at which the steep one jumps", (0.5, np.array([1.0, 3.5]))),
        Case("a rate beyond the border", (0.5, np.array([0.5, 6.0]))),
        Case("one curvature beyond it", (0.5, np.array([6.0]))),
    ),
    fresh=_curved,
    mistakes=(
        Mistake(
            "the sign counts",
            "A factor counts by its size, whatever its sign.",
            (
                lambda rate, curvatures: (1 - rate * curvatures).max(),
                lambda rate, curvatures: max(1 - rate * curvatures, key=abs),
            ),
        ),
        Mistake(
            "not the slowest of them",
            "the walk as a whole is as slow as the slowest of them",
            (
                lambda rate, curvatures: abs(1 - rate * np.max(curvatures)),
                lambda rate, curvatures: abs(1 - rate * np.min(curvatures)),
                lambda rate, curvatures: abs(1 - rate * curvatures).mean(),
                lambda rate, curvatures: abs(1 - rate * curvatures).min(),
            ),
        ),
        Mistake(
            "the 2 of w² taken along",
            "The slope of the slope, here 2, is the curvature.",
            (lambda rate, curvatures: abs(1 - 2 * rate * curvatures).max(),),
        ),
    ),
    adds="mathdl.gradient_descent.contraction_factor needs only the smallest curvature and the "
    "largest: the others lie between.",
)


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
            "a ball at rest", (np.array([3.0, 1.0]), np.zeros(2), np.array([2.0, -4.0]), 0.25, 0.5)
        ),
        Case("no decay at all", (np.array([1.0]), np.array([8.0]), np.array([2.0]), 0.5, 0.0)),
    ),
    fresh=lambda rng: (*alike(rng, 3), number(rng, 1e-3, 1), number(rng, 0, 0.99)),
    mistakes=(
        Mistake(
            "(1 − β)g, another convention",
            "Programs write momentum in different ways, and a learning rate copied from one to "
            "another can be wrong by the factor 1 − β.",
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
            ),
        ),
        Mistake(
            "the rate or the minus inside the velocity, another convention",
            "Programs write momentum in different ways",
            (
                lambda theta, velocity, gradient, rate, decay: (
                    theta + rate * (decay * velocity - gradient),
                    decay * velocity - gradient,
                ),
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
    rooted: bool = True,
    power: Callable[[float, float], float] = operator.pow,
    sign: float = 1,
) -> tuple[Numbers, Numbers, Numbers]:
    """Take a step of Adam, with one thing done wrongly."""
    mean = decay1 * mean + (1 - decay1) * gradient
    square = decay2 * square + (1 - decay2) * gradient**2
    k = step + later
    m = mean / (1 - power(decay1, k)) if corrected[0] else mean
    s = square / (1 - power(decay2, k)) if corrected[1] else square
    root = np.sqrt(s + epsilon) if inside else (np.sqrt(s) if rooted else s) + epsilon
    theta = theta - sign * rate * m / root
    return (theta, m, s) if stored else (theta, mean, square)


def _adam_state(rng: np.random.Generator) -> tuple[Any, ...]:
    theta, mean, square, gradient = alike(rng, 4)
    others = (0.5, 0.75, 0.25)[: size(rng) - 1]
    step = size(rng) ** size(rng)
    return theta, mean, abs(square), gradient, step, number(rng, 1e-3, 1), *others


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
        ),
    ),
    fresh=_adam_state,
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
            "divided by s, not by its root",
            "The roots turn g into its sign",
            (
                lambda *a: _adam(*a, rooted=False),
                lambda *a: _adam(*a, rooted=False, corrected=(False, False)),
            ),
        ),
        Mistake(
            "1 − kβ for 1 − βᵏ",
            "In an average that starts from 0, the first k gradients have the total weight "
            "1 − βᵏ and not 1, so both averages are divided by that",
            (lambda *a: _adam(*a, power=operator.mul),),
        ),
        Mistake(
            "step counted from 0",
            "In an average that starts from 0, the first k gradients have the total weight "
            "1 − βᵏ and not 1, so both averages are divided by that",
            (lambda *a: _adam(*a, later=1), lambda *a: _adam(*a, later=-1)),
        ),
        Mistake(
            "wrong sign of the step", "The step goes along −∇f.", (lambda *a: _adam(*a, sign=-1),)
        ),
    ),
    adds="mathdl.gradient_descent.adam makes an optimizer of this rule, and counts the steps.",
)


def mini_batches(n_samples: int, batch_size: int, rng: np.random.Generator) -> list[Numbers]:
    """Return the indices of the samples of each batch of an epoch."""
    order = rng.permutation(n_samples)
    return [order[start : start + batch_size] for start in range(0, n_samples, batch_size)]


def _batches(arguments: tuple[Any, ...], results: list[Any]) -> list[Feature] | str:
    """Count what is in the batches of each epoch, and who shares one with whom.

    In which order a batch holds its samples makes no difference to its gradient.
    """
    n, most, _ = arguments
    sizes = [min(most, n - start) for start in range(0, n, most)]
    wanted = (len(sizes), 0, n, n, sizes[-1], max(sizes))
    batch_of, counts = np.zeros((len(results), n), dtype=int), np.zeros((len(results), 6))
    for epoch, got in enumerate(results):
        if not isinstance(got, (list, tuple)) and np.ndim(got) == 0:
            return told(
                "It should return a list of index arrays, but returns {got}.", got=described(got)
            )
        batches = [as_numbers(batch) for batch in got]
        for place, batch in enumerate(batches):
            if batch is None or batch.ndim != 1:
                return told(
                    "Batch {place} should be an array of indices, but is {got}.",
                    place=place,
                    got=described(got[place]),
                )
            if batch.size and batch.dtype.kind not in "iu":
                return told(
                    "Batch {place} should hold whole numbers, but holds {type}.",
                    place=place,
                    type=batch.dtype,
                )
        held = [len(batch) for batch in batches if batch is not None]
        indices = np.concatenate([[], *(b for b in batches if b is not None)])
        of = np.repeat(np.arange(len(held)), held)
        inside = (indices >= 0) & (indices < n)
        batch_of[epoch, indices[inside].astype(int)] = of[inside]
        counts[epoch] = (
            len(held),
            len(indices) - inside.sum(),
            len(indices),
            len(np.unique(indices[inside])),
            (held or sizes)[-1],
            max(held or sizes),
        )
    off = (counts != wanted).any(axis=1)
    first = counts[off.argmax()].tolist()
    features = [
        certain("the number of batches", first[0], wanted[0]),
        certain("the number of indices that are no sample's", first[1], wanted[1]),
        certain("the number of indices in all batches together", first[2], wanted[2]),
        certain("the number of different samples in the epoch", first[3], wanted[3]),
        certain("the size of the last batch", first[4], wanted[4]),
        certain("the size of the largest batch", first[5], wanted[5]),
    ]
    if off.any():
        return features
    one, other = np.triu_indices(n, 1)
    together = batch_of[:, one] == batch_of[:, other]
    sample, batch = np.divmod(np.arange(n * len(sizes)), len(sizes))
    moved = np.sign(batch_of - np.arange(n) // most).sum(axis=1)
    if moved.any():
        features += [
            counted(
                "the share of epochs in which more samples moved to a later batch than to an "
                "earlier one",
                moved[moved != 0] > 0,
                0.5,  # an order is as probable as its inverse
            )
        ]
    features += [
        counted(
            "the share of epochs in which sample {sample} is in batch {batch}",
            batch_of[:, sample] == batch,
            np.array(sizes)[batch] / n,
            sample=sample,
            batch=batch,
        )
    ]
    if n > 1:
        features += [
            counted(
                "the share of epochs in which samples {one} and {other} are in one batch",
                together,
                sum(comb(each, 2) for each in sizes) / comb(n, 2),
                one=one,
                other=other,
            )
        ]
    if 2 < n < 20:
        first, second, third = np.array(list(combinations(range(n), 3))).T
        features += [
            counted(
                "the share of epochs in which samples {one}, {other} and {third} are in one batch",
                (batch_of[:, first] == batch_of[:, second])
                & (batch_of[:, first] == batch_of[:, third]),
                sum(comb(each, 3) for each in sizes) / comb(n, 3),
                one=first,
                other=second,
                third=third,
            )
        ]
    return features


def _epochs(rng: np.random.Generator) -> tuple[int, int, Seed]:
    n = size(rng, 12)
    return n, size(rng, n + 1), seed(rng)


def _repeats(outcome: Outcome) -> bool:
    """Say whether some sample occurs twice in an epoch."""
    return any(len(np.unique(order)) < len(order) for order in _orders(outcome))


def _in_order(outcome: Outcome) -> bool:
    """Say whether the samples always stand in the order of their numbers."""
    return _are_orders(outcome) and all((np.diff(o) == 1).all() for o in _orders(outcome))


def _are_orders(outcome: Outcome) -> bool:
    return any(len(order) > 1 for order in _orders(outcome))


def _orders(outcome: Outcome) -> list[Numbers]:
    """Return the indices of each epoch, one behind the other, as far as there are any."""
    orders = []
    for batches in outcome.value if isinstance(outcome.value, list) else []:
        parts = map(as_numbers, batches if isinstance(batches, (list, tuple)) else [])
        found = [part for part in parts if part is not None and part.ndim == 1]
        orders.append(np.concatenate([[], *found]))
    return orders


def _batches_shuffled(n_samples: int, batch_size: int, rng: np.random.Generator) -> list[Any]:
    batches = _cut(np.arange(n_samples), batch_size)
    return [batches[place] for place in rng.permutation(len(batches))]


def _cut(order: Any, batch_size: int) -> list[Any]:
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


MINI_BATCHES = Task(
    chapter="gradient_descent",
    right=mini_batches,
    returns=("a list of index arrays",),
    cases=(
        Case("7 samples in batches of 3", (7, 3, Seed(0, 600))),
        Case("6 samples in batches of 3", (6, 3, Seed(1, 300))),
        Case("fewer samples than a batch holds", (5, 8, Seed(2, 2))),
        Case("40 samples in batches of 4", (40, 4, Seed(3, 400))),
    ),
    fresh=_epochs,
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
            "a sample that stands more than once in an epoch",
            "in which every sample stands once",
            (lambda n, size, rng: _cut(rng.integers(0, n, size=n), size),),
            sign=_repeats,
        ),
        Mistake(
            "not shuffled",
            "Training programs usually shuffle all samples and cut them into batches instead.",
            sign=_in_order,
        ),
        Mistake(
            "not drawn from rng",
            "rng.permutation(n) draws an order.",
            sign=lambda outcome: _are_orders(outcome) and never_varies(outcome),
        ),
        Mistake(
            "only the order of the batches shuffled",
            "Training programs usually shuffle all samples and cut them into batches instead.",
            (_batches_shuffled,),
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
    ),
    adds="mathdl.gradient_descent.mini_batches hands out the samples themselves, batch by batch.",
    measure=_batches,
)


TASKS = {
    "slowest": SLOWEST,
    "momentum_step": MOMENTUM_STEP,
    "adam_step": ADAM_STEP,
    "mini_batches": MINI_BATCHES,
} | EXERCISES
