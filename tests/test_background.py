"""The kernels of the background chapter: holes in digits, XOR, hats and tents."""

import itertools
import math

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl import background
from mathdl.background import (
    TARGETS,
    XOR_X,
    XOR_Y,
    accuracy,
    best_affine_fit,
    directed_units,
    enclosed_paper,
    fold_path,
    hand_features,
    has_hole,
    hat_network,
    hats_needed,
    hole_problem,
    interpolation_bound,
    level_segments,
    linear_pieces,
    nearest_neighbour,
    shallow_units_needed,
    spread_network,
    standard_error,
    sup_error,
    tent,
    tent_network,
    xor_network,
)
from mathdl.datasets import Digits, load_digits
from mathdl.experiments.background import train_on_curve
from mathdl.forward import Layer, forward

NAN = float("nan")
BLANK = np.zeros((1, 64))
SINGLE_RELU = [Layer(np.ones((1, 1)), np.zeros(1), "relu")]
TANH = [Layer(np.ones((1, 1)), np.zeros(1), "tanh")]


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(scope="module")
def problem():
    return hole_problem(load_digits())


def picture(*rows):
    """Turn eight strings of # and . into one image of 64 numbers."""
    return np.array([[float(mark == "#") for row in rows for mark in row]])


RING = picture(
    "........",
    "..####..",
    "..#..#..",
    "..#..#..",
    "..####..",
    "........",
    "........",
    "........",
)
CUP = picture(
    "........",
    "..#..#..",
    "..#..#..",
    "..#..#..",
    "..####..",
    "........",
    "........",
    "........",
)


# Digits with a hole


def test_the_problem_leaves_out_the_fours_and_keeps_the_order(problem):
    digits = load_digits()
    kept = digits.y_test != 4
    assert problem.x_test.shape == (1616, 64)
    assert problem.y_test.shape == (1616, 1)
    np.testing.assert_array_equal(problem.x_test, digits.x_test[kept])
    np.testing.assert_array_equal(
        problem.y_test[:, 0], [digit in (0, 6, 8, 9) for digit in digits.y_test[kept]]
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"x_train": np.ones((3, 63))}, r"x_train must have shape \(n_samples, 64\)"),
        ({"x_test": 2 * np.ones((1, 64))}, "x_test must lie between 0 and 1"),
        ({"x_test": np.full((1, 64), NAN)}, "x_test must hold finite numbers"),
        ({"y_train": np.array([0, 1])}, r"y_train must have shape \(1,\)"),
        ({"y_train": [[0], [0, 1]]}, r"digits\.y_train must be an array of numbers"),
        ({"y_test": np.array([4])}, "y_test must name at least one digit other than 4"),
        ({"x_train": np.zeros((0, 64)), "y_train": np.zeros(0)}, "x_train must hold at least one"),
    ],
)
def test_hole_problem_refuses(changed, words):
    digits = Digits(BLANK, np.array([3]), BLANK, np.array([8]))
    with pytest.raises(ValueError, match=words):
        hole_problem(digits._replace(**changed))


def test_only_the_paper_inside_a_ring_is_enclosed():
    expected = np.zeros((8, 8), dtype=bool)
    expected[2:4, 3:5] = True
    np.testing.assert_array_equal(enclosed_paper(RING)[0], expected)
    assert not enclosed_paper(CUP).any()
    np.testing.assert_array_equal(has_hole(np.vstack([RING, CUP])), [[True], [False]])


def test_water_does_not_pass_between_two_pixels_that_touch_at_a_corner():
    diamond = picture(
        "........",
        "...#....",
        "..#.#...",
        "...#....",
        "........",
        "........",
        "........",
        "........",
    )
    assert enclosed_paper(diamond).sum() == 1


def test_the_edge_of_the_image_is_no_wall():
    corner = picture("..#.....", "..#.....", "###.....", *["........"] * 5)
    assert not enclosed_paper(corner).any()


def test_the_highest_threshold_takes_full_ink_only():
    assert enclosed_paper(RING, threshold=1).sum() == enclosed_paper(RING).sum()
    assert not enclosed_paper(0.9 * RING, threshold=1).any()


