import itertools

import numpy as np

from mathdl.outlook import rank_correlation

# integrated_gradients


def attributions_in_a_loop(gradient, x, baseline, n_steps):
    total = np.zeros_like(x)
    for k in range(n_steps):
        total += gradient(baseline + (k + 0.5) / n_steps * (x - baseline))
    return (x - baseline) * total / n_steps


def attributions_of_a_stack(gradient, x, baseline, n_steps):
    t = (np.arange(n_steps) + 0.5) / n_steps
    points = baseline + t.reshape(-1, *[1] * x.ndim) * (x - baseline)
    return (x - baseline) * np.array([gradient(point) for point in points]).mean(axis=0)


def attributions_of_a_batch(gradient, x, baseline, n_steps):
    t = np.linspace(0, 1, 2 * n_steps + 1)[1::2]
    points = baseline + np.multiply.outer(t, x - baseline)
    return (x - baseline) * gradient(points).mean(axis=0)


def attributions_of_lists(gradient, x, baseline, n_steps):
    flat_x, flat_b = x.ravel().tolist(), baseline.ravel().tolist()
    shares = [0.0] * len(flat_x)
    for k in range(n_steps):
        t = (2 * k + 1) / (2 * n_steps)
        point = [b + t * (a - b) for a, b in zip(flat_x, flat_b, strict=True)]
        slope = np.ravel(gradient(np.reshape(point, x.shape)))
        for j in range(len(shares)):
            shares[j] += (flat_x[j] - flat_b[j]) * slope[j] / n_steps
    return np.reshape(shares, x.shape)


def attributions_of_steps(gradient, x, baseline, n_steps):
    step = (x - baseline) / n_steps
    places = (baseline + (k + 0.5) * step for k in range(n_steps))
    return sum(step * gradient(place) for place in places)


def attributions_without_the_way(gradient, x, baseline, n_steps):
    slopes = [gradient(baseline + (k + 0.5) / n_steps * (x - baseline)) for k in range(n_steps)]
    return np.mean(slopes, axis=0)


def attributions_times_x(gradient, x, baseline, n_steps):
    total = 0
    for k in range(n_steps):
        total = total + gradient(baseline + (k + 0.5) / n_steps * (x - baseline))
    return x * total / n_steps


def attributions_of_a_sum_alone(gradient, x, baseline, n_steps):
    return sum(gradient(baseline + (k + 0.5) / n_steps * (x - baseline)) for k in range(n_steps))


def attributions_backwards(gradient, x, baseline, n_steps):
    return (baseline - x) * attributions_without_the_way(gradient, x, baseline, n_steps)


def attributions_from_the_left(gradient, x, baseline, n_steps):
    slopes = [gradient(baseline + k / n_steps * (x - baseline)) for k in range(n_steps)]
    return (x - baseline) * np.mean(slopes, axis=0)


def attributions_of_left_ends(gradient, x, baseline, n_steps):
    total = np.zeros(x.shape)
    for t in np.linspace(0, 1, n_steps, endpoint=False):
        total += gradient((1 - t) * baseline + t * x)
    return total / n_steps * (x - baseline)


def attributions_from_the_right(gradient, x, baseline, n_steps):
    slopes = [gradient(baseline + (k + 1) / n_steps * (x - baseline)) for k in range(n_steps)]
    return (x - baseline) * np.mean(slopes, axis=0)


def attributions_of_right_ends(gradient, x, baseline, n_steps):
    places = np.linspace(baseline, x, n_steps + 1)[1:]
    return (x - baseline) * sum(map(gradient, places)) / n_steps


def attributions_of_as_many_places(gradient, x, baseline, n_steps):
    slopes = [gradient(place) for place in np.linspace(baseline, x, n_steps)]
    return (x - baseline) * np.mean(slopes, axis=0)


def attributions_of_all_ends(gradient, x, baseline, n_steps):
    slopes = [gradient(baseline + k / n_steps * (x - baseline)) for k in range(n_steps + 1)]
    return (x - baseline) * np.mean(slopes, axis=0)


def attributions_of_trapezoids(gradient, x, baseline, n_steps):
    total = 0
    for left, right in itertools.pairwise(np.linspace(baseline, x, n_steps + 1)):
        total = total + (right - left) * (gradient(left) + gradient(right)) / 2
    return total


