import itertools
import math

import numpy as np

from mathdl.faq import fit_weights

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


def soft_that_only_subtracts(w, threshold):
    return w - threshold


def soft_that_subtracts_from_large_ones(w, threshold):
    return (w - threshold) * (np.abs(w) > threshold)


def soft_by_a_factor(w, threshold):
    return w - threshold * w


def soft_by_a_quotient(w, threshold):
    return w / (threshold + 1)


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


def dropped_by_zeros_and_ones(h, keep_rate, rng):
    mask = rng.binomial(1, keep_rate, size=h.shape)
    return h * mask / keep_rate, mask


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


def dropped_and_shrunk_again(h, keep_rate, rng):
    mask = rng.random(h.shape) < keep_rate
    return keep_rate * np.where(mask, h, 0), mask


def dropped_for_all(h, keep_rate, rng):
    mask = rng.random(h.shape[1]) < keep_rate
    return h * mask / keep_rate, mask


def dropped_for_all_and_repeated(h, keep_rate, rng):
    mask = np.tile(rng.random(h.shape[1]) < keep_rate, (len(h), 1))
    return h * mask / keep_rate, mask


def dropped_in_pairs(h, keep_rate, rng):
    mask = np.array([rng.random(h.shape[1]) < keep_rate for _ in range(len(h))])
    mask = np.repeat(mask, 2, axis=0)[: len(h)]
    return np.where(mask, h / keep_rate, 0), mask


def dropped_to_the_share(h, keep_rate, rng):
    kept = np.arange(h.shape[1]) < keep_rate * h.shape[1]
    mask = rng.permuted(np.tile(kept, (len(h), 1)), axis=1)
    return np.where(mask, h / keep_rate, 0), mask


def dropped_by_order(h, keep_rate, rng):
    places = rng.random(h.shape).argsort(axis=1)
    mask = places < int(keep_rate * h.shape[1])
    return h * mask / keep_rate, mask


def dropped_in_a_run(h, keep_rate, rng):
    n = h.shape[1]
    starts = rng.integers(n, size=(len(h), 1))
    mask = (np.arange(n) - starts) % n < keep_rate * n
    return h * mask / keep_rate, mask


def dropped_in_a_block(h, keep_rate, rng):
    start = rng.integers(h.size)
    mask = (np.arange(h.size) - start) % h.size < keep_rate * h.size
    mask = mask.reshape(h.shape)
    return h * mask / keep_rate, mask


def dropped_by_a_seed(h, keep_rate, rng):
    rng = np.random.default_rng(0)
    return dropped_by_comparison(h, keep_rate, rng)


def dropped_by_the_module(h, keep_rate, rng):
    mask = np.random.rand(*h.shape) < keep_rate  # noqa: NPY002
    return h * mask / keep_rate, mask


def dropped_at_the_keep_rate(h, keep_rate, rng):
    mask = rng.random(h.shape) > keep_rate
    return h * mask / keep_rate, mask


def dropped_at_the_keep_rate_and_rescaled(h, keep_rate, rng):
    mask = rng.random(h.shape) >= keep_rate
    return h * mask / (1 - keep_rate), mask


def dropped_and_divided_by_the_drop_rate(h, keep_rate, rng):
    mask = rng.random(h.shape) < keep_rate
    return h * mask / (1 - keep_rate), mask


def dropped_at_the_keep_rate_only(h, keep_rate, rng):
    mask = rng.random(h.shape) > keep_rate
    return h * mask, mask


def dropped_with_a_mask_of_the_dropped(h, keep_rate, rng):
    dropped = rng.random(h.shape) >= keep_rate
    return np.where(dropped, 0, h / keep_rate), dropped


def dropped_with_the_mask_turned(h, keep_rate, rng):
    mask = rng.random(h.shape) < 1 - keep_rate
    return h * ~mask / keep_rate, mask


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


def stopped_by_lists(losses, patience):
    for epoch in range(len(losses)):
        best = losses.index(min(losses[: epoch + 1]))
        if epoch - best >= patience:
            break
    return best, epoch


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


def stopped_one_early(losses, patience):
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        if epoch - best >= patience - 1:
            return best, epoch
    return best, len(losses) - 1


def stopped_beside(best_by, stopped_by):
    def stopped(losses, patience):
        best, last = stopped_by_waiting(losses, patience)
        return best + best_by, last + stopped_by

    stopped.__name__ = f"stopped_beside_by_{best_by}_and_{stopped_by}"
    return stopped


STOPPED_BESIDE = [stopped_beside(0, 1), stopped_beside(0, -1), stopped_beside(1, 0)]


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


