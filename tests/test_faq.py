"""The kernels of the chapter of questions."""

import dataclasses
import math
from dataclasses import replace

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl import faq
from mathdl.backward import numerical_gradient
from mathdl.concepts import ACTIVATIONS, LOSSES
from mathdl.datasets import load_digits
from mathdl.experiments.faq import (
    REMEDIES,
    CurveFit,
    Recipe,
    curve_errors,
    measure,
    noisy_digits,
    remedy_errors,
    run,
    sample_curve,
    variants,
    wave,
)
from mathdl.experiments.faq.curves import fitted_weights
from mathdl.faq import (
    Scaling,
    conditioning,
    dead_units,
    dropout,
    dropout_backward,
    dropout_penalty,
    first_not_finite,
    fit_weights,
    gradient_norms,
    ista,
    k_nearest_neighbours,
    lasso,
    lbfgs,
    legendre,
    matching_penalty,
    operations,
    penalized,
    penalized_minimum,
    ridge,
    ridge_shrinkage,
    slope_product,
    soft_threshold,
    softmax_regression,
    spectrum,
    standardize,
    stop_early,
    stopped_descent,
    stopping_shrinkage,
    with_dropout,
)
from mathdl.faq.second_order import _inverse_curvature_times
from mathdl.forward import Layer, forward, initialize, parameter_vector, with_parameters
from mathdl.gradient_descent import descend, gradient_descent, newton

NAN = float("nan")
SEEDS = st.integers(0, 2**32 - 1)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def regression(seed, n=12, n_in=4):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, n_in)), rng.normal(size=n)


BAD_REGRESSIONS = [
    ([1.0, 2.0], [1.0, 2.0], r"x must have shape \(n_samples, n_in\)"),
    ([[1.0], [2.0]], [1.0], r"target must have shape \(2,\)"),
    ([[1.0], [2.0]], [[1.0], [2.0]], r"target must have shape \(2,\)"),
    (np.zeros((0, 2)), np.zeros(0), "x must hold at least one number"),
    ([[NAN]], [1.0], "x must hold finite numbers"),
    ([[1.0]], [math.inf], "target must hold finite numbers"),
]


@pytest.mark.parametrize(("x", "target", "words"), BAD_REGRESSIONS)
@pytest.mark.parametrize(
    "solve",
    [
        lambda x, y: ridge(x, y, 1.0),
        lambda x, y: lasso(x, y, 1.0),
        lambda x, y: stopped_descent(x, y, learning_rate=0.1, n_steps=1),
    ],
)
def test_linear_models_refuse(solve, x, target, words):
    with pytest.raises(ValueError, match=words):
        solve(x, target)


# Ridge and early stopping


def test_ridge_worked_by_hand():
    """H = diag(½, 4½), c = (½, 4½): with α = ½ the weights are ½/1 and 4½/5."""
    np.testing.assert_allclose(ridge([[1, 0], [0, 3]], [1, 3], 0.5), [0.5, 0.9])


@hypothesis.given(SEEDS, st.floats(1e-3, 10))
def test_the_gradient_vanishes_at_the_ridge_solution(seed, alpha):
    x, y = regression(seed)
    w = ridge(x, y, alpha)
    np.testing.assert_allclose(x.T @ (x @ w - y) / len(x) + alpha * w, 0, atol=1e-12)


@hypothesis.given(SEEDS, st.integers(1, 6))
def test_ridge_works_with_fewer_samples_than_weights(seed, n):
    x, y = regression(seed, n=n, n_in=6)
    assert np.isfinite(ridge(x, y, 0.1)).all()


@pytest.mark.parametrize(
    ("penalty", "words"),
    [(-1, "penalty must be at least 0"), (NAN, "penalty must be one finite real number")],
)
def test_penalties_are_not_negative(penalty, words):
    with pytest.raises(ValueError, match=words):
        ridge([[1.0]], [1.0], penalty)
    with pytest.raises(ValueError, match=words):
        lasso([[1.0]], [1.0], penalty)


def test_ridge_without_penalty_wants_determined_weights():
    np.testing.assert_allclose(ridge([[2.0]], [1.0], 0), [0.5])
    with pytest.raises(ValueError, match="1 samples do not determine 2 weights"):
        ridge([[1.0, 2.0]], [1.0], 0)


def test_the_spectrum_rebuilds_the_matrix_and_is_not_negative(rng):
    x = rng.normal(size=(3, 5))
    curvatures, directions = spectrum(x)
    np.testing.assert_allclose((directions * curvatures) @ directions.T, x.T @ x / 3, atol=1e-12)
    assert curvatures.min() >= 0
    assert (np.diff(curvatures) >= 0).all()


@pytest.mark.parametrize("x", [[1.0], np.zeros((0, 2)), [[NAN]]])
@pytest.mark.parametrize("function", [spectrum, standardize, conditioning])
def test_functions_of_samples_refuse(function, x):
    with pytest.raises(ValueError, match="x must"):
        function(x)


@hypothesis.given(SEEDS, st.integers(0, 50))
def test_stopped_descent_keeps_the_promised_share_of_each_mode(seed, k):
    x, y = regression(seed)
    curvatures, directions = spectrum(x)
    rate = 1 / curvatures[-1]
    stopped = stopped_descent(x, y, learning_rate=rate, n_steps=k)
    kept = stopping_shrinkage(curvatures, rate, k)
    np.testing.assert_allclose(
        directions.T @ stopped, kept * (directions.T @ ridge(x, y, 0)), atol=1e-8
    )


def test_a_stopped_descent_may_diverge_without_a_warning():
    assert not np.isfinite(stopped_descent([[2.0]], [1.0], learning_rate=9, n_steps=900)).all()


def test_a_mode_without_curvature_keeps_nothing():
    assert ridge_shrinkage([0.0, 1.0], 1.0).tolist() == [0, 0.5]
    assert stopping_shrinkage([0.0, 1.0], 0.5, 1).tolist() == [0, 0.5]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([-1.0], 1.0), "curvatures must be at least 0"),
        (([NAN], 1.0), "curvatures must hold finite numbers"),
        (([], 1.0), "curvatures must hold at least one"),
        (([1.0], 0), "penalty must be greater than 0"),
    ],
)
def test_ridge_shrinkage_refuses(arguments, words):
    with pytest.raises(ValueError, match=words):
        ridge_shrinkage(*arguments)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([-1.0], 1.0, 1), "curvatures must be at least 0"),
        (([1.0], 2.0, 1), r"learning_rate must be below 2/λ = 2, but is 2"),
        (([1.0, 4.0], 1.0, 1), r"learning_rate must be below 2/λ = 0\.5, but is 1"),
        (([1.0], -1, 1), "learning_rate must be greater than 0"),
        (([1.0], 1.0, -1), "n_steps must be an integer of at least 0"),
    ],
)
def test_stopping_shrinkage_refuses(arguments, words):
    with pytest.raises(ValueError, match=words):
        stopping_shrinkage(*arguments)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"learning_rate": 0, "n_steps": 1}, "learning_rate must be greater than 0"),
        ({"learning_rate": 1, "n_steps": 1.5}, "n_steps must be an integer"),
    ],
)
def test_stopped_descent_and_matching_penalty_refuse(options, words):
    with pytest.raises(ValueError, match=words):
        stopped_descent([[1.0]], [1.0], **options)
    with pytest.raises(ValueError, match=words):
        matching_penalty(**options)


