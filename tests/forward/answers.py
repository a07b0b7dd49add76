import numpy as np

# forward


def forward_in_six_lines(x, weights, biases):
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        x = np.maximum(x @ w.T + b, 0)
    return x @ weights[-1].T + biases[-1]


def forward_sample_by_sample(x, weights, biases):
    rows = []
    for a in x:
        for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
            a = w @ a + b
            if layer < len(weights) - 1:
                a = a * (a > 0)
        rows.append(a)
    return rows


def forward_entry_by_entry(x, weights, biases):
    a = x.tolist()
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        z = [
            [
                sum(p * q for p, q in zip(row, unit, strict=True)) + c
                for unit, c in zip(w, b, strict=True)
            ]
            for row in a
        ]
        last = layer == len(weights) - 1
        a = z if last else [[max(value, 0.0) for value in row] for row in z]
    return a


def forward_by_einsum(x, weights, biases, activation=lambda z: z.clip(min=0)):
    a, r = x, len(weights)
    for layer in range(r):
        z = np.einsum("sj,ij->si", a, weights[layer]) + biases[layer][np.newaxis, :]
        a = activation(z) if layer != r - 1 else z
    return a


def forward_in_place_of_a_copy(x, weights, biases):
    a = x.astype(float)
    while True:
        (w, *weights), (b, *biases) = weights, biases
        a = np.dot(a, w.T)
        a += b
        if not weights:
            return a
        a[a < 0] = 0


def forward_with_relu_at_the_end(x, weights, biases):
    for w, b in zip(weights, biases, strict=True):
        x = np.maximum(0, x @ w.T + b)
    return x


def forward_with_relu_at_the_end_too(x, weights, biases):
    out = forward_in_six_lines(x, weights, biases)
    return np.where(out > 0, out, 0)


def forward_without_relu(x, weights, biases):
    for w, b in zip(weights, biases, strict=True):
        x = x @ w.T + b
    return x


def forward_with_a_relu_nobody_uses(x, weights, biases):
    for layer, w in enumerate(weights):
        z = np.dot(x, w.T) + biases[layer]
        np.maximum(z, 0)
        x = z
    return x


def forward_reshaped(x, weights, biases):
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        x = x @ w.reshape(w.shape[1], w.shape[0]) + b
        if layer < len(weights) - 1:
            x = np.maximum(x, 0)
    return x


def forward_reshaped_in_place(x, weights, biases):
    turned = [w.reshape(w.shape[::-1]) for w in weights]
    for w, b in zip(turned[:-1], biases[:-1], strict=True):
        x = np.maximum(x.dot(w) + b, 0)
    return x.dot(turned[-1]) + biases[-1]


def forward_with_a_column(x, weights, biases):
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        x = x @ w.T + b[:, np.newaxis]
        if layer < len(weights) - 1:
            x = np.maximum(x, 0)
    return x


def forward_with_a_column_in_place(x, weights, biases):
    for layer, w in enumerate(weights):
        z = x @ w.T
        z += biases[layer].reshape(-1, 1)
        x = np.maximum(z, 0) if layer + 1 < len(weights) else z
    return x


def forward_untransposed(x, weights, biases):
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        x = np.maximum(x @ w + b, 0)
    return x @ weights[-1] + biases[-1]


def forward_untransposed_by_dot(x, weights, biases):
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        z = np.dot(x, w) + b
        x = z if layer == len(weights) - 1 else np.maximum(z, 0)
    return x


def forward_without_biases(x, weights, biases):
    for w in weights[:-1]:
        x = np.maximum(x @ w.T, 0)
    return x @ weights[-1].T


def forward_without_hidden_biases(x, weights, biases):
    return forward_without_biases(x, weights, biases) + biases[-1]


def forward_with_biases_after_relu(x, weights, biases):
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        z = x @ w.T
        x = (np.maximum(z, 0) if layer < len(weights) - 1 else z) + b
    return x


def forward_with_biases_after_relu_sample_by_sample(x, weights, biases):
    rows = []
    for a in x:
        for w, b in zip(weights[:-1], biases[:-1], strict=True):
            a = (w @ a).clip(min=0) + b
        rows.append(weights[-1] @ a + biases[-1])
    return np.stack(rows)


