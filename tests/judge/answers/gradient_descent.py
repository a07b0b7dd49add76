import math

import numpy as np

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


def batches_without_the_last(n_samples, batch_size, rng):
    order = rng.permutation(n_samples)
    count = n_samples // batch_size
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(count)]


def batches_reshaped(n_samples, batch_size, rng):
    count = n_samples // batch_size
    return list(rng.permutation(n_samples)[: count * batch_size].reshape(count, batch_size))


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


RIGHT = {
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
    ],
}
WRONG = {
    "momentum_step": {
        "(1 − β)g, another convention": [ball_of_averages, ball_of_averages_too],
        "step before the velocity is renewed": [ball_that_lags, ball_that_steps_first],
        "wrong sign of the step or of the gradient": [ball_uphill, ball_of_the_negative_gradient],
    },
    "adam_step": {
        "no bias correction": [adam_uncorrected, adam_half_corrected],
        "corrected values stored": [adam_that_stores_corrected, adam_that_overwrites],
        "ε inside the root": [adam_with_epsilon_inside, adam_with_epsilon_under_the_power],
        "step counted from 0": [adam_counted_from_zero, adam_a_step_behind],
    },
    "mini_batches": {
        "last batch dropped": [batches_without_the_last, batches_reshaped],
        "drawn with repetition": [batches_with_repetition, batches_by_choice_each],
        "not shuffled": [batches_in_order, batches_of_a_forgotten_permutation],
    },
}
