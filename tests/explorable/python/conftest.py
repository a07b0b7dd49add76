"""The Python of a page, without a page."""

import sys

import pytest

from explorable.python.absent import is_absent


@pytest.fixture
def nothing_to_import(monkeypatch):
    """Let no module be found that is not loaded, or that a page lacks, until the test ends."""
    before = dict(sys.modules)
    monkeypatch.setattr(sys, "meta_path", [])
    for name in before:
        if is_absent(name) or name.partition(".")[0] == "joblib":
            del sys.modules[name]
    yield
    for name in sys.modules.keys() - before.keys():
        del sys.modules[name]
    sys.modules.update(before)
