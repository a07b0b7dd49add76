"""Run notebooks, each once in a kernel of its own, with the interpreter that runs us."""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets import default

from explorable.book import ROOT
from explorable.book.problem import BookError, place

CELL_TIMEOUT = 300  # seconds
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class ThisInterpreter(KernelSpecManager):
    """Every kernel is the running interpreter, whatever kernels the machine has registered."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the specification of a kernel in this very environment."""
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        # A cell's faults come with its outputs; the kernel's own log is none of the reader's.
        argv += ["--log-level=CRITICAL", "--ext=explorable.book.notebooks.assertions"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


class Kernel(AsyncKernelManager):
    """A kernel manager that looks nowhere else."""

    @default("kernel_spec_manager")
    def _this_interpreter(self) -> KernelSpecManager:
        return ThisInterpreter()


class Client(NotebookClient):
    """nbclient without its signal handlers (several run in one loop) that knows its place."""

    cell_index = 0

    @asynccontextmanager
    async def async_setup_kernel(self, **kwargs: Any) -> AsyncIterator[None]:
        """Start a kernel and stop it, also when the task is cancelled by Ctrl-C."""
        self.km = self.create_kernel_manager()
        try:
            await self.async_start_new_kernel(**kwargs)
            await self.async_start_new_kernel_client()
            yield
        except asyncio.CancelledError:
            self.shutdown_kernel = "immediate"  # a kernel that is asked to stop complains
            raise
        finally:
            if self.km:  # not when it did not start: then this is done
                await self._async_cleanup_kernel()

    async def _async_check_alive(self) -> None:
        """Ask after a kernel, but not when an interruption has just cleared it away."""
        if self.kc is not None:
            await super()._async_check_alive()

    async def async_execute_cell(
        self, cell: NotebookNode, cell_index: int, *args: Any, **kwargs: Any
    ) -> NotebookNode:
        """Execute one cell and remember which."""
        self.cell_index = cell_index
        return await super().async_execute_cell(cell, cell_index, *args, **kwargs)

    async def _check_raise_for_error(
        self, cell: NotebookNode, cell_index: int, exec_reply: dict[str, Any] | None
    ) -> None:
        """Refuse an output that could not be shown, too: IPython prints why, and may go on."""
        if "raises-exception" not in cell.metadata.get("tags", ()):
            for output in cell.outputs:
                if output.output_type == "error":
                    raise CellExecutionError.from_cell_and_msg(cell, output)
        await super()._check_raise_for_error(cell, cell_index, exec_reply)


def kernel_environment(scratch: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """Build the environment of a kernel: this tree's packages, nobody's personal settings."""
    environment = {name: value for name, value in os.environ.items() if name != "EXPLORABLE_BOOK"}
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return environment | {
        "PYTHONPATH": os.pathsep.join(paths),
        "IPYTHONDIR": str(scratch / "ipython"),
        "JUPYTER_CONFIG_DIR": str(scratch / "jupyter"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONHASHSEED": "0",
        # Two notebooks run at a time; threads inside each product would only get in their way.
        "OPENBLAS_NUM_THREADS": "1",
        **extra,
    }


async def execute(
    notebook: NotebookNode, path: Path, *, environment: Mapping[str, str] | None = None
) -> None:
    """Execute a notebook in place, in the folder of its file, with variables for its kernel.

    A `BookError` names file and cell that failed, took too long or killed the kernel.
    """
    with tempfile.TemporaryDirectory(prefix="kernel-") as scratch:
        client = Client(
            notebook,
            timeout=CELL_TIMEOUT,
            kernel_manager_class=Kernel,
            store_widget_state=False,
            resources={"metadata": {"path": str(path.parent)}},
        )
        telling = asyncio.create_task(_tell_progress(client, path))
        try:
            await client.async_execute(env=kernel_environment(Path(scratch), environment or {}))
        except CellExecutionError as error:
            raise BookError(_failure(path, notebook, client.cell_index, error)) from None
        except (CellTimeoutError, DeadKernelError) as error:
            where = f"{place(path)}, cell {client.cell_index + 1}"
            raise BookError(f"{where}: {error}".strip()) from None
        finally:
            telling.cancel()


async def _tell_progress(client: Client, path: Path) -> None:
    """Say every ten seconds where a long notebook is."""
    while True:
        await asyncio.sleep(10)
        where = f"cell {client.cell_index + 1} of {len(client.nb.cells)}"
        print(f"  {place(path)}: {where}", flush=True)


async def execute_all(jobs: Sequence[Callable[[], Any]], *, workers: int = 2) -> list[Any]:
    """Await the coroutines that ``jobs`` make, at most ``workers`` at a time; keep the errors."""
    gate = asyncio.Semaphore(workers)

    async def one(job: Callable[[], Any]) -> Any:
        async with gate:
            return await job()

    return await asyncio.gather(*(one(job) for job in jobs), return_exceptions=True)


def _failure(path: Path, notebook: NotebookNode, index: int, error: CellExecutionError) -> str:
    source = notebook.cells[index].source
    _, _, traceback = ANSI.sub("", error.traceback).rpartition("-" * 40 + "\n")
    frames = traceback.strip().splitlines()
    shown = frames if len(frames) <= 40 else [*frames[:20], "    …", *frames[-20:]]
    lines = [
        f"{place(path)}, cell {index + 1}: {error.ename}: {ANSI.sub('', error.evalue)}",
        *(f"    | {line}" for line in source.splitlines()),
        *(f"    {line}" for line in shown),
    ]
    return "\n".join(lines)
