"""What it costs to import the kernels."""

import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform == "emscripten", reason="a page starts no process")
def test_importing_the_kernels_costs_what_numpy_costs():
    script = (
        "import sys, numpy; before = set(sys.modules); import mathdl.backward, mathdl.datasets;"
        "new = set(sys.modules) - before; assert 'numpy.random' not in new;"
        "print(sorted({name.split('.')[0] for name in new} - set(sys.stdlib_module_names)))"
    )
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "['explorable', 'mathdl', 'numpy']"
