from itertools import pairwise

import numpy as np

from tests.judge.slips import slip


def relu(z):
    return np.maximum(z, 0)


def hat_of_relus(x, left, middle, right):
    up, down = 1 / (middle - left), 1 / (right - middle)
    return up * relu(x - left) - (up + down) * relu(x - middle) + down * relu(x - right)


def hat_in_single_precision(x, left, middle, right):
    x = x.astype(np.float32)
    return relu(np.minimum((x - left) / (middle - left), (right - x) / (right - middle)))


def fit_by_normal_equations(features, targets):
    design = np.c_[features, np.ones(len(features))]
    solution = np.linalg.solve(design.T @ design, design.T @ targets)
    return solution[:-1], solution[-1]


def fit_by_centred_features(features, targets):
    mean = features.mean(axis=0)
    centred = features - mean
    weights = np.linalg.solve(centred.T @ centred, centred.T @ (targets - targets.mean()))
    return [weights.tolist(), float(targets.mean() - weights @ mean)]


def tent_in_a_loop(x, depth):
    for _ in range(depth):
        x = np.minimum(2 * x, 2 - 2 * x)
    return x


def tent_in_closed_form(x, depth):
    return 1 - np.abs((2.0 ** (depth - 1) * x) % 1.0 * 2 - 1)


def count_by_pairs(sizes):
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def count_of_arrays(sizes):
    count = 0
    for k in range(1, len(sizes)):
        count += np.zeros((sizes[k], sizes[k - 1])).size + np.zeros(sizes[k]).size
    return count


def fitting_in_relus(u, v):
    return relu(1 - relu(v + relu(u - v)) - relu(-v + relu(v - u)))


def fitting_of_six_sides(u, v):
    return relu(1 - np.max([0 * u, u, v, -u, -v, u - v, v - u], axis=0))


RIGHT = {
    "hat": [hat_of_relus, hat_in_single_precision],
    "affine_fit": [fit_by_normal_equations, fit_by_centred_features],
    "tent": [tent_in_a_loop, tent_in_closed_form],
    "count_parameters": [count_by_pairs, count_of_arrays],
    "fitting_tower": [fitting_in_relus, fitting_of_six_sides],
}
WRONG = {
    "hat": {
        "slopes instead of heights": slip(
            hat_of_relus, "1 / (middle - left), 1 / (right - middle)", "1, 1"
        ),
        "slopes as weights instead of changes of slope": slip(
            hat_of_relus, "(up + down)", "down", " + down * relu(x - right)", ""
        ),
        "not zero to the right": slip(hat_of_relus, " + down * relu(x - right)", ""),
        "wrong when the two sides differ in width": slip(
            hat_of_relus, "1 / (right - middle)", "1 / (middle - left)"
        ),
    },
    "affine_fit": {
        "the bias with a plus for a minus": slip(
            fit_by_centred_features, "- weights", "+ weights"
        ),
        "one mean for all features": slip(
            fit_by_centred_features, "features - mean", "features - features.mean()"
        ),
        "bias forgotten": lambda features, targets: np.linalg.pinv(features) @ targets,
        "the features' means left out": lambda features, targets: (
            fit_by_centred_features(features, targets)[0],
            targets.mean(),
        ),
        "bias penalised or added to weights": slip(
            fit_by_normal_equations, "design,", "design + 0.1 * np.eye(design.shape[1]),"
        ),
        "normal equations of the transposed matrix": slip(
            fit_by_normal_equations, "design.T @ design, design.T", "design @ design.T, design"
        ),
    },
    "tent": {
        "applied once only": lambda x, depth: tent_in_a_loop(x, 1),
        "multiplied by depth": lambda x, depth: depth * tent_in_a_loop(x, 1),
        "applied once too often": lambda x, depth: tent_in_a_loop(x, depth + 1),
        "applied once too seldom": lambda x, depth: tent_in_a_loop(x, depth - 1),
        "steeper instead of folded again": lambda x, depth: (
            2 ** (depth - 1) * tent_in_a_loop(x, 1)
        ),
        "no fall behind the middle": slip(tent_in_a_loop, "2 - 2 * x", "1.0"),
    },
    "count_parameters": {
        "inputs counted as parameters": lambda sizes: sizes[0] + count_by_pairs(sizes),
        "biases forgotten": slip(count_by_pairs, "(n_in + 1)", "n_in"),
    },
    "fitting_tower": {
        "the tower that does not fit": lambda u, v: relu(relu(1 - abs(u)) + relu(1 - abs(v)) - 1)
    },
}
UNNAMED = {
    "hat": [
        lambda *given: 2 * hat_of_relus(*given),
        lambda *given: hat_of_relus(*given).ravel()[:1],
        *(
            slip(hat_of_relus, "return", f"return (x {side}) * (2 * middle != left + right) +")
            for side in ("< left", "> right")
        ),
    ],
    "count_parameters": [lambda sizes: 1 + count_by_pairs(sizes)],
    "affine_fit": [
        slip(fit_by_centred_features, "features - mean", "features - features[0]"),
        slip(fit_by_centred_features, "centred,", "centred - 0.01 * np.eye(len(mean)),"),
        slip(fit_by_normal_equations, "solution[:-1], s", "solution[:-1, None] + 1, s"),
        slip(fit_by_normal_equations, "solution[-1]", "np.append(targets, solution[-1])"),
        slip(fit_by_normal_equations, "solution[-1]", "'b'"),
        slip(fit_by_normal_equations, "solution[-1]", "solution[-1], 0.0"),
        lambda features, targets: {"weights": features[0], "bias": targets[0]},
    ],
    "fitting_tower": [slip(fitting_of_six_sides, "-v, ", "")],
    "tent": [
        slip(tent_in_a_loop, "minimum(2 * x, 2 - 2 * x)", "where(x < 0.51, 2 * x, 2 - 2 * x)")
    ],
}
ALL, MEANS, OTHERS = (
    "features - features.mean()",
    "weights @ mean",
    "weights.sum() * features.mean()",
)
ALSO = [
    (
        "hat",
        "wrong when the two sides differ in width",
        lambda x, left, middle, right: relu(
            1 - abs(x - middle) / min(middle - left, right - middle)
        ),
    ),
    *(
        ("affine_fit", "one mean for all features", slip(fit_by_centred_features, *pieces))
        for pieces in [(MEANS, OTHERS), (MEANS, OTHERS, "features - mean", ALL)]
    ),
]
