"""Surfaces, the six rules, and descent along them."""

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.gradient_descent import (
    OPTIMIZERS,
    SURFACES,
    adagrad,
    adam,
    backtracking,
    cosine_decay,
    descend,
    gradient_descent,
    ill_conditioned,
    inverse_time_decay,
    momentum,
    nesterov,
    newton,
    quadratic,
    rmsprop,
    scheduled,
)

EVERY_SURFACE = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
EVERY_RULE = pytest.mark.parametrize("rule", OPTIMIZERS.values(), ids=OPTIMIZERS)


def points_on(surface, n=40, seed=0):
    return np.random.default_rng(seed).uniform(*surface.bounds.T, (n, 2))


# Surfaces


@EVERY_SURFACE
def test_gradient_is_the_slope_of_the_value(surface):
    # Central differences with h = 1e-5: truncation about 1e-10 f''', rounding 1e-16 f / h.
    points, h = points_on(surface), 1e-5
    directions = np.random.default_rng(1).standard_normal(points.shape)
    slope = (surface.value(points + h * directions) - surface.value(points - h * directions)) / (
        2 * h
    )
    exact = (surface.gradient(points) * directions).sum(axis=-1)
    np.testing.assert_allclose(exact, slope, rtol=1e-6, atol=1e-5)


@EVERY_SURFACE
def test_hessian_is_the_slope_of_the_gradient(surface):
    points, h = points_on(surface), 1e-5
    directions = np.random.default_rng(2).standard_normal(points.shape)
    ahead, behind = (surface.gradient(points + sign * h * directions) for sign in (1, -1))
    exact = (surface.hessian(points) @ directions[..., None])[..., 0]
    np.testing.assert_allclose(exact, (ahead - behind) / (2 * h), rtol=1e-6, atol=1e-4)


@EVERY_SURFACE
def test_minima_are_flat_and_curve_upwards_inside_the_bounds(surface):
    assert len(np.unique(surface.minima, axis=0)) == len(surface.minima) >= 1
    np.testing.assert_allclose(surface.gradient(surface.minima), 0, atol=1e-12)
    assert np.linalg.eigvalsh(surface.hessian(surface.minima)).min() > 0
    assert (surface.minima > surface.bounds[:, 0]).all()
    assert (surface.minima < surface.bounds[:, 1]).all()
    heights = surface.value(surface.minima)
    assert (np.diff(heights) > -1e-12).all()
    assert heights[0] <= surface.value(points_on(surface, 2000)).min()


@pytest.mark.parametrize(
    ("name", "n_minima", "lowest"),
    # Published: 0 for all but the last, which is −39.16617 a coordinate.
    [
        ("ravine", 1, 0),
        ("rosenbrock", 1, 0),
        ("himmelblau", 4, 0),
        ("beale", 1, 0),
        ("booth", 1, 0),
        ("saddle", 2, 0),
        ("styblinski_tang", 4, -2 * 39.16617),
    ],
)
def test_published_minima(name, n_minima, lowest):
    surface = SURFACES[name]
    assert surface.name == name
    assert surface.minima.shape == (n_minima, 2)
    assert surface.value(surface.minima[0]) == pytest.approx(lowest, abs=1e-5)


def test_himmelblau_at_the_origin():
    # (0 + 0 − 11)² + (0 + 0 − 7)² = 170; gradient (2·(−7), 2·(−11)).
    assert SURFACES["himmelblau"].value([0, 0]) == 170
    np.testing.assert_array_equal(SURFACES["himmelblau"].gradient([0, 0]), [-14, -22])
    np.testing.assert_array_equal(SURFACES["himmelblau"].hessian([0, 0]), [[-42, 0], [0, -26]])


def test_saddle_curves_both_ways_at_the_origin():
    surface = SURFACES["saddle"]
    np.testing.assert_array_equal(surface.gradient([0.0, 0.0]), [0, 0])
    np.testing.assert_array_equal(surface.hessian([0.0, 0.0]), [[1, 0], [0, -1]])


