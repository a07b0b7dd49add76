"""A plugin of pytest for runs against mutants: quick to fail, and without memory of other runs.

Mutants are tried in forks of a process that has run all tests once. What that process has kept in
a cache would hide the mutant, and workers of its own cannot be started from a fork.
"""

import ast
import functools
import gc
import io
import os
import re
import resource
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any, BinaryIO

import hypothesis
import joblib
import pytest
from babel.messages import extract
from mutmut.state import state

from tests.mutants.groups import CALLS, EXAMPLES, OF, RANGES, REFUSALS

GIGABYTE = 1024**3
# Few examples, the same at every run; a mutant that is caught need not be explained: no shrinking.
hypothesis.settings.register_profile(
    "mutants",
    max_examples=25,
    deadline=None,
    derandomize=True,
    report_multiple_bugs=False,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)

CACHES: dict[int, list[Any]] = {}  # by how many modules were loaded
NAMED = pytest.StashKey[frozenset[str]]()  # the tests that mutmut asks for


def pytest_configure(config: pytest.Config) -> None:
    """Compute in this process, and within bounds: a mutant may ask for any size of array.

    To find a thousand tests one by one takes pytest longer than to run most of them: it gets their
    files instead.
    """
    named = [argument for argument in config.args if "::" in argument]
    if named == config.args:
        config.stash[NAMED] = frozenset(named)
        config.args = sorted({name.partition("::")[0] for name in named})
    joblib.parallel_config(backend="sequential")
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (8 * GIGABYTE, most))


def _extract(babels: Callable[..., Any], method: str, stream: BinaryIO, *rest: Any) -> Any:
    """Let Babel find the words of a file, but not those of its mutants, which have no Chinese."""
    if method == "python":
        tree = ast.parse(stream.read())
        for node in ast.walk(tree):
            body = getattr(node, "body", None)
            if isinstance(body, list):
                node.body = [each for each in body if not _is_mutant(each)] or [ast.Pass()]
        stream = io.BytesIO(ast.unparse(tree).encode())
    return babels(method, stream, *rest)


def _is_mutant(node: ast.AST) -> bool:
    name = getattr(node, "name", "")
    return "__mutmut_" in name and not name.endswith("__mutmut_orig")


extract.extract = functools.partial(_extract, extract.extract)  # before the book imports it


def pytest_sessionstart() -> None:
    """Take the profile above in place of the one that `conftest.py` loads."""
    hypothesis.settings.load_profile("mutants")


def _opens_the_book(item: pytest.Function) -> bool:
    """Tell whether a test needs the built book, not a small one that its module calls a site."""
    sites = item._fixtureinfo.name2fixturedefs.get("site", ())
    return bool(sites) and sites[-1].baseid == "tests"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    """Keep the tests that were asked for, those of the quickest file first, the quickest first.

    Of examples, calls and refusals, of which the library has thousands, those of the group; of
    the tests of the built book none, for building it takes minutes.
    """
    of_group = re.compile(os.environ.get(OF, ""))
    others = (CALLS, EXAMPLES, RANGES, REFUSALS)
    left_out = {
        item
        for item in items
        if _opens_the_book(item)
        or (item.nodeid.startswith(others) and not of_group.search(item.nodeid))
    }
    config.hook.pytest_deselected(items=[*left_out])  # or mutmut would take them for new tests
    items[:] = [item for item in items if item not in left_out]
    if (named := config.stash.get(NAMED, None)) is None:
        return
    items[:] = [item for item in items if item.nodeid in named]
    seconds = {item: state().duration_by_test.get(item.nodeid, 0.0) for item in items}
    of_file = Counter()
    for item in items:
        of_file[item.path] += seconds[item]
    items.sort(key=lambda item: (of_file[item.path], item.path, seconds[item]))


def pytest_collection_finish() -> None:
    """Start without what an earlier run has cached."""
    forget()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Function) -> None:
    """Share nothing between tests while mutmut asks which functions each of them reaches."""
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        forget()
        for definitions in item._fixtureinfo.name2fixturedefs.values():
            for definition in definitions:
                if definition.baseid.startswith("tests/") and definition.scope != "function":
                    definition.finish(item._request)


def forget() -> None:
    """Empty the caches of the functions of the book and of the tests, within decorators too."""
    if len(sys.modules) not in CACHES:  # to look through all objects takes a while
        CACHES[len(sys.modules)] = [
            each
            for each in gc.get_objects()
            if isinstance(each, functools._lru_cache_wrapper)
            and str(each.__module__).partition(".")[0] in ("mathdl", "explorable", "tests")
        ]
    for function in CACHES[len(sys.modules)]:
        function.cache_clear()
