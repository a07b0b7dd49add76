"""Calls of the chapters background, outlook and questions."""

import numpy as np

from mathdl import background, faq, outlook
from mathdl.background.piecewise import check_piecewise_linear
from mathdl.datasets import Digits
from mathdl.experiments import background as curves
from mathdl.experiments import faq as remedies
from mathdl.experiments import outlook as draws
from mathdl.experiments.background.painted import painted
from tests.bad_days.calls import call
from tests.bad_days.material import (
    BIAS,
    HESSIAN,
    LABELS,
    LINE,
    NETWORK,
    PLANE,
    POSITIVE,
    RNG,
    SMALL,
    SMOOTH,
    TARGET,
    X,
    images,
)

DIGITS = Digits(images(3), np.array([0, 1, 8]), images(2), np.array([7, 9]))
COLUMN = np.array([[0.0], [1.0], [1.0]])
WORN = np.array([[0.25], [0.75], [0.5]])
UNITS = np.array([0, 1, 1])
FEATURES = np.array([[1.0, 0.5], [1.0, -0.25], [1.0, 2.0], [1.0, 0.125]])
HEIGHTS = np.array([0.5, 1.0, -0.25, 2.0])

BACKGROUND = [
    call(
        curves.train_on_curve,
        function=np.sin,
        n_units=2,
        rng=RNG,
        n_steps=2,
        learning_rate=0.125,
    ).diverging(),
    call(curves.read_digit, digit=images(1)[0]).in_float64(),
    call(painted, digit=images(1)[0]).in_float64(),
    call(background.hole_problem, digits=DIGITS),
    call(background.enclosed_paper, images=images(2), threshold=0.5),
    call(background.has_hole, images=images(2), threshold=0.5),
    call(background.hand_features, images=images(2)),
    call(background.best_affine_fit, x=X, target=TARGET),
    call(background.accuracy, scores=WORN, answers=COLUMN, threshold=0.5),
    call(background.standard_error, share=0.25, n_samples=10),
    call(background.nearest_neighbour, x_train=X, y_train=TARGET, x=2 * X).in_the_type_of(
        "y_train"
    ),
    call(background.hat_network, knots=np.array([0.0, 0.5, 1.5]), values=POSITIVE),
    call(background.sup_error, layers=LINE, function=np.sin, lower=0.25, upper=0.75, n_points=9),
    call(background.interpolation_bound, spacing=0.5, curvature=2.0).diverging(),
    call(background.hats_needed, tolerance=0.125, curvature=8.0, length=2.0),
    call(background.tent, x=SMALL),
    call(background.tent_network, depth=2),
    call(background.tent_preimages, height=0.25, depth=2).in_float64(),
    call(background.tower_network, place=HEIGHTS[:2], width=0.5, threshold=0.75),
    call(background.linear_pieces, layers=LINE, lower=0.125, upper=0.75).in_float64(),
    call(background.shallow_units_needed, depth=3),
    call(background.spread_network, n_units=3, rng=RNG),
    call(check_piecewise_linear, layers=NETWORK),
    call(background.xor_network),
    call(background.directed_units, angles=np.array([45.0, 60.0]), activation="relu"),
    call(background.fold_path, start=X[0], end=X[1], hidden=NETWORK[0]),
    call(background.level_segments, layers=PLANE, level=0.125, lower=-2.0, upper=2.0).in_float64(),
]

