"""What is mutated, which tests judge it, and how many of its mutants they must catch."""

from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Browsers and JupyterLab take seconds a test: what only they would notice counts as not caught.
QUICK = ("-m", "not browser and not proof")
PLAYED = ("-m", "not proof")  # but one browser plays all that is traced in a few seconds
CALLS = ("tests/test_valid_inputs.py", "tests/test_ranges.py")


@dataclass(frozen=True)
class Group:
    """Patterns of files, and how many percent of their mutants the tests must catch."""

    mutated: tuple[str, ...]
    tests: tuple[str, ...]  # what judges each of them
    target: int  # percent of the mutants
    spared: tuple[str, ...] = ()  # patterns of files among them that are not mutated
    first: tuple[str, ...] = ()  # the tests that may catch the most
    unasked: tuple[str, ...] = ()  # files of the tests that are left out, or single tests
    # Packages whose docstrings' examples, and the calls made of them, judge the group too.
    examples: tuple[str, ...] = ()
    calls: tuple[str, ...] = CALLS  # the tests that make such calls
    quick: tuple[str, ...] = QUICK

    def files(self, only: str) -> list[str]:
        """List the files that are mutated, of those that match a pattern."""
        found = sorted(path for pattern in self.mutated for path in ROOT.glob(pattern))
        names = [path.relative_to(ROOT).as_posix() for path in found]
        spared = {name for name in names if any(fnmatch(name, each) for each in self.spared)}
        return [name for name in names if name not in spared and fnmatch(name, only)]

    def runs(self, name: str) -> list[list[str]]:
        """Return pytest's arguments, run after run: first what knows a file best."""
        left = [f"{'--deselect' if '::' in test else '--ignore'}={test}" for test in self.unasked]
        found = [
            [*_tests_of(name), *self.first, name, *self.quick, *left],
            [*self.tests, *self.quick, *left],
        ]
        if self.examples:
            modules = (example.partition("/")[2].replace("/", ".") for example in self.examples)
            named = " or ".join(f"{module}." for module in modules)
            found.append([*self.calls, *self.examples, *self.quick, "-k", named])
        return found


def _tests_of(name: str) -> list[str]:
    """List the tests that stand where a module does, and are called as it is."""
    *place, module = Path(name.removeprefix("mathdl/")).with_suffix("").parts
    folder = ROOT.joinpath("tests", *place)
    found = [*folder.glob(f"test_{module}*.py"), *folder.glob(module)]
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def _of_chapter(chapter: str) -> Group:
    """Return a chapter's kernels, experiments and drills, judged by their own tests."""
    room, tests = f"mathdl/{chapter}", f"tests/{chapter}"
    drawn = ("explorers", "figures", "test_explorers.py", "test_figures.py")
    others = ("explorers", "figures", "tasks", "exercise_tasks")
    return Group(
        mutated=(f"{room}/*.py", f"{room}/experiments/*.py"),
        spared=tuple(f"{room}/{name}{end}" for name in others for end in (".py", "/*")),
        tests=(tests, "tests/test_drills.py"),
        unasked=tuple(f"{tests}/{name}" for name in drawn),
        examples=(room,),
        target=95,
    )


KERNELS = {
    "checks": Group(
        mutated=("explorable/checks/*.py", "explorable/sentences.py"),
        tests=(
            "tests/explorable/checks",
            "tests/explorable/test_sentences.py",
            "tests/explorable/trace/test_tracing.py",
        ),
        quick=PLAYED,
        examples=("explorable/checks", "mathdl/concepts", "mathdl/forward"),
        target=95,
    ),
    "datasets": Group(
        mutated=("mathdl/datasets.py", "mathdl/equations.py"),
        tests=("tests/test_datasets.py",),
        target=95,
    ),
    **{path.stem: _of_chapter(path.stem) for path in sorted((ROOT / "chapters").glob("*.ipynb"))},
}
GROUPS = {
    **KERNELS,
    "tasks": Group(
        mutated=("mathdl/*/tasks.py", "mathdl/*/exercise_tasks.py"),
        tests=("tests/judge",),
        target=92,
    ),
    "tutor": Group(
        mutated=("explorable/tutor/*.py", "explorable/originals.py"),
        tests=("tests/explorable/tutor", "tests/judge", "tests/test_originals.py"),
        target=92,
    ),
    "python": Group(
        mutated=("explorable/python/*.py",), tests=("tests/explorable/python",), target=85
    ),
    "explore": Group(
        mutated=("explorable/explore/*.py", "explorable/controls/*.py"),
        tests=("tests/explorable/explore", "tests/explorable/controls"),
        examples=("explorable/explore", "explorable/controls"),
        calls=(*CALLS, "tests/test_invalid_inputs.py"),
        unasked=("tests/explorable/explore/browser/test_lab.py",),
        target=85,
    ),
    "trace": Group(
        mutated=("explorable/trace/*.py",),
        tests=("tests/explorable/trace",),
        quick=PLAYED,
        target=85,
    ),
    "book": Group(
        mutated=(
            "explorable/book/*.py",
            "explorable/book/*/*.py",
            "explorable/languages/*.py",
            "explorable/library/*.py",
            "explorable/sphinx/*.py",
            "explorable/sphinx/*/*.py",
        ),
        first=(
            "tests/explorable/sphinx/site/test_small_book.py",
            "tests/explorable/languages/test_editions.py",
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
            "tests/explorable/book/test_preview.py",
        ),
        target=85,
    ),
}