def test_no_steps_match_no_penalty():
    with pytest.raises(ValueError, match="n_steps must be an integer of at least 1"):
        matching_penalty(0.1, 0)


# L1


@hypothesis.given(st.floats(-5, 5), st.floats(0, 3))
def test_no_other_point_beats_the_soft_threshold(u, tau):
    v = np.linspace(-6, 6, 2001)
    best = float(soft_threshold(u, tau))

    def objective(v):
        return (v - u) ** 2 / 2 + tau * np.abs(v)

    assert objective(best) <= objective(v).min() + 1e-12


def test_soft_threshold_has_no_negative_zero():
    assert not np.signbit(soft_threshold([-0.1, -1.0], 1.0)).any()


@pytest.mark.parametrize(
    ("w", "threshold", "words"),
    [
        ([], 1, "w must hold at least one"),
        ([NAN], 1, "w must hold finite numbers"),
        ([1.0], -0.1, "threshold must be at least 0"),
        ([1.0], math.inf, "threshold must be one finite"),
    ],
)
def test_soft_threshold_refuses(w, threshold, words):
    with pytest.raises(ValueError, match=words):
        soft_threshold(w, threshold)


@hypothesis.given(SEEDS, st.floats(0, 1))
def test_ista_never_raises_its_objective_at_the_rate_one_over_l(seed, alpha):
    x, y = regression(seed)
    h, c = x.T @ x / 12, x.T @ y / 12
    rate = 1 / np.linalg.eigvalsh(h)[-1]
    path = ista(lambda w: h @ w - c, np.ones(4), penalty=alpha, learning_rate=rate, n_steps=30)
    values = [w @ h @ w / 2 - c @ w + alpha * np.abs(w).sum() for w in path]
    assert (np.diff(values) <= 1e-10).all()


@hypothesis.given(SEEDS, st.floats(0.01, 1))
def test_the_lasso_meets_its_conditions_of_optimality(seed, alpha):
    x, y = regression(seed, n=20)
    w = lasso(x, y, alpha)
    slope = x.T @ (y - x @ w) / 20
    on = w != 0
    np.testing.assert_allclose(slope[on], alpha * np.sign(w[on]), atol=1e-6)
    assert (np.abs(slope[~on]) <= alpha + 1e-6).all()


def test_ista_lands_on_zero_and_the_subgradient_does_not(rng):
    x, truth = rng.normal(size=(50, 20)), np.zeros(20)
    truth[:4] = 3, -2, 1.5, 1
    y = x @ truth + 0.5 * rng.normal(size=50)
    h, c = x.T @ x / 50, x.T @ y / 50
    rate = 1 / np.linalg.eigvalsh(h)[-1]
    options = {"penalty": 0.2, "learning_rate": rate, "n_steps": 200}
    by_steps = ista(lambda w: h @ w - c, np.zeros(20), **options)[-1]
    rule = gradient_descent(rate)
    plain = descend(lambda w: h @ w - c + 0.2 * np.sign(w), np.zeros(20), rule, 200)[-1]
    assert (by_steps == 0).sum() == 15
    assert (plain == 0).sum() == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"start": []}, "start must hold at least one"),
        ({"start": [NAN]}, "start must hold finite"),
        ({"gradient": lambda w: np.ones(3)}, r"gradient must return shape \(1,\)"),
        ({"penalty": -1}, "penalty must be at least 0"),
        ({"learning_rate": 0}, "learning_rate must be greater than 0"),
        ({"n_steps": -1}, "n_steps must be an integer of at least 0"),
        (
            {"start": np.ones(10**4), "n_steps": 10**6, "gradient": lambda w: 0.0},
            "n_steps and start must not ask for",
        ),
    ],
)
def test_ista_refuses(changed, words):
    good = {
        "gradient": lambda w: w,
        "start": [1.0],
        "penalty": 1,
        "learning_rate": 1,
        "n_steps": 1,
    }
    with pytest.raises(ValueError, match=words):
        ista(**{**good, **changed})


def test_ista_diverges_without_a_warning():
    options = {"penalty": 1, "learning_rate": 1e200, "n_steps": 3}
    assert not np.isfinite(ista(lambda w: w**3, [2.0], **options)[-1]).all()


def test_the_lasso_of_orthogonal_columns_takes_one_step():
    weights = lasso([[1.0, 0.0], [0.0, 1.0]], [2.0, 0.3], 0.25, n_steps=1)
    np.testing.assert_allclose(weights, [1.5, 0])


def test_lasso_refuses_samples_of_zeros():
    with pytest.raises(ValueError, match="x must hold a number other than 0"):
        lasso([[0.0]], [1.0], 1.0)
    with pytest.raises(ValueError, match="n_steps must"):
        lasso([[1.0]], [1.0], 1.0, n_steps=0)


def test_of_two_stationary_points_on_the_axes_the_lower_one_is_the_l1_minimum():
    """With H m = (4, 6.8) and α = 2 they are (2, 0) and (0, 1.2).

    (w − m)ᵀH(w − m)/2 + α‖w‖₁ is 2 + 4 = 6 at the first and 2.72 + 2.4 = 5.12 at the second,
    though the loss alone is smaller at the first.
    """
    h, m = np.array([[1, 1.7], [1.7, 4]]), np.array([4.0, 0.0])
    np.testing.assert_allclose(penalized_minimum(h, m, 2.0, "L1"), [0, 1.2], atol=1e-12)


@pytest.mark.parametrize("signs", [(1, 1), (1, -1), (-1, 1), (-1, -1)])
def test_the_l1_minimum_keeps_any_pair_of_signs(signs):
    minimum = penalized_minimum(np.eye(2), np.multiply(signs, [2, 3]), 1.0, "L1")
    np.testing.assert_allclose(minimum, np.multiply(signs, [1, 2]))


@hypothesis.given(SEEDS, st.floats(0, 3), st.sampled_from(["L1", "L2"]))
def test_no_point_nearby_beats_the_penalized_minimum(seed, alpha, norm):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(2, 2)) + 2 * np.eye(2)
    h, m = root @ root.T + 0.1 * np.eye(2), rng.normal(size=2)

    def objective(w):
        size = np.abs(w).sum(axis=-1) if norm == "L1" else (w**2).sum(axis=-1) / 2
        return np.einsum("...i,ij,...j", w - m, h, w - m) / 2 + alpha * size

    w = penalized_minimum(h, m, alpha, norm)
    around = w + rng.normal(size=(300, 2)) * 10 ** rng.uniform(-4, 0, (300, 1))
    assert objective(w) <= objective(around).min() + 1e-12


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((np.eye(3), [0, 0], 1, "L1"), r"hessian must have shape \(2, 2\)"),
        ((-np.eye(2), [0, 0], 1, "L1"), "hessian must (be symmetric|have positive eigenvalues)"),
        ((np.diag([1, -1]), [0, 0], 1, "L1"), "hessian must"),
        (([[1, 1], [0, 1]], [0, 0], 1, "L1"), "hessian must be symmetric"),
        ((np.eye(2), [0, 0, 0], 1, "L1"), r"minimum must have shape \(2,\)"),
        ((np.eye(2), [0, NAN], 1, "L1"), "minimum must hold finite"),
        ((np.eye(2), [0, 0], -1, "L1"), "penalty must be at least 0"),
        ((np.eye(2), [0, 0], 1, "L3"), "norm must be one of 'L1', 'L2'"),
    ],
)
def test_penalized_minimum_refuses(arguments, words):
    with pytest.raises(ValueError, match=words):
        penalized_minimum(*arguments)


