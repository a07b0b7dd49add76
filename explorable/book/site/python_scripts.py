"""Python in the page: the scripts that bring it, made of the packed runtime and the library."""

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from nbformat import NotebookNode

from explorable.book import ENGINE, ROOT
from explorable.book.notebooks.cells import page_cells
from explorable.book.problem import BookError
from explorable.book.settings import PACKAGES
from explorable.book.site.scripts import join
from explorable.languages.outputs import said_words
from explorable.python.absent import is_absent

VENDOR = ENGINE / "vendor" / "pyodide"
EDITOR = ENGINE / "vendor" / "codemirror"
SCRIPTS = ENGINE / "python" / "browser"
PART = 750_000  # bytes in a script: small enough to show how far the loading is
DATE = (1980, 1, 1, 0, 0, 0)


def write_python(site: Path, chapters: Mapping[str, NotebookNode]) -> str:
    """
    Write the folder ``python`` of the site; no page asks for it before its reader runs a cell.

    Parameters
    ----------
    site
        The folder of the site.
    chapters
        The notebooks, by the names of their pages.

    Returns
    -------
    str
        The name of the script that a page adds to itself when Python is wanted.

    Raises
    ------
    BookError
        A file of the vendored runtime is not the one that was committed.
    """
    folder = site / "python"
    folder.mkdir()
    parts = {
        path.name.removesuffix(".gz"): _write_part(folder, path.name.removesuffix(".gz"), content)
        for path, content in vendored().items()
    }
    parts["library.zip"] = _write_part(folder, "library.zip", pack_library(ROOT))
    cells = {name: _write_cells(folder, name, chapters[name]) for name in sorted(chapters)}
    words = {"zh-Hans": _write_script(folder, "words", f"pythonWords({_json(said_words())})\n")}
    packed = {"parts": parts, "cells": cells, "words": words, "worker": join(SCRIPTS / "worker")}
    editor = (EDITOR / "codemirror.min.js").read_text(encoding="utf-8")
    script = f'"use strict";\nvar PACKED = {_json(packed)};\n{editor}{join(SCRIPTS)}'
    return _write_script(folder, "python", script)


def vendored() -> dict[Path, bytes]:
    """Read the packed runtime, and check that it is what was committed."""
    contents = {}
    for line in (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        content = (VENDOR / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise BookError(
                f"explorable/vendor/pyodide/{name} is not the file that SHA256SUMS names"
            )
        contents[VENDOR / name] = content
    return contents


def pack_library(root: Path) -> bytes:
    """Pack the part of the library that needs NumPy only: a stored zip, compressed as a whole."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for path in library_files(root):
            name = path.relative_to(root).as_posix()
            archive.writestr(zipfile.ZipInfo(name, DATE), path.read_bytes())
    return gzip.compress(stored.getvalue(), compresslevel=9, mtime=0)


def library_files(root: Path) -> Iterator[Path]:
    """List the files of the library that a page gets, always in the same order."""
    for path in sorted(path for name in PACKAGES for path in (root / name).rglob("*")):
        module = path.relative_to(root).with_suffix("")
        wanted = path.suffix in (".py", ".npz") and not is_absent(".".join(module.parts))
        if wanted and "__pycache__" not in path.parts:
            yield path


def _write_cells(folder: Path, page: str, notebook: NotebookNode) -> str:
    """Write the code of a chapter, of hidden cells too; return the name of the script."""
    cells = [[cell.key, cell.source, cell.kind] for cell in page_cells(notebook)]
    script = f"pythonCells({_json(page)},{_json(cells)})\n"
    return _write_script(folder, f"cells.{page.rpartition('/')[2]}", script)


def _write_part(folder: Path, name: str, content: bytes) -> list[str]:
    """Write a compressed file as scripts that hand it over; return their names."""
    names = []
    for index, start in enumerate(range(0, len(content), PART)):
        text = base64.b64encode(content[start : start + PART]).decode()
        script = f'pythonPart("{name}",{index},"{text}")\n'
        names.append(_write_script(folder, f"{name}.{index}", script))
    return names


def _write_script(folder: Path, stem: str, script: str) -> str:
    """Write a script under a name that changes with it, for browsers keep what they have."""
    name = f"{stem}.{hashlib.sha256(script.encode()).hexdigest()[:10]}.js"
    (folder / name).write_text(script, encoding="utf-8")
    return name


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