def test_a_lower_threshold_closes_faint_strokes():
    faint = RING.copy()
    faint[0, 8 + 3] = 0.3
    assert not has_hole(faint, 0.5)
    assert has_hole(faint, 0.25)


def test_an_image_of_ink_has_no_hole():
    assert not has_hole(np.ones((2, 64))).any()


@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(1, 4))
@hypothesis.settings(max_examples=30, deadline=None)
def test_enclosed_paper_is_paper_and_its_neighbours_are_enclosed_or_ink(seed, n):
    ink = np.random.default_rng(seed).uniform(size=(n, 64))
    enclosed = enclosed_paper(ink)
    paper = ink.reshape(n, 8, 8) < 0.5
    assert not (enclosed & ~paper).any()
    assert not enclosed[:, [0, -1]].any()
    assert not enclosed[:, :, [0, -1]].any()
    assert not (enclosed[:, 1:] & paper[:, :-1] & ~enclosed[:, :-1]).any()
    assert not (enclosed[:, :, 1:] & paper[:, :, :-1] & ~enclosed[:, :, :-1]).any()


@pytest.mark.parametrize("function", [enclosed_paper, has_hole, hand_features])
@pytest.mark.parametrize(
    ("images", "words"),
    [
        (np.zeros((8, 8)), r"images must have shape \(n_samples, 64\)"),
        (np.zeros((1, 8, 8)), r"images must have shape \(n_samples, 64\)"),
        (np.zeros((0, 64)), "images must hold at least one number"),
        (np.full((1, 64), NAN), "images must hold finite numbers only"),
        (np.full((1, 64), 16.0), "images must lie between 0 and 1"),
    ],
)
def test_functions_of_images_refuse(function, images, words):
    with pytest.raises(ValueError, match=words):
        function(images)


@pytest.mark.parametrize("threshold", [0, -1, 1.5, NAN])
def test_the_threshold_must_lie_above_0_and_up_to_1(threshold):
    with pytest.raises(ValueError, match="threshold must"):
        enclosed_paper(BLANK, threshold)
    with pytest.raises(ValueError, match="threshold must"):
        has_hole(BLANK, threshold)


def test_hand_features_of_a_ring():
    rows, columns, row_strokes, column_strokes = hand_features(RING)[0].reshape(4, 8)
    np.testing.assert_array_equal(rows, [0, 4, 2, 2, 4, 0, 0, 0])
    np.testing.assert_array_equal(columns, [0, 0, 4, 2, 2, 4, 0, 0])
    np.testing.assert_array_equal(row_strokes, [0, 1, 2, 2, 1, 0, 0, 0])
    np.testing.assert_array_equal(column_strokes, [0, 0, 1, 2, 2, 1, 0, 0])


def test_a_stroke_has_more_than_half_ink():
    assert not hand_features(0.5 * RING)[0, 16:].any()
    np.testing.assert_array_equal(hand_features(0.51 * RING)[0, 16:], hand_features(RING)[0, 16:])


def test_best_affine_fit_recovers_an_affine_map_and_handles_constant_inputs(rng):
    x = np.column_stack([rng.normal(size=(20, 3)), np.ones(20)])
    weights, bias = rng.normal(size=(2, 4)), rng.normal(size=2)
    fit = best_affine_fit(x, x @ weights.T + bias)
    np.testing.assert_allclose(forward([fit], x).output, x @ weights.T + bias, atol=1e-12)
    assert np.isfinite(fit.weights).all()


@hypothesis.given(st.integers(1, 12), st.integers(1, 4), st.integers(0, 2**32 - 1))
@hypothesis.settings(max_examples=30, deadline=None)
def test_no_other_affine_map_beats_the_best_fit(n, n_in, seed):
    rng = np.random.default_rng(seed)
    x, target = rng.normal(size=(n, n_in)), rng.normal(size=(n, 1))
    fit = best_affine_fit(x, target)
    other = Layer(fit.weights + rng.normal(size=fit.weights.shape), fit.bias + rng.normal(size=1))
    error, other_error = (
        np.mean((forward([layer], x).output - target) ** 2) for layer in (fit, other)
    )
    assert error <= other_error + 1e-12


