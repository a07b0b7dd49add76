"""A preview that follows the author: what is saved is built again, and the browser shows it.

A process of its own builds the page, again and again, so that Sphinx and all that it imports is
loaded once; code of the build or of the library that has changed starts it anew. The last good
page stays where it is while the next one is made, or if that fails: then the page says why.
"""

import asyncio
import contextlib
import json
import multiprocessing
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import watchfiles
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets

from explorable.book import ENGINE, FOLDER, ROOT
from explorable.book.build import build
from explorable.book.folders import discard
from explorable.book.job import EXECUTOR, OTHER, Build
from explorable.book.notebooks.dependencies import notebook_key
from explorable.book.notebooks.kept import kept_folder
from explorable.book.notebooks.refresh import read
from explorable.book.problem import BookError
from explorable.book.settings import PACKAGES, PAGES

CLIENT = ENGINE / "sphinx" / "assets" / "preview" / "follow.js"
ADDRESS = "127.0.0.1"
# What pages are made of, below the book's root; of the root itself only the files.
FOLDERS = (*PAGES, "images", "locale", *PACKAGES)
SUFFIXES = (".bib", ".ipynb", ".md", ".toml", ".yml")
READ_ANEW = (
    "explorable/sphinx/assets",
    "explorable/sphinx/theme",
)  # the rest of the code stays as it was imported
NOTHING_YET = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Preview</title></head>
<body><p>The page is being built; it appears here by itself.</p></body>
</html>
"""


@dataclass
class State:
    """What the browser is told."""

    page: str  # its address
    version: int = 0
    busy: bool = False
    fault: str = ""
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def become(self, **values: Any) -> None:
        """Take other values, and tell whoever waits for it."""
        vars(self).update(values)
        async with self.changed:
            self.changed.notify_all()

    def as_json(self) -> str:
        """Write what the browser needs to know."""
        told = {name: vars(self)[name] for name in ("page", "version", "busy", "fault")}
        return json.dumps(told)


def preview(job: Build, port: int) -> None:
    """Build a page whenever it changes, and serve it, until the author has seen enough.

    A job without a page follows what is saved: at first the latest. A `BookError` says that the
    port is taken, or that there is no such page.
    """
    follows = job.only is None
    if job.only is None:
        job = naming(job, max(pages_of(job), key=lambda path: path.stat().st_mtime))
    job.documents  # noqa: B018 - refuses a page that is not there
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_preview(job, port, follows))


async def _preview(job: Build, port: int, follows: bool) -> None:
    state = State(address(job))
    try:
        sockets = bind_sockets(port, ADDRESS)
    except OSError as error:
        raise BookError(
            f"Port {port} cannot be used ({error.strerror}); name another: make preview PORT=8765"
        ) from None
    server = HTTPServer(application(job.output, state))
    server.add_sockets(sockets)
    print(f"The preview: http://localhost:{sockets[0].getsockname()[1]}/  (Ctrl-C ends it)")
    builder = Builder()
    changes: asyncio.Queue[set[Path]] = asyncio.Queue()
    watching = [
        asyncio.create_task(_watch(changes, job.source, recursive=True)),
        asyncio.create_task(_watch(changes, job.source, recursive=False)),
    ]
    building = asyncio.create_task(_build(builder, job, state))
    try:
        while True:
            changed = await changes.get()
            if not any(map(is_imported, changed)):
                await building
            while not changes.empty():
                changed |= changes.get_nowait()
            if any(map(is_imported, changed)):
                await asyncio.to_thread(builder.stop)
                await building
            try:
                if follows and (named := latest(job, changed)) is not None:
                    job = named
                elif concerns_others_only(job, changed) and not state.fault:
                    continue
            except BookError as error:  # the table of contents is being written
                await _refuse(state, str(error))
                continue
            building = asyncio.create_task(_build(builder, job, state))
    finally:
        for task in (*watching, building):
            task.cancel()
        builder.stop()
        server.stop()


async def _build(builder: "Builder", job: Build, state: State) -> None:
    await state.become(busy=True)
    started = time.monotonic()
    fault, is_new = await asyncio.to_thread(builder.build, job)
    if fault:
        await _refuse(state, fault)
        return
    if is_new:
        print(f"  {address(job)}: {time.monotonic() - started:.1f} s", flush=True)
    version = state.version + (is_new or address(job) != state.page)
    await state.become(busy=False, fault="", version=version, page=address(job))


async def _refuse(state: State, fault: str) -> None:
    print(f"\n{fault}\n", file=sys.stderr)
    await state.become(busy=False, fault=fault)


async def _watch(changes: asyncio.Queue[set[Path]], source: Path, *, recursive: bool) -> None:
    """Put what is saved into a queue."""
    # In an environment that pip has installed, library and engine are this repository's.
    roots = {source, ROOT}
    folders = [root / name for root in roots for name in FOLDERS] if recursive else [source]
    folders = [folder for folder in folders if folder.is_dir()]
    kinds = None if recursive else SUFFIXES
    async for found in watchfiles.awatch(
        *folders, recursive=recursive, watch_filter=partial(_counts, kinds), debounce=400
    ):
        changes.put_nowait({Path(path) for _, path in found})


def _counts(kinds: tuple[str, ...] | None, change: watchfiles.Change, path: str) -> bool:
    """Leave out what editors, Python and Jupyter write beside the files."""
    name = os.path.basename(path)
    if name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp")):
        return False
    parts = Path(path).parts
    if "__pycache__" in parts or ".ipynb_checkpoints" in parts:
        return False
    return kinds is None or path.endswith(kinds)


def pages_of(job: Build) -> list[Path]:
    """List all pages of the book."""
    return replace(job, only=None).documents


def naming(job: Build, path: Path) -> Build:
    """Return the job with the page that is made of a file."""
    name = path.relative_to(job.source).with_suffix("").as_posix()
    return replace(job, only=name, language=None)


def latest(job: Build, changed: Iterable[Path]) -> Build | None:
    """Return the job with the page that was saved, or its catalogue; nothing if none was."""
    pages = {page.relative_to(job.source).with_suffix("").as_posix() for page in pages_of(job)}
    for path in changed:
        for folder, language in ((job.source, None), (job.locale / "LC_MESSAGES", OTHER)):
            if path.is_relative_to(folder):
                name = path.relative_to(folder).with_suffix("").as_posix()
                if name in pages:
                    return replace(job, only=name, language=language)
    return None


def concerns_others_only(job: Build, changed: Iterable[Path]) -> bool:
    """Tell whether nothing but other pages has changed."""
    own = set(job.documents)
    return all(path in set(pages_of(job)) - own for path in changed)


def is_imported(path: Path) -> bool:
    """Tell whether the process that builds holds what was in a file."""
    if not path.is_relative_to(ROOT):
        return False
    name = path.relative_to(ROOT).as_posix()
    return name.startswith(tuple(f"{package}/" for package in PACKAGES)) and not name.startswith(
        READ_ANEW
    )


def address(job: Build) -> str:
    """Return the address of the page within the site."""
    return job.first_page.relative_to(job.output).as_posix()


class Builder:
    """A process that builds, started when it is needed."""

    def __init__(self) -> None:
        self.process: Any = None
        self.connection: Connection | None = None

    def build(self, job: Build) -> tuple[str, bool]:
        """Return what is wrong, or nothing, and whether the site is another than before."""
        if self.process is None or not self.process.is_alive():
            self._start()
        assert self.connection is not None
        try:
            self.connection.send(job)
            fault, is_new = self.connection.recv()
        except (EOFError, OSError):
            told = "The process that builds has ended; see the terminal."
            return "" if self.process is None else told, False
        return str(fault), bool(is_new)

    def stop(self) -> None:
        """End the process, also while it executes a notebook, whose kernel it then stops."""
        process, self.process = self.process, None
        if process is not None and process.is_alive():
            with contextlib.suppress(OSError):
                os.kill(process.pid, signal.SIGINT)
            process.join(10)
            process.kill()

    def _start(self) -> None:
        # Sets are written in the same order by each build, as in one that runs by itself.
        os.environ["PYTHONHASHSEED"] = "0"
        context = multiprocessing.get_context("spawn")
        self.connection, other = context.Pipe()
        self.process = context.Process(target=serve_builds, args=(other,), daemon=True)
        self.process.start()
        other.close()


def serve_builds(connection: Connection) -> None:
    """Build what is asked for, again and again."""
    with contextlib.suppress(KeyboardInterrupt, EOFError, BrokenPipeError):
        while True:
            job = connection.recv()
            try:
                borrow(job)
                answer = ("", build(job))
            except BookError as error:
                answer = (str(error), False)
            except Exception:
                answer = (traceback.format_exc(), False)
            connection.send(answer)


def borrow(job: Build) -> None:
    """Take what the build of the whole book has executed and rendered, if it fits."""
    whole = FOLDER / "_build" / "work"
    for path in job.documents:
        if path.suffix != ".ipynb":
            continue
        key = notebook_key(read(path), ROOT, EXECUTOR)
        ours, theirs = kept_folder(job.work, path, key), kept_folder(whole, path, key)
        if not ours.exists() and theirs.is_dir():
            aside = ours.with_name(f".{ours.name}")
            discard(aside)
            shutil.copytree(theirs, aside)
            aside.rename(ours)
    folder = job.editions[0].folder
    formulas = job.work / folder / "formulas.json"
    if not formulas.exists() and (whole / folder / formulas.name).is_file():
        formulas.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(whole / folder / formulas.name, formulas)


def application(site: Path, state: State) -> web.Application:
    """Return what serves a site and tells pages of changes, to this machine's browsers only."""
    served = web.Application()
    served.add_handlers(
        r"(localhost|127\.0\.0\.1)",
        [
            (r"/", Home, {"state": state}),
            (r"/preview/state", Events, {"state": state}),
            (r"/preview/(follow\.js)", Files, {"path": str(CLIENT.parent)}),
            (r"/(.*\.html)", Pages, {"site": site, "state": state}),
            (r"/(.*)", Files, {"path": str(site)}),
        ],
    )
    return served