# he_weights


def he_by_normal(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))


def he_by_standard_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * (2 / n_in) ** 0.5


def he_number_by_number(n_out, n_in, rng):
    return [[rng.normal(scale=(2 / n_in) ** 0.5) for _ in range(n_in)] for _ in range(n_out)]


def he_uniform(n_out, n_in, rng):
    half = np.sqrt(6 / n_in)
    return rng.uniform(-half, half, size=(n_out, n_in))


def he_in_single_precision(n_out, n_in, rng, dtype=np.float32):
    return (rng.standard_normal((n_out, n_in)) / np.sqrt(n_in / 2)).astype(dtype)


def he_variance(n_out, n_in, rng):
    return rng.normal(0, 2 / n_in, size=(n_out, n_in))


def he_variance_times(n_out, n_in, rng):
    return (2 / n_in) * rng.standard_normal((n_out, n_in))


def he_variance_of_the_outputs(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * (2 / n_out)


def he_of_the_outputs(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_out), size=(n_out, n_in))


def he_of_the_outputs_times(n_out, n_in, rng):
    return rng.standard_normal(size=(n_out, n_in)) * np.sqrt(2.0 / n_out)


def he_of_a_narrow_uniform(n_out, n_in, rng):
    sd = np.sqrt(2 / n_in)
    return rng.uniform(-sd, sd, (n_out, n_in))


def he_of_a_narrow_random(n_out, n_in, rng):
    return (2 * rng.random((n_out, n_in)) - 1) * np.sqrt(2 / n_in)


def he_of_another_generator(n_out, n_in, rng):
    return np.random.default_rng().normal(0, np.sqrt(2 / n_in), (n_out, n_in))


def he_of_a_fixed_seed(n_out, n_in, rng):
    return np.random.default_rng(0).normal(0, np.sqrt(2 / n_in), (n_out, n_in))


def he_of_the_global_state(n_out, n_in, rng):
    return np.random.randn(n_out, n_in) * np.sqrt(2 / n_in)  # noqa: NPY002


def he_without_the_two(n_out, n_in, rng):
    return rng.normal(0, n_in**-0.5, (n_out, n_in))


def he_without_the_two_times(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt(n_in)


def he_of_inputs_and_outputs(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + n_out))


def he_of_inputs_and_outputs_uniform(n_out, n_in, rng):
    half = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-half, half, size=(n_out, n_in))


def he_of_random(n_out, n_in, rng):
    return rng.random((n_out, n_in)) * np.sqrt(2 / n_in)


def he_of_absolute_values(n_out, n_in, rng):
    return np.abs(rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in)))


def he_sorted(n_out, n_in, rng):
    return np.sort(he_by_normal(n_out, n_in, rng), axis=None).reshape(n_out, n_in)


def he_sorted_in_each_row(n_out, n_in, rng):
    return np.sort(he_by_normal(n_out, n_in, rng), axis=1)


def he_sorted_in_each_column(n_out, n_in, rng):
    return np.sort(he_by_normal(n_out, n_in, rng), axis=0)


# local_map


def map_by_masks(x, weights, biases):
    a, c = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        mask = a @ x + c > 0
        a, c = w @ (mask[:, None] * a), w @ (mask * c) + b
    return a, c


def map_by_diagonals(x, weights, biases):
    matrix, offset = np.eye(len(x)), np.zeros(len(x))
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        matrix, offset = w @ matrix, w @ offset + b
        if layer < len(weights) - 1:
            d = np.diag((matrix @ x + offset > 0).astype(float))
            matrix, offset = d @ matrix, d @ offset
    return matrix, offset


def map_by_subtraction(x, weights, biases):
    a, rows = x, np.eye(len(x))
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        z, rows = w @ a + b, w @ rows
        if layer < len(weights) - 1:
            rows[z <= 0] = 0
            a = np.maximum(z, 0)
    return [rows, z - rows @ x]


def map_by_columns(x, weights, biases):
    def output(v):
        for open_units, w, b in zip(states, weights, biases, strict=True):
            v = open_units * (w @ v + b)
        return v

    states, a = [], x
    for w, b in zip(weights, biases, strict=True):
        z = w @ a + b
        states.append(z > 0)
        a = np.maximum(z, 0)
    states[-1] = np.ones(len(biases[-1]))
    c = output(np.zeros(len(x)))
    return np.array([output(e) - c for e in np.eye(len(x))]).T, c


