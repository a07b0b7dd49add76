"""A view of three dimensions, as Python and as the page turn it."""

import re

import numpy as np
import pytest

from explorable.drawing.svg.renderer import SvgRenderer
from explorable.drawing.toolkit import level_lines, mesh, panels, view_3d


def box(azimuth=0.0, elevation=30.0):
    figure, axes = panels(1, width=300, height=300)
    made = view_3d(axes, [[-1, 1], [-1, 1], [0, 1]], azimuth=azimuth, elevation=elevation)
    figure.draw_without_rendering()
    return figure, axes, made


def test_the_first_axis_points_right_from_the_front_and_up_from_above() -> None:
    _, _, made = box(elevation=0)
    np.testing.assert_allclose(
        made.project([[-1, 0, 0.5], [1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]]),
        [[-1, 0], [1, 0], [0, 0], [0, 0.7]],
        atol=1e-12,
    )
    _, _, made = box(azimuth=90, elevation=90)
    # The first axis, turned by a right angle, points away from the reader: up.
    np.testing.assert_allclose(made.project([[1, 0, 0], [0, 1, 0]]), [[0, 1], [-1, 0]], atol=1e-9)


@pytest.mark.parametrize("azimuth", [0, 30, 200])
def test_the_page_projects_to_the_same_place(azimuth: float) -> None:
    """The page's formula (explorer.js, project) in Python, against the path that was drawn."""
    from explorable.explore.artists import Scene

    figure, axes, made = box(azimuth)
    places = np.random.default_rng(0).uniform([-1, -1, 0], [1, 1, 1], (20, 3))
    line = made.line(places)
    scene = Scene(figure, {"line": line}, "k")
    (group,) = scene.draw_mover(0)
    path = group.children[0]
    steps = np.array(path.attributes["d"][1:].replace("l", " ").replace("-", " -").split(), float)
    drawn = steps.reshape(-1, 2).cumsum(axis=0)
    written = re.findall(r"-?\d+", path.attributes["data-xyz"])  # the first, then steps
    across, deep, up = np.array(written, float).reshape(-1, 3).cumsum(axis=0).T
    view = made.view(SvgRenderer(scene.cells[axes]))
    sine, cosine = np.sin(np.radians(azimuth)), np.cos(np.radians(azimuth))
    page = np.column_stack(
        [
            view["x"] + across * cosine - deep * sine,
            view["y"] - up - (across * sine + deep * cosine) * view["tilt"],
        ]
    )
    np.testing.assert_allclose(page, drawn, atol=4)  # units: 0.4 pixels


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