class Home(web.RequestHandler):
    """The shortest address, which leads to the page."""

    def initialize(self, state: State) -> None:
        """Take what is served."""
        self.state = state

    def get(self) -> None:
        """Lead on."""
        self.redirect(f"/{self.state.page}")


class Files(web.StaticFileHandler):
    """Scripts, styles and pictures, of which a browser keeps none."""

    def set_extra_headers(self, path: str) -> None:
        """Let the browser ask again each time."""
        self.set_header("Cache-Control", "no-store")


class Pages(web.RequestHandler):
    """Pages, with the script that follows the author."""

    def initialize(self, site: Path, state: State) -> None:
        """Take what is served."""
        self.site = site.resolve()
        self.state = state

    def get(self, name: str) -> None:
        """Send a page as it stands, or say that it is being built."""
        path = (self.site / name).resolve()
        text = NOTHING_YET if name == self.state.page else ""
        if path.is_relative_to(self.site) and path.is_file():
            text = path.read_text(encoding="utf-8")
        if not text:
            raise web.HTTPError(404)
        script = f'<script src="/preview/follow.js" data-version="{self.state.version}"'
        # The pages may ask nobody for anything; this one may ask us.
        text = text.replace("default-src 'none'", "default-src 'none'; connect-src 'self'", 1)
        self.set_header("Cache-Control", "no-store")
        self.write(text.replace("</head>", f"{script} defer></script>\n</head>", 1))


class Events(web.RequestHandler):
    """What the browser is told while it listens: server-sent events."""

    def initialize(self, state: State) -> None:
        """Take what is told."""
        self.state = state

    async def get(self) -> None:
        """Tell of each change, as long as somebody listens."""
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        told = ""
        with contextlib.suppress(StreamClosedError):
            while True:
                if (now := self.state.as_json()) != told:
                    told = now
                    self.write(f"data: {told}\n\n")
                    await self.flush()
                async with self.state.changed:
                    if self.state.as_json() == told:
                        await self.state.changed.wait()
