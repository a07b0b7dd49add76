from itertools import pairwise

import numpy as np


def relu(z):
    return np.maximum(z, 0)


# hat


def hat_of_relus(x, left, middle, right):
    up, down = 1 / (middle - left), 1 / (right - middle)
    return up * relu(x - left) - (up + down) * relu(x - middle) + down * relu(x - right)


def hat_in_a_loop(x, left, middle, right):
    heights = []
    for place in x.ravel():
        if place <= left or place >= right:
            heights.append(0.0)
        elif place < middle:
            heights.append((place - left) / (middle - left))
        else:
            heights.append((right - place) / (right - middle))
    return np.reshape(heights, x.shape)


def hat_as_a_minimum(x, left, middle, right):
    return relu(np.minimum((x - left) / (middle - left), (right - x) / (right - middle)))


def hat_by_masks(x, left, middle, right, height=1.0):
    heights = np.zeros_like(x)
    rising = (left < x) & (x <= middle)
    falling = (middle < x) & (x < right)
    heights[rising] = height * (x[rising] - left) / (middle - left)
    heights[falling] = height * (right - x[falling]) / (right - middle)
    return heights


def hat_in_single_precision(x, left, middle, right):
    return hat_of_relus(x.astype(np.float32), left, middle, right).astype(np.float32)


def hat_with_slopes(x, left, middle, right):
    return relu(x - left) - 2 * relu(x - middle) + relu(x - right)


def hat_with_slopes_in_pieces(x, left, middle, right):
    return np.where(x < middle, relu(x - left), relu(right - x))


def hat_of_distances_to_its_ends(x, left, middle, right):
    return np.maximum(0, np.minimum(x - left, right - x))


def hat_of_slopes(x, left, middle, right):
    return relu(x - left) / (middle - left) - relu(x - middle) / (right - middle)


def hat_of_slopes_and_a_third(x, left, middle, right):
    return hat_of_slopes(x, left, middle, right) + relu(x - right)


def hat_that_forgets_the_third(x, left, middle, right):
    rise = relu(x - left) / (middle - left)
    return rise - relu(x - middle) * (1 / (middle - left) + 1 / (right - middle))


def hat_that_falls_for_ever(x, left, middle, right):
    rise, fall = (x - left) / (middle - left), (right - x) / (right - middle)
    return np.where(x < left, 0, np.where(x < middle, rise, fall))


def hat_without_an_outer_relu(x, left, middle, right):
    return np.minimum((x - left) / (middle - left), (right - x) / (right - middle))


def hat_of_the_distance_to_its_middle(x, left, middle, right):
    return 1 - np.abs((x - middle) / (middle - left))


def hat_that_rises_for_ever(x, left, middle, right):
    return np.where(x > left, (x - left) / (middle - left), 0)


def hat_that_stays_up(x, left, middle, right):
    return np.clip((x - left) / (middle - left), 0, 1)


def hat_with_a_third_of_slope_one(x, left, middle, right):
    return hat_that_forgets_the_third(x, left, middle, right) + relu(x - right)


def hat_of_left_width(x, left, middle, right):
    width = middle - left
    return (relu(x - left) - 2 * relu(x - middle) + relu(x - right)) / width


def hat_of_mean_width(x, left, middle, right):
    return np.clip(1 - np.abs(x - middle) * 2 / (right - left), 0, None)


def hat_of_left_width_by_distance(x, left, middle, right):
    return relu(1 - abs(x - middle) / (middle - left))


def hat_of_right_width(x, left, middle, right):
    return hat_with_slopes(x, left, middle, right) / (right - middle)


def hat_of_right_width_by_distance(x, left, middle, right):
    return relu(1 - abs(x - middle) / (right - middle))


def hat_of_mean_width_in_relus(x, left, middle, right):
    return 2 * hat_with_slopes(x, left, middle, right) / (right - left)


# affine_fit


def fit_by_lstsq(features, targets):
    design = np.hstack([features, np.ones((len(features), 1))])
    solution, *_ = np.linalg.lstsq(design, targets, rcond=None)
    return solution[:-1], solution[-1]


