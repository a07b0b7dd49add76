"""Judge a folder of handed-in notebooks: ``python -m explorable grade FOLDER``.

Each notebook is run by `explorable.book.course.graded` in a process of its own, and one table says
of each what the tutor says of each task. It holds off accidents, not fraud: what is handed in are
programs, which run with the rights of whoever grades.
"""

import argparse
import contextlib
import csv
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from explorable.book import ROOT
from explorable.book.notebooks.forgotten import tutor

CHILD = "explorable.book.course.graded"
LONG = 10**5  # letters, of what is read of results
FORMULA = re.compile(r"^(?=[=+@-])")  # which a program for tables would compute


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m explorable grade", description=__doc__)
    parser.add_argument("folder", type=Path, help="of notebooks, which may lie in folders within")
    parser.add_argument("--file", type=Path, help="the table (default grades.csv in the folder)")
    parser.add_argument("--seconds", type=int, default=60, help="for a notebook (default 60)")
    parser.add_argument("--memory", type=int, default=2000, help="of each, in MB (default 2000)")
    parser.add_argument("--jobs", type=int, default=2, help="notebooks at a time (default 2)")
    options = parser.parse_args(arguments)
    paths = sorted(options.folder.rglob("*.ipynb"))
    paths = [path for path in paths if ".ipynb_checkpoints" not in path.parts]
    file = options.file or options.folder / "grades.csv"
    try:
        if not paths:
            raise FileNotFoundError(f"{options.folder}: there is no notebook")
        file.open("a").close()
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    with ThreadPoolExecutor(options.jobs) as pool:
        found = pool.map(partial(graded, seconds=options.seconds, memory=options.memory), paths)
        names = [str(path.relative_to(options.folder).with_suffix("")) for path in paths]
        write(file, zip(names, found, strict=True))
    print(f"{len(paths)} notebooks are graded: {file}")
    return 0


def graded(path: Path, *, seconds: int, memory: int) -> dict[str, str]:
    """Judge one notebook, which may hold anything, within so many seconds and megabytes.

    The verdict's name is returned for each task, and what went wrong with all as ``"problem"``.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        results = Path(folder, "results")
        own = {"HOME": folder, "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
        process = subprocess.Popen(
            [sys.executable, "-m", CHILD, path.absolute(), results, str(seconds), str(memory)],
            cwd=folder,
            env=os.environ | own | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        row = {"problem": "ended before its end"}
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            row["problem"] = "out of time"
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # and all that it has started
        process.wait()
        if results.is_file():
            with results.open(encoding="utf-8", errors="replace") as opened:
                told = (line.partition("\t") for line in opened.read(LONG).splitlines())
                known = {*tutor().tasks, "problem"}
                row |= {what: said for what, _, said in told if what in known}
        return row


def write(file: Path, rows: Iterable[tuple[str, dict[str, str]]]) -> None:
    """Write the table: a line a notebook, a column a task, and how many are right."""
    rows = list(rows)
    tasks = dict.fromkeys(task for _, row in rows for task in row if task != "problem")
    with file.open("w", newline="", encoding="utf-8-sig") as opened:
        table = csv.writer(opened)
        table.writerow(["notebook", "right", *tasks, "problem"])
        for name, row in rows:
            verdicts = [row.get(task, "") for task in tasks]
            cells = (name, str(verdicts.count("right")), *verdicts, row["problem"])
            table.writerow([FORMULA.sub("'", cell) for cell in cells])
