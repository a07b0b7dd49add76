"""What is mutated, which tests judge it, and how many of its mutants they must catch."""

import re
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
CALLS = "tests/test_valid_inputs.py"  # the docstrings' examples in every form
RANGES = "tests/test_ranges.py"
REFUSALS = "tests/test_invalid_inputs.py"
# The pattern of those of all four that judge a group: `plugin.py` leaves out the others.
OF = "MATHDL_MUTANTS_OF"


@dataclass(frozen=True)
class Group:
    """Patterns of files, and how many percent of their mutants the tests must catch.

    mutmut starts anew when these settings change, but not when a file of tests is added.

    Attributes
    ----------
    mutated, tests : tuple of str
        Patterns of files, and what judges them.
    target : int
        Percent of the mutants that the tests must catch.
    source : str
        The package that the files are in.
    spared : tuple of str
        Patterns of files that are not mutated.
    unasked : tuple of str
        Files of the tests that are left out, or single tests.
    examples : tuple of str
        Modules, within their package, whose docstrings' examples and calls judge the group too.
    of_all : tuple of str
        Files of the tests that judge every module; where there are any, the other tests of a
        module are those that stand where it does, in the same tree.
    """

    mutated: tuple[str, ...]
    tests: tuple[str, ...]
    target: int
    source: str = "mathdl"
    spared: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    of_all: tuple[str, ...] = ()

    @property
    def all_tests(self) -> tuple[str, ...]:
        """The tests, with examples, calls and ranges if any judge the group."""
        return self.tests + ((CALLS, EXAMPLES, RANGES) if self.examples else ())

    def environment(self) -> dict[str, str]:
        """Return what pytest's plugin must know of the group."""
        return {
            OF: "|".join(
                rf"\[((mathdl|explorable)\.)?{re.escape(name)}\." for name in self.examples
            )
        }

    def judges(self, module: str = "") -> list[str]:
        """Return pytest's arguments that collect this group's tests, or those of a module."""
        named = [path.relative_to(ROOT).as_posix() for path in _tests_of(module)]
        ignored = [test for test in self.unasked if "::" not in test]
        single = [test for test in self.unasked if "::" in test]
        of_module = [name for name in named if name not in ignored]
        asked = (*of_module, *self.of_all) if module and self.of_all else self.all_tests
        return [
            *dict.fromkeys(asked),
            *QUICK,
            *(f"--ignore={test}" for test in ignored),
            *(f"--deselect={test}" for test in single),
        ]


def _tests_of(module: str) -> list[Path]:
    """List the files of the tests that stand where a module does, and are called as it is.

    If none is, those of the folder called so, or of the nearest that has any.
    """
    *place, name = module.split(".")
    folder = ROOT.joinpath("tests", *place)
    if files := sorted(folder.glob(f"test_{name}*.py")):
        return files
    nearest = [folder / name, folder, *folder.parents]
    return next(files for each in nearest if (files := sorted(each.glob("test_*.py"))))


def _of_chapter(chapter: str) -> Group:
    """Return the kernels and experiments of a chapter, judged by its own tests."""
    room, tests = f"mathdl/{chapter}", f"tests/{chapter}"
    others = ("explorers", "figures", "tasks", "exercise_tasks")
    return Group(
        mutated=(f"{room}/*.py", f"{room}/experiments/*.py"),
        spared=tuple(f"{room}/{name}{end}" for name in others for end in (".py", "/*")),
        tests=(tests,),
        unasked=(*UNASKED.get(chapter, ()), *_of_drawings(tests)),
        examples=(chapter, f"{chapter}.experiments"),
        target=95,
    )


def _of_drawings(tests: str) -> tuple[str, ...]:
    """List the tests of what a chapter shows, which do not judge its kernels."""
    names = ("explorers", "figures", "test_explorers.py", "test_figures.py")
    return tuple(f"{tests}/{name}" for name in names if (ROOT / tests / name).exists())


UNASKED = {
    # It measures how long an import takes.
    "forward": (
        "tests/forward/test_imports.py::test_importing_the_kernels_costs_what_numpy_costs",
    ),
    # Threads of a cluster do not survive the fork in which a mutant is tried.
    "outlook": (
        "tests/outlook/test_parallel.py::test_the_same_call_on_cores_and_on_a_cluster_of_two_workers",
    ),
}
CHECKS = ("explorable/checks/*.py", "explorable/sentences.py")
KERNELS = {
    "checks": Group(
        source="explorable",
        mutated=CHECKS,
        tests=("tests/explorable/checks", "tests/explorable/test_sentences.py"),
        examples=("checks", "sentences", "concepts", "forward"),
        target=95,
    ),
    "datasets": Group(
        mutated=("mathdl/datasets.py", "mathdl/equations.py"),
        tests=("tests/test_datasets.py",),
        examples=("datasets", "equations"),
        target=95,
    ),
    **{path.stem: _of_chapter(path.stem) for path in sorted((ROOT / "chapters").glob("*.ipynb"))},
}
GROUPS = {
    **KERNELS,
    "tasks": Group(
        mutated=("mathdl/*/tasks.py", "mathdl/*/exercise_tasks.py"),
        tests=("tests/judge",),
        target=90,
    ),
    "tutor": Group(
        source="explorable",
        mutated=("explorable/tutor/*.py", "explorable/originals.py"),
        tests=("tests/judge", "tests/explorable/tutor", "tests/test_originals.py"),
        target=92,
    ),
    "python": Group(
        source="explorable",
        mutated=("explorable/python/*.py",),
        tests=("tests/explorable/python",),
        target=85,
    ),
    "explore": Group(
        source="explorable",
        mutated=("explorable/explore/*.py", "explorable/controls/*.py"),
        tests=("tests/explorable/explore", "tests/explorable/controls", REFUSALS),
        examples=("explore", "controls"),
        unasked=("tests/explorable/explore/browser/test_lab.py",),
        target=85,
    ),
    "book": Group(
        source="explorable",
        mutated=(
            "explorable/book/*.py",
            "explorable/book/*/*.py",
            "explorable/languages/*.py",
            "explorable/library/*.py",
            "explorable/sphinx/*.py",
            "explorable/sphinx/*/*.py",
        ),
        tests=(
            "tests/explorable/book",
            "tests/explorable/languages",
            "tests/explorable/library",
            "tests/explorable/sphinx",
        ),
        # These build books in other processes, again and again.
        unasked=(
            "tests/explorable/book/test_bad_books.py",
            "tests/explorable/book/test_interruptions.py",
            "tests/explorable/book/test_publishing.py",
            "tests/explorable/book/preview/test_preview.py::test_what_is_saved_is_seen_at_the_same_place_and_a_fault_as_well",
        ),
        of_all=(
            "tests/explorable/sphinx/site/test_small_book.py",
            "tests/explorable/languages/test_editions.py",
        ),
        target=85,
    ),
}
