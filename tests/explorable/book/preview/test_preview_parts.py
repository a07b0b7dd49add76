"""What a preview does when a file is saved: what is watched, which page, and when it is built."""

import asyncio
import contextlib
import io
import os
import queue
import socket
import threading
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.request import urlopen

import pytest
import watchfiles
from tornado.httpserver import HTTPServer

from explorable.book import ROOT
from explorable.book.job import Build
from explorable.book.preview import (
    State,
    _build,
    _counts,
    _preview,
    _watch,
    address,
    concerns_others_only,
    is_imported,
    latest,
    pages_of,
    preview,
)
from explorable.book.problem import BookError
from tests.explorable.book.here import in_a_thread
from tests.explorable.book.small import Book

SECONDS = 5  # after which what does not come has failed
STYLE, CODE = (
    ROOT / "explorable" / "sphinx" / "assets" / "site.css",
    ROOT / "explorable" / "book" / "build.py",
)


@pytest.fixture
def job(tmp_path) -> Build:
    book = Book(tmp_path.resolve())
    return Build(book.source, book.work, book.output, only="page", warm=True)


def run(coroutine: Any) -> Any:
    return in_a_thread(asyncio.run, asyncio.wait_for(coroutine, 2 * SECONDS))


def told(**values: Any) -> str:
    return replace(State("page.html"), **values).as_json()


class Told(State):
    def __init__(self, **values: Any) -> None:
        super().__init__("page.html", **values)
        self.before: list[str] = []

    async def become(self, **values: Any) -> None:
        await super().become(**values)
        self.before.append(self.as_json())


