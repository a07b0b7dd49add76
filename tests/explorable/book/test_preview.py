"""The preview that follows an author: what is built again, and what the browser shows."""

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import pytest

from explorable.book import ROOT
from explorable.book.job import Build
from explorable.book.preview import Handler, Server, State, counts, latest, preview, watched
from explorable.book.problem import BookError
from tests.explorable.book.small import Book

PAGE = "# A page\n\n" + "\n\n".join(
    [*(f"## Part {n}\n\n{'Words of it. ' * 60}" for n in range(1, 12)), "The end."]
)


@contextmanager
def served(book: Book, *arguments: str) -> Iterator[str]:
    """Start a preview; give its address, and end it as Ctrl-C does."""
    command = [sys.executable, "-u", "-m", "explorable", "preview", *arguments, "--port", "0"]
    for name in ("source", "output", "work"):
        command += [f"--{name}", str(getattr(book, name))]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    told = process.stdout.readline()
    found = re.search(r"http://localhost:\d+/", told)
    assert found, told
    said: list[str] = []
    reading = threading.Thread(target=lambda: said.extend(process.stdout or ()))
    reading.start()
    try:
        yield found[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    finally:
        process.kill()
        reading.join()
        process.stdout.close()
    assert "Traceback" not in "".join(said)
    assert "Unsupported function name" in "".join(said)


@pytest.mark.usefixtures("interruptible")
def test_what_is_saved_is_seen_at_the_same_place_and_a_fault_as_well(tmp_path, browser):
    book = Book(tmp_path)
    book.page(f"{PAGE}\n\n```{{deeper-start}} Why\n:label: page-why\nSo.\n```\n\nMore.\n\n"
              "```{deeper-end}\n```\n")  # fmt: skip
    with served(book) as address:
        page = browser.new_page(viewport={"width": 900, "height": 500})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(f"{message.text} {message.location}"))
        page.goto(address)
        page.get_by_text("The end.").wait_for(
            timeout=60_000
        )  # until then it says it is being built
        assert page.url == f"{address}page.html"
        page.locator("article details").evaluate("fold => { fold.open = true }")
        page.evaluate("scrollTo(0, 700)")
        text = (book.source / "page.md").read_text()
        book.page(text.replace("The end", "The END"))
        page.get_by_text("The END.").wait_for(timeout=60_000)
        page.wait_for_function("scrollY === 700")
        assert page.locator("article details").evaluate("fold => fold.open")

        book.page(text + "\n\n$\\nonsense$")
        page.get_by_text(re.compile(r"page.md:\d+: WARNING: Unsupported")).wait_for(timeout=60_000)
        assert page.get_by_text("The END.").count() == 1  # the last good page
        book.page(text.replace("The end", "The very end"))
        page.get_by_text("The very end.").wait_for(timeout=60_000)
        page.locator("#preview-banner").wait_for(state="hidden", timeout=60_000)
        book.notebook("1 + 1", text="# Another\n")
        page.get_by_role("heading", name="Another").wait_for(timeout=60_000)  # it is followed
        assert page.url == f"{address}notebook.html"
        assert complaints == []
        assert page.request.get(f"{address}none.html").status == 404
        assert page.request.get(f"{address}%2e%2e/source/page.md").status == 404
        page.close()


@pytest.mark.parametrize(
    ("fault", "told"), [(BrokenPipeError, False), (ConnectionResetError, False), (KeyError, True)]
)
def test_a_browser_that_leaves_is_no_fault(capsys, fault, told):
    with Server(("127.0.0.1", 0), Handler) as server:
        try:
            raise fault
        except fault:
            server.handle_error(None, ("127.0.0.1", 1))
    assert (fault.__name__ in capsys.readouterr().err) == told


def test_what_a_page_needs_is_waited_for_while_a_build_takes_its_place(job):
    job.output.mkdir()
    (job.output / "site.css").write_text("a {}")
    aside = job.output.rename(job.output.with_name("aside"))
    with Server(("127.0.0.1", 0), partial(Handler, State(job))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        threading.Timer(0.1, aside.rename, [job.output]).start()
        with urlopen(f"http://127.0.0.1:{server.server_port}/site.css") as answer:
            assert answer.read() == b"a {}"
        server.shutdown()


@pytest.fixture
def job(tmp_path: Path) -> Build:
    book = Book(tmp_path.resolve())
    return Build(book.source, book.work, book.output, only="page")


def test_the_page_saved_last_is_found_in_either_language(job):
    catalogues = job.locale / "LC_MESSAGES"
    chinese, note = replace(job, language="zh"), job.source / "note.md"
    assert latest(chinese, [note, job.source / "page.md"]) == job
    assert latest(job, [catalogues / "none.po", catalogues / "page.po"]) == chinese
    notebook = replace(job, only="notebook")
    assert latest(chinese, [ROOT / "page.md", job.source / "notebook.ipynb"]) == notebook
    assert latest(job, [note, ROOT / "page.md", job.locale / "page.po"]) is None
    (job.source / "_toc.yml").write_text("root: none")
    assert latest(job, [job.source / "page.md"]) is None


def test_sources_of_the_page_and_code_are_watched(job):
    (job.source / "chapters" / "deep").mkdir(parents=True)
    found = watched(job.source)
    assert {job.source, job.source / "chapters" / "deep", ROOT / "explorable" / "sphinx"} <= {
        *found
    }
    assert not [each for each in found if each.name in ("__pycache__", "_build", "site-work")]
    others = ["nohup.out", "#page.md", ".forward.ipynb.1", "page.md~", "a.pyc"]
    assert [name for name in ["a.md", "b.ipynb", "c.py", *others] if counts(Path(name))] == [
        "a.md", "b.ipynb", "c.py"
    ]  # fmt: skip


def test_a_page_that_is_not_there_and_a_port_that_is_taken_are_told(job):
    with pytest.raises(BookError, match=r"^_toc.yml lists none, but there is no none\.ipynb"):
        preview(replace(job, only="none"), 0)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BookError, match=f"^Port {port} cannot be used"):
            preview(job, port)
