"""The kernels of the outlook chapter: attribution, generalisation, costs, parallel gradients."""

import math

import hypothesis
import hypothesis.strategies as st
import joblib
import numpy as np
import pytest
from dask.distributed import Client, LocalCluster

from mathdl import outlook
from mathdl.backward import loss_and_gradients
from mathdl.datasets import load_digits
from mathdl.experiments import outlook as experiments
from mathdl.forward import Layer, forward, initialize
from mathdl.outlook.random_features import _risks_of_draw

NAN = float("nan")
UNIT = [Layer([[1.0, 1.0]], [-1.0], "relu")]
LINE = [Layer([[2.0, -3.0]], [0.5])]


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def network(seed, sizes=(4, 6, 5, 3), hidden="relu"):
    rng = np.random.default_rng(seed)
    layers = initialize(sizes, hidden=hidden, rng=rng)
    return [Layer(w.weights, rng.normal(size=w.bias.shape), w.activation) for w in layers]


# Attribution


@hypothesis.given(
    st.integers(0, 2**32 - 1), st.integers(1, 5), st.sampled_from(["tanh", "softplus", "sigmoid"])
)
@hypothesis.settings(max_examples=30)
def test_the_input_gradient_is_the_slope_along_random_directions(seed, n_samples, hidden):
    rng = np.random.default_rng(seed)
    layers = network(seed, hidden=hidden)
    x, d = rng.normal(size=(2, n_samples, 4))
    units = rng.integers(0, 3, size=n_samples)
    rows, h = np.arange(n_samples), 1e-5
    up, down = (forward(layers, x + s * h * d).output[rows, units] for s in (1, -1))
    slopes = (outlook.input_gradient(layers, x, units) * d).sum(axis=1)
    np.testing.assert_allclose(slopes, (up - down) / (2 * h), rtol=1e-6, atol=1e-8)


def test_guided_backpropagation_keeps_what_is_positive_only():
    """Two paths to the output, with weights 1 and −1: the second is dropped."""
    layers = [Layer([[1.0], [2.0]], [0.0, 0.0], "relu"), Layer([[1.0, -1.0]], [0.0])]
    assert outlook.input_gradient(layers, [[3.0]], [0])[0, 0] == -1
    assert outlook.guided_backpropagation(layers, [[3.0]], [0])[0, 0] == 1


def test_guided_backpropagation_of_a_linear_network_is_its_gradient():
    x = [[1.0, 2.0]]
    np.testing.assert_array_equal(
        outlook.guided_backpropagation(LINE, x, [0]), outlook.input_gradient(LINE, x, [0])
    )
    two = [Layer([[2.0, -3.0], [1.0, 4.0]], [0.5, 0.0])]
    np.testing.assert_array_equal(outlook.guided_backpropagation(two, x, [1]), [[1, 4]])


def test_guided_backpropagation_refuses_other_activations():
    with pytest.raises(ValueError, match="layer 0 has 'tanh'"):
        outlook.guided_backpropagation(network(0, hidden="tanh"), np.ones((1, 4)), [0])


@pytest.mark.parametrize(
    "method",
    [outlook.input_gradient, outlook.guided_backpropagation, outlook.integrated_gradients],
)
@pytest.mark.parametrize(
    ("x", "units", "words"),
    [
        ([[1.0, NAN]], [0], "x must hold finite numbers"),
        ([[1.0]], [0], r"x must have shape \(n_samples, 2\)"),
        (np.empty((0, 2)), [], "x must hold at least one number"),
        ([[1.0, 1.0]], [1], "units must"),
        ([[1.0, 1.0]], [0, 0], "units must"),
        ([[1.0, 1.0]], [0.5], "units must"),
    ],
)
def test_attributions_refuse(method, x, units, words):
    with pytest.raises(ValueError, match=words):
        method(UNIT, x, units)


def test_attributions_refuse_what_is_no_network():
    with pytest.raises(ValueError, match="layers must"):
        outlook.input_gradient([], [[1.0]], [0])


def test_integrated_gradients_worked_by_hand():
    """relu(x₁ + x₂ − 1) from (0, 0) to (2, 1): open for two thirds of the way."""
    shares = outlook.integrated_gradients(UNIT, [[2.0, 1.0]], [0], n_steps=3)
    np.testing.assert_allclose(shares, [[4 / 3, 2 / 3]])


def test_the_saturated_example_of_sundararajan_taly_and_yan():
    """Section 2.1 there: f(x) = 1 − relu(1 − x) from 0 to 2 has slope 0 at 2, attribution 1."""
    layers = [Layer([[-1.0]], [1.0], "relu"), Layer([[-1.0]], [1.0])]
    assert outlook.input_gradient(layers, [[2.0]], [0])[0, 0] == 0
    assert outlook.integrated_gradients(layers, [[2.0]], [0])[0, 0] == pytest.approx(1)