# Dropout


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_the_mask_has_mean_1_and_the_variance_of_the_text(rng, keep):
    mask = dropout(np.ones(200_000), keep, rng=rng).mask
    assert mask.mean() == pytest.approx(1, abs=0.02)
    assert mask.var() == pytest.approx((1 - keep) / keep, rel=0.03)


@hypothesis.given(SEEDS, st.floats(0.05, 1))
def test_dropout_keeps_and_scales_or_drops(seed, keep):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(3, 4))
    output, mask = dropout(x, keep, rng=rng)
    np.testing.assert_array_equal(output, x * mask)
    assert all(np.isclose(value, 0) or np.isclose(value, 1 / keep) for value in mask.ravel())


def test_keeping_all_changes_nothing_and_float32_stays(rng):
    x = np.ones((2, 3), dtype=np.float32)
    output, mask = dropout(x, 1, rng=rng)
    np.testing.assert_array_equal(output, x)
    assert output.dtype == mask.dtype == np.float32


@pytest.mark.parametrize("keep", [0.4, 0.8, 1.0])
def test_the_backward_pass_is_the_derivative_for_the_same_mask(rng, keep):
    x, upstream = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    mask = dropout(x, keep, rng=rng).mask
    slope = numerical_gradient(lambda v: (upstream * (v * mask)).sum(), x)
    np.testing.assert_allclose(dropout_backward(upstream, mask), slope, atol=1e-8)


@pytest.mark.parametrize(
    ("x", "keep", "words"),
    [
        ([], 0.5, "x must hold at least one"),
        ([NAN], 0.5, "x must hold finite"),
        ([1.0], 0, r"keep_rate must lie in \(0, 1\]"),
        ([1.0], 1.1, r"keep_rate must lie in \(0, 1\]"),
        ([1.0], NAN, "keep_rate must be one finite"),
    ],
)
def test_dropout_refuses(x, keep, words, rng):
    with pytest.raises(ValueError, match=words):
        dropout(x, keep, rng=rng)
    if "keep" in words:
        with pytest.raises(ValueError, match=words):
            dropout_penalty([[1.0]], [1.0], keep)
        with pytest.raises(ValueError, match=words):
            with_dropout("cross_entropy", keep, rng=rng)


def test_dropout_wants_a_generator():
    with pytest.raises(ValueError, match=r"numpy\.random\.Generator"):
        dropout([1.0], 0.5, rng=0)
    with pytest.raises(ValueError, match=r"numpy\.random\.Generator"):
        with_dropout("cross_entropy", 0.5, rng=0)


@pytest.mark.parametrize(
    ("upstream", "mask", "words"),
    [
        ([1.0], [1.0, 2.0], "same shape"),
        ([NAN], [1.0], "upstream must hold finite"),
        ([1.0, 1.0], [2.0, 3.0], "mask must hold 0 and 1/q only"),
        ([1.0], [0.5], "mask must hold 0 and 1/q only"),
        ([1.0], [-1.0], "mask must hold 0 and 1/q only"),
        ([], [], "upstream must hold at least one"),
    ],
)
def test_dropout_backward_refuses(upstream, mask, words):
    with pytest.raises(ValueError, match=words):
        dropout_backward(upstream, mask)


@pytest.mark.parametrize(
    ("x", "w", "words"),
    [
        ([1.0], [1.0], r"x must have shape \(n_samples, n_in\)"),
        ([[1.0]], [1.0, 2.0], r"weights must have shape \(1,\)"),
        ([[NAN]], [1.0], "x must hold finite"),
    ],
)
def test_dropout_penalty_refuses(x, w, words):
    with pytest.raises(ValueError, match=words):
        dropout_penalty(x, w, 0.5)


# Objectives of a training


@pytest.fixture
def small(rng):
    layers = initialize([4, 6, 5, 3], hidden="tanh", rng=rng)
    return layers, rng.normal(size=(8, 4)), rng.integers(0, 3, 8)


def slope_by_parameters(objective, layers, x, y):
    def value(vector):
        return objective()(with_parameters(layers, vector), x, y)[0]

    return numerical_gradient(value, parameter_vector(layers))


def test_a_penalty_adds_its_slope_to_weights_only(small):
    layers, x, y = small
    value, gradients = penalized("cross_entropy", l1=0.03, l2=0.2)(layers, x, y)
    numeric = slope_by_parameters(
        lambda: penalized("cross_entropy", l1=0.03, l2=0.2), layers, x, y
    )
    np.testing.assert_allclose(parameter_vector(gradients), numeric, atol=1e-7)
    plain = LOSSES["cross_entropy"].function(forward(layers, x).output, y)
    added = sum(
        0.03 * np.abs(each.weights).sum() + 0.1 * (each.weights**2).sum() for each in layers
    )
    assert value == pytest.approx(plain + added)


@pytest.mark.parametrize("keep", [0.5, 1.0])
def test_gradients_through_dropout_are_those_of_the_masked_network(small, keep):
    layers, x, y = small

    def objective():  # the same masks at each call
        return with_dropout("cross_entropy", keep, rng=np.random.default_rng(7))

    _, gradients = objective()(layers, x, y)
    numeric = slope_by_parameters(objective, layers, x, y)
    np.testing.assert_allclose(parameter_vector(gradients), numeric, atol=1e-7)


def test_keeping_all_units_is_the_plain_loss(small):
    layers, x, y = small
    dropped = with_dropout("cross_entropy", 1, rng=np.random.default_rng(0))(layers, x, y)
    plain = penalized("cross_entropy")(layers, x, y)
    assert dropped[0] == pytest.approx(plain[0])
    np.testing.assert_allclose(parameter_vector(dropped[1]), parameter_vector(plain[1]))


def test_the_slope_of_an_absolute_weight_at_0_counts_as_0():
    layers, x, target = [Layer([[0.0, 2.0]], [0.0])], np.ones((1, 2)), np.ones((1, 1))
    _, plain = penalized("mean_squared_error")(layers, x, target)
    _, added = penalized("mean_squared_error", l1=0.5)(layers, x, target)
    np.testing.assert_array_equal(added[0].weights - plain[0].weights, [[0, 0.5]])


