import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.backward import (
    AffineGradients,
    Dual,
    LayerGradients,
    Node,
    affine_backward,
    backward,
    backward_unchecked,
    check_gradient,
    graph,
    loss_and_gradients,
    loss_and_gradients_unchecked,
    multiply_adds,
    numerical_gradient,
)
from mathdl.concepts import ACTIVATIONS, LOSSES
from mathdl.forward import (
    Layer,
    affine,
    forward,
    initialize,
    n_parameters,
    parameter_vector,
    with_parameters,
)
from tests.networks import random_layers

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.lists(st.integers(1, 4), min_size=2, max_size=4)
SMOOTH = ["identity", "sigmoid", "tanh", "softplus"]


def random_target(loss, rng, shape):
    if loss == "cross_entropy":
        return rng.integers(0, shape[1], shape[0])
    return rng.random(shape)


# The affine map, backward


def test_affine_backward_by_hand():
    # G = [[1, 2], [0, −1]], x = [[3], [4]], W = [[5], [7]]:
    # G W = [[5 + 14], [−7]], Gᵀ x = [[3], [6 − 4]], the rows of G add up to (1, 1)
    gradients = affine_backward([[1, 2], [0, -1]], [[3], [4]], [[5], [7]])
    assert isinstance(gradients, AffineGradients)
    np.testing.assert_array_equal(gradients.x, [[19], [-7]])
    np.testing.assert_array_equal(gradients.weights, [[3], [2]])
    np.testing.assert_array_equal(gradients.bias, [1, 1])


@given(seed=SEEDS, n_samples=st.integers(1, 4), n_in=st.integers(1, 4), n_out=st.integers(1, 4))
def test_affine_backward_agrees_along_random_directions(seed, n_samples, n_in, n_out):
    # ⟨G, affine⟩ is linear in each argument: a difference of any length is exact but for rounding
    rng = np.random.default_rng(seed)
    arguments = [rng.normal(size=s) for s in [(n_samples, n_in), (n_out, n_in), n_out]]
    upstream = rng.normal(size=(n_samples, n_out))
    gradients = affine_backward(upstream, *arguments[:2])
    for number, gradient in enumerate(gradients):
        direction = rng.normal(size=gradient.shape)
        moved = list(arguments)
        moved[number] = arguments[number] + direction
        change = np.vdot(upstream, affine(*moved) - affine(*arguments))
        assert change == pytest.approx(np.vdot(gradient, direction), rel=1e-9, abs=1e-11)


@pytest.mark.parametrize(
    ("upstream", "x", "weights", "message"),
    [
        (
            np.ones((2, 9)),
            np.ones((2, 3)),
            np.ones((10, 3)),
            r"upstream must have shape \(2, 10\)",
        ),
        (
            np.ones((1, 10)),
            np.ones((2, 3)),
            np.ones((10, 3)),
            r"upstream must have shape \(2, 10\)",
        ),
        (np.ones(10), np.ones((2, 3)), np.ones((10, 3)), r"upstream must have shape \(2, 10\)"),
        (
            np.ones((2, 10)),
            np.ones((2, 4)),
            np.ones((10, 3)),
            r"x must have shape \(n_samples, 3\)",
        ),
        (
            np.ones((2, 10)),
            np.ones((2, 3)),
            np.ones(3),
            r"weights must have shape \(n_out, n_in\)",
        ),
        (np.ones((0, 10)), np.ones((0, 3)), np.ones((10, 3)), "x must hold at least one number"),
        (np.full((2, 10), np.nan), np.ones((2, 3)), np.ones((10, 3)), "upstream must hold finite"),
    ],
)
def test_affine_backward_refuses(upstream, x, weights, message):
    with pytest.raises(ValueError, match=message):
        affine_backward(upstream, x, weights)


# The network, backward


def test_the_article_s_case():
    # L = Σ relu(z)² for 2 samples, 3 inputs, 10 neurons: ∂L/∂W = (2a ⊙ 1[z > 0])ᵀ x
    rng = np.random.default_rng(0)
    x, layer = (
        rng.normal(size=(2, 3)),
        Layer(rng.normal(size=(10, 3)), rng.normal(size=10), "relu"),
    )
    passed = forward([layer], x)
    (gradients,) = backward([layer], passed, 2 * passed.output)
    for i in range(10):
        for j in range(3):
            paths = [
                2 * max(z[i], 0) * row[j]
                for z, row in zip(passed.preactivations[0], x, strict=True)
            ]
            assert gradients.weights[i, j] == pytest.approx(sum(paths))
    np.testing.assert_allclose(gradients.bias, (2 * passed.output).sum(axis=0))
    check = check_gradient(
        lambda w: (forward([Layer(w, layer.bias, "relu")], x).output ** 2).sum(),
        gradients.weights,
        layer.weights,
    )
    assert check, check


def test_two_layers_by_hand():
    # x = −3: z₁ = (−3, 3), h₁ = (0, 3), y = 2·0 + 3·3 − 1 = 8, L = (8 − 6)² = 4, ∂L/∂y = 4
    # ∂L/∂W₂ = 4·(0, 3), ∂L/∂h₁ = 4·(2, 3), gated: ∂L/∂z₁ = (0, 12), ∂L/∂W₁ = (0, 12)·(−3)
    layers = [Layer([[1], [-1]], [0, 0], "relu"), Layer([[2, 3]], [-1])]
    value, (first, second) = loss_and_gradients(layers, [[-3]], [[6]], "mean_squared_error")
    assert value == 4
    np.testing.assert_array_equal(second.weights, [[0, 12]])
    np.testing.assert_array_equal(second.bias, [4])
    np.testing.assert_array_equal(first.weights, [[0], [-36]])
    np.testing.assert_array_equal(first.bias, [0, 12])