@EVERY_SURFACE
@pytest.mark.parametrize("leading", [(), (1,), (3,), (2, 0), (2, 1, 3)])
def test_surfaces_are_batched_over_leading_axes(surface, leading):
    points = np.random.default_rng(0).uniform(-1, 1, (*leading, 2))
    assert surface.value(points).shape == leading
    assert surface.gradient(points).shape == (*leading, 2)
    assert surface.hessian(points).shape == (*leading, 2, 2)
    for index in np.ndindex(leading):
        np.testing.assert_array_equal(surface.value(points)[index], surface.value(points[index]))
        np.testing.assert_array_equal(
            surface.gradient(points)[index], surface.gradient(points[index])
        )
        np.testing.assert_array_equal(
            surface.hessian(points)[index], surface.hessian(points[index])
        )


@EVERY_SURFACE
def test_surfaces_keep_float32_and_change_nothing(surface):
    points = points_on(surface).astype(np.float32)
    before = points.copy()
    for function in (surface.value, surface.gradient, surface.hessian):
        assert function(points).dtype == np.float32
    np.testing.assert_array_equal(points, before)
    with pytest.raises(ValueError, match="read-only"):
        surface.minima[0, 0] = 7
    with pytest.raises(ValueError, match="read-only"):
        surface.bounds[0, 0] = 7


@EVERY_SURFACE
def test_surfaces_take_points_of_a_diverged_descent_without_a_warning(surface):
    for points in ([np.inf, 0.0], [np.nan, np.nan], [1e200, -1e200]):
        assert surface.value(points).shape == ()
        assert surface.gradient(points).shape == (2,)
        assert surface.hessian(points).shape == (2, 2)


@EVERY_SURFACE
@pytest.mark.parametrize("points", [1.0, [1.0, 2.0, 3.0], [[1.0], [2.0]]])
def test_surfaces_refuse_points_of_another_dimension(surface, points):
    for function in (surface.value, surface.gradient, surface.hessian):
        with pytest.raises(ValueError, match="2 coordinates along the last axis"):
            function(points)


def test_quadratic_in_three_dimensions():
    hessian = np.array([[3.0, 1.0, 0.0], [1.0, 2.0, 0.5], [0.0, 0.5, 1.0]])
    bowl = quadratic(hessian, [1.0, -1.0, 0.0], name="bowl")
    assert bowl.name == "bowl"
    # From the minimum by (1, 0, 2): Hd = (3, 2, 2), ½ dᵀHd = ½ (3 + 4) = 3.5.
    np.testing.assert_allclose(bowl.gradient([2.0, -1.0, 2.0]), [3, 2, 2])
    assert bowl.value([2.0, -1.0, 2.0]) == pytest.approx(3.5)
    np.testing.assert_array_equal(bowl.hessian(np.zeros((4, 3)))[3], hessian)


@pytest.mark.parametrize(
    ("hessian", "message"),
    [
        ([[1.0, 0.0]], "hessian must have shape"),
        ([1.0, 2.0], "hessian must have shape"),
        ([[1.0, 2.0], [0.0, 1.0]], "symmetric"),
        ([[1.0, 0.0], [0.0, -1.0]], "positive eigenvalues"),
        ([[np.nan, 0.0], [0.0, 1.0]], "finite"),
    ],
)
def test_quadratic_refuses_what_is_no_bowl(hessian, message):
    with pytest.raises(ValueError, match=message):
        quadratic(hessian)


@pytest.mark.parametrize("hessian", [[[0.5]], [[3.0, 1.0], [1.0, 2.0]], np.diag([1.0, 2.0, 8.0])])
def test_at_its_bounds_each_coordinate_alone_raises_a_quadratic_to_2(hessian):
    size = len(hessian)
    minimum = np.arange(1.0, size + 1)
    bowl = quadratic(hessian, minimum)
    for axis, end in np.ndindex(size, 2):
        point = minimum.copy()
        point[axis] = bowl.bounds[axis, end]
        assert bowl.value(point) == pytest.approx(2)
    assert (bowl.bounds[:, 0] < minimum).all()
    assert (minimum < bowl.bounds[:, 1]).all()


