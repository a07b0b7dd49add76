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


def rules_over_everything(upstream, x, weights):
    return upstream @ weights, upstream.T @ x, np.sum(upstream)


def rules_without_a_sum(upstream, x, weights):
    return upstream @ weights, upstream.T @ x, upstream.copy()


def rules_divided(*places):
    def rules(upstream, x, weights):
        gradients = rules_by_einsum(upstream, x, weights)
        for place in places:
            gradients[place] = gradients[place] / len(upstream)
        return gradients

    rules.__name__ = f"rules_divided_at_{'_and_'.join(map(str, places))}"
    return rules


RULES_DIVIDED = [rules_divided(*places) for places in ([0], [1], [0, 1], [0, 2], [0, 1, 2])]


def rules_the_wrong_way_back(upstream, x, weights):
    return upstream @ weights.T, upstream.T @ x, upstream.sum(axis=0)


def rules_forward_again(upstream, x, weights):
    return [weights @ u for u in upstream], upstream.T @ x, upstream.sum(axis=0)


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


def differences_undivided(function, x):
    h = 1e-5
    steps = [h * e.reshape(x.shape) for e in np.eye(x.size)]
    return np.array([(function(x + s) - function(x - s)) / h for s in steps]).reshape(x.shape)


def differences_undivided_in_a_loop(function, x, h=1e-4):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[index] += h
        down[index] -= h
        gradient[index] = (function(up) - function(down)) / h
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


def back_gated_by_the_first_layer(x, weights, biases, upstream):
    return _back(x, weights, biases, upstream, lambda u, inputs, zs, layer: u * (zs[0] > 0))


def back_gated_by_the_last_layer(x, weights, biases, upstream):
    return _back(x, weights, biases, upstream, lambda u, inputs, zs, layer: u * (zs[-1] > 0))


def back_gated_everywhere(x, weights, biases, upstream):
    inputs, zs = _forward(x, weights, biases)
    grads_w, grads_b = [], []
    for layer in reversed(range(len(weights))):
        upstream = upstream * (zs[layer] > 0)
        grads_w.insert(0, upstream.T @ inputs[layer])
        grads_b.insert(0, upstream.sum(axis=0))
        upstream = upstream @ weights[layer]
    return grads_w, grads_b


def back_gated_at_the_output(x, weights, biases, upstream):
    output = _forward(x, weights, biases)[0][-1]
    return back_over_layers(x, weights, biases, np.where(output > 0, upstream, 0))


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


def back_times_the_outputs(x, weights, biases, upstream):
    return _back(x, weights, biases, upstream, lambda u, inputs, zs, layer: u * inputs[layer])


def back_times_relu(x, weights, biases, upstream):
    return back_with_dictionaries(x, weights, biases, upstream, slope=lambda z: z * (z > 0))


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


def back_of_means(x, weights, biases, upstream):
    return back_over_layers(x, weights, biases, upstream / len(upstream))


def back_of_means_layer_by_layer(x, weights, biases, upstream):
    grads_w, grads_b = back_with_dictionaries(x, weights, biases, upstream)
    return [g / len(x) for g in grads_w], [g / len(x) for g in grads_b]


def back_transposed(x, weights, biases, upstream):
    inputs, zs = _forward(x, weights, biases)
    grads_w, grads_b = [], []
    for layer in reversed(range(len(weights))):
        grads_w.insert(0, inputs[layer].T @ upstream)
        grads_b.insert(0, upstream.sum(axis=0))
        if layer:
            upstream = (upstream @ weights[layer]) * (zs[layer - 1] > 0)
    return grads_w, grads_b


def back_transposed_at_last(x, weights, biases, upstream):
    grads_w, grads_b = back_by_recursion(x, weights, biases, upstream)
    return list(map(np.transpose, grads_w)), grads_b


# dropout_backward


def dropped_as_forward(upstream, z, mask):
    return upstream * (mask * 2) * (z > 0)


def dropped_by_where(upstream, z, mask):
    return np.where((mask == 1) & (np.maximum(z, 0) > 0), 2 * upstream, 0.0)


def dropped_as_published(upstream, z, mask):
    return upstream * mask * (np.maximum(z, 0) > 0)


def dropped_halved(upstream, z, mask):
    return dropped_by_where(upstream, z, mask) / 2


def dropped_by_nothing(upstream, z, mask):
    return 2 * upstream * (z > 0)