@pytest.mark.parametrize("loss", list(LOSSES))
@given(seed=SEEDS, sizes=SIZES, n_samples=st.integers(1, 4))
def test_gradients_of_random_networks_agree_along_random_directions(loss, seed, sizes, n_samples):
    rng = np.random.default_rng(seed)
    layers = random_layers(sizes, rng, names=SMOOTH)
    x, target = (
        rng.normal(size=(n_samples, sizes[0])),
        random_target(loss, rng, (n_samples, sizes[-1])),
    )
    value, gradients = loss_and_gradients(layers, x, target, loss)
    assert value == pytest.approx(LOSSES[loss].function(forward(layers, x).output, target))
    check = check_gradient(
        lambda v: loss_and_gradients(with_parameters(layers, v), x, target, loss)[0],
        parameter_vector(gradients),
        parameter_vector(layers),
        tolerance=1e-5,
        directions=3,
        rng=rng,
    )
    assert check, check


@pytest.mark.parametrize("hidden", list(ACTIVATIONS))
def test_every_entry_of_every_gradient(hidden):
    rng = np.random.default_rng(4)
    layers = initialize([5, 4, 3], hidden=hidden, rng=rng)
    x, y = rng.normal(size=(6, 5)), rng.integers(0, 3, 6)
    check = check_gradient(
        lambda v: loss_and_gradients(with_parameters(layers, v), x, y, "cross_entropy")[0],
        lambda v: parameter_vector(
            loss_and_gradients(with_parameters(layers, v), x, y, "cross_entropy")[1]
        ),
        parameter_vector(layers),
    )
    assert check, check


@given(seed=SEEDS, sizes=SIZES, n_samples=st.integers(2, 5))
def test_the_gradient_of_a_batch_is_the_mean_over_its_samples(seed, sizes, n_samples):
    rng = np.random.default_rng(seed)
    layers, x = random_layers(sizes, rng), rng.normal(size=(n_samples, sizes[0]))
    y = rng.integers(0, sizes[-1], n_samples)
    whole = parameter_vector(loss_and_gradients(layers, x, y, "cross_entropy")[1])
    parts = [
        parameter_vector(
            loss_and_gradients(layers, x[i : i + 1], y[i : i + 1], "cross_entropy")[1]
        )
        for i in range(n_samples)
    ]
    np.testing.assert_allclose(np.mean(parts, axis=0), whole, rtol=1e-9, atol=1e-12)


@given(seed=SEEDS, sizes=SIZES, n_samples=st.integers(1, 3))
def test_the_scalar_graph_computes_the_same_gradients(seed, sizes, n_samples):
    rng = np.random.default_rng(seed)
    layers, x = (
        random_layers(sizes, rng, names=["relu", *SMOOTH]),
        rng.normal(size=(n_samples, sizes[0])),
    )
    y = rng.integers(0, sizes[-1], n_samples)
    value, gradients = loss_and_gradients(layers, x, y, "cross_entropy")
    parameters = [Node(p) for p in parameter_vector(layers)]
    loss = cross_entropy_of_scalars(layers, parameters, x, y)
    loss.backward()
    assert loss.value == pytest.approx(value)
    np.testing.assert_allclose(
        [p.adjoint for p in parameters], parameter_vector(gradients), rtol=1e-9, atol=1e-12
    )


def cross_entropy_of_scalars(layers, parameters, x, y):
    """Do the network's arithmetic number by number, with nodes or duals for parameters."""
    total = 0.0
    for row, label in zip(x, y, strict=True):
        left, h = iter(parameters), list(row)
        for layer in layers:
            n_out, n_in = layer.weights.shape
            weights = [[next(left) for _ in range(n_in)] for _ in range(n_out)]
            z = [
                sum(w * each for w, each in zip(neuron, h, strict=True)) + next(left)
                for neuron in weights
            ]
            h = (
                z
                if layer.activation == "identity"
                else [getattr(each, layer.activation)() for each in z]
            )
        total = total + sum(each.exp() for each in h).log() - h[label]
    return total / len(x)


def test_backward_changes_nothing_and_takes_any_memory_layout():
    rng = np.random.default_rng(0)
    layers, wide = random_layers([3, 4, 2], rng), rng.normal(size=(6, 6))
    y = np.array([0, 1, 1])
    for array in (wide, y):
        array.flags.writeable = False
    before = wide.copy()
    value, gradients = loss_and_gradients(layers, wide[::2, ::-2], y, "cross_entropy")
    np.testing.assert_array_equal(wide, before)
    again, copied = loss_and_gradients(layers, wide[::2, ::-2].copy(), y, "cross_entropy")
    assert value == pytest.approx(again)
    np.testing.assert_allclose(parameter_vector(gradients), parameter_vector(copied), rtol=1e-12)
    passed = forward(layers, before[::2, ::-2])
    upstream = np.ones((3, 2))
    kept = [array.copy() for array in (*passed.inputs, *passed.preactivations, passed.output)]
    backward(layers, passed, upstream)
    np.testing.assert_array_equal(upstream, 1)
    for array, copy in zip(
        (*passed.inputs, *passed.preactivations, passed.output), kept, strict=True
    ):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("loss", list(LOSSES))
