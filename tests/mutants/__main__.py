"""``make mutants``: break the code in every small way and see whether a test notices.

Mutmut says how code may be broken (`mutation.py`). Each mutant takes the place of its file in a
copy of the repository, where the tests of its group (`groups.py`) run until one fails. A run that
was stopped goes on where it stopped; what is known of a file that has changed is forgotten.
"""

import argparse
import json
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.groups import GROUPS, KERNELS, ROOT, Group
from tests.mutants.mutation import Mutant, mutants

VERDICTS = "verdicts.json"
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
PYTEST = ("-x", "-q", "-p", "no:cacheprovider", "-p", "tests.mutants.plugin")
LINE = "{:<50}{:>8}{:>8}{:>8}{:>12}{:>10}{:>9}"
COLUMNS = ("mutants", "caught", "by time", "equivalent", "survived")
PASSED = (0, 5)  # of the codes of pytest; the last where it found no test


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0 if every group reached its target."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument(
        "groups", nargs="*", metavar="GROUP", help=f"kernels, or of {', '.join(GROUPS)}"
    )
    parser.add_argument(
        "--only", default="*", metavar="PATTERN", help="files such as 'mathdl/forward/layers.py'"
    )
    parser.add_argument("--jobs", type=int, default=2, help="mutants tried at a time")
    parser.add_argument("--minutes", type=float, help="how long to try mutants of a group")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs found")
    parser.add_argument("--score", action="store_true", help="only print what is known")
    options = parser.parse_args(arguments)
    if "kernels" in options.groups:
        options.groups = [*KERNELS, *(name for name in options.groups if name != "kernels")]
    if unknown := set(options.groups) - set(GROUPS):
        parser.error(f"there is no group {', '.join(sorted(unknown))}")
    reached, of_kernels = [], Counter()
    for name in options.groups or GROUPS:
        group, folder = GROUPS[name], ROOT / "_build" / "mutants" / name
        if options.fresh:
            shutil.rmtree(folder, ignore_errors=True)
        files = group.files(options.only)
        found = [
            each for file in files for each in mutants(file, (ROOT / file).read_text("utf-8"))
        ]
        found.sort(key=lambda mutant: random.Random(mutant.key).random())
        known = _read(folder)
        if not options.score:
            known = Trial(group, folder, known, options.minutes).all_of(found, options.jobs)
        counts = print_score(name, found, known)
        reached.append(percent(counts) >= group.target and not counts["not tried"])
        if name in KERNELS:
            of_kernels += counts
    if of_kernels:
        print(f"Of the kernels' mutants that were tried, {percent(of_kernels):.1f} % were caught.")
    return 0 if all(reached) else 1


def _read(folder: Path) -> dict[str, str]:
    """Return the verdicts of earlier runs, by the mutants' keys."""
    path = folder / VERDICTS
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


class Trial:
    """Mutants of a group in copies of the repository, as many as are tried at a time."""

    def __init__(
        self, group: Group, folder: Path, known: dict[str, str], minutes: float | None
    ) -> None:
        self.group, self.folder, self.known = group, folder, known
        self.end = time.monotonic() + 60 * (minutes or math.inf)
        self.free: SimpleQueue[Path] = SimpleQueue()
        self.patience: dict[str, float] = {}  # in seconds, by the arguments of a run

    def all_of(self, found: list[Mutant], jobs: int) -> dict[str, str]:
        """Try the mutants that are not known yet, until the time is over; return all verdicts."""
        waiting = [mutant for mutant in found if mutant.key not in self.known]
        for k in range(jobs if waiting else 0):
            self.free.put(_copied(self.folder / f"copy{k}"))
        with ThreadPoolExecutor(jobs) as pool:
            for mutant, verdict in zip(waiting, pool.map(self.verdict, waiting), strict=True):
                if verdict:
                    self.known[mutant.key] = verdict
                    fresh = self.folder / f"{VERDICTS}.new"
                    fresh.write_text(json.dumps(self.known, indent=1), encoding="utf-8")
                    fresh.replace(self.folder / VERDICTS)  # whole, whenever the run is stopped
                    print(f"    {mutant.key} {mutant.function}: {verdict}", flush=True)
        return self.known

    def verdict(self, mutant: Mutant) -> str:
        """Return "survived", "caught" or "by time"; nothing when the time is over."""
        if time.monotonic() > self.end:
            return ""
        copy, code = self.free.get(), 0
        for run in self.group.runs(mutant.file):
            patience = self._rehearsed(copy, run)
            # A run takes over a second: what Python compiled of the mutant before is out of date.
            (copy / mutant.file).write_text(mutant.code, encoding="utf-8")
            code = _pytest(copy, run, patience)
            shutil.copy(ROOT / mutant.file, copy / mutant.file)
            if code not in PASSED:
                break
        self.free.put(copy)
        return "by time" if code is None else "survived" if code in PASSED else "caught"

    def _rehearsed(self, copy: Path, run: list[str]) -> float:
        """Return the seconds to wait for tests, which pass without a mutant."""
        if str(run) not in self.patience:
            began = time.monotonic()
            if _pytest(copy, run, math.inf) not in PASSED:
                self.end = 0.0
                sys.exit(f"pytest {' '.join(run)} fails in {copy}, without any mutant.")
            self.patience[str(run)] = 30 + 8 * (time.monotonic() - began)
        return self.patience[str(run)]


