"""Random numbers and random examples of the tests, wherever they run."""

import sys

import hypothesis
import numpy as np
import pytest

# A property is not wrong because the machine was busy while an example was drawn or ran. The
# examples are the same at every run; `pytest --hypothesis-profile=explore` draws new ones.
PATIENT = hypothesis.settings(
    deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("explore", PATIENT)
hypothesis.settings.register_profile("same", PATIENT, derandomize=True)
# In the Python of the pages each example takes several times as long.
hypothesis.settings.register_profile("few", PATIENT, derandomize=True, max_examples=10)
hypothesis.settings.load_profile("few" if sys.platform == "emscripten" else "same")


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a source of random numbers, the same for each test."""
    return np.random.default_rng(0)
