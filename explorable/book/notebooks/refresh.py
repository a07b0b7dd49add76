"""Execute and normalise the notebooks of the book.

``python -m explorable notebooks`` executes every notebook in its own folder and writes it back in
its one normal form.
"""

import argparse
import asyncio
import copy
import functools
import os
import re
import sys
import time
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from explorable.book import ROOT
from explorable.book.notebooks.execute import execute, execute_all
from explorable.book.notebooks.forgotten import refuse_forgotten
from explorable.book.notebooks.jupyter import (
    FIND,
    Reference,
    bibliography,
    finding_library,
    for_jupyter,
    from_jupyter,
    misdirected,
    read_references,
    repository_of_library,
)
from explorable.book.notebooks.normalise import (
    check_portable,
    dumps,
    keep_equal_pictures,
    normalise,
)
from explorable.book.notebooks.prose import check_numbers
from explorable.book.problem import BookError, place
from explorable.book.repository import git
from explorable.book.settings import SETTINGS
from explorable.library.equation_sources import Door, read_doors

CHAPTER = re.compile(rf"file: {SETTINGS.chapters}/(\w+)$", re.MULTILINE)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m explorable notebooks", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="notebooks (default: all chapters)")
    parser.add_argument(
        "--no-execute", action="store_true", help="only normalise what the notebook holds"
    )
    parser.add_argument("--jobs", type=int, default=2, help="notebooks at a time (default 2)")
    options = parser.parse_args(arguments)
    paths = options.paths or sorted((ROOT / SETTINGS.chapters).glob("*.ipynb"))
    jobs = [
        functools.partial(refresh, path.resolve(), run=not options.no_execute) for path in paths
    ]
    results = asyncio.run(execute_all(jobs, workers=options.jobs))
    problems = [result for result in results if isinstance(result, BaseException)]
    for problem in problems:
        if not isinstance(problem, BookError | OSError | nbformat.ValidationError):
            raise problem
        print(problem, file=sys.stderr)
    return 1 if problems else 0


async def refresh(path: Path, *, run: bool) -> None:
    """Execute one notebook, if it is to run, and write it in its normal form."""
    started = time.monotonic()
    committed = read(path)
    fresh = copy.deepcopy(committed)
    if run:
        refuse_forgotten({path: committed}, ROOT, _doors(ROOT))
        _refuse_misdirected(committed, path)
        print(f"{place(path)}: executing", flush=True)
        whole = finding_library(fresh, repository_of_library())
        await execute(whole, path)
        if any(cell.outputs for cell in whole.cells if cell.get("id") == FIND):
            raise BookError(f"{place(path)}: the cell that finds the library is not silent")
        fresh = from_jupyter(whole)
    fresh = normalise(fresh)
    check_portable(fresh, place(path))
    check_numbers(fresh, place(path))
    keep_equal_pictures(fresh, normalise(committed))
    keep_equal_pictures(fresh, normalise(_in_git(path) or committed))
    text, before = on_disk(fresh, path), path.read_text(encoding="utf-8")
    seconds = time.monotonic() - started
    if text == before:
        print(f"{place(path)}: unchanged ({seconds:.1f} s)", flush=True)
    else:
        _replace(path, text)
        print(f"{place(path)}: written ({seconds:.1f} s)", flush=True)


def _refuse_misdirected(notebook: NotebookNode, path: Path) -> None:
    """Name what refers to nothing, of the whole notebook, before it runs."""
    references = chapter_references(ROOT) | read_references([(path.stem, notebook)])
    problems = [
        f"{place(path)}, cell {number}: {fault}"
        for number, fault in misdirected(notebook, references, bibliography())
    ]
    if problems:
        raise BookError("\n".join(problems))


@cache
def _doors(root: Path) -> dict[str, Door]:
    return read_doors(root)


def _in_git(path: Path) -> NotebookNode | None:
    """Return a notebook as git has it, for Jupyter draws its pictures anew."""
    within = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""
    text = within and git(ROOT, "show", f"HEAD:{within}")
    try:
        return from_jupyter(nbformat.reads(text, as_version=4)) if text else None
    except ValueError:  # what git has may be broken, and this mends it
        return None


def on_disk(notebook: NotebookNode, path: Path) -> str:
    """Write a notebook, which is in its normal form, as Jupyter is to show it."""
    sources, address = bibliography(), repository_of_library()
    shown = for_jupyter(
        notebook, chapter_references(ROOT), sources, chapter=path.stem, address=address
    )
    return dumps(shown)


@cache
def chapter_references(root: Path) -> dict[str, Reference]:
    """Return what the book calls each labelled thing of its chapters, and of the pages above."""
    names = CHAPTER.findall((root / "_toc.yml").read_text(encoding="utf-8"))
    paths = [root / SETTINGS.chapters / f"{name}.ipynb" for name in names]
    return read_references(((path.stem, read(path)) for path in paths), root.glob("*.md"))


def read(path: Path) -> NotebookNode:
    """Read a notebook, as the book is made from it, in the current format; each version once."""
    try:
        return copy.deepcopy(_read(path, path.stat().st_mtime_ns))
    except FileNotFoundError:
        raise BookError(f"{place(path)}: there is no such notebook") from None
    except nbformat.reader.NotJSONError:
        raise BookError(f"{place(path)}: is not a notebook (no JSON)") from None


@cache
def _read(path: Path, changed: int) -> NotebookNode:
    # A notebook straight from an editor may lack what normalising adds: ids, metadata.
    notebook: NotebookNode = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    return from_jupyter(notebook)


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


if __name__ == "__main__":
    sys.exit(main())
