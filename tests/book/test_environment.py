"""The environment of the two commands is made anew when it must be, and only then."""

import subprocess
import sys

import pytest

from book import ROOT, environment

PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "requirements.txt").write_text(LOCK, encoding="utf-8")
    return tmp_path


def changed(tree, name, old, new):
    """Say whether replacing some text in a file makes another environment necessary."""
    before = environment.fingerprint(tree, tree / ".venv")
    text = (tree / name).read_text(encoding="utf-8")
    assert old in text
    (tree / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return environment.fingerprint(tree, tree / ".venv") != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[project]", "# A comment.\n[project]"),
        ("line-length = 99", "line-length = 98"),
        ('"numpy>=2.1",', '"numpy>=2.1",   # and a comment'),
    ],
)
def test_what_other_tools_read_does_not_count(tree, old, new):
    assert not changed(tree, "pyproject.toml", old, new)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("pyproject.toml", "numpy>=2.1", "numpy>=2.2"),
        ("pyproject.toml", "flit_core>=3.11", "flit_core>=3.12"),
        (
            "pyproject.toml",
            '[tool.flit.module]\nname = "mathdl"',
            '[tool.flit.module]\nname = "x"',
        ),
        ("requirements.txt", "numpy==", "numpy=="[:-1]),
    ],
)
def test_what_pip_reads_counts(tree, name, old, new):
    assert changed(tree, name, old, new)


def test_another_python_or_place_counts(tree, monkeypatch):
    here = environment.fingerprint(tree, tree / ".venv")
    assert environment.fingerprint(tree, tree / "elsewhere") != here
    monkeypatch.setattr(sys, "version", "4.0")
    assert environment.fingerprint(tree, tree / ".venv") != here


def test_an_environment_that_is_up_to_date_is_left_alone(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(environment, "_install", lambda place: (made.append(place), place.mkdir()))
    environment.install(tmp_path / ".venv")
    environment.install(tmp_path / ".venv")
    assert made == [tmp_path / ".venv"]
    (tmp_path / ".venv" / "installed").unlink()  # as when an installation was cut off
    made.clear()
    monkeypatch.setattr(environment, "_install", made.append)
    environment.install(tmp_path / ".venv")
    assert made == [tmp_path / ".venv"]


def test_a_command_that_fails_is_told_in_a_sentence():
    with pytest.raises(environment.SetUpError, match="What is missing"):
        environment.run([sys.executable, "-c", "raise SystemExit(1)"], "What is missing.")


def test_it_needs_nothing_but_the_standard_library():
    code = "import book.environment, sys; print([n for n in sys.modules if 'site-packages' in "
    code += "str(getattr(sys.modules[n], '__file__', ''))])"
    command = [sys.executable, "-S", "-c", code]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
