"""Count what was caught, by module, and show what was not."""

import ast
import math
import tomllib
from collections import Counter
from contextlib import chdir
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from tests.mutants.groups import ROOT
from tests.mutants.verdicts import (
    NO_TEST,
    NOT_TRIED,
    TIMEOUT,
    UNCAUGHT,
    Module,
    modules,
    order,
    read_ours,
    with_ours,
)

EQUIVALENT = Path(__file__).with_name("equivalent.toml")
Change = tuple[str, str, str]  # a function, its old lines and its new ones
LINE = "{:<46}{:>8}{:>8}{:>8}{:>12}{:>10}{:>9}"


def print_score(name: str, folder: Path, only: str) -> Counter[str]:
    """Print the table of one group and its survivors; return how many had which fate."""
    print(LINE.format(name, "mutants", "caught", "by time", "equivalent", "survived", "score"))
    total: Counter[str] = Counter()
    survivors: list[str] = []
    known, ours = _equivalents(), read_ours(folder)
    met: set[Change] = set()
    found = [each for each in modules(folder) if fnmatch(each.path.as_posix(), only)]
    end = _tried_up_to([with_ours(module, ours) for module in found])
    for module in found:
        counts = Counter(mutants=len(module.codes))
        for mutant, code in with_ours(module, ours).items():
            if order(mutant) >= end:
                counts["not tried"] += 1
            elif code in UNCAUGHT:
                change = _change(mutant, module, folder)
                if change in known:
                    met.add(change)
                    counts["equivalent"] += 1
                else:
                    counts["survived"] += 1
                    survivors.append(_shown(mutant, code, change))
            else:
                counts["caught"] += 1
                counts["by time"] += code in TIMEOUT
        if counts["mutants"]:
            print(_line(module.path.as_posix(), counts))
        total += counts
    print(_line("all", total))
    if total["not tried"]:
        tried = total["mutants"] - total["not tried"]
        print(
            f"{tried} of {total['mutants']} were tried, in random order: the score of all lies "
            f"within {_margin(total):.1f} points of this one, 95 times in 100. "
            "Run the command again for the others."
        )
    else:
        for function, old, new in _stale(set(known) - met, found):
            print(f"{EQUIVALENT.name} lists what is caught or gone, in {function}: {old} → {new}")
    print("", *survivors, sep="\n")
    return total


def outdated() -> list[str]:
    """Name what `equivalent.toml` lists of functions that are gone or have other lines now."""
    functions = {function for function, _, _ in _equivalents()}
    lines = {function: _lines(function) for function in functions}
    return sorted(
        f"{function}: {old}"
        for function, old in {(function, old) for function, old, _ in _equivalents()}
        if not lines[function].issuperset(filter(None, old.split("\n")))
    )


def _lines(function: str) -> set[str]:
    """Return the lines of a function as mutmut gets them, none if there is no such function."""
    from tests.mutants.stage import plainer

    parts = function.split(".")
    for n in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:n])
        for path in (place.with_suffix(".py"), place / "__init__.py"):
            if path.is_file():
                source = plainer(path.read_bytes()).decode()
                node: Any = ast.parse(source)
                for name in parts[n:]:
                    inner = (each for each in node.body if getattr(each, "name", None) == name)
                    node = next(inner, ast.Module([], []))
                segment = ast.get_source_segment(source, node) if node.body else ""
                return {line.strip() for line in (segment or "").split("\n")}
    return set()


def _stale(unmet: set[Change], found: list[Module]) -> list[Change]:
    """Return the listed changes of these modules that no survivor makes."""
    places = [module.path.with_suffix("").parts for module in found]
    names = tuple(".".join(parts).removesuffix(".__init__") + "." for parts in places)
    return sorted(change for change in unmet if change[0].startswith(names))


def _tried_up_to(codes: list[dict[str, int | None]]) -> float:
    """Return the place of the first mutant, in random order, that waits for its verdict.

    What was tried after it is left out of the score: it was kept because it had been caught.
    """
    waiting = (order(name) for each in codes for name, code in each.items() if code is NOT_TRIED)
    return min(waiting, default=math.inf)


def _line(name: str, counts: Counter[str]) -> str:
    columns = ("mutants", "caught", "by time", "equivalent", "survived")
    return LINE.format(name, *(counts[column] for column in columns), f"{percent(counts):.1f} %")


def percent(counts: Counter[str]) -> float:
    """Return how many of the mutants that were tried, and that change something, were caught."""
    judged = counts["caught"] + counts["survived"]
    return 100 * counts["caught"] / judged if judged else 100.0


def _margin(counts: Counter[str]) -> float:
    judged, share = counts["caught"] + counts["survived"], percent(counts) / 100
    return 196 * math.sqrt(share * (1 - share) / judged) if judged else 100.0


def listed_equivalents(folder: Path) -> set[str]:
    """Name the mutants that were not caught and are listed as equivalent."""
    known, ours = _equivalents(), read_ours(folder)
    return {
        mutant
        for module in modules(folder)
        for mutant, code in with_ours(module, ours).items()
        if code in UNCAUGHT and _change(mutant, module, folder) in known
    }


def _equivalents() -> dict[Change, str]:
    """Return the reasons for which mutants change nothing, by function, old and new lines."""
    if not EQUIVALENT.is_file():
        return {}
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {
        (function, change["old"], new): change["why"]
        for function, changes in listed.items()
        for change in changes
        for new in ([change["new"]] if isinstance(change["new"], str) else change["new"])
    }


def _change(mutant: str, module: Module, folder: Path) -> Change:
    """Return the function that a mutant changes, its old lines and its new ones."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    with chdir(folder):
        lines = get_diff_for_mutant(mutant, path=module.path).splitlines()[2:]
    old, new = (
        "\n".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    place, _, function = mutant.partition("__mutmut_")[0].rpartition(".")
    return f"{place}.{function.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}", old, new


def _shown(mutant: str, code: int, change: Change) -> str:
    function, old, new = change
    number, fate = mutant.rpartition("_")[2], "no test" if code in NO_TEST else "survived"
    minus, plus = old.replace("\n", "\n  - "), new.replace("\n", "\n  + ")
    return f"{function} ({number}, {fate})\n  - {minus}\n  + {plus}"