def map_by_the_pattern_without_c(x, weights, biases):
    a, c = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        d = np.diag(1.0 * (a @ x > 0))
        a, c = w @ d @ a, w @ d @ c + b
    return a, c


def map_by_the_pattern_of_the_last_bias(x, weights, biases):
    a, c = weights[0], biases[0]
    for layer in range(1, len(weights)):
        mask = a @ x + biases[layer - 1] > 0
        a, c = weights[layer] @ (mask[:, None] * a), weights[layer] @ (mask * c) + biases[layer]
    return a, c


def map_by_the_pattern_of_a_linear_path(x, weights, biases):
    zs = [weights[0] @ x + biases[0]]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        zs.append(w @ zs[-1] + b)
    a, c = weights[0], biases[0]
    for w, b, z in zip(weights[1:], biases[1:], zs, strict=False):
        a, c = (w * (z > 0)) @ a, (w * (z > 0)) @ c + b
    return a, c


def map_around_a_neighbour(by):
    def mapped(x, weights, biases):
        return map_by_masks(x + by, weights, biases)

    return mapped


def _map(x, weights, biases, mask_of, side="rows"):
    inputs, zs = [x], []
    for w, b in zip(weights, biases, strict=True):
        zs.append(w @ inputs[-1] + b)
        inputs.append(np.maximum(zs[-1], 0))
    a, c = weights[0], biases[0]
    for layer in range(1, len(weights)):
        mask = mask_of(inputs, zs, layer)
        masked = mask[:, None] * a if side == "rows" else a * mask
        a, c = weights[layer] @ masked, weights[layer] @ (mask * c) + biases[layer]
    return a, c


def map_with_masks_of_the_inputs(x, weights, biases):
    return _map(x, weights, biases, lambda inputs, zs, layer: inputs[layer - 1] > 0)


def map_with_masks_of_the_next(x, weights, biases):
    return _map(x, weights, biases, lambda inputs, zs, layer: zs[layer] > 0)


def map_with_masks_of_the_first(x, weights, biases):
    return _map(x, weights, biases, lambda inputs, zs, layer: zs[0] > 0)


def map_with_masks_from_the_end(x, weights, biases):
    return _map(x, weights, biases, lambda inputs, zs, layer: zs[-1 - layer] > 0)


def map_without_biases(x, weights, biases):
    a, c = map_by_masks(x, weights, biases)
    return a, 0 * c


def map_that_knows_no_bias(x, weights, biases):
    a, h = weights[0], weights[0] @ x
    for w in weights[1:]:
        a, h = w @ np.diag(1.0 * (h > 0)) @ a, w @ np.maximum(h, 0)
    return a, np.zeros(len(a))


def map_with_the_last_bias(x, weights, biases):
    return map_by_masks(x, weights, biases)[0], biases[-1].copy()


def map_without_the_last_bias(x, weights, biases):
    a, c = map_by_masks(x, weights, biases)
    return a, c - biases[-1]


def map_masked_on_the_right(x, weights, biases):
    return _map(x, weights, biases, lambda inputs, zs, layer: zs[layer - 1] > 0, "columns")


def map_with_diagonals_on_the_right(x, weights, biases):
    a, c = weights[0], biases[0]
    h = x
    for layer, (w, b) in enumerate(zip(weights[1:], biases[1:], strict=True)):
        z = weights[layer] @ h + biases[layer]
        d = np.diag(1.0 * (z > 0))
        a, c = w @ (a @ d), w @ (d @ c) + b
        h = np.maximum(z, 0)
    return a, c


def map_with_diagonals_in_front(x, weights, biases):
    a, c = weights[0], biases[0]
    h = a @ x + c
    for w, b in zip(weights[1:], biases[1:], strict=True):
        d = np.diag(1.0 * (h > 0))
        a, c = d @ w @ a, d @ w @ c + b
        h = w @ np.maximum(h, 0) + b
    return a, c


def map_without_masks(x, weights, biases):
    return positive_layer_by_layer(weights, biases)