@pytest.mark.parametrize("surface", [quadratic(np.eye(2), name="bowl"), ill_conditioned(7.0)])
def test_surfaces_made_anew_do_as_the_others(surface):
    with pytest.raises(ValueError, match="read-only"):
        surface.bounds[0, 0] = 7
    for function in (surface.value, surface.gradient, surface.hessian):
        assert function(np.ones((3, 2), np.float32)).dtype == np.float32
        with pytest.raises(ValueError, match=f"^{surface.name} takes points of 2 coordinates"):
            function([1.0])
        with pytest.raises(ValueError, match=r"^points must hold real numbers"):
            function("here")


def test_quadratic_refuses_a_minimum_that_does_not_fit():
    with pytest.raises(ValueError, match="minimum must have shape"):
        quadratic(np.eye(2), [1.0, 2.0, 3.0])


@given(kappa=st.floats(1, 1e3), angle=st.floats(-4, 4))
def test_a_ravine_has_the_condition_number_asked_for(kappa, angle):
    assert ill_conditioned(kappa, angle=angle).name == "ravine"
    hessian = ill_conditioned(kappa, angle=angle).hessian([0.0, 0.0])
    np.testing.assert_allclose(np.linalg.eigvalsh(hessian), [1, kappa], rtol=1e-9)
    gentle = [np.cos(angle), np.sin(angle)]
    np.testing.assert_allclose(hessian @ gentle, gentle, atol=1e-9 * kappa)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"condition_number": 0.5}, "condition_number must be at least 1"),
        ({"condition_number": np.inf}, "condition_number must be one finite"),
        ({"condition_number": 1e13}, r"condition_number must be at most 1e12, but is 1e\+13"),
        ({"condition_number": [1.0, 2.0]}, "condition_number must be one finite"),
        ({"angle": np.nan}, "angle must be one finite"),
    ],
)
def test_ravine_refuses(settings, message):
    with pytest.raises(ValueError, match=message):
        ill_conditioned(**settings)


# The six rules


def twice(x):
    """The gradient of θ²."""
    return 2 * x


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        (gradient_descent(0.1), [1, 0.8, 0.64, 0.512]),
        # v = 2, 2.6, 2.38
        (momentum(0.1, decay=0.5), [1, 0.8, 0.54, 0.302]),
        # v = 2, 2.4, 2.08; steps of 0.1 times 2 + 1, 1.4 + 1.2, 0.88 + 1.04
        (nesterov(0.1, decay=0.5), [1, 0.7, 0.44, 0.248]),
        # s = 4, 4 + 1.8² = 7.24
        (adagrad(0.1), [1, 0.9, 0.9 - 0.18 / 7.24**0.5]),
        # s = ¼·4 = 1, ¾·1 + ¼·1.6² = 1.39
        (rmsprop(0.1, decay=0.75), [1, 0.8, 0.8 - 0.16 / 1.39**0.5]),
        # m = 1, 1.4, corrected by ½ and ¾; s = 1, 1.56, corrected by ¼ and 7/16
        (
            adam(0.1, decay1=0.5, decay2=0.75),
            [1, 0.9, 0.9 - 0.1 * (1.4 / 0.75) / (1.56 / 0.4375) ** 0.5],
        ),
    ],
    ids=OPTIMIZERS,
)
def test_first_steps_on_a_parabola_by_hand(rule, path):
    # ε moves the last three by about 1e-8.
    np.testing.assert_allclose(descend(twice, [1.0], rule, len(path) - 1).ravel(), path, atol=2e-8)


@pytest.mark.parametrize(
    ("name", "rate", "end"),
    # Where PyTorch 2.13 arrives from (−1.2, 1) after fifty steps on Rosenbrock's function.
    [
        ("gradient_descent", 1e-3, (-0.9895983514013361, 0.9873117915605708)),
        ("momentum", 1e-4, (-0.9591420501984881, 0.9570616783258719)),
        ("nesterov", 1e-4, (-0.9850557433686703, 0.9802734924210985)),
        ("adagrad", 0.05, (-1.0530675597118566, 1.1152547011545826)),
        ("rmsprop", 0.05, (-0.947616040931646, 0.8428653974083612)),
        ("adam", 0.05, (-0.9985842631407017, 1.0010263411605043)),
    ],
)
def test_fifty_steps_end_where_the_published_rule_ends(name, rate, end):
    path = descend(SURFACES["rosenbrock"].gradient, [-1.2, 1.0], OPTIMIZERS[name](rate), 50)
    np.testing.assert_allclose(path[-1], end, rtol=1e-10)


