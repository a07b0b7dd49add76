"""Doors in the built book, opened as readers open them."""

import random
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from explorable.book import ROOT
from explorable.library.equation_sources import read_doors
from tests.pages.cards import CHAPTERS
from tests.pages.readers import NEXT_FRAMES, only
from tests.pages.visits import LEAVE_OUT, QUICK

pytestmark = pytest.mark.browser

QUICKEST = ("chapters/outlook.html", "chapters/faq.html")
"""The doors of the others are left to `make proof`."""
DOORS = read_doors(ROOT)
DOOR_FILE = re.compile("/doors/chapters-")
LABELS = "all => all.map((each) => each.id.replace('equation-', ''))"


def number_of(page, label):
    return page.locator(f"#equation-{label} > a.number")


@pytest.mark.parametrize("chapter", only(CHAPTERS, *QUICKEST))
def test_a_tap_leads_to_code_test_and_figure(phone, chapter):
    page = phone.open(chapter)
    labels = page.locator(".equation:has(> a.number[aria-expanded=false])").evaluate_all(LABELS)
    assert len(labels) == page.locator(".equation > a.number").count()
    folds = page.locator("article details")
    folds.evaluate_all("all => all.forEach((fold) => (fold.open = true))")
    for label in random.Random(chapter).sample(labels, 5):
        number_of(page, label).scroll_into_view_if_needed()
        page.evaluate(NEXT_FRAMES)  # what comes into view is laid out now
        number_of(page, label).tap()
        door = page.locator(f"#door-equation-{label}")
        door.locator("dl").wait_for()
        text = door.inner_text()
        for code in [*DOORS[label].kernels, *DOORS[label].tests]:
            assert code.name.rpartition(".")[2] in text
        sources = [block.strip() for block in door.locator("pre").all_inner_texts()]
        assert sources == [code.source.strip() for code in DOORS[label].kernels]
        shown = door.locator("a[href^='#']")
        for index in range(shown.count()):
            target = shown.nth(index).get_attribute("href")
            assert page.locator(target).locator("figcaption").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_keyboard_opens_and_escape_closes_and_returns_to_the_number(phone):
    page = phone.open("chapters/backward.html")
    number = number_of(page, "backward-weights")
    number.focus()
    page.keyboard.press("Enter")
    door = page.get_by_role("group", name="Code of equation")
    door.locator("dl").wait_for()
    assert number.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{number.get_attribute('aria-controls')}").count() == 1
    assert page.evaluate("location.hash") == "#equation-backward-weights"
    page.keyboard.press("Escape")
    assert door.count() == 0
    assert number.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert door.count() == 0
    page = phone.open("chapters/concepts.html")
    number = number_of(page, "concepts-relu")
    number.tap()
    page.locator(".door a").first.focus()
    page.keyboard.press("Escape")
    assert page.locator(".door").count() == 0
    assert number.evaluate("(element) => element === document.activeElement")


def test_axe_finds_nothing_in_open_doors(phone):
    page = phone.open("chapters/concepts.html")
    for label in ("concepts-relu", "concepts-slope-ratio"):
        number_of(page, label).tap()
    page.locator(".door dl").nth(1).wait_for()
    page.evaluate(LEAVE_OUT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        response = Axe().run(page, context=".door", options=QUICK).response
        assert response["violations"] == []
    phone.messages.clear()  # axe asks for style sheets, which the page forbids


def test_nothing_is_loaded_before_the_first_door_opens_and_then_once(phone):
    page = phone.open("chapters/concepts.html")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert not any(map(DOOR_FILE.search, asked))
    for label in ("concepts-relu", "concepts-tanh"):
        number_of(page, label).tap()
    page.locator(".door dl").nth(1).wait_for()
    assert len(list(filter(DOOR_FILE.search, asked))) == 1


@pytest.mark.parametrize("body", [None, "<!doctype html><title>Log in</title>"])
def test_a_door_that_cannot_be_loaded_says_so_and_tries_again(phone, body):
    def answer(route):
        if body is None:
            route.abort()
        else:
            route.fulfill(body=body, content_type="text/javascript")

    phone.page.route(DOOR_FILE, answer)
    page = phone.open("chapters/concepts.html")
    number = number_of(page, "concepts-relu")
    number.tap()
    page.get_by_text("could not be loaded").wait_for()
    page.unroute(DOOR_FILE)
    number.tap()
    number.tap()
    page.locator(".door dl").wait_for()
    phone.messages.clear()  # the browser reports the file that was kept from it


def test_without_scripts_the_number_leads_to_the_equation(plain):
    number = number_of(plain("chapters/concepts.html"), "concepts-relu")
    assert number.get_attribute("aria-expanded") is None
    number.click()
    assert number.page.url.endswith("#equation-concepts-relu")