def test_float32_stays_float32(loss):
    rng = np.random.default_rng(0)
    layers = random_layers([3, 4, 2], rng, dtype=np.float32)
    x, target = rng.normal(size=(5, 3)).astype(np.float32), random_target(loss, rng, (5, 2))
    target = target if loss == "cross_entropy" else target.astype(np.float32)
    value, gradients = loss_and_gradients(layers, x, target, loss)
    assert value.dtype == np.float32
    assert {array.dtype for layer in gradients for array in layer} == {np.dtype(np.float32)}
    wide, _ = loss_and_gradients(layers, x.astype(np.float64), target, loss)
    assert wide.dtype == np.float64


@pytest.mark.parametrize("loss", list(LOSSES))
def test_the_unchecked_functions_are_the_same(loss):
    rng = np.random.default_rng(0)
    layers, x = random_layers([3, 4, 2], rng), rng.normal(size=(5, 3))
    target = random_target(loss, rng, (5, 2))
    value, gradients = loss_and_gradients(layers, x, target, loss)
    again, unchecked = loss_and_gradients_unchecked(layers, x, target, loss)
    assert value == again
    np.testing.assert_array_equal(parameter_vector(gradients), parameter_vector(unchecked))
    passed = forward(layers, x)
    upstream = LOSSES[loss].gradient(passed.output, target)
    for result in (
        backward(layers, passed, upstream),
        backward_unchecked(layers, passed, upstream),
    ):
        assert all(isinstance(each, LayerGradients) for each in result)
        np.testing.assert_allclose(
            parameter_vector(result), parameter_vector(gradients), rtol=1e-12
        )


@pytest.mark.parametrize("function", [backward, backward_unchecked])
def test_a_gradient_in_x_that_would_overflow_is_not_computed(function):
    layers = [Layer([[1e200]], [0.0])]
    passed = forward(layers, [[1e-200]])
    (gradients,) = function(layers, passed, np.array([[1e200]]))
    assert gradients.weights == pytest.approx(1)


LAYERS = [Layer(np.ones((4, 3)), np.zeros(4), "tanh"), Layer(np.ones((2, 4)), np.zeros(2))]
PASSED = forward(LAYERS, np.ones((5, 3)))


@pytest.mark.parametrize(
    ("layers", "passed", "upstream", "message"),
    [
        ([], PASSED, np.ones((5, 2)), "layers must be a list of at least one Layer"),
        (
            LAYERS,
            None,
            np.ones((5, 2)),
            r"forward_pass must be what forward\(layers, x\) returned",
        ),
        (LAYERS[:1], PASSED, np.ones((5, 4)), r"forward_pass must be what forward\(layers, x\)"),
        (LAYERS, PASSED, np.ones((5, 3)), r"output_gradient must have shape \(5, 2\)"),
        (LAYERS, PASSED, np.ones((4, 2)), r"output_gradient must have shape \(5, 2\)"),
        (LAYERS, PASSED, np.full((5, 2), np.nan), "output_gradient must hold finite numbers"),
        (
            [Layer(np.ones((4, 2)), np.zeros(4)), LAYERS[1]],
            PASSED,
            np.ones((5, 2)),
            r"forward_pass\.inputs\[0\] must have shape \(5, 2\), but its shape is \(5, 3\)",
        ),
        (
            LAYERS,
            PASSED._replace(preactivations=(PASSED.preactivations[0].T, *PASSED[1][1:])),
            np.ones((5, 2)),
            r"forward_pass\.preactivations\[0\] must have shape \(5, 4\)",
        ),
        (
            LAYERS,
            PASSED._replace(output=PASSED.output[:, :1]),
            np.ones((5, 1)),
            r"forward_pass\.output must have shape \(n_samples, 2\), but its shape is \(5, 1\)",
        ),
    ],
)
def test_backward_refuses(layers, passed, upstream, message):
    with pytest.raises(ValueError, match=message):
        backward(layers, passed, upstream)


@pytest.mark.parametrize(
    ("layers", "x", "target", "loss", "message"),
    [
        ([], np.ones((5, 3)), [0] * 5, "cross_entropy", "layers must be a list"),
        (LAYERS, np.ones((5, 2)), [0] * 5, "cross_entropy", r"x must have shape \(n_samples, 3\)"),
        (LAYERS, np.ones((0, 3)), [], "cross_entropy", "x must hold at least one number"),
        (LAYERS, np.full((5, 3), np.inf), [0] * 5, "cross_entropy", "x must hold finite numbers"),
        (LAYERS, np.ones((5, 3)), [0] * 4, "cross_entropy", r"target must have shape \(5,\)"),
        (LAYERS, np.ones((5, 3)), [2] * 5, "cross_entropy", "target must lie in 0"),
        (LAYERS, np.ones((5, 3)), np.ones(5), "mean_squared_error", "must have the same shape"),
        (LAYERS, np.ones((5, 3)), 2 * np.ones((5, 2)), "binary_cross_entropy", "between 0 and 1"),
        (LAYERS, np.ones((5, 3)), [0] * 5, "hinge", "loss must be one of 'mean_squared_error'"),
        (LAYERS, np.ones((5, 3)), [0] * 5, LOSSES["cross_entropy"], "loss must be one of"),
    ],
)
def test_loss_and_gradients_refuses(layers, x, target, loss, message):
    with pytest.raises(ValueError, match=message):
        loss_and_gradients(layers, x, target, loss)


# Differences


def quartic(x):
    return (x**4).sum() + x.prod()


def quartic_gradient(x):
    others = [np.prod(np.delete(x.ravel(), i)) for i in range(x.size)]
    return 4 * x**3 + np.reshape(others, x.shape)