def _copied(copy: Path) -> Path:
    """Copy the repository: what git knows of, and what it does not ignore."""
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    shutil.rmtree(copy, ignore_errors=True)
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    return copy


def _pytest(copy: Path, arguments: list[str], patience: float) -> int | None:
    """Run tests in a copy; return pytest's code, or None where it took too long."""
    ours = {"PYTHONPATH": str(copy), "OPENBLAS_NUM_THREADS": "1"}
    kept = {key: value for key, value in os.environ.items() if key != "EXPLORABLE_BOOK"}
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", *PYTEST, *arguments],
        cwd=copy,
        env=kept | ours,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            return running.wait(patience)
        except subprocess.TimeoutExpired:
            return None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)  # and all that it has started


def print_score(name: str, found: list[Mutant], known: dict[str, str]) -> Counter[str]:
    """Print the table of one group and its survivors; return how many had which fate."""
    print(LINE.format(name, *COLUMNS, "score"))
    listed = _equivalents()
    met, survivors = set(), []
    of_file: dict[str, Counter[str]] = {}
    for mutant in found:
        counts = of_file.setdefault(mutant.file, Counter())
        fate = known.get(mutant.key, "not tried")
        if fate == "survived" and mutant.change in listed:
            met.add(mutant.change)
            fate = "equivalent"
        elif fate == "survived":
            function, old, new = mutant.change
            minus, plus = old.replace("\n", "\n  - "), new.replace("\n", "\n  + ")
            survivors.append(f"{function} ({mutant.key})\n  - {minus}\n  + {plus}")
        counts += Counter(["mutants", "caught" if fate == "by time" else fate])
        counts["by time"] += fate == "by time"
    total = sum(of_file.values(), Counter())
    for file, counts in [*sorted(of_file.items()), ("all", total)]:
        columns = (counts[column] for column in COLUMNS)
        print(LINE.format(file, *columns, f"{percent(counts):.1f} %"))
    if total["not tried"]:
        tried = total["mutants"] - total["not tried"]
        print(
            f"{tried} of {total['mutants']} were tried, in random order: the score of all lies "
            f"within {_margin(total):.1f} points of this one, 95 times in 100. "
            "Run the command again for the others."
        )
    else:
        functions = {mutant.function for mutant in found}
        for function, old, new in sorted(set(listed) - met):
            if function in functions:
                print(f"{EQUIVALENT.name} lists what is caught or gone: {function}: {old} → {new}")
    print("", *survivors, sep="\n")
    return total


def percent(counts: Counter[str]) -> float:
    """Return how many of the mutants that were tried, and that change something, were caught."""
    judged = counts["caught"] + counts["survived"]
    return 100 * counts["caught"] / judged if judged else 100.0


def _margin(counts: Counter[str]) -> float:
    judged, share = counts["caught"] + counts["survived"], percent(counts) / 100
    return 196 * math.sqrt(share * (1 - share) / judged) if judged else 100.0


def _equivalents() -> set[tuple[str, str, str]]:
    """Return what changes nothing: function, old and new lines. The reasons are for readers."""
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {
        (function, change["old"], new)
        for function, changes in listed.items()
        for change in changes
        for new in ([change["new"]] if isinstance(change["new"], str) else change["new"])
    }


if __name__ == "__main__":
    sys.exit(main())
