"""Run every check of the project, one after another, and stop at the first that fails.

Called by ``make test`` after the book is built.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from explorable.book.chromium import find_chromium
from explorable.book.problem import BookError

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
# Doctests, unit tests, browser tests; then each notebook, compared with its stored outputs.
PYTEST = [PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
PYTEST += ["--max-worker-restart", "0"]  # a test that ends its worker would end the next one, too

# What must not reach a test: where a build publishes, and what was said to this `make`, which one
# that a test calls would obey, in a folder that is none of the test's.
# And what would have each of some hundred Pythons that the tests start compile the book's modules.
OURS = {"EXPLORABLE_BOOK", "MAKEFLAGS", "MFLAGS", "PYTHONDONTWRITEBYTECODE"}

SCRIPTS = "Types of the pages' scripts (tsc)"
NO_TSC = (
    "The types of the pages' scripts are not checked, for TypeScript's tsc is not installed "
    "(Debian, Ubuntu: sudo apt-get install node-typescript; "
    "elsewhere: npm install --global typescript)."
)

LEFT_OUT = "Left out: tests that take long, cells that train in the page among them (make proof)."

CHECKS = {
    "Style (ruff)": [PYTHON, "-m", "ruff", "check", "."],
    "Layout of the code (ruff)": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "Types (mypy)": [PYTHON, "-m", "mypy"],
    SCRIPTS: ["tsc", "-p", "explorable/sphinx/assets"],
    "Imports point one way (import-linter)": [str(Path(PYTHON).with_name("lint-imports"))],
    "Units, properties, doctests, pages in a browser (pytest)": [*PYTEST, "-m", "not proof"],
    "Every notebook gives its stored outputs (nbval)": [
        *PYTEST,
        "--nbval",
        "--nbval-current-env",
        "-W",
        "default",
        "chapters",
    ],
}


def main() -> int:
    """Run the checks; return the exit code of the first that fails, else 0."""
    try:
        find_chromium()  # before minutes of other tests, not after them
    except BookError as error:
        print(error, flush=True)
        return 1
    checks = dict(CHECKS)
    if shutil.which("tsc") is None:  # a reader may do without; whoever publishes may not
        print(NO_TSC, flush=True)
        if os.environ.get("CI"):
            return 1
        del checks[SCRIPTS]
    environment = {key: value for key, value in os.environ.items() if key not in OURS}
    # Two workers share the cores; threads inside each product would only get in their way.
    environment["OPENBLAS_NUM_THREADS"] = "1"
    started = time.monotonic()
    for number, (title, command) in enumerate(checks.items(), start=1):
        print(f"[{number}/{len(checks)}] {title}", flush=True)
        finished = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        if finished.returncode:
            print(f"Failed: {title}. The rest was not run.", flush=True)
            return finished.returncode
    print(LEFT_OUT, flush=True)
    passed = "All checks" if checks == CHECKS else "All other checks"
    print(f"{passed} passed in {time.monotonic() - started:.0f} s.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
