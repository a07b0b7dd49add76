"""Tests of `mathdl.faq.neighbours`."""

import hypothesis
import numpy as np
import pytest

from mathdl.faq import k_nearest_neighbours
from tests.networks import SEEDS


def test_neighbours_vote_and_ties_go_to_the_nearest():
    x, y = [[0.0], [1.0], [3.0], [10.0]], [2, 1, 1, 0]
    assert k_nearest_neighbours(x, y, [[0.1]], k=1, n_classes=3).tolist() == [2]
    assert k_nearest_neighbours(x, y, [[0.1]], k=2, n_classes=3).tolist() == [2]
    assert k_nearest_neighbours(x, y, [[0.1]], k=3, n_classes=3).tolist() == [1]
    assert k_nearest_neighbours(x, y, [[0.9]], k=2, n_classes=3).tolist() == [1]
    x = [[0.0], [0.1], [0.2], [9.0], [9.2], [9.3]]
    labels = [2, 2, 2, 1, 0, 0]
    assert k_nearest_neighbours(x, labels, [[0.1], [9.0]], k=3, n_classes=3).tolist() == [2, 0]
    with pytest.raises(ValueError, match="k must be at most the 2 training samples"):
        k_nearest_neighbours([[0.0], [1.0]], [0, 1], [[0.2]], k=3, n_classes=2)


@pytest.mark.parametrize("order", [[0, 1, 1, 0], [0, 1, 1, 1, 0, 0], [2, 0, 1, 0, 1]])
def test_of_classes_with_equally_many_votes_the_nearest_member_decides(order):
    x = np.arange(1, len(order) + 1)[:, None]
    winner = k_nearest_neighbours(x, order, [[0.0]], k=len(order), n_classes=3)
    assert winner[0] == 0


def test_of_neighbours_equally_far_away_the_first_count():
    """At each place the first is of class 0, the next two of class 1, which so have most votes."""
    places = np.random.default_rng(0).integers(0, 3, size=200)
    earlier = np.array([np.count_nonzero(places[:i] == place) for i, place in enumerate(places)])
    classes = np.minimum((earlier + 1) // 2, 2)
    nearest = k_nearest_neighbours(places[:, None], classes, [[0], [1], [2]], k=3, n_classes=3)
    assert nearest.tolist() == [1, 1, 1]


@hypothesis.given(SEEDS)
def test_each_training_sample_is_its_own_nearest_neighbour(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(20, 3)), rng.integers(0, 4, 20)
    np.testing.assert_array_equal(k_nearest_neighbours(x, y, x, k=1, n_classes=4), y)