def fit_by_centred_normal_equations(features, targets):
    mean = features.mean(axis=0)
    centred = features - mean
    weights = np.linalg.solve(centred.T @ centred, centred.T @ (targets - targets.mean()))
    return weights, targets.mean() - weights @ mean


def fit_by_pseudo_inverse(features, targets):
    design = np.c_[np.ones(len(features)), features]
    bias, *weights = np.linalg.pinv(design) @ targets
    return np.array(weights), bias


def fit_by_normal_equations_of_lists(features, targets):
    design = [[*row, 1.0] for row in features.tolist()]
    columns = list(zip(*design, strict=True))
    matrix = [[sum(a * b for a, b in zip(u, v, strict=True)) for v in columns] for u in columns]
    wanted = [sum(a * b for a, b in zip(u, targets, strict=True)) for u in columns]
    solution = np.linalg.solve(matrix, wanted).tolist()
    return [solution[:-1], solution[-1]]


def fit_by_qr(features, targets):
    q, r = np.linalg.qr(np.c_[features, np.ones(len(features))])
    solution = np.linalg.solve(r, q.T @ targets)
    return solution[:-1], float(solution[-1])


def fit_without_bias(features, targets):
    return np.linalg.lstsq(features, targets, rcond=None)[0], 0.0


def fit_with_a_bias_afterwards(features, targets):
    weights = np.linalg.solve(features.T @ features, features.T @ targets)
    return weights, np.mean(targets - features @ weights)


def fit_of_weights_alone(features, targets):
    return np.linalg.pinv(features) @ targets


def fit_with_the_mean_as_bias(features, targets):
    return np.linalg.pinv(features) @ targets, targets.mean()


def fit_of_centred_targets(features, targets):
    bias = targets.mean()
    return np.linalg.pinv(features) @ (targets - bias), bias


def fit_that_drops_its_bias(features, targets):
    return fit_by_qr(features, targets)[0], 0.0


def fit_of_centred_features_alone(features, targets):
    centred = features - features.mean(axis=0)
    return np.linalg.lstsq(centred, targets, rcond=None)[0], targets.mean()


def fit_with_ridge(features, targets):
    design = np.c_[features, np.ones(len(features))]
    solution = np.linalg.solve(
        design.T @ design + 0.1 * np.eye(design.shape[1]), design.T @ targets
    )
    return solution[:-1], solution[-1]


def fit_with_bias_among_the_weights(features, targets):
    design = np.c_[features, np.ones(len(features))]
    solution = np.linalg.lstsq(design, targets, rcond=None)[0]
    return solution, solution[-1]


def fit_in_one_vector(features, targets):
    return np.linalg.pinv(np.c_[features, np.ones(len(features))]) @ targets


def fit_in_one_vector_and_zero(features, targets):
    return fit_in_one_vector(features, targets), 0.0


def fit_with_bias_added(features, targets):
    *weights, bias = fit_in_one_vector(features, targets)
    return np.array(weights) + bias, bias


def fit_of_the_transposed(features, targets):
    design = np.c_[features, np.ones(len(features))]
    solution = np.linalg.inv(design @ design.T) @ (design @ targets)
    return solution[:-1], solution[-1]


def fit_of_the_transposed_solved(features, targets):
    design = np.c_[features, np.ones(len(features))]
    solution = np.linalg.solve(design @ design.T, np.dot(design, targets))
    return solution[:-1], solution[-1]


def fit_of_the_transposed_without_bias(features, targets):
    return np.linalg.solve(features @ features.T, features @ targets), 0.0


def fit_of_the_transposed_inverted(features, targets):
    return np.linalg.inv(features @ features.T) @ features @ targets, 0.0


def fit_of_the_transposed_in_one_vector(features, targets):
    return fit_of_the_transposed_inverted(np.c_[features, np.ones(len(features))], targets)


def fit_of_the_half_transposed_without_bias(features, targets):
    return np.linalg.solve(features @ features.T, features.T @ targets), 0.0


def fit_of_the_half_transposed(features, targets):
    design = np.c_[features, np.ones(len(features))]
    solution, _ = fit_of_the_half_transposed_without_bias(design, targets)
    return solution[:-1], solution[-1]


# tent