@pytest.mark.parametrize(
    ("scheme", "tolerance"), [("central", 1e-9), ("forward", 1e-6), ("complex", 1e-14)]
)
@given(seed=SEEDS, shape=st.sampled_from([(), (1,), (3,), (2, 2), (1, 2, 2)]))
def test_schemes_reach_their_accuracy(scheme, tolerance, seed, shape):
    # |x| ≤ 2: errors h²|f‴|/6 + ε|f|/h ≈ 1e-9, h|f″|/2 + ε|f|/h ≈ 1e-6, and ε
    x = np.random.default_rng(seed).uniform(-2, 2, size=shape)
    numeric = numerical_gradient(quartic, x, scheme=scheme)
    assert numeric.shape == shape
    np.testing.assert_allclose(numeric, quartic_gradient(x), rtol=tolerance, atol=40 * tolerance)


def test_the_error_of_a_scheme_falls_with_its_order():
    # f = eˣ at 0: central h²/6, forward h/2
    x = np.zeros(1)
    for h in (1e-1, 1e-2, 1e-3):
        central = numerical_gradient(lambda x: np.exp(x).sum(), x, step=h)[0] - 1
        forward_error = (
            numerical_gradient(lambda x: np.exp(x).sum(), x, step=h, scheme="forward")[0] - 1
        )
        assert central == pytest.approx(h**2 / 6, rel=0.01)
        assert forward_error == pytest.approx(h / 2, rel=0.1)


def test_default_steps_balance_truncation_and_round_off():
    # of eˣ at 1: the default is within a factor 10 of the best of all powers of ten
    for scheme in ("central", "forward"):
        error = [
            abs(
                numerical_gradient(lambda x: np.exp(x).sum(), [1.0], step=step, scheme=scheme)[0]
                - math.e
            )
            for step in [None, *10.0 ** np.arange(-12, 0)]
        ]
        assert error[0] < 10 * min(error) + 1e-12


def test_a_complex_step_is_too_small_to_be_seen():
    # x³: its error is h², beside a slope of 3x² = 3·10⁻¹²
    numeric = numerical_gradient(lambda x: (x**3).sum(), [1e-6], scheme="complex")
    np.testing.assert_allclose(numeric, [3e-12], rtol=1e-14)
    rng = np.random.default_rng(0)
    check = check_gradient(
        lambda x: (x**3).sum(), [3e-12], [1e-6], scheme="complex", directions=1, rng=rng
    )
    assert abs(check.numeric) == pytest.approx(3e-12, rel=1e-14, abs=0)


@pytest.mark.parametrize(("scheme", "n_calls"), [("central", 8), ("forward", 5), ("complex", 4)])
def test_a_gradient_costs_as_many_values_as_its_scheme_says(scheme, n_calls):
    seen = []
    numerical_gradient(lambda x: seen.append(x) or quartic(x), np.ones(4), scheme=scheme)
    assert len(seen) == n_calls


@pytest.mark.parametrize("directions", [None, 1])
@pytest.mark.parametrize(
    ("scheme", "slope"),
    [
        ("forward", lambda h, sign: h + sign * h**2),
        ("central", lambda h, sign: sign * h**2),
        ("complex", lambda h, sign: -sign * h**2),
    ],
)
def test_a_check_takes_the_step_and_the_scheme_that_are_asked_for(scheme, slope, directions):
    # x² + x³ at 0, along a direction of 1 or −1
    h, rng = 0.25, np.random.default_rng(0)
    check = check_gradient(
        lambda x: (x**2 + x**3).sum(), [1.0], [0.0],
        step=h, scheme=scheme, directions=directions, rng=rng,
    )  # fmt: skip
    assert check.numeric == pytest.approx(slope(h, sign=check.analytic), rel=1e-12)


def test_a_function_of_complex_numbers_only_can_be_checked():
    function = lambda x: (x.astype(complex) ** 2).sum()  # noqa: E731
    assert check_gradient(function, [2.0, 4.0], [1.0, 2.0], scheme="complex")
    assert not check_gradient(function, [2.0, 3.0], [1.0, 2.0], scheme="complex")


@pytest.mark.parametrize("directions", [None, 2])
def test_the_function_is_called_with_numbers_of_x_s_type(directions):
    seen = []
    x, rng = np.ones(3, np.float32), np.random.default_rng(0)
    for scheme in ("central", "forward", "complex"):
        check_gradient(
            lambda x: seen.append(x.dtype) or quartic(x), quartic_gradient, x,
            scheme=scheme, directions=directions, rng=rng,
        )  # fmt: skip
    assert set(seen) == {np.dtype(np.float32), np.dtype(np.complex64)}


def test_the_step_grows_with_the_entry():
    # 1e8 ± 6e-6 would round to steps of 1.5e-8, an error of 10⁻³; 1e8 ± 6e2 is exact to 10⁻⁹
    numeric = numerical_gradient(lambda x: (x**2).sum(), [1e8])
    np.testing.assert_allclose(numeric, [2e8], rtol=1e-9)


def test_numerical_gradients_in_float32_and_of_integers():
    x = np.array([1, 2], np.float32)
    numeric = numerical_gradient(quartic, x)
    assert numeric.dtype == np.float32
    np.testing.assert_allclose(numeric, quartic_gradient(x), rtol=1e-3)
    assert numerical_gradient(quartic, x, scheme="complex").dtype == np.float32
    np.testing.assert_allclose(numerical_gradient(quartic, [1, 2]), [6, 33])


