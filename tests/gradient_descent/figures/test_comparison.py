"""Reliefs of the surfaces on which rules are compared."""

import numpy as np
import pytest

from mathdl.gradient_descent import SURFACES
from mathdl.gradient_descent.figures import comparison


@pytest.mark.parametrize("name", list(SURFACES))
def test_bands_are_the_regions_below_their_levels_and_heights_grow_with_the_loss(name):
    relief = comparison.relief(name)
    across, up = np.meshgrid(np.linspace(-1, 1, 101), np.linspace(-1, 1, 101))
    places = np.column_stack([across.ravel(), up.ravel()])
    heights = relief.height(places)
    assert (np.diff(relief.levels) > 0).all()
    for level, band in zip(relief.levels, relief.bands, strict=True):
        wrong = band.contains_points(places) != (heights < level)
        assert wrong.mean() < 0.01  # each a pixel or two from the line, at the ends of valleys
    relief, window = comparison.relief(name), SURFACES[name].window
    places = np.random.default_rng(1).uniform(-1, 1, (50, 2))
    order = SURFACES[name].value(window.from_units(places)).argsort()
    assert (np.diff(relief.height(places)[order]) >= 0).all()
    assert relief.height(relief.minima) == pytest.approx(0, abs=1e-9)
    assert relief.lift(places)[:, 2] == pytest.approx(relief.height(places))


def test_net_and_crosses_lie_on_the_surface():
    relief = comparison.relief("himmelblau")
    net = relief.net[np.isfinite(relief.net).all(axis=1)]
    assert net[:, 2] == pytest.approx(relief.height(net[:, :2]))
    crosses = relief.crosses()
    assert np.isnan(crosses).all(axis=1).sum() == 7  # eight arms
    assert np.nanmean(crosses[:2], axis=0) == pytest.approx(relief.lift(relief.minima[:1])[0])
