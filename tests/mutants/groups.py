"""What is mutated, which tests judge it, and how many of its mutants they must catch."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Browsers and JupyterLab take seconds a test: they are left out, and what only they would notice
# counts as not caught.
QUICK = ("-m", "not browser")
# What pytest is told at each of thousands of runs. Two of its plugins collect garbage for longer
# than most tests take.
SLOW = ("no:unraisableexception", "no:threadexception")
PLUGINS = ("tests.mutants.plugin", "no:cacheprovider", *SLOW)
PYTEST = [argument for plugin in PLUGINS for argument in ("-p", plugin)]

EXAMPLES = "test_examples.py"  # at the top of the copied repository: `doctests.py`


@dataclass(frozen=True)
class Group:
    """Patterns of files, and how many percent of their mutants the tests must catch.

    mutmut starts anew when these settings change, but not when a file of tests is added.
    """

    source: str
    mutated: tuple[str, ...]
    spared: tuple[str, ...]
    tests: tuple[str, ...]
    unasked: tuple[str, ...]  # folders and files of these tests, or single ones
    target: int

    def judges(self, chapter: str = "") -> list[str]:
        """Return pytest's arguments that collect this group's tests, or those of a chapter."""
        folder = ROOT / self.tests[0]
        named = [
            path.relative_to(ROOT).as_posix()
            for path in [*sorted(folder.glob(f"test_{chapter}*.py")), folder / chapter]
            if path.exists()
        ]
        ignored = [test for test in self.unasked if "::" not in test]
        single = [test for test in self.unasked if "::" in test]
        of_chapter = [name for name in named if chapter and name not in ignored]
        return [
            *(of_chapter or self.tests),
            *QUICK,
            *(f"--ignore={test}" for test in ignored),
            *(f"--deselect={test}" for test in single),
        ]


GROUPS = {
    "kernels": Group(
        source="mathdl",
        mutated=("mathdl/*.py",),
        spared=tuple(
            f"mathdl/{room}/*" for room in ("svg", "plotting", "figures", "widgets", "explorer")
        ),
        tests=("tests", EXAMPLES),
        unasked=(
            "tests/book",
            "tests/explorer",
            "tests/figures",
            "tests/plotting",
            "tests/svg",
            "tests/outside",
            "tests/widgets",
            # Thousands of calls of every function; the other tests must do without them.
            "tests/test_invalid_inputs.py",
            "tests/test_appendix.py",
            "tests/test_benchmarks.py",
            "tests/test_contributing.py",
            "tests/test_layers.py",
            "tests/test_readme.py",
            "tests/forward/test_imports.py::test_importing_the_kernels_costs_what_numpy_costs",
            # Threads of a cluster do not survive the fork in which a mutant is tried.
            "tests/outlook/test_parallel.py::test_the_same_call_on_cores_and_on_a_cluster_of_two_workers",
        ),
        target=95,
    ),
    "explorer": Group(
        source="mathdl",
        mutated=("mathdl/explorer/*.py",),
        spared=(),
        tests=("tests/explorer",),
        unasked=("tests/explorer/test_lab.py",),
        target=85,
    ),
    "book": Group(
        source="book",
        mutated=("book/*.py",),
        spared=("book/template/*",),
        tests=("tests/book",),
        # These build books in other processes, again and again, or the whole book.
        unasked=(
            "tests/book/test_appendix_pages.py",
            "tests/book/test_bad_books.py",
            "tests/book/test_interruptions.py",
            "tests/book/test_publishing.py",
            "tests/book/test_reading.py",
        ),
        target=85,
    ),
}
