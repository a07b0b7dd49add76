"""Builds that are cut off, run at the same time, or find folders they can't write to."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from explorable.book import ROOT
from tests.explorable.book.small import GOOD, Book


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    made = Book(tmp_path_factory.mktemp("interrupted"))
    result = made.build()
    assert result.returncode == 0, result.stderr
    return made


def home(book):
    return (book.output / "index.html").read_text(encoding="utf-8")


def wait_for(build, words):
    for line in build.stdout:
        if words in line:
            return
    pytest.fail(build.communicate()[1])


def test_a_build_killed_in_sphinx_leaves_the_last_good_site(book):
    book.page(GOOD + "\nOne sentence more.\n")
    build = book.start()
    wait_for(build, "Writing 2 pages")
    build.kill()
    build.communicate()  # which waits for Sphinx
    assert "One sentence more." not in home(book)
    builds = [book.start(), book.start()]
    told = [build.communicate(timeout=240) for build in builds]
    assert [build.returncode for build in builds] == [0, 0], told
    assert sorted("is built" in output for output, _ in told) == [False, True]
    assert sorted("up to date" in output for output, _ in told) == [False, True]
    assert "One sentence more." in home(book)
    assert [path.name for path in book.output.parent.glob(".*")] == []


@pytest.mark.usefixtures("interruptible")
# While a kernel starts, and while a cell runs.
@pytest.mark.parametrize("delay", [0.3, pytest.param(3, marks=pytest.mark.proof)])
def test_an_interrupted_build_says_that_the_last_good_site_stands(book, delay):
    before = home(book)
    book.notebook("import time; time.sleep(60)")
    build = book.start()
    wait_for(build, "notebook.ipynb …")
    time.sleep(delay)
    build.send_signal(signal.SIGINT)
    _, told = build.communicate(timeout=90)
    assert build.returncode == 130
    assert told.strip() == "Interrupted; what was built before stands."
    assert home(book) == before


def test_make_says_what_to_do_where_it_cannot_write(tmp_path):
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    ignored = shutil.ignore_patterns("__pycache__", "vendor")
    shutil.copytree(ROOT / "explorable", tmp_path / "explorable", ignore=ignored)
    (tmp_path / "file").touch()
    command = ["make", "-C", str(tmp_path), "book", f"PYTHON={sys.executable}"]
    command += [f"BOOK_FOLDER={tmp_path / 'file'}"]
    ours = ("MAKEFLAGS", "MFLAGS")  # of the `make` that runs this test
    here = {name: value for name, value in os.environ.items() if name not in ours}
    result = subprocess.run(command, env=here, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert f"Cannot write to {tmp_path / 'file'} (" in result.stderr
    assert "make book BOOK_FOLDER=/path/to/it" in result.stderr
