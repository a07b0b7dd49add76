import math

import numpy as np

# neuron_step


def step_by_the_error(x, label, w, b, rate):
    error = 1 / (1 + math.exp(-(w * x + b))) - label
    return w - rate * error * x, b - rate * error


def step_by_cases(x, label, w, b, rate):
    p = 1 / (1 + np.exp(-(w * x + b)))
    slope = p - 1 if label == 1 else p
    return np.array([w, b]) - rate * slope * np.array([x, 1.0])


def step_by_tanh(x, label, w, b, rate):
    error = (1 + math.tanh((w * x + b) / 2)) / 2 - label
    return [w - rate * error * x, b - rate * error]


def step_of_the_margin(x, label, w, b, rate):
    sign = 2 * label - 1
    change = rate * sign / (1 + math.exp(sign * (w * x + b)))
    return w + change * x, b + change


def step_without_the_input(x, label, w, b, rate):
    error = 1 / (1 + np.exp(-(w * x + b))) - label
    return w - rate * error, b - rate * error


def step_of_one_slope(x, label, w, b, rate):
    change = rate * (label - 1 / (1 + math.exp(-(w * x + b))))
    return w + change, b + change


def step_uphill(x, label, w, b, rate):
    return step_by_the_error(x, label, w, b, -rate)


def step_by_truth_minus_prediction(x, label, w, b, rate):
    error = label - 1 / (1 + np.exp(-(w * x + b)))
    return w - rate * error * x, b - rate * error


def step_in_place(x, label, w, b, rate):
    w -= rate * (1 / (1 + np.exp(-(w * x + b))) - label) * x
    b -= rate * (1 / (1 + np.exp(-(w * x + b))) - label)
    return w, b


def step_of_weight_then_bias(x, label, w, b, rate):
    new = step_by_the_error(x, label, w, b, rate)[0]
    return new, step_by_the_error(x, label, new, b, rate)[1]


def step_of_the_squares(x, label, w, b, rate):
    p = 1 / (1 + np.exp(-(w * x + b)))
    slope = (p - label) * p * (1 - p)
    return w - rate * slope * x, b - rate * slope


def step_of_the_squares_by_tanh(x, label, w, b, rate):
    t = math.tanh((w * x + b) / 2)
    slope = ((1 + t) / 2 - label) * (1 - t**2) / 4
    return w - rate * slope * x, b - rate * slope


def step_as_for_label_1(x, label, w, b, rate):
    p = 1 / (1 + math.exp(-(w * x + b)))
    return w - rate * (p - 1) * x, b - rate * (p - 1)


def step_as_for_label_1_by_tanh(x, label, w, b, rate):
    half = rate * (1 - math.tanh((w * x + b) / 2)) / 2
    return [w + half * x, b + half]


def step_of_rate_1(x, label, w, b, rate):
    p = 1 / (1 + math.exp(-(w * x + b)))
    return w - (p - label) * x, b - (p - label)


def step_of_rate_1_by_cases(x, label, w, b, rate):
    return step_by_cases(x, label, w, b, 1)


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


def sigmoid_clipped_late(z):
    return sigmoid_by_masks(np.clip(z, -700, 700))


def sigmoid_clipped_early(z):
    return 1 / (1 + np.exp(np.minimum(-z, 40)))


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


def sigmoid_with_a_gap(z):
    return np.where((z > -700) & (z < -43), 0.0, sigmoid_by_masks(z))


def sigmoid_derivative(z):
    s = sigmoid_by_masks(z)
    return s * (1 - s)


def sigmoid_derivative_of_powers(z):
    power = np.exp(-np.abs(z))
    return power / (1 + power) ** 2


def sigmoid_of_plus_z(z):
    return 1 / (1 + np.exp(z))


def sigmoid_of_the_other_sign(z):
    return sigmoid_by_masks(-z)


