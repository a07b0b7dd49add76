"""The three readers of the background chapter, on digits and on what a reader paints."""

import json

import numpy as np
import pytest

from explorable.python import answer
from mathdl.background import accuracy, enclosed_paper, hole_problem
from mathdl.background.experiments import hole_readers, read_digit
from mathdl.background.experiments.painted import painted
from mathdl.datasets import load_digits
from mathdl.forward import forward

PROBLEM = hole_problem(load_digits())


def test_the_readers_are_those_of_the_chapter():
    linear, network = hole_readers()
    scores = forward([linear], PROBLEM.x_test).output
    assert round(accuracy(scores, PROBLEM.y_test), 3) == 0.925
    logits = forward(network, PROBLEM.x_test).output
    assert round(accuracy(logits, PROBLEM.y_test, threshold=0), 3) == 0.972
    assert hole_readers() is hole_readers()


@pytest.mark.parametrize("index", range(0, 1600, 160))
def test_a_reading_is_what_the_kernels_say(index):
    image = PROBLEM.x_test[index]
    reading = read_digit(image)
    linear, network = hole_readers()
    np.testing.assert_array_equal(reading.enclosed, enclosed_paper(image[None])[0])
    assert reading.score == pytest.approx(linear.weights[0] @ image + linear.bias[0])
    hidden = np.maximum(network[0].weights @ image + network[0].bias, 0)
    np.testing.assert_allclose(reading.activations, hidden, atol=1e-12)
    logit = reading.votes.sum() + network[1].bias[0]
    assert reading.probability == pytest.approx(1 / (1 + np.exp(-logit)))


def ring(row=2, column=2):
    sheet = np.zeros((8, 8))
    sheet[row : row + 3, column : column + 3] = 1
    sheet[row + 1, column + 1] = 0
    return sheet.ravel()


def test_what_is_shown_of_a_ring():
    seen = painted(ring())
    assert np.flatnonzero(seen["enclosed"]).tolist() == [8 * 3 + 3]
    assert seen["places"][0] == 1
    assert seen["answers"][0] == ["hole", {}]
    reading = read_digit(ring())
    assert seen["places"][1:] == [reading.score / 2 + 0.25, reading.probability]
    assert seen["answers"][1] == ["score", {"score": f"{reading.score:.2f}".replace("-", "−")}]
    assert all(0 <= vote <= 1 for vote in seen["votes"])
    assert (np.array(seen["votes"]) > 0).tolist() == (reading.activations > 0).tolist()


@pytest.mark.parametrize("digit", PROBLEM.x_test[:200:5])
def test_the_sentence_says_who_sees_a_hole(digit):
    reading = read_digit(digit)
    holes = {
        "the rule": reading.enclosed.any(),
        "the linear model": reading.score > 0.5,
        "the network": reading.probability > 0.5,
    }
    word, values = painted(digit)["sentence"]
    assert values["open"] == str((reading.activations > 0).sum())
    if len(set(holes.values())) == 1:
        assert word == ("all see one" if holes["the rule"] else "none sees one")
    else:
        alone = holes[values["reader"]]
        assert sum(hole == alone for hole in holes.values()) == 1
        assert word == ("one alone sees it" if alone else "one alone sees none")


def test_an_empty_sheet_is_called_so():
    assert painted(np.zeros(64))["sentence"][0] == "empty"


def test_certainty_is_not_promised():
    sure = {painted(digit)["sentence"][1]["sure"] for digit in PROBLEM.x_test[:100]}
    assert "100\N{NO-BREAK SPACE}%" not in sure
    assert "100.0\N{NO-BREAK SPACE}%" not in sure
    assert "over 99.9\N{NO-BREAK SPACE}%" in sure


@pytest.mark.parametrize("digit", [np.zeros(63), np.full(64, 2.0), np.full(64, np.nan)])
def test_what_is_no_digit_is_refused(digit):
    with pytest.raises(ValueError, match="digit must"):
        painted(digit)


def test_the_page_gets_the_same_numbers():
    name = "mathdl.background.experiments.painted.painted"
    answered = json.loads(answer(name, json.dumps({"digit": ring().tolist()})))["value"]
    seen = painted(ring())
    assert answered["places"] == seen["places"]
    assert answered["enclosed"] == seen["enclosed"].tolist()
    assert answered["sentence"] == seen["sentence"]
