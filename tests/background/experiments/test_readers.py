"""The three readers of the background chapter, on digits."""

import numpy as np
import pytest

from mathdl.background import accuracy, enclosed_paper, hole_problem
from mathdl.background.experiments import hole_readers, read_digit
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


@pytest.mark.parametrize("index", [0, 480, 1280])
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
