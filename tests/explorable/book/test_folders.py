"""Folders are replaced whole, and two builds of one folder take turns."""

import subprocess
import sys

import pytest

from explorable.book.folders import discard, exclusive, put


def folder(path, text):
    path.mkdir()
    (path / "index.html").write_text(text)
    return path


def standing(path):
    """Return the page of each folder that stands in a place, hidden ones too."""
    return {each.name: (each / "index.html").read_text() for each in path.iterdir()}


def test_a_site_is_replaced_whole_and_discarded_whole_whatever_was_left_of_it(tmp_path):
    for left in (".site.old", ".site.discarded"):
        folder(tmp_path / left, "left")
    for text in ("old", "new"):
        put(folder(tmp_path / "fresh", text), tmp_path / "site")
        assert standing(tmp_path) == {"site": text, ".site.discarded": "left"}
    discard(tmp_path / "site")
    discard(tmp_path / "site")
    assert standing(tmp_path) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
def test_who_waits_for_another_build_is_told_so(tmp_path, capfd):
    code = "import sys; from pathlib import Path; from explorable.book.folders import exclusive\n"
    code += "with exclusive(Path(sys.argv[1])): print('mine')"
    command = [sys.executable, "-c", code, str(tmp_path / "lock")]
    with exclusive(tmp_path / "lock"):
        other = subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert other.stderr.readline() == "Waiting for another build of this book to finish …\n"
        assert other.poll() is None
    assert other.communicate() == ("mine\n", "")
