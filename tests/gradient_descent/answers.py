import itertools
import math

import numpy as np

# slowest


def slowest(rate, curvatures):
    return np.max(np.abs(1 - rate * curvatures))


def slowest_in_a_loop(rate, curvatures):
    largest = 0.0
    for curvature in curvatures:
        largest = max(largest, abs(1 - rate * curvature))
    return largest


def slowest_of_two(rate, curvatures):
    ends = [min(curvatures), max(curvatures)]
    return max(abs(1 - rate * end) for end in ends)


def slowest_by_squares(rate, curvatures):
    return np.sqrt(((1 - rate * curvatures) ** 2).max())


def slowest_with_its_sign(rate, curvatures):
    return max(1 - rate * curvatures)


def slowest_of_the_gentlest(rate, curvatures):
    return 1 - rate * min(curvatures)


def slowest_without_its_sign_too_late(rate, curvatures):
    return abs(max(1 - rate * curvatures))


def slowest_found_by_size(rate, curvatures):
    return sorted(1 - rate * curvatures, key=abs)[-1]


def fastest(rate, curvatures):
    return min(abs(1 - rate * c) for c in curvatures)


def slowest_of_the_steepest(rate, curvatures):
    return abs(1 - rate * max(curvatures))


def slowest_on_average(rate, curvatures):
    return np.mean(np.abs(1 - rate * curvatures))


def slowest_of_squares(rate, curvatures):
    return np.abs(1 - 2 * rate * curvatures).max()


def slowest_of_squares_too(rate, curvatures):
    return max(abs(1 - rate * 2 * c) for c in curvatures)


# momentum_step


def ball(theta, velocity, gradient, rate, decay):
    velocity = decay * velocity + gradient
    return theta - rate * velocity, velocity


def ball_in_place_of_copies(theta, velocity, gradient, rate, decay):
    theta, velocity = theta.copy(), velocity.copy()
    velocity *= decay
    velocity += gradient
    theta -= rate * velocity
    return [theta, velocity]


def ball_entry_by_entry(theta, velocity, gradient, rate, decay):
    new_theta, new_velocity = np.empty(theta.shape), np.empty(theta.shape)
    for index in np.ndindex(theta.shape):
        new_velocity[index] = decay * velocity[index] + gradient[index]
        new_theta[index] = theta[index] - rate * new_velocity[index]
    return new_theta, new_velocity


def ball_as_one_array(theta, velocity, gradient, rate, decay, nesterov=False):
    new = decay * velocity + gradient
    return np.array([theta - rate * new, new])


def ball_in_single_precision(theta, velocity, gradient, rate, decay):
    theta, velocity, gradient = (np.asarray(a, np.float32) for a in (theta, velocity, gradient))
    velocity = np.float32(decay) * velocity + gradient
    return theta - np.float32(rate) * velocity, velocity


def ball_of_averages(theta, velocity, gradient, rate, decay):
    velocity = decay * velocity + (1 - decay) * gradient
    return theta - rate * velocity, velocity


def ball_of_averages_too(theta, velocity, gradient, rate, decay):
    velocity = velocity + (1 - decay) * (gradient - velocity)
    return theta - velocity * rate, velocity


def ball_of_a_sum_and_an_average(theta, velocity, gradient, rate, decay):
    kept = decay * velocity
    return theta - rate * (kept + (1 - decay) * gradient), kept + gradient


def ball_of_corrected_averages(theta, velocity, gradient, rate, decay):
    velocity = decay * velocity + (1 - decay) * gradient
    return theta - rate * velocity / (1 - decay), velocity


def ball_that_lags(theta, velocity, gradient, rate, decay):
    new_theta = theta - rate * velocity
    return new_theta, decay * velocity + gradient


def ball_that_steps_first(theta, velocity, gradient, rate, decay):
    theta = theta - velocity * rate
    velocity = velocity * decay
    velocity = velocity + gradient
    return theta, velocity


def ball_uphill(theta, velocity, gradient, rate, decay):
    velocity = decay * velocity + gradient
    return theta + rate * velocity, velocity


