"""Budgets and rooflines."""

import numpy as np
import pytest

from mathdl.outlook import figures
from tests.explorable.drawing.artists import words


def test_costs_are_points_with_names(axes):
    figures.draw_costs(axes, {"a": (1e5, 1e6), "b": (1e7, 1e9)})
    points = [list(group.get_offsets()[0]) for group in axes.collections]
    assert points == [[1e5, 1e6], [1e7, 1e9]]
    assert {"a", "b"} <= set(words(axes))


def test_the_roof_bends_at_its_edge(axes):
    figures.draw_roofline(axes, 100.0, 10.0, {"one": (0.5, 5.0)})
    x, y = axes.lines[0].get_data()
    np.testing.assert_allclose(y, np.minimum(100, 10 * np.asarray(x)))
    assert x[1] == 10
    assert list(axes.collections[0].get_offsets()[0]) == pytest.approx([0.5, 5.0])