@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(1, 4))
@hypothesis.settings(max_examples=25)
def test_attributions_are_complete_for_any_baseline(seed, n_samples):
    rng = np.random.default_rng(seed)
    layers = network(seed, hidden="tanh")
    x, b = rng.normal(size=(n_samples, 4)), rng.normal(size=4)
    units = rng.integers(0, 3, size=n_samples)
    shares = outlook.integrated_gradients(layers, x, units, baseline=b, n_steps=400)
    gap = outlook.completeness_gap(layers, x, units, shares, baseline=b)
    assert abs(gap).max() < 1e-3
    np.testing.assert_array_equal(shares[:, x[0] == b], 0)


def test_an_affine_network_is_shared_out_exactly_in_one_step():
    shares = outlook.integrated_gradients(LINE, [[1.0, 2.0]], [0], n_steps=1)
    np.testing.assert_allclose(shares, [[2, -6]])
    assert outlook.completeness_gap(LINE, [[1.0, 2.0]], [0], shares)[0] == pytest.approx(0)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"baseline": [0.0]}, r"baseline must have shape \(2,\)"),
        ({"baseline": [0.0, NAN]}, "baseline must hold finite numbers"),
        ({"n_steps": 0}, "n_steps must be an integer of at least 1"),
    ],
)
def test_integrated_gradients_refuse(options, words):
    with pytest.raises(ValueError, match=words):
        outlook.integrated_gradients(UNIT, [[1.0, 1.0]], [0], **options)


def test_the_gap_refuses_attributions_of_another_shape():
    with pytest.raises(ValueError, match=r"attributions must have shape \(1, 2\)"):
        outlook.completeness_gap(UNIT, [[1.0, 1.0]], [0], [[1.0]])


@pytest.mark.parametrize("count", range(4))
def test_the_top_layers_are_drawn_anew_and_the_others_kept(count):
    layers = network(0)
    fresh = outlook.randomize_top(layers, count, rng=np.random.default_rng(1))
    kept = [new is old for new, old in zip(fresh, layers, strict=True)]
    assert kept == [True] * (3 - count) + [False] * count
    assert [w.activation for w in fresh] == [w.activation for w in layers]
    assert [w.weights.shape for w in fresh] == [w.weights.shape for w in layers]
    all_new = outlook.randomize_top(layers, 3, rng=np.random.default_rng(1))
    if count:
        np.testing.assert_array_equal(fresh[-1].weights, all_new[-1].weights)


@pytest.mark.parametrize(
    ("count", "words"),
    [(-1, "at least 0"), (4, "n_layers must be at most 3"), (1.5, "must be an integer")],
)
def test_randomize_top_refuses(count, words, rng):
    with pytest.raises(ValueError, match=words):
        outlook.randomize_top(network(0), count, rng=rng)
    with pytest.raises(ValueError, match=r"rng must be a numpy\.random\.Generator"):
        outlook.randomize_top(network(0), 1, rng=0)


def test_rank_correlation_with_ties_worked_by_hand():
    """Ranks ½, ½, 3, 2 and 0, 1, 2, 3; without their means: product 3½, squares 4½ and 5."""
    value = outlook.rank_correlation([[7, 7, 9, 8]], [[1, 2, 3, 4]])
    assert value[0] == pytest.approx(3.5 / math.sqrt(4.5 * 5))


@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(2, 12))
@hypothesis.settings(max_examples=30)
def test_rank_correlation_sees_orders_only(seed, n):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(2, 3, n))
    value = outlook.rank_correlation(a, b)
    assert (abs(value) <= 1 + 1e-12).all()
    np.testing.assert_allclose(outlook.rank_correlation(np.exp(a), b**3), value)
    np.testing.assert_allclose(outlook.rank_correlation(a, -b), -value)
    np.testing.assert_allclose(outlook.rank_correlation(a, a), 1)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ([[1, 2]], [[1, 2, 3]], "same shape"),
        ([[1, NAN]], [[1, 2]], "first must hold finite numbers"),
        ([[1, 2], [3, 3]], [[1, 2], [1, 2]], "first must .* row 1 holds equal numbers only"),
        ([1, 2], [1, 2], "first must have shape"),
        (np.empty((0, 2)), np.empty((0, 2)), "at least one number"),
    ],
)
def test_rank_correlation_refuses(first, second, words):
    with pytest.raises(ValueError, match=words):
        outlook.rank_correlation(first, second)


def test_erasing_takes_the_highest_scores_and_leaves_the_samples_alone():
    x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    erased = outlook.erase_top(x, [[9, 1, 5], [0, 0, 1]], 2)
    np.testing.assert_array_equal(erased, [[0, 2, 0], [0, 5, 0]])
    np.testing.assert_array_equal(outlook.erase_top(x, x, 0), x)
    assert not outlook.erase_top(x, x, 3).any()
    assert x.min() == 1


def test_among_equal_scores_the_first_are_erased():
    scores = np.random.default_rng(0).integers(0, 3, size=(1, 200))
    first = np.flatnonzero(scores[0] == 2)[:20]
    erased = outlook.erase_top(np.ones((1, 200)), scores, 20)
    np.testing.assert_array_equal(np.flatnonzero(erased[0] == 0), first)