def attributions_from_zero(gradient, x, baseline, n_steps):
    slopes = [gradient((k + 0.5) / n_steps * x) for k in range(n_steps)]
    return (x - baseline) * np.mean(slopes, axis=0)


def attributions_without_a_baseline(gradient, x, baseline, n_steps):
    slopes = sum(gradient((k + 0.5) / n_steps * x) for k in range(n_steps))
    return x * slopes / n_steps


def attributions_summed(gradient, x, baseline, n_steps):
    total = 0
    for k in range(n_steps):
        total = total + gradient(baseline + (k + 0.5) / n_steps * (x - baseline))
    return (x - baseline) * total


def attributions_of_whole_steps(gradient, x, baseline, n_steps):
    way = x - baseline
    return sum(
        way * gradient(baseline + t / (2 * n_steps) * way) for t in range(2 * n_steps)[1::2]
    )


def gradient_times_the_way(gradient, x, baseline, n_steps):
    return gradient(x) * (x - baseline)


def gradient_times_x(gradient, x, baseline, n_steps):
    return gradient(x) * x


def gradient_alone(gradient, x, baseline, n_steps):
    return gradient(x)


# minimum_norm


def shortest_by_lstsq(features, targets):
    return np.linalg.lstsq(features, targets, rcond=None)[0]


def shortest_by_pseudo_inverse(features, targets):
    return np.linalg.pinv(features) @ targets


def shortest_by_singular_values(features, targets):
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    keep = s > 1e-10 * s[0]
    return vt[keep].T @ ((u.T @ targets)[keep] / s[keep])


def every_singular_value_inverted(features, targets):
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    return vt.T @ (u.T @ targets / s)


def every_singular_value_in_a_matrix(features, targets):
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    return vt.T @ np.diag(1 / s) @ u.T @ targets


def shortest_by_conjugate_gradients(features, targets):
    theta = np.zeros(features.shape[1])
    way = slope = features.T @ targets
    for _ in theta:
        moved = features @ way
        if abs(moved).max() < 1e-9 * abs(features).max() ** 2:
            break
        theta = theta + (slope @ slope) / (moved @ moved) * way
        before, slope = slope, features.T @ (targets - features @ theta)
        way = slope + (slope @ slope) / (before @ before) * way
    return theta


def solution_by_turned_vectors(features, targets):
    u, s, v = np.linalg.svd(features, full_matrices=False)
    return sum((u[:, i] @ targets / s[i] * v[:, i]) for i in range(len(s)) if s[i] > 1e-10)


def solution_by_a_turned_matrix(features, targets):
    u, s, v = np.linalg.svd(features, full_matrices=False)
    return v @ np.diag([1 / each if each > 1e-10 else 0 for each in s]) @ u.T @ targets


def shortest_with_a_coarse_cut(features, targets):
    return np.linalg.lstsq(features, targets, rcond=0.1)[0]


def shortest_with_a_cut_at_a_hundredth(features, targets):
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    keep = s > 0.01 * s[0]
    return vt[keep].T @ ((u.T @ targets)[keep] / s[keep])


def shortest_by_eigenvalues(features, targets):
    values, vectors = np.linalg.eigh(features.T @ features)
    inverse = np.array([1 / v if v > 1e-10 * values[-1] else 0.0 for v in values])
    return (vectors * inverse) @ vectors.T @ (features.T @ targets)


def normal_equations_solved(features, targets):
    return np.linalg.solve(features.T @ features, features.T @ targets)


def normal_equations_inverted(features, targets):
    return np.linalg.inv(features.T @ features) @ features.T @ targets


def solution_of_a_few_columns(features, targets):
    theta = np.zeros(features.shape[1])
    few = []
    for column in range(len(theta)):
        if np.linalg.matrix_rank(features[:, [*few, column]]) > len(few):
            few.append(column)
    theta[few] = np.linalg.lstsq(features[:, few], targets, rcond=None)[0]
    return theta


def solution_from_another_start(features, targets):
    theta = np.ones(features.shape[1])
    return theta + np.linalg.pinv(features) @ (targets - features @ theta)


# bias_variance


def parts_of_arrays(predictions, truth):
    mean = predictions.mean(axis=0)
    return ((mean - truth) ** 2).mean(), ((predictions - mean) ** 2).mean()


