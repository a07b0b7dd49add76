"""How Sphinx is run, and what is made of its end."""

import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from explorable.book import ROOT
from explorable.book.problem import BookError
from explorable.book.sphinx_run import run_sphinx
from tests.explorable.book.small import CONFIG


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    made = tmp_path / "work" / "stage"
    made.mkdir(parents=True)
    (made / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (made / "_toc.yml").write_text("format: jb-book\nroot: page\n", encoding="utf-8")
    return made


@pytest.fixture
def sphinx(monkeypatch):
    """Return the stand-in for the process: it notes how it is called, and fails as it is told."""
    made = SimpleNamespace(returncode=0, stderr="")

    def run(command, *, env, **options):
        made.command, made.env = command, env
        return made

    monkeypatch.setattr(subprocess, "run", run)
    return made


def test_sphinx_gets_the_stage_and_an_environment_that_makes_builds_equal(
    stage, sphinx, monkeypatch
):
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    left = stage.parent / "doctrees" / "of an earlier build"
    left.mkdir(parents=True)
    assert run_sphinx(stage, stage.parent, strict=True) == stage.parent / "sphinx"
    assert not left.exists()
    ours = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
    ours["PYTHONPATH"] = f"{ROOT}{os.pathsep}elsewhere"
    assert sphinx.env == os.environ | ours
    assert "nb_execution_mode = 'off'\n" in (stage / "conf.py").read_text(encoding="utf-8")
    assert {"-n", "-W"} <= set(sphinx.command)
    assert sphinx.command[-2:] == [str(stage), str(stage.parent / "sphinx")]
    run_sphinx(stage, stage.parent, strict=False)
    assert "-W" not in sphinx.command


def test_a_failure_without_a_warning_is_told_in_sphinxs_words(stage, sphinx):
    earlier = f"{stage}/page.md:3: WARNING: of an earlier build\n"
    (stage.parent / "warnings.txt").write_text(earlier, encoding="utf-8")
    sphinx.returncode, sphinx.stderr = 2, "\nExtension error: §\n\n"
    with pytest.raises(BookError, match=r"^Sphinx failed:\nExtension error: §$"):
        run_sphinx(stage, stage.parent, strict=True)
