"""Python in the page: the scripts that bring it, made of the packed runtime and the library."""

import base64
import gzip
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from explorable.book import ENGINE
from explorable.book.problem import BookError
from explorable.python.absent import is_absent
from explorable.sphinx.site.scripts import join

VENDOR = ENGINE / "vendor" / "pyodide"
EDITOR = ENGINE / "vendor" / "codemirror"
SCRIPTS = ENGINE / "python" / "browser"
PART = 750_000  # bytes in a script: small enough to show how far the loading is
CELLS = SCRIPTS / "cells.css"
DATE = (1980, 1, 1, 0, 0, 0)

PageCode = tuple[str, str, str]


def write_python(
    site: Path,
    chapters: Mapping[str, Sequence[PageCode]],
    packages: Sequence[Path],
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Write the folder ``python`` of the site; no page asks for it before its reader runs a cell.

    It holds the cells of each page, of hidden ones too, the packages that a page's Python has, and
    what it says in other languages. A page adds the script whose name is returned. A `BookError`
    names a file of the vendored runtime that is not the one that was committed.
    """
    folder = site / "python"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    parts = {
        path.name.removesuffix(".gz"): _write_part(folder, path.name.removesuffix(".gz"), content)
        for path, content in vendored().items()
    }
    parts["library.zip"] = _write_part(folder, "library.zip", pack_library(packages))
    cells = {name: _write_cells(folder, name, chapters[name]) for name in sorted(chapters)}
    said = {
        lang: _write_script(folder, "words", f"pythonWords({_json(each)})\n")
        for lang, each in (words or {}).items()
    }
    packed = {"parts": parts, "cells": cells, "words": said, "worker": join(SCRIPTS / "worker")}
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


def pack_library(packages: Iterable[Path]) -> bytes:
    """Pack the part of the library that needs NumPy only: a stored zip, compressed as a whole."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name, path in library_files(packages):
            archive.writestr(zipfile.ZipInfo(name, DATE), path.read_bytes())
    return gzip.compress(stored.getvalue(), compresslevel=9, mtime=0)


def library_files(packages: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """List the files of the library that a page gets, by name, always in the same order."""
    files = {
        path.relative_to(package.parent): path
        for package in packages
        for path in package.rglob("*")
    }
    for name, path in sorted(files.items()):
        wanted = path.suffix in (".py", ".npz") and not is_absent(
            ".".join(name.with_suffix("").parts)
        )
        if wanted and "__pycache__" not in name.parts:
            yield name.as_posix(), path


def _write_cells(folder: Path, page: str, cells: Sequence[PageCode]) -> str:
    """Write the code of a chapter; return the name of the script."""
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
