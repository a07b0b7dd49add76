import math

import numpy as np

from mathdl.faq import fit_weights
from tests.judge.slips import slip


def soft_as_printed(w, threshold):
    return np.sign(w) * np.maximum(np.abs(w) - threshold, 0)


def soft_number_by_number(w, threshold, axis=None):
    if np.ndim(w) > 0:
        return [soft_number_by_number(part, threshold) for part in w]
    return math.copysign(max(abs(w) - threshold, 0.0), w)


def dropped_by_comparison(h, keep_rate, rng):
    mask = rng.random(h.shape) < keep_rate
    return h * mask / keep_rate, mask


def dropped_by_zeros_and_ones(h, keep_rate, rng, training=True):
    mask = rng.binomial(1, keep_rate, size=h.shape)
    return [h * mask / keep_rate, mask]


def stopped_in_a_loop(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return best, epoch


def stopped_by_arrays(losses, patience, verbose=False):
    lowest = np.minimum.accumulate(losses)
    best = np.array([np.argmax(losses == low) for low in lowest])
    ends = np.flatnonzero(np.arange(len(losses)) - best >= patience)
    last = ends[0] if len(ends) else len(losses) - 1
    return np.array([best[last], last])


def stopped_after_rises(losses, patience):
    best, rises, epoch = 0, 0, 0
    while rises < patience and epoch < len(losses) - 1:
        epoch += 1
        rises = 0 if losses[epoch] < losses[epoch - 1] else rises + 1
        best = epoch if losses[epoch] < losses[best] else best
    return best, epoch


def rows_stacked(x, y, penalty):
    n, d = x.shape
    return np.vstack([x, np.sqrt(n * penalty) * np.eye(d)]), np.concatenate([y, np.zeros(d)])


def rows_one_by_one(x, y, penalty):
    rows, targets = x.tolist(), y.tolist()
    for j in range(x.shape[1]):
        rows.append([math.sqrt(len(x) * penalty) if i == j else 0.0 for i in range(x.shape[1])])
        targets.append(0.0)
    return rows, targets


def deviation_in_two_passes(x):
    return np.sqrt(((x - x.mean(axis=0)) ** 2).mean(axis=0))


def deviation_column_by_column(x):
    means = [sum(column) / len(column) for column in x.T]
    return [
        math.sqrt(sum((v - mean) ** 2 for v in column) / len(column))
        for column, mean in zip(x.T, means, strict=True)
    ]


def validated_by_parts(features, y, penalty):
    part = np.arange(len(y)) % 5
    errors = []
    for k in range(5):
        w = fit_weights(features[part != k], y[part != k], penalty=penalty)
        errors.append(((features[part == k] @ w - y[part == k]) ** 2).mean())
    return np.mean(errors)


def validated_by_slices(features, y, penalty):
    total = 0.0
    for k in range(5):
        left = np.delete(features, np.s_[k::5], axis=0)
        w = fit_weights(left, np.delete(y, np.s_[k::5]), penalty=penalty)
        total += np.mean((y[k::5] - features[k::5] @ w) ** 2) / 5
    return total


RIGHT = {
    "soft_threshold": [soft_as_printed, soft_number_by_number],
    "dropout": [dropped_by_comparison, dropped_by_zeros_and_ones],
    "stop_early": [stopped_in_a_loop, stopped_by_arrays],
    "with_rows": [rows_stacked, rows_one_by_one],
    "deviation": [deviation_in_two_passes, deviation_column_by_column],
    "cross_validate": [validated_by_parts, validated_by_slices],
}
WRONG = {
    "soft_threshold": {
        "hard threshold": lambda w, threshold: np.where(np.abs(w) > threshold, w, 0),
        "no zero region": lambda w, threshold: w - threshold * np.sign(w),
        "sign lost": slip(soft_as_printed, "np.sign(w) * ", ""),
        "every weight shrunk by the same factor": lambda w, threshold: w - threshold * w,
        "negative weights not moved up, towards 0": lambda w, threshold: w - threshold,
    },
    "dropout": {
        "not rescaled": slip(dropped_by_comparison, " / keep_rate", ""),
        "one mask for all samples": slip(dropped_by_comparison, "(h.shape)", "(h.shape[1])"),
        "entries that depend on one another": slip(
            dropped_by_comparison, ") < keep_rate", ").argsort(axis=1) < int(keep_rate * len(h.T))"
        ),
        "not drawn from rng": slip(
            dropped_by_comparison, "rng.random", "np.random.default_rng(0).random"
        ),
        "drop rate for keep rate": slip(dropped_by_comparison, "< keep_rate", "> keep_rate"),
        "mask marks what is dropped, not what is kept": slip(
            dropped_by_comparison, ", mask", ", ~mask"
        ),
    },
    "stop_early": {
        "off by one": slip(stopped_in_a_loop, ">= patience", "> patience"),
        "patience counted from the start": slip(stopped_in_a_loop, "epoch - best", "epoch"),
        "a tie counted as better": slip(stopped_in_a_loop, "<", "<="),
        "compared with the epoch before, not with the best": stopped_after_rises,
        "never stopped": slip(stopped_in_a_loop, "break", "pass"),
        "best of all epochs, also of those that were never run": slip(
            stopped_in_a_loop, "return best", "return np.argmin(losses)"
        ),
    },
    "with_rows": {
        "without the number of samples": slip(rows_stacked, "n * penalty", "penalty"),
        "without the root": slip(rows_stacked, "np.sqrt", ""),
    },
    "deviation": {
        "divided by n − 1": lambda x: np.std(x, axis=0, ddof=1),
        "variances": lambda x: np.var(x, axis=0),
        "means subtracted after squaring": lambda x: np.sqrt(
            (x**2).mean(axis=0) - x.mean(axis=0) ** 2
        ),
    },
    "cross_validate": {
        "measured where it was fitted": slip(validated_by_parts, "part == k", "part != k"),
        "fitted to one part, not to four": slip(
            validated_by_parts,
            *("part == k", "part is k"),
            *("part != k", "part == k"),
            *("part is k", "part != k"),
        ),
        "parts in a row": slip(
            validated_by_parts, "np.arange(len(y)) % 5", "np.sort(np.arange(len(y)) % 5)"
        ),
        "penalty left out": lambda features, y, penalty: validated_by_parts(features, y, 0.0),
    },
}
UNNAMED = {
    "dropout": [
        slip(
            dropped_by_comparison,
            "/ keep_rate, mask",
            "/ keep_rate * (1 + 0.01 * (h > 1.7)), mask",
        ),
        slip(
            dropped_by_comparison,
            "h * mask / keep_rate, mask",
            "h * mask / keep_rate + 1e-3, mask",
        ),
    ],
    "deviation": [
        lambda x: deviation_in_two_passes(x) + 1.0,
        lambda x: np.sqrt(x.var(axis=0) + 1e-8),  # as if to divide by it
        lambda x: x.astype(np.float32).std(axis=0),
        lambda x: deviation_in_two_passes(x) * (1 + 1e-3 * (x.std() > 2)),
        lambda x: deviation_in_two_passes(x)[:1] if len(x) > 1 else deviation_in_two_passes(x) + 1,
    ],
}
DROPPED, PAIRED = "rng.random(h.shape)", "rng.random(h[::2].shape).repeat(2, axis=0)[: len(h)]"
ALL, APART = "one mask for all samples", "entries that depend on one another"
ALSO = [
    ("dropout", APART, slip(dropped_by_comparison, DROPPED, PAIRED)),
    ("dropout", ALL, slip(dropped_by_comparison, "(h.shape)", "((1, h.shape[1]))")),
    *(
        ("stop_early", "off by one", slip(stopped_in_a_loop, "best, epoch", returned))
        for returned in ("best, epoch + 1", "best + 1, epoch + 1", "best, epoch - 1")
    ),
    ("stop_early", "off by one", slip(stopped_in_a_loop, "= patience", "= patience - 1")),
    (
        "stop_early",
        "patience counted from the start",
        slip(stopped_in_a_loop, "        if epoch - best", "        elif epoch"),
    ),
]
