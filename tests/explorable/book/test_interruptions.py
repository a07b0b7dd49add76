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

SLEEP = "import time; time.sleep(60)"


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


def kill(build):
    build.kill()
    build.communicate()


@pytest.mark.proof
def test_a_build_cut_off_at_any_operation_leaves_a_whole_site(tmp_path):
    command = [sys.executable, "-m", "tests.explorable.book.cutting", str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    cuts = [line.split(maxsplit=2) for line in result.stdout.splitlines() if line[0].isdigit()]
    assert len(cuts) > 40
    assert {(cut, rest) for _, cut, rest in cuts} <= {
        ("cut", "old repaired"),
        ("cut", "new repaired"),
        ("cut", "none repaired"),
    }
    states = [rest.split()[0] for _, _, rest in cuts]
    # Without the system's help there is one operation between taking away and putting.
    assert states.count("none") == 1
    assert "none" not in states[:-8]
    assert {"old", "new"} <= set(states[:-8])


def test_a_build_killed_in_sphinx_leaves_the_last_good_site(book):
    book.notebook("1 + 1")
    book.page(GOOD + "\nOne sentence more.\n")
    build = book.start()
    wait_for(build, "Writing 2 pages")
    time.sleep(1)  # Sphinx is now reading
    kill(build)
    assert "One sentence more." not in home(book)
    # What is left of Sphinx holds the lock while it lives: the next build is not in its way.
    result = book.build()
    assert result.returncode == 0, result.stderr
    assert "One sentence more." in home(book)
    assert [path.name for path in book.output.parent.glob(".*")] == []


@pytest.mark.usefixtures("interruptible")
# While a kernel starts, and while a cell runs.
@pytest.mark.parametrize("delay", [0.3, pytest.param(3, marks=pytest.mark.proof)])
def test_an_interrupted_build_says_that_the_last_good_site_stands(book, delay):
    before = home(book)
    book.notebook(SLEEP)
    build = book.start()
    wait_for(build, "notebook.ipynb …")
    time.sleep(delay)
    build.send_signal(signal.SIGINT)
    _, told = build.communicate(timeout=90)
    assert build.returncode == 130
    assert told.strip() == "Interrupted; what was built before stands."
    assert home(book) == before


@pytest.mark.proof
def test_two_builds_at_once_build_once(book):
    book.notebook("1 + 1")
    book.page(GOOD + "\nFor two.\n")
    builds = [book.start(), book.start()]
    told = [build.communicate(timeout=120) for build in builds]
    assert [build.returncode for build in builds] == [0, 0], told
    assert sorted("is built" in output for output, _ in told) == [False, True]
    assert sorted("up to date" in output for output, _ in told) == [False, True]
    assert sum("Waiting for another build" in errors for _, errors in told) == 1
    assert "For two." in home(book)


def read_only(tree):
    """Return what to put before a command, so that it sees this tree, but can't write to it."""
    if not shutil.which("unshare"):
        pytest.skip("only Linux shows a folder read-only to one process")
    mount = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    prefix = ["unshare", "--mount", "--map-root-user", "sh", "-c", mount, str(tree)]
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let a process mount a folder read-only for itself")
    return prefix


@pytest.mark.proof
def test_a_checkout_that_cannot_be_written_to_builds_elsewhere(tmp_path):
    book = Book(tmp_path / "read")
    book.output = tmp_path / "written" / "site"
    prefix = read_only(book.source.parent)
    result = subprocess.run(
        [*prefix, "sh", "-c", 'cd "$0" && exec "$@"', str(ROOT), *book.command],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "first page" in home(book)


def test_make_says_what_to_do_where_it_cannot_write(tmp_path):
    folder = tmp_path / "only read"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    ignored = shutil.ignore_patterns("__pycache__", "vendor")
    shutil.copytree(ROOT / "explorable", folder / "explorable", ignore=ignored)
    command = [*read_only(folder), "make", "-C", str(folder), "book", f"PYTHON={sys.executable}"]
    ours = ("BOOK_FOLDER", "MAKEFLAGS", "MFLAGS")  # of the `make` that runs this test
    here = {name: value for name, value in os.environ.items() if name not in ours}
    result = subprocess.run(command, env=here, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert f"Cannot write to {folder}" in result.stderr
    assert "make book BOOK_FOLDER=/path/to/it" in result.stderr