def test_a_numerical_gradient_changes_nothing():
    x = np.array([1.0, 2.0])
    x.flags.writeable = False
    for scheme in ("central", "forward", "complex"):
        numerical_gradient(quartic, x, scheme=scheme)
    np.testing.assert_array_equal(x, [1, 2])


def double_in_place(x):
    x *= 2
    return x.sum()


MISBEHAVING = [
    (lambda x: x, r"function must return one number, but returned an array of shape \(2,\)"),
    (lambda x: x[:1], r"function must return one number, but returned an array of shape \(1,\)"),
    (lambda x: 1j * x.sum(), "function must return a real number, but returned .*j"),
    (lambda x: np.nan * x.sum(), "function must return a finite number, but returned nan"),
    (lambda x: np.inf, "function must return a finite number, but returned inf"),
    (lambda x: None, "function must return a real number, but returned None"),
    (
        lambda x: [[1], [2, 3]],
        r"function must return one number, but returned \[\[1\], \[2, 3\]\]",
    ),
    (lambda x: "3", "function must return a real number, but returned '3'"),
    (lambda x: True, "function must return a real number, but returned True"),
    (double_in_place, "function must not change its argument"),
]


@pytest.mark.parametrize(("function", "message"), MISBEHAVING)
@pytest.mark.parametrize("directions", [None, 2])
def test_misbehaving_functions_are_named(function, message, directions):
    with pytest.raises(ValueError, match=message):
        numerical_gradient(function, [1.0, 2.0], scheme="forward")
    with pytest.raises(ValueError, match=message):
        check_gradient(
            function, np.ones(2), [1.0, 2.0], directions=directions, rng=np.random.default_rng(0)
        )


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda x: abs(x).sum(), "function must return a complex number for a complex argument"),
        (lambda x: x * 1, "function must return one number"),
        (lambda x: np.inf * x.sum(), "function must return a finite number"),
        (double_in_place, "function must not change its argument"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_functions_that_complex_steps_cannot_follow_are_named(function, message):
    with pytest.raises(ValueError, match=message):
        numerical_gradient(function, [1.0, 2.0], scheme="complex")


@pytest.mark.parametrize(
    ("x", "options", "message"),
    [
        ([], {}, "x must hold at least one number"),
        ([np.nan], {}, r"x\[0\] is nan"),
        ([1j], {}, "x must hold real numbers"),
        ([1.0], {"scheme": "backward"}, "scheme must be one of 'central', 'forward', 'complex'"),
        ([1.0], {"step": 0.0}, "step must be greater than 0"),
        ([1.0], {"step": np.nan}, "step must be one finite real number"),
    ],
)
def test_numerical_gradient_refuses(x, options, message):
    with pytest.raises(ValueError, match=message):
        numerical_gradient(quartic, x, **options)
    with pytest.raises(ValueError, match=message):
        check_gradient(quartic, [1.0], x, **options)


# The check of a gradient

X = np.array([[1.0, -2.0, 0.5], [0.3, 4.0, -1.0]])


def test_a_right_gradient_passes():
    for scheme in ("central", "forward", "complex"):
        check = check_gradient(quartic, quartic_gradient, X, scheme=scheme)
        assert check
        assert check.passed is True
        assert str(check).startswith("Passed: 6 of 6 entries agree.")
    assert check_gradient(quartic, quartic_gradient(X), X)
    assert check_gradient(quartic, quartic_gradient, X.astype(np.float32))
    assert check_gradient(quartic, quartic_gradient, X).tolerance == 1e-6
    assert check_gradient(quartic, quartic_gradient, X.astype(np.float32)).tolerance == 1e-2
    assert check_gradient(quartic, quartic_gradient, X, directions=5, rng=np.random.default_rng(0))


@given(seed=SEEDS, share=st.sampled_from([1e-4, 0.5, 2, -1]))
def test_one_wrong_entry_is_found_and_measured(seed, share):
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.5, 2, size=(3, 4))
    index = tuple(int(i) for i in rng.integers([3, 4]))
    gradient = quartic_gradient(x)
    right = gradient[index]
    gradient[index] *= 1 + share
    check = check_gradient(quartic, gradient, x)
    assert not check
    assert check.index == index
    assert check.analytic == gradient[index]
    assert check.numeric == pytest.approx(right, rel=1e-7)
    assert check.error == pytest.approx(abs(share) / max(1, abs(1 + share)), rel=1e-3)
    assert check.errors.shape == x.shape
    assert "Failed: 1 of 12 entries are wrong." in check.message
    assert f"entry [{index[0]}, {index[1]}]: the gradient says" in check.message


def test_an_error_as_large_as_allowed_is_not_called_wrong():
    # |1 − 2|/2 = 1/2 and |9 − 2|/9
    double = lambda x: 2 * x.sum()  # noqa: E731
    check = check_gradient(double, [1.0, 9.0], [0.0, 0.0], scheme="complex", tolerance=0.5)
    assert check.message.startswith("Failed: 1 of 2 entries are wrong.")
    assert check_gradient(double, [1.0, 1.0], [0.0, 0.0], scheme="complex", tolerance=0.5)


def test_the_only_entry_has_no_number():
    assert "difference, entry: the gradient says 6," in str(check_gradient(np.square, 6.0, 3.0))


def test_a_small_wrong_entry_beside_large_ones_is_found():
    scales = np.array([1e6, 1.0, 1e-3])
    check = check_gradient(lambda x: (scales * x).sum(), scales * [1, 1, 1.001], np.ones(3) * 1e-3)
    assert check.index == (2,)
    assert check.numeric == pytest.approx(1e-3, rel=1e-3)


