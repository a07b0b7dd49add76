"""Runs one handed-in notebook and judges it, in a process that it may ruin: see `grade`."""

import ast
import asyncio
import contextlib
import inspect
import json
import os
import re
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from explorable.book import ROOT
from explorable.book.notebooks.forgotten import tutor
from explorable.book.notebooks.refresh import read
from explorable.book.settings import PACKAGES, SETTINGS
from explorable.originals import restore
from explorable.python.cells import Notebook
from explorable.tutor import Tutor
from explorable.tutor.running import kind_of

ASKED = re.compile(r'^judge\("(\w+)", (\w+)\)$', re.MULTILINE)
SHARE = 6  # of the time: what one cell, or one verdict, may take


def main(path: str, results: str, seconds: str, memory: str) -> None:
    """Judge a notebook; write a line for whatever is found, as soon as it is."""
    _limit(int(memory))
    with Path(results).open("w", encoding="utf-8") as file:

        def tell(what: str, verdict: str) -> None:
            file.write(f"{what}\t{verdict}\n")
            file.flush()

        try:
            cells = code_of(Path(path).read_text(encoding="utf-8"))
        except Exception:  # whatever it is
            tell("problem", "no notebook")
            return
        judge_all(cells, tell, int(seconds) / SHARE)


def _limit(memory: int) -> None:
    """Take no more megabytes, where the system can hold a process to it."""
    for kind, most in ((resource.RLIMIT_AS, memory * 10**6), (resource.RLIMIT_FSIZE, 10**8)):
        with contextlib.suppress(ValueError, OSError):  # a system that has none, or a lower one
            resource.setrlimit(kind, (most, most))


def code_of(text: str) -> list[str]:
    """Return the code of a notebook's cells, as far as it is Python."""
    from IPython.core.inputtransformer2 import TransformerManager

    magic: Any = TransformerManager  # which makes calls of %magic and !shell
    python = magic().transform_cell
    sources = [
        "".join(cell["source"])
        for cell in json.loads(text)["cells"]
        if cell["cell_type"] == "code"
    ]
    return [python(source).rstrip() for source in sources]


def chapters() -> dict[str, list[str]]:
    """Return the code of the book's own chapters."""
    paths = sorted((ROOT / SETTINGS.chapters).glob("*.ipynb"))
    return {
        path.stem: [cell.source for cell in read(path).cells if cell.cell_type == "code"]
        for path in paths
    }


def judge_all(cells: list[str], tell: Callable[[str, str], None], seconds: float) -> None:
    """Run what the tasks of a notebook's chapter need, and judge each as soon as it is there.

    What the book itself has, stubs and solutions, is no answer: a cell that was changed or added
    is, and the last that makes the function that is asked for.
    """
    books = chapters()
    shared = {name: len(set(cells) & set(own)) for name, own in books.items()}
    chapter = max(shared, key=shared.__getitem__)
    if not shared[chapter]:
        tell("problem", "of no chapter")
        return
    given = set(books[chapter])
    notebook = Notebook((str(number), source) for number, source in enumerate(cells))
    answers: dict[int, dict[str, str]] = {}
    stubs = {asked: cell for cell in books[chapter][::-1] for asked in ASKED.findall(cell)}
    for (task, function), stub in reversed(stubs.items()):
        changed = [
            (at, cell) for at, cell in enumerate(notebook.cells) if cell.source not in given
        ]
        own = [at for at, cell in changed if function in cell.names.binds] or [
            at for at, cell in changed if not cell.tree.body and function in cell.source
        ]  # those that nobody can read, if no other makes it
        if own:
            answers.setdefault(own[-1], {})[task] = function
            tell(task, "not reached")
        else:
            tell(task, "nothing written" if stub in cells else "missing")
    judge, names = tutor().judge, {"__name__": "__main__", "get_ipython": _Anything()}
    # Verdicts that the notebook asks for itself are not waited for.
    Tutor.judge = lambda *given: None  # type: ignore[assignment, method-assign]
    for place in sorted({each for last in answers for each in (*notebook.needed(last), last)}):
        before = {function: names.get(function) for function in answers.get(place, {}).values()}
        error = within(seconds, _execute, notebook.cells[place].source, names)
        for task, function in answers.get(place, {}).items():
            if names.get(function) is before[function]:
                tell(task, error or "missing")
                continue
            tell(task, within(seconds, verdict_on, judge, task, names[function]) or "no verdict")
    tell("problem", "")


class _Anything:
    """What answers all that a notebook asks of IPython, with nothing."""

    def __getattr__(self, name: str) -> Any:
        return self

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self


def _execute(source: str, names: dict[str, Any]) -> None:
    result = eval(compile(source, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
    if inspect.iscoroutine(result):
        asyncio.run(result)


def verdict_on(judge: Callable[[str, Any], Any], task: str, function: Any) -> str:
    """Return the name of the verdict on a function."""
    own = getattr(function, "__module__", None) or ""
    if inspect.isfunction(function) and own.partition(".")[0] in PACKAGES:
        return "the library's own"
    return str(judge(task, function).name)


def within(seconds: float, do: Callable[..., str | None], *arguments: Any) -> str | None:
    """Do something for so long at most; return what it gives, or what stopped it."""
    rung = []

    def ring(number: int, frame: object) -> None:
        rung.append(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        result = do(*arguments)
    except BaseException as error:
        result = kind_of(error)
    signal.setitimer(signal.ITIMER_REAL, 0)
    restore()
    return "no end" if rung else result


if __name__ == "__main__":
    main(*sys.argv[1:])
    os._exit(0)  # whatever threads it has left
