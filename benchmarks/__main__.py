"""Measure kernels, by NumPy and traced, explorers, pages, Python there, and builds, in a table."""

import argparse
import sys

from benchmarks.machine import RIVALS, described, restart_with_settings, what_to_install
from benchmarks.table import Table

SECTIONS = ("kernels", "traced", "chapters", "pages", "python", "build", "tests")


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks; return the number of targets missed, or 2 without what they need."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument(
        "--only", default="", metavar="WORD", help="kernels or chapters with this in the name"
    )
    parser.add_argument("--rounds", type=int, help="paired blocks of a kernel, at least 2")
    parser.add_argument("--threads", type=int, help="of every library; all cores by default")
    options = parser.parse_args(arguments)
    if unknown := set(options.sections) - set(SECTIONS):
        parser.error(f"SECTION must be one of {', '.join(SECTIONS)}, but {unknown} came.")
    sections = options.sections or (["kernels"] if options.only else SECTIONS)
    rivals = RIVALS if "kernels" in sections else ()
    if sentence := what_to_install("The kernels are compared with", rivals):
        print(sentence)
        return 2
    restart_with_settings(options.threads)
    print(described())
    print("Medians of paired blocks; a ratio below 1 says that ours takes less time.\n")
    table = Table()
    table.head()
    # Each section is imported when its turn comes: PyTorch is not needed to weigh a page.
    if "kernels" in sections:
        from benchmarks.kernels import measure_kernels

        measure_kernels(table, options.only, options.rounds)
    if "traced" in sections:
        from benchmarks.traced import measure_traced

        measure_traced(table)
    if "chapters" in sections:
        from benchmarks.chapters import measure_chapters

        measure_chapters(table, options.only)
    if "pages" in sections:
        from benchmarks.pages import measure_pages

        measure_pages(table)
    if "python" in sections:
        from benchmarks.python_in_page import measure_python

        measure_python(table)
    if {"build", "tests"} & set(sections):
        from benchmarks.building import measure_building

        measure_building(table, tests="tests" in sections)
    return table.missed


if __name__ == "__main__":
    sys.exit(main())
