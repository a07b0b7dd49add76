"""How long it takes to build the book, from clean and unchanged, and to test it."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.table import Table
from book import ROOT

CLEAN, UNCHANGED, TESTS = 150.0, 3.0, 480.0  # seconds


def measure_building(table: Table, *, tests: bool) -> None:
    """Print the build times; with `tests`, build the book in its place and run all checks too."""
    table.title("The book, after installation")
    with tempfile.TemporaryDirectory() as folder:
        clean, unchanged = build_twice(Path(folder))
    table.time("build from clean", clean, CLEAN)
    table.time("build again, unchanged", unchanged, UNCHANGED, beside=("from clean", clean))
    if tests:
        seconds_of([sys.executable, "-m", "book", "build"])
        table.time("all checks", seconds_of([sys.executable, "-m", "book.check"]), TESTS)


def build_twice(folder: Path, source: Path = ROOT, *options: str) -> tuple[float, float]:
    """Build a book in an empty folder, and again; return the seconds of both."""
    places = ["--source", source, "--output", folder / "site", "--work", folder / "work"]
    command = [sys.executable, "-m", "book", "build", *map(str, places), *options]
    return seconds_of(command), seconds_of(command)


def seconds_of(command: Sequence[str]) -> float:
    """Run a command that must succeed; return how long it takes."""
    began = time.perf_counter()
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{result.stdout}\n{result.stderr}")
    return time.perf_counter() - began
