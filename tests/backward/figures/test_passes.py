"""Shapes, gates and gradients of weights."""

import numpy as np
from matplotlib.colors import same_color

from explorable.drawing.toolkit import ONE, TWO, panels
from mathdl.backward import figures
from tests.explorable.drawing.artists import written


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
