"""What the reader writes in the chapter on neurons and losses."""

from typing import Any

import numpy as np

from mathdl.concepts import cross_entropy as mean_loss
from mathdl.concepts import cross_entropy_gradient, sigmoid_derivative
from mathdl.concepts import sigmoid as stable_sigmoid
from mathdl.concepts import softmax as stable_softmax
from mathdl.judge.comparing import Numbers, as_numbers, difference
from mathdl.judge.task import Case, Mistake, Task

OVERFLOW = "overflow"


def sigmoid(z: Numbers) -> Numbers:
    """Return 1 / (1 + e⁻ᶻ)."""
    return stable_sigmoid(z)


def _sigmoids_differ(arguments: tuple[Any, ...], got: Any, expected: Any) -> str | None:
    """Compare as usual, but let every number do that is below 10⁻²⁰⁰, as long as it is not 0.

    Whoever clips z at −500 does no harm by it.
    """
    numbers = as_numbers(got)
    if numbers is not None and numbers.shape == expected.shape:
        tiny = (numbers > 0) & (numbers < 1e-200) & (expected < 1e-200)
        got = np.where(tiny, expected, numbers)
    return difference(got, expected, SIGMOID.returns, SIGMOID.precision)


SIGMOID = Task(
    chapter="concepts",
    right=sigmoid,
    returns=("the sigmoid",),
    cases=(
        Case("numbers near 0", (np.array([-2.0, 0.0, 1.0]),)),
        Case("a matrix", (np.array([[-3.0, -1.0, 0.5], [0.25, 4.0, 9.0]]),)),
        Case(
            "numbers near −40",
            (np.array([-42.0, -38.0]),),
            "zero where the true value is small but not zero",
        ),
        Case("numbers beyond 700", (np.array([40.0, 720.0, 1000.0]),), OVERFLOW),
        Case("numbers beyond −700", (np.array([-720.0]),), OVERFLOW),
    ),
    mistakes=(
        Mistake(OVERFLOW, "A formula that is true on paper can fail on a computer."),
        Mistake(
            "zero where the true value is small but not zero",
            "Overflow is the loud failure. There is a silent one.",
        ),
        Mistake(
            "derivative returned",
            "The sigmoid squeezes all numbers into the interval from 0 to 1",
            (sigmoid_derivative,),
        ),
        Mistake(
            "sign of z lost",
            "It is positive exactly when p > ½",
            (lambda z: stable_sigmoid(-z), lambda z: stable_sigmoid(abs(z))),
        ),
    ),
    adds="mathdl.concepts.sigmoid refuses what is not finite, besides.",
    compare=_sigmoids_differ,
    silent=True,
)


def softmax(z: Numbers) -> Numbers:
    """Return the probabilities of each row."""
    return stable_softmax(z)


def _normalised(z: Numbers, shift: Any, axis: int | None) -> Numbers:
    powers = np.exp(z - shift)
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


def _over_samples(z: Numbers) -> Numbers:
    return _normalised(z, z.max(axis=0), 0)


SOFTMAX = Task(
    chapter="concepts",
    right=softmax,
    returns=("the probabilities",),
    cases=(
        Case("two rows", (np.array([[0.0, 1.0, 3.0], [2.0, 2.5, -1.0]]),)),
        Case("a single row", (np.array([1.0, -0.5, 2.0]),), "no single row"),
        Case("logits near 1,000", (np.array([[1000.0, 999.0, 0.0]]),), OVERFLOW),
        Case("logits near −1,000", (np.array([[-1000.0, -1001.0]]),), OVERFLOW),
        Case(
            "rows far apart",
            (np.array([[0.0, 1.0], [1000.0, 1001.0]]),),
            "maximum of the whole array, beside which a row underflows to 0/0",
        ),
    ),
    mistakes=(
        Mistake(
            OVERFLOW,
            "subtract the largest logit m from all.",
            (lambda z: _normalised(z, 0.0, -1),),
        ),
        Mistake(
            "normalised over samples",
            "Dividing by the sum makes the chances add up to 1.",
            (
                _over_samples,
                lambda z: _normalised(z, 0.0, 0),
                lambda z: _normalised(z, z.max(axis=-1, keepdims=True), 0),
            ),
        ),
        Mistake(
            "normalised over everything",
            "Dividing by the sum makes the chances add up to 1.",
            (
                lambda z: _normalised(z, z.max(), None),
                lambda z: _normalised(z, 0.0, None),
                lambda z: _normalised(z, z.max(axis=-1, keepdims=True), None),
            ),
        ),
        Mistake(
            "maximum of the whole array, beside which a row underflows to 0/0",
            "what underflows to zero was negligible beside the 1.",
            (lambda z: _normalised(z, z.max(), -1),),
        ),
        Mistake(
            "the largest logit of another row subtracted",
            "subtract the largest logit m from all.",
            (lambda z: _normalised(z, z.max(axis=0), -1),),
        ),
        Mistake(
            "not divided by the sum",
            "Dividing by the sum makes the chances add up to 1.",
            (np.exp, lambda z: np.exp(z - z.max(axis=-1, keepdims=True))),
        ),
        Mistake(
            "logarithm returned",
            "Dividing by the sum makes the chances add up to 1.",
            (lambda z: np.log(stable_softmax(z)),),
        ),
        Mistake(
            "no single row",
            "A logit on its own means nothing, then.",
        ),
    ),
    adds="mathdl.concepts.softmax takes arrays of any number of axes, besides.",
    silent=True,
)


