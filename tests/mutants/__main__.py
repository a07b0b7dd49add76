"""``make mutants``: break the code in every small way and see whether a test notices.

Mutmut makes the mutants and runs, for each, the tests that reach its function, the quick ones
first. This package says what is mutated and which tests judge it (`groups.py`), copies the
repository into ``_build/mutants`` (`stage.py`), tries again what mutmut cannot see (`again.py`)
and prints the score (`score.py`). A run that was stopped goes on where it stopped.
"""

import argparse
import importlib.util
import shutil
import signal
import sys
from collections import Counter

from tests.mutants.groups import GROUPS, KERNELS, ROOT


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
    if importlib.util.find_spec("mutmut") is None:
        requirements = "tests/mutants/requirements.txt"
        print(f"The mutants come from mutmut: .venv/bin/python -m pip install -r {requirements}")
        return 2

    from tests.mutants.again import try_again
    from tests.mutants.score import outdated, percent, print_score
    from tests.mutants.stage import mutate, stage

    if lines := outdated():
        print(
            "tests/mutants/equivalent.toml lists lines that are no longer there:", *lines, sep="\n"
        )
        return 2
    # mutmut is stopped as by Ctrl-C, which a shell switches off for what runs in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    reached, of_kernels = [], Counter()
    for name in options.groups or GROUPS:
        group, folder = GROUPS[name], ROOT / "_build" / "mutants" / name
        if options.fresh:
            shutil.rmtree(folder, ignore_errors=True)
        if not options.score:
            stage(group, folder, options.only)
            mutate(group, folder, options.jobs, options.minutes)
            try_again(group, folder, options.jobs, options.minutes)
        counts = print_score(name, folder, options.only)
        reached.append(percent(counts) >= group.target and not counts["not tried"])
        if name in KERNELS:
            of_kernels += counts
    if of_kernels:
        print(f"Of the kernels' mutants that were tried, {percent(of_kernels):.1f} % were caught.")
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