def map_with_masks_for_a_only(x, weights, biases):
    a, c, h = weights[0], biases[0], x
    for layer, (w, b) in enumerate(zip(weights[1:], biases[1:], strict=True)):
        h = np.maximum(weights[layer] @ h + biases[layer], 0)
        a, c = w @ np.diag(1.0 * (h > 0)) @ a, w @ c + b
    return a, c


def map_with_the_offset_of_a_linear_path(x, weights, biases):
    linear = biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        linear = w @ linear + b
    return map_by_masks(x, weights, biases)[0], linear


def map_with_a_last_mask(x, weights, biases):
    a, c = map_by_masks(x, weights, biases)
    d = np.diag(1.0 * (a @ x + c > 0))
    return d @ a, d @ c


def map_of_a_last_relu(x, weights, biases):
    a, c = map_by_masks(x, weights, biases)
    closed = a @ x + c <= 0
    a[closed], c[closed] = 0, 0
    return a, c


def _with_other_offsets(found):
    def by_subtraction(x, weights, biases):
        a, _ = found(x, weights, biases)
        return a, forward_in_six_lines(x[np.newaxis], weights, biases)[0] - a @ x

    def with_the_right_offset(x, weights, biases):
        return found(x, weights, biases)[0], map_by_masks(x, weights, biases)[1]

    for other in (by_subtraction, with_the_right_offset):
        other.__name__ = f"{found.__name__}_{other.__name__}"
    return found, by_subtraction, with_the_right_offset


# forward_all


def all_in_two_lists(x, weights, biases):
    a, inputs, preactivations = x, [], []
    for w, b in zip(weights, biases, strict=True):
        inputs.append(a)
        preactivations.append(a @ w.T + b)
        a = np.maximum(preactivations[-1], 0)
    return inputs, preactivations


def all_with_the_layers_before(x, weights, biases):
    z = [x @ weights[0].T + biases[0]]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        z.append(z[-1].clip(min=0) @ w.T + b)
    return [x, *(each.clip(min=0) for each in z[:-1])], z


def all_that_is_handed_on(x, weights, biases):
    handed_on, preactivations = [], []
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        z = x @ w.T + b
        x = np.maximum(z, 0) if layer < len(weights) - 1 else z
        handed_on.append(x)
        preactivations.append(z)
    return handed_on, preactivations


def all_that_is_handed_on_with_a_last_relu(x, weights, biases):
    inputs, preactivations = all_in_two_lists(x, weights, biases)
    return [*inputs[1:], np.maximum(preactivations[-1], 0)], preactivations


def all_after_the_relu(x, weights, biases):
    inputs, outputs = [], []
    for w, b in zip(weights, biases, strict=True):
        inputs.append(x)
        x = np.maximum(x @ w.T + b, 0)
        outputs.append(x)
    return inputs, outputs


def all_after_the_relu_but_the_last(x, weights, biases):
    inputs, preactivations = all_in_two_lists(x, weights, biases)
    return inputs, inputs[1:] + preactivations[-1:]


# mixes_samples


def mixing_by_shuffle_and_half(network, x):
    order, out = np.random.default_rng(0).permutation(len(x)), network(x)
    half = len(x) // 2
    return not (
        np.allclose(network(x[order]), out[order]) and np.allclose(network(x[:half]), out[:half])
    )


def mixing_one_by_one(network, x):
    out = network(x)
    alone = [network(x[s : s + 1]) for s in range(len(x))]
    return any(not np.allclose(one[0], row) for one, row in zip(alone, out, strict=True))


def mixing_by_both_halves(network, x):
    half = len(x) // 2
    parts = np.vstack([network(x[:half]), network(x[half:])])
    return bool(abs(parts - network(x)).max() > 1e-9)


def mixing_by_shuffle(network, x):
    order = np.random.default_rng(1).permutation(len(x))
    return not np.allclose(network(x[order]), network(x)[order])


def mixing_by_shuffle_with_a_loop(network, x):
    order = list(reversed(range(len(x))))
    shuffled, out = network(x[order]), network(x)
    return any(abs(shuffled[k] - out[s]).max() > 1e-9 for k, s in enumerate(order))


