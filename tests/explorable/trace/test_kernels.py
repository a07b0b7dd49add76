"""The kernels of the book, at random values, in the page and by NumPy."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from mathdl import backward, concepts, forward
from mathdl import gradient_descent as gd
from mathdl.background.holes import enclosed_paper, hand_features
from mathdl.concepts import likelihood
from mathdl.concepts.experiments.race import bias_path
from mathdl.concepts.neuron import descend_line, neuron_geometry, signed_distance, transition_width
from mathdl.faq.sparse import penalized_minimum, soft_threshold
from mathdl.forward import Layer, regions
from mathdl.forward.products import products
from mathdl.forward.signals import gaussian_mean_squares, measured_signals
from mathdl.gradient_descent import theory
from mathdl.gradient_descent.noise import escape_time, noisy_escape_time, stationary_variance
from tests.explorable.trace.playing import Player

pytestmark = pytest.mark.browser

LABELS = np.array([2, 0, 1, 1])


def same(player: Player, rng, *jobs):
    """Compare functions at what is drawn for each: how often, and what for each argument."""
    drawn = [(do, [[make(rng) for make in makes] for _ in range(n)]) for do, n, *makes in jobs]
    player.all_same(drawn, scaled=True)


def normal(*shape, size=2.0):
    return lambda rng: size * rng.normal(size=shape)


def between(low, high, *shape):
    return lambda rng: rng.uniform(low, high, size=shape)


def network(*widths, hidden="tanh"):
    """Return what makes the arrays of a network, and the network from these."""
    pairs = [(m, n) for n, m in itertools.pairwise(widths)]
    makes = [make for shape in pairs for make in (normal(*shape, size=0.7), normal(shape[0]))]
    names = [hidden] * (len(pairs) - 1) + ["identity"]

    def made(arrays):
        parts = zip(arrays[::2], arrays[1::2], names, strict=True)
        return [Layer.trusted(weights, bias, name) for weights, bias, name in parts]

    return makes, made


def test_activations(player: Player, rng):
    functions = [f for activation in concepts.ACTIVATIONS.values() for f in activation]
    functions.append(likelihood.naive_softplus)
    same(player, rng, *((f, 1, normal(1000, size=20)) for f in functions))


def test_losses(player: Player, rng):
    logits, labels = normal(4, 3, size=9), between(0, 1, 4, 3)
    pairs = [
        concepts.mean_squared_error, concepts.mean_squared_error_gradient,
        concepts.binary_cross_entropy, concepts.binary_cross_entropy_gradient,
        likelihood.squared_error_through_sigmoid,
        likelihood.squared_error_through_sigmoid_gradient,
    ]  # fmt: skip
    same(
        player, rng,
        *((pair, 25, logits, labels) for pair in pairs),
        *((f, 1, normal(333, 3, size=9)) for f in (
            concepts.softmax, concepts.log_softmax, likelihood.log_sum_exp,
            likelihood.softmax_jacobian)),
        (lambda z: concepts.cross_entropy(z, LABELS), 25, logits),
        (lambda z: concepts.cross_entropy_gradient(z, LABELS), 25, logits),
        (likelihood.gaussian_nll, 25, normal(9), normal(9), between(0.1, 3)),
        (likelihood.laplace_nll, 25, normal(9), normal(9), between(0.1, 3)),
    )  # fmt: skip


def test_a_neuron(player: Player, rng):
    same(
        player, rng,
        (neuron_geometry, 100, normal(2), normal()),
        (signed_distance, 100, normal(10, 3), normal(3), normal()),
        (transition_width, 100, between(0.1, 9), between(0.05, 0.4), between(0.5, 0.95)),
        (lambda start, rate: descend_line(lambda x: x**3 - x, start, rate, 30),
         100, between(-1, 1), between(0.01, 0.5)),
        *((lambda start, rate, loss=loss: bias_path(loss, start, rate, 40),
           5, between(-25, 15), between(1, 50)) for loss in ("cross-entropy", "squared error")),
    )  # fmt: skip


def test_networks(player: Player, rng):
    makes, made = network(2, 4, 3)
    relu_makes, relu_made = network(2, 5, 3, hidden="relu")

    def gradients(loss, target):
        return lambda x, *arrays: backward.loss_and_gradients(made(arrays), x, target, loss)

    x, upstream = normal(4, 2), normal(4, 3)
    same(
        player, rng,
        (gradients("mean_squared_error", np.ones((4, 3))), 10, x, *makes),
        (gradients("binary_cross_entropy", np.eye(4, 3)), 10, x, *makes),
        (gradients("cross_entropy", LABELS), 10, x, *makes),
        (lambda x, *arrays: forward.forward(made(arrays), x), 10, x, *makes),
        (lambda x, up, *arrays: measured_signals(made(arrays), x, up), 10, x, upstream, *makes),
        (lambda x, *arrays: regions.activation_pattern(relu_made(arrays), x), 10, x, *relu_makes),
        (lambda x, *arrays: regions.local_affine(relu_made(arrays), x), 10, x, *relu_makes),
        (lambda *arrays: forward.parameter_vector(made(arrays)), 10, *makes),
        (forward.affine, 20, x, normal(3, 2), normal(3)),
        (products, 20, x, normal(3, 2), normal(3)),
        (backward.affine_backward, 20, upstream, x, normal(3, 2)),
        (lambda q: gaussian_mean_squares("tanh", q), 10, between(0.1, 5)),
    )  # fmt: skip


@pytest.mark.parametrize("surface", gd.SURFACES)
def test_descents(player: Player, rng, surface):
    def descent(rule: Callable[..., gd.Optimizer]):
        shown = gd.SURFACES[surface]
        return lambda start, rate: gd.descend(shown.gradient, start, rule(rate), 20)

    rules = [*gd.OPTIMIZERS.values(), lambda rate: gd.backtracking(gd.SURFACES[surface].value)]
    jobs = [(descent(rule), 1, normal(1000, 2), between(1e-4, 1e-2, 1000)) for rule in rules]
    at = gd.SURFACES[surface]
    same(player, rng, *jobs, (at.value, 1, normal(1000, 2)), (at.hessian, 1, normal(1000, 2)))


def test_quadratics_of_any_condition(player: Player, rng):
    def path(start, kappa, rate):
        bowl = gd.ill_conditioned(kappa, angle=0.3)
        return gd.descend(bowl.gradient, start, gd.momentum(rate, 0.8), 30), bowl.value(start)

    same(player, rng, (path, 20, normal(10, 2), between(1, 50), between(0.001, 0.03)))


def test_theory_of_rates(player: Player, rng):
    low, high = between(0.1, 1, 1000), between(1, 9, 1000)
    rate, decay = between(0.01, 3, 1000), between(0, 0.99, 1000)
    same(
        player, rng,
        (lambda c, b: theory.largest_stable_rate(c, decay=b), 1, high, decay),
        (theory.best_rate, 1, low, high),
        (theory.contraction_factor, 1, rate, low, high),
        (theory.heavy_ball_radius, 1, rate, decay, low),
        (theory.nesterov_radius, 1, rate, decay, low),
        (theory.tuned_heavy_ball, 1, low, high),
        (lambda rate, noise, b: stationary_variance(rate, 1.0, noise, decay=b),
         1, between(0.01, 1.9, 1000), low, decay),
        (lambda rate, c, x: escape_time(rate, -c, x), 1, rate, low, between(0.01, 0.9, 1000)),
        (lambda rate, c, x: noisy_escape_time(rate, -c, x), 1, rate, low, high),
        (soft_threshold, 1, normal(1000), between(0.1, 1)),
        (lambda a, m, penalty: penalized_minimum(a @ a.T + np.eye(2), m, penalty, "L1"),
         50, normal(2, 2), normal(2), between(0.1, 3)),
    )  # fmt: skip


def test_the_rule_for_holes(player: Player, rng):
    same(
        player, rng,
        (enclosed_paper, 20, lambda rng: (rng.random((50, 64)) < rng.uniform(0.3, 0.7)) / 1.0),
        (hand_features, 20, lambda rng: rng.random((50, 64))),
    )  # fmt: skip