@pytest.mark.parametrize(
    ("x", "scores", "count", "words"),
    [
        ([[1.0]], [[1.0, 2.0]], 1, r"scores must have shape \(1, 1\)"),
        ([[1.0]], [[NAN]], 1, "scores must hold finite"),
        ([[NAN]], [[1.0]], 1, "x must hold finite"),
        ([[1.0]], [[1.0]], 2, "count must be at most 1"),
        ([[1.0]], [[1.0]], -1, "at least 0"),
    ],
)
def test_erase_top_refuses(x, scores, count, words):
    with pytest.raises(ValueError, match=words):
        outlook.erase_top(x, scores, count)


def test_edges_of_even_paper_are_nowhere_and_of_a_ramp_everywhere():
    assert outlook.edge_map(np.full((1, 64), 0.3)).max() < 1e-12
    ramp = np.add.outer(3 * np.arange(8), 4 * np.arange(8)).reshape(1, 64)
    np.testing.assert_allclose(outlook.edge_map(ramp), np.full((1, 64), 5.0), strict=True)


@pytest.mark.parametrize("images", [np.zeros((1, 63)), np.zeros(64), np.full((1, 64), NAN)])
def test_edge_map_refuses(images):
    with pytest.raises(ValueError, match="images must"):
        outlook.edge_map(images)


# Least squares and random features


@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(1, 8), st.integers(1, 12))
@hypothesis.settings(max_examples=40)
def test_the_minimum_norm_fit_solves_the_normal_equations_in_the_span_of_the_rows(seed, n, p):
    rng = np.random.default_rng(seed)
    phi, y = rng.normal(size=(n, p)), rng.normal(size=n)
    theta = outlook.minimum_norm(phi, y)
    scale = np.linalg.norm(phi, 2) ** 2 * (1 + np.linalg.norm(theta))
    assert abs(phi.T @ (phi @ theta - y)).max() < 1e-9 * scale
    inside = phi.T @ np.linalg.pinv(phi.T) @ theta
    np.testing.assert_allclose(inside, theta, atol=1e-8 * (1 + np.linalg.norm(theta)))


@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(1, 8), st.integers(1, 12))
@hypothesis.settings(max_examples=40)
def test_both_ways_to_the_ridge_fit_have_a_vanishing_gradient(seed, n, p):
    rng = np.random.default_rng(seed)
    phi, y = rng.normal(size=(n, p)), rng.normal(size=(n, 2))
    theta = outlook.ridge_fit(phi, y, 0.3)
    gradient = phi.T @ (phi @ theta - y) + 0.3 * theta
    np.testing.assert_allclose(gradient, 0, atol=1e-10)


@pytest.mark.parametrize(
    ("features", "target", "words"),
    [
        ([[1.0], [2.0]], [1.0], "target must hold 2 rows"),
        ([[1.0, NAN]], [1.0], "features must hold finite"),
        ([[1.0]], [NAN], "target must hold finite"),
        ([1.0], [1.0], "features must have shape"),
        ([[1.0]], [[[1.0]]], "target must hold 1 rows"),
        (np.empty((0, 2)), [], "at least one number"),
    ],
)
def test_fits_refuse(features, target, words):
    with pytest.raises(ValueError, match=words):
        outlook.minimum_norm(features, target)
    with pytest.raises(ValueError, match=words):
        outlook.ridge_fit(features, target, 1.0)


def test_ridge_fits_of_float32_are_float32():
    for features in (np.ones((1, 3)), np.ones((3, 1))):
        target = np.ones(len(features), np.float32)
        assert outlook.ridge_fit(features.astype(np.float32), target, 1.0).dtype == np.float32


@pytest.mark.parametrize("penalty", [0, -1, NAN, math.inf])
def test_ridge_fit_refuses_the_penalty(penalty):
    with pytest.raises(ValueError, match="penalty must"):
        outlook.ridge_fit([[1.0]], [1.0], penalty)


def test_random_features_are_relu_units_of_constant_total_size(rng):
    x, v = rng.normal(size=(3, 2)), rng.normal(size=(5, 2))
    features = outlook.random_relu_features(x, v)
    expected = forward([Layer(v, np.zeros(5), "relu")], x).output / math.sqrt(5)
    np.testing.assert_allclose(features, expected)


@pytest.mark.parametrize(
    ("x", "directions", "words"),
    [
        ([[1.0, 2.0]], [[1.0]], r"directions must have shape \(n_features, 2\)"),
        ([[NAN]], [[1.0]], "x must hold finite"),
        ([[1.0]], [[NAN]], "directions must hold finite"),
    ],
)
def test_random_features_refuse(x, directions, words):
    with pytest.raises(ValueError, match=words):
        outlook.random_relu_features(x, directions)


def test_worlds_of_one_seed_share_their_samples():
    small, large = (
        experiments.draw_regression(6, p, rng=np.random.default_rng(3), n_inputs=4, n_test=7)
        for p in (5, 9)
    )
    np.testing.assert_array_equal(small.truth, large.truth)
    np.testing.assert_array_equal(small.noise, large.noise)
    np.testing.assert_allclose(small.features * math.sqrt(5), large.features[:, :5] * math.sqrt(9))
    assert large.test_features.shape == (7, 9)


