"""The process that builds for a preview, and what it takes over from the build of the book."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
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


def test_the_process_ends_with_the_preview_or_when_nobody_hears_its_answer(job, builds):
    for end in (EOFError, KeyboardInterrupt):
        builds += [True]
        wire = Wire(job, end=end)
        serve_builds(wire)
        assert wire.answers == [("", True)]
    builds += [True, False]
    serve_builds(Wire(job, job, cut=True))
    assert builds == [False]


def test_a_page_is_borrowed_for_before_it_is_built(job, builds, whole):
    job = replace(job, only="notebook")
    builds += [lambda job: (kept_of(job.work, job) / "kept").is_file()]
    keep(whole, job)
    wire = Wire(job)
    serve_builds(wire)
    assert wire.answers == [("", True)]


@pytest.fixture
def builder() -> Iterator[Builder]:
    made = Builder()
    yield made
    made.stop()


@pytest.mark.skipif(os.name == "nt", reason="a pipe has no name there")
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("stopped", [False, True])
def test_a_process_that_ends_in_a_build_is_told_and_replaced_but_one_that_is_stopped_is_not(
    job, builder, stopped
):
    job, toc = replace(job, only=None), job.source / "_toc.yml"
    toc.unlink()
    os.mkfifo(toc)
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(builder.build, job)
        with toc.open("w"):  # when the process begins to read it
            process = builder.process
            assert process.daemon  # it ends with the preview
            (builder.stop if stopped else process.kill)()
        told = "" if stopped else "The process that builds has ended; see the terminal."
        assert answer.result(SECONDS) == (told, False)
    process.join(SECONDS)
    assert process.exitcode == (0 if stopped else -signal.SIGKILL)
    if stopped:
        assert builder.process is None
        return
    toc.unlink()
    assert "No such file" in builder.build(job)[0]
    again = builder.process
    assert "No such file" in builder.build(job)[0]
    assert process is not builder.process is again
    assert os.environ["PYTHONHASHSEED"] == "0"


# What is taken over


@pytest.fixture
def whole(tmp_path, monkeypatch) -> Path:
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
    [("notebook", None, ""), ("notebook", "zh", "zh/"), (None, None, ""), ("page", "zh", "zh/")],
)
def test_a_preview_takes_over_what_the_build_of_the_book_has_kept(
    job, whole, page, language, folder
):
    keep(whole, job)
    borrow(replace(job, only=page, language=language))
    outputs = kept_of(job.work, job).relative_to(job.work).as_posix()
    taken = {} if page == "page" else {f"{outputs}/kept": "outputs"}
    assert files(job.work) == taken | {f"{folder}formulas.json": f"{folder}outputs"}


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
