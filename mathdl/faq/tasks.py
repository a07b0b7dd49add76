"""What the reader writes in the chapter of questions, text and exercises."""

from functools import partial
from math import comb
from typing import Any

import numpy as np

from explorable.sentences import told, translated
from explorable.tutor.chance import Feature, certain, close, counted, never_varies
from explorable.tutor.comparing import Numbers, as_numbers, described, difference, should_be
from explorable.tutor.examples import (
    arrays,
    nonzero,
    number,
    numbers,
    quarters,
    seed,
    shape,
    size,
    small,
)
from explorable.tutor.running import Outcome
from explorable.tutor.task import Case, Mistake, Seed, Task
from mathdl.faq import fit_weights
from mathdl.faq import soft_threshold as shrunk
from mathdl.faq import stop_early as stop


def soft_threshold(w: Numbers, threshold: float) -> Numbers:
    """Return sign(w) max(|w| − threshold, 0)."""
    return shrunk(w, threshold)


BY_HAND = "By hand: soft with τ = 0.5 takes (−3, 0.4, 1) to (−2.5, 0, 0.5)."


def _weights(rng: np.random.Generator) -> tuple[Numbers, float]:
    w = numbers(rng, *shape(rng))
    return w, float(abs(rng.choice([0.0, 0.5, *w.ravel(), *(w.ravel() / 2)])))


SOFT_THRESHOLD = Task(
    chapter="faq",
    right=soft_threshold,
    returns=("the result",),
    cases=(
        Case("three weights", (np.array([-3.0, 0.4, 1.0]), 0.5)),
        Case("weights on both sides", (np.array([-2.0, -0.25, 0.0, 0.75, 1.0, 4.0]), 1.0)),
    ),
    fresh=_weights,
    mistakes=(
        Mistake(
            "hard threshold", BY_HAND, (lambda w, threshold: np.where(abs(w) > threshold, w, 0.0),)
        ),
        Mistake(
            "no zero region",
            "it pulls a small weight as hard as a large one, until the weight is zero.",
            (
                lambda w, threshold: w - threshold * np.sign(w),
                lambda w, threshold: np.sign(w) * abs(abs(w) - threshold),
            ),
        ),
        Mistake("sign lost", BY_HAND, (lambda w, threshold: np.maximum(abs(w) - threshold, 0.0),)),
        Mistake(
            "negative weights not moved up, towards 0",
            BY_HAND,
            (
                lambda w, threshold: w - threshold,
                lambda w, threshold: np.maximum(w - threshold, 0.0),
                lambda w, threshold: np.where(abs(w) > threshold, w - threshold, 0.0),
            ),
        ),
        Mistake(
            "every weight shrunk by the same factor",
            "whole function beside that of L2, which shrinks every weight by the same factor and "
            "makes none zero.",
            (lambda w, threshold: w * (1 - threshold), lambda w, threshold: w / (1 + threshold)),
        ),
    ),
    adds="A descent that takes this step again and again finds weights of exactly 0.",
)


