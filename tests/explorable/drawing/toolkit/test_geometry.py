"""Half-planes and arrows."""

import numpy as np
import pytest
from matplotlib.path import Path

from explorable.drawing.toolkit import SPAN, arrow, half_plane


def unit(degrees):
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])


@pytest.mark.parametrize("degrees", range(0, 360, 15))
@pytest.mark.parametrize("offset", [-7.0, -3.0, 0.0, 1.5, 7.0, 9e9])
def test_half_plane_holds_what_it_must(degrees, offset):
    normal = unit(degrees)
    corners = half_plane(normal, offset)
    axis = np.linspace(-SPAN, SPAN, 41)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    covered = Path(corners).contains_points(grid, radius=1e-9) | Path(corners).contains_points(
        grid, radius=-1e-9
    )
    wanted = grid @ normal >= offset
    clear = abs(grid @ normal - offset) > 1e-6
    assert (covered == wanted)[clear].all()


def test_arrow_points_where_it_ends():
    points = arrow(np.zeros(2), np.array([2.0, 0.0]), 0.5)
    assert points[[0, 1, 3]].tolist() == [[0, 0], [2, 0], [2, 0]]
    assert points[2, 1] == -points[4, 1] != 0
    assert (arrow(np.ones(2), np.ones(2), 0.5) == 1).all()
