"""The laboratory in the built book, read from disk, in both languages."""

import gzip
import re

import pytest
from playwright.sync_api import expect

from tests.explorable.explore.browser.test_phone import swipe

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
    assert "gradient_descent.html#symmetry-why-not-to-start-at-zero" in (
        link.get_attribute("href") or ""
    )
    page.get_by_role("button", name=step, exact=True).click()
    assert link.inner_text().count("→") == 1
    expect(page.locator("#laboratory")).to_be_in_viewport()


def test_it_is_light(site):
    sizes = {name: len(gzip.compress((site / name).read_bytes())) for name in FILES}
    assert sum(sizes.values()) < LARGEST, sizes


def test_the_first_page_is_contradicted_by_a_touch(reader):
    page = reader.open("index.html")
    touched = page.locator("#touch")
    expect(touched).to_have_attribute("data-step", "300", timeout=30_000)
    expect(touched.locator(".touch-said")).to_have_text(
        "After 300 corrections, all 40 points lie on their own colour."
    )
    picture = touched.locator("canvas")
    picture.click(position={"x": 10, "y": 10})
    expect(touched).to_have_attribute("data-step", "600", timeout=30_000)
    assert touched.get_attribute("data-points") == "41"
    picture.focus()
    for key in ("ArrowDown", "Shift+ArrowRight", "Enter"):
        picture.press(key)
    expect(touched).to_have_attribute("data-points", "42")
    expect(touched).to_have_attribute("data-step", "900", timeout=30_000)
    picture.press("Enter")  # a point that is touched takes the other colour
    expect(touched).to_have_attribute("data-step", "1200", timeout=30_000)
    assert touched.get_attribute("data-points") == "42"
    address = touched.get_by_role("link").get_attribute("href") or ""
    assert address.startswith("laboratory.html#")
    assert len(re.findall(r"-?\d+\.-?\d+[ab]", address)) == 42
    touched.get_by_role("button", name="Reset").click()
    expect(touched).to_have_attribute("data-points", "40")
    assert reader.messages == []


def test_a_swipe_over_the_picture_scrolls_and_paints_nothing(phone):
    page = phone.open("index.html")
    touched = page.locator("#touch")
    expect(touched).to_have_attribute("data-step", "300", timeout=30_000)
    box = touched.locator("canvas").bounding_box()
    swipe(page, (box["x"] + 100, box["y"] + 200), (0, -150))
    page.wait_for_function("scrollY > 0")
    assert touched.get_attribute("data-points") == "40"
