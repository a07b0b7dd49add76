"""What a reader's code replaces in Python and NumPy."""

import builtins
import math

import numpy as np
import pytest

from explorable.originals import originals, restore


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (np, "exp"),
        (np.linalg, "solve"),
        (math, "exp"),
        (builtins, "pow"),
    ],  # not what other threads of the tests may call
)
def test_what_was_replaced_or_deleted_comes_back(module, name):
    before = getattr(module, name)
    setattr(module, name, None)
    found = restore()
    assert getattr(module, name) is before
    assert [(each, value) for _, each, value in found] == [(name, None)]
    delattr(module, name)
    restore()
    assert getattr(module, name) is before


def test_what_a_session_has_replaced_or_added_is_its_own_again_afterwards(monkeypatch):
    monkeypatch.setattr(np, "my_own", 1, raising=False)
    assert not restore()
    assert np.my_own == 1
    before = np.exp
    monkeypatch.setattr(np, "exp", np.log)
    monkeypatch.delattr(np, "sqrt")
    with originals():
        assert np.exp is before
        assert np.sqrt(4.0) == 2.0
        np.exp = None
    assert np.exp is np.log
    assert not hasattr(np, "sqrt")
