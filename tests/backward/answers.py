import numpy as np

from tests.judge.slips import slip


def rules_of_matrices(upstream, x, weights):
    return upstream @ weights, upstream.T @ x, upstream.sum(axis=0)


def rules_of_lists(upstream, x, weights):
    u, x, w = upstream.tolist(), x.tolist(), weights.tolist()
    samples, outputs, inputs = range(len(x)), range(len(w)), range(len(w[0]))
    return (
        [[sum(u[s][i] * w[i][j] for i in outputs) for j in inputs] for s in samples],
        [[sum(u[s][i] * x[s][j] for s in samples) for j in inputs] for i in outputs],
        [sum(u[s][i] for s in samples) for i in outputs],
    )


def differences_of_copies(function, x):
    x = np.array(x, dtype=float)
    gradient, h = np.zeros(x.shape), 1e-5
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = (function(up) - function(down)) / (2 * h)
    return gradient


def differences_there_and_back(function, x, h=1e-6):
    work = x if x.dtype == float else x.astype(float)
    gradient = np.empty(x.shape)
    flat, out = work.reshape(-1), gradient.reshape(-1)
    for i in range(flat.size):
        kept = flat[i]
        flat[i] = kept + h
        above = function(work)
        flat[i] = kept - h
        out[i] = (above - function(work)) / 2 / h
        flat[i] = kept
    return gradient


def back_over_layers(x, weights, biases, upstream):
    inputs, zs = [x], []
    for w, b in zip(weights, biases, strict=True):
        zs.append(inputs[-1] @ w.T + b)
        inputs.append(np.maximum(zs[-1], 0))
    grads_w, grads_b = [], []
    for layer in range(len(weights) - 1, -1, -1):
        grads_w.append(upstream.T @ inputs[layer])
        grads_b.append(upstream.sum(axis=0))
        if layer > 0:
            upstream = (upstream @ weights[layer]) * (zs[layer - 1] > 0)
    return grads_w[::-1], grads_b[::-1]


def back_with_dictionaries(x, weights, biases, upstream):
    r = len(weights)
    a, z, dw, db = {0: x}, {}, {}, {}
    for k in range(1, r + 1):
        z[k] = a[k - 1] @ weights[k - 1].T + biases[k - 1]
        a[k] = np.maximum(z[k], 0)
    bar = {r: upstream}
    for k in range(r, 0, -1):
        if k < r:
            bar[k] = bar[k + 1].dot(weights[k]) * np.heaviside(z[k], 0)
        dw[k], db[k] = bar[k].T.dot(a[k - 1]), bar[k].sum(axis=0)
    return tuple(dw[k] for k in range(1, r + 1)), tuple(db[k] for k in range(1, r + 1))


def dropped_as_forward(upstream, z, mask):
    return upstream * (mask * 2) * (z > 0)


def dropped_by_where(upstream, z, mask):
    return np.where((mask == 1) & (np.maximum(z, 0) > 0), 2 * upstream, 0.0)


def normed_by_the_formula(upstream, x):
    r = np.sqrt((x**2).mean(axis=1, keepdims=True) + 1e-6)
    return upstream / r - x * (upstream * x).mean(axis=1, keepdims=True) / r**3


def normed_by_jacobians(upstream, x):
    rows, n = [], x.shape[1]
    for row, arriving in zip(x, upstream, strict=True):
        r = np.sqrt(row @ row / n + 1e-6)
        rows.append(arriving @ (np.eye(n) / r - np.outer(row, row) / (n * r**3)))
    return rows


def skip_by_outputs(upstream, x, weights):
    a = 1 / (1 + np.exp(-x @ weights.T))
    z_bar = upstream * a * (1 - a)
    return upstream + z_bar @ weights, z_bar.T @ x


def skip_by_jacobians(upstream, x, weights):
    rows, of_weights = [], np.zeros(weights.shape)
    for row, arriving in zip(x, upstream, strict=True):
        a = 1 / (1 + np.exp(-weights @ row))
        slopes = np.diag(a * (1 - a))
        rows.append(arriving @ (np.eye(len(row)) + slopes @ weights))
        of_weights += np.outer(slopes @ arriving, row)
    return np.array(rows), of_weights


