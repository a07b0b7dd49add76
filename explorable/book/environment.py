"""Make the virtual environment that builds and tests the book, from the locked requirements.

Runs before anything is installed, so it uses the standard library alone and says in one
sentence what is missing, instead of a traceback.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from explorable.book import FOLDER, ROOT

OLDEST = (3, 11)
ELSEWHERE = "name another folder: make book BOOK_FOLDER=/path/to/it"
# What pip reads when it installs the library; the rest of pyproject.toml is for other tools.
DECISIVE = ("build-system", "project")


class SetUpError(Exception):
    """A sentence for the reader about what the machine lacks."""


def fingerprint(environment: Path) -> str:
    """Digest of all that decides what the environment holds."""
    import tomllib  # not before we know that this Python has it

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements.txt").read_bytes()
    decisive = [sys.version, ROOT, environment, [project.get(name) for name in DECISIVE]]
    return hashlib.sha256(lock + repr(decisive).encode()).hexdigest()


def install(environment: Path = FOLDER / ".venv") -> None:
    """Create the environment and install the lock and the library, unless it is up to date."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SetUpError(f"This book needs Python 3.11 or later, but this is Python {found}.")
    stamp = environment / "installed"
    wanted = fingerprint(environment)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    try:
        if environment.exists() and not stamp.is_file() and any(environment.iterdir()):
            raise SetUpError(
                f"{environment} is there already, and was not made by this book, which would "
                f"delete what is in it. Move it away or delete it, or {ELSEWHERE}"
            )
        shutil.rmtree(environment, ignore_errors=True)
        environment.mkdir(parents=True, exist_ok=True)
        stamp.touch()  # so that it is ours, even if we are cut off
    except OSError as error:
        raise SetUpError(
            f"Cannot write to {environment.parent} ({error.strerror}): {ELSEWHERE}"
        ) from error
    print("Setting up .venv from requirements.txt (about a minute, once) …", flush=True)
    _fill(environment)
    stamp.write_text(wanted, encoding="utf-8")


def _fill(environment: Path) -> None:
    _run(
        [sys.executable, "-m", "venv", str(environment)],
        "Python could not make a virtual environment. On Debian or Ubuntu, install it with: "
        "apt install python3-venv",
    )
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    told = "could not be installed: see pip's message above."
    _run(
        [*pip, "--require-hashes", "--only-binary=:all:", "-r", "requirements.txt"],
        f"The packages of requirements.txt {told} Is the network there, and 1 GB of room? "
        "Run the same command again once it is.",
    )
    _run(
        [*pip, "--no-deps", "--no-build-isolation", "--editable", "."],
        f"The library itself {told}",
    )


def _run(arguments: list[str], failure: str) -> None:
    """Run a command; what it says itself stands above the sentence about its failure."""
    try:
        subprocess.run(arguments, check=True, cwd=ROOT)
    except (subprocess.CalledProcessError, OSError) as error:
        raise SetUpError(failure) from error


if __name__ == "__main__":
    try:
        install()
    except SetUpError as error:
        sys.exit(str(error))