def test_defaults_are_the_published_ones():
    for full, short in [
        (momentum(0.1, decay=0.9), momentum(0.1)),
        (nesterov(0.1, decay=0.9), nesterov(0.1)),
        (adagrad(0.1, epsilon=1e-10), adagrad(0.1)),
        (rmsprop(0.1, decay=0.9, epsilon=1e-8), rmsprop(0.1)),
        (adam(0.1, decay1=0.9, decay2=0.999, epsilon=1e-8), adam(0.1)),
    ]:
        start = [1.0, 1e-9]
        np.testing.assert_array_equal(
            descend(twice, start, full, 5), descend(twice, start, short, 5)
        )


@pytest.mark.parametrize("rule", [adagrad, rmsprop, adam])
def test_epsilon_stands_outside_the_root(rule):
    # With slope g and ε ≫ g a first step is about η g / ε (times 1/√(1 − ρ) inside RMSProp's
    # average only); inside the root it would be η g / √ε.
    settings = {"decay": 0.0} if rule is rmsprop else {}
    step = -descend(lambda x: 0 * x + 1e-6, [0.0], rule(1.0, epsilon=1e-2, **settings), 1)[-1]
    assert step == pytest.approx(1e-6 / (1e-6 + 1e-2), rel=1e-6)


@EVERY_RULE
def test_many_starts_with_many_rates_walk_as_each_alone(rule):
    starts = np.random.default_rng(0).uniform(-2, 2, (3, 4, 2))
    rates = np.array([1e-4, 1e-3, 2e-3])[:, None]
    gradient = SURFACES["beale"].gradient
    together = descend(gradient, starts, rule(rates), 20)
    assert together.shape == (21, 3, 4, 2)
    for i, j in np.ndindex(3, 4):
        alone = descend(gradient, starts[i, j], rule(rates[i, 0]), 20)
        # Powers of an array and of a number may differ in the last bit.
        np.testing.assert_allclose(together[:, i, j], alone, rtol=1e-12)


def test_decays_broadcast_too():
    betas = np.array([0.0, 0.5, 0.9])
    together = descend(twice, np.ones((3, 1)), momentum(0.1, betas), 10)
    for beta, path in zip(betas, together.swapaxes(0, 1), strict=True):
        np.testing.assert_array_equal(path, descend(twice, [1.0], momentum(0.1, beta), 10))


@EVERY_RULE
def test_rules_are_pure(rule):
    optimizer = rule(0.1)
    point, slope = np.array([1.0, -2.0]), np.array([0.5, 3.0])
    state = optimizer.init(point)
    first, after = optimizer.step(point, slope, state)
    again, _ = optimizer.step(point, slope, state)
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(point, [1.0, -2.0])
    np.testing.assert_array_equal(slope, [0.5, 3.0])
    for part in after:
        assert not isinstance(part, np.ndarray) or not np.shares_memory(part, slope)


@EVERY_RULE
def test_what_a_rule_remembers_has_the_shape_and_type_of_the_point(rule):
    for dtype in (np.float32, np.float64):
        point = np.ones((3, 2), dtype)
        for part in rule(0.1).init(point):
            if isinstance(part, np.ndarray):
                assert (part.shape, part.dtype) == (point.shape, dtype)
                np.testing.assert_array_equal(part, 0)


@EVERY_RULE
def test_float32_stays_float32(rule):
    path = descend(twice, np.ones((2, 3), np.float32), rule(0.1), 3)
    assert path.dtype == np.float32
    step, _ = rule(0.1).step(path[0], path[1], rule(0.1).init(path[0]))
    assert step.dtype == np.float32