def dropped_by_the_gate_alone(upstream, z, mask):
    return np.where(z > 0, upstream + upstream, 0)


def dropped_without_gate(upstream, z, mask):
    return upstream * mask * 2


def dropped_with_an_open_gate(upstream, z, mask):
    return upstream * mask * 2 * (np.maximum(z, 0) >= 0)


def dropped_with_a_gate_open_at_zero(upstream, z, mask):
    return upstream * mask * 2 * (z >= 0)


def dropped_where_negative(upstream, z, mask):
    return np.where(z < 0, 0, 2 * mask * upstream)


# rms_norm_backward


def normed_by_the_formula(upstream, x):
    r = np.sqrt((x**2).mean(axis=1, keepdims=True) + 1e-6)
    return upstream / r - x * (upstream * x).mean(axis=1, keepdims=True) / r**3


def normed_by_jacobians(upstream, x):
    rows, n = [], x.shape[1]
    for row, arriving in zip(x, upstream, strict=True):
        r = np.sqrt(row @ row / n + 1e-6)
        rows.append(arriving @ (np.eye(n) / r - np.outer(row, row) / (n * r**3)))
    return rows


def normed_of_a_fixed_size(upstream, x):
    return upstream / np.sqrt((x**2).mean(axis=1, keepdims=True) + 1e-6)


def normed_row_by_row(upstream, x):
    return [u / np.sqrt(np.mean(row**2) + 1e-6) for u, row in zip(upstream, x, strict=True)]


def normed_by_the_diagonal(upstream, x):
    n, r = x.shape[1], np.sqrt((x**2).mean(axis=1, keepdims=True) + 1e-6)
    return upstream * (1 / r - x * x / (n * r**3))


def normed_by_the_diagonal_of_jacobians(upstream, x):
    rows, n = [], x.shape[1]
    for row, arriving in zip(x, upstream, strict=True):
        r = np.sqrt(row @ row / n + 1e-6)
        rows.append(arriving * np.diag(np.eye(n) / r - np.outer(row, row) / (n * r**3)))
    return np.array(rows)


# slope_along


def slope_by_two_calls(function, x, v, h=1e-5):
    return (function(x + h * v) - function(x - h * v)) / (2 * h)


def slope_of_a_unit_step(function, x, v):
    h = 1e-5 / np.linalg.norm(v)
    there, back = function(x + h * v), function(x - h * v)
    return (there - back) / h / 2


def slope_one_sided(function, x, v, h=1e-6):
    return (function(x + h * v) - function(x)) / h


def slope_one_sided_to_the_left(function, x, v, h=1e-5):
    return (function(x) - function(x - h * v)) / h


def slope_undivided(function, x, v, h=1e-5):
    return (function(x + h * v) - function(x - h * v)) / h


def slope_undivided_by_halves(function, x, v, h=2e-5):
    return (function(x + h * v / 2) - function(x - h * v / 2)) / (h / 2)


# skip_backward


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


def skip_forgotten(upstream, x, weights):
    of_x, of_weights = skip_by_outputs(upstream, x, weights)
    return of_x - upstream, of_weights


def skip_as_a_plain_layer(upstream, x, weights):
    z = x @ weights.T
    z_bar = upstream * np.exp(-z) / (1 + np.exp(-z)) ** 2
    return z_bar @ weights, z_bar.T @ x


def skip_at_the_output(upstream, x, weights):
    slope = lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2  # noqa: E731
    z_bar = upstream * slope(1 / (1 + np.exp(-x @ weights.T)))
    return upstream + z_bar @ weights, z_bar.T @ x


def skip_of_a_sigmoid_twice(upstream, x, weights):
    a = 1 / (1 + np.exp(-1 / (1 + np.exp(-x @ weights.T))))
    z_bar = upstream * a * (1 - a)
    return z_bar @ weights + upstream, z_bar.T @ x


# loss_and_gradients


def whole_by_outputs(x, target, weights, biases, divisor=None, slope=lambda a: 1 - a**2):
    outputs = [x]
    for w, b in zip(weights, biases, strict=True):
        outputs.append(np.tanh(outputs[-1] @ w.T + b))
    p = outputs[-2] @ weights[-1].T + biases[-1]
    z_bar, of_weights, of_biases = 2 * (p - target) / (divisor or p.size), [], []
    for layer in reversed(range(len(weights))):
        of_weights.insert(0, z_bar.T @ outputs[layer])
        of_biases.insert(0, z_bar.sum(axis=0))
        if layer > 0:
            z_bar = (z_bar @ weights[layer]) * slope(outputs[layer])
    return ((p - target) ** 2).mean(), of_weights, of_biases


