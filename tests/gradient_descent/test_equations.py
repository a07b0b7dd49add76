"""Each numbered equation of the chapter on gradient descent, evaluated over random problems."""

import math

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.backward import loss_and_gradients
from mathdl.forward import Layer, initialize, parameter_vector

SEEDS = range(5)


def bowl_from(seed, size=4):
    """Return a random quadratic with its Hessian, minimum, curvatures and a start."""
    rng = np.random.default_rng(seed)
    axes = np.linalg.qr(rng.normal(size=(size, size)))[0]
    curvatures = np.sort(rng.uniform(0.2, 5, size))
    hessian = axes @ np.diag(curvatures) @ axes.T
    minimum = rng.normal(size=size)
    surface = gd.quadratic((hessian + hessian.T) / 2, minimum)
    return surface, (hessian + hessian.T) / 2, minimum, curvatures, rng.normal(size=size)


@pytest.mark.equation("gradient-descent-taylor")
@pytest.mark.parametrize("seed", SEEDS)
def test_taylor_has_a_point_between(seed):
    rng = np.random.default_rng(seed)
    surface = gd.SURFACES["himmelblau"]
    theta, delta = rng.normal(size=2), 0.3 * rng.normal(size=2)
    rest = surface.value(theta + delta) - surface.value(theta) - surface.gradient(theta) @ delta
    between = theta + np.linspace(0, 1, 2001)[:, None] * delta
    curved = np.einsum("i,nij,j->n", delta, surface.hessian(between), delta) / 2
    assert curved.min() - 1e-9 <= rest <= curved.max() + 1e-9


@pytest.mark.equation("gradient-descent-steepest")
@pytest.mark.parametrize("seed", SEEDS)
def test_no_direction_is_steeper_than_the_negative_gradient(seed):
    rng = np.random.default_rng(seed)
    g = rng.normal(size=5)
    u = rng.normal(size=(2000, 5))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    assert (u @ g > -np.linalg.norm(g)).all()
    assert -(g @ g) / np.linalg.norm(g) == pytest.approx(-np.linalg.norm(g))


@pytest.mark.equation("gradient-descent-steps")
@pytest.mark.parametrize("kappa", [9.0, 20.0, 100.0])
def test_how_many_steps(kappa):
    exact = math.log(1e6) / math.log((kappa + 1) / (kappa - 1))
    assert exact == pytest.approx(kappa / 2 * math.log(1e6), rel=0.01)
    # A start with an equal share in both modes takes exactly as long.
    path = gd.descend(
        gd.ill_conditioned(kappa).gradient,
        [1.0, 1.0],
        gd.gradient_descent(gd.best_rate(1.0, kappa)),
        2000,
    )
    error = np.linalg.norm(path, axis=1) / math.sqrt(2)
    assert (error < 1e-6).argmax() == math.ceil(exact)


@pytest.mark.equation("gradient-descent-lemma")
@pytest.mark.parametrize("name", ["himmelblau", "rosenbrock", "beale", "saddle"])
def test_the_descent_lemma_where_the_curvature_is_known(name):
    surface = gd.SURFACES[name]
    rng = np.random.default_rng(0)
    for point in rng.uniform(*surface.bounds.T, (50, 2)):
        slope = surface.gradient(point)
        rate = 0.2 / max(np.linalg.norm(slope), 1)
        segment = point - np.linspace(0, rate, 200)[:, None] * slope
        largest = max(float(np.linalg.eigvalsh(surface.hessian(segment)).max()), 1e-6)
        bound = surface.value(point) - rate * (1 - rate * largest / 2) * slope @ slope
        assert gd.descent_bound(surface.value(point), slope, rate, largest) == pytest.approx(bound)
        assert surface.value(point - rate * slope) <= bound + 1e-6 * (1 + abs(bound))


@pytest.mark.equation("gradient-descent-stationary")
@pytest.mark.parametrize("seed", SEEDS)
def test_slopes_become_small_as_promised(seed):
    # The sum of softplus functions of random affine maps is convex with a curvature below ‖A‖²/4.
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(6, 3)), rng.normal(size=6)

    def value(x):
        return np.logaddexp(0, x @ a.T + b).sum(axis=-1)

    def gradient(x):
        return (1 / (1 + np.exp(-(x @ a.T + b)))) @ a

    largest = np.linalg.norm(a, 2) ** 2 / 4
    path = gd.descend(gradient, rng.normal(size=3), gd.gradient_descent(1 / largest), 200)
    slopes = np.linalg.norm([gradient(x) for x in path], axis=1) ** 2
    for steps in (1, 10, 200):
        assert slopes[:steps].min() <= 2 * largest * value(path[0]) / steps


