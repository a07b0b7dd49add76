"""What the reader writes in the chapter on neurons and losses."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from explorable.tutor.comparing import Numbers, as_numbers, difference
from explorable.tutor.examples import arrays, either, number, numbers, rounded, shape, size, small
from explorable.tutor.running import Outcome, overflowed
from explorable.tutor.task import Case, Mistake, Task
from mathdl.concepts import cross_entropy as mean_loss
from mathdl.concepts import cross_entropy_gradient, sigmoid_derivative
from mathdl.concepts import sigmoid as stable_sigmoid
from mathdl.concepts import softmax as stable_softmax

OVERFLOW = "overflow"
OUT_OF_RANGE = "overflow or underflow"
OLD_PARAMETERS = "Both slopes belong to the old weight and the old bias."
AGAINST = "A step of gradient descent subtracts these slopes from w and b."

Parameter = tuple[float, float]


def neuron_step(x: float, label: int, w: float, b: float, rate: float) -> Parameter:
    """Return weight and bias after one step of descent on the cross-entropy."""
    error = float(stable_sigmoid(w * x + b)) - label
    return w - rate * error * x, b - rate * error


def _step_with_the_new_weight(x: float, label: int, w: float, b: float, rate: float) -> Parameter:
    new, _ = neuron_step(x, label, w, b, rate)
    return new, neuron_step(x, label, new, b, rate)[1]


def _step_of_the_squared_error(x: float, label: int, w: float, b: float, rate: float) -> Parameter:
    return neuron_step(x, label, w, b, rate * float(sigmoid_derivative(w * x + b)))


def _one_sample(rng: np.random.Generator) -> tuple[float, int, float, float, float]:
    x, w, b = small(rng, 3).tolist()
    return x, int(either(rng)), w, b, number(rng, 0.1, 2)


NEURON_STEP = Task(
    chapter="concepts",
    right=neuron_step,
    returns=("w", "b"),
    cases=(
        Case("the neuron of the text", (2.0, 1, -float(np.log(3)), 0.0, 1.0)),
        Case("label 0 and half the rate", (2.0, 0, 1.0, -1.0, 0.5)),
    ),
    fresh=_one_sample,
    mistakes=(
        Mistake(
            "the input left out of the slope in w",
            "the slope in w is x times the slope in z",
            (
                lambda x, label, w, b, rate: (
                    w - rate * (float(stable_sigmoid(w * x + b)) - label),
                    neuron_step(x, label, w, b, rate)[1],
                ),
            ),
        ),
        Mistake(
            "with the gradient, not against it",
            AGAINST,
            (lambda x, label, w, b, rate: neuron_step(x, label, w, b, -rate),),
        ),
        Mistake(
            "the slope in b taken at the new weight", OLD_PARAMETERS, (_step_with_the_new_weight,)
        ),
        Mistake(
            "the slope of the squared error",
            "the slope of the squared error has the factor p(1 − p), which is small wherever the "
            "answer is sure, right or wrong.",
            (_step_of_the_squared_error,),
        ),
        Mistake(
            "the slope for label 1 taken for both labels",
            "so for both labels y it is p − y.",
            (lambda x, label, w, b, rate: neuron_step(x, 1, w, b, rate),),
        ),
        Mistake(
            "the rate left out",
            "the slopes are multiplied by rate before they are subtracted.",
            (lambda x, label, w, b, rate: neuron_step(x, label, w, b, 1.0),),
        ),
    ),
    adds="A training takes such steps for many samples and many parameters.",
)


def sigmoid(z: Numbers) -> Numbers:
    """Return 1 / (1 + e⁻ᶻ)."""
    return stable_sigmoid(z)


def _sigmoids_differ(arguments: tuple[Any, ...], got: Any, expected: Any) -> str | None:
    """Compare number by number, each at its own size, for they differ by 300 powers of ten."""
    numbers = as_numbers(got)
    if numbers is None or numbers.shape != expected.shape:
        return difference(got, expected, SIGMOID.returns, SIGMOID.precision)
    for place in np.ndindex(expected.shape):
        alone = np.zeros(expected.shape, dtype=bool)
        alone[place] = True
        ours, right = np.where(alone, numbers, 0), np.where(alone, expected, 0)
        found = difference(ours, right, SIGMOID.returns, SIGMOID.precision)
        if found is not None:
            return found
    return None


def _wrong_numbers(outcome: Outcome) -> tuple[Numbers, Numbers, Numbers]:
    """Return the arguments at which a sigmoid is wrong, what came and the truth."""
    z, got = outcome.arguments[0], as_numbers(outcome.value)
    if got is None or got.shape != z.shape:
        return np.ones(1), np.ones(1), np.ones(1)
    truth = stable_sigmoid(z)
    wrong = ~np.isclose(got, truth, rtol=SIGMOID.precision, atol=0)
    return z[wrong], got[wrong], truth[wrong]


def _is_clipped(outcome: Outcome) -> bool:
    """Say whether all that is wrong are small numbers that are too large."""
    _, got, truth = _wrong_numbers(outcome)
    return bool(got.size and np.all((truth < got) & (got < 1e-4)) and np.ptp(got) == 0)


def _is_cut_off(outcome: Outcome) -> bool:
    """Say whether all that is wrong are small numbers of which digits are lost."""
    _, got, truth = _wrong_numbers(outcome)
    rounded_off = (got <= 2 * truth) | (abs(got - truth) < 3e-16)
    return bool(got.size and np.all(rounded_off & (np.maximum(truth, abs(got)) < 1e-4)))


def _overflows(outcome: Outcome) -> bool:
    """Say whether all that is wrong comes of a power of e that is too large."""
    z = _wrong_numbers(outcome)[0]
    return overflowed(outcome) or bool(z.size and np.all(abs(z) > 709.75))


def _any_number(rng: np.random.Generator) -> tuple[Numbers]:
    z = numbers(rng, *shape(rng), largest=rng.choice([1e3, 1e300]))
    # Below −725 the few digits that are left depend on the way, down to 0.
    return (np.where(z < -725, np.minimum(z, -800.0), z),)


SIGMOID = Task(
    chapter="concepts",
    right=sigmoid,
    returns=("the sigmoid",),
    cases=(
        Case("numbers near 0", (np.array([-2.0, 0.0, 1.0]),)),
        Case("numbers near −40", (np.array([-42.0, -38.0]),)),
        Case("numbers between −710 and −40", (np.array([-45.0, -90.0, -200.0, -450.0, -709.5]),)),
        Case("numbers beyond 700", (np.array([40.0, 720.0, 1000.0]),)),
        Case("numbers beyond −700", (np.array([-720.0]),)),
    ),
    fresh=_any_number,
    mistakes=(
        Mistake(
            "clipped, so that all below a limit become the same",
            "Write a sigmoid for every float64 number: right to the last digits",
            sign=_is_clipped,
        ),
        Mistake(
            OVERFLOW, "A formula that is true on paper can fail on a computer.", sign=_overflows
        ),
        Mistake(
            "zero where the true value is small but not zero",
            "Overflow is the loud failure. There is a silent one.",
            sign=_is_cut_off,
        ),
        Mistake(
            "derivative returned",
            "The sigmoid squeezes all numbers into the interval from 0 to 1",
            (sigmoid_derivative, lambda z: stable_sigmoid(z) * (1 - stable_sigmoid(z))),
        ),
        Mistake(
            "sign of z lost",
            "A logit is positive exactly when p > ½",
            (
                lambda z: stable_sigmoid(-z),
                lambda z: 1 / (1 + np.exp(z)),
                lambda z: stable_sigmoid(abs(z)),
            ),
        ),
    ),
    adds="mathdl.concepts.sigmoid also refuses numbers that are not finite.",
    compare=_sigmoids_differ,
    precision=1e-9,
)


def softmax(z: Numbers) -> Numbers:
    """Return the probabilities of each row."""
    return stable_softmax(z)


def _normalised(z: Numbers, shift: Any, axis: int | None) -> Numbers:
    powers = np.exp(z - shift)
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


def _over_samples(z: Numbers) -> Numbers:
    return _normalised(z, z.max(axis=0), 0)


def _refuses_a_row(outcome: Outcome) -> bool:
    """Say whether a single row fails, or changes its shape, or is taken for rows of one number."""
    z, got = outcome.arguments[0], as_numbers(outcome.value)
    return z.ndim == 1 and (got is None or got.shape != z.shape or bool((got == 1).all()))


def _logits(rng: np.random.Generator, *shape: int) -> Numbers:
    """Draw logits of which rows may lie far from one another and from 0."""
    return numbers(rng, *shape) + numbers(rng, *shape[:-1], 1, largest=1e6)


SOFTMAX = Task(
    chapter="concepts",
    right=softmax,
    returns=("the probabilities",),
    cases=(
        Case("two rows", (np.array([[0.0, 1.0, 3.0], [2.0, 2.5, -1.0]]),)),
        Case("a single row", (np.array([1.0, -0.5, 2.0]),)),
        Case("logits near 1,000", (np.array([[1000.0, 999.0, 0.0]]),)),
        Case("logits near −1,000", (np.array([[-1000.0, -1001.0]]),)),
        Case("rows far apart", (np.array([[0.0, 1.0], [1000.0, 1001.0]]),)),
        Case("logits of a row far apart", (np.array([[2000.0, 0.0], [0.0, 2000.0]]),)),
    ),
    fresh=lambda rng: (_logits(rng, *shape(rng)),),
    mistakes=(
        Mistake(
            "normalised over samples",
            "Dividing by the sum makes the chances add up to 1.",
            (
                _over_samples,
                lambda z: _normalised(z, 0.0, 0),
                lambda z: _normalised(z, z.max(), 0),
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
            "each row has its own largest logit and its own sum.",
            (lambda z: _normalised(z, z.max(), -1),),
        ),
        Mistake(
            "the largest logit of another row subtracted",
            "subtract the largest logit m from all.",
            (lambda z: _normalised(z, z.max(axis=0), -1),),
        ),
        Mistake(
            "logits clipped, so that large ones become equal",
            "subtract the largest logit m from all.",
            (lambda z: stable_softmax(np.clip(z, -700, 700)),),
        ),
        Mistake(
            "not divided by the sum",
            "Dividing by the sum makes the chances add up to 1.",
            (np.exp, lambda z: np.exp(z - z.max(axis=-1, keepdims=True))),
        ),
        Mistake(
            "logarithm returned",
            "Dividing by the sum makes the chances add up to 1.",
            (
                lambda z: np.log(stable_softmax(z)),
                lambda z: z - np.logaddexp.reduce(z, axis=-1, keepdims=True),
            ),
        ),
        Mistake(
            "no single row",
            "It takes one row of logits, of shape (n,), or a matrix with one sample in each row",
            sign=_refuses_a_row,
        ),
        Mistake(OUT_OF_RANGE, "subtract the largest logit m from all.", sign=overflowed),
    ),
    adds="mathdl.concepts.softmax also takes arrays with any number of axes.",
    precision=1e-9,
)


def cross_entropy(logits: Numbers, labels: Numbers) -> tuple[float, Numbers]:
    """Return the mean loss and its gradient."""
    return float(mean_loss(logits, labels)), cross_entropy_gradient(logits, labels)


def _is_log_of_zero(outcome: Outcome) -> bool:
    """Say whether only the loss is wrong, where a probability is next to nothing."""
    logits, labels = outcome.arguments
    if not isinstance(outcome.value, (tuple, list)) or len(outcome.value) != 2:
        return False
    right = cross_entropy_gradient(logits, labels)
    only = difference(outcome.value[1], right, ["the gradient"], 1e-6) is None
    return only and bool(stable_softmax(logits).min() < 1e-5)


def _out_of_range(outcome: Outcome) -> bool:
    """Say whether a result is not finite, where powers of e may have been too large or small."""
    return overflowed(outcome) and bool(np.abs(outcome.arguments[0]).max() > 100)


def _over_samples_in_logarithms(logits: Numbers, labels: Numbers) -> tuple[Any, Numbers]:
    logs = logits - np.logaddexp.reduce(logits)
    gradient = np.exp(logs) - np.eye(logits.shape[1])[labels]
    return -logs[np.arange(len(labels)), labels].mean(), gradient / len(labels)


def _of_all_labels(logits: Numbers, labels: Numbers) -> Any:
    """Take from each row the entries at the labels of all samples."""
    logs = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return -logs[:, labels].mean()


def _with(
    logits: Numbers,
    labels: Numbers,
    loss: Callable[[Numbers, Numbers], Any] = mean_loss,
    gradient: Callable[[Numbers, Numbers], Numbers] = cross_entropy_gradient,
) -> tuple[Any, Numbers]:
    """Return a loss or a gradient of one's own."""
    return loss(logits, labels), gradient(logits, labels)


