"""The environment of the two commands is made anew when it must be, and only then."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from explorable.book import ROOT, environment
from explorable.book.lock import lock_file
from tests.explorable.book.pipe import pipe

PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "requirements.txt").write_text(LOCK, encoding="utf-8")
    return tmp_path


def test_what_pip_reads_another_python_and_another_place_count(tree, monkeypatch):
    hatch = "[tool.hatch.version]\npath = "
    for name, old, new, counts in [
        ("pyproject.toml", "line-length = 99", "line-length = 98", False),
        ("pyproject.toml", '"numpy>=2.1",', '"numpy>=2.1",   # and a comment', False),
        ("pyproject.toml", "numpy>=2.1", "numpy>=2.2", True),
        ("pyproject.toml", "hatchling>=1.27", "hatchling>=1.28", True),
        ("pyproject.toml", f'{hatch}"mathdl/', f'{hatch}"x/', True),
        ("requirements.txt", "numpy==", "numpy=", True),
    ]:
        here = environment.fingerprint(tree, tree / ".venv")
        text = (tree / name).read_text(encoding="utf-8")
        assert old in text
        (tree / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        assert (environment.fingerprint(tree, tree / ".venv") != here) is counts, new
    here = environment.fingerprint(tree, tree / ".venv")
    assert environment.fingerprint(tree, tree / "elsewhere") != here
    monkeypatch.setattr(sys, "version", "4.0")
    assert environment.fingerprint(tree, tree / ".venv") != here


@pytest.mark.parametrize("command", [[sys.executable, "-c", "raise SystemExit(1)"], ["/none"]])
def test_a_command_that_fails_or_is_not_there_is_told_in_a_sentence(command):
    with pytest.raises(environment.SetUpError, match=r"^What is missing\.$"):
        environment.run(command, "What is missing.")


# Making it


@pytest.fixture
def pip(monkeypatch):
    """Return the commands that were run, in order, instead of running them."""
    ran = []

    def run(arguments, *, check, cwd):
        assert check
        assert cwd == ROOT
        ran.append(arguments)
        if "venv" in arguments:
            assert [path.name for path in Path(arguments[-1]).iterdir()] == ["installed"]

    monkeypatch.setattr(subprocess, "run", run)
    return ran


def test_an_environment_holds_the_lock_and_the_library(tmp_path, pip):
    place = tmp_path / "far" / "away" / ".venv"
    with pipe() as told:
        environment.install(place)
        assert told.arrived.startswith("Setting up .venv from requirements.txt")
    venv, lock, library = pip
    assert venv == [sys.executable, "-m", "venv", str(place)]
    for command in (lock, library):
        assert Path(command[0]).is_relative_to(place)
        assert command[1:3] == ["-m", "pip"]
        assert "install" in command
        assert {"--disable-pip-version-check", "--quiet"} <= set(command)
    # Nothing that is not in the lock, to the byte; nothing that is built here but mathdl itself.
    assert {"--require-hashes", "--only-binary=:all:"} < set(lock)
    assert lock[-2:] == ["-r", "requirements.txt"]
    assert {"--no-deps", "--no-build-isolation"} < set(library)
    assert library[-2:] == ["--editable", "."]
    wanted = environment.fingerprint(ROOT, place)
    assert (place / "installed").read_text(encoding="utf-8") == wanted
    assert [path.name for path in place.parent.iterdir()] == [".venv"]
    environment.install(place)
    assert len(pip) == 3


def test_what_stops_it_at_once_is_told(tmp_path, monkeypatch, pip):
    (tmp_path / "file").touch()
    with pytest.raises(environment.SetUpError, match=r"^Cannot write to .*file \(.+\)\. Name a"):
        environment.install(tmp_path / "file" / ".venv")
    usage = SimpleNamespace(free=12_300_000)
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda folder: usage)
    told = f"^The environment needs 1 GB, but only 12 MB are free in {tmp_path}. Make room"
    with pytest.raises(environment.SetUpError, match=told):
        environment.install(tmp_path / ".venv")
    monkeypatch.setattr(sys, "version_info", (3, 10, 14, "final", 0))
    told = r"^This book needs Python 3\.11 or later, but this is Python 3\.10\.14\.$"
    with pytest.raises(environment.SetUpError, match=told):
        environment.install(tmp_path / ".venv")
    assert pip == []


def test_what_is_half_made_or_old_is_made_anew(tmp_path, pip):
    place = tmp_path / ".venv"
    place.mkdir()
    (place / "installed").write_text("another lock")
    (place / "half").touch()
    (place / "lib").mkdir()
    (place / "lib64").symlink_to("lib")
    environment.install(place)
    assert [path.name for path in place.iterdir()] == ["installed"]
    assert len(pip) == 3


@pytest.mark.parametrize(
    ("done", "sentence"),
    [
        (0, "^Python could not make a virtual environment.*apt install python3-venv"),
        (1, "^The packages of requirements.txt could not be installed.*Is the network there"),
        (2, "^mathdl itself could not be installed"),
    ],
)
def test_each_step_that_fails_says_what_to_do(tmp_path, monkeypatch, pip, done, sentence):
    run = subprocess.run

    def fails(arguments, **options):
        if len(pip) == done:
            raise subprocess.CalledProcessError(1, arguments)
        run(arguments, **options)

    monkeypatch.setattr(subprocess, "run", fails)
    with pytest.raises(environment.SetUpError, match=sentence):
        environment.install(tmp_path / ".venv")
    assert len(pip) == done
    monkeypatch.setattr(subprocess, "run", run)
    environment.install(tmp_path / ".venv")  # once what was missing is there
    assert len(pip) == done + 3


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_the_book_has_not_made_is_left_alone(tmp_path, pip, kind):
    place, theirs = tmp_path / ".venv", tmp_path / "theirs"
    if kind == "folder":
        place.mkdir()
        (place / "pyvenv.cfg").write_text("theirs")
    elif kind == "file":
        place.write_text("theirs")
    else:
        theirs.mkdir()
        (theirs / "pyvenv.cfg").write_text("theirs")
        place.symlink_to(theirs)
    told = f"^{place} is there already, and was not made by this book.*Move it away"
    with pytest.raises(environment.SetUpError, match=told):
        environment.install(place)
    assert pip == []
    assert (place if kind == "file" else place / "pyvenv.cfg").read_text() == "theirs"


def test_an_environment_that_another_process_made_meanwhile_is_taken(tmp_path, monkeypatch, pip):
    place = tmp_path / ".venv"

    @contextmanager
    def exclusive(path):
        assert path == lock_file(place)
        place.mkdir()
        (place / "installed").write_text(environment.fingerprint(ROOT, place))
        yield

    monkeypatch.setattr(environment, "exclusive", exclusive)
    environment.install(place)
    assert pip == []


def test_it_needs_nothing_but_the_standard_library():
    code = "import explorable.book.environment, sys; print([n for n in sys.modules if "
    code += "'site-packages' in str(getattr(sys.modules[n], '__file__', ''))])"
    command = [sys.executable, "-S", "-c", code]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
