"""The environment of the two commands is made anew when it must be, and only then."""

import subprocess
import sys
from pathlib import Path

import pytest

from explorable.book import ROOT, environment


class Ran(list):
    """Commands that were run, and how many may be."""

    limit = None


@pytest.fixture
def pip(monkeypatch):
    """Return the commands that were run, instead of running them; `limit` may stop one."""
    ran = Ran()

    def run(arguments, *, check, cwd):
        assert check
        if len(ran) == ran.limit:
            raise subprocess.CalledProcessError(1, arguments)
        ran.append(arguments)

    monkeypatch.setattr(subprocess, "run", run)
    return ran


def test_an_environment_holds_the_lock_and_the_library_and_is_made_anew_when_they_change(
    tmp_path, pip, monkeypatch
):
    place = tmp_path / "far" / "away" / ".venv"
    environment.install(place)
    venv, lock, library = pip
    assert venv == [sys.executable, "-m", "venv", str(place)]
    assert all(Path(command[0]).is_relative_to(place) for command in (lock, library))
    # Nothing that is not in the lock, to the byte; nothing that is built here but mathdl itself.
    assert {"install", "--require-hashes", "--only-binary=:all:"} < set(lock)
    assert lock[-2:] == ["-r", "requirements.txt"]
    assert {"install", "--no-deps", "--no-build-isolation"} < set(library)
    assert library[-2:] == ["--editable", "."]
    (place / "old").mkdir()
    environment.install(place)
    assert len(pip) == 3
    monkeypatch.setattr(sys, "version", "4.0")
    environment.install(place)
    assert len(pip) == 6
    assert [path.name for path in place.iterdir()] == ["installed"]


def test_what_pip_reads_decides(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    found = []
    for old, new in [
        ("", ""), ("line-length = 99", "line-length = 98"), ("numpy>=2.1", "numpy>=2.2"),
        ("hatchling>=1.27", "hatchling>=1.28"),
    ]:  # fmt: skip
        text = (ROOT / "pyproject.toml").read_text("utf-8")
        assert old in text
        (tmp_path / "pyproject.toml").write_text(text.replace(old, new, 1), "utf-8")
        (tmp_path / "requirements.txt").write_text("numpy==2.2")
        found.append(environment.fingerprint(tmp_path))
    (tmp_path / "requirements.txt").write_text("numpy==2.3")
    found.append(environment.fingerprint(tmp_path))
    assert found[0] == found[1]
    assert len(set(found)) == 4


@pytest.mark.parametrize(
    ("done", "sentence"),
    [
        (0, "^Python could not make a virtual environment.*apt install python3-venv"),
        (1, "^The packages of requirements.txt could not be installed.*Is the network there"),
        (2, "^The library itself could not be installed"),
    ],
)
def test_each_step_that_fails_says_what_to_do(tmp_path, pip, done, sentence):
    pip.limit = done
    with pytest.raises(environment.SetUpError, match=sentence):
        environment.install(tmp_path / ".venv")
    pip.limit = None
    environment.install(tmp_path / ".venv")  # once what was missing is there
    assert len(pip) == done + 3


def test_what_the_book_has_not_made_is_left_alone(tmp_path, pip, monkeypatch):
    place, theirs = tmp_path / ".venv", tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "pyvenv.cfg").write_text("theirs")
    place.symlink_to(theirs)
    for folder in (theirs, place):
        told = f"^{folder} is there already, and was not made by this book.*Move it away"
        with pytest.raises(environment.SetUpError, match=told):
            environment.install(folder)
    with pytest.raises(environment.SetUpError, match=r"^Cannot write to .* \(Not a directory\): "):
        environment.install(theirs / "pyvenv.cfg" / ".venv")
    monkeypatch.setattr(sys, "version_info", (3, 10, 14, "final", 0))
    with pytest.raises(environment.SetUpError, match=r"but this is Python 3\.10\.14\.$"):
        environment.install(tmp_path / "new")
    assert pip == []
    assert (theirs / "pyvenv.cfg").read_text() == "theirs"


def test_it_needs_nothing_but_the_standard_library():
    code = "import explorable.book.environment, sys; print([n for n in sys.modules if "
    code += "'site-packages' in str(getattr(sys.modules[n], '__file__', ''))])"
    command = [sys.executable, "-S", "-c", code]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
