"""The preview that follows an author: what is built again, and what the browser shows."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from explorable.book import ROOT
from explorable.book.job import Build
from explorable.book.preview import Builder
from tests.explorable.book.small import Book

pytestmark = pytest.mark.usefixtures("interruptible")  # a preview is ended by Ctrl-C

PAGE = "# A page\n\n" + "\n\n".join(
    [*(f"## Part {n}\n\n{'Words of it. ' * 60}" for n in range(1, 12)), "The end."]
)


@contextmanager
def served(book: Book, *arguments: str) -> Iterator[SimpleNamespace]:
    """Start a preview; give its address and what it prints, and end it as Ctrl-C does."""
    command = [sys.executable, "-u", "-m", "explorable", "preview", *arguments, "--port", "0"]
    for name in ("source", "output", "work"):
        command += [f"--{name}", str(getattr(book, name))]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    lines: Queue[str] = Queue()

    def read(stream) -> None:
        for line in stream:
            lines.put(line)

    reading = threading.Thread(target=read, args=(process.stdout,))
    reading.start()
    try:
        told = lines.get(timeout=60)
        found = re.search(r"http://localhost:\d+/", told)
        assert found, told
        yield SimpleNamespace(url=found[0], lines=lines, process=process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(30) == 0
        finally:
            process.kill()
            reading.join()
            process.stdout.close()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another signal there")
def test_what_is_saved_is_seen_at_the_same_place_and_a_fault_as_well(tmp_path, browser):
    book = Book(tmp_path)
    book.page(PAGE)
    with served(book, "page") as preview:
        context = browser.new_context(viewport={"width": 900, "height": 500})
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(preview.url)
        end = page.get_by_text("The end.")
        end.wait_for(timeout=60_000)  # until then it says that the page is being built
        assert page.url == f"{preview.url}page.html"
        part = page.locator("#part-7")
        part.evaluate("part => scrollTo(0, part.getBoundingClientRect().top - 40)")
        before = part.bounding_box()
        book.page(PAGE.replace("## Part 1\n", "## Part 1\n\nNew above.\n").replace("end", "END"))
        page.get_by_text("The END.").wait_for(timeout=60_000)
        page.wait_for_load_state("load")
        assert part.bounding_box()["y"] == pytest.approx(before["y"], abs=2)
        assert page.evaluate("scrollY") > 500

        book.page(PAGE + "\n\n$\\nonsense$")
        banner = page.locator("#preview-banner")
        page.get_by_text("page.md:49: WARNING: Unsupported").wait_for(timeout=60_000)
        assert page.get_by_text("The END.").count() == 1  # the last good page
        assert "nonsense" in banner.inner_text()
        book.page(PAGE.replace("end", "very end"))
        page.get_by_text("The very end.").wait_for(timeout=60_000)
        assert not banner.is_visible()
        assert complaints == []
        context.close()

        with pytest.raises(HTTPError, match="404"):
            urlopen(f"{preview.url}none.html")
        with pytest.raises(HTTPError, match="404"):
            urlopen(Request(f"{preview.url}page.html", headers={"Host": "elsewhere.example"}))
    printed = "".join(preview.lines.queue)
    assert "Traceback" not in printed
    assert "Unsupported function name" in printed


@pytest.mark.proof
def test_a_page_that_stays_warm_is_the_page_of_a_build(tmp_path):
    book = Book(tmp_path)
    warm = Build(book.source, tmp_path / "work", tmp_path / "warm", only="page", warm=True)
    cold = Build(book.source, tmp_path / "cold-work", tmp_path / "cold", only="page")
    builder = Builder()
    try:
        assert builder.build(warm) == ("", True)
        assert builder.build(warm) == ("", False)
        book.page("# A page\n\nText with $\\nothing$.\n")
        fault, is_new = builder.build(warm)
        assert ("nothing" in fault, is_new) == (True, False)
        book.page("# Another page\n\nText with $y^3$.\n")
        assert builder.build(warm) == ("", True)
    finally:
        builder.stop()
    arguments = ["--source", str(book.source), "--output", str(cold.output)]
    command = [sys.executable, "-m", "explorable", "build", "--only", "page", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    pages = [(job.output / "page.html").read_text(encoding="utf-8") for job in (warm, cold)]
    assert pages[0] == pages[1]
