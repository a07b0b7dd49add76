"""The explorers of bowl, momentum and noise, asserted against the kernels."""

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.figures.gradient_descent.momentum import bowl_radius
from mathdl.widgets.gradient_descent import momentum, noise, quadratics
from tests.widgets.states import assert_prediction, moving

EXPLORERS = {
    "bowl": quadratics.quadratic_explorer,
    "momentum": momentum.momentum_explorer,
    "noise": noise.noise_explorer,
}


@pytest.fixture(scope="module")
def explorers():
    return {name: make() for name, make in EXPLORERS.items()}


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("bowl", "it never arrives"),
        ("momentum", "it converges"),
        ("noise", "the one with all samples"),
    ],
)
def test_predictions(explorers, name, answer):
    assert_prediction(explorers[name], answer)


def test_the_theorems_marks_stand_on_the_rates_slider(explorers):
    marks = explorers["bowl"].controls["rate"].marks
    assert marks["2/L"] == pytest.approx(gd.largest_stable_rate(1.0))
    assert marks["1/L"] == 1


@pytest.mark.parametrize("kappa", [1, 10, 100])
def test_the_bowl_converges_exactly_below_its_mark(explorers, kappa):
    explorer = explorers["bowl"]
    (total,) = moving(explorer, "total")
    for rate in quadratics.RATES:
        sentence = explorer.at(rate=rate, kappa=kappa, start=(-3, 2))
        share = total.get_ydata()
        if rate < 2:
            assert len(share) == 1 or share[1] < share[0]
            best = gd.best_rate(1 / kappa, 1.0)
            words = ("sooner", "larger", "smaller") if kappa == 1 else ("long run", "up", "down")
            assert words[0] in sentence or rate == best
            assert (words[1] in sentence.split(". ")[-1]) == (rate < best)
            assert (words[2] in sentence.split(". ")[-1]) == (rate > best)
        elif rate > 2:
            assert sentence.startswith("Beyond 2/L")
            assert share[-1] > share[len(share) // 2]
        else:
            assert "for ever" in sentence


def test_in_a_narrow_bowl_sixty_steps_prefer_a_smaller_rate_than_the_long_run(explorers):
    (total,) = moving(explorers["bowl"], "total")
    left = {}
    for rate in quadratics.RATES[:-3]:
        assert explorers["bowl"].at(rate=rate, kappa=100).endswith("go up.")
        left[rate] = total.get_ydata()[-1]
    assert min(left, key=left.get) == 1.9
    assert left[1.96] > 10 * left[1.9]


def test_a_start_in_the_minimum_stays(explorers):
    assert "stays there" in explorers["bowl"].at(start=(0, 0))


@pytest.mark.parametrize("rule", ["momentum", "nesterov"])
def test_the_map_predicts_what_is_measured(explorers, rule):
    explorer = explorers["momentum"]
    for rate, decay in [(0.6, 0.2), (1.0, 0.9), (1.8, 0.5)]:
        sentence = explorer.at(pair=(rate, decay), rule=rule)
        radius = float(bowl_radius(rule, rate, decay))
        assert f"factor a step {radius:.3f}" in sentence
        measured = float(sentence.split("measured ")[1].rstrip(".").split(". In")[0].split(";")[0])
        assert measured == pytest.approx(radius, abs=0.06)


def test_across_the_border_the_ball_diverges(explorers):
    explorer = explorers["momentum"]
    assert "diverges" in explorer.at(pair=(3.0, 0.0))
    assert "diverges" not in explorer.at(pair=(3.0, 0.7))
    assert "diverges" in explorer.at(pair=(3.0, 0.7), rule="nesterov")


@pytest.mark.parametrize(
    ("rate", "decay", "rule"), [(2.0, 0.0, "momentum"), (2.8, 0.4, "momentum"),
                                (1.4, 0.75, "nesterov")]
)  # fmt: skip
def test_on_the_border_nothing_is_promised(explorers, rate, decay, rule):
    sentence = explorers["momentum"].at(pair=(rate, decay), rule=rule)
    assert "for ever" in sentence
    assert "falls to a tenth" not in sentence


def test_on_a_round_bowl_no_start_is_safe_beyond_the_limit(explorers):
    sentence = explorers["bowl"].at(rate=2.1, kappa=1, start=(3, 0))
    assert sentence.startswith("Beyond 2/L")


def test_the_first_pair_is_the_tuned_one(explorers):
    pair = explorers["momentum"].controls["pair"]
    best = gd.tuned_heavy_ball(1 / 25, 1.0)
    assert pair.value(pair.start) == pytest.approx(
        [float(best.learning_rate), float(best.decay)], abs=0.1
    )


@pytest.mark.parametrize(("batch", "rate"), [("1", 0.2), ("4", 0.8), ("16", 1.2), ("64", 0.4)])
def test_the_floor_is_that_of_theory(explorers, batch, rate):
    explorer = explorers["noise"]
    sentence = explorer.at(batch=batch, rate=rate)
    floor = float(gd.stationary_variance(rate, 1.0, float(batch) ** -0.5))
    (drawn,) = moving(explorer, "floor")
    assert drawn.get_ydata() == pytest.approx([floor, floor])
    (mean,) = moving(explorer, "mean")
    assert mean.get_ydata()[-20:].mean() == pytest.approx(floor, rel=0.1)
    assert "last 20 steps" in sentence


def test_with_all_samples_nothing_leaves_the_ridge(explorers):
    explorer = explorers["noise"]
    assert "no run leaves" in explorer.at(batch="all", rate=0.2)
    assert (moving(explorer, "share")[0].get_ydata() == 0).all()


def test_smaller_noise_leaves_later_by_a_summand():
    times = [noise.median_escape(batch, 0.2) for batch in ("1", "4", "16", "64", "256")]
    growth = np.diff(times)
    # ln 2 / ln 1.2 = 3.8 steps for a noise half as large.
    assert growth == pytest.approx(np.full(4, np.log(2) / np.log(1.2)), abs=1.5)