@EVERY_RULE
@pytest.mark.parametrize("rate", [-0.1, 0.0, np.nan, np.inf, "fast", None, [0.1, -0.1], [], 1j])
def test_rates_that_cannot_be_meant_are_refused(rule, rate):
    with pytest.raises(ValueError, match="learning_rate must"):
        rule(rate)


@EVERY_RULE
@pytest.mark.parametrize("shape", [(2,), (3, 1), (1, 1, 3), (4, 3, 1)])
def test_rates_that_do_not_fit_the_starts_are_refused(rule, shape):
    with pytest.raises(ValueError, match="learning_rate must be one number or broadcast"):
        descend(twice, np.ones((4, 3, 2)), rule(np.full(shape, 0.1)), 1)


EVERY_SETTING = pytest.mark.parametrize(
    ("rule", "name"),
    [
        (rule, name)
        for rule in OPTIMIZERS.values()
        for name in inspect.signature(rule).parameters
        if name != "learning_rate"
    ],
)


@EVERY_SETTING
def test_settings_that_do_not_fit_the_starts_are_refused(rule, name):
    with pytest.raises(ValueError, match=f"{name} must be one number or broadcast to the leading"):
        descend(twice, np.ones((4, 3, 2)), rule(0.1, **{name: np.full(2, 0.5)}), 1)


@EVERY_SETTING
def test_settings_may_differ_from_start_to_start(rule, name):
    values = np.array([0.25, 0.5, 0.75])
    together = descend(twice, np.ones((3, 1)), rule(0.1, **{name: values}), 5)
    for value, path in zip(values, together.swapaxes(0, 1), strict=True):
        alone = descend(twice, [1.0], rule(0.1, **{name: value}), 5)
        np.testing.assert_allclose(path, alone, rtol=1e-12)


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        (momentum, "decay"),
        (nesterov, "decay"),
        (rmsprop, "decay"),
        (adam, "decay1"),
        (adam, "decay2"),
    ],
)
@pytest.mark.parametrize("decay", [-0.1, 1.0, 1.5, np.nan, "most"])
def test_decays_outside_their_range_are_refused(rule, name, decay):
    with pytest.raises(ValueError, match=f"{name} must"):
        rule(0.1, **{name: decay})


@pytest.mark.parametrize("rule", [adagrad, rmsprop, adam])
@pytest.mark.parametrize("epsilon", [-1e-8, np.nan])
def test_negative_epsilon_is_refused(rule, epsilon):
    with pytest.raises(ValueError, match="epsilon must"):
        rule(0.1, epsilon=epsilon)


# What the rules do and do not notice


def test_gradient_descent_does_not_notice_a_rotation_but_adam_does():
    surface, turn = ill_conditioned(30.0), 0.7
    axes = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    turned = ill_conditioned(30.0, angle=turn)
    start = np.array([3.0, 1.0])
    for rule, same in [(gradient_descent(0.03), True), (momentum(0.02), True), (adam(0.1), False)]:
        path = descend(surface.gradient, start, rule, 40) @ axes.T
        other = descend(turned.gradient, axes @ start, rule, 40)
        assert np.allclose(path, other, atol=1e-9) == same


@pytest.mark.parametrize("rule", [adagrad, rmsprop, adam])
def test_adaptive_rules_do_not_notice_the_scale_of_a_coordinate(rule):
    surface, scale = SURFACES["beale"], np.array([1000.0, 0.01])
    plain = descend(surface.gradient, [1.0, 1.0], rule(0.05, epsilon=0.0), 30)
    scaled = descend(
        lambda x: scale * surface.gradient(x), [1.0, 1.0], rule(0.05, epsilon=0.0), 30
    )
    np.testing.assert_allclose(scaled, plain, rtol=1e-8)


@given(slope=st.floats(1e-3, 1e3), sign=st.sampled_from([-1, 1]))
def test_adams_first_step_is_the_rate_against_the_sign_of_the_slope(slope, sign):
    end = descend(lambda x: 0 * x + sign * slope, [0.0], adam(0.1), 1)[-1]
    assert end == pytest.approx(-0.1 * sign, rel=1e-4)


# Descent


