"""Every explorer of the built book on a phone: hand, picture and sentence in one screen."""

import pytest

from tests.pages.cards import CHAPTERS, holding, specification, use, widget
from tests.pages.readers import NEXT_FRAMES, only

pytestmark = pytest.mark.browser

SCREENS = [pytest.param((390, 664), marks=pytest.mark.proof), (360, 640)]
"""What two usual phones show of a page, in pixels; what fits the smaller, fits the larger."""

NAMES = only(CHAPTERS, "chapters/forward.html", "chapters/gradient_descent.html")
"""In these two are all kinds of control but paint, which `test_explorers.py` has."""

HAND = {"has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
SMALLEST = 11
"""No letter of a picture is smaller, in pixels."""

UNDER_THE_HEADER = """
card => { const top = card.querySelector('.explorer-panels').getBoundingClientRect().top;
  scrollBy(0, top - document.querySelector('header.top').getBoundingClientRect().bottom); }
"""
WATCH = """
card => { window.changed = new Set();
  for (const panel of card.querySelectorAll('.explorer-panel'))
    new MutationObserver(() => window.changed.add(panel.dataset.panel)).observe(panel,
      { subtree: true, childList: true, characterData: true, attributes: true }); }
"""
CHANGED = """
card => { const strip = card.querySelector('.explorer-panels').getBoundingClientRect();
  return [...window.changed].map((index) => {
    const box = card.querySelector(`[data-panel="${index}"]`).getBoundingClientRect();
    const inside = Math.min(box.right, strip.right) - Math.max(box.left, strip.left);
    return { y: box.y, height: box.height, seen: inside / box.width };
  }); }
"""
LETTERS = """
card => [...card.querySelectorAll('.explorer-panel > svg')].flatMap((svg) => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll('text, tspan')].filter((each) => each.textContent.trim())
    .map((each) => [scale * parseFloat(getComputedStyle(each).fontSize), each.textContent]);
})
"""
PEEKS = """
strip => { const edge = strip.getBoundingClientRect().right;
  const boxes = [...strip.children].map((panel) => panel.getBoundingClientRect());
  const next = boxes.find(({ right }) => right > edge + 1);
  return next ? edge - next.left : Infinity; }
"""
CUT = """
card => [...card.querySelectorAll('select')].filter((select) => {
  const { offsetWidth } = select;
  select.style.cssText = 'width: max-content; min-width: 0; max-width: none; flex: none';
  const wanted = select.offsetWidth;
  select.style.cssText = '';
  return wanted > offsetWidth + 1; }).length
"""
FIRST_IS_WHOLE = """
strip => strip.firstElementChild.getBoundingClientRect().right
  <= strip.getBoundingClientRect().right + 1
"""


@pytest.fixture(scope="module", params=SCREENS, ids=lambda screen: "×".join(map(str, screen)))
def phone(request, browser, site):
    yield from holding(browser, site, *request.param, **HAND)


@pytest.fixture(scope="module")
def lying(browser, site):
    yield from holding(browser, site, 664, 390, **HAND)


@pytest.mark.parametrize("name", only(CHAPTERS, "chapters/gradient_descent.html"))
def test_on_its_side_no_panel_and_no_choice_is_cut_and_the_next_panel_peeks_in(lying, name):
    page = lying(name)
    for card in page.locator(".explorer").all():
        strip = card.locator(".explorer-panels")
        strip.evaluate("strip => strip.scrollTo(0, 0)")
        where = card.get_attribute("id")
        assert strip.evaluate(FIRST_IS_WHOLE), where
        assert strip.evaluate(PEEKS) >= 23, where
        assert card.evaluate(CUT) == 0, where
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", NAMES)
def test_the_control_in_hand_the_picture_and_the_sentence_are_in_one_screen(phone, name):
    page = phone(name)
    screen = page.viewport_size["height"]
    for card in page.locator(".explorer").all():
        spec = specification(card)
        for _ in range(2):  # what comes into view is laid out only then
            card.evaluate(UNDER_THE_HEADER)
            page.evaluate(NEXT_FRAMES)
        top = page.evaluate("document.querySelector('header.top').getBoundingClientRect().bottom")
        for control in spec["controls"]:
            where = f"{spec['name']}, {control['key']}"
            card.evaluate(WATCH)
            assert use(page, card, spec, control) > 1, where
            page.evaluate(NEXT_FRAMES)  # a strip may bring a panel
            changed = [box for box in card.evaluate(CHANGED) if box["seen"] > 0.95]
            assert changed, f"{where}: no panel that changes is in sight"
            boxes = [
                changed[0],
                widget(card, control).bounding_box(),
                card.locator(".explorer-say p").first.bounding_box(),
            ]
            assert min(box["y"] for box in boxes) >= top - 1, where
            assert max(box["y"] + box["height"] for box in boxes) <= screen, where


@pytest.mark.parametrize("name", NAMES)
def test_letters_can_be_read_and_the_panel_after_the_first_peeks_in(phone, name):
    page = phone(name)
    for card in page.locator(".explorer").all():
        spec = specification(card)
        for last in (False, True):
            card.locator(".explorer-reset").evaluate("button => button.click()")
            for control in spec["controls"]:
                if last and control["kind"] in ("slider", "steps"):
                    widget(card, control).fill(str(len(control["texts"]) - 1))
            small = [each for each in card.evaluate(LETTERS) if each[0] < SMALLEST]
            assert small == [], spec["name"]
        card.locator(".explorer-reset").evaluate("button => button.click()")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    least = 24 if page.viewport_size["width"] > 374 else 8  # letters come first
    for strip in page.locator(".explorer-panels").all():
        strip.evaluate("strip => strip.scrollTo(0, 0)")
        assert strip.evaluate(PEEKS) >= least, strip.evaluate("strip => strip.parentElement.id")