def whole_by_preactivations(x, target, weights, biases, slope=lambda z: np.cosh(z) ** -2.0):
    zs, a = [], [x]
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        zs.append(a[-1] @ w.T + b)
        a.append(np.tanh(zs[-1]))
    error = a[-1] @ weights[-1].T + biases[-1] - target
    bars = [2 * error / error.size]
    for w, z in zip(weights[:0:-1], zs[::-1], strict=True):
        bars.append((bars[-1] @ w) * slope(z))
    pairs = list(zip(bars[::-1], a, strict=True))
    return np.mean(error**2), [bar.T @ h for bar, h in pairs], [bar.sum(0) for bar, _ in pairs]


def whole_per_sample(x, target, weights, biases):
    loss, of_weights, of_biases = whole_by_outputs(x, target, weights, biases, divisor=len(x))
    return loss * target.shape[1], of_weights, of_biases


def whole_with_gradients_per_sample(x, target, weights, biases):
    return whole_by_outputs(x, target, weights, biases, divisor=len(target))


def whole_with_a_slope_of_outputs(x, target, weights, biases):
    return whole_by_outputs(x, target, weights, biases, slope=lambda a: 1 - np.tanh(a) ** 2)


def whole_with_a_square_of_preactivations(x, target, weights, biases):
    return whole_by_preactivations(x, target, weights, biases, slope=lambda z: 1 - z**2)


def gradient_row_by_row(function, x):
    gradient, x = np.zeros(x.shape), x.astype(float)
    for row in range(len(x)):
        step = np.zeros(x.shape)
        step[row] = 1e-5
        gradient[row] = (function(x + step) - function(x - step)) / 2e-5
    return gradient


def gradient_column_by_column(function, x):
    gradient, x = np.zeros(x.shape), x.astype(float)
    for column in range(x.shape[-1]):
        step = np.zeros(x.shape)
        step[..., column] = 1e-5
        gradient[..., column] = (function(x + step) - function(x - step)) / 2e-5
    return gradient


def back_times_z(x, weights, biases, upstream):
    inputs, zs = [x], []
    for w, b in zip(weights, biases, strict=True):
        zs.append(inputs[-1] @ w.T + b)
        inputs.append(np.maximum(zs[-1], 0))
    found = []
    for place in range(len(weights) - 1, -1, -1):
        found.append((upstream.T @ inputs[place], upstream.sum(axis=0)))
        upstream = upstream @ weights[place] * (zs[place - 1] if place else 1)
    return [each[0] for each in found[::-1]], [each[1] for each in found[::-1]]


def back_told(choose):
    def back(x, weights, biases, upstream):
        inputs, zs = [x], []
        for w, b in zip(weights, biases, strict=True):
            zs.append(inputs[-1] @ w.T + b)
            inputs.append(np.maximum(zs[-1], 0))
        told, found = choose(inputs, zs), []
        for place in range(len(weights) - 1, -1, -1):
            found.append((upstream.T @ told[place], upstream.sum(axis=0)))
            upstream = upstream @ weights[place] * (zs[place - 1] > 0 if place else 1)
        return [each[0] for each in found[::-1]], [each[1] for each in found[::-1]]

    return back


back_told_outputs = back_told(lambda inputs, zs: [*inputs[1:-1], zs[-1]])
back_told_preactivations = back_told(lambda inputs, zs: [inputs[0], *zs])


def dropped_times_relu(upstream, z, mask):
    return 2 * mask * np.where(z > 0, z, 0) * upstream


def dropped_times_z(upstream, z, mask):
    return 2 * mask * z * upstream


def dropped_times_sign(upstream, z, mask):
    return 2 * mask * np.sign(z) * upstream


def rms_with(sign, mean, dot):
    def back(upstream, x):
        r = np.sqrt(mean(x**2, axis=1, keepdims=True) + 1e-6)
        return upstream / r + sign * x * dot(upstream * x, axis=1, keepdims=True) / r**3

    return back


def slope_along_a_unit(function, x, v):
    v = v / np.sqrt((v**2).sum())
    return (function(x + 1e-5 * v) - function(x - 1e-5 * v)) / 2e-5


