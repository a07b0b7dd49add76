"""The bowl and its modes."""

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.gradient_descent.explorers import opening_explorer, quadratics
from tests.explorable.explore.states import assert_prediction, moving, once

bowl = once(quadratics.quadratic_explorer)
opening = once(opening_explorer)


def test_predictions_marks_and_special_starts(bowl, opening):
    assert_prediction(bowl, "it never arrives")
    assert_prediction(opening, "they never arrive")
    for explorer in (bowl, opening):
        marks = explorer.controls["rate"].marks
        assert marks["2/L"] == pytest.approx(gd.largest_stable_rate(1.0))
        assert marks["1/L"] == 1
    assert "stays there" in bowl.at(start=(0, 0))
    sentence = bowl.at(rate=2.1, kappa=1, start=(3, 0))
    assert sentence.startswith("Beyond 2/L")


@pytest.mark.parametrize("kappa", [1, 10, 100])
def test_the_bowl_converges_exactly_below_its_mark(bowl, kappa):
    (total,) = moving(bowl, "total")
    for rate in quadratics.RATES:
        sentence = bowl.at(rate=rate, kappa=kappa, start=(-3, 2))
        share = total.get_ydata()[np.isfinite(total.get_ydata())]
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


def test_in_a_narrow_bowl_sixty_steps_prefer_a_smaller_rate_than_the_long_run(bowl):
    (total,) = moving(bowl, "total")
    left = {}
    for rate in quadratics.RATES[:-3]:
        assert bowl.at(rate=rate, kappa=100).endswith("go up.")
        left[rate] = total.get_ydata()[-1]
    assert min(left, key=left.get) == 1.9
    assert left[1.96] > 10 * left[1.9]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"rate": 1.0}, "One step"),
        ({"rate": 2.0}, "to and fro"),
        ({"rate": 2.1}, "Too long"),
        ({"rate": 0.02}, "not there yet"),
        ({"rate": 3.0, "decay": 0.5}, "to and fro"),
        ({"rate": 2.5, "decay": 0.5, "stretch": 25}, "After 1"),
        ({"rate": 1.9, "stretch": 25}, "After 53 steps"),
    ],
)
def test_the_opening_says_what_becomes_of_the_ball(opening, state, words):
    assert words in opening.at(**state)
