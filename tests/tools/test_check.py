"""The checks of `make test`: one after another, until one fails."""

import sys
from types import SimpleNamespace

from tools import check

PYTHON = [sys.executable, "-c"]


def test_the_check_that_fails_is_named_and_the_last(monkeypatch, capfd):
    seen = "import os; print(os.environ.get('MAKEFLAGS'), os.environ['OPENBLAS_NUM_THREADS'])"
    checks = {"One": [*PYTHON, seen], "Two": [*PYTHON, "raise SystemExit(4)"], "Three": ["none"]}
    monkeypatch.setattr(check, "CHECKS", checks)
    monkeypatch.setattr(check, "shutil", SimpleNamespace(which=lambda name: name))
    monkeypatch.setenv("MAKEFLAGS", " -- BOOK_FOLDER=/a/folder")
    assert check.main() == 4
    assert capfd.readouterr().out.splitlines() == [
        "[1/3] One", "None 1", "[2/3] Two", "Failed: Two. The rest was not run."
    ]  # fmt: skip
    checks.clear()
    monkeypatch.setenv("CHROMIUM", "/no/where")
    assert check.main() == 1
    assert capfd.readouterr().out.startswith("$CHROMIUM names /no/where")


def test_without_tsc_the_scripts_are_not_checked_which_is_said(monkeypatch, capfd):
    checks = {check.SCRIPTS: ["none"], "Other": [*PYTHON, "print('seen')"]}
    monkeypatch.setattr(check, "CHECKS", checks)
    monkeypatch.setattr(check, "shutil", SimpleNamespace(which=lambda name: None))
    monkeypatch.delenv("CI", raising=False)
    assert check.main() == 0
    first, *_, seen, left_out, last = capfd.readouterr().out.splitlines()
    assert (first, seen, left_out) == (check.NO_TSC, "seen", check.LEFT_OUT)
    assert last.startswith("All other checks passed in ")
    monkeypatch.setenv("CI", "true")  # who publishes may not do without
    assert check.main() == 1
