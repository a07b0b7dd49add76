"""Tests of `mathdl.gradient_descent.schedules`."""

import numpy as np
import pytest

import mathdl.gradient_descent as gd
from mathdl.gradient_descent import (
    OPTIMIZERS,
    SURFACES,
    cosine_decay,
    descend,
    gradient_descent,
    inverse_time_decay,
    scheduled,
)

EVERY_RULE = pytest.mark.parametrize("rule", OPTIMIZERS.values(), ids=OPTIMIZERS)


def twice(x):
    """The gradient of θ²."""
    return 2 * x


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


def test_schedules_refuse_steps_before_the_first():
    for schedule in (gd.inverse_time_decay(3.0), gd.cosine_decay(3)):
        with pytest.raises(ValueError, match=r"^k must be at least 0, but is -1"):
            schedule(-1)
