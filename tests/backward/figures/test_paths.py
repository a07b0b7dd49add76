"""Paths and their sum, against the kernels."""

import numpy as np
from matplotlib.colors import same_color

from explorable.drawing.toolkit import ONE, TWO
from mathdl.backward import figures
from mathdl.backward.figures.paths import number, unit_positions
from mathdl.backward.paths import example_chain, layer_jacobians, path_units


def test_paths_show_signs_sizes_and_the_chosen_path(axes):
    jacobians = layer_jacobians(example_chain(), [0.5])
    drawn = figures.draw_paths(axes, jacobians, path=2)
    slopes = np.concatenate([jacobian.ravel() for jacobian in jacobians])
    assert len(drawn.edges) == slopes.size == 11
    for edge, slope in zip(drawn.edges, slopes, strict=True):
        assert same_color(edge.get_facecolor(), ONE if slope >= 0 else TWO)
    widths = [np.linalg.norm(edge.get_xy()[0] - edge.get_xy()[3]) for edge in drawn.edges]
    assert (np.argsort(widths) == np.argsort(np.abs(slopes))).all()
    places, units = unit_positions([1, 3, 2, 1]), path_units(jacobians)[2]
    expected = [places[column][unit] for column, unit in enumerate(units)]
    assert np.allclose(drawn.highlight.get_xydata(), expected)
    written = [text.get_text() for text in drawn.labels]
    local = [jacobian[units[k + 1], units[k]] for k, jacobian in enumerate(jacobians)]
    assert written == [number(slope, 2) for slope in local]
    drawn.move(jacobians, None)
    assert not len(drawn.highlight.get_xydata())
