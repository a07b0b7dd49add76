"""A preview that follows the author: what is saved is built again, and the browser shows it.

The last good page stays while the next one is made, or if that fails: then it says why.
"""

import contextlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import watchfiles

from explorable.book import ENGINE, ROOT
from explorable.book.job import OTHER, Build
from explorable.book.problem import BookError
from explorable.book.settings import FOLDERS, PAGES
from explorable.book.sphinx_run import ALIKE
from explorable.sphinx.site.write import MARK

CLIENT = ENGINE / "sphinx" / "assets" / "preview" / "follow.js"
SUFFIX = re.compile(r"\.(bib|css|html|ipynb|js|md|png|po|py|svg|toml|yml)")
WARM = """
import runpy, sys
import anywidget, hatchling.build, jupyter_book.config, matplotlib.figure, myst_nb.sphinx_
import nbformat, sphinx.builders.html, sphinxcontrib.bibtex
sys.argv = sys.stdin.read().splitlines()
sys.argv and runpy.run_module("explorable", run_name="__main__", alter_sys=True)
"""
NOTHING_YET = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Preview</title></head>
<body><p>The page is being built; it appears here by itself.</p></body>
</html>
"""


@dataclass
class State:
    """The page that is looked at, and what there is to say of it."""

    job: Build
    said: str = ""
    builder: subprocess.Popen[str] | None = None

    def told(self) -> dict[str, str]:
        """Return what the browser needs to know."""
        mark = self.job.output / MARK
        version = mark.stat().st_mtime_ns if mark.is_file() else 0
        page = self.job.first_page.relative_to(self.job.output).as_posix()
        return {"page": page, "version": str(version), "said": self.said}


def preview(job: Build, port: int) -> None:
    """Build a page whenever something is saved, and serve it, until the author has seen enough.

    A job without a page follows what is saved: at first the latest. A `BookError` says that the
    port is taken, or that there is no such page.
    """
    follows = job.only is None
    if follows:
        last = max(job.documents, key=lambda path: path.stat().st_mtime)
        job = latest(job, [last]) or job
    state = State(job)
    job.documents  # noqa: B018 - refuses a page that is not there
    try:
        server = Server(("127.0.0.1", port), partial(Handler, state))
    except OSError as error:
        raise BookError(
            f"Port {port} cannot be used ({error.strerror}); name another: make preview PORT=8765"
        ) from None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"The preview: http://localhost:{server.server_port}/  (Ctrl-C ends it)", flush=True)
    # What is saved while a page is built is told after it; the first time nothing has been saved.
    saves = watchfiles.watch(
        *watched(job.source),
        watch_filter=lambda change, path: counts(Path(path)),
        debounce=400,
        recursive=False,
        rust_timeout=200,
        yield_on_timeout=True,
    )
    with contextlib.suppress(KeyboardInterrupt):
        for number, changed in enumerate(saves):
            if changed or number == 0:
                if follows:
                    state.job = latest(state.job, [Path(path) for _, path in changed]) or state.job
                show(state)


def warm() -> subprocess.Popen[str]:
    """Start a process that has imported what is not ours, and waits for what to build."""
    pipe, command = subprocess.PIPE, [sys.executable, "-c", WARM]
    return subprocess.Popen(
        command, cwd=ROOT, env=os.environ | ALIKE, stdin=pipe, stderr=pipe, encoding="utf-8"
    )


def show(state: State) -> None:
    """Build the page in a process of its own, which has the code as it is now."""
    job, state.said = state.job, "Building …"
    command = ["explorable", "build", "--only", str(job.only)]
    for name in ("source", "work", "output"):
        command += [f"--{name}", str(getattr(job, name))]
    command += ["--language", job.language] if job.language else []
    builder, state.builder = state.builder or warm(), None
    _, told = builder.communicate("\n".join(command))
    state.builder = warm()  # for what is saved next
    print(told, end="", file=sys.stderr, flush=True)
    state.said = told.strip() if builder.returncode else ""


def watched(source: Path) -> list[Path]:
    """List the folders whose files decide what a page is."""
    tops = [*(source / name for name in (*PAGES, "images", "locale")), *FOLDERS]
    below = [folder for top in tops for folder in top.rglob("*/") if folder.name != "__pycache__"]
    return [folder for folder in (source, *tops, *below) if folder.is_dir()]


def counts(path: Path) -> bool:
    """Leave out what editors, Python and Jupyter write beside the files."""
    return bool(SUFFIX.fullmatch(path.suffix)) and not path.name.startswith((".", "#"))


def latest(job: Build, changed: Iterable[Path]) -> Build | None:
    """Return the job with the page that was saved, or its catalogue; nothing if none was."""
    with contextlib.suppress(BookError):  # the table of contents is being written
        pages = {path.with_suffix("") for path in replace(job, only=None).documents}
        for path in changed:
            for folder, language in ((job.source, None), (job.locale / "LC_MESSAGES", OTHER)):
                if path.is_relative_to(folder):
                    name = path.relative_to(folder).with_suffix("")
                    if job.source / name in pages:
                        return replace(job, only=name.as_posix(), language=language)
    return None


class Server(ThreadingHTTPServer):
    """Answers a browser, which may leave in the middle of an answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, but for that."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(SimpleHTTPRequestHandler):
    """Serves the site, each page with the script that follows the author."""

    def __init__(self, state: State, *arguments: Any) -> None:
        self.state = state
        super().__init__(*arguments, directory=str(state.job.output))

    def do_GET(self) -> None:
        """Answer a request."""
        address = unquote(urlsplit(self.path).path)
        file, told = Path(self.translate_path(self.path)), self.state.told()
        if address == "/":
            self._send("text/html", f'<meta http-equiv="refresh" content="0; /{told["page"]}">')
        elif address == "/preview/state":
            self._send("application/json", json.dumps(told))
        elif address == "/preview/follow.js":
            self._send("text/javascript", CLIENT.read_text(encoding="utf-8"))
        elif address == f"/{told['page']}" or (file.is_file() and file.suffix == ".html"):
            text = file.read_text(encoding="utf-8") if file.is_file() else NOTHING_YET
            script = f'<script src="/preview/follow.js" data-version="{told["version"]}" defer>'
            text = text.replace("</head>", f"{script}</script>\n</head>", 1)
            # The pages may ask nobody for anything; this one may ask us.
            text = text.replace("default-src 'none'", "default-src 'none'; connect-src 'self'", 1)
            self._send("text/html", text)
        else:
            for _ in range(50):  # a build that is put into its place leaves it free for a moment
                if self.state.job.output.is_dir():
                    break
                time.sleep(0.02)
            super().do_GET()

    def _send(self, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """Let the browser keep nothing."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *arguments: Any) -> None:
        """Say nothing of each request."""
