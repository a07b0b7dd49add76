"""The judges come from outside: without them there is nothing to compare with."""

import pytest

from benchmarks.machine import what_to_install


def pytest_sessionstart():
    if sentence := what_to_install("The judges are", ["torch", "scikit-learn"]):
        pytest.exit(sentence, returncode=2)
