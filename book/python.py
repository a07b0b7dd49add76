"""Python in the page: the scripts that bring it, made of the packed runtime and ``mathdl``."""

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from book import ROOT
from book.dependencies import PACKAGE
from book.problem import BookError
from book.scripts import join
from mathdl.page.standins import draws

VENDOR = ROOT / "book" / "vendor" / "pyodide"
SCRIPTS = ROOT / "book" / "assets" / "python"
PART = 750_000  # bytes in a script: small enough to show how far the loading is
DATE = (1980, 1, 1, 0, 0, 0)


def write_python(site: Path) -> str:
    """
    Write the folder ``python`` of the site; no page asks for it before its reader runs a cell.

    Parameters
    ----------
    site
        The folder of the site.

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
    parts["mathdl.zip"] = _write_part(folder, "mathdl.zip", pack_library(ROOT))
    packed = {"parts": parts, "worker": join(SCRIPTS / "worker")}
    script = f'"use strict";\nconst PACKED = {json.dumps(packed)};\n{join(SCRIPTS)}'
    name = f"python.{_short(script.encode())}.js"
    (folder / name).write_text(script, encoding="utf-8")
    return name


def vendored() -> dict[Path, bytes]:
    """Read the packed runtime, and check that it is what was committed."""
    contents = {}
    for line in (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        content = (VENDOR / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise BookError(f"book/vendor/pyodide/{name} is not the file that SHA256SUMS names")
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
    for path in sorted((root / PACKAGE).rglob("*")):
        module = path.relative_to(root).with_suffix("")
        wanted = path.suffix in (".py", ".npz") and not draws(".".join(module.parts))
        if wanted and "__pycache__" not in path.parts:
            yield path


def _write_part(folder: Path, name: str, content: bytes) -> list[str]:
    """Write a compressed file as scripts that hand it over; return their names."""
    names = []
    for index, start in enumerate(range(0, len(content), PART)):
        text = base64.b64encode(content[start : start + PART]).decode()
        script = f'pythonPart("{name}",{index},"{text}")\n'
        names.append(f"{name}.{index}.{_short(script.encode())}.js")
        (folder / names[-1]).write_text(script, encoding="utf-8")
    return names


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]
