"""Shapes, gates and gradients of weights."""

import numpy as np
from matplotlib.colors import same_color

from explorable.drawing.toolkit import MUTED, ONE, TWO, panels
from mathdl.backward import affine_backward, figures
from mathdl.backward.figures.paths import number
from mathdl.forward import affine
from mathdl.forward.products import worked_example
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


def test_gates_and_gradient_of_the_worked_example():
    _, axes = panels(2, columns=1)
    x, layer = worked_example()
    z = affine(x, layer.weights, layer.bias)
    written = figures.draw_gates(axes[0], z)
    assert [text.get_text() for text in written] == [number(v, 4) for v in z.ravel()]
    grey = [same_color(text.get_color(), MUTED) for text in written]
    assert grey == (z.ravel() <= 0).tolist()
    assert len(axes[0].patches) == (z <= 0).sum()
    gradient = affine_backward(2 * np.maximum(z, 0), x, layer.weights).weights
    written = figures.draw_weight_gradient(axes[1], gradient)
    assert [text.get_text() for text in written] == [number(v, 4) for v in gradient.T.ravel()]
    (image,) = axes[1].images
    opacity = np.asarray(image.get_array())[..., 3]
    assert opacity.shape == (3, 10)
    assert np.allclose(opacity / opacity.max(), gradient.T / gradient.max())
    # The first row of the picture lies where the numbers of input 1 stand.
    assert image.get_extent()[3] < image.get_extent()[2]
    assert image.origin == "upper"


def test_errors_of_entries(axes):
    computed = np.array([0.5, -1.0, 2.0, 0.0, 0.0, 1e-3])
    measured = np.array([0.5, -1.0 + 2e-8, 2.0 + 4e-8, 0.0, 0.0, -1e-3])
    bars = figures.draw_entry_errors(axes, computed, measured)
    heights = {round(np.log10(bar.get_x()), 1): bar.get_height() for bar in bars}
    assert {place: height for place, height in heights.items() if height} == {
        -13: 1, -8: 2, -0.5: 1
    }  # fmt: skip
    assert axes.texts[0].get_text() == "2 more are exactly 0"


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
