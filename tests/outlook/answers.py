import numpy as np

from tests.judge.slips import slip


def attributions_in_a_loop(gradient, x, baseline, n_steps):
    total = np.zeros_like(x)
    for k in range(n_steps):
        total += gradient(baseline + (k + 0.5) / n_steps * (x - baseline))
    return (x - baseline) * total / n_steps


def attributions_of_a_batch(gradient, x, baseline, n_steps):
    t = np.linspace(0, 1, 2 * n_steps + 1)[1::2]
    points = baseline + np.multiply.outer(t, x - baseline)
    return (x - baseline) * gradient(points).mean(axis=0)


def shortest_by_singular_values(features, targets):
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    keep = s > 1e-10 * s[0]
    return vt[keep].T @ ((u.T @ targets)[keep] / s[keep])


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


def parts_of_arrays(predictions, truth):
    mean = predictions.mean(axis=0)
    return ((mean - truth) ** 2).mean(), ((predictions - mean) ** 2).mean()


def parts_by_difference(predictions, truth, ddof=0):
    error = np.mean((predictions - truth) ** 2)
    variance = np.mean(predictions**2) - np.mean(predictions.mean(axis=0) ** 2)
    return np.array([error - variance, variance])


def given_back_by_pinv(features, labels):
    targets = (labels[:, None] == np.arange(10)).astype(float)
    return np.mean((features @ np.linalg.pinv(features) @ targets).argmax(axis=1) == labels)


def given_back_by_lstsq(features, labels):
    theta = np.linalg.lstsq(features, np.eye(labels.max() + 1)[labels], rcond=None)[0]
    return sum(np.argmax(features @ theta, axis=1) == labels) / len(labels)


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
        for i, j in np.ndindex(high, wide):
            picture += window[i, j] * image[i : i + rows, j : j + columns]
            count += rows * columns
        pictures.append(picture)
    return pictures, count


RIGHT = {
    "integrated_gradients": [attributions_in_a_loop, attributions_of_a_batch],
    "minimum_norm": [shortest_by_singular_values, shortest_by_conjugate_gradients],
    "bias_variance": [parts_of_arrays, parts_by_difference],
    "reproduced": [given_back_by_pinv, given_back_by_lstsq],
    "convolve": [convolved_in_loops, convolved_window_by_window],
}
WAY = "baseline + (k + 0.5) / n_steps * (x - baseline)"
BIAS, VARIANCE = "((mean - truth) ** 2).mean()", "((predictions - mean) ** 2).mean()"
WRONG = {
    "integrated_gradients": {
        "path that goes on from the baseline by x, not to x": slip(
            attributions_in_a_loop, "n_steps * (x - baseline)", "n_steps * x"
        ),
        "not multiplied by x − baseline": slip(
            attributions_in_a_loop, "(x - baseline) * total", "total"
        ),
        "left rule, not the midpoints": slip(attributions_in_a_loop, "(k + 0.5)", "k"),
        "path from 0 whatever the baseline": slip(
            attributions_in_a_loop, WAY, "(k + 0.5) / n_steps * x"
        ),
        "right rule, not the midpoints": slip(attributions_in_a_loop, "0.5", "1"),
        "sum of the gradients, not their mean": slip(
            attributions_in_a_loop, "total / n_steps", "total"
        ),
        "gradient at x only": lambda gradient, x, baseline, n_steps: gradient(x) * (x - baseline),
    },
    "minimum_norm": {
        "the formula for independent rows, whatever the rows are": lambda features, targets: (
            features.T @ np.linalg.solve(features @ features.T, targets)
        ),
        "divided by a singular value that should be 0": slip(
            shortest_by_singular_values, "s > 1e-10 * s[0]", "s >= 0"
        ),
        "the v_i taken from columns, not from rows": slip(
            shortest_by_singular_values, "vt[keep].T", "vt", "[keep]", ""
        ),
        "normal equations (singular)": lambda features, targets: np.linalg.solve(
            features.T @ features, features.T @ targets
        ),
        "a solution that is not the shortest": lambda features, targets: (
            shortest_by_singular_values(features, targets - features.sum(axis=1)) + 1
        ),
    },
    "bias_variance": {
        "mean of squares for square of means": slip(
            parts_of_arrays, "mean - truth", "predictions - truth"
        ),
        "ddof: divided by n_draws − 1": slip(
            parts_of_arrays, VARIANCE, "predictions.var(axis=0, ddof=1).mean()"
        ),
        "sum over points": slip(parts_of_arrays, BIAS, "((mean - truth) ** 2).sum()"),
        "variance about the truth or about 0, not about the mean of the draws": slip(
            parts_of_arrays, "predictions - mean", "predictions - truth"
        ),
        "variance over the points for variance over the draws": slip(
            parts_of_arrays, VARIANCE, "predictions.var(axis=1).mean()"
        ),
    },
    "reproduced": {
        "labels fitted as numbers": slip(
            given_back_by_pinv, "@ targets).argmax(axis=1)", "@ labels).round()"
        ),
        "a bias added": lambda features, labels: given_back_by_pinv(
            np.column_stack([features, np.ones(len(labels))]), labels
        ),
    },
    "convolve": {
        "weights counted, not their uses": slip(convolved_in_loops, "t, count", "t, windows.size"),
        "one multiplication counted per place": slip(
            convolved_in_loops, "t, count", "t, out.size"
        ),
        "windows turned round": slip(convolved_in_loops, "[f, i, j]", "[f, -1 - i, -1 - j]"),
    },
}
KEPT = "vt[keep].T @ ((u.T @ targets)[keep] / s[keep])"
COLUMNS = "the v_i taken from columns, not from rows"
ALSO = [
    ("minimum_norm", mistake, slip(shortest_by_singular_values, KEPT, wrong))
    for mistake, wrong in [
        ("divided by a singular value that should be 0", "vt.T @ (u.T @ targets / (s * keep))"),
        (COLUMNS, "vt[:, : len(s)] @ (u.T @ targets / s)"),
        (COLUMNS, "vt[:, : len(s)] @ (u.T @ targets * keep / np.where(keep, s, 1))"),
    ]
]
UNNAMED = {
    "integrated_gradients": [
        slip(attributions_in_a_loop, WAY, "x - (k + 0.5) / n_steps * baseline")
    ],
    "reproduced": [
        slip(given_back_by_pinv, "10", "9"),
        slip(
            given_back_by_pinv,
            "np.linalg.pinv(features)",
            "np.linalg.inv(features.T @ features + 1e-3 * np.eye(len(features.T))) @ features.T",
        ),
    ],
    "minimum_norm": [
        lambda features, targets: 1.001 * shortest_by_singular_values(features, targets) + 1e-3,
        slip(shortest_by_singular_values, "1e-10", "0.01"),
        lambda features, targets: np.nan * features[0],
        lambda f, targets: np.linalg.lstsq(f, targets)[0] * (np.linalg.matrix_rank(f) == len(f.T)),
        slip(shortest_by_singular_values, "[keep] / s[keep]", "[keep] / s"),
        lambda features, targets: features[0] * int("no"),
        lambda features, targets: np.append(shortest_by_singular_values(features, targets), 0),
    ],
}
