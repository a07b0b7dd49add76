"""Letters of formulas in the built book: pointed at, tapped, walked through by the arrow keys."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages.cards import CHAPTERS
from tests.pages.readers import in_translation, only
from tests.pages.visits import LEAVE_OUT, QUICK
from tools.letters import letters

pytestmark = pytest.mark.browser

BOX = ".preview.symbol"
DESCENT = "chapters/gradient_descent.html"
STEP = "#equation-gradient-descent-step"
SIZE = "() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]"


def letter(page, where: str, name: str):
    """Return the first letter of that name in an equation."""
    return page.locator(f"{where} mi").filter(has_text=re.compile(f"^{name}$")).first


def at_rest(element):
    """Scroll an element into view, and return its box once what stands above it is laid out."""
    before, now = None, {}
    while before != now:
        element.scroll_into_view_if_needed()
        element.page.wait_for_timeout(100)
        before, now = now, element.bounding_box()
    return now


def point(page, where: str, name: str):
    """Point at a letter, and return what is shown."""
    at_rest(letter(page, where, name))
    letter(page, where, name).hover()
    page.locator(BOX).wait_for()
    return page.locator(BOX)


@pytest.mark.parametrize("name", only(CHAPTERS, "chapters/forward.html"))
def test_of_every_letter_something_is_said(desk, site, name):
    found = list(letters(desk.page, site, name))
    assert len(found) > 0.8 * desk.page.locator("article math mi").count() > 400
    assert {each.letter for each in found if not each.said} == set()


@pytest.mark.parametrize("name", in_translation(CHAPTERS))
def test_the_chinese_page_says_as_much_in_chinese(desk, site, name):
    here, there = (list(letters(desk.page, site, each)) for each in (name, name[3:]))
    assert {(each.symbol, each.place) for each in here} == {
        (each.symbol, each.place) for each in there
    }
    silent = [
        each.said for each in here if not re.search("[\u4e00-\u9fff]|log-sum-exp", each.said)
    ]
    assert silent == []


def test_a_letter_that_is_pointed_at_says_what_it_is(desk):
    asked = len(desk.requests)
    page = desk.open(DESCENT)
    before = page.evaluate(SIZE)
    assert not any("/symbols/" in request for request in desk.requests[asked:])
    box = point(page, "#equation-gradient-descent-stability", "L")
    said = box.text_content()
    assert said.startswith("L largest curvature, >0Defined in Bowls")
    assert said.endswith("In code: L, largest_stable_rate")
    assert box.locator("a").first.get_attribute("href") == "#bowls-descent-solved-exactly"
    assert page.evaluate(SIZE) == before
    section = "section#bowls-descent-solved-exactly"
    lit = page.locator("math .lit").all_text_contents()
    assert len(lit) > 5
    assert set(lit) == {"L"}
    assert page.locator("math .lit").count() == page.locator(f"{section} math .lit").count()
    assert "2/L" in page.locator(f"{section} svg text.lit").all_text_contents()
    marked = "[...CSS.highlights.get('symbol')].map(String)"
    assert set(page.evaluate(marked)) == {"L"}
    page.emulate_media(media="print")
    assert not box.is_visible()
    lit = page.locator("math .lit").first
    assert lit.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
    page.emulate_media(media="screen")
    page.mouse.move(5, 600)
    box.wait_for(state="hidden")
    assert page.locator(".lit").count() == 0
    assert page.evaluate("CSS.highlights.has('symbol')") is False


def test_a_table_that_does_not_come_is_silent_and_asked_for_again(reader):
    reader.page.route(re.compile("/symbols/"), lambda route: route.fulfill(body=""))
    page = reader.open(DESCENT)
    at_rest(letter(page, STEP, "η"))
    with page.expect_request(re.compile("/symbols/")):
        letter(page, STEP, "η").hover()
    page.mouse.move(5, 600)
    page.unroute_all()
    assert point(page, STEP, "η").is_visible()
    assert reader.messages == []


def test_a_table_that_comes_late_shows_nothing_to_a_hand_that_has_gone_on(reader):
    held = []
    reader.page.route(re.compile("/symbols/"), lambda route: held.append(route))
    page = reader.open(DESCENT)
    at_rest(letter(page, STEP, "η"))
    with page.expect_request(re.compile("/symbols/")):
        letter(page, STEP, "η").hover()
    page.mouse.move(5, 600)
    page.wait_for_timeout(300)
    (route,) = held
    route.continue_()
    page.locator(BOX).wait_for(state="attached")
    page.wait_for_timeout(100)
    assert not page.locator(BOX).is_visible()


def test_the_mouse_can_go_into_the_box_and_follow_its_link(desk):
    page = desk.open(DESCENT)
    box = point(page, "#equation-gradient-descent-two-step", "η")
    box.locator("a").first.hover()
    page.wait_for_timeout(400)
    assert box.is_visible()
    box.locator("a").first.click()
    page.wait_for_url(re.compile(r"concepts\.html#equation-concepts-descent$"))


def test_arrow_keys_go_from_letter_to_letter(desk):
    page = desk.open(DESCENT)
    formula = page.locator(f"{STEP} > .scroll")
    formula.focus()
    told, pointed = page.locator(".told-symbol"), page.locator("math .pointed")
    seen = []
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        seen.append(pointed.text_content())
    assert seen == ["θk+1", "k", "θk", "k"]
    assert told.text_content().startswith("k number of a step")
    page.keyboard.press("ArrowLeft")
    assert told.text_content().startswith("θk point after")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")  # past its first letter, to the formula before it
    assert page.evaluate("document.activeElement.dataset.tex") == r"\eta > 0"
    page.keyboard.press("Escape")
    assert not page.locator(BOX).is_visible()
    assert told.inner_text() == ""
    page.keyboard.press("ArrowRight")
    page.locator(BOX).wait_for()
    page.keyboard.press("Tab")
    assert not page.locator(BOX).is_visible()
    formula.focus()
    page.keyboard.press("ArrowRight")
    page.locator(BOX).wait_for()
    page.evaluate(LEAVE_OUT)
    found = Axe().run(page, context=f"{BOX}, .equation, .told-symbol", options=QUICK)
    assert found.response["violations"] == []


def test_enter_follows_the_link_of_a_letter(desk):
    page = desk.open(DESCENT)
    page.locator(f"{STEP} > .scroll").focus()
    page.mouse.move(640, 450)  # and rests there
    page.keyboard.press("ArrowRight")
    page.locator(BOX).wait_for()  # what the letters are has come
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(400)  # longer than a hand has to rest
    assert page.locator(BOX).is_visible()
    for key in ("ArrowLeft", "Escape", "ArrowRight"):  # η, just before
        page.keyboard.press(key)
    page.locator(BOX).wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"concepts\.html#equation-concepts-descent$"))


def test_a_finger_finds_the_letter_that_is_near(phone):
    page = phone.open("chapters/forward.html")
    weights = letter(page, "#equation-forward-affine", "W")
    place = at_rest(weights)
    page.touchscreen.tap(place["x"] + place["width"] / 2, place["y"] + place["height"] + 8)
    box = page.locator(BOX)
    box.wait_for()
    assert "weights of a layer, (n_out, n_in)" in box.inner_text()
    assert page.locator(".told-symbol").text_content() == box.text_content()
    edges = box.bounding_box()
    assert edges["x"] >= 0
    assert edges["x"] + edges["width"] <= 390
    assert page.evaluate("getSelection().toString()") == ""
    page.touchscreen.tap(195, 4)
    box.wait_for(state="hidden")
    formula = page.locator("#equation-forward-affine > .scroll")
    formula.evaluate("e => getSelection().selectAllChildren(e)")
    formula.evaluate(
        """formula => { const { left, top } = formula.querySelector("mi").getBoundingClientRect();
        formula.dispatchEvent(new PointerEvent("click",
          { bubbles: true, clientX: left + 1, clientY: top + 1 })); }"""
    )
    page.wait_for_timeout(300)
    assert not box.is_visible()  # while a formula is selected