@pytest.mark.parametrize("objective", ["penalty", "dropout"])
def test_objectives_keep_float32_and_diverge_without_a_warning(small, objective):
    layers, x, y = small
    objective = {
        "penalty": penalized("cross_entropy", l1=0.1, l2=0.1),
        "dropout": with_dropout("cross_entropy", 0.5, rng=np.random.default_rng(0)),
    }[objective]
    single = [
        Layer(w.weights.astype(np.float32), w.bias.astype(np.float32), w.activation)
        for w in layers
    ]
    _, gradients = objective(single, x.astype(np.float32), y)
    assert {part.dtype.name for each in gradients for part in each} == {"float32"}
    huge = [Layer(w.weights * 1e200, w.bias, "relu") for w in layers]
    assert not np.isfinite(objective(huge, x, y)[0])


def test_objectives_refuse(rng):
    with pytest.raises(ValueError, match="loss must be one of"):
        penalized("hinge")
    with pytest.raises(ValueError, match="loss must be one of"):
        with_dropout("hinge", 0.5, rng=rng)
    for name in ("l1", "l2"):
        with pytest.raises(ValueError, match=f"{name} must be at least 0"):
            penalized("cross_entropy", **{name: -1})


# Neighbours


def test_neighbours_vote_and_ties_go_to_the_nearest():
    x, y = [[0.0], [1.0], [3.0], [10.0]], [2, 1, 1, 0]
    assert k_nearest_neighbours(x, y, [[0.1]], k=1, n_classes=3).tolist() == [2]
    assert k_nearest_neighbours(x, y, [[0.1]], k=2, n_classes=3).tolist() == [2]
    assert k_nearest_neighbours(x, y, [[0.1]], k=3, n_classes=3).tolist() == [1]
    assert k_nearest_neighbours(x, y, [[0.9]], k=2, n_classes=3).tolist() == [1]


@pytest.mark.parametrize("order", [[0, 1, 1, 0], [0, 1, 1, 1, 0, 0], [2, 0, 1, 0, 1]])
def test_of_classes_with_equally_many_votes_the_nearest_member_decides(order):
    x = np.arange(1, len(order) + 1)[:, None]
    winner = k_nearest_neighbours(x, order, [[0.0]], k=len(order), n_classes=3)
    assert winner[0] == 0


def test_of_neighbours_equally_far_away_the_first_count():
    """At each place the first is of class 0, the next two of class 1, which so have most votes."""
    places = np.random.default_rng(0).integers(0, 3, size=200)
    earlier = np.array([np.count_nonzero(places[:i] == place) for i, place in enumerate(places)])
    classes = np.minimum((earlier + 1) // 2, 2)
    nearest = k_nearest_neighbours(places[:, None], classes, [[0], [1], [2]], k=3, n_classes=3)
    assert nearest.tolist() == [1, 1, 1]


@pytest.mark.parametrize("size", [1e-12, 1e-6, 1.0, 1e6, 1e12])
@pytest.mark.parametrize("shift", [0.0, 1e9])
def test_neighbours_are_told_apart_at_any_size_and_far_from_the_origin(size, shift):
    far = max(1.0, size) * shift  # of the other column
    known, new = [[far, 0.0], [far, size]], [[far, 0.4 * size], [far, 0.6 * size]]
    assert k_nearest_neighbours(known, [0, 1], new, k=1, n_classes=2).tolist() == [0, 1]


@hypothesis.given(SEEDS, st.integers(1, 9))
def test_all_votes_of_one_class_win(seed, k):
    rng = np.random.default_rng(seed)
    x = np.concatenate([rng.normal(size=(9, 2)), rng.normal(size=(9, 2)) + 100])
    y = np.repeat([0, 1], 9)
    assert k_nearest_neighbours(x, y, x[[0, 17]], k=k, n_classes=2).tolist() == [0, 1]


@hypothesis.given(SEEDS)
def test_each_training_sample_is_its_own_nearest_neighbour(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(20, 3)), rng.integers(0, 4, 20)
    np.testing.assert_array_equal(k_nearest_neighbours(x, y, x, k=1, n_classes=4), y)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"x_train": [1.0]}, r"x_train must have shape \(n_train, n_in\)"),
        ({"y_train": [0]}, r"y_train must have shape \(2,\)"),
        ({"y_train": [0, 2]}, "y_train must lie in"),
        ({"x": [[1.0, 2.0]]}, r"x must have shape \(n_samples, 1\)"),
        ({"x": [[NAN]]}, "x must hold finite"),
        ({"x": np.zeros((0, 1))}, "x must hold at least one"),
        ({"k": 0}, "k must be an integer of at least 1"),
        ({"k": 3}, "k must be at most the 2 training samples"),
        ({"n_classes": 0}, "n_classes must be an integer"),
    ],
)
def test_neighbours_refuse(changed, words):
    good = {"x_train": [[0.0], [1.0]], "y_train": [0, 1], "x": [[0.2]], "k": 1, "n_classes": 2}
    with pytest.raises(ValueError, match=words):
        k_nearest_neighbours(**{**good, **changed})


# Scaling


