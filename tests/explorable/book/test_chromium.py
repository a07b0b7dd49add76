"""The browser is found where people have it."""

import os

import pytest

from explorable.book.chromium import find_chromium
from explorable.book.problem import BookError


@pytest.mark.skipif(os.name == "nt", reason="programs have other names there")
def test_the_browser_that_is_named_comes_first_and_without_one_it_is_said_how_to_get_it(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(BookError, match=r"^Chromium is not installed\. .*apt-get install"):
        find_chromium()
    for name in ("google-chrome", "chromium", "mine"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        if name == "mine":
            monkeypatch.setenv("CHROMIUM", str(program))
        assert find_chromium() == str(program)
    monkeypatch.setenv("CHROMIUM", "/no/where")
    with pytest.raises(BookError, match=r"^\$CHROMIUM names /no/where, which cannot be run\. "):
        find_chromium()