@pytest.mark.parametrize(
    ("x", "target", "words"),
    [
        ([1.0, 2.0], [[1.0]], r"x must have shape \(n_samples, n_in\)"),
        ([[1.0], [2.0]], [[1.0]], r"target must have shape \(2, n_out\)"),
        ([[1.0], [2.0]], [1.0, 2.0], r"target must have shape \(2, n_out\)"),
        (np.zeros((0, 2)), np.zeros((0, 1)), "x must hold at least one number"),
        ([[NAN]], [[1.0]], "x must hold finite numbers"),
        ([[1.0]], [[math.inf]], "target must hold finite numbers"),
    ],
)
def test_best_affine_fit_refuses(x, target, words):
    with pytest.raises(ValueError, match=words):
        best_affine_fit(x, target)


def test_accuracy_counts_and_takes_booleans():
    answers = [[1], [0], [1], [0]]
    assert accuracy([[2.0], [0.5], [0.4], [-1.0]], answers) == 0.75
    assert accuracy([[2.0], [-0.5], [0.4], [-1.0]], answers, threshold=0) == 1
    assert accuracy([[True], [True], [True], [False]], answers) == 0.75


@pytest.mark.parametrize(
    ("scores", "answers", "threshold", "words"),
    [
        ([1.0], [[1]], 0.5, r"scores must have shape \(n_samples, 1\)"),
        ([[1.0], [1.0, 0.0]], [[1], [0]], 0.5, "scores must be an array of numbers"),
        ([[1.0], [0.0]], [[1]], 0.5, "scores and answers must have the same shape"),
        ([[1.0]], [1], 0.5, r"answers must have shape \(n_samples, 1\)"),
        ([[1.0]], [[2]], 0.5, "answers must lie between 0 and 1"),
        ([[1.0]], [[0.5]], 0.5, "answers must be 0 or 1"),
        ([[NAN]], [[1]], 0.5, "scores must hold finite numbers"),
        (np.zeros((0, 1)), np.zeros((0, 1)), 0.5, "scores must hold at least one"),
        ([[1.0]], [[1]], NAN, "threshold must be one finite real number"),
    ],
)
def test_accuracy_refuses(scores, answers, threshold, words):
    with pytest.raises(ValueError, match=words):
        accuracy(scores, answers, threshold)


@pytest.mark.parametrize(
    ("share", "n", "words"),
    [
        (1.2, 10, r"share must lie in \[0, 1\]"),
        (NAN, 10, "share must be one finite real number"),
        (0.5, 0, "n_samples must be an integer of at least 1"),
        (0.5, 2.5, "n_samples must be an integer of at least 1"),
    ],
)
def test_standard_error_refuses(share, n, words):
    with pytest.raises(ValueError, match=words):
        standard_error(share, n)


def test_standard_error_takes_more_samples_than_any_memory_holds():
    assert standard_error(0.5, 10**12) == pytest.approx(5e-7)


def test_standard_error_is_the_spread_of_repeated_counts(rng):
    shares = rng.binomial(400, 0.9, size=20_000) / 400
    assert shares.std() == pytest.approx(standard_error(0.9, 400), rel=0.02)


def test_the_nearest_neighbour_of_a_training_sample_is_itself(rng):
    x, y = rng.normal(size=(30, 5)), rng.normal(size=(30, 2))
    np.testing.assert_array_equal(nearest_neighbour(x, y, x), y)
    assert nearest_neighbour([[0.0], [4.0]], [[1], [2]], [[1.9], [2.1]]).ravel().tolist() == [1, 2]
    far = nearest_neighbour([[1e9, 0], [1e9, 1]], [[1], [2]], [[1e9, 0.4], [1e9, 0.6]])
    assert far.ravel().tolist() == [1, 2]


