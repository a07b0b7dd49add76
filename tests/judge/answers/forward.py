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


def map_without_biases(x, weights, biases):
    a, c = map_by_masks(x, weights, biases)
    return a, 0 * c


def map_with_the_last_bias(x, weights, biases):
    return map_by_masks(x, weights, biases)[0], biases[-1].copy()


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
    },
    "he_weights": {
        "variance for deviation": [he_variance, he_variance_times],
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
    },
    "local_map": {
        "masks from the wrong layer": [map_with_masks_of_the_inputs, map_with_masks_of_the_next],
        "biases left out of c": [map_without_biases, map_with_the_last_bias],
        "mask applied on the wrong side": [
            map_masked_on_the_right,
            map_with_diagonals_on_the_right,
        ],
    },
}