def dropout(h: Numbers, keep_rate: float, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Drop entries at random, and rescale the others."""
    mask = rng.random(h.shape) < keep_rate
    return h * mask / keep_rate, mask


def _dropped(arguments: tuple[Any, ...], results: list[Any]) -> list[Feature] | str:
    """Count what is kept: by call, row, column, entry and pair; and measure how large it is."""
    h, rate, _ = arguments
    outputs, masks, n_axes = [], [], 2
    for got in results:
        if not isinstance(got, (tuple, list)) or len(got) != 2:
            return told(
                "It should return ({wanted}), but it returns {got}.",
                wanted="output, mask",
                got=described(got),
            )
        output, mask = map(as_numbers, got)
        if output is None or output.shape != h.shape:
            wanted = told("an array of shape {shape}", shape=h.shape)
            return should_be("output", wanted, described(got[0]))
        if mask is None or mask.shape not in (h.shape, h.shape[1:], (1, *h.shape[1:])):
            wanted = told("an array of shape {shape}", shape=h.shape)
            return should_be("mask", wanted, described(got[1]))
        if not np.isin(mask, (0, 1)).all():
            return told(
                "{name} should hold {held}, not {type}.",
                name="mask",
                held=translated("True and False"),
                type=mask.dtype,
            )
        n_axes = min(n_axes, mask.ndim)
        outputs.append(output)
        masks.append(np.broadcast_to(mask.astype(bool), h.shape))
    kept, n = np.array(masks), h.size
    factors = (np.array(outputs) / h)[kept]
    factor, range_ = (float(factors.mean()), float(np.ptp(factors))) if len(factors) else (0, 0)
    largest = float(abs(np.array(outputs)[~kept]).max(initial=0.0))
    flat, ones, others = kept.reshape(len(kept), n), *np.triu_indices(n, 1)
    places = list(np.ndindex(h.shape))
    return [
        certain("the number of axes of mask", n_axes, 2),
        counted("the share of entries that mask keeps", kept.ravel(), rate),
        counted(
            "the share of calls that keep {n} entries", **_number(kept.sum(axis=(1, 2)), n, rate)
        ),
        counted(
            "the share of rows that keep {n} entries",
            **_number(kept.sum(axis=2), h.shape[1], rate),
        ),
        counted(
            "the share of columns that keep {n} entries",
            **_number(kept.sum(axis=1), h.shape[0], rate),
        ),
        counted("the share of calls that keep entry {place}", flat, rate, place=places),
        counted(
            "the share of calls in which just one of the entries {one} and {other} is kept",
            flat[:, ones] != flat[:, others],
            2 * rate * (1 - rate),
            one=[places[place] for place in ones],
            other=[places[place] for place in others],
        ),
        close(translated("the largest output where mask is False"), largest, 0, 1e-9),
        close(translated("the factor on what is kept"), factor, 1 / rate, 1e-5 / rate),
        close(translated("how far the factor varies"), range_, 0, 1e-4),
    ]


def _number(counts: Numbers, n: int, chance: float) -> dict[str, Any]:
    """Say of numbers of successes which they are, and how probable each from 0 to n is."""
    chances = [comb(n, k) * chance**k * (1 - chance) ** (n - k) for k in range(n + 1)]
    each = np.arange(n + 1)
    return {"events": counts.reshape(-1, 1) == each, "chance": np.array(chances), "n": each}


def _hidden(rng: np.random.Generator) -> tuple[Numbers, float, Seed]:
    return nonzero(rng, 1 + size(rng), 1 + size(rng)), (1 + size(rng, 19)) / 20, seed(rng)


def _masked(
    h: Numbers, keep_rate: float, rng: np.random.Generator, *, factor: float, keep: float
) -> tuple[Numbers, Numbers]:
    mask = rng.random(h.shape) < keep
    return h * mask * factor, mask


def _inverted(h: Numbers, keep_rate: float, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    output, mask = dropout(h, keep_rate, rng)
    return output, ~mask


def _alike(
    h: Numbers, keep_rate: float, rng: np.random.Generator, shape: tuple[int, ...]
) -> tuple[Numbers, Numbers]:
    mask = rng.random(shape) < keep_rate
    return h * mask / keep_rate, mask


def _neighbours(h: Numbers, keep_rate: float, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Let each two samples in a row share a mask."""
    mask = np.repeat(rng.random(h[::2].shape) < keep_rate, 2, axis=0)[: len(h)]
    return h * mask / keep_rate, mask


def _counted_off(
    h: Numbers, keep_rate: float, rng: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Keep the same number of units in each row."""
    kept = np.arange(h.shape[1]) < round(keep_rate * h.shape[1])
    mask = np.array([rng.permutation(kept) for _ in h])
    return h * mask / keep_rate, mask


_HIDDEN = np.array([[1.0, 2.0, 0.5, 4.0, 1.5], [3.0, 1.5, 2.5, 1.0, 0.25]])

INDEPENDENT = (
    "Dropout multiplies each hidden unit, in each training step, by an independent random number."
)

DROPOUT = Task(
    chapter="faq",
    right=dropout,
    returns=("output", "mask"),
    cases=(
        Case("2 samples of 5 units, of which 80 % are kept", (_HIDDEN, 0.8, Seed(0, 300))),
        Case(
            "a quarter kept, numbers of both signs",
            (np.vstack([_HIDDEN, -_HIDDEN])[:, :4], 0.25, Seed(300, 300)),
        ),
    ),
    fresh=_hidden,
    mistakes=(
        Mistake(
            "not rescaled",
            "Because the mean is 1, nothing needs to be changed when the network is used",
            (
                lambda h, q, rng: _masked(h, q, rng, factor=1, keep=q),
                lambda h, q, rng: _masked(h, q, rng, factor=q, keep=q),
            ),
        ),
        Mistake(
            "one mask for all samples",
            INDEPENDENT,
            (
                lambda h, q, rng: _alike(h, q, rng, h.shape[1:]),
                lambda h, q, rng: _alike(h, q, rng, (1, *h.shape[1:])),
            ),
        ),
        Mistake("entries that depend on one another", INDEPENDENT, (_neighbours, _counted_off)),
        Mistake(
            "drop rate for keep rate",
            "Here q is the keep rate.",
            (
                lambda h, q, rng: _masked(h, q, rng, factor=1 / (1 - q), keep=1 - q),
                lambda h, q, rng: _masked(h, q, rng, factor=1 / q, keep=1 - q),
                lambda h, q, rng: _masked(h, q, rng, factor=1 / (1 - q), keep=q),
                lambda h, q, rng: _masked(h, q, rng, factor=1, keep=1 - q),
            ),
        ),
        Mistake(
            "mask marks what is dropped, not what is kept",
            "The derivative of h m with respect to h is m",
            (_inverted,),
        ),
        Mistake(
            "not drawn from rng",
            "Each sample has a mask of its own, drawn from the generator.",
            sign=never_varies,
        ),
    ),
    adds="mathdl.faq.dropout returns the factors in place of the mask, ready for "
    "dropout_backward.",
    measure=_dropped,
)


def stop_early(losses: list[float], patience: int) -> tuple[int, int]:
    """Return the best epoch, and the last that is run."""
    best, stopped = stop(losses, patience)
    return best, stopped


def _stopped(
    losses: list[float],
    patience: int,
    *,
    tie: bool = False,
    reset: bool = True,
    late: int = 0,
    first: int = 1,
) -> tuple[int, int]:
    """Wait for a better epoch, with one thing done wrongly."""
    best = 0
    for epoch in range(first, len(losses)):
        if losses[epoch] < losses[best] or (tie and losses[epoch] == losses[best]):
            best = epoch
        if epoch - reset * best >= patience + late:
            return best, epoch
    return best, len(losses) - 1


def _beside(
    losses: list[float], patience: int, *, best_by: int, stopped_by: int
) -> tuple[int, int]:
    """Return epochs beside the right ones."""
    best, last = stop_early(losses, patience)
    return best + best_by, last + stopped_by


def _counted_unless_better(losses: list[float], patience: int) -> tuple[int, int]:
    """Stop at the first epoch from `patience` on that is no new best."""
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        elif epoch >= patience:
            return best, epoch
    return best, len(losses) - 1


def _counted_in_all(losses: list[float], patience: int) -> tuple[int, int]:
    """Count all epochs that are no new best, without ever beginning anew."""
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        else:
            waited += 1
        if waited >= patience:
            return best, epoch
    return best, len(losses) - 1


def _before(losses: list[float], patience: int) -> tuple[int, int]:
    """Stop when a loss is larger than the one before, patience times in a row."""
    rises = 0
    for epoch in range(1, len(losses)):
        rises = rises + 1 if losses[epoch] >= losses[epoch - 1] else 0
        if rises >= patience:
            return int(np.argmin(losses[:epoch])), epoch
    return int(np.argmin(losses)), len(losses) - 1


PATIENCE = "stop when it lies a fixed number of epochs back, the patience."


def _losses(rng: np.random.Generator) -> list[float]:
    """Draw losses that fall and rise by much or little, with ties, and also below 0."""
    return list(map(float, numbers(rng, size(rng, 12))))


STOP_EARLY = Task(
    chapter="faq",
    right=stop_early,
    returns=("best", "stopped"),
    cases=(
        Case("patience 2", ([3.0, 2.0, 2.5, 2.1, 1.0, 1.5], 2)),
        Case("a tie", ([4.0, 2.0, 2.0, 3.0, 1.0, 0.5], 2)),
        Case("losses that fall to the end", ([5.0, 4.0, 3.0, 2.0, 1.0], 2)),
        Case("a loss that never falls again", ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3)),
        Case("a rise before a new best", ([3.0, 3.5, 2.0, 2.5, 1.0], 2)),
        Case("a new best that comes too late", ([3.0, 1.0, 2.0, 2.5, 2.2, 2.1, 0.5], 2)),
    ),
    fresh=lambda rng: (_losses(rng), size(rng)),
    mistakes=(
        Mistake(
            "off by one",
            PATIENCE,
            (
                partial(_stopped, late=1),
                partial(_stopped, late=-1),
                partial(_stopped, late=-1, first=0),
                *(
                    partial(_beside, best_by=best_by, stopped_by=stopped_by)
                    for best_by, stopped_by in ((0, 1), (1, 1), (0, -1), (1, 0))
                ),
            ),
        ),
        Mistake(
            "patience counted from the start",
            PATIENCE,
            (partial(_stopped, reset=False), _counted_unless_better, _counted_in_all),
        ),
        Mistake(
            "a tie counted as better",
            "When the loss on samples that are not trained on has not improved for a while.",
            (partial(_stopped, tie=True),),
        ),
        Mistake(
            "compared with the epoch before, not with the best",
            "remember the best epoch so far",
            (_before,),
        ),
        Mistake(
            "never stopped",
            PATIENCE,
            (lambda losses, patience: (int(np.argmin(losses)), len(losses) - 1),),
        ),
        Mistake(
            "best of all epochs, also of those that were never run",
            PATIENCE,
            (
                lambda losses, patience: (int(np.argmin(losses)), stop_early(losses, patience)[1]),
                lambda losses, patience: (
                    int(np.argmin(losses)),
                    min(int(np.argmin(losses)) + patience, len(losses) - 1),
                ),
            ),
        ),
    ),
    adds="mathdl.faq.stop_early returns the two by name; run keeps the best epoch's parameters.",
)


def with_rows(x: Numbers, y: Numbers, penalty: float) -> tuple[Numbers, Numbers]:
    """Add samples that turn least squares into ridge regression."""
    n, d = x.shape
    return _with(x, y, np.sqrt(n * penalty) * np.eye(d))


def _with(x: Numbers, y: Numbers, rows: Numbers) -> tuple[Numbers, Numbers]:
    return np.vstack([x, rows]), np.concatenate([y, np.zeros(len(rows))])


_samples = arrays("nd", "n")

WITH_ROWS = Task(
    chapter="faq",
    right=with_rows,
    returns=("the larger x", "the larger y"),
    cases=(
        Case("two samples of one input", (np.array([[1.0], [3.0]]), np.array([1.0, 2.0]), 8.0)),
    ),
    fresh=lambda rng: (*_samples(rng), number(rng, 1e-2, 10) * int(rng.integers(4) > 0)),
    mistakes=(
        Mistake(
            "without the number of samples",
            "equals plain least squares on n + d samples",
            (
                lambda x, y, penalty: _with(x, y, np.sqrt(penalty) * np.eye(x.shape[1])),
                lambda x, y, penalty: _with(x, y, penalty * np.eye(x.shape[1])),
            ),
        ),
        Mistake(
            "without the root",
            "equals plain least squares on n + d samples",
            (lambda x, y, penalty: _with(x, y, len(x) * penalty * np.eye(x.shape[1])),),
        ),
    ),
    adds="mathdl.faq.ridge solves without the added samples.",
)


def deviation(x: Numbers) -> Numbers:
    """Return the standard deviation of each column."""
    return np.asarray(x.std(axis=0))


def _is_rounding(outcome: Outcome) -> bool:
    """Say whether the squares are wrong by no more than the rounding of large means."""
    x, got = outcome.arguments[0], as_numbers(outcome.value)
    if got is None or (got.shape, got.dtype, outcome.changed) != (x.shape[1:], x.dtype, None):
        return False
    squares, off = (x**2).mean(axis=0), abs(got**2 - x.var(axis=0))
    # What is left of large squares is 0, or as large as what lies between two of their floats.
    left = (got == 0) | (got**2 >= np.spacing(squares) / (4 * len(x)))
    most = 1e-15 * (len(x) + 4) * (x**2).max(axis=0)
    return bool((np.isnan(got) | (left & (off <= most))).all())


def _in_doubles(arguments: tuple[Any, ...], got: Any, expected: Numbers) -> str | None:
    """Compare without what single precision is allowed: rounding is what the task is about."""
    if isinstance(got, np.ndarray) and got.dtype == np.float32:
        got = got.astype(float)
    return difference(got, expected, ["the deviations"], 1e-6, float(abs(arguments[0]).max()))


ONE_PASS = "means subtracted after squaring"


def _far(rng: np.random.Generator) -> tuple[Numbers]:
    return (quarters(rng, size(rng), size(rng)) + 10.0 ** size(rng, 9),)


DEVIATION = Task(
    chapter="faq",
    right=deviation,
    returns=("the deviations",),
    compare=_in_doubles,
    cases=(
        Case("two columns", (np.array([[1.0, 2.0], [3.0, 2.0], [8.0, -4.0]]),)),
        Case("ten seconds, long after 1970", (1.7e9 + np.linspace(0, 10, 5)[:, None],)),
    ),
    fresh=_far,
    mistakes=(
        Mistake(
            "divided by n − 1",
            "It agrees with x.std(axis=0) on the digits.",
            (lambda x: x.std(axis=0, ddof=1),),
        ),
        Mistake(
            "variances", "It agrees with x.std(axis=0) on the digits.", (lambda x: x.var(axis=0),)
        ),
        Mistake(ONE_PASS, "takes one more pass and is right.", sign=_is_rounding),
    ),
    adds="mathdl.faq.standardize divides columns that never vary by 1.",
)


def cross_validate(features: Numbers, y: Numbers, penalty: float) -> float:
    """Return the mean squared error on what was left out, mean of five parts."""
    part = np.arange(len(y)) % 5
    return _validated(features, y, penalty, [(part != k, part == k) for k in range(5)])


def _validated(
    features: Numbers, y: Numbers, penalty: float, splits: list[tuple[Any, Any]]
) -> float:
    """Fit to the first of each two sets of samples, and measure on the second."""
    errors = []
    for fitted, measured in splits:
        w = fit_weights(features[fitted], y[fitted], penalty=penalty)
        errors.append(((features[measured] @ w - y[measured]) ** 2).mean())
    return float(np.mean(errors))


def _split_otherwise(
    features: Numbers, y: Numbers, penalty: float, *, fitted: str, measured: str
) -> float:
    """Fit to, or measure on, other samples than the right ones."""
    part = np.arange(len(y)) % 5

    def chosen(which: str, k: int) -> Any:
        return {"all": part >= 0, "others": part != k, "own": part == k}[which]

    splits = [(chosen(fitted, k), chosen(measured, k)) for k in range(5)]
    return _validated(features, y, penalty, splits)


def _split_in_blocks(features: Numbers, y: Numbers, penalty: float) -> float:
    blocks = np.array_split(np.arange(len(y)), 5)
    splits = [(np.setdiff1d(np.arange(len(y)), block), block) for block in blocks]
    return _validated(features, y, penalty, splits)


_PLACES = np.array([0.0, 1.0, 3.0, 4.0, 6.0, 7.0, 9.0, 10.0])


def _five_parts(rng: np.random.Generator) -> tuple[Numbers, Numbers, float]:
    n = 5 + size(rng)
    features = np.column_stack([np.ones(n), small(rng, n, size(rng))])
    return features, numbers(rng, n), number(rng, 1e-2, 1)


CROSS_VALIDATE = Task(
    chapter="faq",
    right=cross_validate,
    returns=("the mean error",),
    cases=(
        Case(
            "five samples",
            (np.column_stack([np.ones(5), _PLACES[:5]]), np.array([1.0, 0.0, 2.0, 1.0, 3.0]), 0.5),
        ),
        Case(
            "eight samples",
            (
                np.column_stack([np.ones(8), _PLACES]),
                np.array([1.0, 0.0, 2.0, 1.0, 3.0, 5.0, 2.0, 1.0]),
                0.1,
            ),
        ),
    ),
    fresh=_five_parts,
    mistakes=(
        Mistake(
            "measured where it was fitted",
            "on the part that was left out",
            (
                partial(_split_otherwise, fitted="others", measured="others"),
                partial(_split_otherwise, fitted="all", measured="own"),
                partial(_split_otherwise, fitted="all", measured="all"),
            ),
        ),
        Mistake(
            "fitted to one part, not to four",
            "train five times, each time without one part, measure on that part, and average",
            (partial(_split_otherwise, fitted="own", measured="others"),),
        ),
        Mistake("parts in a row", "every fifth sample is one part", (_split_in_blocks,)),
        Mistake(
            "penalty left out",
            "Cross-validation chooses a strength when there are too few samples to hold some out",
            (lambda features, y, penalty: cross_validate(features, y, 0.0),),
        ),
    ),
    adds="Now let it choose a penalty.",
)

TASKS = {
    "soft_threshold": SOFT_THRESHOLD,
    "dropout": DROPOUT,
    "stop_early": STOP_EARLY,
    "with_rows": WITH_ROWS,
    "deviation": DEVIATION,
    "cross_validate": CROSS_VALIDATE,
}