def ball_of_the_negative_gradient(theta, velocity, gradient, rate, decay):
    velocity = decay * velocity - gradient
    return theta + rate * velocity, velocity


def ball_of_the_negative_gradient_uphill(theta, velocity, gradient, rate, decay):
    velocity = decay * velocity - gradient
    return theta - rate * velocity, velocity


def ball_of_steps(theta, velocity, gradient, rate, decay):
    velocity = decay * velocity - rate * gradient
    return theta + velocity, velocity


def ball_of_steps_subtracted(theta, velocity, gradient, rate, decay):
    velocity = decay * velocity + rate * gradient
    return theta - velocity, velocity


def ball_that_looks_ahead(theta, velocity, gradient, rate, decay):
    velocity = decay * velocity + gradient
    return theta - rate * (gradient + decay * velocity), velocity


def ball_that_decays_twice(theta, velocity, gradient, rate, decay):
    new_theta = theta - rate * (1 + decay) * gradient - rate * decay**2 * velocity
    return new_theta, decay * velocity + gradient


def ball_that_stays(theta, velocity, gradient, rate, decay):
    return theta - rate * gradient, velocity.copy()


def ball_beside_the_step(theta, velocity, gradient, rate, decay):
    velocity = decay * velocity + gradient
    return theta - rate * gradient, velocity


# adam_step


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


def adam_in_place_of_copies(
    theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8
):
    mean, square, theta = np.copy(mean), np.copy(square), np.copy(theta)
    mean *= decay1
    mean += (1 - decay1) * gradient
    square *= decay2
    square += (1 - decay2) * np.square(gradient)
    theta -= rate * mean / (1 - decay1**step) / (np.sqrt(square / (1 - decay2**step)) + epsilon)
    return [theta, mean, square]


def adam_entry_by_entry(
    theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8
):
    out = np.empty((3, *theta.shape))
    for i in np.ndindex(theta.shape):
        m = decay1 * mean[i] + (1 - decay1) * gradient[i]
        s = decay2 * square[i] + (1 - decay2) * gradient[i] ** 2
        root = math.sqrt(s / (1 - decay2**step))
        out[0][i] = theta[i] - rate * (m / (1 - decay1**step)) / (root + epsilon)
        out[1][i], out[2][i] = m, s
    return out


def adam_uncorrected(
    theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8
):
    mean = decay1 * mean + (1 - decay1) * gradient
    square = decay2 * square + (1 - decay2) * gradient**2
    return theta - rate * mean / (np.sqrt(square) + epsilon), mean, square


def adam_half_corrected(
    theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8
):
    mean = decay1 * mean + (1 - decay1) * gradient
    square = decay2 * square + (1 - decay2) * gradient**2
    root = np.sqrt(square / (1 - decay2**step))
    return theta - rate * mean / (root + epsilon), mean, square


def adam_of_a_corrected_mean(
    theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8
):
    _, mean, square = adam(theta, mean, square, gradient, step, rate, decay1, decay2, epsilon)
    return theta - rate * mean / (1 - decay1**step) / (np.sqrt(square) + epsilon), mean, square


def adam_that_stores_corrected(
    theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8
):
    mean = (decay1 * mean + (1 - decay1) * gradient) / (1 - decay1**step)
    square = (decay2 * square + (1 - decay2) * gradient**2) / (1 - decay2**step)
    theta = theta - rate * mean / (np.sqrt(square) + epsilon)
    return theta, mean, square


def adam_that_overwrites(
    theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8
):
    _, mean, square = adam(theta, mean, square, gradient, step, rate, decay1, decay2, epsilon)
    mean = mean / (1 - decay1**step)
    square = square / (1 - decay2**step)
    return theta - rate / (square**0.5 + epsilon) * mean, mean, square


def adam_with_epsilon_inside(
    theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8
):
    _, mean, square = adam(theta, mean, square, gradient, step, rate, decay1, decay2, epsilon)
    m, s = mean / (1 - decay1**step), square / (1 - decay2**step)
    return theta - rate * m / np.sqrt(s + epsilon), mean, square