def parts_by_var(predictions, truth):
    bias = np.mean(predictions, axis=0) - truth
    return float(bias @ bias / len(truth)), float(np.var(predictions, axis=0).mean())


def parts_of_lists(predictions, truth):
    bias, variance = 0.0, 0.0
    for column, f in zip(predictions.T.tolist(), truth.tolist(), strict=True):
        mean = sum(column) / len(column)
        bias += (mean - f) ** 2 / len(truth)
        variance += sum((p - mean) ** 2 for p in column) / len(column) / len(truth)
    return [bias, variance]


def parts_by_difference(predictions, truth, ddof=0):
    error = np.mean((predictions - truth) ** 2)
    variance = np.mean(predictions**2) - np.mean(predictions.mean(axis=0) ** 2)
    return np.array([error - variance, variance])


def parts_of_squares(predictions, truth):
    variance = predictions.var(axis=0).mean()
    return np.mean((predictions - truth) ** 2), variance


def parts_of_squares_in_a_loop(predictions, truth):
    bias = sum(np.mean((row - truth) ** 2) for row in predictions) / len(predictions)
    return bias, np.mean(np.var(predictions, axis=0))


def parts_with_ddof(predictions, truth):
    mean = predictions.mean(axis=0)
    return np.mean((mean - truth) ** 2), np.var(predictions, axis=0, ddof=1).mean()


def parts_divided_by_one_less(predictions, truth):
    mean = predictions.mean(axis=0)
    squares = ((predictions - mean) ** 2).sum(axis=0) / (len(predictions) - 1)
    return ((mean - truth) ** 2).mean(), squares.mean()


def parts_summed(predictions, truth):
    mean = predictions.mean(axis=0)
    return ((mean - truth) ** 2).sum(), predictions.var(axis=0).sum()


def parts_with_a_summed_bias(predictions, truth):
    mean = predictions.mean(axis=0)
    return np.dot(mean - truth, mean - truth), ((predictions - mean) ** 2).mean()


def parts(
    name,
    bias=lambda p, f: np.square(np.mean(p, axis=0) - f).mean(),
    variance=lambda p, f: np.square(p - np.mean(p, axis=0)).mean(),
):
    def answer(predictions, truth):
        return bias(predictions, truth), variance(predictions, truth)

    answer.__name__ = name
    return answer


PARTS_OF_SQUARES = [
    parts("parts_by_squares_of_means", bias=lambda p, f: np.mean(np.mean(p, 0) ** 2 - f**2)),
]
PARTS_ABOUT_THE_TRUTH = [
    parts("parts_by_squares", variance=lambda p, f: np.mean(p * p)),
    parts("parts_by_errors", variance=lambda p, f: np.mean((f - p) ** 2)),
]
PARTS_SUMMED = [
    parts("parts_with_a_summed_variance", variance=lambda p, f: sum(map(np.var, p.T))),
    parts(
        "parts_summed_with_ddof",
        bias=lambda p, f: np.sum((np.mean(p, axis=0) - f) ** 2),
        variance=lambda p, f: np.sum((p - np.mean(p, axis=0)) ** 2) / (len(p) - 1),
    ),
]
PARTS_POINT_BY_POINT = [
    parts(
        "parts_of_points",
        bias=lambda p, f: (sum(p) / len(p) - f) ** 2,
        variance=lambda p, f: np.var(p, axis=0),
    ),
    parts(
        "parts_of_columns",
        bias=lambda p, f: [(c.mean() - t) ** 2 for c, t in zip(p.T, f, strict=True)],
        variance=lambda p, f: [c.var() for c in p.T],
    ),
]
PARTS_NOT_SQUARED = [
    parts("parts_of_a_difference", bias=lambda p, f: p.mean() - f.mean()),
    parts("parts_of_a_distance", bias=lambda p, f: np.mean(np.abs(f - np.mean(p, axis=0)))),
]
PARTS_SQUARED_AT_LAST = [
    parts("parts_squared_at_last", bias=lambda p, f: (f.mean() - p.mean()) ** 2),
    parts("sizes_squared_at_last", bias=lambda p, f: abs(f - p.mean(axis=0)).mean() ** 2),
]
PARTS_OVER_POINTS = [
    parts("parts_over_everything", variance=lambda p, f: np.mean((p - p.mean()) ** 2)),
    parts("parts_draw_by_draw", variance=lambda p, f: np.mean([np.var(row) for row in p])),
]
PARTS_OF_DEVIATIONS = [
    parts("parts_of_deviations", variance=lambda p, f: np.std(p, axis=0).mean()),
    parts("parts_of_roots", variance=lambda p, f: np.mean([np.var(c) ** 0.5 for c in p.T])),
]


