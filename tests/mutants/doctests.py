"""The examples in docstrings as tests, one a function: `make test` runs them too.

pytest's own collector would find the docstring again in each mutant of a function.
"""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import explorable
import mathdl
from explorable.python.absent import is_absent

ROOMS = ("explorable.book", "explorable.languages", "explorable.library", "explorable.sphinx")


def examples() -> Iterator[doctest.DocTest]:
    """Yield the examples of each function and class of the library, but of no mutant."""
    finder = doctest.DocTestFinder(recurse=False)
    for package in (mathdl, explorable):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.startswith(ROOMS) or "__main__" in found.name:
                continue
            if is_absent(found.name) and not found.name.startswith(
                ("explorable.explore", "explorable.controls")
            ):
                continue  # what draws has no examples that judge a group
            module = importlib.import_module(found.name)
            for name, thing in vars(module).items():
                own = getattr(thing, "__module__", None) == module.__name__
                if own and callable(thing) and "__mutmut" not in name:
                    for test in finder.find(thing, f"{found.name}.{name}", module, vars(module)):
                        if test.examples:
                            yield test


@pytest.mark.parametrize("test", list(examples()), ids=lambda test: test.name)
def test_example(test: doctest.DocTest) -> None:
    said: list[str] = []
    copy = doctest.DocTest(test.examples, dict(test.globs), test.name, None, None, None)
    assert (
        not doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(copy, out=said.append).failed
    ), "".join(said)
