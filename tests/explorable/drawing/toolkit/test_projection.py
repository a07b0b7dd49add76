"""A view of three dimensions, as Python and as the page turn it."""

import numpy as np

from explorable.drawing.toolkit import level_lines, mesh, panels, view_3d


def box(azimuth=0.0, elevation=30.0):
    _, axes = panels(1, width=300, height=300)
    return view_3d(axes, [[-1, 1], [-1, 1], [0, 1]], azimuth=azimuth, elevation=elevation)


def test_the_first_axis_points_right_from_the_front_and_up_from_above() -> None:
    np.testing.assert_allclose(
        box(elevation=0).project([[-1, 0, 0.5], [1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]]),
        [[-1, 0], [1, 0], [0, 0], [0, 0.7]],
        atol=1e-12,
    )
    made = box(azimuth=90, elevation=90)
    # The first axis, turned by a right angle, points away from the reader: up.
    np.testing.assert_allclose(made.project([[1, 0, 0], [0, 1, 0]]), [[0, 1], [-1, 0]], atol=1e-9)


def test_a_mesh_runs_both_ways_and_level_lines_lie_on_their_levels() -> None:
    x = np.linspace(-1, 1, 11)
    heights = x**2 + x[:, None] ** 2
    points = mesh(x, x, heights, lines=3, top=1.5)
    assert (
        np.isnan(points).any(axis=1).sum() == 5 + 4 * 4
    )  # between six lines, and at both ends of the four outer ones
    known = points[~np.isnan(points).any(axis=1)]
    np.testing.assert_allclose(known[:, 2], known[:, 0] ** 2 + known[:, 1] ** 2)
    x = np.linspace(-1, 1, 41)
    points = level_lines(x, x, x**2 + x[:, None] ** 2, [0.25, 0.5])
    points = points[~np.isnan(points).any(axis=1)]
    assert set(points[:, 2]) == {0.25, 0.5}
    np.testing.assert_allclose(points[:, 0] ** 2 + points[:, 1] ** 2, points[:, 2], atol=2e-3)