@pytest.mark.parametrize(
    ("x_train", "y_train", "x", "words"),
    [
        ([1.0], [[1]], [[1.0]], r"x_train must have shape \(n_train, n_in\)"),
        ([[1.0]], [[1], [2]], [[1.0]], r"y_train must have shape \(1, n_out\)"),
        ([[1.0]], [[1]], [[1.0, 2.0]], r"x must have shape \(n_samples, 1\)"),
        ([[NAN]], [[1]], [[1.0]], "x_train must hold finite numbers"),
        ([[1.0]], [[1]], [[NAN]], "x must hold finite numbers"),
        ([[1.0]], [[1]], np.zeros((0, 1)), "x must hold at least one"),
    ],
)
def test_nearest_neighbour_refuses(x_train, y_train, x, words):
    with pytest.raises(ValueError, match=words):
        nearest_neighbour(x_train, y_train, x)


def test_accuracies_that_the_chapter_quotes(problem):
    """Measured once, on this data; a change of the rule, the features or the fit shows here."""
    x, y, x_test, y_test = problem
    assert accuracy(has_hole(x_test), y_test) == pytest.approx(1422 / 1616)
    by_hand = best_affine_fit(hand_features(x), y)
    assert accuracy(forward([by_hand], hand_features(x_test)).output, y_test) == pytest.approx(
        0.912, abs=0.001
    )
    pixels = best_affine_fit(x, y)
    assert accuracy(forward([pixels], x_test).output, y_test) == pytest.approx(0.9245, abs=0.001)
    assert accuracy(nearest_neighbour(x, y, x_test), y_test) == pytest.approx(0.987, abs=0.001)


# XOR


def test_the_xor_network_in_numbers_worked_by_hand():
    """Goodfellow et al. (2016), section 6.1, p. 171: the hidden rows and the answers."""
    passed = forward(xor_network(), XOR_X)
    np.testing.assert_array_equal(passed.preactivations[0], [[0, -1], [1, 0], [1, 0], [2, 1]])
    np.testing.assert_array_equal(passed.inputs[1], [[0, 0], [1, 0], [1, 0], [2, 1]])
    np.testing.assert_array_equal(passed.output, XOR_Y)


def test_directed_units_at_45_degrees_are_the_xor_network():
    layer = directed_units([45, 45])
    np.testing.assert_allclose(layer.weights, xor_network()[0].weights, atol=1e-15)
    np.testing.assert_allclose(layer.bias, xor_network()[0].bias, atol=1e-15)


@hypothesis.given(st.floats(-720, 720), st.floats(-720, 720))
def test_the_first_directed_unit_is_open_on_the_square_and_the_second_zero_at_its_centre(a, b):
    layer = directed_units([a, b])
    corners = forward([layer], XOR_X).preactivations[0]
    assert corners[:, 0].min() >= -1e-12
    assert forward([layer], [[0.5, 0.5]]).preactivations[0][0, 1] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("angles", [[45], [1, 2, 3], [NAN, 1], 45, []])
def test_directed_units_refuse(angles):
    with pytest.raises(ValueError, match="angles must"):
        directed_units(angles)


def test_directed_units_refuse_an_unknown_activation():
    with pytest.raises(ValueError, match="activation must be one of"):
        directed_units([0, 0], activation="step")


@hypothesis.given(st.integers(0, 2**32 - 1))
@hypothesis.settings(max_examples=40, deadline=None)
def test_a_folded_path_holds_the_image_of_every_point_of_the_path(seed):
    rng = np.random.default_rng(seed)
    hidden = Layer(rng.normal(size=(3, 2)), rng.normal(size=3), "relu")
    start, end = rng.normal(size=(2, 2))
    corners = fold_path(start, end, hidden)
    assert corners.shape == (5, 3)
    ends = forward([hidden], [start, end]).output
    np.testing.assert_allclose(corners[[0, -1]], ends, atol=1e-12)
    share = rng.uniform()
    image = forward([hidden], [start + share * (end - start)]).output[0]
    assert min(distance_to_segment(image, *pair) for pair in itertools.pairwise(corners)) < 1e-9


