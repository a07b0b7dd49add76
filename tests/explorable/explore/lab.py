"""A JupyterLab or a Notebook of its own, untouched by the settings of whoever starts it."""

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


def write_notebook(path: Path, sources: Sequence[str]) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(notebook, path)


IDLE = (
    ".jp-NotebookPanel-toolbar:has-text('Python 3 (ipykernel)') "
    ".jp-Notebook-ExecutionIndicator[data-status='idle']"
)
"""What a toolbar shows when its kernel rests; without a kernel it also calls itself idle."""

ADDRESSES = {"jupyterlab": "lab/tree", "notebook": "notebooks"}
"""Where each application opens a notebook."""


@contextmanager
def running_lab(folder: Path, app: str = "jupyterlab") -> Iterator[str]:
    """Start JupyterLab or Notebook in a folder, yield where it opens notebooks, stop it."""
    settings = folder / "settings"
    settings.mkdir()
    (settings / "overrides.json").write_text(
        json.dumps({"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}})
    )
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]  # on which nothing listens
    environment = {name: value for name, value in os.environ.items() if name != "EXPLORABLE_BOOK"}
    for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"):
        environment[f"JUPYTER_{name}"] = str(folder / name.lower())
    command = [
        sys.executable, "-m", app, "--no-browser", "--allow-root", f"--port={port}",
        "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}",
        f"--LabServerApp.app_settings_dir={settings}",
        f"--LabServerApp.user_settings_dir={folder / 'user'}",
        f"--LabServerApp.workspaces_dir={folder / 'workspaces'}",
    ]  # fmt: skip
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        address = f"http://localhost:{port}"
        try:
            wait_for(address)
            yield f"{address}/{ADDRESSES[app]}"
        finally:
            server.terminate()  # and its kernels, which end when they miss it
            server.wait(20)


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/api").close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"Jupyter does not answer at {address}")


def run_notebook(browser: Browser, address: str, name: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 1900})
    page.goto(f"{address}/{name}?reset")
    page.wait_for_selector(".jp-Notebook .cm-content", timeout=60_000)
    page.wait_for_selector(".jp-Spinner", state="detached", timeout=60_000)
    rest(page)
    run_all(page)
    return page


def run_all(page: Page) -> None:
    """Run all cells; before its kernel came, a notebook takes no notice, so ask again."""
    prompt = page.locator(".jp-InputPrompt").first
    before = prompt.inner_text()
    for _ in range(5):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        for _ in range(50):
            if prompt.inner_text() != before:
                return
            page.wait_for_timeout(100)
    raise TimeoutError("Jupyter runs no cell")


def rest(page: Page) -> None:
    """Wait until the kernel of the notebook on a page has nothing to do."""
    page.wait_for_selector(IDLE, timeout=60_000)