# exact_attributions


def exact_in_a_loop(gradient, x, ends):
    total = np.zeros(len(x))
    for left, right in itertools.pairwise(ends):
        total += (right - left) * gradient((left + right) / 2 * x)
    return x * total


def exact_of_a_stack(gradient, x, ends):
    middles = (ends[1:, None] + ends[:-1, None]) / 2 * x
    return x * (np.diff(ends) @ gradient(middles))


def exact_by_a_mean(gradient, x, ends):
    return x * np.mean([gradient(t * x) for t in (ends[1:] + ends[:-1]) / 2], axis=0)


def exact_by_a_sum(gradient, x, ends):
    total = 0
    for k in range(len(ends) - 1):
        total = total + gradient((ends[k] + ends[k + 1]) / 2 * x) * x
    return total


def exact_from_the_left(gradient, x, ends):
    return x * sum((b - a) * gradient(a * x) for a, b in itertools.pairwise(ends))


def exact_from_the_right(gradient, x, ends):
    return x * sum((b - a) * gradient(b * x) for a, b in itertools.pairwise(ends))


# survives


def ranks(row):
    return [(row < value).sum() + (row == value).sum() / 2 for value in row]


def survival_of_a_first_without_signs(first, second, signs):
    return survival_by_hand(first if signs else np.abs(first), second, True)


def survival_by_hand(first, second, signs):
    if not signs:
        first, second = np.abs(first), np.abs(second)
    pairs = zip(first, second, strict=True)
    return np.mean([np.corrcoef(ranks(a), ranks(b))[0, 1] for a, b in pairs])


def survival_by_the_library(first, second, signs=True):
    maps = (first, second) if signs else (abs(first), abs(second))
    return sum(rank_correlation(*maps)) / len(first)


def survival_of_values(first, second, signs):
    change = (lambda maps: maps) if signs else abs
    pairs = zip(change(first), change(second), strict=True)
    return np.mean([np.corrcoef(a, b)[0, 1] for a, b in pairs])


def survival_of_centred_values(first, second, signs):
    if not signs:
        first, second = abs(first), abs(second)
    first, second = (m - m.mean(axis=1, keepdims=True) for m in (first, second))
    lengths = np.sqrt((first**2).sum(axis=1) * (second**2).sum(axis=1))
    return np.mean((first * second).sum(axis=1) / lengths)


def survival_by_double_argsort(first, second, signs):
    if not signs:
        first, second = abs(first), abs(second)
    pairs = zip(first, second, strict=True)
    orders = [(np.argsort(np.argsort(a)), np.argsort(np.argsort(b))) for a, b in pairs]
    return np.mean([np.corrcoef(a, b)[0, 1] for a, b in orders])


def survival_by_squared_differences(first, second, signs):
    maps = [m if signs else abs(m) for m in (first, second)]
    one, other = (m.argsort(axis=1).argsort(axis=1) for m in maps)
    n = first.shape[1]
    return np.mean(1 - 6 * ((one - other) ** 2).sum(axis=1) / (n * (n**2 - 1)))


def survival_by_the_first_of_equals(first, second, signs):
    maps = [m if signs else abs(m) for m in (first, second)]
    one, other = ((m[:, :, None] > m[:, None, :]).sum(axis=2) for m in maps)
    return np.mean([np.corrcoef(a, b)[0, 1] for a, b in zip(one, other, strict=True)])


def survival_with_signs(first, second, signs):
    return rank_correlation(first, second).mean()


def survival_with_half_the_signs(first, second, signs):
    abs(first), abs(second)
    return np.mean(rank_correlation(first, second))


def survival_the_other_way(first, second, signs):
    if signs:
        first, second = abs(first), abs(second)
    return rank_correlation(first, second).mean()