@pytest.mark.parametrize("name", ["n_samples", "n_features", "n_inputs", "n_test"])
def test_draw_world_refuses(name, rng):
    arguments = {"n_samples": 2, "n_features": 3, "rng": rng, name: 0}
    with pytest.raises(ValueError, match=f"{name} must be an integer of at least 1"):
        experiments.draw_regression(**arguments)
    with pytest.raises(ValueError, match="rng must be"):
        experiments.draw_regression(2, 3, rng=1)


@pytest.mark.parametrize("small", ["n_samples", "n_features", "n_inputs"])
def test_draw_world_refuses_what_no_memory_holds(small, rng):
    large = dict.fromkeys(["n_samples", "n_features", "n_inputs"], 10**6)
    arguments = {**large, small: 1, "rng": rng}
    with pytest.raises(ValueError, match="n_samples, n_features, n_inputs and n_test must not"):
        experiments.draw_regression(**arguments)


def test_the_error_peaks_where_features_equal_samples_and_falls_below_its_first_minimum():
    sizes = [10, 20, 30, 40, 60, 200, 800]
    risks = experiments.feature_risks(sizes, n_draws=25)
    train, test = (np.median(part[0], axis=1) for part in risks)
    assert sizes[int(np.argmax(test))] == 40
    assert test[3] > 10 * test[:3].max()
    assert test[-1] < test[:3].min() / 3
    assert (train[:3] > 0.01).all()
    assert (train[3:] < 1e-12).all()


def test_without_a_penalty_the_fit_has_the_smallest_norm():
    for sizes, penalty, fit in [
        ([20], 0.0, outlook.minimum_norm),
        ([3], 0.5, lambda phi, y: outlook.ridge_fit(phi, y, 0.5)),
    ]:
        world = experiments.draw_regression(8, sizes[0], rng=np.random.default_rng(0))
        theta = fit(world.features, world.truth + 0.3 * world.noise)
        miss = world.test_features @ theta - world.test_truth
        risks = experiments.feature_risks(sizes, n_samples=8, penalty=penalty, n_draws=1)
        assert risks.test[0, 0, 0] == pytest.approx((miss**2).mean())


def test_features_that_no_sample_opens_are_no_trouble():
    risks = experiments.feature_risks(
        [2], n_samples=2, n_draws=20
    )  # some draws have such features
    assert np.isfinite(risks.test).all()


def test_a_draw_overflows_without_a_warning_wherever_it_is_made():
    assert not np.isfinite(_risks_of_draw(2, [3], [1e200], 0.0, seed=0)).all()
    with pytest.raises(ValueError, match="noises, penalty and n_draws must not be so large"):
        experiments.feature_risks([3], n_samples=2, noises=[1e200], penalty=0.0, n_draws=1)


def test_a_penalty_takes_the_peak_away():
    test = np.median(experiments.feature_risks([20, 40, 60], penalty=0.1).test[0], axis=1)
    assert test[0] > test[1] > test[2]


def test_risks_by_noise_are_those_of_each_noise_and_of_each_worker_count():
    both = experiments.feature_risks([5, 30], n_samples=10, noises=[0, 0.5], n_draws=3)
    one = experiments.feature_risks([5, 30], n_samples=10, noises=[0.5], n_draws=3, n_jobs=2)
    assert both.test.shape == (2, 2, 3)
    np.testing.assert_allclose(both.test[1:], one.test, rtol=1e-9)
    np.testing.assert_allclose(both.train[1:, 0], one.train[:, 0], rtol=1e-9)


@pytest.mark.parametrize(
    ("sizes", "options", "words"),
    [
        ([0], {}, "each of sizes must be an integer of at least 1"),
        ([], {}, "must each hold at least one"),
        ([3], {"noises": []}, "must each hold at least one"),
        ([3], {"noises": [-1]}, "each of noises must be at least 0"),
        ([3], {"noises": [NAN]}, "each of noises must be one finite"),
        ([3], {"penalty": -1}, "penalty must be at least 0"),
        ([3], {"n_samples": 0}, "n_samples must be"),
        ([3], {"n_draws": 0}, "n_draws must be"),
        ([3], {"n_jobs": 0}, "n_jobs must be"),
        ([10**5 + 1], {}, "each of sizes must be an integer of at most 100,000"),
        (3, {}, "^sizes must be a list"),
        ([3], {"noises": 0.3}, "^noises must be a list"),
        ([10**5], {"n_samples": 10**6}, "n_samples and sizes must not ask for"),
        ([3] * 1000, {"n_draws": 10**6, "n_jobs": 0}, "n_draws, noises and sizes must not ask"),
        ([3], {"n_draws": 10**9, "n_jobs": 0}, "n_draws, noises and sizes must not ask for"),
        (
            [3],
            {"n_draws": 10**6, "noises": [0.1] * 1000, "n_jobs": 0},
            "n_draws, noises and sizes must not ask for",
        ),
    ],
)
def test_feature_risks_refuse(sizes, options, words):
    with pytest.raises(ValueError, match=words):
        experiments.feature_risks(sizes, **options)


