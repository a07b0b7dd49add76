"""Notebooks are run in kernels of this interpreter, some at a time, and failures are told."""

import asyncio
import os
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

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


@pytest.fixture
def clients(monkeypatch):
    """Return the clients that were made; each does what `act` says."""
    made = SimpleNamespace(all=[], act=None)

    class Standin:
        cell_index = 0

        def __init__(self, nb, **options):
            self.nb, self.options = nb, options
            made.all.append(self)

        async def async_execute(self, env):
            self.env = env
            scratch = Path(env["IPYTHONDIR"]).parent
            assert scratch.is_dir()
            self.scratch = scratch
            if made.act:
                await made.act(self)

    monkeypatch.setattr(module, "Client", Standin)
    return made


def failure(traceback, name="ValueError", value="no"):
    return CellExecutionError(traceback, name, value)


def refused(clients, fault, *sources, index=0):
    async def act(client):
        client.cell_index = index
        raise fault

    clients.act = act
    with pytest.raises(BookError) as told:
        run(execute(notebook(*sources), CHAPTER))
    assert told.value.__suppress_context__  # a sentence needs no traceback
    return str(told.value)


@pytest.mark.parametrize("kind", [CellTimeoutError, DeadKernelError])
def test_a_cell_that_takes_too_long_or_kills_its_kernel_is_named(clients, kind):
    told = refused(clients, kind("It died.\n"), "1", "2", "3", index=2)
    assert told == "chapters/one.ipynb, cell 3: It died."


@pytest.mark.parametrize("frames", [3, 40, 100])
def test_a_cell_that_fails_is_shown_with_its_place_and_its_first_and_last_frames(clients, frames):
    rule = "-" * 75 + "\n"
    lines = [f"frame {number}" for number in range(frames)]
    traceback = f"\x1b[31m{rule}\x1b[0m{rule}\x1b[31m" + "\n".join(lines)
    fault = failure(traceback, value="\x1b[1mno\x1b[0m")
    place, first, second, *told = refused(clients, fault, "1", "b = 1\na()", index=1).splitlines()
    assert place == "chapters/one.ipynb, cell 2: ValueError: no"
    assert [first, second] == ["    | b = 1", "    | a()"]
    shown = lines if frames <= 40 else [*lines[:20], "    …", *lines[-20:]]
    assert told == [f"    {line}" for line in shown]


def test_a_long_notebook_tells_where_it_is_while_it_runs(clients, monkeypatch, capsys):
    naps, sleep = [], asyncio.sleep

    async def nap(seconds):
        naps.append(seconds)
        await sleep(0)

    async def act(client):
        for client.cell_index in range(3):
            for _ in range(5):
                await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", nap)
    clients.act = act
    run(execute(notebook("1", "2", "3"), CHAPTER))
    assert set(naps) == {10}
    assert list(dict.fromkeys(capsys.readouterr().out.splitlines())) == [
        f"  chapters/one.ipynb: cell {number} of 3" for number in (1, 2, 3)
    ]