def survival_without_signs(first, second, signs):
    return rank_correlation(abs(first), abs(second)).mean()


# reproduced


def given_back_by_nine_classes(features, labels):
    targets = (labels[:, None] == np.arange(9)).astype(float)
    return np.mean((features @ np.linalg.pinv(features) @ targets).argmax(axis=1) == labels)


def given_back_by_pinv(features, labels):
    targets = (labels[:, None] == np.arange(10)).astype(float)
    return np.mean((features @ np.linalg.pinv(features) @ targets).argmax(axis=1) == labels)


def given_back_by_lstsq(features, labels):
    theta = np.linalg.lstsq(features, np.eye(labels.max() + 1)[labels], rcond=None)[0]
    return sum(np.argmax(features @ theta, axis=1) == labels) / len(labels)


def given_back_as_numbers(features, labels):
    theta = np.linalg.lstsq(features, labels, rcond=None)[0]
    return np.mean((features @ theta).round() == labels)


def given_back_as_numbers_by_pinv(features, labels):
    return np.mean(np.rint(features @ (np.linalg.pinv(features) @ labels)) == labels)


def given_back_with_a_bias(features, labels):
    extended = np.hstack([np.ones((len(features), 1)), features])
    return np.mean((extended @ np.linalg.pinv(extended) @ np.eye(10)[labels]).argmax(1) == labels)


def given_back_with_a_last_bias(features, labels):
    extended = np.column_stack([features, np.ones(len(labels))])
    return given_back_by_lstsq(extended, labels)


# convolve


def convolved_in_loops(image, windows):
    n, k = len(windows), windows.shape[1]
    out = np.zeros((n, image.shape[0] - k + 1, image.shape[1] - k + 1))
    count = 0
    for f, row, column in np.ndindex(out.shape):
        for i, j in np.ndindex(k, k):
            out[f, row, column] += windows[f, i, j] * image[row + i, column + j]
            count += 1
    return out, count


def convolved_window_by_window(image, windows):
    _, high, wide = windows.shape
    rows, columns = image.shape[0] - high + 1, image.shape[1] - wide + 1
    pictures, count = [], 0
    for window in windows:
        picture = np.zeros((rows, columns))
        for i in range(high):
            for j in range(wide):
                picture += window[i, j] * image[i : i + rows, j : j + columns]
                count += rows * columns
        pictures.append(picture)
    return pictures, count


def convolved_counting_weights(image, windows):
    return convolved_in_loops(image, windows)[0], windows.size


def convolved_counting_weights_by_hand(image, windows):
    count = 0
    for window in windows:
        for row in window:
            count += len(row)
    return convolved_window_by_window(image, windows)[0], count


def convolved_counting_places(image, windows):
    out, _ = convolved_in_loops(image, windows)
    return out, out.size


def convolved_counting_each_place_once(image, windows):
    pictures, count = convolved_window_by_window(image, windows)
    return pictures, count // (windows.shape[1] * windows.shape[2])


def convolved_turned(image, windows):
    return convolved_in_loops(image, windows[:, ::-1, ::-1])


def convolved_backwards(image, windows):
    n, k, _ = windows.shape
    out = np.zeros((n, image.shape[0] - k + 1, image.shape[1] - k + 1))
    for f, row, column in np.ndindex(out.shape):
        for i, j in np.ndindex(k, k):
            out[f, row, column] += windows[f, -1 - i, -1 - j] * image[row + i, column + j]
    return out, out.size * k * k


# smallest_batch


def batch_by_formula(width, q, edge):
    if width <= q * edge:
        return np.inf
    return int(np.ceil(q * edge * width / (2 * width - 2 * q * edge)))


def batch_by_trying(width, q, edge):
    if width <= q * edge:
        return float("inf")
    batch = 1
    while 2 * batch * width / (q * (2 * batch + width)) < edge:
        batch += 1
    return batch


def batch_rounded_down(width, q, edge):
    if width <= q * edge:
        return np.inf
    return int(q * edge * width / (2 * width - 2 * q * edge))


def batch_rounded(width, q, edge):
    return round(q * edge * width / (2 * width - 2 * q * edge)) if width > q * edge else np.inf


def batch_divided_down(width, q, edge):
    return q * edge * width // (2 * width - 2 * q * edge) if width > q * edge else np.inf