@pytest.mark.equation("gradient-descent-nesterov")
@pytest.mark.equation("gradient-descent-two-step")
def test_heavy_ball_without_velocity_and_nesterov_where_it_leads():
    surface = gd.SURFACES["himmelblau"]
    path = gd.descend(surface.gradient, [0.0, 0.0], gd.momentum(0.003, 0.7), 8)
    for k in range(1, 8):
        step = -0.003 * surface.gradient(path[k]) + 0.7 * (path[k] - path[k - 1])
        assert path[k + 1] == pytest.approx(path[k] + step)
    surface, eta, beta = gd.SURFACES["beale"], 0.01, 0.8
    path = gd.descend(surface.gradient, [1.0, 0.7], gd.nesterov(eta, beta), 10)
    x, v = path[0], np.zeros(2)
    for expected in path[1:]:
        v = beta * v + surface.gradient(x - eta * beta * v)
        x = x - eta * v
        assert x - eta * beta * v == pytest.approx(expected)


@pytest.mark.equation("gradient-descent-oscillation")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_mode_with_complex_roots_is_a_damped_oscillation(seed):
    beta, scaled = np.random.default_rng(seed).uniform([0.3, 0.2], [0.95, 1.5])
    omega = math.acos((1 + beta - scaled) / (2 * beta**0.5))
    first = (1 - scaled) / beta**0.5  # C cos(ω + φ), where C cos φ = 1
    k = np.arange(31)
    sine = (first - math.cos(omega)) / math.sin(omega)  # −C sin φ
    solved = beta ** (k / 2) * (np.cos(k * omega) + sine * np.sin(k * omega))
    path = gd.descend(lambda x: x, [1.0], gd.momentum(scaled, beta), 30)
    assert path.ravel() == pytest.approx(solved, abs=1e-12)


@pytest.mark.equation("gradient-descent-conventions")
def test_three_conventions_walk_alike():
    surface, eta, beta = gd.SURFACES["beale"], 0.01, 0.8
    theta = {name: np.array([1.0, 0.7]) for name in "abc"}
    v = {name: np.zeros(2) for name in "abc"}
    path = gd.descend(surface.gradient, theta["a"], gd.momentum(eta, beta), 20)
    for _ in range(20):
        v["a"] = beta * v["a"] + surface.gradient(theta["a"])
        theta["a"] = theta["a"] - eta * v["a"]
        v["b"] = beta * v["b"] - eta * surface.gradient(theta["b"])
        theta["b"] = theta["b"] + v["b"]
        v["c"] = beta * v["c"] + (1 - beta) * surface.gradient(theta["c"])
        theta["c"] = theta["c"] - eta / (1 - beta) * v["c"]
    for end in theta.values():
        assert end == pytest.approx(path[-1])


@pytest.mark.equation("gradient-descent-fit-curvature")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_curvature_of_a_fit_is_the_mean_square_by_which_predictions_move(seed):
    rng = np.random.default_rng(seed)
    inputs, targets = np.column_stack([rng.normal(2, 1, 9), np.ones(9)]), rng.normal(size=9)
    curvatures, directions = np.linalg.eigh(inputs.T @ inputs / 9)

    def loss(weights):
        return ((inputs @ weights - targets) ** 2).mean() / 2

    for curvature, q in zip(curvatures, directions.T, strict=True):
        at, h = rng.normal(size=2), 1e-3
        bend = (loss(at + h * q) + loss(at - h * q) - 2 * loss(at)) / h**2
        assert bend == pytest.approx(curvature, rel=1e-5)
        assert ((inputs @ (at + q) - inputs @ at) ** 2).mean() == pytest.approx(curvature)


def worst_bowl(kappa, size=300):
    """Return Hessian and minimum of the bowl on which news travel a coordinate a step."""
    q = (kappa**0.5 - 1) / (kappa**0.5 + 1)
    hessian = 2 * np.eye(size) - np.eye(size, k=1) - np.eye(size, k=-1)
    hessian[-1, -1] -= q
    hessian = (1 - 1 / kappa) / 4 * hessian + np.eye(size) / kappa
    return hessian, q ** np.arange(1, size + 1)


