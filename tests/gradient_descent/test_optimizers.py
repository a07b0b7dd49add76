"""Tests of `mathdl.gradient_descent.optimizers`."""

import inspect

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from tests.gradient_descent.problems import EVERY_RULE, twice


@pytest.mark.equation("gradient-descent-step")
@pytest.mark.equation("gradient-descent-heavy-ball")
@pytest.mark.equation("gradient-descent-adagrad")
@pytest.mark.equation("gradient-descent-rmsprop")
@pytest.mark.equation("gradient-descent-adam")
@pytest.mark.parametrize(
    ("rule", "path"),
    [
        (gd.gradient_descent(0.1), [1, 0.8, 0.64, 0.512]),
        # v = 2, 2.6, 2.38
        (gd.momentum(0.1, decay=0.5), [1, 0.8, 0.54, 0.302]),
        # v = 2, 2.4, 2.08; steps of 0.1 times 2 + 1, 1.4 + 1.2, 0.88 + 1.04
        (gd.nesterov(0.1, decay=0.5), [1, 0.7, 0.44, 0.248]),
        # s = 4, 4 + 1.8² = 7.24
        (gd.adagrad(0.1), [1, 0.9, 0.9 - 0.18 / 7.24**0.5]),
        # s = ¼·4 = 1, ¾·1 + ¼·1.6² = 1.39
        (gd.rmsprop(0.1, decay=0.75), [1, 0.8, 0.8 - 0.16 / 1.39**0.5]),
        # m = 1, 1.4, corrected by ½ and ¾; s = 1, 1.56, corrected by ¼ and 7/16
        (
            gd.adam(0.1, decay1=0.5, decay2=0.75),
            [1, 0.9, 0.9 - 0.1 * (1.4 / 0.75) / (1.56 / 0.4375) ** 0.5],
        ),
    ],
    ids=gd.OPTIMIZERS,
)
def test_first_steps_on_a_parabola_by_hand(rule, path):
    # ε moves the last three by about 1e-8.
    np.testing.assert_allclose(
        gd.descend(twice, [1.0], rule, len(path) - 1).ravel(), path, atol=2e-8
    )


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
    path = gd.descend(
        gd.SURFACES["rosenbrock"].gradient, [-1.2, 1.0], gd.OPTIMIZERS[name](rate), 50
    )
    np.testing.assert_allclose(path[-1], end, rtol=1e-10)


def test_the_source_of_a_rule_stands_in_its_docstring_before_the_examples():
    references = (
        "\n\nReferences\n----------\nkingma2015adam, algorithm 1.\n\nExamples\n--------\n>>> "
    )
    assert references in gd.adam.__doc__


@EVERY_RULE
def test_many_starts_with_many_rates_walk_as_each_alone(rule):
    starts = np.random.default_rng(0).uniform(-2, 2, (3, 4, 2))
    rates = np.array([1e-4, 1e-3, 2e-3])[:, None]
    gradient = gd.SURFACES["beale"].gradient
    together = gd.descend(gradient, starts, rule(rates), 20)
    assert together.shape == (21, 3, 4, 2)
    for i, j in np.ndindex(3, 4):
        alone = gd.descend(gradient, starts[i, j], rule(rates[i, 0]), 20)
        # Powers of an array and of a number may differ in the last bit.
        np.testing.assert_allclose(together[:, i, j], alone, rtol=1e-12)


def test_many_starts_of_many_coordinates_are_rounded_as_each_alone():
    rng = np.random.default_rng(0)
    factor = rng.normal(size=(17, 17))
    bowl = gd.quadratic(factor @ factor.T + np.eye(17))
    starts = rng.normal(size=(4, 17))
    together = gd.descend(bowl.gradient, starts, gd.momentum(0.01), 20)
    values = bowl.value(together)
    for i, start in enumerate(starts):
        alone = gd.descend(bowl.gradient, start, gd.momentum(0.01), 20)
        np.testing.assert_array_equal(together[:, i], alone)
        np.testing.assert_array_equal(values[:, i], bowl.value(alone))


@EVERY_RULE
def test_rules_are_pure_and_keep_float32(rule):
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
    path = gd.descend(twice, np.ones((2, 3), np.float32), rule(0.1), 3)
    assert path.dtype == np.float32
    step, _ = rule(0.1).step(path[0], path[1], rule(0.1).init(path[0]))
    assert step.dtype == np.float32


EVERY_SETTING = pytest.mark.parametrize(
    ("rule", "name"),
    [
        (rule, name)
        for rule in gd.OPTIMIZERS.values()
        for name in inspect.signature(rule).parameters
    ],
)


@EVERY_SETTING
def test_settings_that_do_not_fit_the_starts_are_refused(rule, name):
    for shape in [(2,), (3, 1), (1, 1, 3), (4, 3, 1)]:
        made = rule(**{"learning_rate": 0.1, name: np.full(shape, 0.5)})
        with pytest.raises(ValueError, match=f"{name} must be one number or broadcast to the lea"):
            gd.descend(twice, np.ones((4, 3, 2)), made, 1)


@EVERY_SETTING
def test_settings_may_differ_from_start_to_start(rule, name):
    values = np.array([0.25, 0.5, 0.75])
    together = gd.descend(twice, np.ones((3, 1)), rule(**{"learning_rate": 0.1, name: values}), 5)
    for value, path in zip(values, together.swapaxes(0, 1), strict=True):
        alone = gd.descend(twice, [1.0], rule(**{"learning_rate": 0.1, name: value}), 5)
        np.testing.assert_allclose(path, alone, rtol=1e-12)