def test_noise_gain_skips_directions_that_carry_nothing():
    assert outlook.noise_gain([[2.0, 0.0, 0.0], [0.0, 0.5, 0.0]]) == pytest.approx(4.25)
    assert outlook.noise_gain([[1.0, 1.0], [1.0, 1.0]]) == pytest.approx(0.25)


def test_noise_gain_of_tiny_features_is_large():
    assert outlook.noise_gain([[1e-8, 0.0], [0.0, 1e-8]]) == pytest.approx(2e16)


@pytest.mark.parametrize(
    ("features", "words"),
    [([[0.0]], "must not all be 0"), ([[NAN]], "finite"), ([1.0], "features must have shape")],
)
def test_noise_gain_refuses(features, words):
    with pytest.raises(ValueError, match=words):
        outlook.noise_gain(features)


# Bias, variance, labels


def test_legendre_features_are_orthogonal():
    x = np.linspace(-1, 1, 20_001)
    phi = outlook.legendre_features(x, 4)
    gram = phi.T @ phi * (x[1] - x[0])
    np.testing.assert_allclose(gram, np.diag(2 / (2 * np.arange(4) + 1)), atol=2e-4)


@pytest.mark.parametrize(
    ("x", "n", "words"),
    [
        ([1.5], 2, r"x must lie in \[-1, 1\]"),
        ([NAN], 2, "x must hold finite"),
        ([], 2, "at least one"),
        ([[0.0]], 2, "x must have shape"),
        ([0.0], 0, "n_features must be"),
        (np.zeros(10**4), 10**8, "x and n_features must not ask for"),
    ],
)
def test_legendre_features_refuse(x, n, words):
    with pytest.raises(ValueError, match=words):
        outlook.legendre_features(x, n)


def test_fits_without_noise_are_all_the_projection_of_the_truth(rng):
    fits = outlook.repeated_fits([[1.0]] * 4, [0, 1, 2, 3], noise=0, n_draws=3, rng=rng)
    np.testing.assert_allclose(fits, 1.5)


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (([[1.0]], [1.0, 2.0]), {}, r"truth must have shape \(1,\)"),
        (([[1.0]], [NAN]), {}, "truth must hold finite"),
        (([[NAN]], [1.0]), {}, "features must hold finite"),
        (([[1.0]], [1.0]), {"noise": -1}, "noise must be at least 0"),
        (([[1.0]], [1.0]), {"n_draws": 0}, "n_draws must be"),
        (([[1.0]] * 10**4, [1.0] * 10**4), {"n_draws": 10**8}, "truth and n_draws must not ask"),
        (([[1.0]], [1.0]), {"rng": 3}, "rng must be"),
    ],
)
def test_repeated_fits_refuse(arguments, options, words, rng):
    with pytest.raises(ValueError, match=words):
        outlook.repeated_fits(*arguments, **{"noise": 1, "n_draws": 2, "rng": rng, **options})


@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(2, 9), st.integers(1, 5))
@hypothesis.settings(max_examples=30)
def test_bias_and_variance_add_up_to_the_error_against_the_truth(seed, n_fits, n_points):
    rng = np.random.default_rng(seed)
    predictions, truth = rng.normal(size=(n_fits, n_points)), rng.normal(size=n_points)
    parts = outlook.decompose(predictions, truth, 0.5)
    assert parts.bias_squared + parts.variance == pytest.approx(
        np.mean((predictions - truth) ** 2)
    )
    assert parts.noise == 0.25


@pytest.mark.parametrize(
    ("predictions", "truth", "noise", "words"),
    [
        ([[1.0]], [1.0], 0.1, "at least two fits"),
        ([[1.0], [2.0]], [1.0, 2.0], 0.1, r"truth must have shape \(1,\)"),
        ([[1.0], [NAN]], [1.0], 0.1, "predictions must hold finite"),
        ([[1.0], [2.0]], [1.0], -0.1, "noise must be at least 0"),
    ],
)
def test_decompose_refuses(predictions, truth, noise, words):
    with pytest.raises(ValueError, match=words):
        outlook.decompose(predictions, truth, noise)


@hypothesis.given(st.integers(0, 2**32 - 1), st.floats(0, 1))
@hypothesis.settings(max_examples=30)
def test_shuffling_keeps_the_counts_and_touches_no_more_than_the_share(seed, share):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, size=37)
    before = labels.copy()
    shuffled = experiments.shuffle_labels(labels, share, rng=rng)
    np.testing.assert_array_equal(labels, before)
    np.testing.assert_array_equal(np.sort(shuffled), np.sort(labels))
    assert np.count_nonzero(shuffled != labels) <= round(37 * share)