def test_slopes_along_directions_take_steps_as_large_as_the_point_asks():
    # Near 2⁴⁰ a step that suits numbers near 1 is lost between two floats.
    x = np.full(3, 2.0**40)
    check = check_gradient(
        lambda x: (x / 2**40).sum() ** 2, 6 / 2**40 * np.ones(3), x,
        directions=3, rng=np.random.default_rng(0),
    )  # fmt: skip
    assert check, check.message


def test_entries_below_round_off_are_not_called_wrong():
    # f ≈ 1: differences see slopes down to 20 ε / h ≈ 1e-9
    assert check_gradient(lambda x: 1 + 0 * x.sum(), [1e-12, -1e-12], np.ones(2))
    assert check_gradient(lambda x: 0.0, np.zeros(2), np.ones(2))
    assert not check_gradient(lambda x: 1 + 0 * x.sum(), [1e-6, 0], np.ones(2))
    # 20 ε / h = 40 ε is a tenth of what counts as the size of a slope
    check = check_gradient(lambda x: 1.0, [4e-15], [0.0], step=0.5, tolerance=0.1)
    assert check.error == pytest.approx(1e-17 / 2.0**-52, rel=1e-9)
    # with h = 1/10, slopes down to 20 ε / h ≈ 4e-14
    assert not check_gradient(lambda x: 1 + 0 * x.sum(), [1e-12, 0], np.ones(2), step=0.1)


def test_hints():
    square = np.array([[1.0, 2.0], [3.0, 4.0]])
    cubes = lambda x: (x**3).sum()  # noqa: E731
    right = 3 * square**2
    for gradient, hint in [
        (-right, "Every entry has the wrong sign."),
        (-(1 + 2e-6) * right, "Every entry has the wrong sign."),
        (-2 * right, "Every entry is -2 times what it should be."),
        (right / 2, "Every entry is 0.5 times what it should be."),
        (right.T, "It is the transpose of what it should be."),
    ]:
        assert hint in check_gradient(cubes, gradient, square).message
    for gradient in (right + np.eye(2), 0 * right):
        assert check_gradient(cubes, gradient, square).message.endswith("1e-06).")
    small = check_gradient(lambda x: 1e-4 * cubes(x), 2e-4 * right, square)
    assert "Every entry is 2 times what it should be." in small.message
    small = check_gradient(lambda x: 1e-4 * cubes(x), 1e-4 * (right + np.eye(2)), square)
    assert small.message.endswith("1e-06).")


def test_a_kink_is_named():
    check = check_gradient(lambda x: np.maximum(x, 0).sum(), [1.0, 0.0], [1.0, 0.0])
    assert check.index == (1,)
    assert "To its left the slope is 0, to its right 1:\nthe function may have a kink" in str(
        check
    )
    smooth = check_gradient(quartic, np.zeros(2), [1.0, 2.0])
    assert "kink" not in str(smooth)
    near = check_gradient(lambda x: np.maximum(x - 0.5, 0).sum(), [0.0], [0.0], step=1.0)
    assert "To its left the slope is 0, to its right 0.5:\n" in str(near)
    for height in (0.0, 1.0):  # flat: both slopes are 0
        flat = check_gradient(lambda x, height=height: height + 0 * x.sum(), [1e-3, 0], np.ones(2))
        assert not flat
        assert "kink" not in str(flat)


def test_no_line_of_a_verdict_is_wider_than_a_column_of_text():
    for directions in (None, 2):
        rng = np.random.default_rng(0)
        check = check_gradient(
            lambda w: (w**3).sum(),
            lambda w: -1e-8 * w,
            -1.2345678e-5 * np.ones((30, 40)),
            directions=directions,
            rng=rng,
        )
        assert max(map(len, check.message.split("\n"))) <= 79, check.message


def test_directions_have_length_one():
    for x in ([2.0], [2.0, 0.0, 0.0]):
        rng = np.random.default_rng(0)
        check = check_gradient(lambda x: 3 * x[0], [3, 0, 0][: len(x)], x, directions=9, rng=rng)
        assert check
        assert abs(check.numeric) < 3 + 1e-9
        assert len(x) > 1 or abs(check.numeric) == pytest.approx(3)


def test_random_directions_find_an_error_that_one_direction_may_miss():
    # the error (0, 1) is orthogonal to the direction (1, 0) and to no other
    wrong = lambda x: quartic_gradient(x) + np.array([0, 1])  # noqa: E731
    check = check_gradient(quartic, wrong, [1.0, 2.0], directions=4, rng=np.random.default_rng(0))
    assert not check
    assert "of 4 random directions are wrong" in check.message
    assert check.errors.shape == (4,)


@pytest.mark.parametrize(
    ("gradient", "message"),
    [
        (lambda x: x[0], r"gradient must have shape \(2,\), but its shape is \(\)"),
        (np.ones((2, 1)), r"gradient must have shape \(2,\), but its shape is \(2, 1\)"),
        (lambda x: x * 1j, "gradient must hold real numbers, but holds complex numbers"),
        (lambda x: x * np.nan, "gradient must hold finite numbers only"),
        (lambda x: x.fill(0) or x, "gradient must not change its argument"),
        (lambda x: None, "gradient must hold real numbers"),
    ],
)
def test_what_is_no_gradient_is_named(gradient, message):
    with pytest.raises(ValueError, match=message):
        check_gradient(quartic, gradient, [1.0, 2.0])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tolerance": 0}, "tolerance must be greater than 0"),
        ({"directions": 0}, "directions must be an integer of at least 1"),
        ({"directions": 10**400}, "directions must be an integer of at most 1,000,000,000"),
        ({"directions": 2, "rng": None}, r"rng must be a numpy\.random\.Generator"),
    ],
)
def test_check_gradient_refuses(options, message):
    options = {"rng": np.random.default_rng(0)} | options
    with pytest.raises(ValueError, match=message):
        check_gradient(quartic, quartic_gradient, X, **options)