OUTLOOK = [
    call(outlook.input_gradient, layers=SMOOTH, x=X, units=UNITS),
    call(outlook.guided_backpropagation, layers=NETWORK, x=X, units=UNITS),
    call(outlook.integrated_gradients, layers=SMOOTH, x=X, units=UNITS, baseline=X[0], n_steps=3),
    call(outlook.completeness_gap, layers=SMOOTH, x=X, units=UNITS, attributions=X, baseline=X[0]),
    call(outlook.randomize_top, layers=NETWORK, n_layers=1, rng=RNG),
    call(outlook.rank_correlation, first=X, second=TARGET),
    call(outlook.erase_top, x=X, scores=TARGET, count=1).in_the_type_of("x"),
    call(outlook.edge_map, images=images(2)),
    call(outlook.arithmetic_intensity, n_samples=2, n_in=3, n_out=4, bytes_per_number=8),
    call(outlook.attainable, intensity=2.0, peak=3.0, bandwidth=0.5),
    call(outlook.training_operations, parameters=4.0, samples=2.0),
    call(outlook.energy, operations=8.0, rate=2.0, power=3.0, overhead=1.5),
    call(outlook.dense, n_in=2, n_out=3, positions=4),
    call(outlook.convolution, channels=2, filters=4, kernel=3, side=5, groups=2, bias=False),
    call(outlook.normalization, channels=2, places=3),
    call(outlook.cost, operations=[outlook.dense(2, 3), outlook.dense(3, 4)]),
    call(outlook.multilayer, sizes=[2, 3, 4]),
    call(outlook.lenet5),
    call(outlook.alexnet),
    call(outlook.vgg16),
    call(outlook.resnet50),
    call(outlook.gpt2, blocks=2, width=3, context=4, vocabulary=5),
    call(outlook.legendre_features, x=SMALL, n_features=3),
    call(outlook.repeated_fits, features=FEATURES, truth=HEIGHTS, noise=0.5, n_draws=2, rng=RNG),
    call(outlook.decompose, predictions=X, truth=X[0], noise=0.5),
    call(draws.shuffle_labels, labels=np.array([0, 3, 1, 2]), share=0.5, rng=RNG),
    call(outlook.accuracy, layers=NETWORK, x=X, labels=LABELS),
    call(outlook.shard_sizes, n_samples=7, n_shards=3),
    call(
        outlook.data_parallel_gradients,
        layers=NETWORK,
        x=X,
        target=LABELS,
        loss="cross_entropy",
        sizes=[2, 1],
        n_jobs=1,
    ).fixing("n_jobs"),
    call(outlook.ring_all_reduce, vectors=FEATURES.T),
    call(outlook.minimum_norm, features=FEATURES, target=HEIGHTS),
    call(outlook.ridge_fit, features=FEATURES, target=HEIGHTS, penalty=0.5),
    call(outlook.random_relu_features, x=X, directions=HESSIAN),
    call(draws.draw_regression, n_samples=3, n_features=2, rng=RNG, n_inputs=4, n_test=5),
    call(
        draws.feature_risks,
        sizes=[2, 3],
        n_samples=4,
        noises=[0.25, 0.5],
        penalty=0.5,
        n_draws=2,
        n_jobs=1,
    ).fixing("n_jobs"),
    call(outlook.noise_gain, features=FEATURES),
]

FIT = remedies.CurveFit(degree=2, n_samples=4, penalty=0.125)
RECIPE = remedies.Recipe(n_train=10, hidden=(2,), n_epochs=1)
PROBLEM = faq.softmax_regression(X, LABELS, n_classes=2, penalty=0.5)


