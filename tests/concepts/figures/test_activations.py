"""Activations, their slopes, and layers of them."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels
from mathdl.concepts import figures


def test_layers_without_activation_draw_a_straight_line(axes):
    straight = figures.draw_stacked_layers(axes, "identity").get_data()
    bent = figures.draw_stacked_layers(axes, "relu").get_data()
    assert np.diff(straight[1], 2) == pytest.approx(np.zeros(599), abs=1e-12)
    assert (abs(np.diff(bent[1], 2)) > 1e-4).sum() > 8


def test_products_of_slopes():
    _, axes = panels(2)
    picture = figures.draw_slopes(axes, "sigmoid", 0.0, 10)
    layers, products = picture.product.get_data()
    assert layers.tolist() == list(range(21))
    assert products[:11] == pytest.approx(0.25 ** np.arange(11.0))
    assert np.isnan(products[11:]).all()
    assert picture.bound.get_ydata() == pytest.approx(0.25 ** np.arange(21.0))
    picture.move("relu", -1.0, 10)
    assert np.isnan(picture.product_here.get_ydata()).all()
    picture.move("relu", 1.0, 20)
    assert picture.product.get_ydata() == pytest.approx(np.ones(21))