# The scalar graph and dual numbers

UNARY = ["exp", "log", "tanh", "sigmoid", "relu", "softplus"]
OPERATIONS = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "÷": lambda a, b: a / b,
    "number on the left": lambda a, b: (2 + a) * (3 - b) + 1 / a + 5 * b,
    "number on the right": lambda a, b: (a - 1) / 4 + b * 3 - np.float64(2),
    "numpy number on the left": lambda a, b: np.float64(2) * a + np.float64(3) / b,
    "neg": lambda a, b: -a + b,
    "powers": lambda a, b: a**2 + b**-1.5 + a**0,
    "shared": lambda a, b: (a * b) * (a * b) + a,
    **{name: (lambda a, b, name=name: getattr(a * b, name)()) for name in UNARY},
}


@pytest.mark.parametrize("name", list(OPERATIONS))
@given(a=st.floats(0.2, 3), b=st.floats(0.2, 3))
def test_both_modes_agree_with_central_differences(name, a, b):
    function = OPERATIONS[name]
    numeric = [
        (function(Node(a + h), Node(b + k)).value - function(Node(a - h), Node(b - k)).value)
        / 2e-5
        for h, k in [(1e-5, 0), (0, 1e-5)]
    ]
    x, y = Node(a), Node(b)
    result = function(x, y)
    result.backward()
    np.testing.assert_allclose([x.adjoint, y.adjoint], numeric, rtol=1e-6, atol=1e-7)
    along = [function(Dual(a, 1), Dual(b, 0)), function(Dual(a, 0), Dual(b, 1))]
    np.testing.assert_allclose([d.tangent for d in along], [x.adjoint, y.adjoint], rtol=1e-12)
    assert along[0].value == result.value
    if name not in UNARY:
        assert result.value == pytest.approx(function(a, b), rel=1e-12)


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "relu", "softplus"])
@given(z=st.one_of(st.floats(-50, 50), st.sampled_from([0.0, 1e4, -1e4, 1e308, -1e308])))
def test_nodes_and_arrays_have_the_same_activations(name, z):
    node = Node(z)
    result = getattr(node, name)()
    result.backward()
    function, derivative = ACTIVATIONS[name]
    assert result.value == pytest.approx(float(function(z)), rel=1e-13, abs=1e-300)
    assert node.adjoint == pytest.approx(float(derivative(z)), rel=1e-13, abs=1e-300)


@pytest.mark.parametrize("name", ["+", "−", "×", "÷", "neg", *UNARY])
def test_each_operation_is_called_what_it_is(name):
    a, b = Node(2.0), Node(1.5)
    functions = OPERATIONS | {"neg": lambda a, b: -a}
    assert functions[name](a, b).operation == name
    assert (a**2).operation == "^2"
    assert (a**-0.5).operation == "^-0.5"


def test_adjoints_add_up_over_all_paths():
    x = Node(3.0, "x")
    y = x * x + x
    y.backward()
    assert x.adjoint == 7
    y.backward()  # again: the same, not twice as much
    assert x.adjoint == 7
    assert sum(product for _, product in y.paths_from(x)) == 7
    assert [[node.operation for node in path] for path, _ in y.paths_from(x)] == [
        ["", "×", "+"],
        ["", "×", "+"],
        ["", "+"],
    ]


def test_a_graph_knows_how_it_was_computed():
    a, b = Node(2, "a"), Node(5, "b")
    product = a * b
    result = product - 4
    assert result.operation == "−"
    assert result.parents[0] is product
    assert product.parents == (a, b)
    assert product.slopes == (5, 2)
    assert result.parents[1].label == "4"
    order = result.order()
    assert order[-1] is result
    assert order.index(product) > max(order.index(a), order.index(b))
    assert len(order) == len(set(map(id, order))) == 5
    product.label = "p"
    assert repr(product) == "Node(p: value 10, adjoint 0)"
    assert repr(result) == "Node(−: value 6, adjoint 0)"
    assert repr(Node(2)) == "Node(constant: value 2, adjoint 0)"


def test_a_graph_is_stepped_backward_one_node_at_a_time():
    x = Node(2.0, "x")
    square = x**2
    result = square * 3 + x
    steps = result.backward_steps()
    assert [node.adjoint for node in (result, square, x)] == [1, 0, 0]
    assert next(steps) is result
    assert [square.adjoint, x.adjoint] == [0, 1]
    remaining = list(steps)
    assert [square.adjoint, x.adjoint] == [3, 13]
    assert len(remaining) + 1 == len(result.order())
    # a node is passed only after everything that was computed from it
    passed = [result, *remaining]
    for node in passed:
        for parent in node.parents:
            assert passed.index(parent) > passed.index(node)


def test_a_long_chain_is_no_recursion():
    x = Node(1.0)
    y = x
    for _ in range(5000):
        y = y + x
    y.backward()
    assert x.adjoint == 5001