def test_a_way_along_the_crease_folds_nowhere():
    hidden = Layer([[1.0, 0.0], [0.0, 1.0]], [-0.5, 0.0], "relu")  # creases x = ½ and y = 0
    corners = fold_path([0.5, -1.0], [0.5, 1.0], hidden)
    np.testing.assert_allclose(corners, [[0, 0], [0, 0], [0, 0], [0, 1]], atol=1e-15)
    beside = fold_path([0.25, 1.0], [0.25, -1.0], hidden)  # one crease is never met
    np.testing.assert_allclose(beside, [[0, 1], [0, 1], [0, 0], [0, 0]], atol=1e-15)


def distance_to_segment(point, start, end):
    along = end - start
    share = np.clip((point - start) @ along / max(along @ along, 1e-300), 0, 1)
    return np.linalg.norm(point - start - share * along)


@pytest.mark.parametrize(
    ("start", "end", "hidden", "words"),
    [
        ([0], [1, 1], xor_network()[0], r"start must have shape \(2,\)"),
        ([0, 0], [1, NAN], xor_network()[0], "end must hold finite numbers"),
        ([0], [1], TANH[0], "piecewise linear"),
        ([0], [1], "layer", "hidden must be a Layer"),
    ],
)
def test_fold_path_refuses(start, end, hidden, words):
    with pytest.raises(ValueError, match=words):
        fold_path(start, end, hidden)


@pytest.mark.parametrize("activation", ["relu", "identity"])
@pytest.mark.parametrize("seed", range(8))
def test_level_segments_are_the_level_and_miss_no_crossing(seed, activation):
    rng = np.random.default_rng(seed)
    layers = [
        Layer(rng.normal(size=(3, 2)), rng.normal(size=3), activation),
        Layer(rng.normal(size=(1, 3)), rng.normal(size=1)),
    ]
    segments = level_segments(layers, 0.3, -2, 2)
    for start, end in segments:
        points = start + np.linspace(0, 1, 5)[:, None] * (end - start)
        np.testing.assert_allclose(forward(layers, points).output, 0.3, atol=1e-9)
        assert np.abs(points).max() <= 2 + 1e-9
    y = np.linspace(-2, 2, 41)
    for x in (-1.37, 0.41, 1.23):
        column = np.column_stack([np.full(41, x), y])
        above = forward(layers, column).output[:, 0] > 0.3
        changes = np.count_nonzero(above[1:] != above[:-1])
        crossed = sum(min(s[0], e[0]) <= x <= max(s[0], e[0]) for s, e in segments)
        assert crossed >= changes


def test_xor_is_cut_by_two_parallel_lines():
    segments = level_segments(xor_network(), 0.5, 0, 1)
    sums = sorted(segment.sum(axis=1).round(9).tolist() for segment in segments)
    assert sums == [[0.5, 0.5], [1.5, 1.5]]


def test_a_level_that_is_never_met_gives_no_segment():
    assert level_segments(xor_network(), 7.0, 0, 1).shape == (0, 2, 2)
    flat = [xor_network()[0], Layer(np.zeros((1, 2)), np.zeros(1))]
    assert level_segments(flat, 0.5, 0, 1).shape == (0, 2, 2)


def test_a_level_along_the_edge_of_the_square_counts():
    layers = [Layer(np.eye(2), np.zeros(2)), Layer([[1.0, 0.0]], [0.0])]
    np.testing.assert_array_equal(level_segments(layers, 0, 0, 1), [[[0, 0], [0, 1]]])


def wide(n_units):
    """Return a linear network with many hidden units, all zero on the line x₁ + x₂ = 1."""
    hidden = Layer(np.ones((n_units, 2)), -np.ones(n_units))
    return [hidden, Layer(np.ones((1, n_units)), np.zeros(1))]


def test_a_hidden_layer_may_have_16_units():
    segment = level_segments(wide(16), 0, 0, 1)[0]
    np.testing.assert_allclose(segment.sum(axis=1), 1)