@pytest.mark.equation("gradient-descent-lower-bound")
@pytest.mark.parametrize("kappa", [4.0, 25.0, 100.0])
def test_the_best_combination_of_gradients_is_on_the_bound_and_so_is_the_tuned_ball(kappa):
    hessian, minimum = worst_bowl(kappa)
    curvatures = np.linalg.eigvalsh(hessian)
    assert 1 / kappa <= curvatures[0] < 1.1 / kappa
    assert 0.999 < curvatures[-1] <= 1
    q, far = minimum[0], np.linalg.norm(minimum)
    ball = gd.descend(
        lambda x: hessian @ (x - minimum),
        np.zeros(len(minimum)),
        gd.momentum(*gd.tuned_heavy_ball(1 / kappa, 1)),
        20,
    )
    gradients = hessian @ minimum
    span = np.zeros((len(minimum), 0))
    for k in range(1, 21):
        span = np.linalg.qr(np.column_stack([span, gradients]))[0]
        gradients = hessian @ span[:, -1]
        best = np.linalg.norm(minimum - span @ (span.T @ minimum)) / far
        assert best == pytest.approx(q**k, rel=1e-6)
        assert np.linalg.norm(ball[k] - minimum) / far == pytest.approx(q**k, rel=1e-6)


@pytest.mark.equation("gradient-descent-nesterov-rate")
@pytest.mark.parametrize("kappa", [4.0, 25.0, 400.0])
def test_nesterovs_rate(kappa):
    root = math.sqrt(kappa)
    beta = (root - 1) / (root + 1)
    radii = gd.nesterov_radius(1 / kappa, beta, np.linspace(1, kappa, 500))
    assert radii.max() == pytest.approx(1 - 1 / root, rel=1e-6)


@pytest.mark.equation("gradient-descent-first-steps")
@pytest.mark.parametrize("seed", SEEDS)
def test_first_steps_forget_the_size_of_the_gradient(seed):
    rng = np.random.default_rng(seed)
    g = rng.normal(size=6) * 10.0 ** rng.uniform(-4, 4, 6)
    for rule, length in [
        (gd.adagrad(0.1, epsilon=0), 0.1),
        (gd.rmsprop(0.1, decay=0.8, epsilon=0), 0.1 / math.sqrt(0.2)),
        (gd.adam(0.1, epsilon=0), 0.1),
    ]:
        step = gd.descend(lambda x: 0 * x + g, np.zeros(6), rule, 1)[-1]
        assert step == pytest.approx(-length * np.sign(g))


@pytest.mark.equation("gradient-descent-rotation")
@pytest.mark.parametrize("seed", SEEDS)
def test_linear_rules_turn_with_the_surface(seed):
    rng = np.random.default_rng(seed)
    turn = np.linalg.qr(rng.normal(size=(2, 2)))[0]
    surface, start = gd.SURFACES["himmelblau"], rng.normal(size=2)

    def turned(x):
        return surface.gradient(x @ turn) @ turn.T

    for rule in (gd.gradient_descent(0.005), gd.momentum(0.002), gd.nesterov(0.002)):
        path = gd.descend(surface.gradient, start, rule, 30)
        assert gd.descend(turned, start @ turn.T, rule, 30) == pytest.approx(path @ turn.T)
    path = gd.descend(surface.gradient, start, gd.adam(0.1), 5)
    other = gd.descend(turned, start @ turn.T, gd.adam(0.1), 5)
    assert abs(other - path @ turn.T).max() > 1e-3


@pytest.mark.equation("gradient-descent-scale")
@pytest.mark.parametrize("seed", SEEDS)
def test_adaptive_rules_do_not_notice_the_units_of_the_gradient(seed):
    rng = np.random.default_rng(seed)
    surface, scale = gd.SURFACES["himmelblau"], 10.0 ** rng.uniform(-3, 3, 2)
    for rule in (gd.adagrad, gd.rmsprop, gd.adam):
        path = gd.descend(surface.gradient, [0.5, -1.0], rule(0.05, epsilon=0), 30)
        scaled = gd.descend(
            lambda x: scale * surface.gradient(x), [0.5, -1.0], rule(0.05, epsilon=0), 30
        )
        assert scaled == pytest.approx(path)