@pytest.mark.parametrize("kind", [Node, Dual])
@pytest.mark.parametrize(
    ("compute", "message"),
    [
        (lambda a: a / 0, "÷ of 2 and 0 is not a finite real number"),
        (lambda a: a * 6e307 + 1e308, r"^\+ of 1\.2e\+308 and 1e\+308 is not a finite"),
        (lambda a: a * -6e307 - 1e308, r"^− of -1\.2e\+308 and 1e\+308 is not a finite"),
        (lambda a: 1 / (a - 2), "÷ of 1 and 0 is not a finite"),
        (lambda a: (a - 2).log(), "log of 0 is not a finite"),
        (lambda a: (-a).log(), "log of -2 is not a finite"),
        (lambda a: (a * 1000).exp(), "exp of 2000 is not a finite"),
        (lambda a: (-a) ** 0.5, "power of -2 and 0.5 is not a finite"),
        (lambda a: (a - 2) ** -1, "power of 0 and -1 is not a finite"),
        (lambda a: (a - 2) ** 0.5, "the slope of power of 0 and 0.5 is not a finite"),
        (lambda a: a * 1e308, r"× of 2 and 1e\+308 is not a finite"),
        (lambda a: a / 1e-200, "the slope of ÷ of 2 and 1e-200 is not a finite"),
        (lambda a: (a - 2) / 1e-310, "^÷ of 1 and 1e-310 is not a finite"),
        (lambda a: (a * 5e-311).log(), "the slope of log of 1e-310 is not a finite"),
        (lambda a: a + "1", "the other operand must be one finite real number"),
        (lambda a: np.nan * a, "the other operand must be one finite real number"),
        (lambda a: np.ones(2) * a, "the other operand must be one finite real number"),
        (lambda a: a**a, "exponent must be one finite real number"),
        (lambda a: type(a)(np.inf), "value must be one finite real number"),
    ],
)
def test_scalars_refuse(kind, compute, message):
    with pytest.raises(ValueError, match=message):
        compute(kind(2.0))


@pytest.mark.parametrize("kind", [Node, Dual])
def test_zero_to_the_power_of_zero_is_a_constant(kind):
    result = kind(0.0) ** 0
    assert result.value == 1
    assert (result.slopes if kind is Node else (result.tangent,)) == (0,)


def test_adjoints_that_overflow_are_refused():
    x = Node(1e-100, "x")
    result = x * 1e200 * 1e200
    with pytest.raises(ValueError, match=r"adjoint of Node\(x: value 1e-100, .* is not a finite"):
        result.backward()


def test_too_many_paths_are_refused(monkeypatch):
    # from x to itself, and to each of the sums: 1 + 2 + 4, and 8 more
    monkeypatch.setattr(graph, "_MANY_PATHS", 7)
    x = Node(1.0)
    double = x + x
    four = double + double
    assert len(four.paths_from(x)) == 4
    with pytest.raises(ValueError, match="start must not be joined by over 7 paths, but is"):
        (four + four).paths_from(x)
    with pytest.raises(ValueError, match=r"^start must be a Node, but is 1"):
        four.paths_from(1)


def test_duals_show_themselves_and_refuse_nodes():
    assert repr(Dual(2, 1) ** 3) == "Dual(8, 12)"
    with pytest.raises(ValueError, match="tangent must be one finite real number"):
        Dual(1, np.nan)
    with pytest.raises(ValueError, match="the other operand must be"):
        Dual(1) + Node(1)


# What a gradient costs


class Counting:
    """A number that counts the multiplications done with it."""

    count = 0

    def __init__(self, value):
        self.value = value

    def __mul__(self, other):
        Counting.count += 1
        return Counting(self.value * other.value)

    def __add__(self, other):
        return Counting(self.value + getattr(other, "value", other))

    __radd__ = __add__


@given(sizes=SIZES, n_samples=st.integers(1, 3))
def test_multiply_adds_are_those_of_the_matrix_products(sizes, n_samples):
    layers = initialize(sizes, rng=np.random.default_rng(0))
    count = multiply_adds(sizes, n_samples=n_samples)
    Counting.count = 0
    as_counting = np.vectorize(Counting, otypes=[object])
    x = as_counting(np.ones((n_samples, sizes[0])))
    hs = [x]
    for layer in layers:
        hs.append(hs[-1] @ as_counting(layer.weights).T)
    assert Counting.count == count.forward
    Counting.count = 0
    for number in reversed(range(len(layers))):
        upstream = hs[number + 1]
        _ = upstream.T @ hs[number]
        if number > 0:
            _ = upstream @ as_counting(layers[number].weights)
    assert Counting.count == count.backward
    parameters = n_parameters(layers)
    assert count.reverse_mode == count.forward + count.backward <= 3 * count.forward
    assert count.forward_mode == 3 * parameters * count.forward
    assert count.forward_differences == (parameters + 1) * count.forward
    assert count.central_differences == 2 * parameters * count.forward


def test_multiply_adds_of_as_many_samples_as_are_taken():
    assert multiply_adds([3, 2], n_samples=10**15).forward == 6 * 10**15


@pytest.mark.parametrize(
    ("sizes", "n_samples", "message"),
    [
        ([3], 1, "sizes must list at least two widths"),
        ([3, 0], 1, r"sizes\[1\] must be an integer of at least 1"),
        ([3, 2], 0, "n_samples must be an integer of at least 1"),
        ([3, 2], 10**15 + 1, "n_samples must be an integer of at most 1,000,000,000,000,000"),
    ],
)
def test_multiply_adds_refuses(sizes, n_samples, message):
    with pytest.raises(ValueError, match=message):
        multiply_adds(sizes, n_samples=n_samples)