@pytest.mark.parametrize(
    ("labels", "share", "words"),
    [
        ([0.5], 0.5, "labels must"),
        ([-1, 2], 0.5, r"labels must lie in 0, 1, \.\.\., 2 "),
        ([], 0.5, "labels must"),
        (["a"], 0.5, "labels must be integers"),
        ([[0], [0, 1]], 0.5, "labels must be an array of numbers"),
        ([0, 1], 1.5, r"share must lie in \[0, 1\]"),
        ([0, 1], NAN, "share must be one finite"),
    ],
)
def test_shuffle_labels_refuses(labels, share, words, rng):
    with pytest.raises(ValueError, match=words):
        experiments.shuffle_labels(labels, share, rng=rng)
    with pytest.raises(ValueError, match="rng must be"):
        experiments.shuffle_labels([0, 1], 0.5, rng=5)


def test_a_network_reproduces_labels_without_content_and_learns_nothing_from_them():
    true, shuffled = (experiments.learn_shuffled(share, seed=0) for share in (0, 1))
    assert true.train[-1] == 1
    assert shuffled.train[-1] > 0.99
    assert true.test > 0.9
    assert shuffled.test < 0.16
    assert np.argmax(true.train >= 0.99) < np.argmax(shuffled.train >= 0.99)
    assert true.train.shape == (120,)


def test_all_digits_may_be_learned_and_a_network_that_diverges_gives_no_warning():
    assert experiments.learn_shuffled(0, seed=0, n_samples=3823, n_epochs=1).test > 0.8
    diverged = experiments.learn_shuffled(0, seed=0, n_samples=10, n_epochs=1, rate=1e200)
    assert diverged.test < 0.2


@pytest.mark.parametrize(
    ("share", "options", "words"),
    [
        (2, {}, "share must lie in"),
        (0, {"seed": -1}, "seed must be"),
        (0, {"n_samples": 9}, "n_samples must be an integer of at least 10"),
        (0, {"n_samples": 10**6}, "n_samples must be at most 3823"),
        (0, {"n_epochs": 0}, "n_epochs must be"),
        (0, {"rate": 0}, "rate must be"),
    ],
)
def test_learn_shuffled_refuses(share, options, words):
    with pytest.raises(ValueError, match=words):
        experiments.learn_shuffled(share, **{"seed": 0, **options})


def test_accuracy_counts_the_largest_logits():
    layers = [Layer(np.eye(3), np.zeros(3))]
    x = np.array([[1.0, 0, 0], [0, 2, 1], [0, 0, 1], [5, 4, 3]])
    assert outlook.accuracy(layers, x, np.array([0, 1, 1, 0])) == 0.75


# Costs


@pytest.mark.parametrize(
    ("name", "parameters", "multiply_adds"),
    [
        ("digits", 17_226, 17_024),
        ("LeNet-5", 60_000, 325_680),  # LeCun et al. (1998), section II.B
        ("AlexNet", 60_965_224, 724_406_816),  # "60 million"
        ("VGG-16", 138_357_544, 15_470_264_320),  # "138 million"
        ("ResNet-50", 25_557_032, 3_857_973_248),  # documentation; He et al. (2016): 3.8e9
        ("GPT-2 small", 124_439_808, 145_824_153_600),  # "124M"
    ],
)
def test_counts_equal_the_published_ones(name, parameters, multiply_adds):
    total = outlook.cost(outlook.NETWORKS[name]())
    assert (total.parameters, total.multiply_adds) == (parameters, multiply_adds)


def test_the_layers_of_lenet_as_printed():
    """LeCun et al. (1998), section II.B: trainable parameters layer by layer."""
    counts = [operation.parameters for operation in outlook.lenet5()]
    assert counts == [156, 12, 1_516, 32, 48_120, 10_164]
    names = [operation.name for operation in outlook.lenet5()]
    assert names == ["C1", "S2", "C3", "S4", "C5", "F6"]
    # 6 maps of 28×28, 6 of 14×14, 16 of 10×10, 16 of 5×5, 120 units, 84 units
    outputs = [operation.outputs for operation in outlook.lenet5()]
    assert outputs == [4_704, 1_176, 1_600, 400, 120, 84]
    # 25 a pixel of C1; 60 kernels of 25 at 100 places; the others are plain matrices
    products = [operation.multiply_adds for operation in outlook.lenet5()]
    assert products == [117_600, 0, 150_000, 0, 48_000, 10_080]


def test_operations_are_called_what_they_are():
    made = outlook.dense(2, 3), outlook.convolution(1, 1, 1, 1), outlook.normalization(1, 1)
    assert [operation.name for operation in made] == ["dense", "convolution", "normalization"]
    assert outlook.dense(2, 3, name="head").name == "head"
    assert outlook.convolution(1, 1, 1, 1, name="stem").name == "stem"
    assert outlook.normalization(1, 1, name="scale").name == "scale"


def test_neurons_of_alexnet():
    """Krizhevsky et al. (2012) say 650,000 neurons."""
    assert round(outlook.cost(outlook.alexnet()).outputs / 1e5) == 7
    assert sum(o.outputs for o in outlook.alexnet()[1:5]) == 186_624 + 2 * 64_896 + 43_264


