"""Measure kernels, by NumPy and traced, explorers, pages, Python there, and builds, in a table."""

import argparse
import importlib
import sys

SECTIONS = ("kernels", "traced", "chapters", "pages", "python_in_page", "building")
LINE = "{:<70} {:>9} {:>9}  {}"


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks; return the number of targets missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "sections", nargs="*", choices=[*SECTIONS, []], metavar="SECTION", help=", ".join(SECTIONS)
    )
    missed = 0
    print(LINE.format("what", "measured", "target", ""))
    for name in parser.parse_args(arguments).sections or SECTIONS:
        section = importlib.import_module(f"benchmarks.{name}")  # when its turn comes
        print(f"\n{section.__doc__.partition(chr(10))[0]}")
        for what, measured, target in section.lines():
            is_missed = target is not None and measured > target
            missed += is_missed
            limit = "" if target is None else f"{target:.3g}"
            verdict = "missed" if is_missed else ""
            print(LINE.format(what, f"{measured:.3g}", limit, verdict).rstrip(), flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(main())
