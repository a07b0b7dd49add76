"""What is published: the same bytes wherever it is built."""

import os
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from explorable.book import ROOT
from tests.explorable.book.here import build_here
from tests.explorable.book.small import Book

URL = "https://someone.example.org/a-book/"
CODE = """from explorable.drawing.toolkit import panels, show
figure, axes = panels(1)
axes.plot([1, 2])
"""


def build_one(folder: Path, build: Callable[[Book], object]) -> Path:
    book = Book(folder)
    book.notebook(f"{CODE}show(figure, 'A line rises.')", text="# One\n\nBy {eq}`page-square`.")
    with patch.dict(os.environ, GITHUB_REPOSITORY="someone/a-book", GITHUB_REF_NAME="main"):
        build(book)
    return book.output


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> list[Path]:
    here = partial(build_here, url=URL)
    return [build_one(tmp_path_factory.mktemp(name), here) for name in ("one", "another place")]


def files(site: Path) -> dict[str, bytes]:
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def test_the_same_book_gives_the_same_bytes(sites):
    one, other = map(files, sites)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.proof
def test_another_process_gives_the_same_bytes(tmp_path_factory):
    def build(book: Book) -> None:
        command = [*book.command, "--url", URL]
        subprocess.run(command, cwd=ROOT, check=True)

    one, other = (files(build_one(tmp_path_factory.mktemp(name), build)) for name in ("a", "b c"))
    assert one == other


def test_the_site_names_no_folder_of_the_machine(sites):
    for name, content in files(sites[0]).items():
        assert str(ROOT).encode() not in content, name
        assert str(sites[0].parent).encode() not in content, name