@pytest.mark.equation("gradient-descent-minibatch")
@pytest.mark.parametrize("size", [1, 4, 25])
def test_a_batch_divides_the_variance(size):
    rng = np.random.default_rng(0)
    gradients = rng.gamma(2.0, size=10_000)  # the slopes of all samples
    batches = rng.choice(gradients, (40_000, size)).mean(axis=1)
    assert batches.mean() == pytest.approx(gradients.mean(), rel=0.02)
    assert batches.var() == pytest.approx(gradients.var() / size, rel=0.04)


@pytest.mark.equation("gradient-descent-averaging")
@pytest.mark.parametrize("curvature", [0.5, 2.0])
def test_decaying_rates_average_the_noise(curvature):
    rng = np.random.default_rng(0)
    noisy = gd.noisy_gradient(lambda x: curvature * x, 1.5, rng=rng)
    rule = gd.scheduled(gd.gradient_descent(1 / curvature), gd.inverse_time_decay(1))
    path = gd.descend(noisy, np.full((20_000, 1), 3.0), rule, 50)[..., 0]
    for k in (1, 10, 50):
        assert (path[k] ** 2).mean() == pytest.approx(1.5**2 / (curvature**2 * k), rel=0.05)


@pytest.mark.equation("gradient-descent-noisy-escape")
@pytest.mark.parametrize(("rate", "curvature", "noise"), [(0.1, -1.0, 0.01), (0.3, -0.5, 0.2)])
def test_noise_leaves_a_saddle_in_time(rate, curvature, noise):
    time = float(gd.noisy_escape_time(rate, curvature, noise))
    q = 1 + rate * abs(curvature)
    assert time == pytest.approx(
        math.log(1 + (q**2 - 1) / (rate * noise) ** 2) / (2 * math.log(q))
    )
    noisy = gd.noisy_gradient(lambda x: curvature * x, noise, rng=np.random.default_rng(0))
    path = gd.descend(noisy, np.zeros((20_000, 1)), gd.gradient_descent(rate), math.ceil(time))
    deviations = path[..., 0].std(axis=1)
    assert deviations[math.floor(time)] <= 1.02
    assert deviations[math.ceil(time)] >= 0.98


def renumbered(parts, order):
    """Number the hidden units of one layer differently, in a network or in its gradients."""
    hidden, output = parts
    return [
        Layer(hidden.weights[order], hidden.bias[order], "relu"),
        Layer(output.weights[:, order], output.bias),
    ]


@pytest.mark.equation("gradient-descent-symmetry")
@pytest.mark.parametrize("seed", SEEDS)
def test_gradients_are_renumbered_with_the_units(seed):
    rng = np.random.default_rng(seed)
    layers = initialize([3, 6, 2], rng=rng)
    x, labels, order = rng.normal(size=(20, 3)), rng.integers(0, 2, 20), rng.permutation(6)
    loss, gradients = loss_and_gradients(layers, x, labels, "cross_entropy")
    copy = renumbered(layers, order)
    other_loss, other = loss_and_gradients(copy, x, labels, "cross_entropy")
    assert other_loss == pytest.approx(loss)
    moved = parameter_vector(renumbered(gradients, order))
    assert parameter_vector(other) == pytest.approx(moved)


@pytest.mark.equation("gradient-descent-newton")
@pytest.mark.parametrize("seed", SEEDS)
def test_newton_solves_a_bowl_in_one_step(seed):
    surface, hessian, minimum, _, start = bowl_from(seed)
    for rate in (0.3, 1.0):
        end = gd.descend(surface.gradient, start, gd.newton(surface.hessian, rate), 1)[1]
        step = np.linalg.inv(hessian) @ surface.gradient(start)
        assert end == pytest.approx(start - rate * step)
    assert end == pytest.approx(minimum)


@pytest.mark.equation("gradient-descent-principal")
@pytest.mark.parametrize("seed", SEEDS)
def test_principal_axes_hold_most_of_the_way(seed):
    rng = np.random.default_rng(seed)
    path = np.cumsum(rng.normal(size=(30, 8)), axis=0)
    moved = path - path[-1]
    found = gd.principal_axes(path, 2)
    held = ((moved @ found.directions.T) ** 2).sum()
    assert held / (moved**2).sum() == pytest.approx(found.shares.sum())
    for _ in range(200):
        other = np.linalg.qr(rng.normal(size=(8, 2)))[0].T
        assert ((moved @ other.T) ** 2).sum() <= held + 1e-9
