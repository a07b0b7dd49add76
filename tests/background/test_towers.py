"""Towers on the plane."""

import numpy as np
import pytest

from mathdl.background import tower_network
from mathdl.forward import forward


def test_with_nothing_subtracted_the_arms_stay():
    x = np.array([[0.5, 0.5], [0.5, 0.0], [0.0, 0.0]])
    heights = forward(tower_network([0.5, 0.5], 0.25, 0.0), x).output[:, 0]
    np.testing.assert_allclose(heights, [2, 1, 0], atol=1e-12)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0.5, 0.5], 0.0), "width must"),
        (([0.5, 0.5], 1e-320), "width must be larger"),
    ],
)
def test_tower_network_refuses(arguments, words):
    with pytest.raises(ValueError, match=words):
        tower_network(*arguments)
