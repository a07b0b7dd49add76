import math

import numpy as np

from tests.judge.slips import slip


def slowest(rate, curvatures):
    return np.max(np.abs(1 - rate * curvatures))


def slowest_of_two(rate, curvatures):
    ends = [min(curvatures), max(curvatures)]
    return max(abs(1 - rate * end) for end in ends)


def ball(theta, velocity, gradient, rate, decay):
    velocity = decay * velocity + gradient
    return theta - rate * velocity, velocity


def ball_as_one_array(theta, velocity, gradient, rate, decay, nesterov=False):
    theta, velocity, gradient = (np.asarray(a, np.float32) for a in (theta, velocity, gradient))
    velocity = np.float32(decay) * velocity + gradient
    return np.array([theta - np.float32(rate) * velocity, velocity])


def adam(theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8):
    mean = decay1 * mean + (1 - decay1) * gradient
    square = decay2 * square + (1 - decay2) * gradient**2
    m, s = mean / (1 - decay1**step), square / (1 - decay2**step)
    return theta - rate * m / (np.sqrt(s) + epsilon), mean, square


def adam_of_other_names(theta, m, v, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.0):
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    alpha = lr * math.sqrt(1 - beta2**t) / (1 - beta1**t)
    scaled = eps * math.sqrt(1 - beta2**t)
    return theta - alpha * m / (np.sqrt(v) + scaled), m, v