@given(
    leading=st.lists(st.integers(1, 4), max_size=2).map(tuple),
    dimension=st.integers(1, 5),
    n_steps=st.integers(0, 6),
    name=st.sampled_from(sorted(OPTIMIZERS)),
)
def test_path_has_one_point_more_than_steps(leading, dimension, n_steps, name):
    start = np.random.default_rng(0).standard_normal((*leading, dimension))
    path = descend(twice, start, OPTIMIZERS[name](0.01), n_steps)
    assert path.shape == (n_steps + 1, *leading, dimension)
    np.testing.assert_array_equal(path[0], start)


def test_a_single_number_descends_too():
    np.testing.assert_allclose(descend(twice, 1.0, gradient_descent(0.25), 2), [1, 0.5, 0.25])


def test_the_start_is_not_changed_and_integers_will_do():
    start = np.array([3, -1])
    path = descend(twice, start, gradient_descent(0.25), 1)
    np.testing.assert_array_equal(start, [3, -1])
    np.testing.assert_array_equal(path, [[3, -1], [1.5, -0.5]])


@EVERY_RULE
@EVERY_SURFACE
def test_divergence_is_a_result(surface, rule):
    path = descend(surface.gradient, [1.5, 1.5], rule(1e12), 60)
    assert path.shape == (61, 2)
    surface.value(path)


def test_beyond_the_stable_rate_the_path_becomes_infinite():
    path = descend(twice, [1.0], gradient_descent(2e3), 200)
    assert np.isinf(path).any()


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ([], "start must hold at least one number"),
        (np.zeros((0, 2)), "start must hold at least one number"),
        ([np.nan, 0.0], "start must hold finite numbers"),
        ([np.inf, 0.0], "start must hold finite numbers"),
        (["here", "there"], "start must hold real numbers"),
        ([1.0, 2.0, 3.0], "rosenbrock takes points of 2 coordinates"),
        (1.0, "rosenbrock takes points of 2 coordinates"),
    ],
)
def test_starts_that_cannot_be_meant_are_refused(start, message):
    with pytest.raises(ValueError, match=message):
        descend(SURFACES["rosenbrock"].gradient, start, adam(0.1), 1)


@pytest.mark.parametrize("n_steps", [-1, 2.5, "many", True])
def test_step_counts_that_cannot_be_meant_are_refused(n_steps):
    with pytest.raises(ValueError, match="n_steps must be an integer of at least 0"):
        descend(twice, [1.0], adam(0.1), n_steps)


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"gradient must have the shape \(2,\) of the start"):
        descend(lambda x: x.sum(), [1.0, 2.0], adam(0.1), 1)


@pytest.mark.parametrize("optimizer", ["adam", adam, None])
def test_what_is_no_optimizer_is_refused(optimizer):
    with pytest.raises(ValueError, match="optimizer must be an Optimizer"):
        descend(twice, [1.0], optimizer, 1)


def test_a_gradient_that_changes_its_argument_is_stopped():
    def in_place(x):
        x *= 2
        return x

    with pytest.raises(ValueError, match="read-only"):
        descend(in_place, [1.0], adam(0.1), 1)


def test_more_steps_than_memory_holds_are_refused():
    with pytest.raises(ValueError, match=r"^n_steps and start must not ask for more than"):
        descend(twice, [1.0], adam(0.1), 10**9)
    with pytest.raises(ValueError, match=r"^n_steps and start must not ask for more than"):
        descend(lambda x: pytest.fail("was begun"), np.zeros(10**4), adam(0.1), 10**6)


@pytest.mark.parametrize(
    "surface", [ill_conditioned(3.0), SURFACES["beale"]], ids=lambda s: s.name
)
@pytest.mark.parametrize("function", ["value", "gradient", "hessian"])
def test_a_surface_says_by_its_name_what_it_takes(surface, function):
    ask = getattr(surface, function)
    for points in (1.0, [1.0, 2.0, 3.0]):
        with pytest.raises(ValueError, match=f"^{surface.name} takes points of 2 coordinates"):
            ask(points)
    with pytest.raises(ValueError, match=r"^points must hold real numbers"):
        ask("xy")


# Schedules