def test_the_operations_of_a_tiny_gpt2():
    """Two blocks on 5 tokens of 3 numbers, from a vocabulary of 7."""
    made = outlook.gpt2(blocks=2, width=3, context=5, vocabulary=7)
    block = [
        ("normalization", 6, 0, 15),
        ("queries, keys, values", 4 * 9, 5 * 27, 45),
        ("attention", 0, 2 * 25 * 3, 15),  # 25 products of tokens, and 25 weights, 3 numbers each
        ("projection", 4 * 3, 5 * 9, 15),
        ("normalization", 6, 0, 15),
        ("dense", 4 * 12, 5 * 36, 60),
        ("dense", 13 * 3, 5 * 36, 15),
    ]
    ends = [("embedding", (7 + 5) * 3, 0, 15)], [("normalization", 6, 0, 15)]
    assert made == [*ends[0], *block, *block, *ends[1], ("output", 0, 5 * 3 * 7, 35)]


def test_the_largest_gpt2_takes_25_gigabytes_in_training():
    total = outlook.cost(outlook.gpt2(blocks=48, width=1600))
    assert total.parameters == 1_557_611_200
    assert round(16 * total.parameters / 1e9) == 25


@hypothesis.given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 5), st.integers(1, 6))
def test_a_convolution_is_an_affine_layer_at_every_place(channels, filters, kernel, side):
    counted = outlook.convolution(channels, filters, kernel, side)
    as_dense = outlook.dense(kernel**2 * channels, filters, positions=side**2)
    assert counted[1:] == as_dense[1:]


def test_groups_divide_the_weights():
    whole, halves = (outlook.convolution(8, 6, 3, 5, groups=g, bias=False) for g in (1, 2))
    assert whole.parameters == 2 * halves.parameters
    assert whole.outputs == halves.outputs


def test_the_cost_of_a_multilayer_network_is_that_of_its_arrays():
    layers = initialize((7, 5, 3), rng=np.random.default_rng(0))
    total = outlook.cost(outlook.multilayer((7, 5, 3)))
    assert total.parameters == sum(w.weights.size + w.bias.size for w in layers)
    assert total.multiply_adds == sum(w.weights.size for w in layers)
    assert total.outputs == 8


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: outlook.dense(0, 1), "n_in must be"),
        (lambda: outlook.dense(1, 1.5), "n_out must be"),
        (lambda: outlook.dense(1, 1, positions=0), "positions must be"),
        (lambda: outlook.convolution(0, 1, 1, 1), "channels must be"),
        (lambda: outlook.convolution(1, 0, 1, 1), "filters must be"),
        (lambda: outlook.convolution(1, 1, 0, 1), "kernel must be"),
        (lambda: outlook.convolution(1, 1, 1, 0), "side must be"),
        (lambda: outlook.convolution(4, 6, 1, 1, groups=4), "groups must divide"),
        (lambda: outlook.convolution(4, 6, 1, 1, groups=0), "groups must be"),
        (lambda: outlook.normalization(0, 1), "channels must be"),
        (lambda: outlook.normalization(1, 0), "places must be"),
        (lambda: outlook.cost([]), "at least one Operation"),
        (lambda: outlook.cost([3]), "at least one Operation"),
        (lambda: outlook.multilayer([3]), "sizes"),
        (lambda: outlook.gpt2(blocks=0), "blocks must be"),
        (lambda: outlook.gpt2(blocks=10**9), "blocks must be an integer of at most 10,000"),
        (lambda: outlook.gpt2(width=0), "width must be"),
        (lambda: outlook.gpt2(context=0), "context must be"),
        (lambda: outlook.gpt2(vocabulary=0), "vocabulary must be"),
        (lambda: outlook.arithmetic_intensity(0, 1, 1), "n_samples must be"),
        (lambda: outlook.arithmetic_intensity(1, 0, 1), "n_in must be"),
        (lambda: outlook.arithmetic_intensity(1, 1, 0), "n_out must be"),
        (lambda: outlook.arithmetic_intensity(1, 1, 1, bytes_per_number=0), "bytes_per_number"),
        (lambda: outlook.attainable(0, 1, 1), "intensity must be greater"),
        (lambda: outlook.attainable(1, NAN, 1), "peak must be one finite"),
        (lambda: outlook.attainable(1, 1, -1), "bandwidth must be greater"),
        (lambda: outlook.training_operations(0, 1), "parameters must be greater"),
        (lambda: outlook.training_operations(1, NAN), "samples must be one finite"),
        (lambda: outlook.energy(0, rate=1, power=1), "operations must be greater"),
        (lambda: outlook.energy(1, rate=0, power=1), "rate must be greater"),
        (lambda: outlook.energy(1, rate=1, power=-1), "power must be greater"),
        (lambda: outlook.energy(1, rate=1, power=1, overhead=0.9), "overhead must be at least 1"),
    ],
)
def test_counts_and_budgets_refuse(call, words):
    with pytest.raises(ValueError, match=words):
        call()


