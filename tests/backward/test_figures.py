"""The figures of the chapter on back-propagation."""

import numpy as np
from matplotlib.colors import same_color

from explorable.drawing.toolkit import ONE, TWO, panels
from mathdl.backward import figures
from mathdl.backward.figures.paths import number, unit_positions
from mathdl.backward.figures.scalar_graph import PLACES
from mathdl.backward.paths import example_chain, layer_jacobians, path_units
from mathdl.backward.tape import ARROWS, LEAVES, sweep
from tests.explorable.drawing.artists import written

# Shapes, gates and gradients of weights


def test_shapes_are_drawn_to_their_lengths():
    _, axes = panels(3)
    figures.draw_shapes(axes, n_samples=2, n_in=3, n_out=10)
    sizes = [
        [(box.get_height() / 7, box.get_width() / 7) for box in panel.patches] for panel in axes
    ]
    assert sizes == [[(10, 2), (2, 3), (10, 3)], [(2, 10), (10, 3), (2, 3)], [(2, 10), (1, 10)]]
    assert "2×10" in written(axes[1])
    assert len({panel.get_xlim() for panel in axes}) == 1  # a length looks the same in all
    assert len({panel.get_ylim() for panel in axes}) == 1


def test_the_rows_of_a_last_layer_are_colored_by_sign(axes):
    gradient = np.zeros((3, 4))
    gradient[1], gradient[2] = [1, 0, 2, 0], [-1, 0, -2, 0]
    mark = figures.draw_weight_rows(axes, gradient, unit=2)
    picture = np.asarray(axes.images[0].get_array())
    assert np.allclose(picture[..., 3], abs(gradient) / 2)
    assert same_color(picture[1, 2, :3], ONE)
    assert same_color(picture[2, 2, :3], TWO)
    assert axes.images[0].get_gid() is None  # pixels stay pixels
    assert (mark.get_x(), mark.get_width()) == (1.5, 1)
    assert written(axes) == ["0", "1", "2", "unit 2"]


# Paths and their sum, against the kernels


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


# The scalar graph and its tangent


def test_the_graph_shows_what_is_known(axes):
    snapshots = sweep(LEAVES)
    drawn = figures.draw_graph(axes, snapshots[0])
    assert {name for name, text in drawn.values.items() if text.get_text()} == set(LEAVES)
    assert not any(text.get_text() for text in drawn.adjoints.values())
    drawn.move(snapshots[-1], backward=True)
    assert drawn.values["L"].get_text() == "9"
    assert drawn.adjoints["x"].get_text() == "−18"
    assert [name for name, ring in drawn.rings.items() if ring.get_visible()] == ["q"]
    lit = {ends for ends, arrow in drawn.arrows.items() if arrow.get_alpha()}
    assert lit == {("w", "q"), ("x", "q")}
    assert set(PLACES) == set(LEAVES) | set(ARROWS)