@EVERY_RULE
def test_a_schedule_scales_the_rate_whatever_the_rule(rule):
    gradient = SURFACES["beale"].gradient
    half = descend(gradient, [1.0, 1.0], scheduled(rule(0.01), lambda k: 0.5), 30)
    np.testing.assert_allclose(half, descend(gradient, [1.0, 1.0], rule(0.005), 30), rtol=1e-9)


def test_a_schedule_sees_the_steps_taken():
    seen = []

    def schedule(k):
        seen.append(k)
        return 1.0

    descend(twice, [1.0], scheduled(gradient_descent(0.1), schedule), 4)
    assert seen == [0, 1, 2, 3]


def test_inverse_time_decay_averages_the_gradients_noise():
    # On θ²/2 with rates 1, ½, ⅓, … the point is the mean of all targets seen.
    targets = np.random.default_rng(0).standard_normal(50)
    stream = iter(targets)
    rule = scheduled(gradient_descent(1.0), inverse_time_decay(1))
    end = descend(lambda x: x - next(stream), [7.0], rule, 50)[-1]
    assert end == pytest.approx(targets.mean())


@pytest.mark.parametrize("period", [0, -1, np.nan, "long"])
def test_inverse_time_decay_refuses(period):
    with pytest.raises(ValueError, match="period must be"):
        inverse_time_decay(period)


@pytest.mark.parametrize("n_steps", [0, 1.5, None])
def test_cosine_decay_refuses(n_steps):
    with pytest.raises(ValueError, match="n_steps must be an integer"):
        cosine_decay(n_steps)


def test_cosine_decay_falls_from_1_to_0_and_stays_there():
    schedule = cosine_decay(4)
    half = np.sqrt(0.5)
    expected = [1, (1 + half) / 2, 0.5, (1 - half) / 2, 0, 0, 0, 0, 0]
    np.testing.assert_allclose([schedule(k) for k in range(9)], expected, atol=1e-15)


# Line search and Newton


@EVERY_SURFACE
def test_backtracking_never_rises_and_keeps_armijos_promise(surface):
    path = descend(surface.gradient, points_on(surface, 12), backtracking(surface.value), 40)
    heights, slopes = surface.value(path), surface.gradient(path)[:-1]
    assert np.isfinite(path).all()
    # ‖θ⁺ − θ‖ = η ‖g‖, so η ‖g‖² is the product of step and slope.
    promised = np.linalg.norm(np.diff(path, axis=0), axis=-1) * np.linalg.norm(slopes, axis=-1)
    assert (heights[1:] <= heights[:-1] - 1e-4 * promised + 1e-9 * (1 + abs(heights[:-1]))).all()


def test_each_start_finds_its_own_rate():
    bowl = ill_conditioned(100.0)
    rule = backtracking(bowl.value)
    starts = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    together = descend(bowl.gradient, starts, rule, 5)
    for start, path in zip(starts, together.swapaxes(0, 1), strict=True):
        np.testing.assert_array_equal(path, descend(bowl.gradient, start, rule, 5))
    # Along the gentle axis a rate of 1 lands on the minimum at once.
    np.testing.assert_array_equal(together[1, 0], [0, 0])


def test_backtracking_halves_the_rate_until_armijo_is_content():
    # f = 50 v²: (1 − 100 η)² falls below 1 first at η = 2⁻⁶, where v = 1 − 100/64.
    ravine_of_100 = ill_conditioned(100)
    path = descend(ravine_of_100.gradient, [0.0, 1.0], backtracking(ravine_of_100.value), 1)
    np.testing.assert_allclose(path[1], [0, 1 - 100 / 64])
    thirds = backtracking(ravine_of_100.value, initial_rate=9.0, shrink=1 / 3)
    path = descend(ravine_of_100.gradient, [0.0, 1.0], thirds, 1)
    np.testing.assert_allclose(path[1], [0, 1 - 100 / 81])


def test_backtracking_keeps_the_type_of_the_point():
    bowl = ill_conditioned(2)
    for dtype in (np.float32, np.float64):
        point = np.ones((3, 2), dtype)
        rule = backtracking(bowl.value)
        assert rule.init(point) == ()
        after, _ = rule.step(point, bowl.gradient(point), ())
        assert after.dtype == bowl.gradient(point).dtype == dtype


