"""The numbered equations of the chapter on the forward pass, each evaluated."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.backward import backward
from mathdl.concepts import ACTIVATIONS, relu
from mathdl.forward import Layer, affine, forward, initialize, signals
from mathdl.forward.products import products, worked_example
from mathdl.forward.regions import (
    activation_pattern,
    count_regions,
    deep_region_bound,
    folding_network,
    followed_by,
    local_affine,
    max_regions,
)


def square_grid(n, half_width=1.0):
    """Return points of a square that miss all creases and axes."""
    ticks = np.linspace(-half_width, half_width, n + 1)[:-1] + half_width * 0.0012
    return np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)


@pytest.mark.equation("forward-entry")
@given(st.integers(1, 4), st.integers(1, 5), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_an_entry_is_a_sum_along_the_inputs(n_samples, n_in, n_out, seed):
    rng = np.random.default_rng(seed)
    x, w = rng.standard_normal((n_samples, n_in)), rng.standard_normal((n_out, n_in))
    b = rng.standard_normal(n_out)
    z = affine(x, w, b)
    for s, i in itertools.product(range(n_samples), range(n_out)):
        by_hand = sum(x[s, j] * w[i, j] for j in range(n_in)) + b[i]
        assert z[s, i] == pytest.approx(by_hand, abs=1e-12)
    assert products(x, w, b).shape == (n_samples, n_out, n_in + 1)
    assert products(x, w, b).sum(axis=2) == pytest.approx(z, abs=1e-12)


@pytest.mark.equation("forward-column-bias")
def test_a_column_bias_gives_each_sample_the_wrong_bias(rng):
    w, b, x = rng.standard_normal((10, 3)), rng.standard_normal(10), rng.standard_normal((10, 3))
    error = (x @ w.T + b[:, np.newaxis]) - affine(x, w, b)
    for s, i in itertools.product(range(10), range(10)):
        assert error[s, i] == pytest.approx(b[s] - b[i])
    with pytest.raises(ValueError, match="broadcast"):
        x[:2] @ w.T + b[:, np.newaxis]
    with pytest.raises(ValueError, match=r"bias must have shape \(10,\)"):
        affine(x, w, b[:, np.newaxis])


@pytest.mark.equation("forward-pattern")
@pytest.mark.equation("forward-local")
def test_the_local_map_is_the_product_of_open_rows(rng):
    layers = initialize([4, 7, 6, 3], rng=rng)
    layers = [Layer(each.weights, rng.standard_normal(len(each.bias)), each.activation)
              for each in layers]  # fmt: skip
    x = rng.standard_normal((1, 4))
    w1, w2, w3 = (each.weights for each in layers)
    pattern = activation_pattern(layers, x)[0].astype(float)
    product = w3 @ np.diag(pattern[7:]) @ w2 @ np.diag(pattern[:7]) @ w1
    matrix, offset = local_affine(layers, x)
    assert matrix[0] == pytest.approx(product)
    # The same map serves the whole piece: a small step does not leave it.
    near = x + 1e-9 * rng.standard_normal(x.shape)
    assert forward(layers, near).output[0] == pytest.approx(matrix[0] @ near[0] + offset[0])
    step = 1e-6 * rng.standard_normal(4)
    change = forward(layers, x + step).output - forward(layers, x).output
    assert change[0] == pytest.approx(matrix[0] @ step, rel=1e-6, abs=1e-14)


@pytest.mark.equation("forward-regions")
@given(st.integers(0, 12), st.integers(1, 6))
def test_the_number_of_pieces_obeys_its_recursion(n, d):
    assert max_regions(n, d) == sum(math.comb(n, k) for k in range(d + 1))
    if n and d > 1:
        assert max_regions(n, d) == max_regions(n - 1, d) + max_regions(n - 1, d - 1)
    if n <= d:
        assert max_regions(n, d) == 2**n


@given(st.integers(1, 7), st.integers(0, 2**32 - 1))
def test_lines_at_random_are_in_general_position(n, seed):
    rng = np.random.default_rng(seed)
    assert count_regions(rng.standard_normal((n, 2)), rng.standard_normal(n)) == max_regions(n, 2)


@pytest.mark.parametrize(
    ("normals", "heights", "pieces"),
    [
        ([[1, 0], [2, 0]], [0, 0], 2),  # the same line twice
        ([[1, 0], [-1, 0]], [0, 1], 3),  # two parallel lines
        ([[1, 0], [0, 1], [1, 1], [1, -1]], [0, 0, 0, 0], 8),  # four through one point
        ([[1, 0], [0, 2], [3, 3]], [-1, -2, -6], 6),  # three through (1, 1)
        ([[1, 0], [1, 0], [1, 0], [0, 1], [1, 1], [1, -2]], [-1, 0, 1, 0.3, 0.4, 0.9], 19),
    ],
)
def test_special_positions_have_fewer_pieces(normals, heights, pieces):
    assert count_regions(normals, heights) == pieces


def test_two_affine_maps_are_one_and_neither_no_neurons_nor_one_on_its_line_cut():
    assert deep_region_bound(2, [4, 6, 0]) == (2 * 3) ** 2
    assert deep_region_bound(2, [4, 6, 1]) == (2 * 3) ** 2 * 2
    assert deep_region_bound(2, [5, 7, 1]) == (2 * 3) ** 2 * 2  # nor do odd neurons fold
    # 5 (2x + 3) + 7 = 10x + 22
    (layer,) = followed_by([Layer([[2.0]], [3.0])], Layer([[5.0]], [7.0]))
    assert (layer.weights.tolist(), layer.bias.tolist()) == ([[10]], [22])
    assert activation_pattern([Layer([[1.0]], [0.0], "relu")], [[0.0]]).tolist() == [[False]]


def test_counted_pieces_are_the_patterns_seen(rng):
    weights = [[1.0, 0.2], [-0.3, -0.9], [-0.9, 0.4], [0.7, 0.7]]
    layer = Layer(weights, [0.3, -0.8, -0.9, 0.3], "relu")
    seen = np.unique(activation_pattern([layer], square_grid(300, 2.0)), axis=0)
    assert len(seen) == count_regions(layer.weights, layer.bias) == max_regions(4, 2) == 11
    (layer,) = signals.random_network(1, 1001, gain=1, rng=rng)
    assert layer.weights.shape == (1001, 1001)


@pytest.mark.equation("forward-fold")
@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=1, max_size=5))
def test_one_fold_is_an_absolute_value_stretched_and_shifted(points):
    x = np.array(points)
    assert forward(folding_network(1), x).output == pytest.approx(2 * np.abs(x) - 1)
    twice = 2 * np.abs(2 * np.abs(x) - 1) - 1
    assert forward(folding_network(2), x).output == pytest.approx(twice)


@pytest.mark.equation("forward-montufar")
@pytest.mark.parametrize("n_folds", [1, 2, 3])
def test_folding_reaches_the_bound(n_folds):
    last = Layer([[1.0, 0.3], [-0.6, 0.8], [-0.3, -1.0]], [0.4] * 3, "relu")
    network, widths = followed_by(folding_network(n_folds), last), [4] * n_folds + [3]
    assert [len(each.bias) for each in network] == widths
    matrix, offset = local_affine(network, square_grid(400))
    maps = np.column_stack([matrix[:, :, 0], matrix[:, :, 1], offset])
    formula = (4 // 2) ** (2 * n_folds) * sum(math.comb(3, k) for k in range(3))
    assert len(np.unique(maps.round(6), axis=0)) == deep_region_bound(2, widths) == formula
    assert (formula > max_regions(4 * n_folds + 3, 2)) == (n_folds >= 2)


@pytest.mark.equation("forward-half")
@pytest.mark.equation("forward-variance")
def test_variance_of_a_preactivation_of_which_relu_keeps_half(rng):
    a, sigma = rng.random(50), 0.3
    z = sigma * rng.standard_normal((100_000, 50)) @ a
    expected = 50 * sigma**2 * np.mean(a**2)
    assert z.var() == pytest.approx(expected, rel=0.02)
    assert abs(50 * sigma**2 * a.var() / expected - 1) > 0.3  # the variance would be wrong
    z = 1.7 * rng.standard_normal(1_000_000)
    assert np.mean(relu(z) ** 2) == pytest.approx(1.7**2 / 2, rel=0.01)
    assert signals.gaussian_mean_squares("relu", 1.7**2) == pytest.approx((1.7**2 / 2, 0.5))


@pytest.mark.equation("forward-recursion")
@pytest.mark.parametrize("gain", [1.0, 3.0])
def test_the_mean_square_is_multiplied_by_half_the_gain(gain, rng):
    x = rng.standard_normal((4, 400))
    ratios = [
        signals.measured_signals(
            signals.random_network(3, 400, gain=gain, rng=rng), x, x
        ).activations[-1]
        for _ in range(12)
    ]
    assert np.mean(ratios) / np.mean(x**2) == pytest.approx((gain / 2) ** 3, rel=0.15)
    predicted = signals.predicted_signals("relu", gain=gain, depth=30).activations
    assert predicted == pytest.approx((gain / 2) ** np.arange(31))


@pytest.mark.equation("forward-chain")
def test_a_gradient_goes_back_through_slope_and_weights(rng):
    layers = initialize([4, 6, 5, 3], hidden="tanh", output="tanh", rng=rng)
    x, upstream = rng.standard_normal((1, 4)), rng.standard_normal((1, 3))
    passed = forward(layers, x)
    gradient = upstream[0]
    sizes = [np.mean(gradient**2)]
    for layer, z in zip(layers[::-1], passed.preactivations[::-1], strict=True):
        slope = 1 - np.tanh(z[0]) ** 2
        # For a single sample the bias gradient is the gradient by the preactivation.
        delta = backward(layers, passed, upstream)[len(layers) - len(sizes)].bias
        assert slope * gradient == pytest.approx(delta)
        gradient = np.array(
            [sum(layer.weights[i, j] * slope[i] * gradient[i] for i in range(len(slope)))
             for j in range(layer.weights.shape[1])]
        )  # fmt: skip
        sizes.append(np.mean(gradient**2))
    assert signals.measured_signals(layers, x, upstream).gradients == pytest.approx(sizes[::-1])


@pytest.mark.equation("forward-gradient")
def test_gradients_are_multiplied_by_outputs_times_variance_over_two(rng):
    n_in, n_out, variance = 100, 300, 2 / 300
    ratios = []
    for _ in range(200):
        layer = Layer(math.sqrt(variance) * rng.standard_normal((n_out, n_in)), np.zeros(n_out),
                      "relu")  # fmt: skip
        upstream = rng.standard_normal((4, n_out))
        seen = signals.measured_signals(
            [layer], rng.standard_normal((4, n_in)), upstream
        ).gradients
        ratios.append(seen[0] / seen[1])
    assert np.mean(ratios) == pytest.approx(n_out * variance / 2, rel=0.05)
    predicted = signals.predicted_signals("relu", gain=3.0, depth=4).gradients
    assert predicted == pytest.approx(1.5 ** np.arange(4, -1, -1))
    weights, a = rng.standard_normal((500, 20)), rng.random(20)
    squares = [(w**2) * ((w @ a) > 0)[:, None] for w in (weights, -weights)]
    assert np.array_equal(sum(squares), weights**2)


@pytest.mark.equation("forward-mean-field")
@pytest.mark.parametrize(("activation", "gain"), [("tanh", 3.0), ("sigmoid", 2.0)])
def test_the_recursion_of_one_number_predicts_a_wide_network(activation, gain, rng):
    xi = rng.standard_normal(400_000)
    f = {"tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}[activation]
    predicted = signals.predicted_signals(activation, gain=gain, depth=6).activations
    for before, after in itertools.pairwise(predicted):
        assert np.mean(f(math.sqrt(gain * before) * xi) ** 2) == pytest.approx(after, rel=0.01)
    layers = signals.random_network(6, 800, gain=gain, activation=activation, rng=rng)
    x = rng.standard_normal((4, 800))
    assert signals.measured_signals(layers, x, x).activations == pytest.approx(predicted, rel=0.1)


def test_predicted_gradients_go_back_layer_by_layer():
    # For tanh the factors differ, so their order shows.
    sizes, gradients = signals.predicted_signals("tanh", gain=2.0, depth=5)
    assert gradients[-1] == 1
    for before, size, (earlier, later) in zip(
        sizes, sizes[1:], itertools.pairwise(gradients), strict=False
    ):
        value, slope = signals.gaussian_mean_squares("tanh", 2.0 * before)
        assert (value, earlier / later) == pytest.approx((size, 2.0 * slope))
    z = np.linspace(-30, 30, 1_000_000)  # none at 0, where ReLU has its kink
    weights = np.exp(-(z**2) / 8)
    for name, (function, derivative) in ACTIVATIONS.items():
        wanted = [np.average(f(z) ** 2, weights=weights) for f in (function, derivative)]
        assert signals.gaussian_mean_squares(name, 4.0) == pytest.approx(wanted, rel=1e-5), name


@pytest.mark.parametrize("variance", [1e4, 1e6])
def test_slopes_of_saturated_neurons_are_a_narrow_peak(variance):
    """Where f′ differs from 0 the density of z is nearly its value at 0, 1/√(2π variance).

    The integrals of tanh′², 1 − tanh² and σ′² over the line are 4/3, 2 and 1/6.
    """
    density = 1 / math.sqrt(2 * math.pi * variance)
    value, slope = signals.gaussian_mean_squares("tanh", variance)
    assert slope == pytest.approx(4 / 3 * density, rel=1 / variance)
    assert 1 - value == pytest.approx(2 * density, rel=1 / variance)
    assert signals.gaussian_mean_squares("sigmoid", variance)[1] == pytest.approx(
        density / 6, rel=4 / variance
    )


@pytest.mark.equation("forward-tanh")
def test_tanh_with_gain_one_fades_like_one_over_twice_the_depth():
    left = signals.predicted_signals("tanh", gain=1.0, depth=2000).activations
    assert left[2000] * 2 * 2000 == pytest.approx(1, rel=0.01)
    assert left[30] * 2 * 30 == pytest.approx(1, rel=0.05)


# What the chapter says beside its numbered equations.


@pytest.mark.equation("forward-affine")
def test_the_worked_example_is_what_the_chapter_prints():
    x, layer = worked_example()
    z = affine(x, layer.weights, layer.bias)
    assert layer.activation == "relu"
    assert z.tolist() == [
        [0.25, 0, 0.5, -2, -1.5, 1, 2, -0.5, -3, 0.5],
        [0.25, 3, -1, -6.5, 1.5, 4, 2, 1, -4.5, 2.75],
    ]
    assert ((z > 0).sum(), (z < 0).sum(), (z == 0).sum()) == (12, 7, 1)
    assert np.array_equal(z * 4, np.rint(z * 4))
    assert (np.flatnonzero(z[0] == z[1]) + 1).tolist() == [1, 7]


# Refusals.


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: count_regions([[0, 0]], [1]), "zero row"),
        (lambda: deep_region_bound(2, []), "widths must name at least one layer"),
        (lambda: deep_region_bound(2, [4, -1]), r"widths\[1\] must be an integer of at least 0"),
        (lambda: deep_region_bound(3, [2, 4]), r"widths\[0\] must be an integer of at least 3"),
        (
            lambda: count_regions([[1, 0], [1, 1e-11]], [0, 1e300]),
            "bias must not be so large that lines cross beyond the range of floats",
        ),
        (lambda: activation_pattern([Layer([[1.0]], [0.0])], [[1]]), "at least one ReLU layer"),
        (lambda: local_affine([Layer([[1.0]], [0.0], "tanh")], [[1]]), "but one is tanh"),
        (
            lambda: followed_by([Layer([[1.0]], [0.0], "relu")], Layer([[1.0]], [0.0])),
            "the last layer must be linear",
        ),
        (
            lambda: signals.random_network(10**4, 10**4, gain=1, rng=np.random.default_rng(0)),
            "^depth and width must not ask for more",
        ),
        (
            lambda: signals.predicted_signals("relu", gain=1e-200, depth=3),
            "gain must not be so small that signals vanish, but is 1e-200",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.equation("forward-difference")
@pytest.mark.parametrize(("activation", "gain"), [("tanh", 4), ("sigmoid", 2)])
def test_what_differs_is_predicted_for_a_wide_network(activation, gain, rng):
    layers = signals.random_network(8, 600, gain=gain, activation=activation, rng=rng)
    inputs = np.linalg.qr(rng.standard_normal((600, 6)))[0].T * np.sqrt(600)
    found = signals.measured_differences(layers, inputs)
    wanted = signals.predicted_differences(activation, gain=gain, depth=8)
    assert found == pytest.approx(wanted, rel=0.25)


def test_what_differs_after_relu_is_the_known_map_of_cosines():
    cosine, wanted = 0.0, [1.0]
    for _ in range(30):
        angle = np.arccos(cosine)
        cosine = (np.sin(angle) + (np.pi - angle) * cosine) / np.pi  # cho2009kernel, eq. 6
        wanted.append(1 - cosine)
    for gain in (0.5, 2, 6):
        found = signals.predicted_differences("relu", gain=gain, depth=30)
        assert found == pytest.approx(wanted, rel=1e-3)


def test_small_differences_shrink_as_gradients_do_and_linear_layers_keep_them():
    differences = signals.predicted_differences("sigmoid", gain=2, depth=30)
    gradients = signals.predicted_signals("sigmoid", gain=2, depth=30).gradients
    forward_factor = differences[21:] / differences[20:-1]
    backward_factor = gradients[20:-1] / gradients[21:]
    assert forward_factor == pytest.approx(backward_factor, rel=1e-6)
    whole = signals.predicted_differences("sigmoid", gain=0.5, depth=9)
    factors = whole[1:] / whole[:-1]
    assert whole[7] < 1e-8 < whole[5]
    assert factors[5:] == pytest.approx(factors[-1], rel=1e-3)
    kept = signals.predicted_differences("identity", gain=3, depth=5)
    assert kept == pytest.approx(np.ones(6))
    with pytest.raises(ValueError, match="at least two samples"):
        signals.measured_differences([Layer([[1.0]], [0.0])], [[1.0]])
