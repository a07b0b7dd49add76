"""Make the virtual environment that builds and tests the book, from the locked requirements.

Runs before anything is installed, so it uses the standard library alone and says in one
sentence what is missing, instead of a traceback.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from explorable.book import FOLDER, ROOT
from explorable.book.lock import exclusive, lock_file

OLDEST = (3, 11)
NEEDED = 1_000_000_000  # bytes: what the packages take, and a little more
# What pip reads when it installs the library; the rest of pyproject.toml is for other tools.
DECISIVE = ("build-system", "project")


class SetUpError(Exception):
    """A sentence for the reader about what the machine lacks."""


def fingerprint(root: Path, environment: Path) -> str:
    """Digest of all that decides what the environment holds."""
    project = _project(root)
    digest = hashlib.sha256((root / "requirements.txt").read_bytes())
    decisive = {name: project.get(name) for name in DECISIVE}
    decisive["hatch"] = project.get("tool", {}).get("hatch")
    places = [sys.version, str(root), str(environment)]
    digest.update(json.dumps([decisive, places], sort_keys=True).encode())
    return digest.hexdigest()


def _project(root: Path) -> dict[str, Any]:
    import tomllib  # not before we know that this Python has it

    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def _name(root: Path) -> str:
    """Return what the project calls itself."""
    return str(_project(root)["project"]["name"])


def run(arguments: list[str], failure: str) -> None:
    """Run a command, and turn its failure into the sentence given, below its own output."""
    try:
        subprocess.run(arguments, check=True, cwd=ROOT)
    except (subprocess.CalledProcessError, OSError) as error:
        raise SetUpError(failure) from error


def install(environment: Path = FOLDER / ".venv") -> None:
    """Create the environment and install the lock and the library, unless it is up to date."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SetUpError(f"This book needs Python 3.11 or later, but this is Python {found}.")
    stamp = environment / "installed"
    wanted = fingerprint(ROOT, environment)
    if _reads(stamp, wanted):
        return
    try:
        environment.parent.mkdir(parents=True, exist_ok=True)
        (environment.parent / ".writable").touch()
        (environment.parent / ".writable").unlink()
    except OSError as error:
        raise SetUpError(
            f"Cannot write to {environment.parent} ({error.strerror}). Name a folder of yours, "
            "where the environment and the book will be made: make book BOOK_FOLDER=/path/to/it"
        ) from error
    with exclusive(lock_file(environment)):
        if not _reads(stamp, wanted):  # another process may have made it while we waited
            _install(environment)
            stamp.write_text(wanted, encoding="utf-8")


def _reads(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def _claim(environment: Path) -> None:
    """Empty a folder that is ours, or make it; its stamp stays, in case that we are cut off."""
    stamp = environment / "installed"
    there = environment.exists() or environment.is_symlink()
    if there and not stamp.is_file() and not (environment.is_dir() and _is_empty(environment)):
        raise SetUpError(
            f"{environment} is there already, and was not made by this book, which would delete "
            "what is in it. Move it away or delete it, or name another folder: "
            "make book BOOK_FOLDER=/path/to/it"
        )
    environment.mkdir(exist_ok=True)
    stamp.write_text("being made", encoding="utf-8")
    for entry in environment.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry != stamp:
            entry.unlink()


def _is_empty(folder: Path) -> bool:
    return next(folder.iterdir(), None) is None


def _install(environment: Path) -> None:
    _claim(environment)
    print("Setting up .venv from requirements.txt (about a minute, once) …", flush=True)
    free = shutil.disk_usage(environment.parent).free
    if free < NEEDED:
        raise SetUpError(
            f"The environment needs 1 GB, but only {free / 1e6:.0f} MB are free in "
            f"{environment.parent}. Make room, or name a folder on another disk: "
            "make book BOOK_FOLDER=/path/to/it"
        )
    run(
        [sys.executable, "-m", "venv", str(environment)],
        "Python could not make a virtual environment. On Debian or Ubuntu, install it with: "
        "apt install python3-venv",
    )
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(
        [*pip, "install", "--require-hashes", "--only-binary=:all:", "-r", "requirements.txt"],
        "The packages of requirements.txt could not be installed: see pip's message above. "
        "Is the network there? Run the same command again once it is.",
    )
    run(
        [*pip, "install", "--no-deps", "--no-build-isolation", "--editable", "."],
        f"{_name(ROOT)} itself could not be installed: see pip's message above.",
    )


if __name__ == "__main__":
    try:
        install()
    except SetUpError as error:
        sys.exit(str(error))