def cross_entropy(logits: Numbers, labels: Numbers) -> tuple[float, Numbers]:
    """Return the mean loss and its gradient."""
    return float(mean_loss(logits, labels)), cross_entropy_gradient(logits, labels)


def _losses(logits: Numbers, labels: Numbers, floor: float = 0.0) -> Numbers:
    """Return the loss of each sample from probabilities, no less than a floor."""
    probabilities = stable_softmax(logits)[np.arange(len(labels)), labels]
    return np.asarray(-np.log(np.maximum(probabilities, floor)))


def _overflowing(logits: Numbers, labels: Numbers) -> tuple[float, Numbers]:
    probabilities = _normalised(logits, 0.0, 1)
    gradient = probabilities - np.eye(logits.shape[1])[labels]
    likelihood = np.log(probabilities[np.arange(len(labels)), labels])
    return float(-likelihood.mean()), gradient / len(labels)


def _per_sample(logits: Numbers, labels: Numbers) -> Numbers:
    return len(labels) * cross_entropy_gradient(logits, labels)


CROSS_ENTROPY = Task(
    chapter="concepts",
    right=cross_entropy,
    returns=("the mean loss", "gradient"),
    cases=(
        Case("two samples", (np.array([[0.0, 1.0], [2.0, -1.0]]), np.array([1, 1]))),
        Case(
            "three samples of four classes",
            (
                np.array([[0.5, -1.0, 2.0, 0.0], [1.0, 1.5, -0.5, 3.0], [-2.0, 0.0, 1.0, 0.25]]),
                np.array([2, 0, 3]),
            ),
        ),
        Case("logits near 1,000", (np.array([[1000.0, 999.0]]), np.array([0])), OVERFLOW),
        Case(
            "a confident mistake",
            (np.array([[800.0, 0.0, 1.0], [0.0, 1.0, 2.0]]), np.array([1, 2])),
            "log of a zero",
        ),
    ),
    mistakes=(
        Mistake(
            "sum for mean",
            "The sum over a batch of 100 samples has a gradient 100 times as large as the mean",
            (
                lambda logits, labels: (
                    _losses(logits, labels).sum(),
                    _per_sample(logits, labels),
                ),
                lambda logits, labels: (
                    _losses(logits, labels).sum(),
                    cross_entropy_gradient(logits, labels),
                ),
            ),
        ),
        Mistake(
            "gradient not divided by n_samples",
            "The sum over a batch of 100 samples has a gradient 100 times as large as the mean",
            (lambda logits, labels: (mean_loss(logits, labels), _per_sample(logits, labels)),),
        ),
        Mistake(
            "p − y with the wrong sign",
            "Once more predicted probabilities minus the truth.",
            (
                lambda logits, labels: (
                    mean_loss(logits, labels),
                    -cross_entropy_gradient(logits, labels),
                ),
                lambda logits, labels: (
                    mean_loss(logits, labels),
                    -_per_sample(logits, labels),
                ),
            ),
        ),
        Mistake(
            "log of a zero",
            "Take the logarithm of softmax in one go (log_softmax), never as the logarithm of a "
            "softmax that may have rounded to zero.",
            (
                lambda logits, labels: (
                    _losses(logits, labels).mean(),
                    cross_entropy_gradient(logits, labels),
                ),
            ),
        ),
        Mistake(OVERFLOW, "subtract the largest logit m from all.", (_overflowing,)),
        Mistake(
            "sign of the loss",
            "The negative log-likelihood of one sample with label y (a class number) is −ln p_y.",
            (
                lambda logits, labels: (
                    -mean_loss(logits, labels),
                    cross_entropy_gradient(logits, labels),
                ),
            ),
        ),
        Mistake(
            "softmax over samples",
            "Dividing by the sum makes the chances add up to 1.",
            (
                lambda logits, labels: (
                    -np.log(_over_samples(logits)[np.arange(len(labels)), labels]).mean(),
                    (_over_samples(logits) - np.eye(logits.shape[1])[labels]) / len(labels),
                ),
            ),
        ),
    ),
    adds="mathdl.concepts.cross_entropy and cross_entropy_gradient also refuse labels that are "
    "no class.",
    silent=True,
)

TASKS = {"sigmoid": SIGMOID, "softmax": SOFTMAX, "cross_entropy": CROSS_ENTROPY}
