"""Sections out of sight cost nothing, and no reader notices: by link, search, scroll or print."""

import pytest

from tests.book.cards import CHAPTERS
from tests.book.readers import make_reader

pytestmark = pytest.mark.browser

SECTIONS = "article > section > section"
SEEN = f"""
() => [...document.querySelectorAll('{SECTIONS}')].map((section) =>
  section.lastElementChild.checkVisibility({{ contentVisibilityAuto: true }}))
"""
STEPS = """
() => { window.jumps = []; let seen, top, scrolled;
  const look = () => {
    if (seen?.isConnected) {
      const [moved, by] = [seen.getBoundingClientRect().top - top, scrollY - scrolled];
      // Where the page moves on by itself, what is seen stays, or moves as the wheel asks.
      if (Math.abs(moved) > 400) window.jumps.push([scrolled, by, moved]);
    }
    seen = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    [top, scrolled] = [seen.getBoundingClientRect().top, scrollY];
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look); }
"""


def test_what_is_far_is_not_drawn(reader):
    page = reader.open(CHAPTERS[0])
    seen = page.evaluate(SEEN)
    assert seen[0]
    assert not any(seen[4:])
    page.locator(SECTIONS).last.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    seen = page.evaluate(SEEN)
    assert seen[-1]
    assert not any(seen[:-6])


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_link_to_any_section_leads_to_its_heading(reader, name):
    page = reader.open(name)
    anchors = page.evaluate(
        "() => [...document.querySelectorAll('article section section[id]')].map(({ id }) => id)"
    )
    for anchor in [*anchors[::3], *anchors[::-5]]:
        page.evaluate("anchor => { location.hash = ''; location.hash = anchor; }", anchor)
        page.wait_for_timeout(50)
        top, end = page.evaluate(
            """anchor => [document.getElementById(anchor).getBoundingClientRect().top,
              scrollY + innerHeight >= document.documentElement.scrollHeight - 2]""",
            anchor,
        )
        assert 0 <= top < (900 if end else 140), anchor


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_jumps_while_a_reader_scrolls_up_to_what_was_never_drawn(
    browser, site, name, width
):
    reader = make_reader(browser, site, viewport={"width": width, "height": 800})
    page = reader.open(name)
    page.mouse.move(width / 2, 400)
    page.keyboard.press("End")
    page.wait_for_timeout(500)
    page.evaluate(STEPS)
    for _ in range(120):
        page.mouse.wheel(0, -350)
        page.wait_for_timeout(25)
    assert page.evaluate("window.jumps") == []
    assert reader.messages == []
    reader.context.close()


def test_a_browser_finds_what_is_not_drawn(reader):
    page = reader.open(CHAPTERS[0])
    words = page.evaluate(
        f"""() => [...document.querySelectorAll('{SECTIONS} > p')].at(-3)
          .textContent.split(/[.,:(]/)[0].trim()"""
    )
    assert page.evaluate("words => window.find(words, true)", words)
    page.wait_for_timeout(200)
    found = "window.getSelection().anchorNode.parentElement.getBoundingClientRect().top"
    assert 0 < page.evaluate(found) < 900


@pytest.mark.parametrize("name", CHAPTERS)
def test_everything_is_drawn_in_print(reader, name):
    page = reader.open(name)
    page.emulate_media(media="print")
    assert all(page.evaluate(SEEN))


@pytest.mark.parametrize("width", [360, 390, 700, 800, 1100, 1280, 1600, 1920])
def test_nothing_sticks_out_of_a_section_where_it_would_be_cut(browser, site, width):
    reader = make_reader(browser, site, viewport={"width": width, "height": 900})
    for name in CHAPTERS:
        page = reader.open(name)
        wide = page.evaluate(
            f"""() => [...document.querySelectorAll('{SECTIONS}')]
              .filter((section) => section.scrollWidth > section.clientWidth + 1)
              .map((section) => section.id)"""
        )
        assert wide == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    reader.context.close()
