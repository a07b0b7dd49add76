"""Plain ``jupyter-book build .`` gives the English edition as the build driver does."""

import os
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import nbformat
import pytest

from explorable.book import ROOT
from explorable.sphinx.site.write import MARK
from tests.explorable.book.here import build_here
from tests.explorable.sphinx.site.test_small_book import REPOSITORY, URL, laid_out

JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build"]
SHARED = ("assets", "doors", "drills", "explorers", "symbols")
ALONE = {"404.html", "sitemap.xml", ".nojekyll", MARK}  # of the driver
# Python itself, which small books that a test builds do without, and how a sheet is told anew.
CHANGING = re.compile(r"python/python\.(?:\w+\.)?js|\?v=\w+")


def written(site: Path) -> dict[str, str]:
    paths = [p for name in SHARED for p in (site / name).rglob("*") if p.suffix != ".png"]
    paths += [p for p in site.rglob("*.html") if "_static" not in p.parts]
    names = {path.relative_to(site).as_posix(): path for path in paths if path.is_file()}
    return {
        name: CHANGING.sub("", path.read_text("utf-8", errors="replace"))
        for name, path in names.items()
        if name not in ALONE
    }


def shown_once(path: Path) -> None:
    """Leave in a notebook the picture that it showed where it was written."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.source.endswith("\nexplorer"):
            cell.outputs = [nbformat.v4.new_output("display_data", {"image/png": "AAAA"})]
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    made = laid_out(tmp_path_factory.mktemp("plain"))
    shown_once(made.source / "chapters" / "one.ipynb")
    config = made.source / "_config.yml"
    text = config.read_text(encoding="utf-8").replace("html:\n", f"html:\n  baseurl: {URL}\n")
    config.write_text(text, encoding="utf-8")
    return made


def plainly(book) -> Path:
    environment = os.environ | REPOSITORY | {"PYTHONPATH": str(ROOT)}
    command = [*JUPYTER_BOOK, "-W", "-n", "--keep-going", str(book.source)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
    return book.source / "_build" / "html"


@pytest.mark.proof
def test_pages_scripts_states_doors_and_search_are_the_same(book):
    with patch.dict(os.environ, REPOSITORY):
        build_here(book, url=URL)
    expected, site = written(book.output), plainly(book)
    found = written(site)
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []
    assert list((site / "python").glob("cells.one.*.js"))
    assert (site / "chapters" / "one.ipynb").is_file()
    assert list((site / "chapters").glob("*.whl"))
    page = book.source / "intro.md"
    page.write_text(page.read_text("utf-8") + "\nOne more paragraph.\n", encoding="utf-8")
    again = written(plainly(book))  # all but one are read no more
    changed = {name for name in again if again[name] != found[name]}
    assert changed == {"intro.html", "index.html", "assets/search-index.js"}
