"""Build a book within the process of a test: in less than a second, once all is imported.

Sphinx and the cells of notebooks, each of which `python -m explorable` gives a process of its own,
run in this one. What is built is the same; the cells of such a book must be few and simple.
"""

import ast
import base64
import contextlib
import io
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import bs4
import nbformat
import pytest
from IPython.core.formatters import DisplayFormatter
from sphinx.cmd.build import build_main
from sphinx.locale import translators

from explorable.book.build import build
from explorable.book.job import Build
from explorable.book.problem import BookError
from explorable.book.sphinx_run import SPHINX
from explorable.sphinx.language import TOLD
from tests.explorable.book.small import Book


def build_here(book: Book, **options: Any) -> bool:
    """Build as if there were nothing beside the book; return whether anything had to be done."""
    job = Build(source=book.source, work=book.work, output=book.output, **options)
    with (
        within_this_process(),
        patch("explorable.book.build.ROOT", book.source.parent / "nothing"),
    ):
        return in_a_thread(build, job)


def in_a_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call what starts an event loop, although the browser of other tests may have one here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(function, *arguments).result()


def refused_here(book: Book, **options: Any) -> str:
    """Build a book that has a fault; return what is said of it."""
    with pytest.raises(BookError) as told:
        build_here(book, **options)
    return str(told.value)


class AtOnce(Executor):
    """Runs what it is given before anything else: which warnings are ignored, threads share."""

    def submit(self, function: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Return what has come of it."""
        done: Future[Any] = Future()
        try:
            done.set_result(function(*given, **named))
        except BaseException as error:
            done.set_exception(error)
        return done


@contextlib.contextmanager
def within_this_process() -> Iterator[None]:
    """Let builds run Sphinx and the cells of notebooks in this process."""
    with (
        patch("explorable.book.sphinx_run.subprocess", SimpleNamespace(run=run_sphinx_here)),
        patch("explorable.book.build.execute", execute_here),
        patch("explorable.book.build.ThreadPoolExecutor", AtOnce),
        patch(
            "explorable.sphinx.site.write.write_python", lambda *_: "python.js"
        ),  # 12 MB for every small book
    ):
        yield


def run_sphinx_here(
    command: list[str], *, env: dict[str, str], **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m sphinx`` without the ``python``, in the environment `env`."""
    assert command[1:3] == ["-c", SPHINX]
    path, told = sys.path.copy(), io.StringIO()
    try:
        with (
            patch.dict(os.environ, env, clear=True),
            patch.dict(TOLD),  # or the language of this run would be that of later tests
            patch.dict(translators),
            contextlib.redirect_stderr(told),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")  # those of Sphinx's extensions are none of ours
            code = build_main(command[3:])
    finally:
        sys.path[:] = path
    return subprocess.CompletedProcess(command, code, "", told.getvalue())


def parsed(page: Path) -> bs4.BeautifulSoup:
    """Read a page of the site, each formula as its TeX in brackets."""
    found = bs4.BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for formula in found.find_all(attrs={"data-tex": True}):
        formula.string = f"[{formula.attrs.pop('data-tex')}]"
    return found


def written(element: bs4.Tag) -> str:
    """Return the HTML inside an element with single blanks."""
    return re.sub(r"\s+", " ", element.decode_contents()).strip()


async def execute_here(
    notebook: nbformat.NotebookNode, path: Path, *, environment: dict[str, str]
) -> None:
    """Run the cells, and keep what each prints and what its last expression shows."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    with patch.dict(os.environ, environment):
        for number, cell in enumerate(cells, start=1):
            cell.execution_count = number
            cell.outputs = list(_outputs(cell.source, names, number))


def _outputs(source: str, names: dict[str, Any], number: int) -> Iterator[nbformat.NotebookNode]:
    tree, printed = ast.parse(source), io.StringIO()
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), names)
        value = last and eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    if printed.getvalue():
        yield nbformat.v4.new_output("stream", name="stdout", text=printed.getvalue())
    if value is not None:
        data, metadata = DisplayFormatter().format(value)
        text = {
            kind: base64.b64encode(content).decode() if isinstance(content, bytes) else content
            for kind, content in data.items()
        }
        yield nbformat.v4.new_output(
            "execute_result", text, metadata=metadata, execution_count=number
        )