@pytest.mark.parametrize(
    ("layers", "level", "lower", "upper", "words"),
    [
        (xor_network()[:1], 0.5, 0, 1, "layers must be two"),
        ([*SINGLE_RELU, *SINGLE_RELU], 0.5, 0, 1, "layers must be two"),
        (TANH, 0.5, 0, 1, "piecewise linear"),
        ([], 0.5, 0, 1, "layers must be"),
        (xor_network(), NAN, 0, 1, "level must be one finite real number"),
        (xor_network(), 0.5, 1, 1, "upper must exceed lower"),
        (wide(17), 0, 0, 1, "layers must have at most 16 hidden units"),
        (
            [Layer(np.ones((1, 2)), [1e308]), Layer([[1e308]], [0.0])],
            *(0, 0, 1),
            "layers, level, lower and upper must not be so large",
        ),
    ],
)
def test_level_segments_refuse(layers, level, lower, upper, words):
    with pytest.raises(ValueError, match=words):
        level_segments(layers, level, lower, upper)


# Hats


@hypothesis.given(st.integers(2, 30), st.integers(0, 2**32 - 1))
@hypothesis.settings(max_examples=40, deadline=None)
def test_a_hat_network_is_linear_interpolation(n, seed):
    rng = np.random.default_rng(seed)
    knots = np.cumsum(rng.uniform(0.1, 1, size=n))
    values = rng.normal(size=n)
    network = hat_network(knots, values)
    assert network[0].weights.shape == (n - 1, 1)
    x = np.sort(np.concatenate([knots, rng.uniform(knots[0], knots[-1], size=20)]))
    expected = np.interp(x, knots, values)
    np.testing.assert_allclose(forward(network, x[:, None]).output[:, 0], expected, atol=1e-8)


def test_a_hat_network_stays_constant_on_the_left_and_goes_straight_on_on_the_right():
    network = hat_network([0, 1, 2], [3, 4, 6])
    outside = forward(network, [[-5.0], [0.0], [3.0], [12.0]]).output[:, 0]
    np.testing.assert_allclose(outside, [3, 3, 8, 26])


@pytest.mark.parametrize(
    ("knots", "values", "words"),
    [
        ([0], [1], "at least two numbers that increase"),
        ([0, 0], [1, 1], "at least two numbers that increase"),
        ([1, 0], [1, 1], "at least two numbers that increase"),
        ([0, 2, 1], [1, 1, 1], "at least two numbers that increase"),
        ([[0, 1]], [1, 1], r"knots must have shape \(n_knots,\)"),
        ([0, 1], [1], r"values must have shape \(2,\)"),
        ([0, NAN], [1, 1], "knots must hold finite numbers"),
        ([0, 1], [1, math.inf], "values must hold finite numbers"),
        ([], [], "knots must hold at least one"),
    ],
)
def test_hat_network_refuses(knots, values, words):
    with pytest.raises(ValueError, match=words):
        hat_network(knots, values)


@pytest.mark.parametrize("name", TARGETS)
def test_the_curvature_of_a_target_is_its_largest_second_derivative(name):
    function, curvature = TARGETS[name]
    step = 1e-4
    x = np.linspace(step, 1 - step, 20_001)
    second = np.abs(function(x + step) - 2 * function(x) + function(x - step)) / step**2
    if math.isinf(curvature):
        assert second.max() > 1e3
    else:
        assert second.max() == pytest.approx(curvature, rel=1e-3)
        assert second.max() <= curvature + 1e-3


def test_sup_error_of_a_known_pair():
    identity = [Layer(np.ones((1, 1)), np.zeros(1))]
    assert sup_error(identity, lambda x: x**2) == pytest.approx(0.25)  # at x = ½
    assert sup_error(identity, np.zeros_like, lower=-3, upper=1, n_points=5) == 3


@pytest.mark.parametrize(
    ("layers", "function", "options", "words"),
    [
        (xor_network(), np.sin, {}, "one input and one output, but have 2 and 1"),
        (SINGLE_RELU, lambda x: x.ravel(), {}, r"function\(x\) must have shape"),
        (SINGLE_RELU, lambda x: x * NAN, {}, r"function\(x\) must hold finite numbers"),
        (SINGLE_RELU, np.sin, {"lower": 1.0}, "upper must exceed lower"),
        (SINGLE_RELU, np.sin, {"upper": NAN}, "upper must be one finite real number"),
        (SINGLE_RELU, np.sin, {"n_points": 1}, "n_points must be an integer of at least 2"),
        (tent_network(2), np.sin, {"n_points": 10**9}, "n_points and layers must"),
        ([], np.sin, {}, "layers must be"),
    ],
)
def test_sup_error_refuses(layers, function, options, words):
    with pytest.raises(ValueError, match=words):
        sup_error(layers, function, **options)