def stopped_when_late_and_no_better(losses, patience):
    for epoch in range(patience, len(losses)):
        best = int(np.argmin(losses[: epoch + 1]))
        if best < epoch:
            return best, epoch
    return int(np.argmin(losses)), len(losses) - 1


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


def stopped_after_rises(losses, patience):
    best, rises, epoch = 0, 0, 0
    while rises < patience and epoch < len(losses) - 1:
        epoch += 1
        rises = 0 if losses[epoch] < losses[epoch - 1] else rises + 1
        best = epoch if losses[epoch] < losses[best] else best
    return best, epoch


def stopped_by_differences(losses, patience):
    rising = np.diff(losses) >= 0
    ends = (k for k in range(patience, len(losses)) if rising[k - patience : k].all())
    last = next(ends, len(losses) - 1)
    return np.argmin(losses[: last + 1]), last


def never_stopped(losses, patience):
    return np.argmin(losses), len(losses) - 1


def never_stopped_in_a_loop(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        best = epoch if loss < losses[best] else best
    return best, epoch


def stopped_with_the_best_of_all(losses, patience):
    return np.argmin(losses), stopped_in_a_loop(losses, patience)[1]


def stopped_the_patience_after_the_best_of_all(losses, patience):
    best = np.argmin(losses)
    return best, min(best + patience, len(losses) - 1)


def stopped_with_the_lowest_of_all(losses, patience):
    _, stopped = stopped_by_prefixes(losses, patience)
    return losses.tolist().index(min(losses)), stopped


def stopped_at_losses(losses, patience):
    best, stopped = stopped_in_a_loop(losses, patience)
    return losses[best], losses[stopped]


def stopped_with_the_lowest_loss(losses, patience):
    _, stopped = stopped_by_prefixes(losses, patience)
    return min(losses[: stopped + 1]), stopped


# with_rows


def rows_stacked(x, y, penalty):
    n, d = x.shape
    return np.vstack([x, np.sqrt(n * penalty) * np.eye(d)]), np.concatenate([y, np.zeros(d)])


def rows_one_by_one(x, y, penalty):
    rows, targets = x.tolist(), y.tolist()
    for j in range(x.shape[1]):
        rows.append([math.sqrt(len(x) * penalty) if i == j else 0.0 for i in range(x.shape[1])])
        targets.append(0.0)
    return rows, targets


def rows_of_the_penalty(x, y, penalty):
    d = x.shape[1]
    return np.r_[x, np.diag(np.full(d, penalty**0.5))], np.r_[y, np.zeros(d)]


def rows_of_the_bare_penalty(x, y, penalty):
    d = x.shape[1]
    return np.r_[x, penalty * np.eye(d)], np.r_[y, d * [0]]


def rows_without_root(x, y, penalty):
    n, d = x.shape
    return np.vstack([x, n * penalty * np.eye(d)]), np.append(y, np.zeros(d))


def rows_without_root_again(x, y, penalty):
    rows = np.zeros((x.shape[1], x.shape[1]))
    np.fill_diagonal(rows, penalty * x.shape[0])
    return np.concatenate([x, rows]), np.concatenate([y, np.zeros(len(rows))])


# erasing_penalty


def erasing_by_arrays(x, y):
    return np.abs(x.T @ y).max() / len(y)


def erasing_by_columns(x, y):
    return max(abs(np.mean(column * y)) for column in x.T)


def erasing_of_sums(x, y):
    return np.max(np.abs(x.T @ y))


def erasing_of_sums_by_columns(x, y):
    return max(abs(column @ y) for column in x.T)


def erasing_of_signed(x, y):
    return np.max(x.T @ y / len(y))


def erasing_of_signed_by_columns(x, y):
    return max(np.mean(column * y) for column in x.T)


# needed


def needed_in_a_loop(losses):
    best, last, longest = losses[0], 0, 1
    for epoch, loss in enumerate(losses):
        if loss < best:
            best, last, longest = loss, epoch, max(longest, epoch - last)
    return longest


def needed_from_no_wait(losses):
    return needed_in_a_loop(losses) if losses.argmin() else 0


def needed_without_the_last_patience(losses):
    for patience in range(1, len(losses) - 1):
        if stopped_in_a_loop(losses, patience)[0] == np.argmin(losses):
            return patience
    return None


def needed_by_records(losses):
    records = [k for k, loss in enumerate(losses) if all(x > loss for x in losses[:k])]
    return max([1, *np.diff(records)])


def needed_by_trying(losses):
    for patience in range(1, len(losses) + 1):
        if stopped_in_a_loop(losses, patience)[0] == np.argmin(losses):
            return patience
    return None


def needed_one_less(losses):
    return needed_by_records(losses) - 1


def needed_between(losses):
    records = [k for k in range(len(losses)) if all(losses[:k] > losses[k])]
    return max([1, *(np.diff(records) - 1)])


def needed_with_ties(losses):
    records = [k for k, loss in enumerate(losses) if all(x >= loss for x in losses[:k])]
    return max([1, *np.diff(records)])


def needed_with_ties_in_a_loop(losses):
    best, last, longest = losses[0], 0, 1
    for epoch, loss in enumerate(losses):
        if loss <= best:
            best, last, longest = loss, epoch, max(longest, epoch - last)
    return longest


def needed_to_the_end(losses):
    records = [k for k, loss in enumerate(losses) if all(x > loss for x in losses[:k])]
    return max([1, *np.diff([*records, len(losses) - 1])])


def needed_waiting_on(losses):
    best, waited, longest = losses[0], 0, 1
    for loss in losses[1:]:
        waited += 1
        longest = max(longest, waited)
        if loss < best:
            best, waited = loss, 0
    return longest


def needed_is_the_best(losses):
    return np.argmin(losses)


def needed_is_the_best_epoch(losses):
    return max(1, losses.tolist().index(min(losses)))


# deviation


def deviation_in_two_passes(x):
    return np.sqrt(((x - x.mean(axis=0)) ** 2).mean(axis=0))


def deviation_column_by_column(x):
    means = [sum(column) / len(column) for column in x.T]
    return [
        math.sqrt(sum((v - mean) ** 2 for v in column) / len(column))
        for column, mean in zip(x.T, means, strict=True)
    ]


def deviation_of_one_less(x):
    return np.sqrt(((x - x.mean(axis=0)) ** 2).sum(axis=0) / (len(x) - 1))


def deviation_with_ddof(x):
    return np.std(x, axis=0, ddof=1)


def deviation_squared(x):
    return ((x - x.mean(axis=0)) ** 2).mean(axis=0)


def deviation_by_var(x):
    return np.var(x, axis=0)


def deviation_in_one_pass(x):
    return np.sqrt((x**2).mean(axis=0) - x.mean(axis=0) ** 2)


def deviation_of_the_size(x):
    return np.sqrt(abs((x * x).sum(axis=0) / len(x) - (x.sum(axis=0) / len(x)) ** 2))


# cross_validate


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


def validated_where_fitted(features, y, penalty):
    part, errors = np.arange(len(y)) % 5, []
    for k in range(5):
        x, t = features[part != k], y[part != k]
        errors.append(np.mean((x @ fit_weights(x, t, penalty=penalty) - t) ** 2))
    return np.mean(errors)


def validated_after_one_fit(features, y, penalty):
    w = fit_weights(features, y, penalty=penalty)
    return np.mean([np.mean((features[k::5] @ w - y[k::5]) ** 2) for k in range(5)])


def validated_without_parts(features, y, penalty):
    return np.mean((features @ fit_weights(features, y, penalty=penalty) - y) ** 2)


def validated_the_other_way(features, y, penalty):
    part, errors = np.arange(len(y)) % 5, []
    for k in range(5):
        w = fit_weights(features[part == k], y[part == k], penalty=penalty)
        errors.append(((features[part != k] @ w - y[part != k]) ** 2).mean())
    return np.mean(errors)


def validated_on_four(features, y, penalty):
    errors = []
    for k in range(5):
        others = [i for i in range(len(y)) if i % 5 != k]
        w = fit_weights(features[k::5], y[k::5], penalty=penalty)
        errors.append(np.mean((features[others] @ w - y[others]) ** 2))
    return sum(errors) / 5


def validated_in_blocks(features, y, penalty):
    errors = []
    for block in np.array_split(np.arange(len(y)), 5):
        w = fit_weights(np.delete(features, block, 0), np.delete(y, block), penalty=penalty)
        errors.append(np.mean((features[block] @ w - y[block]) ** 2))
    return np.mean(errors)


def validated_in_a_row(features, y, penalty):
    ends = [sum(len(y[part::5]) for part in range(k)) for k in range(6)]
    errors = []
    for a, b in itertools.pairwise(ends):
        left, right = np.r_[features[:a], features[b:]], np.r_[y[:a], y[b:]]
        w = fit_weights(left, right, penalty=penalty)
        errors.append(((features[a:b] @ w - y[a:b]) ** 2).mean())
    return np.mean(errors)


def validated_without_penalty(features, y, penalty):
    return validated_by_parts(features, y, 0.0)


def validated_by_least_squares(features, y, penalty):
    part, errors = np.arange(len(y)) % 5, []
    for k in range(5):
        w = np.linalg.lstsq(features[part != k], y[part != k])[0]
        errors.append(((features[part == k] @ w - y[part == k]) ** 2).mean())
    return np.mean(errors)


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
        dropped_by_zeros_and_ones,
        dropped_number_by_number,
        dropped_by_choice,
    ],
    "stop_early": [
        stopped_in_a_loop,
        stopped_by_waiting,
        stopped_by_prefixes,
        stopped_by_arrays,
        stopped_by_lists,
    ],
    "with_rows": [rows_stacked, rows_one_by_one],
    "erasing_penalty": [erasing_by_arrays, erasing_by_columns],
    "needed": [needed_in_a_loop, needed_by_records, needed_by_trying],
    "deviation": [deviation_in_two_passes, deviation_column_by_column],
    "cross_validate": [validated_by_parts, validated_by_slices],
}
WRONG = {
    "soft_threshold": {
        "hard threshold": [soft_but_hard, soft_but_hard_in_place],
        "no zero region": [soft_without_zeros, soft_that_turns_back, soft_that_only_subtracts],
        "sign lost": [
            soft_without_sign,
            soft_of_positive_numbers,
            soft_that_subtracts_from_large_ones,
        ],
        "every weight shrunk by the same factor": [soft_by_a_factor, soft_by_a_quotient],
    },
    "dropout": {
        "not rescaled": [dropped_only, dropped_and_shrunk, dropped_and_shrunk_again],
        "one mask for all samples": [dropped_for_all, dropped_for_all_and_repeated],
        "entries that depend on one another": [
            dropped_in_pairs,
            dropped_to_the_share,
            dropped_by_order,
            dropped_in_a_run,
            dropped_in_a_block,
        ],
        "not drawn from rng": [dropped_by_a_seed, dropped_by_the_module],
        "drop rate for keep rate": [
            dropped_at_the_keep_rate,
            dropped_at_the_keep_rate_and_rescaled,
            dropped_and_divided_by_the_drop_rate,
            dropped_at_the_keep_rate_only,
        ],
        "mask marks what is dropped, not what is kept": [
            dropped_with_a_mask_of_the_dropped,
            dropped_with_the_mask_turned,
        ],
    },
    "stop_early": {
        "off by one": [
            stopped_one_late,
            stopped_counting_from_one,
            stopped_one_early,
            *STOPPED_BESIDE,
        ],
        "patience counted from the start": [
            stopped_after_the_patience,
            stopped_at_the_epoch_of_the_patience,
            stopped_when_late_and_no_better,
        ],
        "a tie counted as better": [stopped_with_ties, stopped_with_ties_by_waiting],
        "compared with the epoch before, not with the best": [
            stopped_after_rises,
            stopped_by_differences,
        ],
        "never stopped": [never_stopped, never_stopped_in_a_loop],
        "best of all epochs, also of those that were never run": [
            stopped_with_the_best_of_all,
            stopped_the_patience_after_the_best_of_all,
            stopped_with_the_lowest_of_all,
        ],
        "losses returned, not epochs": [stopped_at_losses, stopped_with_the_lowest_loss],
    },
    "with_rows": {
        "without the number of samples": [rows_of_the_penalty, rows_of_the_bare_penalty],
        "without the root": [rows_without_root, rows_without_root_again],
    },
    "erasing_penalty": {
        "not divided by the number of samples": [erasing_of_sums, erasing_of_sums_by_columns],
        "negative numbers taken for small ones": [erasing_of_signed, erasing_of_signed_by_columns],
    },
    "needed": {
        "one epoch too few": [needed_one_less, needed_between],
        "a tie counted as a record": [needed_with_ties, needed_with_ties_in_a_loop],
        "waits counted that no record ends": [needed_to_the_end, needed_waiting_on],
        "the best epoch, not the wait for it": [needed_is_the_best, needed_is_the_best_epoch],
    },
    "deviation": {
        "divided by n − 1": [deviation_of_one_less, deviation_with_ddof],
        "variances": [deviation_squared, deviation_by_var],
        "means subtracted after squaring": [deviation_in_one_pass, deviation_of_the_size],
    },
    "cross_validate": {
        "measured where it was fitted": [
            validated_where_fitted,
            validated_after_one_fit,
            validated_without_parts,
        ],
        "fitted to one part, not to four": [validated_the_other_way, validated_on_four],
        "parts in a row": [validated_in_blocks, validated_in_a_row],
        "penalty left out": [validated_without_penalty, validated_by_least_squares],
    },
}

UNNAMED = {"needed": [needed_from_no_wait, needed_without_the_last_patience]}
