"""The process that builds for a preview, and what it takes over from the build of the book."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from explorable.book import ROOT
from explorable.book.job import EXECUTOR, Build
from explorable.book.notebooks.dependencies import notebook_key
from explorable.book.notebooks.kept import kept_folder
from explorable.book.notebooks.refresh import read
from explorable.book.preview import Builder, borrow, serve_builds
from explorable.book.problem import BookError
from tests.explorable.book.small import Book

SECONDS = 5  # after which what does not come has failed


@pytest.fixture
def job(tmp_path) -> Build:
    """Return the job of a page of a book that has a notebook besides."""
    book = Book(tmp_path.resolve())
    return Build(book.source, book.work, book.output, only="page", warm=True)


# The process that builds


class Wire:
    """A connection on which these jobs come and then the end, and that may be cut for answers."""

    def __init__(self, *jobs: Build, end: type[BaseException] = EOFError, cut: bool = False):
        self.jobs, self.end, self.cut = list(jobs), end, cut
        self.answers: list[tuple[str, bool]] = []

    def recv(self) -> Build:
        if not self.jobs:
            raise self.end
        return self.jobs.pop(0)

    def send(self, answer: tuple[str, bool]) -> None:
        if self.cut:
            raise BrokenPipeError
        self.answers.append(answer)


@pytest.fixture
def builds(monkeypatch) -> list[Any]:
    """Build nothing: each build gives, or raises, the next of these."""
    builds: list[Any] = []

    def build(job: Build) -> bool:
        result = builds.pop(0)
        if callable(result):
            return result(job)
        if isinstance(result, BaseException):
            raise result
        return result

    monkeypatch.setattr("explorable.book.preview.build", build)
    return builds


def test_each_job_is_answered_whatever_became_of_the_one_before(job, builds):
    builds += [True, BookError("page.md: wrong"), ValueError("unforeseen"), False]
    wire = Wire(job, job, job, job)
    serve_builds(wire)
    new, refused, failed, same = wire.answers
    assert (new, refused, same) == (("", True), ("page.md: wrong", False), ("", False))
    assert failed[0].startswith("Traceback (most recent call last):\n")
    assert failed[0].endswith("\nValueError: unforeseen\n")
    assert failed[1] is False


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_the_process_ends_with_the_preview(job, builds, end):
    builds += [True]
    wire = Wire(job, end=end)
    serve_builds(wire)
    assert wire.answers == [("", True)]


def test_the_process_ends_when_nobody_hears_its_answer(job, builds):
    builds += [True, False]
    serve_builds(Wire(job, job, cut=True))
    assert builds == [False]


def test_any_other_end_is_seen(builds):
    with pytest.raises(MemoryError):
        serve_builds(Wire(end=MemoryError))


def test_a_page_is_borrowed_for_before_it_is_built(job, builds, whole):
    job = replace(job, only="notebook")
    builds += [lambda job: (kept_of(job.work, job) / "kept").is_file()]
    keep(whole, job)
    wire = Wire(job)
    serve_builds(wire)
    assert wire.answers == [("", True)]


class Child:
    """A process, to those who start it, that is a thread of this one: with ends of its own."""

    def __init__(self, *, target: Callable[..., None], args: tuple[Connection], daemon: bool):
        self.pid, self.log = id(self), ["it ends with the preview"] if daemon else []
        (self.given,) = args
        self.target = target

    def start(self) -> None:
        own = Connection(os.dup(self.given.fileno()))
        self.thread = threading.Thread(target=self._run, args=(own,))
        self.thread.start()

    def _run(self, own: Connection) -> None:
        with own:
            self.target(own)

    def is_alive(self) -> bool:
        return self.thread.is_alive()

    def join(self, seconds: float) -> None:
        assert 5 <= seconds <= 20
        self.log.append("waited for")
        self.thread.join(SECONDS)

    def kill(self) -> None:
        self.log.append("killed")


@pytest.fixture
def children(monkeypatch) -> list[Child]:
    """Return the processes that have been started."""
    started: list[Child] = []

    def process(**options: Any) -> Child:
        started.append(Child(**options))
        return started[-1]

    def context(method: str) -> SimpleNamespace:
        assert method == "spawn"  # a fork would share the preview's threads
        return SimpleNamespace(Pipe=multiprocessing.Pipe, Process=process)

    monkeypatch.setattr("explorable.book.preview.multiprocessing.get_context", context)
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    return started


@pytest.fixture
def builder(children) -> Iterator[Builder]:
    """Return a builder whose processes are threads of this one."""
    if os.name == "nt":
        pytest.skip("a connection is no file there")
    builder = Builder()
    yield builder
    if builder.connection is not None:
        builder.connection.close()  # at which the child ends
    for child in children:
        child.thread.join(SECONDS)
        assert not child.is_alive()


def test_one_process_builds_again_and_again(job, builder, builds, children):
    builds += [True, BookError("wrong"), False, lambda arrived: arrived == job]
    answers = [builder.build(job) for _ in range(4)]
    assert answers == [("", True), ("wrong", False), ("", False), ("", True)]
    assert [child.log for child in children] == [["it ends with the preview"]]
    assert os.environ["PYTHONHASHSEED"] == "0"


def test_a_process_that_ended_is_reported_and_replaced(job, builder, builds, children):
    builds += [KeyboardInterrupt(), True]
    message = "The process that builds has ended; see the terminal."
    assert builder.build(job) == (message, False)
    children[0].thread.join(SECONDS)
    builder.connection.close()
    assert builder.build(job) == ("", True)
    assert len(children) == 2


@pytest.mark.parametrize("error", [None, ProcessLookupError])
def test_a_build_that_is_stopped_is_no_fault(job, builder, builds, children, monkeypatch, error):
    begun, interrupted = threading.Event(), threading.Event()
    sent, answers = [], []

    def interrupt(*signals: int) -> None:
        sent.append(signals)
        interrupted.set()
        if error:
            raise error

    def build(job: Build) -> bool:
        begun.set()
        assert interrupted.wait(SECONDS)
        raise KeyboardInterrupt

    monkeypatch.setattr("explorable.book.preview.os.kill", interrupt)
    builds += [build]
    asking = threading.Thread(target=lambda: answers.append(builder.build(job)))
    asking.start()
    assert begun.wait(SECONDS)
    builder.stop()
    asking.join(SECONDS)
    (child,) = children
    assert answers == [("", False)]
    assert sent == [(child.pid, signal.SIGINT)]
    assert child.log == ["it ends with the preview", "waited for", "killed"]
    assert builder.process is None


def test_what_has_ended_is_not_stopped_again(monkeypatch):
    monkeypatch.setattr("explorable.book.preview.os.kill", pytest.fail)
    builder = Builder()
    builder.stop()
    builder.process = SimpleNamespace(is_alive=lambda: False, join=pytest.fail, kill=pytest.fail)
    builder.stop()
    assert builder.process is None


# What is taken over


@pytest.fixture
def whole(tmp_path, monkeypatch) -> Path:
    """Return the working files of the whole book."""
    monkeypatch.setattr("explorable.book.preview.FOLDER", tmp_path / "ours")
    return tmp_path / "ours" / "_build" / "work"


def kept_of(work: Path, job: Build) -> Path:
    path = job.source / "notebook.ipynb"
    return kept_folder(work, path, notebook_key(read(path), ROOT, EXECUTOR))


def keep(work: Path, job: Build, text: str = "outputs") -> None:
    """Keep outputs of the notebook and its formulas in English and Chinese."""
    folder = kept_of(work, job)
    folder.mkdir(parents=True)
    (folder / "kept").write_text(text)
    for name in ("", "zh/"):
        path = work / f"{name}formulas.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(name + text)


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("page", "language", "folder"),
    [("notebook", None, ""), ("notebook", "zh", "zh/"), (None, None, "")],
)
def test_a_preview_takes_over_what_the_build_of_the_book_has_kept(
    job, whole, page, language, folder
):
    keep(whole, job)
    borrow(replace(job, only=page, language=language))
    outputs = kept_of(job.work, job).relative_to(job.work).as_posix()
    assert files(job.work) == {
        f"{outputs}/kept": "outputs",
        f"{folder}formulas.json": f"{folder}outputs",
    }


@pytest.mark.parametrize(("language", "folder"), [(None, ""), ("zh", "zh/")])
def test_a_page_of_words_takes_over_its_formulas_alone(job, whole, language, folder):
    keep(whole, job)
    borrow(replace(job, language=language))
    assert files(job.work) == {f"{folder}formulas.json": f"{folder}outputs"}


def test_what_a_preview_has_itself_it_keeps(job, whole):
    keep(whole, job, "theirs")
    keep(job.work, job, "ours")
    before = files(job.work)
    borrow(replace(job, only="notebook"))
    assert files(job.work) == before
    assert set(before.values()) == {"ours", "zh/ours"}


def test_outputs_of_other_code_and_what_is_not_there_are_not_taken_over(job, whole):
    job = replace(job, only="notebook")
    keep(whole, job)
    (whole / "formulas.json").unlink()
    path = job.source / "notebook.ipynb"
    path.write_text(path.read_text().replace("1 + 1", "2 + 2"))
    borrow(job)
    assert files(job.work) == {}


def test_a_copy_that_was_cut_off_is_made_again(job, whole, monkeypatch):
    job = replace(job, only="notebook")
    keep(whole, job)

    def cut_off(theirs: Path, ours: Path) -> None:
        ours.mkdir(parents=True)
        (ours / "half").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("explorable.book.preview.shutil.copytree", cut_off)
        with pytest.raises(KeyboardInterrupt):
            borrow(job)
    assert not kept_of(job.work, job).exists()
    borrow(job)
    assert files(job.work / "executed") == files(whole / "executed")
