"""The book, after installation: built from clean and unchanged, previewed."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.timing import Line
from explorable.book import ROOT
from explorable.book.job import Build
from explorable.book.notebooks.refresh import read

CLEAN, UNCHANGED, PREVIEW = 150.0, 3.0, 3.0  # seconds
OURS = shutil.ignore_patterns("_build", ".venv", ".git", "__pycache__", ".*_cache")


def lines() -> Iterator[Line]:
    """Yield the times of building the book in an empty folder, again, and of a preview."""
    with tempfile.TemporaryDirectory() as folder:
        places = ["--source", ROOT, "--output", f"{folder}/site", "--work", f"{folder}/work"]
        for what, target in (("build from clean, s", CLEAN), ("again, unchanged, s", UNCHANGED)):
            began = time.perf_counter()
            command = [sys.executable, "-m", "explorable", "build", *places]
            subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
            yield what, time.perf_counter() - began, target
    yield "preview, after a word of the longest chapter, s", preview_again(), PREVIEW


def preview_again() -> float:
    """Change a word in a copy of the longest chapter; return the seconds to preview it again."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = shutil.copytree(ROOT, place / "source", ignore=OURS)
        page = max((source / "chapters").glob("*.ipynb"), key=lambda path: len(read(path).cells))
        name = f"chapters/{page.stem}"
        places = ["--source", source, "--output", place / "site", "--work", Build().work]
        command = [sys.executable, "-m", "explorable", "build", "--only", name, *map(str, places)]
        seconds_of(command)
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(" the ", " a ", 1), encoding="utf-8")
        return seconds_of(command)


def seconds_of(command: Sequence[str]) -> float:
    """Run a command that must succeed; return how long it takes."""
    began = time.perf_counter()
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{result.stdout}\n{result.stderr}")
    return time.perf_counter() - began