class Builds:
    """In place of the process that builds: notes what it is asked, and can be kept waiting."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.begun: queue.Queue[str] = queue.Queue()
        self.free = threading.Event()
        self.free.set()

    def build(self, job: Build) -> tuple[str, bool]:
        name = address(job)
        self.log.append(name)
        self.begun.put(name)
        assert self.free.wait(SECONDS)
        return "", True

    def stop(self) -> None:
        self.log.append("stop")
        self.free.set()


class Author:
    """Someone who saves files while a preview runs."""

    def __init__(self, builds: Builds) -> None:
        self.builds = builds
        self.watched: list[tuple[Path, bool]] = []
        self.queues: list[asyncio.Queue[set[Path]]] = []

    async def watch(self, changes: asyncio.Queue[set[Path]], source: Path, *, recursive: bool):
        self.queues.append(changes)
        self.watched.append((source, recursive))
        try:
            await asyncio.Event().wait()
        finally:
            self.builds.log.append("unwatched")

    async def save(self, *paths: Path) -> None:
        """Save files, of which now one watch tells and now another, and give it the time."""
        self.queues[0].put_nowait(set(paths))
        self.queues.reverse()
        for _ in range(10):
            await asyncio.sleep(0)

    async def sees(self, name: str) -> None:
        """Wait until a page, and no other before it, is being built."""
        assert await asyncio.to_thread(self.builds.begun.get, timeout=SECONDS) == name


@pytest.fixture
def author(monkeypatch) -> Author:
    builds = Builds()
    author = Author(builds)
    monkeypatch.setattr("explorable.book.preview.Builder", lambda: builds)
    monkeypatch.setattr("explorable.book.preview._watch", author.watch)
    return author


async def followed(
    job: Build, author: Author, does: Callable[[], Awaitable[None]], *, follows: bool = True
) -> list[str]:
    """Run a preview while the author does something; return what was built and stopped."""
    running = asyncio.create_task(_preview(job, 0, follows))
    doing = asyncio.create_task(does())
    ended, _ = await asyncio.wait({running, doing}, return_when=asyncio.FIRST_COMPLETED)
    for each in ended:
        each.result()
    assert not running.done()
    running.cancel()
    await asyncio.wait({running})
    await asyncio.sleep(0)
    return author.builds.log


END = ["stop", "unwatched", "unwatched"]


def test_a_preview_builds_the_page_serves_it_here_alone_and_ends_whole(
    job, author, capsys, monkeypatch
):
    job.output.mkdir()
    (job.output / "page.html").write_text("<body>built")
    serve, places = HTTPServer.add_sockets, []

    def serve_there(server: HTTPServer, sockets: list[socket.socket]) -> None:
        places.extend(each.getsockname() for each in sockets)
        serve(server, sockets)

    monkeypatch.setattr(HTTPServer, "add_sockets", serve_there)

    async def does() -> None:
        author.builds.free.clear()
        await author.sees("page.html")
        ((host, port),) = places
        assert host == "127.0.0.1"
        line = f"The preview: http://localhost:{port}/  (Ctrl-C ends it)\n"
        assert capsys.readouterr().out == line
        with await asyncio.to_thread(urlopen, f"http://localhost:{port}/") as answer:
            assert answer.url.endswith("/page.html")
            assert answer.read() == b"<body>built"

    async def whole() -> None:
        assert await followed(job, author, does) == ["page.html", *END]
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(*places[0])

    run(whole())
    assert author.watched == [(job.source, True), (job.source, False)]


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # of a socket that Tornado leaves open
def test_a_port_that_is_taken_is_refused_with_the_way_out(job, author):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        _, port = taken.getsockname()
        with pytest.raises(BookError) as refusal:
            run(_preview(job, port, True))
    error = refusal.value.__context__
    assert isinstance(error, OSError)
    assert str(refusal.value) == (
        f"Port {port} cannot be used ({error.strerror}); name another: make preview PORT=8765"
    )
    assert author.watched == author.builds.log == []
    traceback.clear_frames(error.__traceback__)  # the socket's end, here and in no other test


@pytest.mark.parametrize(
    ("follows", "saved", "built"),
    [
        (True, "page.md", ["page.html"]),
        (True, "notebook.ipynb", ["notebook.html"]),
        (True, STYLE, ["page.html"]),
        (False, "page.md", ["page.html"]),
        (False, "notebook.ipynb", []),
        (False, STYLE, ["page.html"]),
    ],
)
def test_what_is_built_after_a_file_was_saved(job, author, follows, saved, built):
    async def does() -> None:
        await author.sees("page.html")
        await author.save(job.source / saved)
        for name in built:
            await author.sees(name)
        await author.save(job.source / "page.md")
        await author.sees("page.html")

    log = run(followed(job, author, does, follows=follows))
    assert log == ["page.html", *built, "page.html", *END]


def test_all_that_is_saved_while_a_page_is_built_waits_for_its_end_and_counts_once(job, author):
    async def does() -> None:
        author.builds.free.clear()
        await author.sees("page.html")
        await author.save(job.source / "notebook.ipynb")
        await author.save(STYLE)
        await author.save(job.source / "references.bib")
        author.builds.free.set()
        await author.sees("notebook.html")
        await author.save(STYLE)
        await author.sees("notebook.html")

    log = run(followed(job, author, does))
    assert log == ["page.html", "notebook.html", "notebook.html", *END]


@pytest.mark.parametrize("saves", [[[STYLE, CODE]], [[STYLE], [CODE]]])
def test_new_code_stops_the_build_and_starts_it_anew(job, author, saves):
    async def does() -> None:
        author.builds.free.clear()
        await author.sees("page.html")
        for paths in saves:
            await author.save(*paths)
        if len(saves) > 1:  # else the stop frees the first
            author.builds.free.set()
        await author.sees("page.html")

    assert run(followed(job, author, does)) == ["page.html", "stop", "page.html", *END]


@pytest.mark.parametrize(
    ("follows", "mended", "built"),
    [
        (True, "_toc.yml", "page.html"),
        (True, "none.md", "none.html"),
        (False, "_toc.yml", "page.html"),
        (False, "none.md", "page.html"),
    ],
)
def test_a_table_of_contents_that_is_wrong_is_a_fault_until_it_is_mended(
    job, author, capsys, monkeypatch, follows, mended, built
):
    toc, state = job.source / "_toc.yml", Told()
    monkeypatch.setattr("explorable.book.preview.State", lambda page: state)
    fault = "_toc.yml lists none, but there is no none.ipynb and no none.md"
    right = toc.read_text()

    async def does() -> None:
        await author.sees("page.html")
        toc.write_text(right + "  - file: none\n")
        await author.save(toc, CODE)
        while not state.fault:
            await asyncio.sleep(0)
        assert state.as_json() == told(version=1, fault=fault)
        assert capsys.readouterr().err == f"\n{fault}\n\n"
        (job.source / mended).write_text(right)
        await author.save(job.source / mended)
        await author.sees(built)

    log = run(followed(job, author, does, follows=follows))
    assert log == ["page.html", "stop", built, *END]


@pytest.fixture
def begun(monkeypatch) -> list[tuple[Build, int, bool]]:
    """Return with what a preview is begun; the author ends it at once."""
    begun: list[tuple[Build, int, bool]] = []

    async def begin(*arguments: Any) -> None:
        begun.append(arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr("explorable.book.preview._preview", begin)
    return begun


def test_a_page_that_is_named_is_looked_at_alone_and_without_a_name_that_saved_last(job, begun):
    in_a_thread(preview, job, 1234)
    assert begun.pop() == (job, 1234, False)
    for seconds, later in enumerate(("page.md", "notebook.ipynb", "page.md"), start=2 * 10**9):
        os.utime(job.source / later, (seconds, seconds))
        in_a_thread(preview, replace(job, only=None, language="zh"), 1)
        assert begun.pop() == (replace(job, only=Path(later).stem), 1, True)
    with pytest.raises(BookError, match=r"^_toc.yml lists none, but there is no none\.ipynb"):
        in_a_thread(preview, replace(job, only="none"), 1)
    assert begun == []


def built(
    job: Build, state: State, answer: tuple[str, bool], monkeypatch
) -> tuple[list[Build], str, str]:
    """Let a builder answer after 2.5 seconds; return its jobs and what has left this process."""
    jobs: list[Build] = []
    clock = SimpleNamespace(monotonic=iter([10.0, 12.5]).__next__)
    monkeypatch.setattr("explorable.book.preview.time", clock)

    def build(job: Build) -> tuple[str, bool]:
        jobs.append(job)
        return answer

    out, err = io.BytesIO(), io.BytesIO()
    with (
        contextlib.redirect_stdout(io.TextIOWrapper(out, "utf-8")),  # keeps what is not flushed
        contextlib.redirect_stderr(io.TextIOWrapper(err, "utf-8", line_buffering=True)),
    ):
        run(_build(SimpleNamespace(build=build), job, state))
        return jobs, out.getvalue().decode(), err.getvalue().decode()


def test_the_browser_is_told_of_a_build_that_gave_another_page(job, monkeypatch):
    for page, is_new, version, printed in [
        ("page", True, 4, "  page.html: 2.5 s\n"), ("page", False, 3, ""),
        ("notebook", True, 4, "  notebook.html: 2.5 s\n"), ("notebook", False, 4, ""),
    ]:  # fmt: skip
        state, job = Told(version=3, fault="an older one"), replace(job, only=page)
        assert built(job, state, ("", is_new), monkeypatch) == ([job], printed, "")
        assert state.before == [
            told(version=3, busy=True, fault="an older one"),
            told(version=version, page=f"{page}.html"),
        ]


@pytest.fixture
def quick(monkeypatch) -> list[tuple[str, ...]]:
    """Let changes be told sooner than to authors; return what is watched."""
    watched: list[tuple[str, ...]] = []

    def quickly(*folders: Path, debounce: int, **options: Any) -> Any:
        assert 100 <= debounce <= 500  # ms: what an editor writes together is told together
        watched.append(tuple(map(str, folders)))
        return watchfiles.main.awatch(*folders, debounce=20, step=10, **options)

    monkeypatch.setattr("explorable.book.preview.watchfiles.awatch", quickly)
    return watched


async def noticed(source: Path, saved: list[Path], *, recursive: bool) -> list[Path]:
    """Watch a book whose files are saved one by one; return what is seen until the last is."""
    changes: asyncio.Queue[set[Path]] = asyncio.Queue()
    watching = asyncio.create_task(_watch(changes, source, recursive=recursive))
    await asyncio.sleep(0)
    seen: set[Path] = set()
    for path in saved:
        path.write_text("saved")
    while saved[-1] not in seen:
        seen |= await asyncio.wait_for(changes.get(), SECONDS)
    watching.cancel()
    await asyncio.wait({watching})
    return sorted(seen)


def test_within_the_folders_of_the_book_and_of_the_code_everything_is_watched(
    tmp_path, monkeypatch, quick
):
    source, code = tmp_path.resolve() / "source", tmp_path.resolve() / "code"
    monkeypatch.setattr("explorable.book.preview.ROOT", code)
    for folder in ("source/chapters/deep", "source/other", "code/mathdl", "code/tests"):
        (tmp_path / folder).mkdir(parents=True)
    (source / "images").touch()
    seen = [code / "mathdl" / "b.py", source / "chapters" / "deep" / "a.txt"]
    unseen = [source / name for name in ("page.md", "other/page.md", "chapters/.a.txt")]
    unseen += [code / "tests" / "c.py", code / "mathdl" / "b.py~"]
    assert run(noticed(source, [*unseen, *seen], recursive=True)) == seen
    assert [set(each) for each in quick] == [{str(source / "chapters"), str(code / "mathdl")}]


def test_of_the_books_own_folder_its_sources_are_watched(tmp_path, quick):
    source = tmp_path.resolve()
    (source / "chapters").mkdir()
    unseen = [source / "chapters" / "page.md", source / "nohup.out", source / "#page.md"]
    seen = source / "page.md"
    assert run(noticed(source, [*unseen, seen], recursive=False)) == [seen]
    assert quick == [(str(source),)]


def test_which_sources_count():
    kinds = (".bib", ".ipynb", ".md", ".toml", ".yml")
    some = ["chapters/a.md", "a.b.ipynb", "_config.yml"]
    others = ["a.py", "a.md~", "__pycache__/a.md", ".ipynb_checkpoints/a.md"]
    counts = [path for path in some + others if _counts(kinds, watchfiles.Change.added, path)]
    assert counts == some


def test_the_page_saved_last_is_found_in_either_language(job):
    catalogues = job.source / "locale" / "zh_Hans" / "LC_MESSAGES"
    here, chinese = job.source / "page.md", replace(job, language="zh")
    note = job.source / "note.md"
    assert latest(chinese, [note, here]) == job
    assert latest(job, [catalogues / "none.po", catalogues / "page.po"]) == chinese
    notebook = replace(job, only="notebook")
    assert latest(chinese, [ROOT / "page.md", job.source / "notebook.ipynb", here]) == notebook
    assert latest(job, [note, ROOT / "page.md", catalogues.parent / "page.po"]) is None


def test_of_other_pages_alone_a_page_knows_nothing(job):
    page, notebook = pages_of(job)
    alone = {(notebook,): True, (page,): False, (page, notebook): False, (STYLE, notebook): False}
    assert {saved: concerns_others_only(job, saved) for saved in alone} == alone


def test_what_the_process_that_builds_holds():
    held = ["explorable/book/a.py", "mathdl/forward/a.js", "mathdl/book/assets/a.js"]
    others = ["explorable/sphinx/assets/a.js", "explorable/sphinx/theme/a.html"]
    others += ["chapters/a.ipynb", "tools/a.py", "/elsewhere/explorable/book/a.py"]
    assert [path for path in held + others if is_imported(ROOT / path)] == held
