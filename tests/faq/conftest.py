"""What the tests of this chapter share."""

import pytest

from mathdl.forward import initialize


@pytest.fixture
def small(rng):
    layers = initialize([4, 6, 5, 3], hidden="tanh", rng=rng)
    return layers, rng.normal(size=(8, 4)), rng.integers(0, 3, 8)