RIGHT = {
    "affine_backward": [rules_of_matrices, rules_of_lists],
    "numerical_gradient": [differences_of_copies, differences_there_and_back],
    "network_backward": [back_over_layers, back_with_dictionaries],
    "dropout_backward": [dropped_as_forward, dropped_by_where],
    "rms_norm_backward": [normed_by_the_formula, normed_by_jacobians],
    "skip_backward": [skip_by_outputs, skip_by_jacobians],
}
GATE = "(zs[layer - 1] > 0)"
ALONG = "(upstream * x).mean(axis=1, keepdims=True)"
WRONG = {
    "affine_backward": {
        "transposed weights' gradient": slip(
            rules_of_matrices, "upstream.T @ x", "x.T @ upstream"
        ),
        "bias summed over the wrong axis": slip(rules_of_matrices, "axis=0", "axis=1"),
        "mean over samples for sum": slip(rules_of_matrices, ".sum(", ".mean("),
        "weights transposed on the way back": slip(rules_of_matrices, "weights,", "weights.T,"),
    },
    "numerical_gradient": {
        "row by row, not number by number": slip(
            differences_of_copies, "np.ndindex(x.shape)", "range(len(x))"
        ),
        "one-sided quotients": slip(differences_of_copies, "down[index] -= h", "", "(2 * h)", "h"),
        "a step of 0, or so small that only rounding is left": slip(
            differences_of_copies, "1e-5", "1e-14"
        ),
        "integer x cuts off fractions": slip(
            differences_of_copies, "np.array(x, dtype=float)", "np.array(x)"
        ),
        "x changed": slip(
            differences_there_and_back, "flat[i] = kept\n    return", "pass\n    return"
        ),
        "divided by h instead of 2h": slip(differences_of_copies, "(2 * h)", "h"),
    },
    "network_backward": {
        "gate by the output of the wrong layer": slip(back_over_layers, GATE, "(zs[layer] > 0)"),
        "gate >= 0": slip(back_over_layers, GATE, "(zs[layer - 1] >= 0)"),
        "gate forgotten, or a gate >= 0 on outputs, which never closes": slip(
            back_over_layers, f" * {GATE}", ""
        ),
        "order of the lists reversed": slip(back_over_layers, "[::-1]", ""),
        "a gate after the last layer": slip(
            back_over_layers,
            "grads_w, grads_b = ",
            "upstream, grads_w, grads_b = upstream * (zs[-1] > 0), ",
        ),
        "z, or its ReLU, in place of the gate": slip(back_over_layers, GATE, "zs[layer - 1]"),
        "a layer's output, or a preactivation, in place of its input": slip(
            back_over_layers, "inputs[layer]", "[x, *zs][layer]"
        ),
        "mean over samples for sum": lambda x, weights, biases, upstream: back_over_layers(
            x, weights, biases, upstream / len(x)
        ),
        "transposed weights' gradients": slip(
            back_over_layers, "upstream.T @ inputs[layer]", "inputs[layer].T @ upstream"
        ),
    },
    "dropout_backward": {
        "z, or its ReLU, in place of the gate": slip(
            dropped_as_forward, "(z > 0)", "np.maximum(z, 0)"
        ),
        "the mask without its scale": slip(dropped_as_forward, "mask * 2", "mask"),
        "the scale without the mask": slip(dropped_as_forward, "mask * 2", "2"),
        "gate >= 0": slip(dropped_as_forward, "z > 0", "z >= 0"),
        "the gate of the ReLU forgotten": slip(dropped_as_forward, " * (z > 0)", ""),
    },
    "rms_norm_backward": {
        "wrong sign of the way through r": slip(normed_by_the_formula, "- x", "+ x"),
        "a sum over the sample for the mean": slip(normed_by_the_formula, "x).mean", "x).sum"),
        "r held fixed, although it depends on x": slip(
            normed_by_the_formula, f" - x * {ALONG} / r**3", ""
        ),
        "each output by its own input alone": slip(
            normed_by_the_formula, ALONG, "upstream * x / x.shape[1]"
        ),
    },
    "skip_backward": {
        "the plain way forgotten": slip(skip_by_outputs, "upstream + ", ""),
        "the slope taken at the output": slip(
            skip_by_outputs, "-x @ weights.T", "-1 / (1 + np.exp(-x @ weights.T))"
        ),
    },
}
ALSO = [
    (
        "numerical_gradient",
        "integer x cuts off fractions",
        lambda function, x: differences_of_copies(function, x).astype(x.dtype),
    )
]
UNNAMED = {
    "rms_norm_backward": [slip(normed_by_the_formula, "x**2).mean", "x**2).sum")],
    "dropout_backward": [slip(dropped_as_forward, "(z > 0)", "np.sign(z)")],
    "numerical_gradient": [
        slip(
            differences_of_copies,
            "index in np.ndindex(x.shape)",
            "index in ((..., k) for k in range(x.shape[-1]))",
        )
    ],
}