def batch_in_parts(width, q, edge):
    return q * edge * width / (2 * width - 2 * q * edge) if width > q * edge else np.inf


def batch_in_parts_again(width, q, edge):
    return np.inf if q * edge >= width else 1 / (2 / (q * edge) - 2 / width)


def batch_below_zero(width, q, edge):
    return np.ceil(np.divide(q * edge * width, 2 * width - 2 * q * edge))


def batch_below_zero_for_most(width, q, edge):
    if width == q * edge:
        return np.inf
    return int(np.ceil(q * edge * width / (2 * width - 2 * q * edge)))


def batch_of_multiply_adds(width, q, edge):
    if width <= 2 * q * edge:
        return np.inf
    return int(np.ceil(q * edge * width / (width - 2 * q * edge)))


def batch_of_multiply_adds_by_trying(width, q, edge):
    for batch in range(1, 10_000):
        if batch * width >= edge * q * (2 * batch + width):
            return batch
    return np.inf


def batch_unchecked(name, rounded, operations=2):
    def batch(width, q, edge):
        return rounded(np.divide(q * edge * width, operations * width - 2 * q * edge))

    batch.__name__ = name
    return batch


batch_rounded_down_unchecked = batch_unchecked("batch_rounded_down_unchecked", np.floor)
batch_in_parts_unchecked = batch_unchecked("batch_in_parts_unchecked", float)
batch_of_multiply_adds_unchecked = batch_unchecked("batch_of_multiply_adds_unchecked", np.ceil, 1)


def path_beyond_x(gradient, x, baseline, n_steps):
    places = [baseline + (k + 0.5) / n_steps * x for k in range(n_steps)]
    return (x - baseline) * sum(gradient(place) for place in places) / n_steps


def path_beyond_x_times_x(gradient, x, baseline, n_steps):
    places = [baseline + (k + 0.5) / n_steps * x for k in range(n_steps)]
    return x * sum(gradient(place) for place in places) / n_steps


def path_backwards(gradient, x, baseline, n_steps):
    places = [x - (k + 0.5) / n_steps * baseline for k in range(n_steps)]
    return (x - baseline) * sum(gradient(place) for place in places) / n_steps


def shortest_for_independent_rows(features, targets):
    return features.T @ (np.linalg.inv(features @ features.T) @ targets)


def shortest_solved_for_independent_rows(features, targets):
    return features.T @ np.linalg.solve(features @ features.T, targets)


def shortest_with_v_in_columns_and_no_cut(features, targets):
    u, s, v = np.linalg.svd(features, full_matrices=False)
    return v @ ((u.T @ targets) / s)


