"""How Sphinx is run, and what is made of its end: a small program stands in for it."""

import json
import os
import sys
from pathlib import Path

import pytest

from explorable.book import ROOT
from explorable.book.lock import exclusive
from explorable.book.problem import BookError
from explorable.book.sphinx_run import SPHINX, run_sphinx
from tests.explorable.book.small import CONFIG

# Writes down how it was called, says what it is told to, and ends as it is told to.
STAND_IN = """#!{python}
import json, os, sys
from pathlib import Path
folder = Path({folder!r})
log = Path(sys.argv[sys.argv.index("-w") + 1])
orders = json.loads((folder / "orders.json").read_text())
names = ["PYTHONHASHSEED", "SOURCE_DATE_EPOCH", "PYTHONPATH", "OTHER"]
files = [os.path.realpath(f"/proc/self/fd/{{fd}}") for fd in os.listdir("/proc/self/fd")]
call = {{"arguments": sys.argv[1:], "environment": {{n: os.environ.get(n) for n in names}},
        "files": files, "left": [n for n in ("sphinx", "doctrees") if (log.parent / n).exists()]}}
(folder / "call.json").write_text(json.dumps(call))
if orders["log"] is not None:
    log.write_text(orders["log"], encoding="utf-8")
print("said aside")
sys.stderr.buffer.write(orders["told"].encode())
sys.exit(orders["code"])
"""


@pytest.fixture
def stage(tmp_path, monkeypatch):
    """Return a folder with a configuration; Sphinx's place is taken."""
    program = tmp_path / "python"
    text = STAND_IN.format(python=sys.executable, folder=str(tmp_path))
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    made = tmp_path / "work" / "stage"
    made.mkdir(parents=True)
    (made / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (made / "_toc.yml").write_text("format: jb-book\nroot: page\n", encoding="utf-8")
    return made


def run(
    stage: Path,
    *,
    log: str | None = "",
    told: str = "",
    code: int = 0,
    strict: bool = True,
    **more,
) -> dict:
    """Run the program that stands in for Sphinx; return how it was called."""
    folder = stage.parent.parent
    orders = {"log": log, "told": told, "code": code}
    (folder / "orders.json").write_text(json.dumps(orders))
    assert run_sphinx(stage, stage.parent, strict=strict, **more) == stage.parent / "sphinx"
    return json.loads((folder / "call.json").read_text())


def test_sphinx_gets_the_stage_and_an_environment_that_makes_builds_equal(stage, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("OTHER", "kept")
    work = stage.parent
    for name in ("sphinx", "doctrees"):
        (work / name).mkdir()
    call = run(stage)
    assert call["environment"] == {
        "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0",
        "PYTHONPATH": f"{ROOT}{os.pathsep}elsewhere", "OTHER": "kept",
    }  # fmt: skip
    assert call["left"] == []  # of an earlier build
    assert "nb_execution_mode = 'off'\n" in (stage / "conf.py").read_text(encoding="utf-8")
    arguments = call["arguments"]
    assert arguments[:4] == ["-c", SPHINX, "-b", "html"]
    assert arguments[-2:] == [str(stage), str(work / "sphinx")]
    assert arguments[arguments.index("-d") + 1] == str(work / "doctrees")
    assert {"-n", "-W"} <= set(arguments)
    monkeypatch.delenv("PYTHONPATH")
    other = run(stage, strict=False)
    assert "-W" not in other["arguments"]
    assert other["environment"]["PYTHONPATH"] == str(ROOT)


@pytest.mark.skipif(os.name == "nt", reason="a child can't inherit a lock there")
def test_sphinx_holds_the_locks_of_the_build(stage, tmp_path):
    with exclusive(tmp_path / "lock") as lock:
        assert str(tmp_path / "lock") in run(stage, locks=(lock,))["files"]
        assert str(tmp_path / "lock") not in run(stage)["files"]


def test_a_failure_without_a_warning_is_told_in_sphinxs_words(stage):
    earlier = f"{stage}/page.md:3: WARNING: of an earlier build\n"
    (stage.parent / "warnings.txt").write_text(earlier, encoding="utf-8")
    for log in (None, ""):
        with pytest.raises(BookError, match=r"^Sphinx failed:\nExtension error: §$"):
            run(stage, code=2, log=log, told="\nExtension error: §\n\n")
