"""An explorer under a thumb: what swipes, what drags, what stays where it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.explorable.explore.browsing import faults, open_page, ready, sentence, write_page
from tests.explorable.explore.examples import hill, sample

pytestmark = pytest.mark.browser

FIRST = "A sin of 1 m at (0, 0)."
PHONE = {
    "viewport": {"width": 390, "height": 664}, "has_touch": True, "is_mobile": True,
    "reduced_motion": "reduce",
}  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    air = '<div style="height:700px"></div>'
    return write_page(tmp_path_factory.mktemp("phone"), sample(), hill(), before=air)


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    opened = open_page(browser, path, **PHONE)
    opened.locator("#explorer-sample .explorer-panels").scroll_into_view_if_needed()
    opened.evaluate("scrollTo(0, 900)")
    yield ready(opened)
    assert opened.troubles == []
    opened.context.close()


def watch(page: Page) -> None:
    """Remember every change of pictures, sentences and values from now on.

    The other card may be told meanwhile that its states are there.
    """
    page.evaluate("""() => { window.changed = [];
      const note = (list) => window.changed.push(...list.map(({ target }) => target.tagName));
      new MutationObserver(note).observe(document.querySelector('#explorer-sample'), {
        subtree: true, childList: true, characterData: true,
        attributeFilter: ['d', 'display', 'aria-valuenow'],
      }); }""")


def scrolled(page: Page) -> float:
    return page.evaluate("scrollY")


def scrolls(page: Page, before: float) -> None:
    """Wait for the page to follow the finger."""
    page.wait_for_function("before => Math.abs(scrollY - before) > 60", arg=before)


def swipe(page: Page, start: tuple[float, float], by: tuple[float, float]) -> None:
    """Put a finger down, move it, lift it, for the browser's own recogniser of gestures."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )
        page.wait_for_timeout(20)

    touch("touchStart", start)
    for share in (k / 8 for k in range(1, 9)):
        touch("touchMove", (start[0] + share * by[0], start[1] + share * by[1]))
    touch("touchEnd")
    page.wait_for_timeout(100)


