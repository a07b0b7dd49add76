"""Try again, in new processes, mutants of functions that run while modules are imported.

A decorator has done its work before the process forks in which mutmut switches the mutant on. In
a process of its own the mutant is on from the first import.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.mutants.groups import PYTEST, Group
from tests.mutants.verdicts import NO_TEST, SURVIVED, modules

REACHED = """
import importlib, sys
from mutmut.state import state
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*state()._stats, sep="\\n")
"""
MINUTES = 5


def try_again(group: Group, folder: Path, jobs: int) -> None:
    """Run the chapter's tests of `group` against each uncaught mutant that acts at import."""
    found = list(modules(folder))
    reached = _reached_at_import([module.path for module in found], folder)
    chosen = [
        (module, name)
        for module in found
        for name, code in module.codes.items()
        if code in (*SURVIVED, *NO_TEST) and name.partition("__mutmut_")[0] in reached
    ]
    tried = folder / "tried-at-import.txt"
    known = set(tried.read_text(encoding="utf-8").split()) if tried.is_file() else set()
    chosen = [(module, name) for module, name in chosen if name not in known]
    if chosen:
        print(f"Trying {len(chosen)} mutants again that act at import")
    with ThreadPoolExecutor(jobs) as pool:
        names = [name for _, name in chosen]
        for (module, name), code in zip(
            chosen, pool.map(lambda name: _judged(name, group, folder), names), strict=True
        ):
            module.codes[name] = code
            module.save()
            with tried.open("a", encoding="utf-8") as file:
                print(name, file=file)
            print(f"    {name}: {'survived' if code in SURVIVED else 'caught'}", flush=True)


def _reached_at_import(paths: list[Path], folder: Path) -> set[str]:
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


def _judged(name: str, group: Group, folder: Path) -> int:
    chapter = name.split(".")[1]
    command = [sys.executable, "-m", "pytest", "-x", "-q", *PYTEST, *group.judges(chapter)]
    try:
        return subprocess.run(
            command,
            cwd=folder / "mutants",
            env=_environment(folder, name),
            capture_output=True,
            timeout=60 * MINUTES,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return 36


def _environment(folder: Path, mutant: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "MATHDL_BOOK"}
    ours = {"MUTANT_UNDER_TEST": mutant, "PYTHONPATH": str(folder / "mutants")}
    return kept | ours | {"OPENBLAS_NUM_THREADS": "1"}