def adam_with_epsilon_under_the_power(
    theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8
):
    mean = decay1 * mean + (1 - decay1) * gradient
    square = decay2 * square + (1 - decay2) * gradient**2
    s = square / (1 - decay2**step) + epsilon
    return theta - rate * mean / (1 - decay1**step) * s**-0.5, mean, square


def adam_counted_from_zero(
    theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8
):
    return adam(theta, mean, square, gradient, step + 1, rate, decay1, decay2, epsilon)


def adam_a_step_behind(
    theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8
):
    mean = decay1 * mean + (1 - decay1) * gradient
    square = decay2 * square + (1 - decay2) * gradient**2
    m, s = mean / (1 - decay1 ** (step - 1)), square / (1 - decay2 ** (step - 1))
    return theta - rate * m / (np.sqrt(s) + epsilon), mean, square


def adam_uphill(theta, mean, square, gradient, step, rate, decay1=0.9, decay2=0.999, epsilon=1e-8):
    mean = decay1 * mean + (1 - decay1) * gradient
    square = decay2 * square + (1 - decay2) * gradient**2
    m, s = mean / (1 - decay1**step), square / (1 - decay2**step)
    return theta + rate * m / (np.sqrt(s) + epsilon), mean, square


def adam_of_a_negative_rate(theta, mean, square, gradient, step, rate, *others):
    return adam(theta, mean, square, gradient, step, -rate, *others)


# mini_batches