def test_the_bound_of_nothing_known_is_infinite():
    assert interpolation_bound(0.1, math.inf) == math.inf
    assert interpolation_bound(0.1, 0) == 0


@pytest.mark.parametrize(
    ("spacing", "curvature", "words"),
    [
        (0, 1, "spacing must be greater than 0"),
        (math.inf, 1, "spacing must be one finite real number"),
        (1, -1, "curvature must be at least 0"),
        (1, NAN, "curvature must be one finite real number"),
        (1, -math.inf, "curvature must be one finite real number"),
        (1e160, 1, "spacing must be smaller for such a curvature, but is"),
    ],
)
def test_interpolation_bound_refuses(spacing, curvature, words):
    with pytest.raises(ValueError, match=words):
        interpolation_bound(spacing, curvature)


@hypothesis.given(st.floats(1e-6, 10), st.floats(0, 1e4), st.floats(0.01, 100))
def test_the_counted_hats_meet_the_tolerance_and_one_fewer_do_not(tolerance, curvature, length):
    n = hats_needed(tolerance, curvature, length)
    assert interpolation_bound(length / n, curvature) <= tolerance * (1 + 1e-6)
    if n > 1:
        assert interpolation_bound(length / (n - 1), curvature) > tolerance * (1 - 1e-6)


def test_hats_that_meet_the_tolerance_exactly_are_enough():
    assert hats_needed(1 / 16, 8) == 4  # the bound is (1/4)² · 8 / 8


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0, 1), "tolerance must be greater than 0"),
        ((1, -1), "curvature must be at least 0"),
        ((1, math.inf), "curvature must be one finite real number"),
        ((1, 1, 0), "length must be greater than 0"),
        ((NAN, 1), "tolerance must be one finite real number"),
    ],
)
def test_hats_needed_refuses(arguments, words):
    with pytest.raises(ValueError, match=words):
        hats_needed(*arguments)


def test_a_spread_network_opens_inside_the_interval(rng):
    hidden, output = spread_network(50, rng=rng)
    opens_at = -hidden.bias / hidden.weights[:, 0]
    assert opens_at.min() >= 0
    assert opens_at.max() <= 1
    assert opens_at.std() > 0.2
    assert output.weights.shape == (1, 50)


def test_spread_network_refuses(rng):
    with pytest.raises(ValueError, match="n_units must be an integer of at least 1"):
        spread_network(0, rng=rng)
    with pytest.raises(ValueError, match=r"rng must be a numpy\.random\.Generator"):
        spread_network(3, rng=0)


def test_training_on_a_curve_lowers_the_error_and_repeats_itself(rng):
    def line(x):
        return 2 * x - 1

    before = train_on_curve(line, 8, rng=np.random.default_rng(3), n_steps=1)
    after, again = (train_on_curve(line, 8, rng=np.random.default_rng(3)) for _ in range(2))
    assert sup_error(after, line) < 0.1 * sup_error(before, line)
    np.testing.assert_array_equal(after[0].weights, again[0].weights)


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        ((np.ravel, 4), {}, r"function\(x\) must have shape \(129, 1\)"),
        ((lambda x: x * NAN, 4), {}, r"function\(x\) must hold finite numbers"),
        ((np.sin, 0), {}, "n_units must be an integer of at least 1"),
        ((np.sin, 4), {"rng": 0}, r"rng must be a numpy\.random\.Generator"),
        ((np.sin, 4), {"n_steps": 0}, "n_steps must be an integer of at least 1"),
        ((np.sin, 4), {"learning_rate": 0}, "learning_rate must be greater than 0"),
    ],
)
def test_train_on_curve_refuses(arguments, options, words, rng):
    with pytest.raises(ValueError, match=words):
        train_on_curve(*arguments, **{"rng": rng, **options})


# Depth


