"""The map of momentum's settings."""

import pytest

from mathdl import gradient_descent as gd
from mathdl.gradient_descent.explorers import momentum_explorer
from mathdl.gradient_descent.figures.momentum import bowl_radius, bowl_rate
from tests.explorable.explore.states import assert_prediction, once

explorer = once(momentum_explorer)


def test_it_begins_at_the_tuned_pair_and_diverges_across_the_border(explorer):
    assert_prediction(explorer, "it converges")
    pair = explorer.controls["pair"]
    best = gd.tuned_heavy_ball(1 / 25, 1.0)
    assert pair.value(pair.start) == pytest.approx(
        [float(best.learning_rate), float(best.decay)], abs=0.1
    )
    assert "diverges" in explorer.at(pair=(3.0, 0.0))
    assert "diverges" not in explorer.at(pair=(3.0, 0.7))


def test_the_map_predicts_what_is_measured(explorer):
    for rate, decay in [(0.6, 0.2), (1.0, 0.9), (1.8, 0.5)]:
        sentence = explorer.at(pair=(rate, decay))
        radius = float(bowl_radius(rate, decay))
        assert f"factor per step {radius:.3f}" in sentence
        assert float(sentence.split("measured ")[1].split()[0].rstrip(".")) == pytest.approx(
            radius, abs=0.02
        )


@pytest.mark.parametrize(("rate", "decay"), [(0.2, 0.9), (1.6, 0.98), (0.8, 0.98)])
def test_a_slow_swing_is_not_measured_as_growth(rate, decay):
    assert bowl_rate(rate, decay) == pytest.approx(bowl_radius(rate, decay), abs=3e-3)


@pytest.mark.parametrize(("rate", "decay"), [(2.0, 0.0), (2.8, 0.4)])
def test_on_the_border_nothing_is_promised(explorer, rate, decay):
    sentence = explorer.at(pair=(rate, decay))
    assert "for ever" in sentence
    assert "falls to a tenth" not in sentence