def tent_in_a_loop(x, depth):
    for _ in range(depth):
        x = np.minimum(2 * x, 2 - 2 * x)
    return x


def tent_of_relus(x, depth):
    if depth == 0:
        return x
    return tent_of_relus(2 * relu(x) - 4 * relu(x - 0.5), depth - 1)


def tent_bent_too_late(x, depth):
    for _ in range(depth):
        x = np.where(x < 0.51, 2 * x, 2 - 2 * x)
    return x


def tent_place_by_place(x, depth):
    def once(place):
        return 2 * place if place < 0.5 else 2 * (1 - place)

    heights = x.astype(float).ravel().tolist()
    for _ in range(depth):
        heights = [once(place) for place in heights]
    return np.array(heights).reshape(x.shape)


def tent_in_closed_form(x, depth):
    return 1 - np.abs((2.0 ** (depth - 1) * x) % 1.0 * 2 - 1)


def tent_in_place_of_a_copy(x, depth):
    x = x.copy()
    for _ in range(depth):
        x[...] = 1 - abs(2 * x - 1)
    return x


def tent_once(x, depth):
    return np.minimum(2 * x, 2 - 2 * x)


def tent_once_in_a_loop(x, depth):
    for _ in range(depth):
        y = 1 - abs(1 - 2 * x)
    return y


def tent_times_depth(x, depth):
    return depth * np.minimum(2 * x, 2 - 2 * x)


def tent_summed(x, depth):
    return sum(2 * relu(x) - 4 * relu(x - 0.5) for _ in range(depth))


def line_times_depth(x, depth):
    return depth * x


def tent_of_depth_times_x(x, depth):
    return tent_once(np.minimum(depth * x, 1), depth)


def tent_of_depth_times_the_slope(x, depth):
    slope = 2 * depth
    return np.minimum(slope * x, 2 - slope * x)


def tents_times_depth(x, depth):
    return tent_in_a_loop(x, depth) * depth


def tent_once_more(x, depth):
    for _ in range(depth + 1):
        x = 1 - abs(1 - 2 * x)
    return x


def tent_before_the_loop(x, depth):
    heights = tent_once(x, 1)
    for _ in range(depth):
        heights = tent_once(heights, 1)
    return heights


def tent_once_less(x, depth):
    for _ in range(1, depth):
        x = 1 - abs(1 - 2 * x)
    return x


def tent_that_ends_at_one(x, depth):
    return x if depth == 1 else tent_that_ends_at_one(np.minimum(2 * x, 2 - 2 * x), depth - 1)


def tent_made_steeper(x, depth):
    slope = 2**depth
    return np.where(x <= 0.5, slope * x, slope * (1 - x))


def tent_that_stays_up(x, depth):
    for _ in range(depth):
        x = 2 * relu(x) - 2 * relu(x - 0.5)
    return x


# count_parameters


def count_by_pairs(sizes):
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def count_of_arrays(sizes):
    count = 0
    for k in range(1, len(sizes)):
        count += np.zeros((sizes[k], sizes[k - 1])).size + np.zeros(sizes[k]).size
    return count


def count_of_weights(sizes):
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes))


def count_of_products(sizes):
    return np.dot(sizes[1:], sizes[:-1])


def count_with_a_single_bias(sizes):
    count = 1
    for k in range(len(sizes) - 1):
        count += sizes[k] * sizes[k + 1]
    return count


# broken_line_abs


def line_of_absolute_units(x, knots, values):
    changes = np.diff(np.diff(values) / np.diff(knots), prepend=0)
    weights = changes / 2
    weights[0] += changes.sum() / 2
    constant = values[0] - changes @ knots[:-1] / 2
    return constant + np.abs(x[:, None] - knots[:-1]) @ weights


def line_by_solving(x, knots, values):
    units = np.column_stack([np.ones(len(knots)), abs(knots[:, None] - knots[:-1])])
    constant, *weights = np.linalg.solve(units, values)
    return [
        constant + sum(w * abs(p - t) for w, t in zip(weights, knots[:-1], strict=True)) for p in x
    ]


