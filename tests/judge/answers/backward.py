import numpy as np

# affine_backward


def rules_of_matrices(upstream, x, weights):
    return upstream @ weights, upstream.T @ x, upstream.sum(axis=0)


def rules_by_einsum(upstream, x, weights):
    return [
        np.einsum("si,ij->sj", upstream, weights),
        np.einsum("si,sj->ij", upstream, x),
        np.einsum("si->i", upstream),
    ]


def rules_sample_by_sample(upstream, x, weights):
    grad_x, grad_w, grad_b = np.zeros_like(x), np.zeros_like(weights), np.zeros(len(weights))
    for s in range(len(x)):
        grad_x[s] = weights.T @ upstream[s]
        grad_w += np.outer(upstream[s], x[s])
        grad_b += upstream[s]
    return grad_x, grad_w, grad_b


def rules_of_lists(upstream, x, weights):
    u, x, w = upstream.tolist(), x.tolist(), weights.tolist()
    samples, outputs, inputs = range(len(x)), range(len(w)), range(len(w[0]))
    return (
        [[sum(u[s][i] * w[i][j] for i in outputs) for j in inputs] for s in samples],
        [[sum(u[s][i] * x[s][j] for s in samples) for j in inputs] for i in outputs],
        [sum(u[s][i] for s in samples) for i in outputs],
    )


def rules_in_single_precision(upstream, x, weights):
    u, x, w = (a.astype(np.float32) for a in (upstream, x, weights))
    return u @ w, (x.T @ u).T, np.ones(len(u), np.float32) @ u


def rules_transposed(upstream, x, weights):
    return upstream @ weights, x.T @ upstream, upstream.sum(axis=0)


def rules_transposed_by_dot(upstream, x, weights):
    grad_weights = np.dot(np.transpose(x), upstream)
    return np.dot(upstream, weights), grad_weights, np.sum(upstream, 0)


def rules_over_outputs(upstream, x, weights):
    return upstream @ weights, upstream.T @ x, upstream.sum(axis=1)


def rules_over_outputs_by_lists(upstream, x, weights):
    return upstream @ weights, upstream.T @ x, np.array([sum(row) for row in upstream])


def rules_of_means(upstream, x, weights):
    return upstream @ weights, upstream.T @ x / len(x), upstream.mean(axis=0)


def rules_of_a_mean_bias(upstream, x, weights):
    return upstream @ weights, upstream.T @ x, np.mean(upstream, axis=0)


# numerical_gradient


def differences_of_copies(function, x):
    x = np.array(x, dtype=float)
    gradient, h = np.zeros_like(x), 1e-5
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


def differences_that_step_back(function, x):
    x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index, _ in np.ndenumerate(x):
        x[index] += 1e-5
        gradient[index] = function(x)
        x[index] -= 2e-5
        gradient[index] -= function(x)
        x[index] += 1e-5
    return gradient / 2e-5


def differences_along_axes(function, x):
    h = 1e-4
    slopes = []
    for direction in np.eye(x.size):
        step = h * direction.reshape(x.shape)
        slopes.append((function(x + step) - function(x - step)) / (2 * h))
    return np.array(slopes).reshape(x.shape)


def differences_of_relative_steps(function, x):
    def slope(i):
        h = 6e-6 * max(1.0, abs(x.flat[i]))
        step = np.zeros(x.shape)
        step.flat[i] = h
        return (function(x + step) - function(x - step)) / (2 * h)

    return np.array([slope(i) for i in range(x.size)]).reshape(x.shape)


def differences_one_sided(function, x, h=1e-6):
    x = x.astype(float)
    gradient, before = np.zeros_like(x), function(x)
    for index in np.ndindex(x.shape):
        moved = x.copy()
        moved[index] += h
        gradient[index] = (function(moved) - before) / h
    return gradient


def differences_one_sided_to_the_left(function, x):
    h = 1e-7
    steps = [h * e.reshape(x.shape) for e in np.eye(x.size)]
    return np.array([(function(x) - function(x - s)) / h for s in steps]).reshape(x.shape)


def differences_of_a_tiny_step(function, x):
    h = 1e-14
    steps = [h * e.reshape(x.shape) for e in np.eye(x.size)]
    slopes = [(function(x + s) - function(x - s)) / (2 * h) for s in steps]
    return np.array(slopes).reshape(x.shape)