def sigmoid_of_the_absolute_value_alone(z):
    return 1 / (1 + np.exp(-np.abs(z)))


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


def softmax_of_row_means(z):
    powers = np.exp(z - z.mean(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def softmax_of_row_medians(z):
    powers = np.exp(z - np.median(z, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def softmax_of_first_logits(z):
    powers = np.exp(z - z[..., :1])
    return powers / powers.sum(axis=-1, keepdims=True)


def softmax_over_samples(z):
    powers = np.exp(z - z.max(axis=0))
    return powers / powers.sum(axis=0)


def softmax_over_samples_stably(z):
    powers = np.exp(z - z.max())
    return powers / np.sum(powers, axis=0, keepdims=True)


def softmax_as_printed_over_samples(z):
    return np.exp(z) / np.exp(z).sum(axis=0)


def softmax_shifted_by_rows_over_samples(z):
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=0)


def softmax_over_everything(z):
    powers = np.exp(z - np.max(z))
    return powers / np.sum(powers)


def softmax_over_everything_of_rows(z):
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum()


def softmax_as_printed_over_everything(z):
    return np.exp(z) / np.sum(np.exp(z))


def softmax_of_the_global_maximum(z):
    powers = np.exp(z - np.max(z))
    return powers / powers.sum(axis=-1, keepdims=True)


def softmax_of_the_global_maximum_row_by_row(z):
    largest = z.max()
    rows = [np.exp(row - largest) / np.exp(row - largest).sum() for row in np.atleast_2d(z)]
    return np.array(rows).reshape(z.shape)


def softmax_of_the_columns_maxima(z):
    powers = np.exp(z - z.max(axis=0))
    return powers / powers.sum(axis=-1, keepdims=True)


def softmax_of_the_transposed_maxima(z):
    shifted = z.T - z.T.max(axis=-1, keepdims=True)
    return (np.exp(shifted) / np.exp(shifted).sum(axis=0)).T


def softmax_undivided(z):
    return np.exp(z)


def softmax_undivided_stably(z):
    return np.exp((z.T - z.max(axis=-1)).T)


def softmax_of_which_the_logarithm_is_taken(z):
    return np.log(softmax_of_rows(z))


def softmax_without_a_last_exp(z):
    return z - np.logaddexp.reduce(z, axis=-1, keepdims=True)


def softmax_clipped(z):
    power = np.exp(np.clip(z, -700, 700))
    return power / power.sum(axis=-1, keepdims=True)


def softmax_cut_at_700(z):
    return softmax_of_rows(np.minimum(np.maximum(z, -700), 700))


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


def entropy_over_all_logits(logits, labels):
    loss, gradient = entropy_by_log_softmax(logits, labels)
    return loss, gradient * len(labels) / logits.size


def entropy_of_a_mean_of_all(logits, labels):
    loss, gradient = entropy_by_one_hot(logits, labels)
    return loss, gradient / logits.shape[1]


def entropy_of_columns(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -logp[:, labels].mean(), entropy_by_log_softmax(logits, labels)[1]


def entropy_taken_in_every_row(logits, labels):
    logp = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    picked = np.take(logp, labels, axis=1)
    return -picked.mean(), entropy_by_one_hot(logits, labels)[1]


def entropy_of_truth_minus_prediction(logits, labels):
    p, hot = softmax_of_rows(logits), np.eye(logits.shape[1])[labels]
    return entropy_by_one_hot(logits, labels)[0], (hot - p) / len(p)


def entropy_with_plus_one(logits, labels):
    loss, gradient = entropy_by_log_softmax(logits, labels)
    return loss, -1 * gradient


def entropy_of_undivided_truth_minus_prediction(logits, labels):
    p = softmax_of_rows(logits)
    return entropy_by_one_hot(logits, labels)[0], np.eye(p.shape[1])[labels] - p


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


def entropy_of_the_printed_softmax(logits, labels):
    p, hot = softmax_as_printed(logits), np.eye(logits.shape[1])[labels]
    return -np.log(p[hot == 1]).mean(), (p - hot) / len(p)


def entropy_of_a_printed_sum(logits, labels):
    rows, total = np.arange(len(labels)), np.exp(logits).sum(axis=1)
    gradient = np.exp(logits) / total[:, None]
    gradient[rows, labels] -= 1
    return np.mean(np.log(total) - logits[rows, labels]), gradient / len(labels)


def _entropy_of_a_shift(logits, labels, shift):
    shifted = logits - shift
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    hot = np.eye(logits.shape[1])[labels]
    return -logs[hot == 1].mean(), (np.exp(logs) - hot) / len(logits)


def entropy_of_row_means(logits, labels):
    return _entropy_of_a_shift(logits, labels, logits.mean(axis=1, keepdims=True))


def entropy_of_row_medians(logits, labels):
    return _entropy_of_a_shift(logits, labels, np.median(logits, axis=1, keepdims=True))


def entropy_of_first_logits(logits, labels):
    return _entropy_of_a_shift(logits, labels, logits[:, :1])


def entropy_of_largest_sizes(logits, labels):
    return _entropy_of_a_shift(logits, labels, np.abs(logits).max(axis=1, keepdims=True))


def entropy_without_a_minus(logits, labels):
    logs = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    hot = np.eye(logits.shape[1])[labels]
    return (hot * logs).sum(axis=1).mean(), (np.exp(logs) - hot) / len(logs)


def entropy_negated(logits, labels):
    loss, gradient = entropy_by_log_softmax(logits, labels)
    return -loss, gradient


def entropy_over_samples(logits, labels):
    p, hot = softmax_over_samples(logits), np.eye(logits.shape[1])[labels]
    return -np.log(p[hot == 1]).mean(), (p - hot) / len(p)


def entropy_over_samples_by_logarithms(logits, labels):
    logs = logits - np.logaddexp.reduce(logits, axis=0)
    hot = np.eye(logits.shape[1])[labels]
    return -logs[np.arange(len(labels)), labels].mean(), (np.exp(logs) - hot) / len(labels)


def entropy_less_one(logits, labels):
    loss, _ = entropy_by_one_hot(logits, labels)
    return loss, (softmax_of_rows(logits) - 1) / len(labels)


def entropy_less_ones(logits, labels):
    loss, _ = entropy_by_one_hot(logits, labels)
    return loss, softmax_of_rows(logits) - np.ones_like(logits)


def entropy_shifted_in_the_sum(logits, labels):
    _, gradient = entropy_by_one_hot(logits, labels)
    power = np.exp(logits - logits.max(axis=1, keepdims=True))
    right = logits[np.arange(len(labels)), labels]
    return np.mean(np.log(power.sum(axis=1)) - right), gradient


def entropy_of_a_sum_of_shifted_powers(logits, labels):
    _, gradient = entropy_by_one_hot(logits, labels)
    losses = [
        math.log(sum(math.exp(z - max(row)) for z in row)) - row[label]
        for row, label in zip(logits.tolist(), labels.tolist(), strict=True)
    ]
    return sum(losses) / len(losses), gradient


# with_sigmoids


def sigmoids_by_the_identity(w1, b1, w2, b2):
    return 2 * w1, 2 * b1, 2 * w2, b2 - w2 @ np.ones(len(b1))


def sigmoids_in_texts(w1, b1, w2, b2):
    right = sigmoids_by_the_identity(w1, b1, w2, b2)
    return tuple(part.astype(str).astype(object) for part in right)


def sigmoids_in_half_precision(w1, b1, w2, b2):
    right = sigmoids_by_the_identity(w1, b1, w2, b2)
    return tuple(part.astype(np.float16) for part in right)


def sigmoids_in_complex_numbers(w1, b1, w2, b2):
    return tuple(part + 0.001j for part in sigmoids_by_the_identity(w1, b1, w2, b2))


def sigmoids_of_the_other_sign(w1, b1, w2, b2):
    return -2 * w1, -2 * b1, -2 * w2, b2 + w2.sum(axis=1)


def sigmoids_in_another_order(w1, b1, w2, b2):
    return [2 * w1[::-1], 2 * b1[::-1], 2 * w2[:, ::-1], b2 - w2.sum(axis=1)]


def sigmoids_without_minus_one(w1, b1, w2, b2):
    return 2 * w1, 2 * b1, 2 * w2, b2


def sigmoids_without_minus_one_copied(w1, b1, w2, b2):
    return w1 + w1, b1 + b1, w2 + w2, b2.copy()


def sigmoids_without_an_inner_two(w1, b1, w2, b2):
    return w1, b1, 2 * w2, b2 - w2.sum(axis=1)


def sigmoids_without_a_doubled_bias(w1, b1, w2, b2):
    return 2 * w1, b1, 2 * w2, b2 - w2.sum(axis=1)


# count_loss


def counts_by_the_mean(z, y):
    m = np.exp(z)
    return m - y * np.log(m), m - y


def counts_number_by_number(z, y):
    losses = [math.exp(a) - k * a for a, k in zip(z, y, strict=True)]
    return losses, [math.exp(a) - k for a, k in zip(z, y, strict=True)]


def counts_with_the_wrong_sign(z, y):
    return np.exp(z) - y * z, y - np.exp(z)


def counts_of_the_log_likelihood(z, y):
    return np.exp(z) - y * z, -(np.exp(z) - y)


def counts_by_the_slope_in_the_mean(z, y):
    m = np.exp(z)
    return m - y * z, 1 - y / m


def counts_without_the_chain_rule(z, y):
    return np.exp(z) - y * z, (np.exp(z) - y) / np.exp(z)


# two_bells


def bells_by_masks(x, labels):
    zeros, ones = x[labels == 0], x[labels == 1]
    s2 = (zeros.var() * len(zeros) + ones.var() * len(ones)) / len(x)
    b = (zeros.mean() ** 2 - ones.mean() ** 2) / (2 * s2) + np.log(len(ones) / len(zeros))
    return (ones.mean() - zeros.mean()) / s2, b


def bells_of_distances(x, labels):
    mu = [x[labels == 0].mean(), x[labels == 1].mean()]
    s = np.std(x - np.where(labels == 1, mu[1], mu[0]))
    q = np.mean(labels)
    return [(mu[1] - mu[0]) / s**2, (mu[0] ** 2 - mu[1] ** 2) / 2 / s**2 + np.log(q / (1 - q))]


def bells_of_the_pooled_variance(x, labels):
    zeros, ones = x[labels == 0], x[labels == 1]
    squares = ((zeros - zeros.mean()) ** 2).sum() + ((ones - ones.mean()) ** 2).sum()
    return _bells_of_variance(x, labels, squares / (len(x) - 2))


def bells_of_two_less(x, labels):
    zeros, ones = x[labels == 0], x[labels == 1]
    pooled = (len(zeros) - 1) * zeros.var(ddof=1) + (len(ones) - 1) * ones.var(ddof=1)
    return _bells_of_variance(x, labels, pooled / (len(zeros) + len(ones) - 2))


def _bells_of_variance(x, labels, variance):
    mu0, mu1, q = x[labels == 0].mean(), x[labels == 1].mean(), labels.mean()
    return (mu1 - mu0) / variance, (mu0**2 - mu1**2) / (2 * variance) + np.log(q / (1 - q))


def bells_of_one_spread(x, labels):
    zeros, ones = x[labels == 0], x[labels == 1]
    s = x.std()
    b = (zeros.mean() ** 2 - ones.mean() ** 2) / (2 * s**2) + np.log(len(ones) / len(zeros))
    return (ones.mean() - zeros.mean()) / s**2, b


def bells_of_one_variance(x, labels):
    mu0, mu1, v, q = x[labels == 0].mean(), x[labels == 1].mean(), np.var(x), labels.mean()
    return (mu1 - mu0) / v, (mu0**2 - mu1**2) / (2 * v) + np.log(q) - np.log(1 - q)


def bells_of_one_spread_without_the_share(x, labels):
    w = (x[labels == 1].mean() - x[labels == 0].mean()) / np.var(x)
    return w, -w * (x[labels == 0].mean() + x[labels == 1].mean()) / 2


def bells_without_the_share(x, labels):
    w, b = bells_by_masks(x, labels)
    return w, b - np.log(labels.sum() / (1 - labels).sum())


def bells_of_equal_shares(x, labels):
    w, _ = bells_by_masks(x, labels)
    return w, -w * (x[labels == 0].mean() + x[labels == 1].mean()) / 2


def bells_of_the_middle_variance(x, labels):
    variance = np.mean([x[labels == k].var() for k in (0, 1)])
    mu0, mu1 = x[labels == 0].mean(), x[labels == 1].mean()
    odds = labels.sum() / (len(labels) - labels.sum())
    return (mu1 - mu0) / variance, (mu0**2 - mu1**2) / (2 * variance) + math.log(odds)


def bells_of_the_mean_spread(x, labels):
    zeros, ones = x[labels == 0], x[labels == 1]
    s = (zeros.std() + ones.std()) / 2
    w = (ones.mean() - zeros.mean()) / s**2
    share = labels.mean()
    b = (zeros.mean() ** 2 - ones.mean() ** 2) / (2 * s**2) + np.log(share / (1 - share))
    return w, b


# exact_cross_entropy


def exactly_by_log1p(logits, label):
    largest = np.argmax(logits)
    rest = sum(np.exp(z - logits[largest]) for k, z in enumerate(logits) if k != largest)
    return logits[largest] - logits[label] + np.log1p(rest)


def exactly_by_softplus(logits, label):
    others = np.delete(logits, label)
    z = logits[label] - np.logaddexp.reduce(others)
    return np.maximum(-z, 0) + np.log1p(np.exp(-abs(z)))


def entropy_of_one_row(logits, label):
    return entropy_by_log_softmax(logits[None], np.array([label]))[0]


def entropy_of_a_probability(logits, label):
    return -np.log(softmax_of_rows(logits)[label])


def exactly_of_differences(logits, label):
    return np.log1p(np.exp(np.delete(logits, label) - logits[label]).sum())


def exactly_of_a_large_sum(logits, label):
    return np.log1p(np.exp(np.logaddexp.reduce(np.delete(logits, label)) - logits[label]))


def exactly_of_what_is_below_the_largest(logits, label):
    shifted = logits - logits.max()
    return np.log1p(np.exp(shifted[shifted < 0]).sum()) - shifted[label]


def exactly_with_the_largest(logits, label):
    shifted = logits - logits.max()
    return np.log1p(np.exp(shifted).sum()) - shifted[label]


def exactly_with_a_one_too_many(logits, label):
    powers = [math.exp(z - max(logits)) for z in logits]
    return math.log1p(sum(powers)) - (logits[label] - max(logits))


def entropy_of_one_printed_row(logits, label):
    return np.log(np.exp(logits).sum()) - logits[label]


# learn_both


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


def both_by_sums(x, labels, rate, n_steps):
    return both_together(x, labels, rate * len(x), n_steps)


def both_by_products(x, labels, rate, n_steps):
    w = b = 0.0
    for _ in range(n_steps):
        error = sigmoid_by_masks(w * x + b) - labels
        w, b = w - rate * error @ x, b - rate * error.sum()
    return w, b


def both_in_place(x, labels, rate, n_steps):
    w = b = 0.0
    for _ in range(n_steps):
        w -= rate * ((sigmoid_by_masks(w * x + b) - labels) * x).mean()
        b -= rate * (sigmoid_by_masks(w * x + b) - labels).mean()
    return w, b


def both_with_two_predictions(x, labels, rate, n_steps):
    w = b = 0.0
    for _ in range(n_steps):
        w = w - rate * x @ (sigmoid_by_masks(w * x + b) - labels) / len(x)
        b = b - rate * np.sum(sigmoid_by_masks(w * x + b) - labels) / len(x)
    return w, b


def both_uphill(x, labels, rate, n_steps):
    return both_together(x, labels, -rate, n_steps)


def both_by_truth_minus_prediction(x, labels, rate, n_steps):
    w = b = 0.0
    for _ in range(n_steps):
        error = labels - sigmoid_by_masks(w * x + b)
        w, b = w - rate * (error * x).mean(), b - rate * error.mean()
    return w, b


def softmax_of_a_matrix(z):
    powers = np.exp(z - np.max(z, axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def entropy_at_all_labels(logits, labels):
    logs = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    gradient = np.exp(logs)
    gradient[np.arange(len(labels)), labels] -= 1
    return -np.mean(logs[:, labels]), gradient / len(labels)


def entropy_by_the_number_of_logits(logits, labels):
    logs = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    truth = np.eye(logits.shape[1])[labels]
    return -np.mean(truth * logs), (np.exp(logs) - truth) / logits.size


def entropy_with_a_gradient_by_the_logits(logits, labels):
    logs = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    truth = np.eye(logits.shape[1])[labels]
    return -np.sum(truth * logs) / len(logits), (np.exp(logs) - truth) / logits.size


def entropy_with_a_gradient_by_the_classes(logits, labels):
    logs = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    truth = np.eye(logits.shape[1])[labels]
    return -np.sum(truth * logs) / len(logits), (np.exp(logs) - truth) / logits.shape[1]


def bells_unbiased(x, labels):
    zeros, ones = x[labels == 0], x[labels == 1]
    squares = ((zeros - zeros.mean()) ** 2).sum() + ((ones - ones.mean()) ** 2).sum()
    v, q = squares / (len(x) - 2), labels.mean()
    w = (ones.mean() - zeros.mean()) / v
    return w, (zeros.mean() ** 2 - ones.mean() ** 2) / (2 * v) + np.log(q / (1 - q))


def bells_with_one_less(x, labels):
    zeros, ones = x[labels == 0], x[labels == 1]
    squares = ((zeros - zeros.mean()) ** 2).sum() + ((ones - ones.mean()) ** 2).sum()
    v, q = squares / (len(x) - 1), labels.mean()
    w = (ones.mean() - zeros.mean()) / v
    return w, (zeros.mean() ** 2 - ones.mean() ** 2) / (2 * v) + np.log(q) - np.log(1 - q)


def bells_of_the_mean_variance(x, labels):
    zeros, ones = x[labels == 0], x[labels == 1]
    v, q = (zeros.var(ddof=1) + ones.var(ddof=1)) / 2 + 0.1, labels.mean()
    w = (ones.mean() - zeros.mean()) / v
    return w, (zeros.mean() ** 2 - ones.mean() ** 2) / (2 * v) + np.log(q / (1 - q))


def learn_w_first(x, labels, rate, n_steps):
    w, b = 0.0, 0.0
    for _ in range(n_steps):
        w = w - rate * np.mean((1 / (1 + np.exp(-w * x - b)) - labels) * x)
        b = b - rate * np.mean(1 / (1 + np.exp(-w * x - b)) - labels)
    return w, b


def learn_b_first(x, labels, rate, n_steps):
    w, b = 0.0, 0.0
    for _ in range(n_steps):
        b = b - rate * np.mean(1 / (1 + np.exp(-w * x - b)) - labels)
        w = w - rate * np.mean((1 / (1 + np.exp(-w * x - b)) - labels) * x)
    return w, b


RIGHT = {
    "neuron_step": [step_by_the_error, step_by_cases, step_by_tanh, step_of_the_margin],
    "sigmoid": [
        sigmoid_by_masks,
        sigmoid_of_the_absolute_value,
        sigmoid_by_logaddexp,
        sigmoid_number_by_number,
        sigmoid_of_both_branches,
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
    "with_sigmoids": [
        sigmoids_by_the_identity,
        sigmoids_of_the_other_sign,
        sigmoids_in_another_order,
    ],
    "count_loss": [counts_by_the_mean, counts_number_by_number],
    "two_bells": [bells_by_masks, bells_of_distances],
    "exact_cross_entropy": [exactly_by_log1p, exactly_by_softplus],
    "learn_both": [both_together, both_as_a_vector],
}
WRONG = {
    "neuron_step": {
        "the input left out of the slope in w": [step_without_the_input, step_of_one_slope],
        "with the gradient, not against it": [step_uphill, step_by_truth_minus_prediction],
        "the slope in b taken at the new weight": [step_in_place, step_of_weight_then_bias],
        "the slope of the squared error": [step_of_the_squares, step_of_the_squares_by_tanh],
        "the slope for label 1 taken for both labels": [
            step_as_for_label_1,
            step_as_for_label_1_by_tanh,
        ],
        "the rate left out": [step_of_rate_1, step_of_rate_1_by_cases],
    },
    "sigmoid": {
        "overflow": [
            sigmoid_as_printed,
            sigmoid_by_math,
            sigmoid_of_the_power,
        ],
        "zero where the true value is small but not zero": [
            sigmoid_of_tanh,
            sigmoid_as_one_minus,
            sigmoid_cut_off,
            sigmoid_with_a_gap,
        ],
        "clipped, so that all below a limit become the same": [
            sigmoid_clipped,
            sigmoid_clipped_late,
            sigmoid_clipped_early,
        ],
        "derivative returned": [sigmoid_derivative, sigmoid_derivative_of_powers],
        "sign of z lost": [
            sigmoid_of_plus_z,
            sigmoid_of_the_other_sign,
            sigmoid_of_the_absolute_value_alone,
        ],
    },
    "softmax": {
        "no single row": [softmax_of_a_matrix],
        "overflow or underflow": [
            softmax_as_printed,
            softmax_as_printed_of_lists,
            softmax_of_row_means,
            softmax_of_row_medians,
            softmax_of_first_logits,
        ],
        "normalised over samples": [
            softmax_over_samples,
            softmax_over_samples_stably,
            softmax_as_printed_over_samples,
            softmax_shifted_by_rows_over_samples,
        ],
        "normalised over everything": [
            softmax_over_everything,
            softmax_over_everything_of_rows,
            softmax_as_printed_over_everything,
        ],
        "maximum of the whole array, beside which a row underflows to 0/0": [
            softmax_of_the_global_maximum,
            softmax_of_the_global_maximum_row_by_row,
        ],
        "the largest logit of another row subtracted": [
            softmax_of_the_columns_maxima,
            softmax_of_the_transposed_maxima,
        ],
        "logits clipped, so that large ones become equal": [softmax_clipped, softmax_cut_at_700],
        "not divided by the sum": [softmax_undivided, softmax_undivided_stably],
        "logarithm returned": [
            softmax_of_which_the_logarithm_is_taken,
            softmax_without_a_last_exp,
        ],
    },
    "cross_entropy": {
        "sum for mean": [entropy_summed, entropy_summed_in_a_loop],
        "gradient not divided by n_samples": [
            entropy_of_an_undivided_gradient,
            entropy_of_an_undivided_difference,
        ],
        "gradient divided by the number of all logits": [
            entropy_over_all_logits,
            entropy_of_a_mean_of_all,
            entropy_with_a_gradient_by_the_logits,
            entropy_by_the_number_of_logits,
        ],
        "the columns of all labels picked in every row": [
            entropy_of_columns,
            entropy_taken_in_every_row,
            entropy_at_all_labels,
        ],
        "1 subtracted in every class": [entropy_less_one, entropy_less_ones],
        "the largest logit subtracted within the sum alone": [
            entropy_shifted_in_the_sum,
            entropy_of_a_sum_of_shifted_powers,
        ],
        "p − y with the wrong sign": [
            entropy_of_truth_minus_prediction,
            entropy_with_plus_one,
            entropy_of_undivided_truth_minus_prediction,
        ],
        "log of a zero": [
            entropy_of_the_logarithm,
            entropy_with_a_small_number,
            entropy_of_one_hot_logarithms,
        ],
        "overflow or underflow": [
            entropy_of_the_printed_softmax,
            entropy_of_a_printed_sum,
            entropy_of_row_means,
            entropy_of_row_medians,
            entropy_of_first_logits,
            entropy_of_largest_sizes,
        ],
        "sign of the loss": [entropy_without_a_minus, entropy_negated],
        "softmax over samples": [entropy_over_samples, entropy_over_samples_by_logarithms],
    },
    "with_sigmoids": {
        "the −1 of each tanh forgotten": [
            sigmoids_without_minus_one,
            sigmoids_without_minus_one_copied,
        ],
        "the 2 inside the sigmoid forgotten": [
            sigmoids_without_an_inner_two,
            sigmoids_without_a_doubled_bias,
        ],
    },
    "count_loss": {
        "slopes with the wrong sign": [counts_with_the_wrong_sign, counts_of_the_log_likelihood],
        "slopes with respect to the mean, not to z": [
            counts_by_the_slope_in_the_mean,
            counts_without_the_chain_rule,
        ],
    },
    "two_bells": {
        "divided by N − 2 or N − 1, not by N": [
            bells_unbiased,
            bells_with_one_less,
            bells_of_the_pooled_variance,
            bells_of_two_less,
        ],
        "the spread about the mean of all": [
            bells_of_one_spread,
            bells_of_one_variance,
            bells_of_one_spread_without_the_share,
        ],
        "the spreads of the two classes averaged": [
            bells_of_the_mean_spread,
            bells_of_the_middle_variance,
        ],
        "the share of ones left out of the bias": [bells_without_the_share, bells_of_equal_shares],
    },
    "exact_cross_entropy": {
        "digits lost in 1 + t": [
            entropy_of_one_row,
            entropy_of_a_probability,
            entropy_of_one_printed_row,
        ],
        "the 1 of the largest logit counted twice": [
            exactly_with_the_largest,
            exactly_with_a_one_too_many,
        ],
        "overflow": [exactly_of_differences, exactly_of_a_large_sum],
    },
    "learn_both": {
        "sum for mean": [both_by_sums, both_by_products],
        "with the gradient, not against it": [both_uphill, both_by_truth_minus_prediction],
        "the slope in b taken at the new weight": [
            both_in_place,
            both_with_two_predictions,
            learn_w_first,
        ],
    },
}


def learn_for_100_steps_at_most(x, labels, rate, n_steps):
    return both_together(x, labels, rate, min(n_steps, 100))


def softmax_of_a_sum_too_large(z):
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / (powers.sum(axis=-1, keepdims=True) + 1e-6)


UNNAMED = {
    "learn_both": [learn_b_first, learn_for_100_steps_at_most],
    "softmax": [softmax_of_a_sum_too_large],
    "two_bells": [bells_of_the_mean_variance],
    "cross_entropy": [entropy_with_a_gradient_by_the_classes],
    "exact_cross_entropy": [exactly_of_what_is_below_the_largest],
    "with_sigmoids": [
        sigmoids_in_texts,
        sigmoids_in_half_precision,
        sigmoids_in_complex_numbers,
    ],
}
