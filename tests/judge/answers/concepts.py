import math

import numpy as np

# sigmoid


def sigmoid_by_masks(z):
    out = np.empty_like(z)
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    power = np.exp(z[~positive])
    out[~positive] = power / (1 + power)
    return out


def sigmoid_of_the_absolute_value(z):
    power = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, power) / (1 + power)


def sigmoid_by_logaddexp(z):
    return np.exp(-np.logaddexp(0, -z))


def sigmoid_number_by_number(z):
    def one(number):
        if number >= 0:
            return 1 / (1 + math.exp(-number))
        return math.exp(number) / (1 + math.exp(number))

    return np.array([one(number) for number in z.ravel()]).reshape(z.shape)


def sigmoid_clipped(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def sigmoid_as_printed(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_of_both_branches(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


def sigmoid_by_math(z):
    return np.vectorize(lambda number: 1 / (1 + math.exp(-number)))(z)


def sigmoid_of_the_power(z):
    return np.exp(z) / (np.exp(z) + 1)


def sigmoid_of_tanh(z):
    return (1 + np.tanh(z / 2)) / 2


def sigmoid_as_one_minus(z):
    right = 1 / (1 + np.exp(-np.abs(z)))
    return np.where(z >= 0, right, 1 - right)


def sigmoid_cut_off(z):
    return np.where(z < -30, 0.0, sigmoid_by_masks(z))


def sigmoid_derivative(z):
    s = sigmoid_by_masks(z)
    return s * (1 - s)


def sigmoid_derivative_of_powers(z):
    power = np.exp(-np.abs(z))
    return power / (1 + power) ** 2


# softmax


def softmax_of_rows(z):
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def softmax_by_logarithms(z, axis=-1):
    return np.exp(z - np.logaddexp.reduce(z, axis=axis, keepdims=True))


def softmax_of_lists(z):
    if z.ndim == 2:
        return [softmax_of_lists(row) for row in z]
    largest = max(z)
    powers = [math.exp(number - largest) for number in z]
    return [power / sum(powers) for power in powers]


def softmax_in_place_of_a_copy(z):
    z = np.atleast_2d(z) if (single := z.ndim == 1) else z.copy()
    z = z - z.max(axis=1)[:, None]
    np.exp(z, out=z)
    z /= z.sum(axis=1)[:, None]
    return z[0] if single else z


def softmax_transposed(z):
    shifted = (z.T - z.max(axis=-1)).T
    return (np.exp(shifted).T / np.exp(shifted).sum(axis=-1)).T


def softmax_as_printed(z):
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)


def softmax_as_printed_of_lists(z):
    rows = np.atleast_2d(z)
    return np.array([np.exp(row) / sum(np.exp(row)) for row in rows]).reshape(z.shape)


def softmax_over_samples(z):
    powers = np.exp(z - z.max(axis=0))
    return powers / powers.sum(axis=0)


def softmax_over_samples_stably(z):
    powers = np.exp(z - z.max())
    return powers / np.sum(powers, axis=0, keepdims=True)


def softmax_over_everything(z):
    powers = np.exp(z - np.max(z))
    return powers / np.sum(powers)


def softmax_over_everything_of_rows(z):
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum()


def softmax_of_the_global_maximum(z):
    powers = np.exp(z - np.max(z))
    return powers / powers.sum(axis=-1, keepdims=True)


def softmax_of_the_global_maximum_row_by_row(z):
    largest = z.max()
    rows = [np.exp(row - largest) / np.exp(row - largest).sum() for row in np.atleast_2d(z)]
    return np.array(rows).reshape(z.shape)


# cross_entropy


def entropy_by_log_softmax(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    n = len(labels)
    gradient = np.exp(logs)
    gradient[np.arange(n), labels] -= 1
    return -logs[np.arange(n), labels].mean(), gradient / n


def entropy_by_one_hot(logits, labels):
    hot = np.eye(logits.shape[1])[labels]
    normaliser = np.logaddexp.reduce(logits, axis=1)
    loss = np.mean(normaliser - (hot * logits).sum(axis=1))
    return loss, (np.exp(logits - normaliser[:, None]) - hot) / len(logits)


def entropy_of_lists(logits, labels):
    total, gradient = 0.0, []
    for row, label in zip(logits.tolist(), labels.tolist(), strict=True):
        largest = max(row)
        powers = [math.exp(number - largest) for number in row]
        total += largest + math.log(sum(powers)) - row[label]
        chances = [power / sum(powers) for power in powers]
        gradient.append([(p - (k == label)) / len(labels) for k, p in enumerate(chances)])
    return [total / len(labels), gradient]


def entropy_by_take(logits, labels, reduction="mean"):
    largest = logits.max(axis=-1)
    lse = largest + np.log(np.exp(logits - largest[:, None]).sum(axis=-1))
    chosen = np.take_along_axis(logits, labels[:, None], axis=1)[:, 0]
    probabilities = np.exp(logits - lse[:, None])
    np.put_along_axis(
        probabilities,
        labels[:, None],
        np.take_along_axis(probabilities, labels[:, None], 1) - 1,
        1,
    )
    return np.float64(sum(lse - chosen) / labels.size), probabilities / labels.size


def entropy_summed(logits, labels):
    loss, gradient = entropy_by_one_hot(logits, labels)
    return loss * len(labels), gradient * len(labels)


def entropy_summed_in_a_loop(logits, labels):
    loss = 0
    for row, label in zip(logits, labels, strict=True):
        loss += np.logaddexp.reduce(row) - row[label]
    return loss, entropy_by_one_hot(logits, labels)[1]


def entropy_of_an_undivided_gradient(logits, labels):
    loss, gradient = entropy_by_log_softmax(logits, labels)
    return loss, gradient * len(labels)


def entropy_of_an_undivided_difference(logits, labels):
    p = softmax_of_rows(logits)
    return entropy_by_one_hot(logits, labels)[0], p - np.eye(p.shape[1])[labels]


def entropy_of_truth_minus_prediction(logits, labels):
    p, hot = softmax_of_rows(logits), np.eye(logits.shape[1])[labels]
    return entropy_by_one_hot(logits, labels)[0], (hot - p) / len(p)


def entropy_with_plus_one(logits, labels):
    loss, gradient = entropy_by_log_softmax(logits, labels)
    return loss, -1 * gradient


def entropy_of_the_logarithm(logits, labels):
    p = softmax_of_rows(logits)
    loss = -np.mean(np.log(p[np.arange(len(p)), labels]))
    return loss, (p - np.eye(p.shape[1])[labels]) / len(p)


def entropy_with_a_small_number(logits, labels):
    p = softmax_of_rows(logits)
    loss = -np.mean(np.log(p[np.arange(len(p)), labels] + 1e-12))
    return loss, (p - np.eye(p.shape[1])[labels]) / len(p)


def entropy_of_one_hot_logarithms(logits, labels):
    p, hot = softmax_of_rows(logits), np.eye(logits.shape[1])[labels]
    return -(hot * np.log(p)).sum(axis=1).mean(), (p - hot) / len(p)


RIGHT = {
    "sigmoid": [
        sigmoid_by_masks,
        sigmoid_of_the_absolute_value,
        sigmoid_by_logaddexp,
        sigmoid_number_by_number,
        sigmoid_clipped,
    ],
    "softmax": [
        softmax_of_rows,
        softmax_by_logarithms,
        softmax_of_lists,
        softmax_in_place_of_a_copy,
        softmax_transposed,
    ],
    "cross_entropy": [
        entropy_by_log_softmax,
        entropy_by_one_hot,
        entropy_of_lists,
        entropy_by_take,
    ],
}
WRONG = {
    "sigmoid": {
        "overflow": [
            sigmoid_as_printed,
            sigmoid_of_both_branches,
            sigmoid_by_math,
            sigmoid_of_the_power,
        ],
        "zero where the true value is small but not zero": [
            sigmoid_of_tanh,
            sigmoid_as_one_minus,
            sigmoid_cut_off,
        ],
        "derivative returned": [sigmoid_derivative, sigmoid_derivative_of_powers],
    },
    "softmax": {
        "overflow": [softmax_as_printed, softmax_as_printed_of_lists],
        "normalised over samples": [softmax_over_samples, softmax_over_samples_stably],
        "normalised over everything": [softmax_over_everything, softmax_over_everything_of_rows],
        "maximum of the whole array, beside which a row underflows to 0/0": [
            softmax_of_the_global_maximum,
            softmax_of_the_global_maximum_row_by_row,
        ],
    },
    "cross_entropy": {
        "sum for mean": [entropy_summed, entropy_summed_in_a_loop],
        "gradient not divided by n_samples": [
            entropy_of_an_undivided_gradient,
            entropy_of_an_undivided_difference,
        ],
        "p − y with the wrong sign": [entropy_of_truth_minus_prediction, entropy_with_plus_one],
        "log of a zero": [
            entropy_of_the_logarithm,
            entropy_with_a_small_number,
            entropy_of_one_hot_logarithms,
        ],
    },
}