@pytest.mark.parametrize("x", [1.5, -0.1, [0.2, NAN], [], math.inf, [[0.1], [0.2, 0.3]]])
def test_tent_refuses(x):
    with pytest.raises(ValueError, match="x must"):
        tent(x)


@pytest.mark.parametrize("depth", [1, 2, 5, 9])
def test_the_tent_network_composes_tents(depth, rng):
    x = rng.uniform(size=(50, 1))
    expected = x
    for _ in range(depth):
        expected = tent(expected)
    np.testing.assert_allclose(forward(tent_network(depth), x).output, expected, atol=1e-9)


@pytest.mark.parametrize("depth", [0, 1.5, 51, True])
def test_tent_network_refuses(depth):
    with pytest.raises(ValueError, match="depth must"):
        tent_network(depth)


def test_a_hat_network_has_its_knots_as_ends_of_pieces():
    knots = [0, 0.2, 0.5, 1]
    np.testing.assert_allclose(linear_pieces(hat_network(knots, [0, 1, 0, 2])), knots)
    straight = hat_network(knots, [0, 0.2, 0.5, 1])
    np.testing.assert_allclose(linear_pieces(straight), [0, 1])


@pytest.mark.parametrize("size", [1e-8, 1e8])
def test_the_pieces_are_the_same_at_any_size(size):
    hidden, output = hat_network([0, 0.25, 0.5, 1], [0, 1, 0, 2])
    small = Layer(size * hidden.weights, size * hidden.bias, "relu")
    np.testing.assert_allclose(linear_pieces([small, output]), [0, 0.25, 0.5, 1])


def test_linear_pieces_refuse_values_that_overflow():
    with pytest.raises(ValueError, match="layers must not be so large that the network's values"):
        linear_pieces([Layer([[1e308]], [1e308], "relu"), Layer([[1.0]], [0.0])])


@pytest.mark.parametrize("bias", [3 * 0.1 - 0.3, 0.3 - 3 * 0.1])
def test_a_unit_that_round_off_opens_before_the_interval_makes_no_piece(bias):
    assert abs(bias) == pytest.approx(5.6e-17, rel=0.01)
    layers = [Layer([[1.0]], [bias], "relu"), Layer([[1.0]], [0.0])]
    np.testing.assert_array_equal(linear_pieces(layers), [0, 1])


@pytest.mark.parametrize("seed", range(6))
def test_the_pieces_of_a_random_deep_network_are_linear_and_differ(seed):
    rng = np.random.default_rng(seed)
    sizes = [1, 5, 4, 1]
    layers = [
        Layer(rng.normal(size=(m, n)), rng.normal(size=m), "relu" if m > 1 else "identity")
        for n, m in itertools.pairwise(sizes)
    ]
    ends = linear_pieces(layers, -3, 3)
    middles = (ends[1:] + ends[:-1]) / 2
    at_ends, at_middles = (forward(layers, x[:, None]).output[:, 0] for x in (ends, middles))
    np.testing.assert_allclose(at_middles, (at_ends[1:] + at_ends[:-1]) / 2, atol=1e-9)
    slopes = np.diff(at_ends) / np.diff(ends)
    assert (np.abs(np.diff(slopes)) > 1e-9).all()


@pytest.mark.parametrize(
    ("layers", "lower", "upper", "words"),
    [
        (TANH, 0, 1, "piecewise linear"),
        (xor_network(), 0, 1, "one input and one output"),
        (SINGLE_RELU, 1, 0, "upper must exceed lower"),
        (SINGLE_RELU, NAN, 0, "lower must be one finite real number"),
        ([], 0, 1, "layers must be"),
    ],
)
def test_linear_pieces_refuse(layers, lower, upper, words):
    with pytest.raises(ValueError, match=words):
        linear_pieces(layers, lower, upper)


@pytest.mark.parametrize("depth", [0, -1, 2.5])
def test_shallow_units_needed_refuses(depth):
    with pytest.raises(ValueError, match="depth must be an integer of at least 1"):
        shallow_units_needed(depth)


def test_the_published_names_are_there():
    assert set(background.__all__) <= set(dir(background))
