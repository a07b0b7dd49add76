"""An Axes for the tests of all figures."""

import pytest

from explorable.drawing.toolkit import panels


@pytest.fixture
def axes():
    return panels(1)[1]
