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

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "installed"


class SetUpError(Exception):
    """A sentence for the reader about what the machine lacks."""


def fingerprint() -> str:
    """Digest of all that decides what the environment holds."""
    digest = hashlib.sha256(sys.version.encode())
    for name in ("requirements.txt", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


def run(arguments: list[str], failure: str) -> None:
    """Run a command, and turn its failure into the sentence given, below its own output."""
    try:
        subprocess.run(arguments, check=True, cwd=ROOT)
    except (subprocess.CalledProcessError, OSError) as error:
        raise SetUpError(failure) from error


def install() -> None:
    """Create `.venv` and install the lock and `mathdl` into it, unless it is up to date."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SetUpError(f"This book needs Python 3.11 or later, but this is Python {found}.")
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == fingerprint():
        return
    print("Setting up .venv from requirements.txt (about a minute, once) …", flush=True)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    run(
        [sys.executable, "-m", "venv", str(ENVIRONMENT)],
        "Python could not make a virtual environment. On Debian or Ubuntu, install it with: "
        "apt install python3-venv",
    )
    pip = [str(interpreter()), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(
        [*pip, "install", "--require-hashes", "--only-binary=:all:", "-r", "requirements.txt"],
        "The packages of requirements.txt could not be installed: see pip's message above. "
        "Is the network there? Run the same command again once it is.",
    )
    run(
        [*pip, "install", "--no-deps", "--no-build-isolation", "--editable", "."],
        "mathdl itself could not be installed: see pip's message above.",
    )
    STAMP.write_text(fingerprint(), encoding="utf-8")


def interpreter() -> Path:
    """Path of the environment's own Python."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


if __name__ == "__main__":
    try:
        install()
    except SetUpError as error:
        sys.exit(str(error))