@hypothesis.given(SEEDS, st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
def test_standardized_columns_have_mean_0_and_deviation_1(seed, shift, scale):
    x = shift + scale * np.random.default_rng(seed).normal(size=(30, 3))
    scaled = standardize(x)(x)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(scaled.std(axis=0), 1, rtol=1e-6)


def test_a_constant_column_becomes_zero_whatever_its_size():
    x = np.full((7, 2), [0.1, 1e6])
    np.testing.assert_array_equal(standardize(x)(x).round(6), 0)
    assert np.isfinite(standardize(x)(x)).all()


def test_columns_are_scaled_each_by_itself_from_the_smallest_to_the_largest_number():
    signs = np.array([[1.0], [-1.0]])
    np.testing.assert_allclose(
        standardize(signs * [1e8, 1e-8])(signs * [1e8, 1e-8]), signs * [1, 1]
    )
    np.testing.assert_allclose(standardize(1e308 * signs)(1e308 * signs), signs)
    smallest = np.array([[5e-324], [0.0]])  # its deviation is 0 in floats
    np.testing.assert_array_equal(standardize(smallest)(smallest), smallest)


def test_a_scaling_refuses_other_columns():
    with pytest.raises(ValueError, match=r"x must have shape \(n_samples, 2\)"):
        standardize([[1.0, 2.0]])([[1.0]])


def test_each_sample_is_decided_by_its_own_votes():
    x = [[0.0], [0.1], [0.2], [9.0], [9.2], [9.3]]
    labels = [2, 2, 2, 1, 0, 0]
    assert k_nearest_neighbours(x, labels, [[0.1], [9.0]], k=3, n_classes=3).tolist() == [2, 0]


def test_a_scaling_refuses_means_that_are_no_row():
    with pytest.raises(ValueError, match=r"mean must have shape \(n_in,\)"):
        Scaling([[1.0, 2.0]], [[1.0, 1.0]])
    with pytest.raises(ValueError, match=r"deviation must have shape \(2,\)"):
        Scaling([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="deviation must be greater than 0 everywhere, but is 0"):
        Scaling([1.0, 2.0], [1.0, 0.0])


def test_conditioning_of_two_points_by_hand():
    """For x = ±1 the matrix is the identity; one more column that repeats it is singular."""
    assert conditioning([[-1.0], [1.0]]) == pytest.approx(1)
    assert conditioning([[-1.0, -1.0], [1.0, 1.0]]) == math.inf
    with pytest.raises(ValueError, match="x must have a column that varies"):
        conditioning([[1.0], [1.0]])


def test_conditioning_counts_columns_that_vary_a_little_and_leaves_out_constant_ones():
    # For ±s beside the column of ones the singular values are √2 and s√2.
    assert conditioning([[-0.1], [0.1]]) == pytest.approx(100)
    assert conditioning([[-0.1, 7.0], [0.1, 7.0]]) == pytest.approx(100)
    # Three orthogonal columns, of lengths 2, 2 and 0.2.
    assert conditioning([[1, 0.1], [1, -0.1], [-1, 0.1], [-1, -0.1]]) == pytest.approx(100)


@pytest.mark.parametrize("size", [1e-8, 1.0, 1e8])
def test_columns_that_are_a_multiple_of_one_another_are_singular_at_any_size(size):
    column = size * np.array([[1.0], [2.0], [4.0], [5.0]])
    assert conditioning(np.hstack([column, 0.3 * column])) == math.inf


# Stopping


@hypothesis.given(st.lists(st.floats(-10, 10), min_size=1, max_size=30), st.integers(1, 5))
def test_stopping_early_keeps_the_best_until_patience_ends(losses, patience):
    best, stopped = stop_early(losses, patience)
    assert losses[best] == min(losses[: stopped + 1])
    assert best <= stopped <= best + patience
    assert stopped == len(losses) - 1 or stopped == best + patience


def test_of_equal_losses_the_first_is_the_best():
    assert stop_early([1.0, 0.5, 0.5, 0.5, 0.5], 2) == (1, 3)


@pytest.mark.parametrize(
    ("losses", "patience", "words"),
    [
        ([], 1, "validation_losses must hold at least one"),
        ([[1.0]], 1, r"validation_losses must have shape \(n_epochs,\)"),
        ([NAN], 1, "validation_losses must hold finite"),
        ([1.0], 0, "patience must be an integer of at least 1"),
    ],
)
def test_stop_early_refuses(losses, patience, words):
    with pytest.raises(ValueError, match=words):
        stop_early(losses, patience)


def test_the_first_loss_that_is_not_finite():
    assert first_not_finite([1.0, 2.0]) is None
    assert first_not_finite([1.0, math.inf, NAN]) == 1
    assert first_not_finite([NAN]) == 0


@pytest.mark.parametrize("losses", [[], [[1.0]], ["a"], 1.0])
def test_first_not_finite_refuses(losses):
    with pytest.raises(ValueError, match="losses must"):
        first_not_finite(losses)


# Newton and L-BFGS


@pytest.fixture
def problem(rng):
    x = rng.normal(size=(30, 3))
    return softmax_regression(x, rng.integers(0, 4, 30), n_classes=4, penalty=0.05)


def test_softmax_regression_has_the_gradient_and_hessian_it_says(problem, rng):
    theta = rng.normal(size=16)
    numeric = numerical_gradient(lambda v: problem.value_and_gradient(v)[0], theta)
    np.testing.assert_allclose(problem.gradient(theta), numeric, atol=1e-8)
    hessian = np.array(
        [numerical_gradient(lambda v, i=i: problem.gradient(v)[i], theta) for i in range(16)]
    )
    np.testing.assert_allclose(problem.hessian(theta), hessian, atol=1e-7)


def test_three_ways_find_one_minimum(problem):
    by_newton = descend(problem.gradient, problem.start, newton(problem.hessian), 12)[-1]
    quick = lbfgs(problem.value_and_gradient, problem.start, n_steps=60)
    slow = descend(problem.gradient, problem.start, gradient_descent(0.5), 2000)[-1]
    np.testing.assert_allclose(quick.path[-1], by_newton, atol=1e-5)
    np.testing.assert_allclose(slow, by_newton, atol=1e-5)
    assert gradient_norms(problem, [by_newton])[0] < 1e-10
    assert (np.diff(quick.evaluations) >= 1).all()


@hypothesis.given(SEEDS, st.integers(1, 6))
def test_lbfgs_never_rises(seed, d):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(d, d))
    h = root @ root.T + 0.1 * np.eye(d)

    def bowl(w):
        return w @ h @ w / 2, h @ w

    path = lbfgs(bowl, rng.normal(size=d), n_steps=15).path
    assert (np.diff([bowl(w)[0] for w in path]) <= 1e-12).all()


def test_lbfgs_halves_a_step_that_lowers_the_value_by_less_than_its_share_of_the_promise():
    """nocedal2006numerical, eq. 3.4, with c = 10⁻⁴: the whole step promises 1, half a step ½."""
    heights = {0.0: 0.0, 1.0: -0.5e-4, 0.5: -1e-4}
    found = lbfgs(lambda w: (heights[w[0]], np.array([-1.0])), [0.0], n_steps=1)
    assert found.path.tolist() == [[0.0], [0.5]]
    assert found.evaluations.tolist() == [1, 3]


def test_at_the_minimum_lbfgs_asks_once_a_step():
    assert lbfgs(lambda w: (w @ w, 2 * w), [0.0], n_steps=4).evaluations.tolist() == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_lbfgs_without_steps_stays_at_its_start():
    assert lbfgs(lambda w: (w @ w, 2 * w), [3.0], n_steps=0).path.tolist() == [[3.0]]


def test_lbfgs_takes_the_same_path_at_any_size():
    curvatures, start = np.array([1.0, 30.0, 400.0]), np.array([1.0, -2.0, 3.0])

    def path(size):
        return lbfgs(lambda w: (w @ (curvatures * w) / 2, curvatures * w), size * start, n_steps=9)

    np.testing.assert_allclose(path(2.0**-30).path * 2**30, path(1.0).path)


def test_lbfgs_remembers_ten_steps_unless_told_otherwise(rng):
    curvatures = np.geomspace(1, 1e4, 30)
    start = rng.normal(size=30)

    def path(**options):
        bowl = lbfgs(lambda w: (w @ (curvatures * w) / 2, curvatures * w), start, **options)
        return bowl.path.tolist()

    assert path(n_steps=16) == path(n_steps=16, memory=10) != path(n_steps=16, memory=11)


@hypothesis.given(SEEDS)
def test_lbfgs_counts_every_evaluation(seed):
    calls = []

    def valley(w):
        calls.append(w)
        return 50 * w[0] ** 2 + w[1] ** 2, np.array([100 * w[0], 2 * w[1]])

    start = np.random.default_rng(seed).normal(size=2)
    evaluations = [1]
    for n_steps in range(1, 6):
        calls.clear()
        found = lbfgs(valley, start, n_steps=n_steps)
        evaluations.append(len(calls))
        assert found.evaluations.tolist() == evaluations
        np.testing.assert_array_equal(found.path[0], start)


@hypothesis.given(SEEDS, st.integers(1, 5))
def test_the_remembered_curvature_maps_the_last_change_of_gradient_to_the_last_step(seed, n):
    """The secant equation, nocedal2006numerical, eq. 6.6; H is symmetric besides."""
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(6, 6))
    h = root @ root.T + np.eye(6)
    pairs = [(step, h @ step) for step in rng.normal(size=(n, 6))]
    applied = [_inverse_curvature_times(row, pairs) for row in np.eye(6)]
    np.testing.assert_allclose(applied, np.transpose(applied), atol=1e-9)
    s, y = pairs[-1]
    np.testing.assert_allclose(_inverse_curvature_times(y, pairs), s, atol=1e-9)


