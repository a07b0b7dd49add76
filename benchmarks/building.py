"""The book, after installation: built from clean and unchanged, previewed."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Line
from explorable.book import ROOT
from explorable.book.job import Build
from explorable.book.notebooks.refresh import read
from explorable.book.preview import State, show

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
        state = State(Build(source, Build().work, place / "site", only=f"chapters/{page.stem}"))
        show(state)
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(" the ", " a ", 1), encoding="utf-8")
        time.sleep(5)  # an author reads what came, and writes
        began = time.perf_counter()
        show(state)
        taken = time.perf_counter() - began
        if state.said or state.builder is None:
            raise SystemExit(state.said)
        state.builder.kill()
        return taken
