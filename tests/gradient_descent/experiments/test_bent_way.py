"""The way around a barrier between two trained networks."""

import numpy as np
import pytest

from mathdl.datasets import load_digits
from mathdl.gradient_descent import accuracy, layers_from
from mathdl.gradient_descent.experiments.bent_way import BENDS, SHARES, bent_way
from mathdl.gradient_descent.experiments.reading_digits import loss_at, reading


def test_all_ways_join_the_ends_of_the_two_trainings_the_first_in_a_straight_line():
    found, story = bent_way(), reading()
    assert found.losses.shape == found.misread.shape == (len(BENDS), len(SHARES))
    digits = load_digits()
    for column, end in [(0, story.path[-1]), (-1, story.other[-1])]:
        assert found.losses[:, column] == pytest.approx(loss_at(story.layers, end))
        right = accuracy(layers_from(story.layers, end), digits.x_test, digits.y_test)
        assert (found.misread[:, column] == round((1 - right) * len(digits.y_test))).all()
        assert np.ptp(found.ways[:, column], axis=0) == pytest.approx([0, 0], abs=1e-9)
    half = (story.path[-1] + story.other[-1]) / 2
    assert found.losses[0, 10] == pytest.approx(loss_at(story.layers, half))
    assert found.ways[0, :, 1] == pytest.approx(0, abs=1e-9)
    length = np.linalg.norm(story.path[-1] - story.other[-1])
    assert found.ways[0, :, 0] == pytest.approx(SHARES * length)


def test_the_more_it_bends_the_lower_the_barrier():
    highest = bent_way().losses.max(axis=1)
    assert (np.diff(highest) < 0).all()
    assert highest[-1] < highest[0] / 5
    assert (np.diff(bent_way().misread.max(axis=1)) < 0).all()
    found = bent_way()
    units = found.window.to_units(found.ways)
    assert np.abs(units).max() < 1
    places = np.linspace(-1.1, 1.1, len(found.surface))
    for bend in (0, -1):
        x, y = units[bend, 10]
        near = found.surface[np.abs(places - y).argmin(), np.abs(places - x).argmin()]
        assert np.log(near) == pytest.approx(np.log(found.losses[bend, 10]), abs=0.5)
