"""What the tests of all explorers look at: moving artists, and the answer to a prediction."""

import pytest


def once(make):
    """Return a fixture that makes an explorer, or so, once for all tests of a file."""
    return pytest.fixture(scope="module")(lambda: make())


def moving(explorer, name):
    return [mover.artist for mover in explorer.scene.movers if mover.name == name]


def artist(explorer, name):
    """Return the moving artist of that name, or all if there are several."""
    found = moving(explorer, name)
    return found[0] if len(found) == 1 else found


def assert_prediction(explorer, answer):
    """The kernels choose this answer, and a whole sentence says why."""
    _, choices, why = explorer.prediction.words()
    assert choices[explorer.prediction.answer] == answer
    assert why.endswith(".")
