"""Tests of `mathdl.background.experiments.curves`."""

import numpy as np
import pytest

from mathdl.background import sup_error
from mathdl.background.experiments import train_on_curve


def test_training_on_a_curve_lowers_the_error_and_repeats_itself(rng):
    def line(x):
        return 2 * x - 1

    before = train_on_curve(line, 8, rng=np.random.default_rng(3), n_steps=1)
    after, again = (train_on_curve(line, 8, rng=np.random.default_rng(3)) for _ in range(2))
    assert sup_error(after, line) < 0.1 * sup_error(before, line)
    np.testing.assert_array_equal(after[0].weights, again[0].weights)
    with pytest.raises(ValueError, match=r"function\(x\) must have shape \(129, 1\)"):
        train_on_curve(np.ravel, 4, rng=rng)