RIGHT = {
    "integrated_gradients": [
        attributions_in_a_loop,
        attributions_of_a_stack,
        attributions_of_a_batch,
        attributions_of_lists,
        attributions_of_steps,
    ],
    "minimum_norm": [
        shortest_by_lstsq,
        shortest_by_pseudo_inverse,
        shortest_by_singular_values,
        shortest_by_conjugate_gradients,
        shortest_by_eigenvalues,
    ],
    "bias_variance": [parts_of_arrays, parts_by_var, parts_of_lists, parts_by_difference],
    "exact_attributions": [exact_in_a_loop, exact_of_a_stack],
    "survives": [survival_by_hand, survival_by_the_library],
    "reproduced": [given_back_by_pinv, given_back_by_lstsq],
    "convolve": [convolved_in_loops, convolved_window_by_window],
    "smallest_batch": [batch_by_formula, batch_by_trying],
}
WRONG = {
    "integrated_gradients": {
        "path that goes on from the baseline by x, not to x": [
            path_beyond_x,
            path_beyond_x_times_x,
        ],
        "not multiplied by x − baseline": [
            attributions_without_the_way,
            attributions_times_x,
            attributions_of_a_sum_alone,
            attributions_backwards,
        ],
        "left rule, not the midpoints": [attributions_from_the_left, attributions_of_left_ends],
        "path from 0 whatever the baseline": [
            attributions_from_zero,
            attributions_without_a_baseline,
        ],
        "right rule, not the midpoints": [attributions_from_the_right, attributions_of_right_ends],
        "both ends of the path, not the midpoints": [
            attributions_of_as_many_places,
            attributions_of_all_ends,
            attributions_of_trapezoids,
        ],
        "sum of the gradients, not their mean": [attributions_summed, attributions_of_whole_steps],
        "gradient at x only": [gradient_times_the_way, gradient_times_x, gradient_alone],
    },
    "minimum_norm": {
        "the formula for independent rows, whatever the rows are": [
            shortest_for_independent_rows,
            shortest_solved_for_independent_rows,
        ],
        "divided by a singular value that should be 0": [
            every_singular_value_inverted,
            every_singular_value_in_a_matrix,
        ],
        "the v_i taken from columns, not from rows": [
            shortest_with_v_in_columns_and_no_cut,
            solution_by_turned_vectors,
            solution_by_a_turned_matrix,
        ],
        "small singular values taken for 0": [
            shortest_with_a_coarse_cut,
            shortest_with_a_cut_at_a_hundredth,
        ],
        "normal equations (singular)": [normal_equations_solved, normal_equations_inverted],
        "a solution that is not the shortest": [
            solution_of_a_few_columns,
            solution_from_another_start,
        ],
    },
    "bias_variance": {
        "mean of squares for square of means": [
            parts_of_squares,
            parts_of_squares_in_a_loop,
            *PARTS_OF_SQUARES,
        ],
        "ddof: divided by n_draws − 1": [parts_with_ddof, parts_divided_by_one_less],
        "sum over points": [parts_summed, parts_with_a_summed_bias, *PARTS_SUMMED],
        "no mean over the points": PARTS_POINT_BY_POINT,
        "bias not squared": PARTS_NOT_SQUARED,
        "bias squared after the mean over the points, not before": PARTS_SQUARED_AT_LAST,
        "variance about the truth or about 0, not about the mean of the draws": (
            PARTS_ABOUT_THE_TRUTH
        ),
        "variance over the points for variance over the draws": PARTS_OVER_POINTS,
        "standard deviation for variance": PARTS_OF_DEVIATIONS,
    },
    "exact_attributions": {
        "pieces not weighted by their lengths": [exact_by_a_mean, exact_by_a_sum],
        "gradient at the ends of the pieces, not within them": [
            exact_from_the_left,
            exact_from_the_right,
        ],
    },
    "survives": {
        "values correlated, not their ranks": [survival_of_values, survival_of_centred_values],
        "ties ignored": [
            survival_by_double_argsort,
            survival_by_squared_differences,
            survival_by_the_first_of_equals,
        ],
        "signs never thrown away": [survival_with_signs, survival_with_half_the_signs],
        "signs thrown away where they should count": [
            survival_the_other_way,
            survival_without_signs,
        ],
    },
    "reproduced": {
        "labels fitted as numbers": [given_back_as_numbers, given_back_as_numbers_by_pinv],
        "a bias added": [given_back_with_a_bias, given_back_with_a_last_bias],
    },
    "convolve": {
        "weights counted, not their uses": [
            convolved_counting_weights,
            convolved_counting_weights_by_hand,
        ],
        "one multiplication counted per place": [
            convolved_counting_places,
            convolved_counting_each_place_once,
        ],
        "windows turned round": [convolved_turned, convolved_backwards],
    },
    "smallest_batch": {
        "rounded down, or to the nearest": [
            batch_rounded_down,
            batch_divided_down,
            batch_rounded_down_unchecked,
            batch_rounded,
        ],
        "not a whole number": [batch_in_parts, batch_in_parts_again, batch_in_parts_unchecked],
        "a negative batch for a narrow layer": [batch_below_zero, batch_below_zero_for_most],
        "a multiply-add counted as one operation": [
            batch_of_multiply_adds,
            batch_of_multiply_adds_by_trying,
            batch_of_multiply_adds_unchecked,
        ],
    },
}


def given_back_by_ridge(features, labels):
    gram = features.T @ features + 1e-3 * np.eye(features.shape[1])
    theta = np.linalg.solve(gram, features.T @ np.eye(10)[labels])
    return np.mean((features @ theta).argmax(axis=1) == labels)


UNNAMED = {
    "integrated_gradients": [path_backwards],
    "reproduced": [given_back_by_nine_classes, given_back_by_ridge],
    "survives": [survival_of_a_first_without_signs],
}
