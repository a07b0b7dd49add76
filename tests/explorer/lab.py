"""A JupyterLab of its own, untouched by the settings of whoever starts it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Page


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def write_notebook(path: Path, sources: Sequence[str]) -> None:
    """Write a notebook with these cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(notebook, path)


@contextmanager
def running_lab(folder: Path) -> Iterator[str]:
    """Start JupyterLab in a folder, yield its address, stop it."""
    settings = folder / "settings"
    settings.mkdir()
    (settings / "overrides.json").write_text(
        json.dumps({"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}})
    )
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "MATHDL_BOOK"}
    for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"):
        environment[f"JUPYTER_{name}"] = str(folder / name.lower())
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
        "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}",
        f"--LabApp.app_settings_dir={settings}", f"--LabApp.user_settings_dir={folder / 'user'}",
        f"--LabApp.workspaces_dir={folder / 'workspaces'}",
    ]  # fmt: skip
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        address = f"http://localhost:{port}"
        try:
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait(60)


def wait_for(address: str) -> None:
    """Wait until JupyterLab answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/api").close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"JupyterLab does not answer at {address}")


def run_notebook(browser: Browser, address: str, name: str) -> Page:
    """Open a notebook and run all its cells."""
    page = browser.new_page(viewport={"width": 1280, "height": 1900})
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.wait_for_selector(".jp-Notebook .cm-content", timeout=60_000)
    page.wait_for_selector(".jp-Spinner", state="detached", timeout=60_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    return page
