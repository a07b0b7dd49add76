"""How long it takes to build the book, from clean and unchanged, and to test it."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.table import Table
from explorable.book import ROOT
from explorable.book.job import Build
from explorable.book.notebooks.refresh import read
from explorable.book.preview import Builder, naming

CLEAN, UNCHANGED, PREVIEW, TESTS = 150.0, 3.0, 3.0, 480.0  # seconds
OURS = shutil.ignore_patterns("_build", ".venv", ".git", "__pycache__", ".*_cache")


def measure_building(table: Table, *, tests: bool) -> None:
    """Print the build times; with `tests`, build the book in its place and run all checks too."""
    table.title("The book, after installation")
    with tempfile.TemporaryDirectory() as folder:
        clean, unchanged = build_twice(Path(folder))
    table.time("build from clean", clean, CLEAN)
    table.time("build again, unchanged", unchanged, UNCHANGED, beside=("from clean", clean))
    table.time("preview, after a word of the longest chapter", preview_again(), PREVIEW)
    if tests:
        seconds_of([sys.executable, "-m", "explorable", "build"])
        table.time("all checks", seconds_of([sys.executable, "-m", "tools.check"]), TESTS)


def build_twice(folder: Path) -> tuple[float, float]:
    """Build the book in an empty folder, and again; return the seconds of both."""
    places = ["--source", ROOT, "--output", folder / "site", "--work", folder / "work"]
    command = [sys.executable, "-m", "explorable", "build", *map(str, places)]
    return seconds_of(command), seconds_of(command)


def preview_again() -> float:
    """Change a word in a copy of the longest chapter; return the seconds to preview it again."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = shutil.copytree(ROOT, place / "source", ignore=OURS)
        page = max((source / "chapters").glob("*.ipynb"), key=lambda path: len(read(path).cells))
        job = Build(source=source, output=place / "site", work=place / "work", warm=True)
        job = naming(job, page)
        builder = Builder()
        builder.build(job)  # which takes from the book what was executed
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(" the ", " a ", 1), encoding="utf-8")
        began = time.perf_counter()
        fault, is_new = builder.build(job)
        seconds = time.perf_counter() - began
        builder.stop()
    if fault or not is_new:
        raise SystemExit(fault or "The preview did not change.")
    return seconds


def seconds_of(command: Sequence[str]) -> float:
    """Run a command that must succeed; return how long it takes."""
    began = time.perf_counter()
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{result.stdout}\n{result.stderr}")
    return time.perf_counter() - began