def test_backtracking_stays_where_no_rate_helps():
    # A gradient of the wrong sign promises a descent that never comes.
    rule = backtracking(lambda x: (x**2).sum(axis=-1))
    np.testing.assert_array_equal(descend(lambda x: -2 * x, [1.0], rule, 2), [[1], [1], [1]])


def test_backtracking_asks_for_its_share_of_what_the_slope_promises():
    # f = aθ with a slope said to be 2: half of the promise is 2 a step of rate 1, and f gives 2a.
    for a, end in [(1.0, -2.0), (0.75, 0.0)]:
        rule = backtracking(lambda x, a=a: a * x[..., 0], sufficient=0.5)
        assert descend(lambda x: 0 * x + 2, [0.0], rule, 1)[-1] == end


def test_backtracking_tries_sixty_rates():
    asked = []

    def value(x):
        asked.append(float(x[0]))
        return abs(x).sum(axis=-1)

    descend(lambda x: 0 * x + 1, [0.0], backtracking(value), 1)
    assert asked == [0, *(-(0.5**k) for k in range(60))]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"initial_rate": 0.0}, "initial_rate must be greater than 0"),
        ({"shrink": 1.0}, r"shrink must lie in \(0, 1\)"),
        ({"sufficient": 0.0}, r"sufficient must lie in \(0, 1\)"),
    ],
)
def test_backtracking_refuses(settings, message):
    with pytest.raises(ValueError, match=message):
        backtracking(lambda x: x, **settings)


def test_newton_finds_rosenbrocks_minimum_in_a_few_steps():
    surface = SURFACES["rosenbrock"]
    path = descend(surface.gradient, [-1.2, 1.0], newton(surface.hessian), 7)
    np.testing.assert_allclose(path[-1], [1, 1], atol=1e-9)
    assert newton(surface.hessian).init(path[0]) == ()


def test_newton_runs_into_a_saddle():
    surface = SURFACES["saddle"]
    path = descend(surface.gradient, [0.5, 0.3], newton(surface.hessian), 8)
    np.testing.assert_allclose(path[-1], [0, 0], atol=1e-12)


def test_newton_does_not_notice_the_scale_of_the_coordinates():
    bowl = ill_conditioned(1e4, angle=0.3)
    starts = np.random.default_rng(0).standard_normal((5, 2))
    np.testing.assert_allclose(
        descend(bowl.gradient, starts, newton(bowl.hessian), 1)[-1], 0, atol=1e-9
    )


def test_newton_refuses_a_singular_hessian_and_a_wrong_rate():
    with pytest.raises(ValueError, match="needs an invertible Hessian"):
        descend(twice, [1.0, 1.0], newton(lambda x: np.ones((2, 2))), 1)
    with pytest.raises(ValueError, match="learning_rate must be greater than 0"):
        newton(np.diag, learning_rate=0.0)


def test_surfaces_say_their_names_and_the_part_to_look_at():
    assert {name: surface.name for name, surface in SURFACES.items()} == {n: n for n in SURFACES}
    assert quadratic(np.eye(2)).name == "quadratic"
    assert quadratic(np.eye(2), name="bowl").name == "bowl"
    bounds = {name: surface.bounds.tolist() for name, surface in SURFACES.items()}
    assert bounds == {
        "ravine": [[-4, 4], [-2, 2]],
        "rosenbrock": [[-2, 2], [-1, 3]],
        "himmelblau": [[-5, 5], [-5, 5]],
        "beale": [[-4.5, 4.5], [-4.5, 4.5]],
        "booth": [[-4, 6], [-2, 8]],
        "styblinski_tang": [[-4.5, 4.5], [-4.5, 4.5]],
        "saddle": [[-2, 2], [-1.75, 1.75]],
    }
    assert ill_conditioned(3.0).bounds.tolist() == bounds["ravine"]
    for name, surface in SURFACES.items():
        low, high = np.transpose(bounds[name])
        assert ((low < surface.minima) & (surface.minima < high)).all()