def batches_of_a_permutation(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    return [order[i : i + batch_size] for i in range(0, n_samples, batch_size)]


def batches_shuffled_in_place(n_samples, batch_size, rng):
    order = np.arange(n_samples)
    rng.shuffle(order)
    batches, start = [], 0
    while start < n_samples:
        batches.append(order[start : start + batch_size])
        start += batch_size
    return batches


def batches_of_lists(n_samples, batch_size, rng):
    order = rng.permutation(n_samples).tolist()
    batches = []
    while order:
        batches.append(order[:batch_size])
        order = order[batch_size:]
    return batches


def batches_by_sorting(n_samples, batch_size, rng, drop_last=False):
    order = np.argsort(rng.random(n_samples))
    return tuple(np.split(order, range(batch_size, n_samples, batch_size)))


def batches_by_choice(n_samples, batch_size, rng):
    order = rng.choice(n_samples, size=n_samples, replace=False)
    count = -(-n_samples // batch_size)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(count)]


def batches_sorted_inside(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    return [np.sort(order[i : i + batch_size]) for i in range(0, n_samples, batch_size)]


def batches_without_the_last(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    count = n_samples // batch_size
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(count)]


def batches_reshaped(n_samples, batch_size, rng):
    count = n_samples // batch_size
    return list(rng.permutation(n_samples)[: count * batch_size].reshape(count, batch_size))


def batches_in_order_without_the_last(n_samples, batch_size, rng):
    count = n_samples // batch_size
    return [batch_size * k + np.arange(batch_size) for k in range(count)]


def batches_with_repetition(n_samples, batch_size, rng):
    return [
        rng.integers(n_samples, size=min(batch_size, n_samples - i))
        for i in range(0, n_samples, batch_size)
    ]


def batches_by_choice_each(n_samples, batch_size, rng):
    return [
        rng.choice(n_samples, min(batch_size, n_samples - i), replace=False)
        for i in range(0, n_samples, batch_size)
    ]


def batches_in_order(n_samples, batch_size, rng):
    return [np.arange(i, min(i + batch_size, n_samples)) for i in range(0, n_samples, batch_size)]


def batches_of_a_forgotten_permutation(n_samples, batch_size, rng):
    order = np.arange(n_samples)
    rng.permutation(order)
    return [order[i : i + batch_size] for i in range(0, n_samples, batch_size)]


def batches_of_a_first_order(n_samples, batch_size, rng):
    return [
        np.random.default_rng(n_samples).permutation(n_samples)[i : i + batch_size]
        for i in range(0, n_samples, batch_size)
    ]


def batches_in_a_shuffled_list(n_samples, batch_size, rng):
    batches = np.split(np.arange(n_samples), range(batch_size, n_samples, batch_size))
    rng.shuffle(batches)
    return batches


def batches_from_shuffled_starts(n_samples, batch_size, rng):
    starts = rng.permutation(range(0, n_samples, batch_size))
    return [np.arange(i, min(i + batch_size, n_samples)) for i in starts]


def batches_of_halves(n_samples, batch_size, rng):
    first, second = np.array_split(np.arange(n_samples), [n_samples // 2])
    order = np.concatenate([rng.permutation(first), rng.permutation(second)])
    return [order[i : i + batch_size] for i in range(0, n_samples, batch_size)]


def batches_of_halves_changed_about(n_samples, batch_size, rng):
    half = n_samples - n_samples // 2
    order = np.append(rng.permutation(half), half + rng.permutation(n_samples // 2))
    return [order[i : i + batch_size].tolist() for i in range(0, n_samples, batch_size)]


def batches_of_a_stride(n_samples, batch_size, rng):
    step = rng.integers(1, n_samples)
    while math.gcd(step, n_samples) > 1:
        step = rng.integers(1, n_samples)
    order = (step * np.arange(n_samples) + rng.integers(n_samples)) % n_samples
    return [order[i : i + batch_size] for i in range(0, n_samples, batch_size)]


def batches_of_a_fixed_stride(n_samples, batch_size, rng):
    step = 11 * 13 * 17 * 19
    order = (step * np.arange(n_samples) + rng.integers(n_samples)) % n_samples
    return np.split(order, range(batch_size, n_samples, batch_size))


def batches_from_one(n_samples, batch_size, rng):
    order = rng.permutation(np.arange(1, n_samples + 1))
    return [order[i : i + batch_size] for i in range(0, n_samples, batch_size)]


def batches_from_one_in_place(n_samples, batch_size, rng):
    order = list(range(1, n_samples + 1))
    rng.shuffle(order)
    return [order[i : i + batch_size] for i in range(0, n_samples, batch_size)]


def batches_of_equal_size(n_samples, batch_size, rng):
    return np.array_split(rng.permutation(n_samples), math.ceil(n_samples / batch_size))


def batches_dealt_like_cards(n_samples, batch_size, rng):
    order, count = rng.permutation(n_samples), -(-n_samples // batch_size)
    return [order[k::count] for k in range(count)]


# rate_at


def warm_then_cosine(k, n_steps, warm_up):
    if k < warm_up:
        return (k + 1) / warm_up
    return (1 + math.cos(math.pi * (k - warm_up) / (n_steps - warm_up))) / 2


def warm_then_squared_cosine(k, n_steps, warm_up):
    line = min(1, (k + 1) / max(warm_up, 1))
    share = max(0, k - warm_up) / (n_steps - warm_up)
    return line * np.cos(np.pi / 2 * share) ** 2


def cold_at_first(k, n_steps, warm_up):
    if k < warm_up:
        return k / warm_up
    return (1 + math.cos(math.pi * (k - warm_up) / (n_steps - warm_up))) / 2


def cold_at_first_too(k, n_steps, warm_up):
    cosine = 0.5 * (1 + np.cos(np.pi * (k - warm_up) / (n_steps - warm_up)))
    return np.linspace(0, 1, warm_up + 1)[k] if k < warm_up else cosine


def warm_for_a_step_too_long(k, n_steps, warm_up):
    if k <= warm_up:
        return (k + 1) / warm_up
    return (1 + math.cos(math.pi * (k - warm_up) / (n_steps - warm_up))) / 2


def warm_for_a_step_too_long_too(k, n_steps, warm_up):
    if k > warm_up:
        return np.cos(np.pi / 2 * (k - warm_up) / (n_steps - warm_up)) ** 2
    return 1 / warm_up + k / warm_up


def cosine_from_the_start(k, n_steps, warm_up):
    if k < warm_up:
        return (k + 1) / warm_up
    return (1 + math.cos(math.pi * k / n_steps)) / 2


def cosine_times_line(k, n_steps, warm_up):
    line = (k + 1) / warm_up if k < warm_up else 1
    return line * (1 + math.cos(math.pi * k / n_steps)) / 2


# two_point_step


def two_points(theta, ball, gradient, rate, decay):
    arrived = theta - rate * gradient
    return arrived + decay * (arrived - ball), arrived


def two_points_weighed(theta, ball, gradient, rate, decay):
    arrived = theta - rate * gradient
    return [(1 + decay) * arrived - decay * ball, arrived]


def stretched_by_the_plain_step(theta, ball, gradient, rate, decay):
    arrived = theta - rate * gradient
    return arrived + decay * (arrived - theta), arrived


def stretched_without_memory(theta, ball, gradient, rate, decay):
    return theta - rate * gradient - decay * rate * gradient, theta - rate * gradient


def stepped_from_the_ball(theta, ball, gradient, rate, decay):
    arrived = ball - rate * gradient
    return arrived + decay * (arrived - ball), arrived


def stepped_from_the_ball_too(theta, ball, gradient, rate, decay):
    step = rate * gradient
    return ball - (1 + decay) * step, ball - step


# line_search


def search_by_halving(value, gradient, theta):
    g, rate = gradient(theta), 1.0
    while value(theta - rate * g) > value(theta) - 1e-4 * rate * g @ g:
        rate /= 2
    return theta - rate * g


def search_over_powers(value, gradient, theta):
    g, before = gradient(theta), value(theta)
    for k in range(60):
        new = theta - g / 2**k
        if before - value(new) >= 1e-4 / 2**k * (g**2).sum():
            return new
    return theta


def search_for_any_fall(value, gradient, theta):
    g, rate = gradient(theta), 1.0
    while value(theta - rate * g) >= value(theta):
        rate /= 2
    return theta - rate * g


def search_for_no_rise(value, gradient, theta):
    g, rate = gradient(theta), 1.0
    while value(theta - rate * g) > value(theta):
        rate = 0.5 * rate
    return theta - rate * g


def search_that_halves_first(value, gradient, theta):
    g, rate = gradient(theta), 1.0
    while True:
        rate /= 2
        if value(theta - rate * g) <= value(theta) - 1e-4 * rate * g @ g:
            return theta - rate * g


def search_that_halves_at_last(value, gradient, theta):
    g, rate, found = gradient(theta), 1.0, False
    while not found:
        found = value(theta - rate * g) <= value(theta) - 1e-4 * rate * g @ g
        rate /= 2
    return theta - rate * g


def search_for_three_tenths(value, gradient, theta):
    g, rate = gradient(theta), 1.0
    while value(theta - rate * g) > value(theta) - 0.3 * rate * g @ g:
        rate /= 2
    return theta - rate * g


def search_for_a_third(value, gradient, theta):
    g, before = gradient(theta), value(theta)
    rates = (2.0**-k for k in itertools.count())
    return next(
        theta - rate * g
        for rate in rates
        if before - value(theta - rate * g) >= rate * (g**2).sum() / 3
    )


def search_of_ten_halvings(value, gradient, theta):
    g, rate = gradient(theta), 1.0
    for _ in range(10):
        if value(theta - rate * g) <= value(theta) - 1e-4 * rate * g @ g:
            break
        rate /= 2
    return theta - rate * g


def search_of_ten_rates(value, gradient, theta):
    g, before = gradient(theta), value(theta)
    for rate in 2.0 ** -np.arange(11):
        new = theta - rate * g
        if value(new) <= before - 1e-4 * rate * np.sum(g**2):
            return new
    return new


# kappa


def kappa(x):
    x = np.column_stack([x, np.ones(len(x))])
    return np.linalg.cond(x.T @ x / len(x) + 1e-3 * np.eye(x.shape[1]))


def kappa_of_eigenvalues(x):
    x = np.column_stack([np.ones(len(x)), x])
    curvatures = np.linalg.eigvalsh(np.mean(x[:, :, None] * x[:, None, :], axis=0)) + 1e-3
    return curvatures[-1] / curvatures[0]


def kappa_without_the_constant(x):
    return np.linalg.cond(x.T @ x / len(x) + 1e-3 * np.eye(x.shape[1]))


def kappa_without_the_constant_too(x):
    curvatures = np.linalg.eigvalsh(x.T @ x / len(x)) + 1e-3
    return curvatures.max() / curvatures.min()


def kappa_without_a_penalty(x):
    x = np.column_stack([x, np.ones(len(x))])
    return np.linalg.cond(x.T @ x / len(x))


def kappa_without_a_penalty_too(x):
    rows = np.hstack([x, np.ones((len(x), 1))])
    return np.linalg.cond(rows.T @ rows / len(rows))


def kappa_of_a_sum(x):
    x = np.column_stack([x, np.ones(len(x))])
    return np.linalg.cond(x.T @ x + 1e-3 * np.eye(x.shape[1]))


def kappa_of_a_sum_too(x):
    x = np.column_stack([x, np.ones(len(x))])
    mu, *_, top = np.linalg.eigvalsh(x.T @ x + np.diag([1e-3] * x.shape[1]))
    return top / mu


# largest_curvature


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


def power_iteration_too_late(gradient, theta, n_rounds):
    u, h = np.random.default_rng(1).normal(size=len(theta)), 1e-5
    for _ in range(n_rounds):
        u = u / np.linalg.norm(u)
        u = (gradient(theta + h * u) - gradient(theta - h * u)) / (2 * h)
        u = u / np.linalg.norm(u)
    return np.linalg.norm(u)


def power_iteration_of_length_1(gradient, theta, n_rounds):
    u, h = np.random.default_rng(2).normal(size=len(theta)), 1e-6
    for _ in range(n_rounds):
        u = u / np.sqrt(u @ u)
        u = (gradient(theta + h * u) - gradient(theta - h * u)) / (2 * h)
    u = u / np.sqrt(u @ u)
    return (u @ u) ** 0.5


def power_iteration_that_grows(gradient, theta, n_rounds):
    u, h = np.random.default_rng(0).normal(size=len(theta)), 1e-5
    u /= np.linalg.norm(u)
    for _ in range(n_rounds):
        u = (gradient(theta + h * u) - gradient(theta - h * u)) / (2 * h)
    return np.linalg.norm(u)


def power_iteration_that_grows_too(gradient, theta, n_rounds):
    u, h = np.random.default_rng(3).normal(size=len(theta)), 1e-5
    sizes = []
    for _ in range(n_rounds):
        u = (gradient(theta + h * u) - gradient(theta - h * u)) / (2 * h)
        sizes.append(np.linalg.norm(u))
    return sizes[-1]


def power_iteration_from_ones(gradient, theta, n_rounds):
    u, h = np.ones(len(theta)) / len(theta) ** 0.5, 1e-5
    for _ in range(n_rounds):
        turned = (gradient(theta + h * u) - gradient(theta - h * u)) / (2 * h)
        size = np.linalg.norm(turned)
        u = turned / size
    return size


def power_iteration_from_ones_too(gradient, theta, n_rounds):
    u, h = np.array([1.0] * theta.size), 1e-4
    for _ in range(n_rounds):
        u = u / np.sqrt(u @ u)
        u, before = (gradient(theta + h * u) - gradient(theta - h * u)) / (2 * h), u
    return u @ before


def _power_iteration_from(start):
    def curvature(gradient, theta, n_rounds):
        u = start(len(theta))
        for _ in range(n_rounds):
            u = u / np.sqrt(u @ u)
            u = (gradient(theta + 1e-5 * u) - gradient(theta - 1e-5 * u)) / 2e-5
        return np.sqrt(u @ u)

    return curvature


POWER_ITERATIONS = [
    _power_iteration_from(start)
    for start in (
        lambda n: np.arange(1.0, n + 1),
        lambda n: np.eye(n)[0],
        lambda n: (-1.0) ** np.arange(n),
    )
]


# slope


def slope(theta):
    if theta < 1:
        return 25 * theta
    if theta < 2:
        return theta + 24
    return 25 * theta - 24


def slope_with_a_border_at_3(theta):
    return slope(theta) if theta < 2 or theta >= 3 else theta + 24


def slope_of_many(theta):
    outer = np.where(theta < 2, theta + 24, 25 * theta - 24)
    return np.where(theta < 1, 25 * theta, outer)


def batches_from_a_seed_of_its_own(n_samples, batch_size, rng):
    order = np.random.default_rng(0).permutation(n_samples)
    return [order[k : k + batch_size] for k in range(0, n_samples, batch_size)]


def adam_without(root=True, corrected=True, power=True):
    def step(theta, m, s, g, k, rate, decay1=0.9, decay2=0.999, epsilon=1e-8):
        m, s = decay1 * m + (1 - decay1) * g, decay2 * s + (1 - decay2) * g * g
        weights = (1 - decay1**k, 1 - decay2**k) if power else (1 - decay1 * k, 1 - decay2 * k)
        mean, square = (m / weights[0], s / weights[1]) if corrected else (m, s)
        return theta - rate * mean / ((square**0.5 if root else square) + epsilon), m, s

    return step


def adam_of_absolute_values(theta, m, s, g, k, rate, decay1=0.9, decay2=0.999, epsilon=1e-8):
    m, s = decay1 * m + (1 - decay1) * g, decay2 * s + (1 - decay2) * g * g
    return theta - rate * m / (1 - decay1**k) / (s / (1 - decay2**k) + epsilon) ** 0.25, m, s


def rate_along(length):
    def share(k, n_steps, warm_up):
        if k < warm_up:
            return (k + 1) / warm_up
        return 0.5 + 0.5 * math.cos(math.pi * (k - warm_up) / length(n_steps, warm_up))

    return share


RIGHT = {
    "slowest": [slowest, slowest_in_a_loop, slowest_of_two, slowest_by_squares],
    "momentum_step": [
        ball,
        ball_in_place_of_copies,
        ball_entry_by_entry,
        ball_as_one_array,
        ball_in_single_precision,
    ],
    "adam_step": [adam, adam_of_other_names, adam_in_place_of_copies, adam_entry_by_entry],
    "mini_batches": [
        batches_of_a_permutation,
        batches_shuffled_in_place,
        batches_of_lists,
        batches_by_sorting,
        batches_by_choice,
        batches_sorted_inside,
    ],
    "rate_at": [warm_then_cosine, warm_then_squared_cosine],
    "two_point_step": [two_points, two_points_weighed],
    "line_search": [search_by_halving, search_over_powers],
    "kappa": [kappa, kappa_of_eigenvalues],
    "largest_curvature": [power_iteration, power_iteration_by_quotients],
    "slope": [slope, slope_of_many],
}
WRONG = {
    "slowest": {
        "the sign counts": [
            slowest_with_its_sign,
            slowest_of_the_gentlest,
            slowest_without_its_sign_too_late,
            slowest_found_by_size,
        ],
        "not the slowest of them": [slowest_of_the_steepest, slowest_on_average, fastest],
        "the 2 of w² taken along": [slowest_of_squares, slowest_of_squares_too],
    },
    "momentum_step": {
        "(1 − β)g, another convention": [
            ball_of_averages,
            ball_of_averages_too,
            ball_of_a_sum_and_an_average,
            ball_of_corrected_averages,
        ],
        "step before the velocity is renewed": [ball_that_lags, ball_that_steps_first],
        "wrong sign of the step or of the gradient": [
            ball_uphill,
            ball_of_the_negative_gradient,
            ball_of_the_negative_gradient_uphill,
        ],
        "the rate inside the velocity, another convention": [
            ball_of_steps,
            ball_of_steps_subtracted,
        ],
        "Nesterov's step": [ball_that_looks_ahead, ball_that_decays_twice],
        "velocity forgotten": [ball_that_stays, ball_beside_the_step],
    },
    "adam_step": {
        "1 − kβ for 1 − βᵏ": [adam_without(power=False)],
        "divided by s, not by its root": [
            adam_without(root=False),
            adam_without(root=False, corrected=False),
        ],
        "no bias correction": [adam_uncorrected, adam_half_corrected, adam_of_a_corrected_mean],
        "corrected values stored": [adam_that_stores_corrected, adam_that_overwrites],
        "ε inside the root": [adam_with_epsilon_inside, adam_with_epsilon_under_the_power],
        "step counted from 0": [adam_counted_from_zero, adam_a_step_behind],
        "wrong sign of the step": [adam_uphill, adam_of_a_negative_rate],
    },
    "mini_batches": {
        "not drawn from rng": [batches_from_a_seed_of_its_own, batches_of_a_first_order],
        "last batch dropped": [
            batches_without_the_last,
            batches_reshaped,
            batches_in_order_without_the_last,
        ],
        "drawn with repetition": [batches_with_repetition, batches_by_choice_each],
        "not shuffled": [batches_in_order, batches_of_a_forgotten_permutation],
        "only the order of the batches shuffled": [
            batches_in_a_shuffled_list,
            batches_from_shuffled_starts,
        ],
        "shuffled part by part": [batches_of_halves, batches_of_halves_changed_about],
        "an order that is calculated and not drawn": [
            batches_of_a_stride,
            batches_of_a_fixed_stride,
        ],
        "samples counted from 1": [batches_from_one, batches_from_one_in_place],
        "batches of equal size, not the last one smaller": [
            batches_of_equal_size,
            batches_dealt_like_cards,
        ],
    },
    "rate_at": {
        "a cosine as long as all steps": [rate_along(lambda n, w: n)],
        "a cosine that has fallen to 0 at the last step": [
            rate_along(lambda n, w: max(1, n - w - 1))
        ],
        "the warm-up counted from 0": [cold_at_first, cold_at_first_too],
        "a warm-up that lasts a step too long": [
            warm_for_a_step_too_long,
            warm_for_a_step_too_long_too,
        ],
        "a cosine that begins before the warm-up ends": [cosine_from_the_start, cosine_times_line],
    },
    "two_point_step": {
        "stretched by what the plain step moved": [
            stretched_by_the_plain_step,
            stretched_without_memory,
        ],
        "the plain step taken from the ball": [stepped_from_the_ball, stepped_from_the_ball_too],
    },
    "line_search": {
        "any fall is taken for enough": [search_for_any_fall, search_for_no_rise],
        "one halving too many, or begun at ½": [
            search_that_halves_first,
            search_that_halves_at_last,
        ],
        "a larger share is asked for": [search_for_three_tenths, search_for_a_third],
        "given up after some halvings": [search_of_ten_halvings, search_of_ten_rates],
    },
    "kappa": {
        "the constant forgotten": [kappa_without_the_constant, kappa_without_the_constant_too],
        "the penalty forgotten": [kappa_without_a_penalty, kappa_without_a_penalty_too],
        "the sum over the samples for their mean": [kappa_of_a_sum, kappa_of_a_sum_too],
    },
    "largest_curvature": {
        "the length after the shortening": [
            power_iteration_too_late,
            power_iteration_of_length_1,
        ],
        "never shortened": [power_iteration_that_grows, power_iteration_that_grows_too],
        "a start that is not random": [
            power_iteration_from_ones,
            power_iteration_from_ones_too,
            *POWER_ITERATIONS,
        ],
    },
}


def batches_swapped_with_any(n_samples, batch_size, rng):
    order = np.arange(n_samples)
    for here, there in enumerate(rng.integers(n_samples, size=n_samples)):
        order[[here, there]] = order[[there, here]]
    return [order[i : i + batch_size] for i in range(0, n_samples, batch_size)]


def curvature_by_a_step_of_1(gradient, theta, n_rounds):
    u = np.random.default_rng(0).normal(size=len(theta))
    for _ in range(n_rounds):
        u = gradient(theta + u / np.linalg.norm(u)) - gradient(theta)
    return np.linalg.norm(u)


def search_for_the_best_rate(value, gradient, theta):
    return min((theta - gradient(theta) / 2**k for k in range(40)), key=value)


UNNAMED = {
    "mini_batches": [batches_swapped_with_any],
    "largest_curvature": [curvature_by_a_step_of_1],
    "line_search": [search_for_the_best_rate],
    "rate_at": [rate_along(lambda n, w: n - w + 1)],
    "adam_step": [adam_of_absolute_values],
    "slope": [slope_with_a_border_at_3],
}