def batches_of_a_permutation(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    return [order[i : i + batch_size] for i in range(0, n_samples, batch_size)]


def batches_sorted_inside(n_samples, batch_size, rng, drop_last=False):
    order = np.argsort(rng.random(n_samples))
    return tuple(map(np.sort, np.split(order, range(batch_size, n_samples, batch_size))))


def warm_then_cosine(k, n_steps, warm_up):
    if k < warm_up:
        return (k + 1) / warm_up
    return (1 + math.cos(math.pi * (k - warm_up) / (n_steps - warm_up))) / 2


def warm_then_squared_cosine(k, n_steps, warm_up):
    line = min(1, (k + 1) / max(warm_up, 1))
    share = max(0, k - warm_up) / (n_steps - warm_up)
    return line * np.cos(np.pi / 2 * share) ** 2


def power_iteration(gradient, theta, n_rounds):
    u, h = np.random.default_rng(0).normal(size=len(theta)), 1e-5
    u /= np.linalg.norm(u)
    for _ in range(n_rounds):
        turned = (gradient(theta + h * u) - gradient(theta - h * u)) / (2 * h)
        size = np.linalg.norm(turned)
        u = turned / size
    return size


def power_iteration_by_quotients(gradient, theta, n_rounds):
    u, h = np.random.default_rng().normal(size=len(theta)), 1e-4
    for _ in range(n_rounds):
        u = u / np.linalg.norm(u)
        u, before = (gradient(theta + h * u) - gradient(theta - h * u)) / (2 * h), u
    return u @ before


def slope(theta):
    if theta < 1:
        return 25 * theta
    if theta < 2:
        return theta + 24
    return 25 * theta - 24


def slope_of_many(theta):
    outer = np.where(theta < 2, theta + 24, 25 * theta - 24)
    return np.where(theta < 1, 25 * theta, outer)


def batches_swapped_with_any(n_samples, batch_size, rng):
    order = np.arange(n_samples)
    for here, there in enumerate(rng.integers(n_samples, size=n_samples)):
        order[[here, there]] = order[[there, here]]
    return [order[i : i + batch_size] for i in range(0, n_samples, batch_size)]


RIGHT = {
    "slowest": [slowest, slowest_of_two],
    "momentum_step": [ball, ball_as_one_array],
    "adam_step": [adam, adam_of_other_names],
    "mini_batches": [batches_of_a_permutation, batches_sorted_inside],
    "rate_at": [warm_then_cosine, warm_then_squared_cosine],
    "largest_curvature": [power_iteration, power_iteration_by_quotients],
    "slope": [slope, slope_of_many],
}
ORDER, STARTS = "rng.permutation(n_samples)", "range(0, n_samples, batch_size)"
HALF = "n_samples // 2"
WRONG = {
    "slowest": {
        "the sign counts": slip(slowest, "np.abs", ""),
        "not the slowest of them": slip(slowest, "np.max", "np.mean"),
        "the 2 of w² taken along": slip(slowest, "rate *", "2 * rate *"),
    },
    "momentum_step": {
        "(1 − β)g, another convention": slip(ball, "+ gradient", "+ (1 - decay) * gradient"),
        "step before the velocity is renewed": slip(
            ball,
            "velocity = ",
            "before, velocity = velocity, ",
            "rate * velocity",
            "rate * before",
        ),
        "wrong sign of the step or of the gradient": slip(ball, "theta - rate", "theta + rate"),
        "the rate or the minus inside the velocity, another convention": slip(
            ball, "+ gradient", "- rate * gradient", "- rate * velocity", "+ velocity"
        ),
        "Nesterov's step": slip(ball, "rate * velocity", "rate * (gradient + decay * velocity)"),
        "velocity forgotten": slip(ball, "rate * velocity", "rate * gradient"),
    },
    "adam_step": {
        "1 − kβ for 1 − βᵏ": slip(adam, "**step", " * step"),
        "divided by s, not by its root": slip(adam, "np.sqrt(s)", "s"),
        "no bias correction": slip(adam, "**step", "**np.inf"),
        "corrected values stored": slip(adam, "m, s =", "m, s = mean, square ="),
        "ε inside the root": slip(adam, "(np.sqrt(s) + epsilon)", "np.sqrt(s + epsilon)"),
        "step counted from 0": slip(adam, "**step", "**(step + 1)"),
        "wrong sign of the step": slip(adam, "theta - rate", "theta + rate"),
    },
    "mini_batches": {
        "not drawn from rng": slip(
            batches_of_a_permutation, "rng.permutation", "np.random.default_rng(0).permutation"
        ),
        "last batch dropped": slip(
            batches_of_a_permutation, "(0, n_samples,", "(0, n_samples - batch_size + 1,"
        ),
        "a sample that stands more than once in an epoch": slip(
            batches_of_a_permutation, ORDER, "rng.integers(n_samples, size=n_samples)"
        ),
        "not shuffled": slip(batches_of_a_permutation, "rng.permutation", "np.arange"),
        "only the order of the batches shuffled": slip(
            batches_of_a_permutation,
            *(ORDER, "np.arange(n_samples)"),
            *(STARTS, f"rng.permutation({STARTS})"),
        ),
        "samples counted from 1": slip(batches_of_a_permutation, ORDER, f"1 + {ORDER}"),
        "batches of equal size, not the last one smaller": lambda n_samples, batch_size, rng: (
            np.array_split(rng.permutation(n_samples), math.ceil(n_samples / batch_size))
        ),
    },
    "rate_at": {
        "a cosine as long as all steps": slip(warm_then_cosine, "(n_steps - warm_up)", "n_steps"),
        "a cosine that has fallen to 0 at the last step": slip(
            warm_then_cosine, "(n_steps - warm_up)", "max(1, n_steps - warm_up - 1)"
        ),
        "the warm-up counted from 0": slip(warm_then_cosine, "(k + 1)", "k"),
        "a warm-up that lasts a step too long": slip(warm_then_cosine, "k <", "k <="),
        "a cosine that begins before the warm-up ends": slip(
            warm_then_cosine, "(k - warm_up) / (n_steps - warm_up)", "k / n_steps"
        ),
    },
    "largest_curvature": {
        "the length after the shortening": slip(
            power_iteration, "return size", "return np.linalg.norm(u)"
        ),
        "far too large: never shortened, or a slip with h": slip(
            power_iteration, "u = turned / size", "u = turned"
        ),
        "a start that is not random": slip(
            power_iteration,
            "np.random.default_rng(0).normal(size=len(theta))",
            "np.ones(len(theta))",
        ),
    },
}
UNNAMED = {
    "mini_batches": [
        lambda n_samples, batch_size, rng: rng.permutation(n_samples),
        batches_swapped_with_any,
        slip(
            batches_of_a_permutation,
            ORDER,
            f"np.append(rng.permutation({HALF}), {HALF} + rng.permutation(n_samples - {HALF}))",
        ),
        slip(
            batches_of_a_permutation,
            ORDER,
            "(46189 * np.arange(n_samples) + rng.integers(n_samples)) % n_samples",
        ),
        slip(batches_of_a_permutation, "batch_size)]", "batch_size)][: n_samples - order[0]]"),
    ],
    "largest_curvature": [slip(power_iteration, "1e-5", "1.0")],
    "rate_at": [slip(warm_then_cosine, "- warm_up))", "- warm_up + 1))")],
    "adam_step": [slip(adam, "(np.sqrt(s) + epsilon)", "(s + epsilon) ** 0.25")],
    "slope": [slip(slope, "theta < 2", "theta < 3")],
}
ALSO = [
    ("adam_step", "no bias correction", slip(adam, "mean / (1 - decay1**step)", "mean")),
    ("adam_step", "no bias correction", slip(adam, "square / (1 - decay2**step)", "square")),
    ("adam_step", "step counted from 0", slip(adam, "**step", "**(step - 1)")),
]
