"""What the tests of this chapter share."""

import numpy as np
import pytest

from mathdl.forward import initialize


@pytest.fixture
def task(rng):
    """Three noisy clusters in the plane and a small network for them."""
    labels = np.arange(45) % 3
    centers = np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
    x = centers[labels] + 0.5 * rng.standard_normal((45, 2))
    return initialize([2, 8, 3], rng=rng), x, labels