def test_where_no_step_went_the_curvature_is_that_of_the_last_step():
    """nocedal2006numerical, eq. 7.20: γ = sᵀy / yᵀy of the last pair, here ½ and before it ¼."""
    east, north, up = np.eye(3)
    pairs = [(east, 4 * east), (north, 2 * north)]
    np.testing.assert_allclose(_inverse_curvature_times(up, pairs), up / 2)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"x": [1.0]}, "x must have shape"),
        ({"labels": [0, 5]}, "labels must lie in"),
        ({"labels": [0]}, r"labels must have shape \(2,\)"),
        ({"n_classes": 1}, "n_classes must be an integer of at least 2"),
        ({"penalty": 0}, "penalty must be greater than 0"),
        ({"x": [[NAN], [1.0]]}, "x must hold finite"),
        ({"n_classes": 16_000}, "x and n_classes must not ask for"),
    ],
)
def test_softmax_regression_refuses(changed, words):
    good = {"x": [[1.0], [2.0]], "labels": [0, 1], "n_classes": 2, "penalty": 1}
    with pytest.raises(ValueError, match=words):
        softmax_regression(**{**good, **changed})


def test_softmax_regression_takes_as_many_classes_as_its_hessian_has_room_for():
    """The square of 2 · 15,000 is below 10⁹, that of 2 · 16,000 is not."""
    many = softmax_regression([[1.0], [2.0]], [0, 1], n_classes=15_000, penalty=1)
    assert many.start.shape == (30_000,)


def test_far_away_the_value_of_a_softmax_regression_is_infinite_without_a_warning(problem):
    assert problem.value_and_gradient(np.full(16, 1e200))[0] == math.inf
    with pytest.raises(ValueError, match="theta must not be so large that logits overflow"):
        problem.hessian(np.full(16, 1e308))


def test_lbfgs_stays_where_no_step_lowers_the_value():
    asked = []

    def lying(w):
        asked.append(w)
        return float(w @ w), -2 * w

    walk = lbfgs(lying, [1.0], n_steps=1)
    assert walk.path.tolist() == [[1], [1]]
    assert walk.evaluations[-1] == len(asked) == 41


def test_lbfgs_and_gradient_norms_refuse(problem):
    good = problem.value_and_gradient
    with pytest.raises(ValueError, match="start must hold at least one"):
        lbfgs(good, [], n_steps=1)
    with pytest.raises(ValueError, match="n_steps must"):
        lbfgs(good, problem.start, n_steps=-1)
    with pytest.raises(ValueError, match="memory must"):
        lbfgs(good, problem.start, n_steps=1, memory=0)
    with pytest.raises(ValueError, match="n_steps and start must not ask for"):
        lbfgs(lambda w: None, np.ones(10**4), n_steps=10**6)
    for returned, words in (
        (("a", problem.start), r"^value_and_gradient\(w\) must hold real numbers"),
        (([0.0], problem.start), r"^the value of value_and_gradient must have shape \(\)"),
        ((0.0, [1.0]), r"^the gradient of value_and_gradient must have shape \(16,\)"),
    ):
        with pytest.raises(ValueError, match=words):
            lbfgs(lambda w, returned=returned: returned, problem.start, n_steps=1)
    for returned, words in [
        (("a", [1.0]), r"^value_and_gradient\(w\) must hold real numbers"),
        (([1.0], [1.0]), r"^the value of value_and_gradient must have shape \(\)"),
    ]:
        with pytest.raises(ValueError, match=words):
            lbfgs(lambda w, returned=returned: returned, [1.0], n_steps=1)
    with pytest.raises(ValueError, match=r"path must have shape \(n_points, 16\)"):
        gradient_norms(problem, [[1.0]])
    with pytest.raises(ValueError, match=r"problem\.start must have shape \(d,\)"):
        gradient_norms(problem._replace(start=[problem.start]), [problem.start])
    for function in (problem.value_and_gradient, problem.hessian):
        with pytest.raises(ValueError, match=r"theta must have shape \(16,\)"):
            function(problem.start[:3])


# Activations


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_operations_are_counted_for_all_activations(name):
    simple, costly = operations(name)
    assert simple >= 0
    assert costly == {"sigmoid": 2, "tanh": 1, "softplus": 2}.get(name, 0)


def test_operations_refuse():
    with pytest.raises(ValueError, match="activation must be one of"):
        operations("step")


def test_slope_product_of_linear_layers_is_1_and_of_sigmoids_small(rng):
    x = rng.normal(size=(5, 4))
    for name, most in (("identity", 1.0), ("sigmoid", 4.0**-3), ("tanh", 1.0)):
        product = slope_product(initialize([4, 8, 8, 8, 2], hidden=name, rng=rng), x)
        assert 0 < product <= most + 1e-12
    assert slope_product(initialize([4, 8, 2], hidden="identity", rng=rng), x) == 1


def test_dead_units_are_those_without_a_slope():
    hidden = Layer([[1.0], [1.0], [-1.0]], [0.0, -9.0, 0.0], "relu")
    layers = [hidden, Layer(np.ones((1, 3)), [0.0])]
    assert dead_units(layers, [[1.0], [2.0]]) == pytest.approx(2 / 3)
    assert dead_units(layers, [[1.0], [-2.0]]) == pytest.approx(1 / 3)


@pytest.mark.parametrize("function", [slope_product, dead_units])
def test_functions_of_hidden_layers_refuse(function):
    single = [Layer([[1.0]], [0.0])]
    with pytest.raises(ValueError, match="at least one hidden layer"):
        function(single, [[1.0]])
    with pytest.raises(ValueError, match="x must have shape"):
        function(single, [[1.0, 2.0]])
    with pytest.raises(ValueError, match="layers must"):
        function([], [[1.0]])


# Curves


def test_legendre_polynomials_have_mean_square_1_and_are_orthogonal():
    x, weights = np.polynomial.legendre.leggauss(12)
    features = legendre(x, 8)
    np.testing.assert_allclose(features.T * weights @ features / 2, np.eye(9), atol=1e-12)


@pytest.mark.parametrize(
    ("x", "degree", "words"),
    [
        ([1.5], 2, r"x must lie in \[-1, 1\]"),
        ([[0.5]], 2, r"x must have shape \(n_samples,\)"),
        ([], 2, "x must hold at least one"),
        ([0.5], 0, "degree must be an integer"),
        (np.zeros(10**4), 10**8, "x and degree must not ask for"),
    ],
)
def test_legendre_refuses(x, degree, words):
    with pytest.raises(ValueError, match=words):
        legendre(x, degree)