def differences_of_no_step(function, x):
    return differences_there_and_back(function, x.astype(float), h=1e-20)


def differences_of_integers(function, x):
    gradient, h = np.zeros(x.shape), 1e-5
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = (function(up) - function(down)) / (2 * h)
    return gradient


def differences_like_integers(function, x):
    gradient, h = np.zeros(x.shape), 1e-6
    for i in range(x.size):
        step = np.zeros_like(x)
        step.flat[i] = h
        gradient.flat[i] = (function(x + step) - function(x - step)) / (2 * h)
    return gradient


def differences_that_leave_a_step(function, x):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += 1e-5
        gradient[index] = function(x)
        x[index] -= 2e-5
        gradient[index] = (gradient[index] - function(x)) / 2e-5
    return gradient


def differences_that_forget_to_return(function, x):
    h, gradient = 1e-5, np.zeros(x.shape)
    for i in range(x.size):
        before = x.copy()
        x.flat[i] = before.flat[i] + h
        up = function(x)
        x.flat[i] = before.flat[i] - h
        gradient.flat[i] = (up - function(x)) / (2 * h)
    return gradient


# backward


def _forward(x, weights, biases):
    inputs, zs = [x], []
    for w, b in zip(weights, biases, strict=True):
        zs.append(inputs[-1] @ w.T + b)
        inputs.append(np.maximum(zs[-1], 0))
    return inputs, zs


def back_over_layers(x, weights, biases, upstream):
    inputs, zs = _forward(x, weights, biases)
    grads_w, grads_b = [], []
    for layer in range(len(weights) - 1, -1, -1):
        grads_w.append(upstream.T @ inputs[layer])
        grads_b.append(upstream.sum(axis=0))
        if layer > 0:
            upstream = (upstream @ weights[layer]) * (zs[layer - 1] > 0)
    return grads_w[::-1], grads_b[::-1]


def back_by_recursion(x, weights, biases, upstream):
    if len(weights) == 1:
        return [upstream.T @ x], [upstream.sum(0)]
    hidden = np.maximum(x @ weights[0].T + biases[0], 0)
    grads_w, grads_b = back_by_recursion(hidden, weights[1:], biases[1:], upstream)
    outputs = [hidden]
    for w, b in zip(weights[1:-1], biases[1:-1], strict=True):
        outputs.append(np.maximum(outputs[-1] @ w.T + b, 0))
    adjoint = upstream
    for w, a in zip(weights[:0:-1], outputs[::-1], strict=True):
        adjoint = (adjoint @ w) * np.sign(a)
    return [adjoint.T @ x, *grads_w], [adjoint.sum(0), *grads_b]


def back_sample_by_sample(x, weights, biases, upstream):
    grads_w = [np.zeros(w.shape) for w in weights]
    grads_b = [np.zeros(b.shape) for b in biases]
    for sample, adjoint in zip(x, upstream, strict=True):
        a = [sample]
        for w, b in zip(weights, biases, strict=True):
            a.append(np.maximum(w @ a[-1] + b, 0))
        for layer in reversed(range(len(weights))):
            grads_w[layer] += np.outer(adjoint, a[layer])
            grads_b[layer] += adjoint
            adjoint = weights[layer].T @ adjoint
            adjoint[a[layer] <= 0] = 0
    return grads_w, grads_b


def back_with_dictionaries(x, weights, biases, upstream, slope=lambda z: np.heaviside(z, 0)):
    r = len(weights)
    a, z, dw, db = {0: x}, {}, {}, {}
    for k in range(1, r + 1):
        z[k] = a[k - 1] @ weights[k - 1].T + biases[k - 1]
        a[k] = np.maximum(z[k], 0)
    bar = {r: upstream}
    for k in range(r, 0, -1):
        if k < r:
            bar[k] = bar[k + 1].dot(weights[k]) * slope(z[k])
        dw[k], db[k] = bar[k].T.dot(a[k - 1]), bar[k].sum(axis=0)
    return tuple(dw[k] for k in range(1, r + 1)), tuple(db[k] for k in range(1, r + 1))


