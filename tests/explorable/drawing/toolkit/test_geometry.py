"""Half-planes, chords, arrows, and artists that stay as they are."""

import numpy as np
import pytest

from explorable.drawing.toolkit import (
    SPAN,
    arrow,
    chord,
    half_plane,
)


def unit(degrees):
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])


def area(corners):
    x, y = corners.T
    return abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


@pytest.mark.parametrize("degrees", range(0, 360, 15))
@pytest.mark.parametrize("offset", [-7.0, -3.0, 0.0, 1.5, 7.0])
def test_half_plane_holds_what_it_must(degrees, offset):
    normal = unit(degrees)
    corners = half_plane(normal, offset)
    axis = np.linspace(-SPAN, SPAN, 401)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1)
    share = ((grid @ normal) >= offset).mean()
    assert area(corners) / (2 * SPAN) ** 2 == pytest.approx(share, abs=0.01)
    if share > 0.01:
        assert (corners @ normal >= offset - 1e-9).all()
        assert abs(corners).max() <= SPAN + 1e-9


@pytest.mark.parametrize("degrees", range(0, 360, 15))
def test_chord_lies_on_the_boundary_and_ends_on_the_frame(degrees):
    normal = unit(degrees)
    ends = chord(normal, 1.5)
    assert ends @ normal == pytest.approx([1.5, 1.5])
    assert abs(ends).max(axis=1) == pytest.approx([SPAN, SPAN])
    assert np.isnan(chord(normal, 9.0)).all()


def test_arrow_points_where_it_ends():
    points = arrow([0, 0], [2, 0], 0.5)
    assert points[[0, 1, 3]].tolist() == [[0, 0], [2, 0], [2, 0]]
    assert points[2, 1] == -points[4, 1] != 0
    assert (arrow([1, 1], [1, 1], 0.5) == 1).all()
