"""Try again, in processes of their own, the mutants that mutmut has not caught.

Functions that run while modules are imported, decorators for example, have done their work before
the process forks in which mutmut switches a mutant on; what a test does in another process is no
part of what mutmut counts as its coverage; and its notes of which test reaches what may be older
than the tests. In a new process, and in those that it starts, the mutant is on from the first
import, and all tests of its group are asked.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.mutants.groups import PYTEST, Group
from tests.mutants.score import listed_equivalents
from tests.mutants.verdicts import (
    NOT_TRIED,
    SURVIVED,
    UNCAUGHT,
    Ours,
    function_of,
    modules,
    order,
    read_ours,
    write_ours,
)

REACHED = """
import importlib, sys
from mutmut.state import state
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*state()._stats, sep="\\n")
"""
MINUTES = 5  # for one mutant
NO_MUTANT = "none"  # of this name


def try_again(group: Group, folder: Path, jobs: int, minutes: float | None) -> None:
    """Run the tests of `group` against each mutant that is neither caught nor listed."""
    found = list(modules(folder))
    listed = listed_equivalents(folder)
    ours = read_ours(folder)
    waiting = {
        name: module.hash_of(name)
        for module in found
        for name, code in module.codes.items()
        if code in UNCAUGHT
        and name not in listed
        and not _has_verdict(name, module.hash_of(name), ours)
    }
    ours |= {name: (NOT_TRIED, text) for name, text in waiting.items()}
    write_ours(folder, ours)
    names = sorted(waiting, key=order)
    if names:
        print(f"Trying {len(names)} mutants again, each in a process of its own")
    for judges in {tuple(group.judges(_module(name))) for name in names}:
        if _run(group, judges, NO_MUTANT, folder).returncode not in SURVIVED:
            sys.exit(f"{' '.join(judges)} fails in {folder}, without any mutant.")
    end = time.monotonic() + 60 * (minutes or 1e9)
    with ThreadPoolExecutor(jobs) as pool:
        for name, code in pool.map(lambda name: _judged(name, group, folder, end), names):
            if code is not None:
                ours[name] = (code, waiting[name])
                write_ours(folder, ours)
                print(f"    {name}: {'survived' if code in SURVIVED else 'caught'}", flush=True)


def _has_verdict(name: str, text: str, ours: Ours) -> bool:
    code, of = ours.get(name, (NOT_TRIED, ""))
    return code is not NOT_TRIED and of == text


def only_at_import(folder: Path) -> set[str]:
    """Name the functions that run at import and of whose mutants mutmut has caught none."""
    caught = {
        function_of(name)
        for module in modules(folder)
        for name, code in module.codes.items()
        if code is not NOT_TRIED and code not in UNCAUGHT
    }
    return _reached_at_import(folder) - caught


def _reached_at_import(folder: Path) -> set[str]:
    paths = [module.path for module in modules(folder)]
    if not paths:
        return set()
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths]
    run = subprocess.run(
        [sys.executable, "-c", REACHED, *names],
        cwd=folder / "mutants",
        env=_environment(folder, "stats"),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def _judged(name: str, group: Group, folder: Path, end: float) -> tuple[str, int | None]:
    if time.monotonic() > end:
        return name, None
    try:
        return name, _run(group, group.judges(_module(name)), name, folder).returncode
    except subprocess.TimeoutExpired:
        return name, 36


def _module(mutant: str) -> str:
    """Return the full name of the module that a mutant is in."""
    return function_of(mutant).rpartition(".")[0]


def _run(
    group: Group, judges: Sequence[str], mutant: str, folder: Path
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", *PYTEST, *judges],
        cwd=folder / "mutants",
        env=_environment(folder, mutant) | group.environment(),
        capture_output=True,
        timeout=60 * MINUTES,
        check=False,
    )


def _environment(folder: Path, mutant: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "EXPLORABLE_BOOK"}
    ours = {"MUTANT_UNDER_TEST": mutant, "PYTHONPATH": str(folder / "mutants")}
    return kept | ours | {"OPENBLAS_NUM_THREADS": "1"}
