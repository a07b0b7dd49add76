"""Problems that the tests of several rules and theorems share."""

import numpy as np
import pytest
from hypothesis import strategies as st

from mathdl import gradient_descent as gd
from mathdl.gradient_descent.experiments import comparison

CURVATURE = st.floats(0.01, 100)
EVERY_RULE = pytest.mark.parametrize("rule", gd.OPTIMIZERS.values(), ids=gd.OPTIMIZERS)
EVERY_SURFACE = pytest.mark.parametrize("surface", gd.SURFACES.values(), ids=gd.SURFACES)


def points_on(surface, n=40):
    return np.random.default_rng(0).uniform(*surface.bounds.T, (n, 2))


def twice(x):
    """The gradient of θ²."""
    return 2 * x


def heavy_ball_matrix(rate, decay, curvature):
    """One step of (θ, v), written out from v ← βv + λθ, θ ← θ − ηv."""
    return np.array([[1 - rate * curvature, -rate * decay], [curvature, decay]])


def fate(name, path):
    """Return kind, step and nearest minimum of a descent on a surface."""
    surface, place = gd.SURFACES[name], path[-1]
    kind, step, near = comparison.outcome(
        surface.window.to_units(path),
        comparison.losses(name, path),
        surface.window.to_units(surface.minima),
        comparison.steepness(name, place),
        comparison.least_curvature(name, place),
    )
    return comparison.KINDS[int(kind)], int(step), int(near)
