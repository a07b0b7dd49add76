"""Floors, and descents that leave a saddle."""

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.gradient_descent.explorers import noise, noise_explorer
from tests.explorable.explore.states import assert_prediction, moving, once

explorer = once(noise_explorer)


def test_with_all_samples_nothing_leaves_the_ridge_and_the_prediction_says_so(explorer):
    assert_prediction(explorer, "the one with all samples")
    assert "no run leaves" in explorer.at(batch="all", rate=0.2)
    assert (moving(explorer, "share")[0].get_ydata() == 0).all()
    assert not explorer.said.formula


@pytest.mark.parametrize(("batch", "rate"), [("1", 0.2), ("4", 0.8), ("16", 1.2), ("64", 0.4)])
def test_the_floor_is_that_of_theory(explorer, batch, rate):
    sentence = explorer.at(batch=batch, rate=rate)
    floor = float(gd.stationary_variance(rate, 1.0, float(batch) ** -0.5))
    (drawn,) = moving(explorer, "floor")
    assert drawn.get_ydata() == pytest.approx([floor, floor])
    told = explorer.said.numbers
    assert told["rate"] * told["variance"] / (2 - told["rate"]) == pytest.approx(told["level"])
    (mean,) = moving(explorer, "mean")
    assert mean.get_ydata()[-20:].mean() == pytest.approx(floor, rel=0.1)
    assert "last 20 steps" in sentence
    assert "still coming down" in explorer.at(batch=batch, rate=0.05)


def test_smaller_noise_leaves_later_by_a_summand():
    times = [noise.median_escape(batch, 0.2) for batch in ("1", "4", "16", "64", "256")]
    growth = np.diff(times)
    # ln 2 / ln 1.2 = 3.8 steps for a noise half as large.
    assert growth == pytest.approx(np.full(4, np.log(2) / np.log(1.2)), abs=1.5)