@hypothesis.given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 500))
def test_intensity_grows_with_the_batch_and_stays_below_its_limit(batch, n, m):
    now, more = (outlook.arithmetic_intensity(b, n, m) for b in (batch, batch + 1))
    assert now < more < 2 * n * m / (4 * (n + m))


# Parallel gradients


@hypothesis.given(st.integers(1, 200), st.data())
def test_shards_are_as_equal_as_can_be(n, data):
    sizes = outlook.shard_sizes(n, data.draw(st.integers(1, n)))
    assert sum(sizes) == n
    assert max(sizes) - min(sizes) <= 1
    assert min(sizes) >= 1


@pytest.mark.parametrize(
    ("n", "k", "words"),
    [
        (0, 1, "n_samples"),
        (3, 0, "n_shards"),
        (3, 4, "must be at most"),
        (10**9, 10**9, "n_shards must be an integer of at most 1,000,000"),
    ],
)
def test_shard_sizes_refuse(n, k, words):
    with pytest.raises(ValueError, match=words):
        outlook.shard_sizes(n, k)


@hypothesis.given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 6), min_size=1, max_size=4))
@hypothesis.settings(max_examples=30)
def test_the_weighted_mean_of_shards_is_the_whole(seed, sizes):
    rng = np.random.default_rng(seed)
    layers, x = network(seed), rng.normal(size=(sum(sizes), 4))
    labels = rng.integers(0, 3, size=sum(sizes))
    step = outlook.data_parallel_gradients(
        layers, x, labels, "cross_entropy", sizes=sizes, n_jobs=1
    )
    assert_same_step(step, loss_and_gradients(layers, x, labels, "cross_entropy"))


def assert_same_step(step, whole):
    loss, gradients = whole
    assert step.loss == pytest.approx(float(loss), rel=1e-12)
    for found, expected in zip(step.gradients, gradients, strict=True):
        np.testing.assert_allclose(found.weights, expected.weights, rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(found.bias, expected.bias, rtol=1e-10, atol=1e-13)


def test_the_same_call_on_cores_and_on_a_cluster_of_two_workers():
    digits = load_digits()
    x, labels = digits.x_train[:200], digits.y_train[:200]
    layers = initialize((64, 12, 10), rng=np.random.default_rng(0))
    whole = loss_and_gradients(layers, x, labels, "cross_entropy")
    call = (layers, x, labels, "cross_entropy")
    sizes = [120, 50, 30]
    assert_same_step(outlook.data_parallel_gradients(*call, sizes=sizes, n_jobs=2), whole)
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0"
        ) as cluster,
        Client(cluster),
        joblib.parallel_config("dask"),
    ):
        assert_same_step(outlook.data_parallel_gradients(*call, sizes=sizes), whole)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"layers": []}, "layers must"),
        ({"x": [[NAN, 0, 0, 0]]}, "x must hold finite"),
        ({"x": [[0.0]]}, "x must have shape"),
        ({"target": [0, 1]}, "target must hold 1 rows"),
        ({"target": 0}, "target must hold 1 rows"),
        ({"target": [[0], [0, 1]]}, "target must be an array of numbers"),
        ({"target": [7]}, "target must lie in"),
        ({"loss": "hinge"}, "loss must be one of"),
        ({"sizes": [2]}, "sizes must add up to 1, but add up to 2"),
        ({"sizes": []}, "sizes must add up to 1, but add up to 0"),
        ({"sizes": [1, 0]}, "each of sizes must be an integer of at least 1"),
        ({"n_jobs": 0}, "n_jobs must be"),
    ],
)
def test_data_parallel_gradients_refuse(changes, words):
    good = {
        "layers": network(0),
        "x": np.zeros((1, 4)),
        "target": [1],
        "loss": "cross_entropy",
        "sizes": [1],
        "n_jobs": 1,
    }
    with pytest.raises(ValueError, match=words):
        outlook.data_parallel_gradients(**{**good, **changes})


@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(1, 7), st.integers(1, 4))
@hypothesis.settings(max_examples=40)
def test_a_ring_leaves_the_sum_on_every_worker(seed, workers, piece):
    vectors = np.random.default_rng(seed).normal(size=(workers, workers * piece))
    before = vectors.copy()
    ring = outlook.ring_all_reduce(vectors)
    np.testing.assert_array_equal(vectors, before)
    np.testing.assert_allclose(ring.vectors, np.tile(vectors.sum(axis=0), (workers, 1)))
    assert ring.sent == 2 * (workers - 1) * piece


@pytest.mark.parametrize(
    ("vectors", "words"),
    [
        ([[1.0, 2.0, 3.0]] * 2, "vectors must hold a multiple of 2 numbers"),
        ([[NAN]], "vectors must hold finite"),
        ([1.0], "vectors must have shape"),
        (np.empty((0, 3)), "at least one number"),
    ],
)
def test_ring_all_reduce_refuses(vectors, words):
    with pytest.raises(ValueError, match=words):
        outlook.ring_all_reduce(vectors)


def test_the_published_names_are_there():
    assert set(outlook.__all__) <= set(dir(outlook))
