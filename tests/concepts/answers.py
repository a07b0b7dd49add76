import math

import numpy as np

from tests.judge.slips import slip


def step_by_the_error(x, label, w, b, rate):
    p = 1 / (1 + math.exp(-(w * x + b)))
    error = p - label
    return w - rate * error * x, b - rate * error


def step_of_the_margin(x, label, w, b, rate):
    sign = 2 * label - 1
    change = rate * sign / (1 + math.exp(sign * (w * x + b)))
    return [w + change * x, b + change]


def sigmoid_by_masks(z):
    out = np.empty_like(z)
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    power = np.exp(z[~positive])
    out[~positive] = power / (1 + power)
    return out


def sigmoid_of_both_branches(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


def softmax_of_rows(z):
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def softmax_of_lists(z, axis=-1):
    if z.ndim == 2:
        return [softmax_of_lists(row) for row in z]
    largest = max(z)
    powers = [math.exp(number - largest) for number in z]
    return [power / sum(powers) for power in powers]


def entropy_by_log_softmax(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    logs, hot = shifted - total, np.eye(logits.shape[1])[labels]
    return -(hot * logs).sum(axis=1).mean(), (np.exp(logs) - hot) / len(logits)


def entropy_of_lists(logits, labels):
    total, gradient = 0.0, []
    for row, label in zip(logits.tolist(), labels.tolist(), strict=True):
        largest = max(row)
        powers = [math.exp(number - largest) for number in row]
        total += largest + math.log(sum(powers)) - row[label]
        chances = [power / sum(powers) for power in powers]
        gradient.append([(p - (k == label)) / len(labels) for k, p in enumerate(chances)])
    return [total / len(labels), gradient]


def sigmoids_by_the_identity(w1, b1, w2, b2):
    return 2 * w1, 2 * b1, 2 * w2, b2 - w2 @ np.ones(len(b1))


def sigmoids_in_another_order(w1, b1, w2, b2):
    return [2 * w1[::-1], 2 * b1[::-1], 2 * w2[:, ::-1], b2 - w2.sum(axis=1)]


def counts_by_the_mean(z, y):
    m = np.exp(z)
    return m - y * np.log(m), m - y


def counts_number_by_number(z, y):
    losses = [math.exp(a) - k * a for a, k in zip(z, y, strict=True)]
    return losses, [math.exp(a) - k for a, k in zip(z, y, strict=True)]


def both_together(x, labels, rate, n_steps):
    w = b = 0.0
    for _ in range(n_steps):
        error = sigmoid_by_masks(w * x + b) - labels
        w, b = w - rate * (error * x).mean(), b - rate * error.mean()
    return w, b


def both_as_a_vector(x, labels, rate, n_steps):
    theta, inputs = np.zeros(2), np.stack([x, np.ones(len(x))])
    for _ in range(n_steps):
        theta = theta - rate * inputs @ (sigmoid_by_masks(theta @ inputs) - labels) / len(x)
    return theta


RIGHT = {
    "neuron_step": [step_by_the_error, step_of_the_margin],
    "sigmoid": [sigmoid_by_masks, sigmoid_of_both_branches],
    "softmax": [softmax_of_rows, softmax_of_lists],
    "cross_entropy": [entropy_by_log_softmax, entropy_of_lists],
    "with_sigmoids": [sigmoids_by_the_identity, sigmoids_in_another_order],
    "count_loss": [counts_by_the_mean, counts_number_by_number],
    "learn_both": [both_together, both_as_a_vector],
}
SHIFT = " - logits.max(axis=1, keepdims=True)"
TOGETHER = "w, b = w - rate * (error * x).mean(), b - rate * error.mean()"
STEP_OF_W = "w = w - rate * ((sigmoid_by_masks(w * x + b) - labels) * x).mean()"
STEP_OF_B = "b = b - rate * (sigmoid_by_masks(w * x + b) - labels).mean()"
WRONG = {
    "neuron_step": {
        "the input left out of the slope in w": slip(step_by_the_error, "error * x", "error"),
        "with the gradient, not against it": slip(step_by_the_error, "- rate", "+ rate"),
        "the slope in b taken at the new weight": lambda x, label, w, b, rate: (
            new := step_by_the_error(x, label, w, b, rate)[0],
            step_by_the_error(x, label, new, b, rate)[1],
        ),
        "the slope of the squared error": slip(
            step_by_the_error, "= p - label", "= (p - label) * p * (1 - p)"
        ),
        "the slope for label 1 taken for both labels": slip(
            step_by_the_error, "p - label", "p - 1"
        ),
        "the rate left out": slip(step_by_the_error, "rate * ", ""),
    },
    "sigmoid": {
        "overflow": lambda z: 1 / (1 + np.exp(-z)),
        "zero where the true value is small but not zero": lambda z: (1 + np.tanh(z / 2)) / 2,
        "clipped, so that all below a limit become the same": lambda z: (
            1 / (1 + np.exp(-np.clip(z, -500, 500)))
        ),
        "derivative returned": lambda z: (s := sigmoid_by_masks(z)) * (1 - s),
        "sign of z lost": lambda z: sigmoid_by_masks(-z),
    },
    "softmax": {
        "no single row": slip(softmax_of_rows, "axis=-1", "axis=1"),
        "overflow or underflow": slip(softmax_of_rows, " - z.max(axis=-1, keepdims=True)", ""),
        "normalised over samples": slip(softmax_of_rows, "axis=-1", "axis=0"),
        "normalised over everything": slip(softmax_of_rows, "axis=-1, keepdims=True", ""),
        "maximum of the whole array, beside which a row underflows to 0/0": slip(
            softmax_of_rows, "max(axis=-1, keepdims=True)", "max()"
        ),
        "the largest logit of another row subtracted": slip(
            softmax_of_rows, "max(axis=-1", "max(axis=0"
        ),
        "logits clipped, so that large ones become equal": slip(
            softmax_of_rows, "z - z.max(axis=-1, keepdims=True)", "np.clip(z, -700, 700)"
        ),
        "not divided by the sum": lambda z: np.exp(z),
        "logarithm returned": lambda z: np.log(softmax_of_rows(z)),
    },
    "cross_entropy": {
        "sum for mean": slip(entropy_by_log_softmax, ".sum(axis=1).mean()", ".sum()"),
        "gradient not divided by n_samples": slip(entropy_by_log_softmax, " / len(logits)", ""),
        "gradient divided by the number of all logits": slip(
            entropy_by_log_softmax, "len(logits)", "logits.size"
        ),
        "the columns of all labels picked in every row": slip(
            entropy_by_log_softmax, "(hot * logs).sum(axis=1)", "logs[:, labels]"
        ),
        "1 subtracted in every class": slip(entropy_by_log_softmax, "(logs) - hot", "(logs) - 1"),
        "the largest logit subtracted within the sum alone": slip(
            entropy_by_log_softmax, "hot * logs", "hot * (logits - total)"
        ),
        "p − y with the wrong sign": slip(
            entropy_by_log_softmax, "np.exp(logs) - hot", "hot - np.exp(logs)"
        ),
        "log of a zero": slip(entropy_by_log_softmax, "hot * logs", "hot * np.log(np.exp(logs))"),
        "overflow or underflow": slip(entropy_by_log_softmax, SHIFT, ""),
        "sign of the loss": slip(entropy_by_log_softmax, "return -", "return "),
        "softmax over samples": slip(
            entropy_by_log_softmax, "axis=1, keepdims=True", "axis=0, keepdims=True"
        ),
    },
    "with_sigmoids": {
        "the −1 of each tanh forgotten": slip(
            sigmoids_by_the_identity, " - w2 @ np.ones(len(b1))", ""
        ),
        "the 2 inside the sigmoid forgotten": slip(
            sigmoids_by_the_identity, "2 * w1, 2 * b1", "w1, b1"
        ),
    },
    "count_loss": {
        "slopes with the wrong sign": slip(counts_by_the_mean, ", m - y", ", y - m"),
        "slopes with respect to the mean, not to z": slip(
            counts_by_the_mean, ", m - y", ", 1 - y / m"
        ),
    },
    "learn_both": {
        "sum for mean": slip(both_together, ".mean()", ".sum()"),
        "with the gradient, not against it": slip(both_together, "- rate", "+ rate"),
        "the slope in b taken at the new weight": slip(
            both_together, TOGETHER, f"{STEP_OF_W}; {STEP_OF_B}"
        ),
    },
}
UNNAMED = {
    "learn_both": [
        slip(both_together, TOGETHER, f"{STEP_OF_B}; {STEP_OF_W}"),
        slip(both_together, "range(n_steps)", "range(min(n_steps, 100))"),
    ],
    "softmax": [slip(softmax_of_rows, "return powers", "return (1 - 1e-6) * powers")],
    "sigmoid": [
        lambda z: (1 + 1e-7) * sigmoid_by_masks(z),
        lambda z: np.maximum(sigmoid_by_masks(z), 1e-3),
        lambda z: np.where(z < -1, 1e-5, sigmoid_by_masks(z)),
        lambda z: np.where(abs(z) > 650, 0.5, sigmoid_by_masks(z)),
        lambda z: np.where(z < -50, sigmoid_by_masks(z) / 2, (1 + 1e-7) * sigmoid_by_masks(z)),
        lambda z: sigmoid_by_masks(z).ravel()[:1],
    ],
    "cross_entropy": [
        slip(entropy_by_log_softmax, "len(logits)", "logits.shape[1]"),
        slip(entropy_by_log_softmax, ".mean(), (", ".mean() + 1e-3, ("),
        slip(entropy_by_log_softmax, " / len(logits)", " / len(logits), 0.0"),
        slip(entropy_by_log_softmax, ".mean(), (", ".mean() + 1, 1e-4 + ("),
        lambda z, y: [a + (softmax_of_rows(z).min() < 1e-9) for a in entropy_by_log_softmax(z, y)],
    ],
    "with_sigmoids": [
        lambda *network: [
            a.astype(str).astype(object) for a in sigmoids_by_the_identity(*network)
        ],
        lambda *network: [a.astype(np.float16) for a in sigmoids_by_the_identity(*network)],
        lambda *network: [a + 0.001j for a in sigmoids_by_the_identity(*network)],
    ],
}
BEYOND = "overflow or underflow"
ALSO = [
    ("softmax", BEYOND, slip(softmax_of_rows, "z.max(axis=-1", "z.mean(axis=-1")),
    ("softmax", BEYOND, slip(softmax_of_rows, "z.max(axis=-1, keepdims=True)", "z[..., :1]")),
    ("softmax", BEYOND, slip(softmax_of_rows, "z.max(axis=-1", "np.median(z, axis=-1")),
    ("cross_entropy", BEYOND, slip(entropy_by_log_softmax, "s.max(axis=1", "s.mean(axis=1")),
    ("cross_entropy", BEYOND, slip(entropy_by_log_softmax, SHIFT, " - logits[:, -1:]")),
]
