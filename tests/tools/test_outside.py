"""Commands that are called with another Python than the environment's say what to do."""

import subprocess
import sys

import pytest

from explorable.book import ROOT


@pytest.mark.parametrize("name", ["explorable", "tools.check", "tools.letters", "tools.new"])
def test_a_python_without_the_packages_is_told_how_to_get_them(name):
    command = [sys.executable, "-S", "-m", name]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert "make environment" in run.stderr
