"""Run within Pyodide: from zips of sources to zips of bytecode, stored, the same at every run."""

import importlib.util
import re
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]

DATE = (1980, 1, 1, 0, 0, 0)
# What no page can use: windows, terminals, processes, servers, their clients, installers, tests.
STDLIB_LEFT_OUT = re.compile(
    r"(_pyrepl|curses|ensurepip|idlelib|multiprocessing|pydoc_data|sqlite3|test|tkinter|turtledemo"
    r"|venv|wsgiref|xmlrpc)/"
    r"|(ftplib|imaplib|mailbox|poplib|smtplib|socketserver|ssl|turtle|webbrowser|http/server)\.py"
    r"|.*\.(md|txt|rst)$"
)
NUMPY_LEFT_OUT = re.compile(
    r".*/(tests|_examples|include|lib/pkgconfig|_pyinstaller)/|numpy/(f2py|distutils)/"
    r"|.*/(_[a-z]+_tests|lapack_lite)\.c.*|.*dist-info/"
    r"|.*\.(pyi|pxd|pyx|a|h|c|f|txt|md|build|toml|sh|in|pkg)$"
)


def compile_zip(source: str, target: str, left_out: re.Pattern[str]) -> None:
    """Compile what is Python, copy the rest, leave out what matches; keep no dates."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist()):
            if name.endswith("/") or left_out.match(name):
                continue
            content = old.read(name)
            if name.endswith(".py"):
                # Unchecked: the source is not there to be compared. Docstrings stay, for help().
                code = compile(content, name, "exec", dont_inherit=True, optimize=0)
                hashed = importlib.util.source_hash(content)
                name, content = f"{name}c", _code_to_hash_pyc(code, hashed, checked=False)
            new.writestr(zipfile.ZipInfo(name, DATE), content)


compile_zip("/stdlib.in", "/stdlib.zip", STDLIB_LEFT_OUT)
compile_zip("/numpy.in", "/numpy.zip", NUMPY_LEFT_OUT)
