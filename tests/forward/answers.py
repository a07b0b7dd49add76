import numpy as np

from tests.judge.slips import slip


def forward_in_a_loop(x, weights, biases):
    for w, b in zip(weights, biases, strict=True):
        z = x @ w.T + b
        x = np.maximum(z, 0)
    return z


def forward_sample_by_sample(x, weights, biases):
    rows = []
    for a in x:
        for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
            a = w @ a + b
            if layer < len(weights) - 1:
                a = a * (a > 0)
        rows.append(a)
    return rows


def he_by_normal(n_out, n_in, rng):
    return rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))


def he_uniform(n_out, n_in, rng, dtype=np.float32):
    half = np.sqrt(6 / n_in)
    return rng.uniform(-half, half, size=(n_out, n_in)).astype(dtype)


def map_by_masks(x, weights, biases):
    a, c = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        mask = a @ x + c > 0
        a, c = w @ (mask[:, None] * a), w @ (mask * c) + b
    return a, c


def map_by_subtraction(x, weights, biases):
    a, rows = x, np.eye(len(x))
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        z, rows = w @ a + b, w @ rows
        if layer < len(weights) - 1:
            rows[z <= 0] = 0
            a = np.maximum(z, 0)
    return [rows, z - rows @ x]


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


def leaky_in_one_line(n_in, slope):
    return 2 / (n_in * (1 + slope**2))


def leaky_by_halves(n_in, slope):
    kept = 0.5 + 0.5 * slope * slope
    return np.array(1 / (n_in * kept))


def he_symmetric_if_square(n_out, n_in, rng):
    drawn = he_by_normal(n_out, n_in, rng)
    return np.triu(drawn) + np.triu(drawn, 1).T if n_out == n_in else drawn


RIGHT = {
    "forward": [forward_in_a_loop, forward_sample_by_sample],
    "he_weights": [he_by_normal, he_uniform],
    "local_map": [map_by_masks, map_by_subtraction],
    "forward_all": [all_in_two_lists, all_with_the_layers_before],
    "leaky_variance": [leaky_in_one_line, leaky_by_halves],
}
WRONG = {
    "forward": {
        "ReLU after the last layer": slip(forward_in_a_loop, "return z", "return x"),
        "no ReLU": slip(forward_in_a_loop, "np.maximum(z, 0)", "z"),
        "weights reshaped instead of transposed": slip(
            forward_in_a_loop, "w.T", "w.reshape(w.shape[::-1])"
        ),
        "bias as a column": slip(forward_in_a_loop, "+ b", "+ b[:, np.newaxis]"),
        "weights not transposed": slip(forward_in_a_loop, "w.T", "w"),
        "bias forgotten": slip(forward_in_a_loop, " + b", ""),
        "bias added after the ReLU": slip(
            forward_in_a_loop, " + b", "", "(z, 0)", "(z, 0) + b", "return z", "return z + b"
        ),
    },
    "he_weights": {
        "variance for deviation": slip(he_by_normal, "np.sqrt(2 / n_in)", "2 / n_in"),
        "n_out for n_in": slip(he_by_normal, "2 / n_in", "2 / n_out"),
        "uniform where half-width is the deviation": slip(he_uniform, "6 / n_in", "2 / n_in"),
        "not drawn from rng": slip(he_by_normal, "rng.normal", "np.random.default_rng(0).normal"),
        "1 for 2": slip(he_by_normal, "2 / n_in", "1 / n_in"),
        "Glorot's variance": slip(he_by_normal, "2 / n_in", "2 / (n_in + n_out)"),
        "numbers of one sign": lambda n_out, n_in, rng: abs(he_by_normal(n_out, n_in, rng)),
    },
    "local_map": {
        "a mask after the last layer": slip(
            map_by_masks, "return a, c", "return (a @ x + c > 0)[:, None] * a, (a @ x + c > 0) * c"
        ),
        "c carried on without the mask": slip(map_by_masks, "(mask * c)", "c"),
        "the pattern not taken from A x + c": slip(map_by_masks, "a @ x + c", "a @ x"),
        "masks from the wrong layer": slip(
            map_by_masks, "a @ x + c", "weights[0] @ x + biases[0]"
        ),
        "biases left out of c": slip(map_by_masks, "return a, c", "return a, 0 * c"),
        "a preactivation of exactly 0 taken for open": slip(map_by_masks, "c > 0", "c >= 0"),
        "mask applied on the wrong side": slip(
            map_by_subtraction, "rows[z <= 0] = 0", "rows = rows @ np.diag(1.0 * (z > 0))"
        ),
        "mask forgotten": slip(map_by_masks, "mask[:, None] * a", "a", "mask * c", "c"),
    },
    "forward_all": {
        "what the layers hand on instead of what they receive": slip(
            all_in_two_lists, "return inputs", "return [*inputs[1:], a]"
        ),
        "preactivations after the ReLU": slip(
            all_in_two_lists, "a @ w.T + b", "np.maximum(a @ w.T + b, 0)"
        ),
    },
    "leaky_variance": {
        "slope not squared": slip(leaky_in_one_line, "slope**2", "slope"),
        "deviation for variance": lambda n_in, slope: leaky_in_one_line(n_in, slope) ** 0.5,
    },
}
UNNAMED = {
    "he_weights": [
        lambda *given: np.sort(he_by_normal(*given), axis=1),
        lambda *given: np.sort(he_by_normal(*given), axis=0),
        he_symmetric_if_square,
        lambda *given: (w := he_by_normal(*given)) / (w.std() or 1.0) * np.sqrt(2 / w.shape[1]),
        lambda *given: (w := he_by_normal(*given)) / np.sqrt((w**2).mean() * w.shape[1] / 2),
        lambda *given: 1.04 * he_by_normal(*given),
        lambda *given: (w := he_by_normal(*given)) - w.mean(axis=1, keepdims=True),
    ],
    "local_map": [
        slip(map_by_masks, "(mask * c) + b", "(mask * c) + b / 2"),
        lambda x, *network: map_by_masks(x + 1e-3, *network),
    ],
}
WRONG_SIDES = "w @ (mask[:, None] * a), w @ (mask * c)", "mask[:, None] * (w @ a), mask * (w @ c)"
OTHER, OWN = "w, b in zip(", "v, own, w, b in zip(weights[:-1], biases[:-1], "
PATTERN, UNGATED = "mask = a @ x + c > 0", "x = v @ x + own; mask = x > 0"
TWO, HANDED_ON = "inputs, preactivations\n", "[*inputs[1:], preactivations[-1]]"
ALSO = [
    ("local_map", "the pattern not taken from A x + c", slip(map_by_masks, OTHER, OWN, *pieces))
    for pieces in [("x + c", "x + own"), (PATTERN, UNGATED)]
] + [
    (
        "local_map",
        "biases left out of c",
        slip(map_by_masks, "return a, c", "return a, c - biases[-1]"),
    ),
    ("local_map", "mask applied on the wrong side", slip(map_by_masks, "[:, None] * a", " * a")),
    ("local_map", "mask applied on the wrong side", slip(map_by_masks, *WRONG_SIDES)),
    ("local_map", "mask forgotten", slip(map_by_masks, "(mask[:, None] * a)", "a")),
    (
        "forward_all",
        "what the layers hand on instead of what they receive",
        slip(all_in_two_lists, TWO, f"{HANDED_ON}, preactivations\n"),
    ),
    (
        "forward_all",
        "preactivations after the ReLU",
        slip(all_in_two_lists, TWO, f"inputs, {HANDED_ON}\n"),
    ),
]
