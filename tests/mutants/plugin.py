"""A plugin of pytest for runs against mutants: quick to fail, and without memory of other runs.

Mutants are tried in forks of a process that has run all tests once. What that process has kept in
a cache would hide the mutant, and workers of its own cannot be started from a fork.
"""

import functools
import resource
import sys

import hypothesis
import joblib

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
    """Forget what the functions of the book and of the tests have cached."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("mathdl", "book", "tests"):
            for value in vars(module).values():
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()
