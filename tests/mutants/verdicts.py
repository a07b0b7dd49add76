"""Read what mutmut keeps of its mutants, one file beside each mutated module, and what we add.

Our own verdicts, of `again.py`, stand in a file of their own, so that mutmut may run meanwhile.
"""

import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOT_TRIED = None
SURVIVED, NO_TEST = (0, 5), (33,)
UNCAUGHT = (*SURVIVED, *NO_TEST)
TIMEOUT = (-24, 24, 36, 152, 255)
OURS = "again.json"
Ours = dict[str, tuple[int | None, str]]


@dataclass
class Module:
    """The mutants of one file.

    Attributes
    ----------
    path : Path
        Of the module, such as mathdl/forward/layers.py.
    codes : dict
        The exit code of the tests that ran against each mutant; None where none has run yet.
    hashes : dict
        Of the text of each function, by the name that mutmut gives it.
    """

    path: Path
    codes: dict[str, int | None]
    hashes: dict[str, str]

    def hash_of(self, mutant: str) -> str:
        """Return the hash of the function that a mutant changes."""
        return self.hashes.get(function_of(mutant).rpartition(".")[2], "")


def order(mutant: str) -> float:
    """Return a number to sort mutants by that is always the same and says nothing of them."""
    return random.Random(mutant).random()


def function_of(mutant: str) -> str:
    """Return mutmut's name of the function that a mutant changes, with its module."""
    return mutant.partition("__mutmut_")[0]


def modules(folder: Path) -> Iterator[Module]:
    """Yield the modules of `folder` that have been mutated, in the order of their names."""
    for notes in sorted((folder / "mutants").rglob("*.py.meta")):
        path = notes.relative_to(folder / "mutants").with_suffix("")
        if (folder / path).is_file():
            kept = _read(notes)
            yield Module(path, kept["exit_code_by_key"], kept["hash_by_function_name"])


def _read(notes: Path) -> dict[str, Any]:
    """Read a file that mutmut may just be writing."""
    for _ in range(20):
        try:
            return json.loads(notes.read_text(encoding="utf-8"))
        except json.JSONDecodeError:
            time.sleep(0.1)
    return json.loads(notes.read_text(encoding="utf-8"))


def with_ours(module: Module, ours: Ours) -> dict[str, int | None]:
    """Return the codes of a module; ours stand where mutmut caught none of the same function."""
    valid = {
        name: code
        for name, (code, text) in ours.items()
        if module.codes.get(name, 1) in (NOT_TRIED, *UNCAUGHT) and module.hash_of(name) == text
    }
    return module.codes | valid


def read_ours(folder: Path) -> Ours:
    """Return our own verdicts: exit code, None while it waits, and hash of the function."""
    path = folder / OURS
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def write_ours(folder: Path, ours: Ours) -> None:
    """Keep our own verdicts."""
    _write(folder / OURS, ours)


def _write(path: Path, content: object) -> None:
    """Write a file as a whole, whenever the run is stopped."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(content, indent=1), encoding="utf-8")
    fresh.replace(path)


def drop_unreadable(folder: Path) -> None:
    """Let mutmut begin anew with the modules whose notes it was writing when it was killed."""
    for notes in (folder / "mutants").rglob("*.py.meta"):
        try:
            json.loads(notes.read_text(encoding="utf-8"))
        except json.JSONDecodeError:
            notes.unlink()
            notes.with_suffix("").unlink(missing_ok=True)


def forget_survivors(folder: Path, equivalent: set[str], at_import: set[str]) -> None:
    """Let all be tried again that no test has caught yet, but those that nothing can catch.

    Mutants of functions that run `at_import` are left to `again.py`, for mutmut cannot catch them.
    """
    for notes in (folder / "mutants").rglob("*.py.meta"):
        kept = json.loads(notes.read_text(encoding="utf-8"))
        codes = kept["exit_code_by_key"]
        kept["exit_code_by_key"] = {
            name: NOT_TRIED
            if code in UNCAUGHT and name not in equivalent and function_of(name) not in at_import
            else code
            for name, code in codes.items()
        }
        _write(notes, kept)
    ours = read_ours(folder)
    left = {
        name: kept for name, kept in ours.items() if kept[0] not in UNCAUGHT or name in equivalent
    }
    write_ours(folder, left)