def test_wave_refuses():
    with pytest.raises(ValueError, match="x must hold at least one"):
        wave([])


def test_dropout_in_expectation_is_what_many_masks_give(rng):
    phi = np.column_stack([np.ones(25), rng.normal(size=(25, 3))])
    y = rng.normal(size=25)
    expected = fit_weights(phi, y, keep_rate=0.7)
    copies = 4000
    masks = np.ones((copies, 25, 4))
    masks[..., 1:] = dropout(np.ones((copies, 25, 3)), 0.7, rng=rng).mask
    rows = (phi * masks).reshape(-1, 4)
    simulated = np.linalg.lstsq(rows, np.tile(y, copies))[0]
    np.testing.assert_allclose(simulated, expected, atol=0.01)


def test_fit_weights_with_a_penalty_is_ridge_on_centred_features(rng):
    phi = np.column_stack([np.ones(20), rng.normal(size=(20, 3))])
    y = rng.normal(size=20)
    centred = phi[:, 1:] - phi[:, 1:].mean(axis=0)
    expected = ridge(centred, y - y.mean(), 0.3)
    np.testing.assert_allclose(fit_weights(phi, y, penalty=0.3)[1:], expected)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"features": [[2.0]], "target": [1.0]}, "features must have the constant 1"),
        ({"target": [1.0, 2.0]}, r"target must have shape \(1,\)"),
        ({"penalty": -1}, "penalty must be at least 0"),
        ({"keep_rate": 0}, "keep_rate must lie in"),
        ({"keep_rate": 1.5}, r"keep_rate must lie in \(0, 1\]"),
        ({"features": [[1.0, 1e160]], "keep_rate": 1e-10}, "features must not be so large, nor"),
    ],
)
def test_fit_weights_refuses(changed, words):
    with pytest.raises(ValueError, match=words):
        fit_weights(**{"features": [[1.0]], "target": [1.0], **changed})


def test_a_run_adds_the_penalties_of_its_recipe():
    plain, l1, l2 = (
        run(replace(Recipe(n_train=50, n_epochs=2), **fields), seed=0)
        for fields in ({}, {"l1": 0.05}, {"l2": 0.5})
    )

    def total(outcome, power):
        return sum(np.sum(abs(layer.weights) ** power) for layer in outcome.layers)

    assert total(l1, 1) < 0.99 * total(plain, 1)
    assert total(l2, 2) < 0.99 * total(plain, 2)


def test_a_run_keeps_a_fifth_for_patience_and_scales_what_it_fits():
    short = {"n_train": 50, "n_epochs": 1}
    assert len(run(Recipe(**short), seed=0).x_train) == 50
    assert len(run(Recipe(**short, patience=1), seed=0).x_train) == 40
    scaled = run(Recipe(**short, scale="standardized"), seed=0).x_train
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
    spread = scaled.std(axis=0)
    np.testing.assert_allclose(spread[spread > 0], 1)


def test_curves_have_from_1_to_30_powers():
    assert [CurveFit(degree=degree, n_samples=40).degree for degree in (1, 30)] == [1, 30]
    for degree in (0, 31):
        with pytest.raises(ValueError, match="degree must"):
            CurveFit(degree=degree, n_samples=40)
    assert CurveFit(keep_rate=1).keep_rate == 1
    for keep_rate in (0, 1.5):
        with pytest.raises(ValueError, match="keep_rate must"):
            CurveFit(keep_rate=keep_rate)


@pytest.mark.parametrize("settings", [CurveFit(), Recipe()])
def test_settings_hold_their_fields_and_nothing_else(settings):
    assert list(vars(settings)) == list(type(settings).__dataclass_fields__)


def test_recipes_take_from_10_digits_to_all():
    assert Recipe(n_train=10).n_train == 10
    assert Recipe(n_train=3823).n_train == 3823


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"degree": 0}, "degree must"),
        ({"degree": 31, "n_samples": 99}, "degree must lie in"),
        ({"n_samples": 15}, "n_samples must be an integer of at least 16"),
        ({"penalty": -1}, "penalty must be at least 0"),
        ({"keep_rate": 0}, "keep_rate must lie in"),
    ],
)
def test_curve_fits_refuse(fields, words):
    with pytest.raises(ValueError, match=words):
        CurveFit(**fields)


def test_sampling_a_curve(rng):
    x, y = sample_curve(5, 0, rng=rng)
    np.testing.assert_allclose(y, wave(x))
    assert sample_curve(2, 0, rng=rng)[0].tolist() == [-1, 1]
    assert curve_errors(CurveFit(), 0.1, n_draws=1).test > 0
    for arguments, words in (((1, 0), "n_samples must"), ((5, -1), "noise must be at least 0")):
        with pytest.raises(ValueError, match=words):
            sample_curve(*arguments, rng=rng)
    with pytest.raises(ValueError, match="Generator"):
        sample_curve(5, 0, rng=0)
    with pytest.raises(ValueError, match="n_draws must"):
        curve_errors(CurveFit(), 0.1, n_draws=0)
    with pytest.raises(ValueError, match="n_draws and fit must not ask for"):
        curve_errors(CurveFit(n_samples=10**4), -1, n_draws=10**6)


@pytest.mark.parametrize(
    "fit", [CurveFit(degree=3), CurveFit(penalty=0.1), CurveFit(n_samples=25, keep_rate=0.9)]
)
def test_errors_of_a_curve_are_medians_over_draws_of_root_mean_squares(fit):
    places, found = np.linspace(-1, 1, 201), []
    for seed in range(6):
        x, y = sample_curve(fit.n_samples, 0.2, rng=np.random.default_rng(seed))
        w = fitted_weights(fit, x, y)
        seen, unseen = legendre(x, fit.degree) @ w - y, legendre(places, fit.degree) @ w
        found.append([np.sqrt(np.mean(e**2)) for e in (seen, unseen - wave(places))])
    errors = curve_errors(fit, 0.2, n_draws=6)
    np.testing.assert_allclose([errors.train, errors.test], np.median(found, axis=0))


@pytest.mark.parametrize("noise", [0.03, 0.1, 0.3])
def test_every_remedy_helps_and_all_but_data_can_be_overdone(noise):
    for remedy in REMEDIES:
        errors = remedy_errors(remedy, noise)
        test = [each.test for each in errors]
        assert min(test) < test[0]
        assert (np.argmin(test) == 8) == (remedy == "data")
        assert errors[8].train > errors[0].train
        assert test[8] > min(test) or remedy == "data"


# The task of all remedies


def test_all_digits_may_be_noisy():
    assert noisy_digits(3823, 0.5, rng=np.random.default_rng(0))[0].shape == (3823, 64)


