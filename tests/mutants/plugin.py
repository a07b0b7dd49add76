"""A plugin of pytest for runs against mutants: quick to fail, and without memory of other runs.

Mutants are tried in forks of a process that has run all tests once. What that process has kept in
a cache would hide the mutant, and workers of its own cannot be started from a fork.
"""

import functools
import os
import resource
import sys

import hypothesis
import joblib
import pytest

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


def pytest_configure() -> None:
    """Compute in this process, and within bounds: a mutant may ask for any size of array."""
    joblib.parallel_config(backend="sequential")
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (8 * GIGABYTE, most))


def pytest_sessionstart() -> None:
    """Take the profile above in place of the one that `conftest.py` loads."""
    hypothesis.settings.load_profile("mutants")


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
    """Empty the caches of the functions of the book and of the tests."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("mathdl", "book", "tests"):
            for value in vars(module).values():
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()
