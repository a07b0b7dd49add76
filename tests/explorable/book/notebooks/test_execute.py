"""Notebooks are run in kernels of this interpreter, some at a time, and failures are told."""

import asyncio
import os
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from explorable.book import ROOT
from explorable.book.notebooks import execute as module
from explorable.book.notebooks.execute import execute, kernel_environment
from explorable.book.problem import BookError

CHAPTER = ROOT / "chapters" / "one.ipynb"


def run(coroutine: Coroutine):
    """Run to the end, in a thread, which has no event loop of a browser."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def notebook(*sources):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in sources])


def test_a_notebook_runs_in_its_folder_by_this_interpreter_with_nobody_s_settings(
    tmp_path, monkeypatch
):
    for name, value in {
        "EXPLORABLE_BOOK": "/from/outside", "OPENBLAS_NUM_THREADS": "8", "PYTHONPATH": "/mine",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    assert "EXPLORABLE_BOOK" not in kernel_environment(tmp_path, {})
    made = notebook(
        "import os, sys\nprint(sys.executable, os.getcwd(), os.getpid())",
        "print(dict(os.environ))",
    )
    told = {"EXPLORABLE_BOOK": "/for/states", "PYTHONHASHSEED": "1"}
    run(execute(made, tmp_path / "one.ipynb", environment=told))
    place, environment = (cell.outputs[0].text for cell in made.cells)
    *place, kernel = place.split()
    assert place == [sys.executable, str(tmp_path)]
    with pytest.raises(ProcessLookupError):
        os.kill(int(kernel), 0)
    given = eval(environment)
    # Products take one core, and the debugger complains of nothing.
    ours = {"OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    ours |= told | {"PYTHONPATH": os.pathsep.join([str(ROOT), "/mine"])}
    assert given.items() >= ours.items()
    for settings in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR"):
        scratch = Path(given[settings]).parent
        assert scratch.name.startswith("kernel-")
        assert not scratch.exists()  # nothing is left behind


def test_a_cell_that_kills_its_kernel_or_takes_too_long_is_named(monkeypatch):
    monkeypatch.setattr(module, "CELL_TIMEOUT", 2)
    for source, told in [("import os; os._exit(1)", ""), ("while True: pass", ".*timed out")]:
        with pytest.raises(BookError, match=rf"^chapters/one\.ipynb, cell 2: {told}"):
            run(execute(notebook("1", source), CHAPTER))


@pytest.mark.parametrize("frames", [3, 40, 100])
def test_a_cell_that_fails_is_shown_with_its_place_and_its_first_and_last_frames(frames):
    rule = "-" * 75 + "\n"
    lines = [f"frame {number}" for number in range(frames)]
    traceback = f"\x1b[31m{rule}\x1b[0m{rule}\x1b[31m" + "\n".join(lines)
    fault = CellExecutionError(traceback, "ValueError", "\x1b[1mno\x1b[0m")
    place, first, second, *told = module._failure(
        CHAPTER, notebook("1", "b = 1\na()"), 1, fault
    ).splitlines()
    assert place == "chapters/one.ipynb, cell 2: ValueError: no"
    assert [first, second] == ["    | b = 1", "    | a()"]
    shown = lines if frames <= 40 else [*lines[:20], "    …", *lines[-20:]]
    assert told == [f"    {line}" for line in shown]