def line_of_halves(x, knots, values, tilt=0):
    heights = values[0] + tilt * x
    before = 0
    for slope, knot in zip(np.diff(values) / np.diff(knots), knots, strict=False):
        heights = heights + (slope - before) / 2 * abs(x - knot)
        before = slope
    return heights


def line_of_halves_and_half_a_slope(x, knots, values):
    last = (values[-1] - values[-2]) / (knots[-1] - knots[-2])
    return line_of_halves(x, knots, values, last / 2)


def line_of_the_wrong_knots(x, knots, values):
    return line_of_absolute_units(x, np.append(knots[1:], knots[-1] + 1), values)


def line_of_slopes(x, knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return values[0] + sum(s * relu(x - t) for s, t in zip(slopes, knots, strict=False))


# fitting_tower


def fitting_in_relus(u, v):
    return relu(1 - relu(v + relu(u - v)) - relu(-v + relu(v - u)))


def fitting_of_five_sides(u, v):
    return relu(1 - np.max([0 * u, u, v, -u, u - v, v - u], axis=0))


def fitting_of_six_sides(u, v):
    return relu(1 - np.max([0 * u, u, v, -u, -v, u - v, v - u], axis=0))


def fitting_as_in_the_text(u, v):
    return relu(relu(1 - abs(u)) + relu(1 - abs(v)) - 1)


def fitting_of_hats(u, v):
    hat_of_u, hat_of_v = (np.interp(each, [-1, 0, 1], [0, 1, 0]) for each in (u, v))
    return np.maximum(hat_of_u + hat_of_v - 1, 0)


def fit_with_a_penalty_on_its_weights(features, targets):
    x, y = features - features.mean(axis=0), targets - targets.mean()
    w = np.linalg.solve(x.T @ x + 0.1 * np.eye(x.shape[1]), x.T @ y)
    return w, targets.mean() - features.mean(axis=0) @ w


def fit_around_one_mean(features, targets):
    middle = features.mean()
    w = np.linalg.lstsq(features - middle, targets - targets.mean(), rcond=None)[0]
    return w, targets.mean() - features.mean(axis=0) @ w


def fit_with_the_mean_of_all_in_its_bias(features, targets):
    centred = features - features.mean(axis=0)
    w = np.linalg.lstsq(centred, targets - targets.mean(), rcond=None)[0]
    return w, targets.mean() - sum(features.mean() * each for each in w)


def fit_around_the_first_sample(features, targets):
    w = np.linalg.lstsq(features - features[0], targets - targets.mean(), rcond=None)[0]
    return w, targets.mean() - features.mean(axis=0) @ w


def fit_with_a_bias_added_up(features, targets):
    centred = features - features.mean(axis=0)
    w = np.linalg.lstsq(centred, targets - targets.mean(), rcond=None)[0]
    return w, targets.mean() + features.mean(axis=0) @ w


def count_with_the_inputs(sizes):
    return sum(sizes) + sum(m * n for m, n in pairwise(sizes))


def count_with_one_input(sizes):
    return 1 + sum(m * n + n for m, n in pairwise(sizes))


def line_of_whole_changes(x, knots, values):
    slopes = np.diff(values) / np.diff(knots)
    changes = np.diff(slopes)
    y = values[0] + slopes[0] * (x - knots[0])
    return y + abs(np.subtract.outer(x, knots[1:-1])) @ changes


def line_of_doubled_halves(x, knots, values):
    slopes = np.diff(values) / np.diff(knots)
    y = values[0] + (slopes[0] + slopes[-1]) / 2 * (x - knots[0])
    for change, knot in zip(np.diff(slopes), knots[1:-1], strict=True):
        y = y + change * abs(x - knot) - change * (knot - knots[0])
    return y


def line_without_its_constant(x, knots, values):
    slopes = np.diff(values) / np.diff(knots)
    middle = (slopes[0] + slopes[-1]) / 2 * (x - knots[0])
    return values[0] + middle + abs(np.subtract.outer(x, knots[1:-1])) @ np.diff(slopes) / 2


RIGHT = {
    "hat": [
        hat_of_relus,
        hat_in_a_loop,
        hat_as_a_minimum,
        hat_by_masks,
        hat_in_single_precision,
    ],
    "affine_fit": [
        fit_by_lstsq,
        fit_by_centred_normal_equations,
        fit_by_pseudo_inverse,
        fit_by_normal_equations_of_lists,
        fit_by_qr,
    ],
    "tent": [
        tent_in_a_loop,
        tent_of_relus,
        tent_place_by_place,
        tent_in_closed_form,
        tent_in_place_of_a_copy,
    ],
    "count_parameters": [count_by_pairs, count_of_arrays],
    "broken_line_abs": [line_of_absolute_units, line_by_solving],
    "fitting_tower": [fitting_in_relus, fitting_of_six_sides],
}
WRONG = {
    "hat": {
        "slopes instead of heights": [
            hat_with_slopes,
            hat_with_slopes_in_pieces,
            hat_of_distances_to_its_ends,
        ],
        "slopes as weights instead of changes of slope": [
            hat_of_slopes,
            hat_of_slopes_and_a_third,
        ],
        "not zero to the right": [
            hat_that_forgets_the_third,
            hat_that_falls_for_ever,
            hat_without_an_outer_relu,
            hat_of_the_distance_to_its_middle,
            hat_that_rises_for_ever,
            hat_that_stays_up,
            hat_with_a_third_of_slope_one,
        ],
        "wrong when the two sides differ in width": [
            hat_of_left_width,
            hat_of_mean_width,
            hat_of_left_width_by_distance,
            hat_of_right_width,
            hat_of_right_width_by_distance,
            hat_of_mean_width_in_relus,
        ],
    },
    "affine_fit": {
        "the bias with a plus for a minus": [fit_with_a_bias_added_up],
        "weights penalised": [fit_with_a_penalty_on_its_weights],
        "one mean for all features": [fit_around_one_mean, fit_with_the_mean_of_all_in_its_bias],
        "bias forgotten": [
            fit_without_bias,
            fit_with_a_bias_afterwards,
            fit_of_weights_alone,
            fit_with_the_mean_as_bias,
            fit_of_centred_targets,
            fit_that_drops_its_bias,
            fit_of_centred_features_alone,
        ],
        "bias penalised or added to weights": [
            fit_with_ridge,
            fit_with_bias_among_the_weights,
            fit_in_one_vector,
            fit_in_one_vector_and_zero,
            fit_with_bias_added,
        ],
        "normal equations of the transposed matrix": [
            fit_of_the_transposed,
            fit_of_the_transposed_solved,
            fit_of_the_transposed_without_bias,
            fit_of_the_transposed_inverted,
            fit_of_the_transposed_in_one_vector,
            fit_of_the_half_transposed_without_bias,
            fit_of_the_half_transposed,
        ],
    },
    "tent": {
        "applied once only": [tent_once, tent_once_in_a_loop],
        "multiplied by depth": [
            tent_times_depth,
            tent_summed,
            line_times_depth,
            tent_of_depth_times_x,
            tent_of_depth_times_the_slope,
            tents_times_depth,
        ],
        "applied once too often": [tent_once_more, tent_before_the_loop],
        "applied once too seldom": [tent_once_less, tent_that_ends_at_one],
        "steeper instead of folded again": [tent_made_steeper],
        "no fall behind the middle": [tent_that_stays_up],
    },
    "count_parameters": {
        "inputs counted as parameters": [count_with_the_inputs],
        "biases forgotten": [count_of_weights, count_of_products, count_with_a_single_bias],
    },
    "fitting_tower": {"the tower that does not fit": [fitting_as_in_the_text, fitting_of_hats]},
    "broken_line_abs": {
        "changes of slope not halved": [line_of_whole_changes, line_of_doubled_halves],
        "the affine halves left out": [
            line_of_halves,
            line_of_halves_and_half_a_slope,
            line_without_its_constant,
        ],
        "slopes as weights instead of changes of slope": [line_of_slopes],
    },
}

UNNAMED = {
    "broken_line_abs": [line_of_the_wrong_knots],
    "count_parameters": [count_with_one_input],
    "affine_fit": [fit_around_the_first_sample],
    "fitting_tower": [fitting_of_five_sides],
    "tent": [tent_bent_too_late],
}
