"""The browser is found where people have it, and never left running."""

import os

import pytest

from explorable.book.chromium import find_chromium
from explorable.book.problem import BookError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="programs have other names there")


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Return the one folder on the PATH; it is empty, and nothing is named otherwise."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return tmp_path


def program(path):
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_the_browser_that_is_named_comes_before_chromium_and_that_before_chrome(
    programs, monkeypatch
):
    for name in ("google-chrome-stable", "google-chrome", "chromium-browser", "chromium"):
        browser = program(programs / name)
        assert find_chromium() == browser
    (programs / "mine").mkdir()
    browser = program(programs / "mine" / "chrome")
    monkeypatch.setenv("CHROMIUM", browser)
    assert find_chromium() == browser


def test_without_a_browser_it_is_said_how_to_get_one(programs, monkeypatch):
    with pytest.raises(BookError, match=r"^Chromium is not installed\. .*apt-get install"):
        find_chromium()
    program(programs / "chromium")
    monkeypatch.setenv("CHROMIUM", "/no/where")
    with pytest.raises(BookError, match=r"^\$CHROMIUM names /no/where, which cannot be run\. "):
        find_chromium()