def mixing_by_half(network, x):
    half = len(x) // 2
    return not np.allclose(network(x[:half]), network(x)[:half])


def mixing_by_the_first_two(network, x):
    return bool(np.any(abs(network(x[:2]) - network(x)[:2]) > 1e-9))


def mixing_with_outputs_in_place(network, x):
    order = np.random.default_rng(0).permutation(len(x))
    return not np.allclose(network(x[order]), network(x))


def mixing_with_outputs_in_place_and_half(network, x):
    return mixing_with_outputs_in_place(network, x) or mixing_by_half(network, x)


def mixing_by_the_last(network, x):
    return not np.allclose(network(x[-1:]), network(x)[-1:])


def mixing_by_the_second_half(network, x):
    half = len(x) // 2
    return bool(abs(network(x[half:]) - network(x)[half:]).max() > 1e-9)


def mixing_always(network, x):
    return True


def mixing_never(network, x):
    return np.bool_(len(x) == 0)


def mixing_by_shapes(network, x):
    return network(x[::-1]).shape != network(x).shape


def mixing_by_shapes_of_a_half(network, x):
    half = len(x) // 2
    return network(x[:half]).shape != network(x)[:half].shape


def mixing_by_one_in_the_middle(network, x):
    middle = len(x) // 2
    return not np.allclose(network(x)[middle], network(x[middle : middle + 1])[0])


def mixing_turned_round(network, x):
    return not mixing_by_shuffle_and_half(network, x)


def mixing_turned_round_by_shuffle(network, x):
    return not mixing_by_shuffle(network, x)


def mixing_turned_round_by_half(network, x):
    half = len(x) // 2
    return np.allclose(network(x)[:half], network(x[:half]))


# polygon


def polygon_of_minus_ones(normals, offsets):
    return [normals, -np.ones((1, len(normals)))], [offsets, np.zeros(1)]


def polygon_of_distances(normals, offsets):
    lengths = np.linalg.norm(normals, axis=1)
    top = [[-1.0] * len(normals)]
    return [normals / lengths[:, None], top], (offsets / lengths, [0.0])


def polygon_with_weights(normals, offsets):
    return [2 * normals, np.full((1, len(normals)), -0.5)], [2 * offsets, np.array([0])]


def polygon_that_is_positive(normals, offsets):
    return [normals, np.ones((1, len(normals)))], [offsets, np.zeros(1)]


def polygon_of_positive_distances(normals, offsets):
    (sides, top), biases = polygon_of_distances(normals, offsets)
    return [sides, -np.array(top)], biases


def polygon_a_thousandth_too_large(normals, offsets):
    (sides, top), (distances, zero) = polygon_of_distances(normals, offsets)
    return [sides, top], [distances - 0.001, zero]


def polygon_a_thousandth_too_small(normals, offsets):
    return polygon_of_minus_ones(normals, offsets + 0.001)


# positive_map


def positive_by_zero(weights, biases):
    matrix = weights[0]
    for w in weights[1:]:
        matrix = w @ matrix
    zero = np.zeros((1, matrix.shape[1]))
    return matrix, forward_in_six_lines(zero, weights, biases)[0]


def positive_layer_by_layer(weights, biases):
    matrix, offset = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        matrix, offset = w @ matrix, w @ offset + b
    return matrix, offset


def positive_by_unit_vectors(weights, biases):
    n_in = weights[0].shape[1]
    rows = forward_in_six_lines(np.vstack([np.zeros(n_in), np.eye(n_in)]), weights, biases)
    return (rows[1:] - rows[0]).T, rows[0]


def positive_from_first_to_last(weights, biases):
    matrix = weights[0]
    for w in weights[1:]:
        matrix = matrix @ w
    return matrix, positive_by_zero(weights, biases)[1]


def positive_by_multi_dot(weights, biases):
    matrix = weights[0] if len(weights) == 1 else np.linalg.multi_dot(weights)
    return matrix, positive_by_zero(weights, biases)[1]


def positive_with_the_last_bias(weights, biases):
    return positive_by_zero(weights, biases)[0], biases[-1].copy()


def positive_with_all_biases(weights, biases):
    offset = biases[0]
    for b in biases[1:]:
        offset = offset + b
    return positive_by_zero(weights, biases)[0], offset