def bowl(w: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the value and the gradient of a quadratic."""
    with np.errstate(over="ignore"):
        return float((w**2).sum()), 2 * w


FAQ = [
    call(faq.operations, activation="tanh"),
    call(faq.slope_product, layers=SMOOTH, x=X),
    call(faq.dead_units, layers=NETWORK, x=X),
    call(remedies.CurveFit, degree=2, n_samples=4, penalty=0.125, keep_rate=0.5),
    call(remedies.wave, x=X),
    call(faq.legendre, x=SMALL, degree=2),
    call(faq.fit_weights, features=FEATURES, target=HEIGHTS, penalty=0.125, keep_rate=0.5),
    call(remedies.sample_curve, n_samples=4, noise=0.125, rng=RNG),
    call(remedies.curve_errors, fit=FIT, noise=0.125, n_draws=2),
    call(remedies.fitted_weights, fit=FIT, x=SMALL, y=POSITIVE),
    call(remedies.remedy_errors, remedy="capacity", noise=0.25),
    call(faq.dropout, x=X, keep_rate=0.5, rng=RNG),
    call(faq.dropout_backward, upstream=X, mask=2 * COLUMN @ np.ones((1, 2))),
    call(faq.dropout_penalty, x=X, weights=SMALL[:2], keep_rate=0.5),
    call(remedies.noisy_digits, n_samples=3, wrong=0.5, rng=RNG),
    call(remedies.variants, recipe=RECIPE, field="l1", values=[0.5, 1.0]).saying("l1"),
    call(faq.k_nearest_neighbours, x_train=X, y_train=LABELS, x=2 * X, k=2, n_classes=2),
    call(faq.penalized, loss="cross_entropy", l1=0.5, l2=0.25)
    .used(lambda objective: objective(NETWORK, X, LABELS))
    .diverging(),
    call(faq.with_dropout, loss="cross_entropy", keep_rate=0.5, rng=RNG)
    .used(lambda objective: objective(NETWORK, X, LABELS))
    .diverging(),
    call(faq.spectrum, x=X),
    call(faq.ridge, x=X, target=POSITIVE, penalty=0.5),
    call(faq.ridge_shrinkage, curvatures=SMALL, penalty=0.5),
    call(faq.stopped_descent, x=X, target=POSITIVE, learning_rate=0.125, n_steps=3).diverging(),
    call(faq.stopping_shrinkage, curvatures=SMALL, learning_rate=0.125, n_steps=3),
    call(faq.matching_penalty, learning_rate=0.125, n_steps=3),
    call(faq.Scaling(SMALL[:2], POSITIVE[:2]), x=X).in_float64(),
    call(faq.Scaling, mean=SMALL, deviation=POSITIVE),
    call(faq.standardize, x=X),
    call(faq.conditioning, x=X).diverging(),
    call(faq.softmax_regression, x=X, labels=LABELS, n_classes=2, penalty=0.5)
    .used(lambda p: (p.value_and_gradient(p.start), p.hessian(p.start), p.start))
    .diverging(),
    call(PROBLEM.value_and_gradient, theta=np.ones(6)).in_float64().diverging(),
    call(PROBLEM.hessian, theta=np.ones(6)).in_float64().diverging(),
    call(faq.lbfgs, value_and_gradient=bowl, start=X[0], n_steps=3, memory=2).diverging(),
    call(faq.gradient_norms, problem=PROBLEM, path=np.ones((2, 6)))
    .in_float64()
    .saying("value_and_gradient"),
    call(faq.soft_threshold, w=X, threshold=0.5),
    call(
        faq.ista, gradient=lambda w: w - 1, start=X, penalty=0.5, learning_rate=0.25, n_steps=2
    ).diverging(),
    call(faq.lasso, x=X, target=POSITIVE, penalty=0.125, n_steps=50),
    call(faq.penalized_minimum, hessian=HESSIAN, minimum=X[0], penalty=0.25, norm="L1"),
    call(faq.penalized_minimum, hessian=HESSIAN, minimum=X[0], penalty=0.25, norm="L2"),
    call(faq.stop_early, validation_losses=BIAS, patience=2),
    call(faq.first_not_finite, losses=BIAS),
]

LEARNING = [
    call(draws.learn_shuffled, share=0.5, seed=0, n_samples=10, n_epochs=1, rate=0.005),
    call(
        remedies.Recipe,
        n_train=10,
        wrong=0.5,
        hidden=(3,),
        activation="tanh",
        l1=0.0,
        l2=0.5,
        learning_rate=0.125,
        batch_size=5,
        n_epochs=2,
        patience=3,
        scale="0 to 16",
    ),
    call(remedies.run, recipe=RECIPE, seed=0, watch=False),
    call(remedies.measure, recipes={"plain": RECIPE}, seeds=[3], n_jobs=1).fixing("n_jobs"),
]
