"""Random numbers and random examples of the tests, wherever they run."""

import sys

import hypothesis
import numpy as np
import pytest

# A property is not wrong because the machine was busy while an example ran. The examples are the
# same at every run; `pytest --hypothesis-profile=explore` draws new ones.
hypothesis.settings.register_profile("explore", deadline=None)
hypothesis.settings.register_profile("same", deadline=None, derandomize=True)
# In the Python of the pages each example takes several times as long.
hypothesis.settings.register_profile("few", deadline=None, derandomize=True, max_examples=10)
hypothesis.settings.load_profile("few" if sys.platform == "emscripten" else "same")


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a source of random numbers, the same for each test."""
    return np.random.default_rng(0)
