"""Tests of `mathdl.gradient_descent.schedules`."""

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from tests.gradient_descent.problems import EVERY_RULE, twice


@EVERY_RULE
def test_a_schedule_scales_the_rate_whatever_the_rule(rule):
    gradient = gd.SURFACES["beale"].gradient
    half = gd.descend(gradient, [1.0, 1.0], gd.scheduled(rule(0.01), lambda k: 0.5), 30)
    np.testing.assert_allclose(half, gd.descend(gradient, [1.0, 1.0], rule(0.005), 30), rtol=1e-9)


def test_a_schedule_sees_the_steps_taken():
    seen = []

    def schedule(k):
        seen.append(k)
        return 1.0

    gd.descend(twice, [1.0], gd.scheduled(gd.gradient_descent(0.1), schedule), 4)
    assert seen == [0, 1, 2, 3]
    with pytest.raises(ValueError, match="what schedule returns must be at least 0, but is -1"):
        gd.descend(twice, [1.0], gd.scheduled(gd.gradient_descent(0.1), lambda k: -1), 4)
    schedule = gd.cosine_decay(4)
    half = np.sqrt(0.5)
    expected = [1, (1 + half) / 2, 0.5, (1 - half) / 2, 0, 0, 0, 0, 0]
    np.testing.assert_allclose([schedule(k) for k in range(9)], expected, atol=1e-15)
