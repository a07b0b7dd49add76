"""Each formula with a number in Firefox and in WebKit: whole, and as large as in Chromium."""

from pathlib import Path

import pytest

from explorable.book.chromium import chromium
from tests.browsers.test_browsers import browser
from tests.conftest import site
from tests.explorable.sphinx.formulas import MEASURE
from tests.pages.cards import CHAPTERS

__all__ = ["browser", "site"]


@pytest.fixture(scope="session")
def in_chromium(site: Path):
    """Return the sizes of all formulas in Chromium, by page."""
    with chromium() as started:
        page = started.new_page(viewport={"width": 1280, "height": 900})
        found = {}
        for name in CHAPTERS:
            page.goto((site / name).as_uri())
            found[name] = page.evaluate(f"async () => {{ {MEASURE} }}")[0]
    return found


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", CHAPTERS)
def test_formulas_are_whole_level_and_straight(browser, site: Path, in_chromium, name, width):
    browser.resize(width)
    browser.open(site / name)
    sizes, faults = browser.run(MEASURE)
    browser.resize(1280)
    assert faults == []
    if width == 1280:
        expected = in_chromium[name]
        far = [
            (identity, ours, theirs)
            for identity, size in sizes.items()
            for ours, theirs in zip(size, expected[identity], strict=True)
            if abs(ours - theirs) > 0.45 + 0.12 * theirs  # in em; some leave air above a line
        ]
        assert far == []
