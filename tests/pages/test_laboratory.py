"""The laboratory in the built book, read from disk, in both languages."""

import gzip

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LARGEST = 200_000  # bytes of the page, with all that it brings, compressed
FILES = (
    "laboratory.html", "assets/site.css", "assets/formulas.css", "assets/site.js",
    "machines/laboratory.js", "machines/laboratory.css",
)  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "step", "heading"), [("", "Step", "Inputs"), ("zh/", "一步", "输入")]
)
def test_it_trains_from_disk_and_says_what_happens(reader, folder, step, heading):
    page = reader.open(f"{folder}laboratory.html")
    page.evaluate("location.hash = 'zero-start'")
    page.get_by_role("button", name=step, exact=True).click()
    assert page.locator("#laboratory").get_attribute("data-step") == "1"
    assert page.locator(".lab-heading").first.inner_text() == heading
    link = page.locator(".lab-sentence a")
    assert "gradient_descent.html#symmetry-why-zero-is-the-worst-start" in (
        link.get_attribute("href") or ""
    )
    page.get_by_role("button", name=step, exact=True).click()
    assert link.inner_text().count("→") == 1
    expect(page.locator("#laboratory")).to_be_in_viewport()


def test_it_is_light(site):
    sizes = {name: len(gzip.compress((site / name).read_bytes())) for name in FILES}
    assert sum(sizes.values()) < LARGEST, sizes
