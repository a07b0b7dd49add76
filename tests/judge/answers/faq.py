import math

import numpy as np

# soft_threshold


def soft_as_printed(w, threshold):
    return np.sign(w) * np.maximum(np.abs(w) - threshold, 0)


def soft_by_where(w, threshold):
    return np.where(w > threshold, w - threshold, np.where(w < -threshold, w + threshold, 0))


def soft_of_relus(w, threshold, axis=None):
    return np.maximum(w - threshold, 0) - np.maximum(-w - threshold, 0)


def soft_by_clipping(w, threshold):
    return w - np.clip(w, -threshold, threshold)


def soft_number_by_number(w, threshold):
    if isinstance(w, float):
        return math.copysign(max(abs(w) - threshold, 0.0), w)
    return (
        [soft_number_by_number(part, threshold) for part in w.tolist()]
        if w.ndim == 1
        else [soft_number_by_number(row, threshold) for row in w]
    )


def soft_but_hard(w, threshold):
    return np.where(np.abs(w) > threshold, w, 0)


def soft_but_hard_in_place(w, threshold):
    w = w.copy()
    w[abs(w) <= threshold] = 0
    return w


def soft_without_zeros(w, threshold):
    return w - threshold * np.sign(w)


def soft_that_turns_back(w, threshold):
    return np.sign(w) * np.abs(np.abs(w) - threshold)


def soft_without_sign(w, threshold):
    return np.maximum(np.abs(w) - threshold, 0)


def soft_of_positive_numbers(w, threshold):
    return np.where(w > threshold, w - threshold, 0.0)


# dropout


def dropped_by_comparison(h, keep_rate, rng):
    mask = rng.random(h.shape) < keep_rate
    return h * mask / keep_rate, mask


def dropped_by_where(h, keep_rate, rng):
    mask = rng.uniform(size=h.shape) <= keep_rate
    return [np.where(mask, h / keep_rate, 0), mask]


def dropped_by_binomial(h, keep_rate, rng, training=True):
    mask = rng.binomial(1, keep_rate, size=h.shape).astype(bool)
    out = h.copy()
    out[~mask] = 0
    out /= keep_rate
    return out, mask


def dropped_number_by_number(h, keep_rate, rng):
    mask = np.array([[rng.random() < keep_rate for _ in row] for row in h])
    return h * mask * (1 / keep_rate), mask


def dropped_by_choice(h, keep_rate, rng):
    mask = rng.choice([True, False], p=[keep_rate, 1 - keep_rate], size=h.shape)
    return np.multiply(h, mask) / keep_rate, mask


def dropped_only(h, keep_rate, rng):
    mask = rng.random(h.shape) < keep_rate
    return h * mask, mask


def dropped_and_shrunk(h, keep_rate, rng):
    mask = rng.random(h.shape) < keep_rate
    return np.where(mask, h, 0), mask


def dropped_for_all(h, keep_rate, rng):
    mask = rng.random(h.shape[1]) < keep_rate
    return h * mask / keep_rate, mask


def dropped_for_all_and_repeated(h, keep_rate, rng):
    mask = np.tile(rng.random(h.shape[1]) < keep_rate, (len(h), 1))
    return h * mask / keep_rate, mask


def dropped_at_the_keep_rate(h, keep_rate, rng):
    mask = rng.random(h.shape) > keep_rate
    return h * mask / keep_rate, mask


def dropped_at_the_keep_rate_and_rescaled(h, keep_rate, rng):
    mask = rng.random(h.shape) >= keep_rate
    return h * mask / (1 - keep_rate), mask


# stop_early


def stopped_in_a_loop(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return best, epoch


def stopped_by_waiting(losses, patience):
    lowest, best, waited = float("inf"), 0, 0
    for epoch, loss in enumerate(losses):
        if loss < lowest:
            lowest, best, waited = loss, epoch, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(losses) - 1


def stopped_by_prefixes(losses, patience):
    for epoch in range(len(losses)):
        best = int(np.argmin(losses[: epoch + 1]))
        if epoch == best + patience:
            return best, epoch
    return int(np.argmin(losses)), len(losses) - 1


def stopped_by_arrays(losses, patience, verbose=False):
    lowest = np.minimum.accumulate(losses)
    best = np.array([np.argmax(losses == low) for low in lowest])
    ends = np.flatnonzero(np.arange(len(losses)) - best >= patience)
    last = ends[0] if len(ends) else len(losses) - 1
    return np.array([best[last], last])


def stopped_one_late(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        if epoch - best > patience:
            return best, epoch
    return best, len(losses) - 1


def stopped_counting_from_one(losses, patience):
    best, stopped = stopped_in_a_loop(losses, patience)
    return best + 1, stopped + 1


def stopped_after_the_patience(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        waited = waited + 1
        if losses[epoch] < losses[best]:
            best = epoch
        if waited >= patience:
            return best, epoch
    return best, len(losses) - 1


def stopped_at_the_epoch_of_the_patience(losses, patience):
    stopped = min(patience, len(losses) - 1)
    return int(np.argmin(losses[: stopped + 1])), stopped


def stopped_with_ties(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] <= losses[best]:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1


def stopped_with_ties_by_waiting(losses, patience):
    lowest, best, waited = losses[0], 0, 0
    for epoch, loss in enumerate(losses[1:], start=1):
        waited = 0 if loss <= lowest else waited + 1
        if loss <= lowest:
            lowest, best = loss, epoch
        if waited >= patience:
            return best, epoch
    return best, len(losses) - 1


RIGHT = {
    "soft_threshold": [
        soft_as_printed,
        soft_by_where,
        soft_of_relus,
        soft_by_clipping,
        soft_number_by_number,
    ],
    "dropout": [
        dropped_by_comparison,
        dropped_by_where,
        dropped_by_binomial,
        dropped_number_by_number,
        dropped_by_choice,
    ],
    "stop_early": [
        stopped_in_a_loop,
        stopped_by_waiting,
        stopped_by_prefixes,
        stopped_by_arrays,
    ],
}
WRONG = {
    "soft_threshold": {
        "hard threshold": [soft_but_hard, soft_but_hard_in_place],
        "no zero region": [soft_without_zeros, soft_that_turns_back],
        "sign lost": [soft_without_sign, soft_of_positive_numbers],
    },
    "dropout": {
        "not rescaled": [dropped_only, dropped_and_shrunk],
        "one mask for all samples": [dropped_for_all, dropped_for_all_and_repeated],
        "drop rate for keep rate": [
            dropped_at_the_keep_rate,
            dropped_at_the_keep_rate_and_rescaled,
        ],
    },
    "stop_early": {
        "off by one": [stopped_one_late, stopped_counting_from_one],
        "patience counted from the start": [
            stopped_after_the_patience,
            stopped_at_the_epoch_of_the_patience,
        ],
        "a tie counted as better": [stopped_with_ties, stopped_with_ties_by_waiting],
    },
}
