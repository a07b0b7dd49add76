"""The formula below a picture follows the reader, listed and computed, and stays in its place."""

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.explorable.explore.browsing import open_page, write_page
from tests.explorable.explore.test_typeset import STEP, STILL, descent, shown

pytestmark = pytest.mark.browser

READ = """card => {
    const formula = card.querySelector(".explorer-formula > div");
    const signs = [...formula.querySelectorAll("math")].map((each) => each.getClientRects()[0]);
    return [
        [...formula.querySelectorAll(".explorer-number")].map((each) => each.textContent),
        formula.dataset.tex,
        [signs[0].left, signs[0].top].map(Math.round).join(" "),
        card.offsetHeight,
        signs.every(({ right }) => right < card.getBoundingClientRect().right),
    ];
}"""


def test_the_formula_follows_and_stays_in_its_place(browser: Browser, tmp_path: Path) -> None:
    listed, computed = descent(), descent("computed", computed=True)
    path = write_page(tmp_path, listed, computed)
    page = open_page(browser, path)
    for name, width in itertools.product(("descent", "computed"), (800, 320)):
        page.set_viewport_size({"width": width, "height": 900})
        card = page.locator(f"#explorer-{name}")
        card.scroll_into_view_if_needed()
        page.wait_for_selector(f"#explorer-{name}[data-ready]")
        places, heights = set(), set()
        for w, value in enumerate([-3, -0.002, 0, 0.002, 2, 3]):
            card.locator("input").first.fill(str(w))
            for index, eta in enumerate([0.1, 0.5, 10]):
                card.locator("input").last.fill(str(index))
                numbers, tex, where, height, inside = card.evaluate(READ)
                assert numbers == shown(listed, w=value, eta=eta)
                assert tex == (STILL if value == 0 else STEP)
                assert inside  # what is not would be cut off
                heights.add(height)
                places |= {where} if value else set()
        assert len(places) == len(heights) == 1
    assert not page.troubles  # type: ignore[attr-defined]