def slope_along_the_signs(function, x, v):
    v = np.sign(v)
    return (function(x + 1e-5 * v) - function(x - 1e-5 * v)) / 2e-5


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
    "network_backward": [
        back_over_layers,
        back_by_recursion,
        back_sample_by_sample,
        back_with_dictionaries,
    ],
    "dropout_backward": [dropped_as_forward, dropped_by_where],
    "rms_norm_backward": [normed_by_the_formula, normed_by_jacobians],
    "slope_along": [slope_by_two_calls, slope_of_a_unit_step],
    "skip_backward": [skip_by_outputs, skip_by_jacobians],
    "loss_and_gradients": [whole_by_outputs, whole_by_preactivations],
}
WRONG = {
    "affine_backward": {
        "transposed weights' gradient": [rules_transposed, rules_transposed_by_dot],
        "bias summed over the wrong axis": [
            rules_over_outputs,
            rules_over_outputs_by_lists,
            rules_over_everything,
            rules_without_a_sum,
        ],
        "mean over samples for sum": [rules_of_means, rules_of_a_mean_bias, *RULES_DIVIDED],
        "weights transposed on the way back": [rules_the_wrong_way_back, rules_forward_again],
    },
    "numerical_gradient": {
        "row by row, not number by number": [gradient_row_by_row],
        "one-sided": [differences_one_sided, differences_one_sided_to_the_left],
        "a step of 0, or so small that only rounding is left": [
            differences_of_a_tiny_step,
            differences_of_no_step,
        ],
        "integer x truncates the step": [differences_of_integers, differences_like_integers],
        "x changed": [differences_that_leave_a_step, differences_that_forget_to_return],
        "divided by h instead of 2h": [differences_undivided, differences_undivided_in_a_loop],
    },
    "network_backward": {
        "gate by the output of the wrong layer": [
            back_gated_by_the_input,
            back_gated_by_the_layer_above,
            back_gated_by_the_first_layer,
            back_gated_by_the_last_layer,
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
        "a gate after the last layer": [back_gated_everywhere, back_gated_at_the_output],
        "z, or its ReLU, in place of the gate": [
            back_times_z,
            back_times_the_outputs,
            back_times_relu,
        ],
        "a layer's output, or a preactivation, in place of its input": [
            back_told_outputs,
            back_told_preactivations,
        ],
        "mean over samples for sum": [back_of_means, back_of_means_layer_by_layer],
        "transposed weights' gradients": [back_transposed, back_transposed_at_last],
    },
    "dropout_backward": {
        "z, or its ReLU, in place of the gate": [dropped_times_relu, dropped_times_z],
        "the mask without its scale": [dropped_as_published, dropped_halved],
        "the scale without the mask": [dropped_by_nothing, dropped_by_the_gate_alone],
        "gate >= 0": [dropped_with_a_gate_open_at_zero, dropped_where_negative],
        "the gate of the ReLU forgotten": [dropped_without_gate, dropped_with_an_open_gate],
    },
    "rms_norm_backward": {
        "wrong sign of the way through r": [rms_with(1, np.mean, np.mean)],
        "a sum over the sample for the mean": [rms_with(-1, np.mean, np.sum)],
        "r held fixed, although it depends on x": [normed_of_a_fixed_size, normed_row_by_row],
        "each output by its own input alone": [
            normed_by_the_diagonal,
            normed_by_the_diagonal_of_jacobians,
        ],
    },
    "slope_along": {
        "v shortened or stretched to length 1": [slope_along_a_unit],
        "one-sided": [slope_one_sided, slope_one_sided_to_the_left],
        "divided by h instead of 2h": [slope_undivided, slope_undivided_by_halves],
    },
    "skip_backward": {
        "the plain way forgotten": [skip_forgotten, skip_as_a_plain_layer],
        "the slope taken at the output": [skip_at_the_output, skip_of_a_sigmoid_twice],
    },
    "loss_and_gradients": {
        "divided by the samples, not by all numbers": [
            whole_per_sample,
            whole_with_gradients_per_sample,
        ],
        "the slope of tanh by another argument": [
            whole_with_a_slope_of_outputs,
            whole_with_a_square_of_preactivations,
        ],
    },
}
UNNAMED = {
    "slope_along": [slope_along_the_signs],
    "rms_norm_backward": [rms_with(-1, np.sum, np.mean)],
    "dropout_backward": [dropped_times_sign],
    "numerical_gradient": [gradient_column_by_column],
}