# leaky_variance


def leaky_in_one_line(n_in, slope):
    return 2 / (n_in * (1 + slope**2))


def leaky_by_halves(n_in, slope):
    kept = 0.5 + 0.5 * slope * slope
    return np.array(1 / (n_in * kept))


def leaky_without_a_square(n_in, slope):
    return 2 / (n_in * (1 + slope))


def leaky_with_halves_of_the_slope(n_in, slope):
    kept = 1 / 2 + slope / 2
    return 1 / n_in / kept


def leaky_deviation(n_in, slope):
    return (2 / (n_in * (1 + slope**2))) ** 0.5


def leaky_root(n_in, slope):
    return np.sqrt(leaky_by_halves(n_in, slope))


def map_with_an_offset_unmasked(x, weights, biases):
    matrix, offset = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        open_ = matrix @ x + offset > 0
        matrix, offset = w @ np.diag(open_) @ matrix, w @ offset + b
    return matrix, offset


def map_with_a_mask_at_the_end(x, weights, biases):
    matrix, offset = np.eye(len(x)), 0 * x
    for w, b in zip(weights, biases, strict=True):
        matrix, offset = w @ matrix, w @ offset + b
        open_ = matrix @ x + offset > 0
        matrix, offset = open_[:, None] * matrix, open_ * offset
    return matrix, offset


def map_with_an_offset_masked_later(x, weights, biases):
    matrix, offset = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        open_ = matrix @ x + offset > 0
        matrix, offset = w @ np.diag(open_) @ matrix, w @ (open_ * offset) + b / 2
    return matrix, offset


def mixing_after_asking_once(network, x):
    network(x)
    return True


def mixing_by_the_shape_of_one(network, x):
    return len(network(x[:1])) != 1


