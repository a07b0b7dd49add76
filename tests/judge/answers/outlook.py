import numpy as np

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


def attributions_from_the_left(gradient, x, baseline, n_steps):
    slopes = [gradient(baseline + k / n_steps * (x - baseline)) for k in range(n_steps)]
    return (x - baseline) * np.mean(slopes, axis=0)


def attributions_of_left_ends(gradient, x, baseline, n_steps):
    total = np.zeros(x.shape)
    for t in np.linspace(0, 1, n_steps, endpoint=False):
        total += gradient((1 - t) * baseline + t * x)
    return total / n_steps * (x - baseline)


def attributions_from_zero(gradient, x, baseline, n_steps):
    slopes = [gradient((k + 0.5) / n_steps * x) for k in range(n_steps)]
    return (x - baseline) * np.mean(slopes, axis=0)


def attributions_without_a_baseline(gradient, x, baseline, n_steps):
    slopes = sum(gradient((k + 0.5) / n_steps * x) for k in range(n_steps))
    return x * slopes / n_steps


# minimum_norm


def shortest_by_lstsq(features, targets):
    return np.linalg.lstsq(features, targets, rcond=None)[0]


def shortest_by_pseudo_inverse(features, targets):
    return np.linalg.pinv(features) @ targets


def shortest_by_singular_values(features, targets):
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    keep = s > 1e-10 * s[0]
    return vt[keep].T @ ((u.T @ targets)[keep] / s[keep])


def shortest_by_descent(features, targets):
    rate = 1 / np.linalg.norm(features, 2) ** 2
    theta = np.zeros(features.shape[1])
    for _ in range(4000):
        theta = theta - rate * features.T @ (features @ theta - targets)
    return theta


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
    rank = np.linalg.matrix_rank(features)
    theta[:rank] = np.linalg.lstsq(features[:, :rank], targets, rcond=None)[0]
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
        shortest_by_descent,
        shortest_by_eigenvalues,
    ],
    "bias_variance": [parts_of_arrays, parts_by_var, parts_of_lists, parts_by_difference],
}
WRONG = {
    "integrated_gradients": {
        "not multiplied by x − baseline": [attributions_without_the_way, attributions_times_x],
        "left rule, not the midpoints": [attributions_from_the_left, attributions_of_left_ends],
        "path from 0 whatever the baseline": [
            attributions_from_zero,
            attributions_without_a_baseline,
        ],
    },
    "minimum_norm": {
        "normal equations (singular)": [normal_equations_solved, normal_equations_inverted],
        "a solution that is not the shortest": [
            solution_of_a_few_columns,
            solution_from_another_start,
        ],
    },
    "bias_variance": {
        "mean of squares for square of means": [parts_of_squares, parts_of_squares_in_a_loop],
        "ddof: divided by n_draws − 1": [parts_with_ddof, parts_divided_by_one_less],
        "sum over points": [parts_summed, parts_with_a_summed_bias],
    },
}
