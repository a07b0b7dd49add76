"""The kernels that only the backward chapter uses: paths, tape, scalar networks, steps, growth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathdl.backward import Node, loss_and_gradients, numerical_gradient, paths
from mathdl.backward.growth import growth_factor
from mathdl.backward.paths import (
    example_chain,
    layer_jacobians,
    path_products,
    path_units,
    product_cost,
)
from mathdl.backward.scalar_network import graph_size, scalar_gradients, scalar_network
from mathdl.backward.step_size import (
    best_step,
    difference_errors,
    difference_quotient,
    error_terms,
    kink_error,
    loss_of_parameters,
    relative_error,
)
from mathdl.backward.tape import ARROWS, LEAVES, N_STEPS, compute, loss_of_x, sweep
from mathdl.forward import Layer, forward, initialize, parameter_vector
from mathdl.forward.signals import measured_signals, random_network

# -- paths ---------------------------------------------------------------------------------------


@given(widths=st.lists(st.integers(1, 4), min_size=2, max_size=4), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_path_products_add_up_to_the_jacobian(widths, seed):
    rng = np.random.default_rng(seed)
    layers = initialize(widths, hidden="tanh", scheme="glorot", rng=rng)
    jacobians = layer_jacobians(layers, rng.normal(size=widths[0]))
    whole = jacobians[0]
    for jacobian in jacobians[1:]:
        whole = jacobian @ whole
    inner = tuple(range(1, len(widths) - 1))
    assert path_products(jacobians).shape == tuple(widths)
    assert np.allclose(path_products(jacobians).sum(axis=inner).T, whole)
    assert len(path_units(jacobians)) == np.prod(widths)


def test_layer_jacobians_agree_with_differences():
    rng = np.random.default_rng(0)
    layers = initialize([3, 4, 2], hidden="sigmoid", scheme="glorot", rng=rng)
    x = rng.normal(size=3)
    first, second = layer_jacobians(layers, x)
    measured = [
        numerical_gradient(lambda v, i=i: forward(layers, v[None]).output[0, i], x)
        for i in range(2)
    ]
    assert np.allclose(second @ first, measured, atol=1e-9)


def test_paths_are_listed_in_the_order_of_their_products():
    jacobians = layer_jacobians(example_chain(), [0.5])
    for units, product in zip(
        path_units(jacobians), path_products(jacobians).ravel(), strict=True
    ):
        along = [jacobian[units[k + 1], units[k]] for k, jacobian in enumerate(jacobians)]
        assert np.isclose(np.prod(along), product)


def test_the_example_chain_cancels_at_one_and_not_at_one_half():
    def products(x):
        return path_products(layer_jacobians(example_chain(), [x])).ravel()

    assert abs(products(1.0).sum()) < 0.05 * abs(products(1.0)).max()
    assert abs(products(0.5).sum()) > 0.5


def test_the_example_chain_is_tanh_inside_and_affine_at_its_end():
    chain = example_chain()
    assert [layer.activation for layer in chain] == ["tanh", "tanh", "identity"]
    assert forward(chain, [[0.1]]).output[0, 0] == pytest.approx(
        0.9 * np.tanh(-0.7 * np.tanh(0.06) - 1.6 * np.tanh(-0.41) + 1.1 * np.tanh(-0.44) - 0.2)
        + 1.2 * np.tanh(1.1 * np.tanh(0.06) + 0.5 * np.tanh(-0.41) + 0.6 * np.tanh(-0.44))
    )


def test_path_products_keep_the_type_of_the_jacobians():
    for dtype in (np.float32, np.float64):
        products = path_products([np.ones((3, 2), dtype), np.ones((1, 3), dtype)])
        assert products.dtype == dtype


def test_product_cost_by_hand():
    # Widths 4, 3, 2, 1. From the left: 1·2·3 + 1·3·4 = 18. From the right: 4·3·2 + 4·2·1 = 32.
    assert product_cost([4, 3, 2, 1], "reverse") == 18
    assert product_cost([4, 3, 2, 1], "forward") == 32
    assert product_cost([1, 2, 3, 4], "forward") == 18


def test_two_columns_have_nothing_to_multiply():
    assert product_cost([3, 2], "reverse") == product_cost([3, 2], "forward") == 0


def test_room_is_asked_for_the_list_of_paths(monkeypatch):
    asked = []
    monkeypatch.setattr(paths, "require_room", lambda *asks: asked.append(asks))
    units = path_units([np.ones((2, 3)), np.ones((5, 2)), np.ones((1, 5))])
    assert asked == [(units.size, "jacobians")]


def test_paths_refuse_what_is_no_chain():
    with pytest.raises(ValueError, match=r"jacobians\[0\] must have shape \(n_out, n_in\)"):
        path_products([[1.0]])
    with pytest.raises(ValueError, match="jacobians must not ask for more than"):
        path_products([np.ones((1, 10**5)), np.ones((10**5, 1))])
    with pytest.raises(ValueError, match=r"jacobians\[1\]"):
        path_products([np.ones((3, 1)), np.ones((1, 2))])
    with pytest.raises(ValueError, match="at least one"):
        path_products([])
    with pytest.raises(ValueError, match="at least 2"):
        product_cost([3], "reverse")
    with pytest.raises(ValueError, match="mode"):
        product_cost([3, 2], "sideways")


# -- tape ----------------------------------------------------------------------------------------


@given(x=st.floats(-3, 3), w=st.floats(-3, 3), b=st.floats(-3, 3), t=st.floats(-3, 3))
@settings(max_examples=50, deadline=None)
def test_the_sweep_ends_where_the_nodes_end(x, w, b, t):
    leaves = {"x": x, "w": w, "b": b, "t": t}
    nodes = compute(leaves)
    nodes["L"].backward()
    last = sweep(leaves)[-1]
    assert last.values == {name: node.value for name, node in nodes.items()}
    for name, node in nodes.items():
        assert last.adjoints[name] == pytest.approx(node.adjoint, rel=1e-12, abs=1e-12)


def test_the_sweep_of_the_worked_example():
    snapshots = sweep(LEAVES)
    assert len(snapshots) == N_STEPS + 1 == 14
    assert [s.result for s in snapshots[1:7]] == list(ARROWS)
    assert snapshots[0].values == LEAVES
    assert [s.adjoints for s in snapshots[:7]] == [{}] * 7
    assert all(s.values == snapshots[6].values for s in snapshots[7:])
    assert snapshots[6].values["L"] == 9.0
    assert snapshots[7].adjoints == {"L": 1.0}
    assert [compute(LEAVES)[name].label for name in LEAVES] == ["x", "w", "b", "t"]
    forwards = [(result, tuple((each, result) for each in ARROWS[result])) for result in ARROWS]
    assert [(s.result, s.used) for s in snapshots] == [
        ("", ()), *forwards, ("L", ()), *reversed(forwards)
    ]  # fmt: skip
    # Worked by hand in the chapter's table.
    assert snapshots[-1].adjoints == {
        "L": 1, "d": -6, "m": -6, "t": 6, "x": -18, "h": -12, "s": -12, "q": -12, "b": -12,
        "w": -24,
    }  # fmt: skip


def test_overwriting_keeps_the_last_contribution_only():
    wrong = sweep(LEAVES, accumulate=False)[-1].adjoints
    right = sweep(LEAVES)[-1].adjoints
    assert wrong["x"] == -12
    assert {name for name in right if wrong[name] != right[name]} == {"x"}


def test_loss_of_x_agrees_with_the_formula():
    for x in (-1.0, 0.5, 1.0, 2.0, 3.0):
        assert loss_of_x(x) == pytest.approx((x * max(x - 1, 0) - 5) ** 2)


def test_the_tape_refuses_other_leaves():
    words = r"leaves must give a number for \['b', 't', 'w', 'x'\], but are \{'x': 1\.0\}"
    with pytest.raises(ValueError, match=words):
        sweep({"x": 1.0})
    with pytest.raises(ValueError, match=r"leaves\['x'\] must be one finite"):
        sweep({**LEAVES, "x": np.nan})


# -- scalar networks -----------------------------------------------------------------------------


@given(
    activation=st.sampled_from(["identity", "sigmoid", "tanh", "relu", "softplus"]),
    n_samples=st.integers(1, 3),
    widths=st.lists(st.integers(1, 3), min_size=2, max_size=4),
    loss=st.sampled_from(["mean_squared_error", "cross_entropy"]),
    seed=st.integers(0, 2**32 - 1),
)
@settings(max_examples=30, deadline=None)
def test_matrices_and_nodes_give_the_same_gradients(activation, n_samples, widths, loss, seed):
    rng = np.random.default_rng(seed)
    layers = [
        Layer(layer.weights, rng.normal(size=len(layer.bias)), layer.activation)
        for layer in initialize(widths, hidden=activation, rng=rng)
    ]
    x = rng.normal(size=(n_samples, widths[0]))
    target = (
        rng.normal(size=(n_samples, widths[-1]))
        if loss == "mean_squared_error"
        else rng.integers(widths[-1], size=n_samples)
    )
    value, gradients = loss_and_gradients(layers, x, target, loss)
    node_value, node_gradients = scalar_gradients(layers, x, target, loss)
    assert np.isclose(value, node_value, rtol=1e-12, atol=1e-12)
    assert np.allclose(
        parameter_vector(gradients), parameter_vector(node_gradients), rtol=1e-10, atol=1e-12
    )


def test_a_scalar_network_counts_its_operations():
    # One sample, 2 inputs, 1 output: 2 products, 2 sums; squared error: −, ^2, +, × (mean).
    layer = Layer(np.array([[1.0, 2.0]]), np.zeros(1))
    network = scalar_network([layer], [[3.0, 4.0]], [[1.0]], "mean_squared_error")
    assert graph_size(network.loss) == (8, 15)
    assert isinstance(network.weights[0][0, 1], Node)


def test_scalar_networks_refuse_what_they_cannot_mean():
    layer = Layer(np.ones((1, 2)), np.zeros(1))
    with pytest.raises(ValueError, match="loss"):
        scalar_network([layer], [[1.0, 2.0]], [[1.0]], "hinge")
    with pytest.raises(ValueError, match="target"):
        scalar_network([layer], [[1.0, 2.0]], [[1.0, 2.0]], "mean_squared_error")
    with pytest.raises(ValueError, match=r"^target must lie in 0"):
        scalar_network([layer], [[1.0, 2.0]], [1], "cross_entropy")
    leaky = Layer(np.ones((1, 2)), np.zeros(1), "leaky_relu")
    with pytest.raises(ValueError, match="activation"):
        scalar_network([leaky], [[1.0, 2.0]], [[1.0]], "mean_squared_error")


# -- steps of differences ------------------------------------------------------------------------


def test_quotients_of_a_parabola_by_hand():
    # ((x + h)² − x²)/h = 2x + h, the central quotient and the complex step are exactly 2x.
    steps = [0.5, 0.25]
    for scheme, expected in (("forward", [6.5, 6.25]), ("central", [6, 6]), ("complex", [6, 6])):
        assert difference_quotient(np.square, [3.0], steps, scheme=scheme).tolist() == [expected]


def test_quotients_are_doubles_even_of_single_precision():
    for dtype in ("float32", "float64"):
        assert difference_quotient(np.square, [3.0], [0.5], dtype=dtype).dtype == np.float64


def test_the_complex_step_has_round_off_that_no_step_enlarges():
    truncation, roundoff = error_terms([1e-8, 0.3], scheme="complex")
    np.testing.assert_allclose(truncation, [1e-16 / 6, 0.015])
    np.testing.assert_array_equal(roundoff, [2.0**-53] * 2)
    assert roundoff.dtype == truncation.dtype == np.float64


def test_best_steps_grow_with_the_value_and_shrink_with_the_curvature():
    for scheme, factor in (("forward", 4), ("central", 8)):
        step = best_step(scheme)
        assert best_step(scheme, value=factor) == pytest.approx(2 * step)
        assert best_step(scheme, curvature=factor) == pytest.approx(step / 2)


def test_best_steps_minimise_the_sum_of_the_two_terms():
    steps = np.logspace(-12, -1, 4001)
    for scheme in ("forward", "central"):
        total = np.sum(error_terms(steps, scheme=scheme), axis=0)
        assert steps[total.argmin()] == pytest.approx(best_step(scheme), rel=0.01)


def test_single_precision_moves_the_valley_to_the_right():
    steps, points = np.logspace(-8, 0, 81), np.linspace(0.5, 1.5, 101)
    for scheme, low, high in (("forward", 1e-4, 2e-3), ("central", 1e-3, 2e-2)):
        errors = difference_errors(np.exp, np.exp, points, steps, scheme=scheme, dtype="float32")
        assert low < steps[errors.argmin()] < high


def test_step_size_refuses_what_it_cannot_mean():
    for step in (0.0, -0.5):
        with pytest.raises(ValueError, match="steps must be greater than 0, but the smallest is"):
            difference_quotient(np.exp, [1.0], [0.1, step])
    with pytest.raises(ValueError, match="points and steps must not ask for more than"):
        difference_quotient(np.exp, np.ones(10**5), np.ones(10**5))
    for derivative, wrong in ((lambda x: "x", "hold real numbers"), (sum, r"have shape \(1,\)")):
        with pytest.raises(ValueError, match=f"the derivative's value must {wrong}"):
            difference_errors(np.exp, derivative, [1.0], [0.1])
    with pytest.raises(ValueError, match="the value of function must be an array"):
        difference_quotient(lambda x: [[1], [1, 2]], [1.0], [0.1])
    with pytest.raises(ValueError, match="scheme"):
        difference_quotient(np.exp, [1.0], [0.1], scheme="backward")
    with pytest.raises(ValueError, match="dtype"):
        difference_quotient(np.exp, [1.0], [0.1], dtype="float16")
    with pytest.raises(ValueError, match="scheme"):
        best_step("complex")
    with pytest.raises(ValueError, match="second"):
        relative_error([1.0], [1.0, 2.0])


def test_the_derivative_is_asked_where_the_function_was():
    # a tenth is no number of single precision
    seen = []
    errors = difference_errors(
        np.square, lambda x: seen.append(x) or 2 * x, [0.1], [0.5], dtype="float32"
    )
    assert seen[0].dtype == errors.dtype == np.float64
    assert seen[0].tolist() == [float(np.float32(0.1))]


def test_relative_error_of_the_largest_and_the_smallest_numbers():
    for size in (1.2e308, 1.0, 5e-324):
        assert relative_error([size, 0], [0, size]) == pytest.approx(2**0.5, rel=1e-15)


def test_relative_error_is_symmetric_and_zero_for_zeros():
    assert relative_error([0.0, 0.0], [0.0, 0.0]) == 0
    assert relative_error([3.0, 4.0], [0.0, 0.0]) == relative_error([0.0, 0.0], [3.0, 4.0]) == 1


def test_a_kink_within_the_step_spoils_the_check_and_a_smaller_step_mends_it():
    rng = np.random.default_rng(0)
    layers = initialize([4, 16, 3], rng=rng)
    x, y = rng.normal(size=(8, 4)), rng.integers(3, size=8)
    large, many = kink_error(layers, x, y, "cross_entropy", step=0.1)
    small, none = kink_error(layers, x, y, "cross_entropy", step=1e-6)
    assert many > 0
    assert none == 0
    assert small < 1e-7 < 1e-3 < large


def test_a_step_that_just_reaches_the_kink_does_not_cross_it():
    layer = Layer([[1.0]], [0.0], "relu")
    assert kink_error([layer], [[0.25]], [[0.0]], "mean_squared_error", step=0.25) == (0, 0)


def test_loss_of_parameters_starts_at_the_networks_loss():
    rng = np.random.default_rng(1)
    layers = initialize([3, 5, 2], rng=rng)
    x, y = rng.normal(size=(4, 3)), [0, 1, 1, 0]
    value = loss_of_parameters(layers, x, y, "cross_entropy")
    expected, gradients = loss_and_gradients(layers, x, y, "cross_entropy")
    theta = parameter_vector(layers)
    assert value(theta) == pytest.approx(float(expected))
    with pytest.raises(ValueError, match=r"vector must have shape \(32,\), but its .* \(33,\)"):
        value(np.zeros(33))
    assert relative_error(numerical_gradient(value, theta), parameter_vector(gradients)) < 1e-8


# -- growth --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("activation", "gain"), [("sigmoid", 1), ("sigmoid", 16), ("relu", 2)])
def test_wide_networks_grow_as_predicted(activation, gain):
    rng = np.random.default_rng(0)
    layers = random_network(20, 256, gain=gain, activation=activation, rng=rng)
    sizes = measured_signals(layers, *rng.normal(size=(2, 64, 256))).gradients ** 0.5
    measured = (sizes[5] / sizes[15]) ** (1 / 10)
    assert measured == pytest.approx(growth_factor(activation, [float(gain)])[0], rel=0.05)


def test_growth_factors_of_the_text():
    assert growth_factor("relu", [2.0])[0] == pytest.approx(1, abs=1e-12)
    assert growth_factor("relu", [2e-9, 2e9]) == pytest.approx([1e-9**0.5, 1e9**0.5])
    assert growth_factor("sigmoid", [1.0])[0] == pytest.approx(0.236, abs=5e-4)
    below, above = growth_factor("sigmoid", [90.0, 115.0])
    assert below < 1 < above


def test_growth_refuses_what_it_cannot_mean():
    with pytest.raises(ValueError, match="gains"):
        growth_factor("relu", [0.0])
    with pytest.raises(ValueError, match="activation"):
        growth_factor("step", [1.0])