def _back(x, weights, biases, upstream, gate):
    inputs, zs = _forward(x, weights, biases)
    grads_w, grads_b = [None] * len(weights), [None] * len(weights)
    for layer in reversed(range(len(weights))):
        grads_w[layer], grads_b[layer] = upstream.T @ inputs[layer], upstream.sum(axis=0)
        if layer:
            upstream = gate(upstream @ weights[layer], inputs, zs, layer)
    return grads_w, grads_b


def back_gated_by_the_input(x, weights, biases, upstream):
    return _back(
        x, weights, biases, upstream, lambda u, inputs, zs, layer: u * (inputs[layer - 1] > 0)
    )


def back_gated_by_the_layer_above(x, weights, biases, upstream):
    return _back(x, weights, biases, upstream, lambda u, inputs, zs, layer: u * (zs[layer] > 0))


def back_gated_at_zero(x, weights, biases, upstream):
    return _back(
        x, weights, biases, upstream, lambda u, inputs, zs, layer: u * (zs[layer - 1] >= 0)
    )


def back_gated_at_zero_by_where(x, weights, biases, upstream):
    return _back(
        x,
        weights,
        biases,
        upstream,
        lambda u, inputs, zs, layer: np.where(zs[layer - 1] < 0, 0.0, u),
    )


def back_without_gates(x, weights, biases, upstream):
    return _back(x, weights, biases, upstream, lambda u, inputs, zs, layer: u)


def back_by_matrices_alone(x, weights, biases, upstream):
    inputs, _ = _forward(x, weights, biases)
    grads_w, grads_b = [], []
    for w, a in zip(weights[::-1], inputs[-2::-1], strict=True):
        grads_w.insert(0, upstream.T @ a)
        grads_b.insert(0, upstream.sum(axis=0))
        upstream = upstream @ w
    return grads_w, grads_b


def back_with_a_gate_that_never_closes(x, weights, biases, upstream):
    return _back(
        x, weights, biases, upstream, lambda u, inputs, zs, layer: u * (inputs[layer] >= 0)
    )


def back_in_the_order_of_the_sweep(x, weights, biases, upstream):
    grads_w, grads_b = back_over_layers(x, weights, biases, upstream)
    return grads_w[::-1], grads_b[::-1]


def back_in_the_order_of_appending(x, weights, biases, upstream):
    inputs, zs = _forward(x, weights, biases)
    grads_w, grads_b, bar = [], [], upstream
    for layer in range(len(weights))[::-1]:
        grads_w += [bar.T @ inputs[layer]]
        grads_b += [bar.sum(axis=0)]
        if layer:
            bar = (bar @ weights[layer]) * (zs[layer - 1] > 0)
    return grads_w, grads_b


RIGHT = {
    "affine_backward": [
        rules_of_matrices,
        rules_by_einsum,
        rules_sample_by_sample,
        rules_of_lists,
        rules_in_single_precision,
    ],
    "numerical_gradient": [
        differences_of_copies,
        differences_there_and_back,
        differences_that_step_back,
        differences_along_axes,
        differences_of_relative_steps,
    ],
    "backward": [
        back_over_layers,
        back_by_recursion,
        back_sample_by_sample,
        back_with_dictionaries,
    ],
}
WRONG = {
    "affine_backward": {
        "transposed weights' gradient": [rules_transposed, rules_transposed_by_dot],
        "bias summed over the wrong axis": [rules_over_outputs, rules_over_outputs_by_lists],
        "mean over samples for sum": [rules_of_means, rules_of_a_mean_bias],
    },
    "numerical_gradient": {
        "one-sided": [differences_one_sided, differences_one_sided_to_the_left],
        "h so small that only rounding is left": [
            differences_of_a_tiny_step,
            differences_of_no_step,
        ],
        "integer x truncates the step": [differences_of_integers, differences_like_integers],
        "x changed": [differences_that_leave_a_step, differences_that_forget_to_return],
    },
    "backward": {
        "gate by the output of the wrong layer": [
            back_gated_by_the_input,
            back_gated_by_the_layer_above,
        ],
        "gate >= 0": [back_gated_at_zero, back_gated_at_zero_by_where],
        "gate forgotten, or a gate >= 0 on outputs, which never closes": [
            back_without_gates,
            back_by_matrices_alone,
            back_with_a_gate_that_never_closes,
        ],
        "order of the lists reversed": [
            back_in_the_order_of_the_sweep,
            back_in_the_order_of_appending,
        ],
    },
}
