"""XOR in both planes."""

import numpy as np
import pytest

from explorable.drawing.toolkit import FOUR, TWO, panels, show
from mathdl.background import XOR_X, XOR_Y, best_affine_fit, directed_units, figures
from mathdl.forward import forward


def test_xor_is_drawn_in_both_planes():
    figure, axes = panels(2)
    picture = figures.draw_xor(*axes, directed_units([45, 45]))
    rings, discs = picture.images
    np.testing.assert_allclose(rings.get_offsets(), [[0, 0], [2, 1]], atol=1e-12)
    np.testing.assert_allclose(discs.get_offsets(), [[1, 0], [1, 0]], atol=1e-12)
    assert [line.get_color() for line in picture.boundaries] == [TWO, FOUR]
    x, y = picture.boundaries[1].get_data()
    np.testing.assert_allclose(np.add(x, y), 1, atol=1e-12)
    x, y = picture.cut.get_data()
    total = np.add(x, y)
    np.testing.assert_allclose(np.sort(total[~np.isnan(total)]), [0.5, 0.5, 1.5, 1.5])
    assert show(figure, "XOR, unfolded and folded.").png


@pytest.mark.parametrize("angles", [(45, 45), (0, 90), (200, 10)])
@pytest.mark.parametrize("activation", ["relu", "identity"])
def test_moving_xor_moves_everything_to_where_the_layer_puts_it(angles, activation):
    _, axes = panels(2)
    picture = figures.draw_xor(*axes, directed_units([45, 45]))
    hidden = directed_units(angles, activation=activation)
    layers = picture.move(hidden)
    features = forward([hidden], XOR_X).output
    for group, answer in zip(picture.images, (0, 1), strict=True):
        np.testing.assert_allclose(group.get_offsets(), features[XOR_Y[:, 0] == answer])
    sheet = np.column_stack(picture.sheet.get_data())
    corners = [np.abs(sheet - corner).sum(axis=1) for corner in features]
    assert all(np.nanmin(distance) < 1e-9 for distance in corners)
    for weights, bias, arrow in zip(hidden.weights, hidden.bias, picture.arrows, strict=True):
        foot, tip = np.column_stack(arrow.get_data())[:2]
        assert weights @ foot + bias == pytest.approx(0, abs=1e-12)
        assert weights @ tip + bias > 0
    fit = best_affine_fit(features, XOR_Y)
    np.testing.assert_allclose(layers[1].weights, fit.weights, atol=1e-9)
    np.testing.assert_allclose(layers[1].bias, fit.bias, atol=1e-9)
    x, y = np.array(picture.line.get_data())
    if np.isfinite(x).all():
        on_line = layers[1].weights @ [x, y] + layers[1].bias
        np.testing.assert_allclose(on_line, 0.5, atol=1e-9)
    assert np.isnan(x).all() == (abs(fit.weights) < 1e-9).all()
