"""Paths that are clipped, followed and thinned."""

import numpy as np
import pytest

from explorable.drawing.svg import panel_cells
from mathdl.gradient_descent.figures import landscape


def test_stage_has_rows_of_their_own_height():
    figure, axes = landscape.two_rows((300, 100))
    cells = [panel_cells(figure)[panel] for panel in axes]
    assert [(cell.left, cell.bottom, cell.height) for cell in cells] == [
        (0, 100, 300),
        (350, 100, 300),
        (0, 0, 100),
        (350, 0, 100),
    ]
    figure.draw_without_rendering()
    assert axes[0].get_position().y0 > axes[2].get_position().y1


def test_a_path_is_clipped_where_it_is_outside():
    path = np.array([[0.0, 0.0], [0.5, 0.5], [-0.9, 0.2]])
    assert np.array_equal(landscape.clip_path(path, 1.0), path)
    cut = landscape.clip_path([[0, 0], [3, 3], [3, -3], [0, -0.5]], 1.0)
    assert cut[:2] == pytest.approx(np.array([[0, 0], [1, 1]]))
    assert np.isnan(cut[2]).all()
    # From (3, −3) to (0, −0.5) the slope is −5/6: it enters at y = −1, x = 0.6.
    assert cut[3:] == pytest.approx(np.array([[0.6, -1], [0, -0.5]]))
    cut = landscape.clip_path([[-2, 0], [2, 0]], 1.0)
    assert cut[2:] == pytest.approx(np.array([[-1, 0], [1, 0]]))


def test_what_diverges_is_followed_up_to_the_edge_and_thinned():
    path = np.array([[0.0, 0.0], [-2.0, 0.0], [6.0, 0.0], [np.inf, 0.0], [np.nan, np.nan]])
    assert landscape.path_until_exit(path) == pytest.approx(np.array([[0, 0], [-2, 0], [3, 0]]))
    assert np.isfinite(landscape.path_until_exit([[0, 0], [np.inf, 1]])).all()
    path = np.array(
        [[0.0, 0.0], [0.01, 0.0], [0.5, 0.0], [np.nan, np.nan], [1.0, 0.0], [1.0, 0.0]]
    )
    kept = landscape.thin_path(path)
    assert kept[:, 0].tolist()[:2] == [0, 0.5]
    assert np.isnan(kept[2]).all()
    assert kept[-1].tolist() == [1, 0]
