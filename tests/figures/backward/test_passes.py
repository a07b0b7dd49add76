"""Shapes, gates and gradients of weights."""

import numpy as np
from matplotlib.colors import same_color

from mathdl.backward import LayerGradients, affine_backward
from mathdl.figures import backward as figures
from mathdl.figures.backward.paths import number
from mathdl.forward import affine
from mathdl.forward.products import worked_example
from mathdl.plotting import MUTED, panels
from tests.figures.artists import written


def test_shapes_are_drawn_to_their_lengths():
    _, axes = panels(3)
    figures.draw_shapes(axes, n_samples=2, n_in=3, n_out=10)
    sizes = [
        [(box.get_height() / 7, box.get_width() / 7) for box in panel.patches] for panel in axes
    ]
    assert sizes == [[(10, 2), (2, 3), (10, 3)], [(2, 10), (10, 3), (2, 3)], [(2, 10), (1, 10)]]
    assert "2×10" in written(axes[1])


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


def test_errors_of_entries_and_pictures_of_gradients():
    _, axes = panels(2)
    computed = np.array([0.5, -1.0, 2.0, 0.0, 0.0, 1e-3])
    measured = np.array([0.5, -1.0 + 2e-8, 2.0 + 4e-8, 0.0, 0.0, -1e-3])
    bars = figures.draw_entry_errors(axes[0], computed, measured)
    heights = {round(np.log10(bar.get_x()), 1): bar.get_height() for bar in bars}
    assert {place: height for place, height in heights.items() if height} == {
        -13: 1, -8: 2, -0.5: 1
    }  # fmt: skip
    assert axes[0].texts[0].get_text() == "2 more are exactly 0"
    weights = np.arange(20)[:, None] * np.ones((20, 64))
    shown = figures.draw_gradient_images(axes[1], LayerGradients(weights, np.zeros(20)))
    assert shown == list(range(19, 7, -1))
    assert len(axes[1].images) == 12
    assert not any(image.get_gid() for image in axes[1].images)  # pixels stay pixels
