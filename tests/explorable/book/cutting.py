"""
Build a small book again and again, each time cut off at another operation on files.

``python -m tests.explorable.book.cutting FOLDER`` prints one line a cut: at which operation, and
whether the old site or the new one stood, whole, afterwards. The kernel and Sphinx are stood in
for, so that hundreds of cuts take seconds; they write to folders that the next build empties.
"""

import contextlib
import hashlib
import io
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

import explorable.book.build
import explorable.book.folders
from explorable.book import ROOT
from explorable.book.build import build
from explorable.book.job import Build
from explorable.sphinx.site.write import MARK

CUT = 9  # the exit status of a build that was cut off
OPERATIONS = {"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.copyfile"}
WORDS = ("The old words.", "The new words.")


def main(folder: Path) -> None:
    """Cut builds off, one after another, at every operation or at some that are spread evenly."""
    explorable.book.build.execute = stand_in_kernel
    job = Build(
        source=folder / "source", work=folder / "work", output=folder / "site", language="en"
    )
    write_source(job.source, WORDS[0])
    build(job)  # in earnest
    sphinx = folder / "sphinx"
    shutil.copytree(job.work / "sphinx", sphinx)
    pages = {words: sphinx_with(sphinx, words) for words in WORDS}
    explorable.book.build.run_sphinx = lambda *args, **options: pages[written(job.source)]
    old = snapshot(job.output)
    write_source(job.source, WORDS[1])
    other = replace(job, work=folder / "other work", output=folder / "other")
    build(other)
    new = snapshot(other.output)
    assert old != new
    operations = list_operations(job, folder, old)
    # Where the new site takes the old one's place, cut at each operation; elsewhere at some.
    exchange = max(
        n for n, name in enumerate(operations, start=1) if name.endswith(f".new/{MARK}")
    )
    some = range(1, len(operations), len(operations) // 30)
    for cut in sorted({*some, *range(exchange - 3, exchange + 8)}):
        report(job, folder, old, new, cut)
    # Where the system can't do it in one step.
    explorable.book.folders._exchange = lambda one, other: False
    for cut in range(exchange, exchange + 8):
        report(job, folder, old, new, cut)


def report(
    job: Build, folder: Path, old: Mapping[str, str], new: Mapping[str, str], cut: int
) -> None:
    """Cut a build off; print what stands then, and whether the next build gets through."""
    put_back(job, old)
    status = build_until(job, cut)
    found = snapshot(job.output)
    states = {"old": old, "new": new, "none": {}}
    state = next((name for name, files in states.items() if files == found), "broken")
    build_until(job, 0)
    repaired = "repaired" if snapshot(job.output) == new else "not repaired"
    left = sorted(path.name for path in folder.glob(".*"))
    print(cut, "cut" if status == CUT else f"status {status}", state, repaired, *left)


def write_source(source: Path, words: str) -> None:
    source.mkdir(exist_ok=True)
    shutil.copy(ROOT / "_config.yml", source)
    (source / "references.bib").touch()
    (source / "_toc.yml").write_text("format: jb-book\nroot: page\nchapters: [{file: a}]\n")
    (source / "page.md").write_text(f"# A page\n\n{words}\n")
    cells = [nbformat.v4.new_markdown_cell("# A chapter"), nbformat.v4.new_code_cell(f"{words!r}")]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), source / "a.ipynb")


def written(source: Path) -> str:
    return next(words for words in WORDS if words in (source / "page.md").read_text())


async def stand_in_kernel(
    notebook: NotebookNode, path: Path, *, environment: Mapping[str, str]
) -> None:
    """Do what a chapter with an explorer does: write its states, then show something."""
    states = Path(environment["EXPLORABLE_BOOK"]) / "explorers"
    states.mkdir()
    (states / "one.js").write_text(notebook.cells[1].source)
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="shown\n")]


def sphinx_with(sphinx: Path, words: str) -> Path:
    copy = sphinx.with_name(f"sphinx {words}")
    shutil.copytree(sphinx, copy)
    for page in copy.rglob("*.html"):
        page.write_text(page.read_text(encoding="utf-8").replace(WORDS[0], words))
    return copy


def put_back(job: Build, old: Mapping[str, str]) -> None:
    """Put the old site into its place, and forget the outputs of the new one."""
    shutil.rmtree(job.work / "executed")
    write_source(job.source, WORDS[0])
    build_until(job, 0)
    assert snapshot(job.output) == old
    write_source(job.source, WORDS[1])


def list_operations(job: Build, folder: Path, old: Mapping[str, str]) -> list[str]:
    put_back(job, old)
    log = folder / "operations"
    assert build_until(job, 0, log) == 0
    return log.read_text(encoding="utf-8").splitlines()


def build_until(job: Build, cut: int, log: Path | None = None) -> int:
    """Build in a child that ends, without any last act, at its operation number ``cut``."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    done: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in OPERATIONS:
            done.append(f"{event} {arguments[0]}")
            if len(done) == cut:
                os._exit(CUT)

    sys.addaudithook(hook)
    status = 1
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            build(job)
        status = 0
        if log:
            log.write_text("\n".join(done), encoding="utf-8")
    finally:
        os._exit(status)


def snapshot(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