def test_noisy_digits_are_digits_with_the_share_of_wrong_labels():
    digits = load_digits()
    x, y = noisy_digits(3000, 0.2, rng=np.random.default_rng(0))
    x_again, right = noisy_digits(3000, 0.0, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(x, x_again)
    assert (y != right).mean() == pytest.approx(0.2, abs=0.02)
    order = np.random.default_rng(0).permutation(3823)[:3000]
    np.testing.assert_array_equal(right, digits.y_train[order])
    _, all_wrong = noisy_digits(3000, 1.0, rng=np.random.default_rng(0))
    assert (all_wrong != right).all()


@pytest.mark.parametrize(
    ("n", "wrong", "words"),
    [
        (0, 0.1, "n_samples must be an integer of at least 1"),
        (3824, 0.1, "n_samples must be at most 3823"),
        (5, 1.1, r"wrong must lie in \[0, 1\]"),
        (5, NAN, "wrong must be one finite"),
    ],
)
def test_noisy_digits_refuse(n, wrong, words, rng):
    with pytest.raises(ValueError, match=words):
        noisy_digits(n, wrong, rng=rng)
    with pytest.raises(ValueError, match="Generator"):
        noisy_digits(5, 0.1, rng=0)


def test_a_recipe_holds_what_it_lists_and_nothing_else():
    assert set(vars(Recipe())) == {field.name for field in dataclasses.fields(Recipe)}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"n_train": 9}, "n_train must be an integer of at least 10"),
        ({"n_train": 4000}, "n_train must be an integer of at most 3,823"),
        ({"wrong": 2}, "wrong must lie in"),
        ({"l1": -1}, "l1 must be at least 0"),
        ({"l2": NAN}, "l2 must be one finite"),
        ({"learning_rate": 0}, "learning_rate must be greater than 0"),
        ({"keep_rate": 0}, "keep_rate must lie in"),
        ({"keep_rate": 1.5}, "keep_rate must lie in"),
        ({"keep_rate": 0.5, "l1": 0.1}, "one remedy at a time"),
        ({"keep_rate": 0.5, "l2": 0.1}, "one remedy at a time"),
        ({"patience": 0}, "patience must be an integer"),
        ({"scale": "huge"}, "scale must be one of"),
        ({"activation": "step"}, "activation must be one of"),
        ({"hidden": (0,)}, "hidden must be an integer of at least 1"),
        ({"hidden": 8}, "hidden must be a list of widths"),
        ({"batch_size": 0}, "batch_size must"),
        ({"n_epochs": 0}, "n_epochs must"),
    ],
)
def test_recipes_refuse(fields, words):
    with pytest.raises(ValueError, match=words):
        Recipe(**fields)


BASE = Recipe()


def test_a_run_repeats_itself_and_seeds_differ():
    short = replace(BASE, n_epochs=3)
    first, again, other = run(short, 0), run(short, 0), run(short, 1)
    np.testing.assert_array_equal(first.history.losses, again.history.losses)
    assert first.history.losses[0] != other.history.losses[0]
    assert first.history.validation_losses is None
    assert run(short, 0, watch=True).history.validation_losses.shape == (3,)


def test_patience_holds_out_a_fifth_and_goes_back_to_the_best():
    outcome = run(replace(BASE, patience=10, n_epochs=40), 0)
    held = outcome.history.validation_losses
    best = stop_early(held, 10).best
    assert outcome.x_train.shape == (160, 64)
    kept = outcome.history.snapshots[best + 1]
    np.testing.assert_array_equal(parameter_vector(outcome.layers), kept)


def test_a_diverged_training_reads_nothing():
    outcome = run(replace(BASE, activation="identity", hidden=(32,) * 6, learning_rate=3.0), 0)
    assert (outcome.train_error, outcome.test_error) == (1.0, 1.0)
    overflowing = run(Recipe(n_train=10, hidden=(8,), n_epochs=1, learning_rate=1e200), 0)
    assert np.isfinite(overflowing.layers[0].weights).all()  # and still nothing can be read
    assert (overflowing.train_error, overflowing.test_error) == (1.0, 1.0)


def test_patience_goes_back_to_before_a_training_diverged():
    recipe = Recipe(activation="identity", hidden=(32,) * 6, learning_rate=0.3, n_epochs=6)
    outcome = run(replace(recipe, patience=3), 0)
    assert np.isfinite(outcome.history.validation_losses).tolist() == [True] + 5 * [False]
    np.testing.assert_array_equal(parameter_vector(outcome.layers), outcome.history.snapshots[1])


@pytest.mark.parametrize(("activation", "variance"), [("relu", 2 / 64), ("tanh", 2 / (64 + 400))])
def test_a_run_starts_from_he_or_glorot_weights(activation, variance):
    recipe = Recipe(n_train=10, n_epochs=1, hidden=(400,), activation=activation)
    weights = run(replace(recipe, learning_rate=1e-9), 0).layers[0].weights
    assert weights.var() == pytest.approx(variance, rel=0.05)


def test_measuring_keeps_names_and_pairs_seeds():
    recipes = variants(replace(BASE, n_epochs=2), "l2", [0.0, 0.1])
    measured = measure(recipes, [3, 4], n_jobs=1)
    assert list(measured) == ["0.0", "0.1"]
    for name, recipe in recipes.items():
        for position, seed in enumerate((3, 4)):
            outcome = run(recipe, seed)
            assert measured[name].train[position] == outcome.train_error
            assert measured[name].test[position] == outcome.test_error


@pytest.mark.parametrize(
    ("recipes", "seeds", "n_jobs", "words"),
    [
        ({}, [0], 1, "at least one"),
        ({"a": BASE}, [], 1, "at least one"),
        ({"a": BASE}, [-1], 1, "seeds must be an integer of at least 0"),
        ({"a": BASE}, [0], 0, "n_jobs must be an integer other than 0"),
        ({"a": 3}, [0], 1, "each of recipes must be a Recipe, but is 3"),
    ],
)
def test_measure_refuses(recipes, seeds, n_jobs, words):
    with pytest.raises(ValueError, match=words):
        measure(recipes, seeds, n_jobs=n_jobs)


def test_variants_and_run_refuse():
    with pytest.raises(ValueError, match="field must be one of"):
        variants(BASE, "depth", [1])
    with pytest.raises(ValueError, match="values must hold at least one"):
        variants(BASE, "l2", [])
    with pytest.raises(ValueError, match="l2 must be at least 0"):
        variants(BASE, "l2", [-1])
    with pytest.raises(ValueError, match="seed must be an integer"):
        run(BASE, 0.5)


def test_what_the_chapter_says_of_the_remedies():
    """Recomputed, not trusted: means over the seeds 0 to 4, as in the chapter's table."""
    recipes = {
        "none": BASE,
        "no hidden layer": replace(BASE, hidden=()),
        "L2": replace(BASE, l2=0.02),
        "dropout": replace(BASE, keep_rate=0.2),
        "early stopping": replace(BASE, patience=10),
    }
    means = {k: v.test.mean() for k, v in measure(recipes, range(5), n_jobs=1).items()}
    expected = {
        "none": 0.251,
        "no hidden layer": 0.150,
        "L2": 0.140,
        "dropout": 0.149,
        "early stopping": 0.200,
    }
    assert means == pytest.approx(expected, abs=0.004)


def test_the_published_names_are_there():
    assert set(faq.__all__) <= set(dir(faq))
