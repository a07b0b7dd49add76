"""A plugin of pytest for runs against mutants: within bounds, and quick to fail."""

import resource

import hypothesis
import pytest

# Few examples, the same at every run; a mutant that is caught need not be explained: no shrinking.
hypothesis.settings.register_profile(
    "mutants",
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)


def pytest_sessionstart() -> None:
    """Take the profile above; a mutant may ask for any size of array."""
    hypothesis.settings.load_profile("mutants")
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (8 * 1024**3, most))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests of the built book, for building it takes minutes."""
    items[:] = [item for item in items if not _opens_the_book(item)]


def _opens_the_book(item: pytest.Item) -> bool:
    """Tell whether a test needs the book, not a small one that its module calls a site."""
    known = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    return "site" in known and known["site"][-1].baseid == "tests"