def middle(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def strip(page: Page, name: str = "sample") -> Locator:
    return page.locator(f"#explorer-{name} .explorer-panels")


def shown(page: Page, name: str = "sample") -> list[bool]:
    """Return which dots are filled."""
    dots = page.locator(f"#explorer-{name} .explorer-dots button").all()
    return [dot.get_attribute("aria-current") == "true" for dot in dots]


def test_an_upright_swipe_that_starts_on_a_slider_scrolls_and_changes_nothing(page: Page) -> None:
    for label, value in (("amplitude", "1"), ("quarter", "0")):
        slider = page.get_by_role("slider", name=label).first
        slider.evaluate("s => scrollBy(0, s.getBoundingClientRect().top - 330)")
        watch(page)
        before = scrolled(page)
        x, y = middle(slider)
        swipe(page, (x + 40, y), (10, -150))
        scrolls(page, before)
        assert slider.input_value() == value
        assert page.evaluate("window.changed") == []
        assert sentence(page) == FIRST


def test_a_slider_follows_a_finger_that_moves_sideways_and_a_tap(page: Page) -> None:
    slider = page.get_by_role("slider", name="amplitude").first
    box = slider.bounding_box()
    before = scrolled(page)
    swipe(page, middle(slider), (box["width"] / 2 - 4, 5))
    assert sentence(page) == "A sin of 2 m at (0, 0)."
    page.touchscreen.tap(box["x"] + 14, box["y"] + box["height"] / 2)
    assert sentence(page) == "A sin of 0.5 m at (0, 0)."
    assert scrolled(page) == before
    value = page.locator("#explorer-sample [data-key='size'] .explorer-value")
    assert value.inner_text() == "0.5\u00a0m"


def test_an_upright_swipe_over_a_plane_scrolls_and_changes_nothing(page: Page) -> None:
    watch(page)
    before = scrolled(page)
    x, y = middle(page.locator("#explorer-sample .explorer-handle"))
    swipe(page, (x + 90, y), (5, -140))
    scrolls(page, before)
    assert page.evaluate("window.changed") == []


def test_on_its_side_a_phone_has_controls_and_sentence_beside_the_picture(
    browser: Browser, path: Path
) -> None:
    page = ready(open_page(browser, path, **PHONE | {"viewport": {"width": 844, "height": 390}}))
    boxes = [
        page.locator(f"#explorer-sample .explorer-{part}").bounding_box()
        for part in ("panels", "controls", "say")
    ]
    panels, controls, say = boxes
    assert controls["x"] == say["x"] >= panels["x"] + panels["width"]
    assert controls["y"] == pytest.approx(panels["y"], abs=4)
    assert say["y"] + say["height"] - panels["y"] <= 390 - 52  # the page's header takes the rest
    assert panels["height"] <= 390 - 52
    page.context.close()


def test_a_handle_is_dragged_upright_too(page: Page) -> None:
    before = scrolled(page)
    ring = page.locator("#explorer-sample .explorer-handle")
    swipe(page, middle(ring), (0, -110))
    assert sentence(page) == "A sin of 1 m at (0, 1)."
    assert scrolled(page) == before
    swipe(page, middle(ring), (-130, 0))
    assert sentence(page) == "A sin of 1 m at (−2, 1)."
    assert strip(page).evaluate("strip => strip.scrollLeft") == 0


def test_no_panel_moves_under_a_finger_that_drags_a_handle(page: Page) -> None:
    """What this ring changes is seen in the other panel only."""
    strip(page, "hill").evaluate("s => scrollBy(0, s.getBoundingClientRect().top - 100)")
    page.wait_for_selector("#explorer-hill[data-ready]")
    ring = page.locator("#explorer-hill .explorer-handle")
    x, y = middle(ring)
    swipe(page, (x, y), (-130, 0))
    page.wait_for_timeout(200)
    assert strip(page, "hill").evaluate("strip => strip.scrollLeft") == 0
    assert sentence(page, "hill") == "It lies 1.00 high."
    assert middle(ring)[1] == y


def test_panels_swipe_and_dots_say_which_is_seen(page: Page) -> None:
    watch(page)
    assert shown(page) == [True, False]
    x, y = middle(strip(page))
    swipe(page, (x + 120, y + 80), (-250, 10))
    page.wait_for_selector("#explorer-sample .explorer-dots button:last-child[aria-current=true]")
    assert shown(page) == [False, True]
    assert page.evaluate("window.changed") == []
    glides = "strip => strip.scrollLeft + strip.clientWidth >= strip.scrollWidth - 1"
    page.wait_for_function(glides, arg=strip(page).element_handle())
    page.locator("#explorer-sample .explorer-dots").get_by_role(
        "button", name="Picture 1 of 2"
    ).click()
    page.wait_for_function(
        "strip => strip.scrollLeft <= 1", arg=strip(page).element_handle()
    )  # it glides
    page.wait_for_selector("#explorer-sample .explorer-dots button:first-child[aria-current=true]")
    assert shown(page) == [True, False]


def test_a_finger_swipes_over_a_view_that_turns(page: Page) -> None:
    """It turns by its slider; a mouse may drag it, too."""
    strip(page, "hill").evaluate("s => scrollBy(0, s.getBoundingClientRect().top - 100)")
    page.wait_for_selector("#explorer-hill[data-ready]")
    page.locator("#explorer-hill .explorer-dots button").nth(1).click()
    page.wait_for_timeout(200)
    assert shown(page, "hill") == [False, True]
    x, y = middle(strip(page, "hill"))
    swipe(page, (x - 100, y), (220, 5))
    page.wait_for_timeout(300)
    assert shown(page, "hill") == [True, False]
    assert page.get_by_role("slider", name="view from").input_value() == "2"


def test_a_control_brings_what_it_changes_into_view(page: Page) -> None:
    strip(page, "hill").evaluate("s => scrollBy(0, s.getBoundingClientRect().top - 100)")
    page.wait_for_selector("#explorer-hill[data-ready]")
    assert shown(page, "hill") == [True, False]
    slider = page.get_by_role("slider", name="view from")
    slider.focus()
    page.keyboard.press("ArrowRight")  # it turns the second panel only
    page.wait_for_timeout(300)
    assert shown(page, "hill") == [False, True]
    # What changes the panel that is seen leaves it where it is.
    page.locator("#explorer-hill .explorer-handle").focus()
    page.evaluate("document.querySelectorAll('#explorer-hill .explorer-dots button')[1].click()")
    page.wait_for_timeout(200)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert sentence(page, "hill") == "It lies 0.25 high."
    assert shown(page, "hill") == [False, True]


def test_the_panel_that_decides_comes_into_view(page: Page) -> None:
    page.evaluate("document.querySelectorAll('#explorer-sample .explorer-dots button')[1].click()")
    page.wait_for_timeout(300)
    assert shown(page) == [False, True]
    page.get_by_label("half").first.check()
    page.locator("#explorer-sample .explorer-show").click()  # what it changes first, is seen
    page.wait_for_timeout(300)
    assert shown(page) == [True, False]


def test_everything_is_large_enough_for_a_thumb_and_axe_finds_nothing(page: Page) -> None:
    page.wait_for_timeout(200)
    assert strip(page).get_attribute("tabindex") == "0"  # for the keyboard scrolls it, too
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label("half").first.check()
    controls = page.locator(
        ".explorer :is(select, .explorer-controls button, .explorer-handle, .explorer-show)"
    ).filter(visible=True)
    boxes = [control.bounding_box() for control in controls.all()]
    boxes += [track.bounding_box() for track in page.locator(".explorer input[type=range]").all()]
    assert len(boxes) == 3 + 1 + 2 + 2 + 1 + 1
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44
    for dot in page.locator(".explorer-dots button").all():
        assert (dot.bounding_box()["width"], dot.bounding_box()["height"]) == (44, 44)