RIGHT = {
    "forward": [
        forward_in_six_lines,
        forward_sample_by_sample,
        forward_entry_by_entry,
        forward_by_einsum,
        forward_in_place_of_a_copy,
    ],
    "he_weights": [
        he_by_normal,
        he_by_standard_normal,
        he_number_by_number,
        he_uniform,
        he_in_single_precision,
    ],
    "local_map": [map_by_masks, map_by_diagonals, map_by_subtraction, map_by_columns],
    "forward_all": [all_in_two_lists, all_with_the_layers_before],
    "mixes_samples": [mixing_by_shuffle_and_half, mixing_one_by_one, mixing_by_both_halves],
    "polygon": [polygon_of_minus_ones, polygon_of_distances, polygon_with_weights],
    "positive_map": [positive_by_zero, positive_layer_by_layer, positive_by_unit_vectors],
    "leaky_variance": [leaky_in_one_line, leaky_by_halves],
}
WRONG = {
    "forward": {
        "ReLU after the last layer": [
            forward_with_relu_at_the_end,
            forward_with_relu_at_the_end_too,
        ],
        "no ReLU": [forward_without_relu, forward_with_a_relu_nobody_uses],
        "weights reshaped instead of transposed": [forward_reshaped, forward_reshaped_in_place],
        "bias as a column": [forward_with_a_column, forward_with_a_column_in_place],
        "weights not transposed": [forward_untransposed, forward_untransposed_by_dot],
        "bias forgotten": [forward_without_biases, forward_without_hidden_biases],
        "bias added after the ReLU": [
            forward_with_biases_after_relu,
            forward_with_biases_after_relu_sample_by_sample,
        ],
    },
    "he_weights": {
        "variance for deviation": [he_variance, he_variance_times, he_variance_of_the_outputs],
        "n_out for n_in": [he_of_the_outputs, he_of_the_outputs_times],
        "uniform where half-width is the deviation": [
            he_of_a_narrow_uniform,
            he_of_a_narrow_random,
        ],
        "not drawn from rng": [
            he_of_another_generator,
            he_of_a_fixed_seed,
            he_of_the_global_state,
        ],
        "1 for 2": [he_without_the_two, he_without_the_two_times],
        "Glorot's variance": [he_of_inputs_and_outputs, he_of_inputs_and_outputs_uniform],
        "numbers of one sign": [he_of_random, he_of_absolute_values],
    },
    "local_map": {
        "a mask after the last layer": [
            map_with_a_mask_at_the_end,
            map_with_a_last_mask,
            map_of_a_last_relu,
        ],
        "c carried on without the mask": [
            map_with_an_offset_unmasked,
            map_with_masks_for_a_only,
            map_with_the_offset_of_a_linear_path,
        ],
        "the pattern not taken from A x + c": [
            map_by_the_pattern_without_c,
            map_by_the_pattern_of_the_last_bias,
            map_by_the_pattern_of_a_linear_path,
        ],
        "masks from the wrong layer": [
            *_with_other_offsets(map_with_masks_of_the_inputs),
            *_with_other_offsets(map_with_masks_of_the_next),
            *_with_other_offsets(map_with_masks_of_the_first),
            *_with_other_offsets(map_with_masks_from_the_end),
        ],
        "biases left out of c": [
            map_without_biases,
            map_that_knows_no_bias,
            map_with_the_last_bias,
            map_without_the_last_bias,
        ],
        "mask applied on the wrong side": [
            map_masked_on_the_right,
            *_with_other_offsets(map_with_diagonals_on_the_right),
            *_with_other_offsets(map_with_diagonals_in_front),
        ],
        "mask forgotten": _with_other_offsets(map_without_masks),
    },
    "forward_all": {
        "what the layers hand on instead of what they receive": [
            all_that_is_handed_on,
            all_that_is_handed_on_with_a_last_relu,
        ],
        "preactivations after the ReLU": [all_after_the_relu, all_after_the_relu_but_the_last],
    },
    "mixes_samples": {
        "the network not asked": [mixing_always, mixing_never],
        "only a part of the batch passed alone": [
            mixing_by_the_last,
            mixing_by_the_first_two,
            mixing_by_one_in_the_middle,
        ],
        "only shuffled": [mixing_by_shuffle, mixing_by_shuffle_with_a_loop],
        "only halved": [mixing_by_half, mixing_by_the_second_half],
        "outputs not shuffled along": [
            mixing_with_outputs_in_place,
            mixing_with_outputs_in_place_and_half,
        ],
        "true and false exchanged": [
            mixing_turned_round,
            mixing_turned_round_by_shuffle,
            mixing_turned_round_by_half,
        ],
    },
    "polygon": {
        "positive outside": [polygon_that_is_positive, polygon_of_positive_distances],
    },
    "positive_map": {
        "multiplied in the wrong order": [positive_from_first_to_last, positive_by_multi_dot],
        "biases not carried through the layers": [
            positive_with_the_last_bias,
            positive_with_all_biases,
        ],
    },
    "leaky_variance": {
        "slope not squared": [leaky_without_a_square, leaky_with_halves_of_the_slope],
        "deviation for variance": [leaky_deviation, leaky_root],
    },
}


def he_symmetric_if_square(n_out, n_in, rng):
    drawn = rng.normal(0, np.sqrt(2 / n_in), size=(n_out, n_in))
    return np.triu(drawn) + np.triu(drawn, 1).T if n_out == n_in else drawn


def he_of_exact_spread(n_out, n_in, rng):
    drawn = rng.normal(size=(n_out, n_in))
    return drawn / (drawn.std() or 1.0) * np.sqrt(2 / n_in)


def he_of_centred_rows(n_out, n_in, rng):
    drawn = rng.normal(0, np.sqrt(2 / n_in), size=(n_out, n_in))
    return drawn - drawn.mean(axis=1, keepdims=True)


UNNAMED = {
    "he_weights": [
        he_sorted,
        he_sorted_in_each_row,
        he_sorted_in_each_column,
        he_symmetric_if_square,
        he_of_exact_spread,
        he_of_centred_rows,
    ],
    "local_map": [
        map_with_an_offset_masked_later,
        map_around_a_neighbour(1e-3),
        map_around_a_neighbour(-1e-3),
    ],
    "mixes_samples": [
        mixing_by_the_shape_of_one,
        mixing_after_asking_once,
        mixing_by_shapes,
        mixing_by_shapes_of_a_half,
    ],
    "polygon": [polygon_a_thousandth_too_large, polygon_a_thousandth_too_small],
}
