"""Norms of gradients by layer."""

import numpy as np

from mathdl.backward.growth import growth_factor
from mathdl.figures import backward as figures
from mathdl.plotting import panels


def test_gradient_norms_end_at_one_and_growth_is_the_kernels(axes):
    lines = figures.draw_gradient_norms(axes, {("relu", 2): [8.0, 4.0, 2.0]})
    assert lines["relu", 2].get_ydata().tolist() == [4, 2, 1]
    _, other = panels(1)
    gains = np.array([0.5, 2.0, 8.0])
    grown = figures.draw_growth(other, gains=gains)
    for name in ("relu", "tanh", "sigmoid"):
        assert np.allclose(grown[name].get_ydata(), growth_factor(name, gains))
