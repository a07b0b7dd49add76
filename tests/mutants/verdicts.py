"""Read and change what mutmut keeps of its mutants, one file beside each mutated module."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NOT_TRIED = None
SURVIVED, NO_TEST = (0, 5), (33,)
TIMEOUT = (-24, 24, 36, 152, 255)


@dataclass
class Module:
    """The mutants of one file and the exit codes of the tests that ran against them."""

    path: Path  # of the module, such as mathdl/checks.py
    notes: Path
    codes: dict[str, int | None]

    def save(self) -> None:
        """Write the exit codes where mutmut reads them."""
        kept = json.loads(self.notes.read_text(encoding="utf-8"))
        text = json.dumps(kept | {"exit_code_by_key": self.codes}, indent=4)
        self.notes.write_text(text, encoding="utf-8")


def modules(folder: Path) -> Iterator[Module]:
    """Yield the modules of `folder` that have been mutated, in the order of their names."""
    for notes in sorted((folder / "mutants").rglob("*.py.meta")):
        path = notes.relative_to(folder / "mutants").with_suffix("")
        if (folder / path).is_file():
            codes = json.loads(notes.read_text(encoding="utf-8"))["exit_code_by_key"]
            yield Module(path, notes, codes)


def forget_survivors(folder: Path) -> None:
    """Let all be tried again that no test has caught yet."""
    for module in modules(folder):
        uncaught = {name for name, code in module.codes.items() if code in (*SURVIVED, *NO_TEST)}
        if uncaught:
            module.codes |= dict.fromkeys(uncaught, NOT_TRIED)
            module.save()