def _summed(logits: Numbers, labels: Numbers) -> Any:
    return len(labels) * mean_loss(logits, labels)


def _per_sample(logits: Numbers, labels: Numbers) -> Numbers:
    return len(labels) * cross_entropy_gradient(logits, labels)


def _per_logit(logits: Numbers, labels: Numbers) -> Numbers:
    return _per_sample(logits, labels) / logits.size


def _labelled(rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    n, n_classes = size(rng), 1 + size(rng)
    return _logits(rng, n, n_classes), rng.integers(n_classes, size=n)


CROSS_ENTROPY = Task(
    chapter="concepts",
    right=cross_entropy,
    returns=("the mean loss", "the gradient"),
    cases=(
        Case("two samples", (np.array([[0.0, 1.0], [2.0, -1.0]]), np.array([1, 1]))),
        Case("logits near 1,000", (np.array([[1000.0, 999.0]]), np.array([0]))),
        Case("logits near −1,000", (np.array([[-1000.0, -1001.0]]), np.array([0]))),
        Case(
            "logits of a row far apart",
            (np.array([[2000.0, 0.0], [0.0, 2000.0]]), np.array([0, 1])),
        ),
        Case(
            "a confident mistake",
            (np.array([[800.0, 0.0, 1.0], [0.0, 1.0, 2.0]]), np.array([1, 2])),
        ),
    ),
    fresh=_labelled,
    mistakes=(
        Mistake(
            "sum for mean",
            "The sum over a batch of 100 samples has a gradient 100 times as large as the mean",
            (partial(_with, loss=_summed, gradient=_per_sample), partial(_with, loss=_summed)),
        ),
        Mistake(
            "gradient not divided by n_samples",
            "The sum over a batch of 100 samples has a gradient 100 times as large as the mean",
            (partial(_with, gradient=_per_sample),),
        ),
        Mistake(
            "gradient divided by the number of all logits",
            "and the gradient of this mean",
            (partial(_with, gradient=_per_logit),),
        ),
        Mistake(
            "the columns of all labels picked in every row",
            "picks the entries of the right classes",
            (partial(_with, loss=_of_all_labels),),
        ),
        Mistake(
            "1 subtracted in every class",
            "contributes −1 to the component of the right class and nothing to the others.",
            (
                partial(_with, gradient=lambda z, y: (stable_softmax(z) - 1) / len(y)),
                partial(_with, gradient=lambda z, y: stable_softmax(z) - 1),
            ),
        ),
        Mistake(
            "the largest logit subtracted within the sum alone",
            "subtract the largest logit m from all.",
            (partial(_with, loss=lambda z, y: mean_loss(z, y) - z.max(axis=1).mean()),),
        ),
        Mistake(
            "p − y with the wrong sign",
            "Once more predicted probabilities minus the truth.",
            (
                partial(_with, gradient=lambda z, y: -cross_entropy_gradient(z, y)),
                partial(_with, gradient=lambda z, y: -_per_sample(z, y)),
            ),
        ),
        Mistake(
            "log of a zero",
            "Take the logarithm of softmax in one go (log_softmax), never as the logarithm of a "
            "softmax that may have rounded to zero.",
            sign=_is_log_of_zero,
        ),
        Mistake(
            "sign of the loss",
            "The negative log-likelihood of one sample with label y (a class number) is −ln p_y.",
            (partial(_with, loss=lambda z, y: -mean_loss(z, y)),),
        ),
        Mistake(
            "softmax over samples",
            "Dividing by the sum makes the chances add up to 1.",
            (
                lambda logits, labels: (
                    -np.log(_over_samples(logits)[np.arange(len(labels)), labels]).mean(),
                    (_over_samples(logits) - np.eye(logits.shape[1])[labels]) / len(labels),
                ),
                _over_samples_in_logarithms,
            ),
        ),
        Mistake(OUT_OF_RANGE, "subtract the largest logit m from all.", sign=_out_of_range),
    ),
    adds="mathdl.concepts.cross_entropy and cross_entropy_gradient also refuse labels that are "
    "no class.",
)

STRETCHED = "The hyperbolic tangent is a sigmoid stretched to the interval from −1 to 1."
MINUS_TARGET = (
    "In each of them the gradient with respect to the preactivation was prediction minus target"
)

Parameters = tuple[Numbers, Numbers, Numbers, Numbers]


def with_sigmoids(w1: Numbers, b1: Numbers, w2: Numbers, b2: Numbers) -> Parameters:
    """Return the sigmoid network that computes what a tanh network computes."""
    return 2 * w1, 2 * b1, 2 * w2, b2 - w2.sum(axis=1)


def _same_network(arguments: tuple[Any, ...], got: Any, expected: Any) -> str | None:
    """Compare number by number, but let any network do that computes the same."""
    found = difference(got, expected, WITH_SIGMOIDS.returns, WITH_SIGMOIDS.precision)
    if found is None or not isinstance(got, (tuple, list)):
        return found
    try:
        numbers = [part for part in map(as_numbers, got) if part is not None]
        v1, c1, v2, c2 = (part for part in numbers if part.dtype != np.float16)
        x = np.random.default_rng(0).normal(size=(arguments[0].shape[1], 9))
        outputs = [
            second @ stable_sigmoid(first @ x + b[:, None]) + c[:, None]
            for first, b, second, c in [(v1, c1, v2, c2), expected]
        ]
    except Exception:  # the parts do not even make a network
        return found
    same = v1.shape == expected[0].shape and np.allclose(*outputs)
    return None if same else found


WITH_SIGMOIDS = Task(
    chapter="concepts",
    right=with_sigmoids,
    returns=("v1", "c1", "v2", "c2"),
    cases=(
        Case(
            "a single hidden neuron",
            (np.array([[1.0]]), np.array([0.5]), np.array([[3.0]]), np.array([2.0])),
        ),
        Case(
            "two hidden neurons",
            (
                np.array([[1.0, -2.0], [0.5, 1.0]]),
                np.array([0.25, -1.0]),
                np.array([[1.0, 2.0]]),
                np.array([0.5]),
            ),
        ),
    ),
    fresh=arrays("hi", "h", "oh", "o", largest=3.0),
    mistakes=(
        Mistake(
            "the −1 of each tanh forgotten",
            STRETCHED,
            (lambda w1, b1, w2, b2: (2 * w1, 2 * b1, 2 * w2, b2),),
        ),
        Mistake(
            "the 2 inside the sigmoid forgotten",
            STRETCHED,
            (
                lambda w1, b1, w2, b2: (w1, b1, 2 * w2, b2 - w2.sum(axis=1)),
                lambda w1, b1, w2, b2: (2 * w1, b1, 2 * w2, b2 - w2.sum(axis=1)),
            ),
        ),
    ),
    adds="mathdl.concepts has both activations and their derivatives.",
    compare=_same_network,
)


def count_loss(z: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Return the negative log-likelihoods of counts, and their slopes."""
    return np.exp(z) - y * z, np.exp(z) - y


def _counts(rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    n = size(rng)
    return small(rng, n), rng.integers(size(rng), size=n)


COUNT_LOSS = Task(
    chapter="concepts",
    right=count_loss,
    returns=("the losses", "their slopes"),
    cases=(
        Case("a mean of 1", (np.array([0.0]), np.array([3]))),
        Case("four counts", (np.array([-1.0, 0.5, 1.0, 2.0]), np.array([0, 2, 1, 4]))),
    ),
    fresh=_counts,
    mistakes=(
        Mistake(
            "slopes with the wrong sign",
            MINUS_TARGET,
            (lambda z, y: (count_loss(z, y)[0], -count_loss(z, y)[1]),),
        ),
        Mistake(
            "slopes with respect to the mean, not to z",
            MINUS_TARGET,
            (lambda z, y: (count_loss(z, y)[0], 1 - y * np.exp(-z)),),
        ),
    ),
    adds="Such a neuron is the model of a Poisson regression.",
)


def learn_both(x: Numbers, labels: Numbers, rate: float, n_steps: int) -> tuple[float, float]:
    """Return weight and bias after some steps of descent from 0."""
    w = b = 0.0
    for _ in range(n_steps):
        error = stable_sigmoid(w * x + b) - labels
        w -= rate * float((error * x).mean())
        b -= rate * float(error.mean())
    return w, b


def _weight_before_bias(
    x: Numbers, labels: Numbers, rate: float, n_steps: int
) -> tuple[float, float]:
    w = b = 0.0
    for _ in range(n_steps):
        w -= rate * float(((stable_sigmoid(w * x + b) - labels) * x).mean())
        b -= rate * float((stable_sigmoid(w * x + b) - labels).mean())
    return w, b


def _classes(rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Draw samples of two classes, at least two of each."""
    labels = rng.permutation([0, 0, 1, 1, *rng.integers(2, size=size(rng))])
    return rounded(0.5 * (rng.normal(size=len(labels)) + labels)), labels


LEARN_BOTH = Task(
    chapter="concepts",
    right=learn_both,
    returns=("w", "b"),
    cases=(
        Case("a single step", (np.array([0.0, 1.0, 2.0]), np.array([0, 1, 1]), 1.0, 1)),
        Case("two steps", (np.array([0.0, 1.0, 2.0]), np.array([0, 1, 1]), 0.5, 2)),
        Case("300 steps", (np.array([-1.0, 0.5, 1.0, 2.0]), np.array([0, 1, 0, 1]), 1.0, 300)),
    ),
    fresh=lambda rng: (*_classes(rng), number(rng, 0.1, 1), size(rng, 20)),
    mistakes=(
        Mistake(
            "sum for mean",
            "The sum over a batch of 100 samples has a gradient 100 times as large as the mean",
            (lambda x, labels, rate, n_steps: learn_both(x, labels, rate * len(x), n_steps),),
        ),
        Mistake(
            "with the gradient, not against it",
            "the step goes against the gradient",
            (lambda x, labels, rate, n_steps: learn_both(x, labels, -rate, n_steps),),
        ),
        Mistake("the slope in b taken at the new weight", OLD_PARAMETERS, (_weight_before_bias,)),
    ),
    adds="mathdl.gradient_descent has the same loop for any number of parameters.",
)

TASKS = {
    "neuron_step": NEURON_STEP,
    "sigmoid": SIGMOID,
    "softmax": SOFTMAX,
    "cross_entropy": CROSS_ENTROPY,
    "with_sigmoids": WITH_SIGMOIDS,
    "count_loss": COUNT_LOSS,
    "learn_both": LEARN_BOTH,
}
