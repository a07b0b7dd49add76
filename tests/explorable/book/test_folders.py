"""Folders are replaced whole, and two builds of one folder take turns."""

import ctypes
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest

from explorable.book import folders
from explorable.book.folders import discard, fresh_beside, put, tidy
from explorable.book.lock import exclusive, lock_file


def folder(path, text):
    path.mkdir()
    (path / "index.html").write_text(text)
    return path


def standing(path):
    """Return the page of each folder that stands in a place, hidden ones too."""
    return {each.name: (each / "index.html").read_text() for each in path.iterdir()}


def test_a_discarded_folder_goes_or_is_at_least_gone_from_its_name(tmp_path, monkeypatch):
    for name in ("site", ".site.discarded"):
        folder(tmp_path / name, "a")
    discard(tmp_path / "site")
    assert standing(tmp_path) == {}

    def fails(path, ignore_errors=False):
        assert ignore_errors, "a busy file stops the build"

    monkeypatch.setattr("shutil.rmtree", fails)
    discard(folder(tmp_path / "site", "a"))
    assert standing(tmp_path) == {".site.discarded": "a"}


@pytest.mark.parametrize("exchanged", [True, False])
def test_a_site_is_replaced_whole(tmp_path, monkeypatch, exchanged):
    if not exchanged:
        monkeypatch.setattr(folders, "_exchange", lambda one, other: False)
    place = tmp_path / "site"
    for text in ("old", "new"):
        put(folder(fresh_beside(place), text), place)
        assert standing(tmp_path) == {"site": text}
    with pytest.raises(FileNotFoundError):
        put(tmp_path / "nothing", place)
    assert standing(tmp_path) == {"site": "new"}


@pytest.mark.parametrize(
    ("left", "stands"),
    [
        ({}, {}),
        ({"site": "a"}, {"site": "a"}),
        ({".site.old": "a"}, {"site": "a"}),  # killed between two steps
        ({".site.old": "a", ".site.new": "b"}, {"site": "a"}),
        ({"site": "b", ".site.old": "a"}, {"site": "b"}),
        ({"site": "a", ".site.new": "b"}, {"site": "a"}),
        ({".site.new": "a"}, {}),  # it may not be complete
        ({"site": "a", ".other.new": "b"}, {"site": "a", ".other.new": "b"}),
    ],
)
def test_what_a_build_that_was_killed_has_left_is_mended(tmp_path, left, stands):
    for name, text in left.items():
        folder(tmp_path / name, text)
    tidy(tmp_path / "site")
    assert standing(tmp_path) == stands


@pytest.mark.skipif(sys.platform != "linux", reason="there the same is done by another name")
def test_linux_exchanges_two_folders_in_one_step(tmp_path):
    one, other = folder(tmp_path / "one", "a"), folder(tmp_path / "other", "b")
    assert folders._exchange(one, other) is True
    assert standing(tmp_path) == {"one": "b", "other": "a"}
    assert folders._exchange(one, tmp_path / "none") is False
    assert standing(tmp_path) == {"one": "b", "other": "a"}


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_a_system_that_exchanges_nothing_says_so(tmp_path, monkeypatch, platform):
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    monkeypatch.setattr(sys, "platform", platform)
    assert folders._exchange(folder(tmp_path / "a", "a"), folder(tmp_path / "b", "b")) is False
    assert standing(tmp_path) == {"a": "a", "b": "b"}


def test_waiting_for_another_build_is_told_once(tmp_path, monkeypatch, capsys):
    path, waits = tmp_path / "for" / "locks" / "lock", []
    with ExitStack() as first:
        first.enter_context(exclusive(path))

        def wait(seconds):
            waits.append(seconds)
            if len(waits) == 3:
                first.close()
            assert len(waits) <= 3, "the lock is free"

        monkeypatch.setattr(time, "sleep", wait)
        with exclusive(path):
            assert len(waits) == 3
    assert capsys.readouterr().err == "Waiting for another build of this book to finish …\n"
    assert all(0.01 < seconds <= 1 for seconds in waits)
    with exclusive(path):  # nobody holds it: no word
        assert len(waits) == 3
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name == "nt", reason="a child can't inherit a lock there")
def test_a_child_that_outlives_a_build_holds_its_lock(tmp_path, monkeypatch):
    with exclusive(tmp_path / "lock") as held:
        child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, pass_fds=[held])
    monkeypatch.setattr(time, "sleep", lambda seconds: child.communicate())  # its end
    with exclusive(tmp_path / "lock"):
        assert child.poll() == 0


def test_each_folder_and_each_user_has_a_lock_elsewhere(tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(tmp_path / "site")
    monkeypatch.chdir(tmp_path)
    file = lock_file(tmp_path / "site")
    assert lock_file(Path("site")) == lock_file(tmp_path / "link") == file
    assert lock_file(tmp_path / "other") != file
    assert Path(tempfile.gettempdir()) in file.parents
    assert re.fullmatch(r"[0-9a-f]{16}\.lock", file.name)
    found = set()
    for user in (1000, 1001):
        monkeypatch.setattr(os, "getuid", lambda user=user: user, raising=False)
        found.add(lock_file(tmp_path).parent.name)
    monkeypatch.delattr(os, "getuid")  # as on Windows, where the temporary folder is the user's
    found.add(lock_file(tmp_path).parent.name)
    assert found == {"explorable-1000", "explorable-1001", "explorable-0"}
