"""On a phone: formulas in lines, tables as lists, edges that say more."""

import re

import pytest

from explorable.drawing import formulas
from explorable.drawing.formulas import Renderer
from tests.pages.readers import NEXT_FRAMES

# What a listing shows of a formula: { } around a statement, [ ] around a part, | before a base.
MARKS = {"statement": "{}", "part": "[]", "math": "|"}


def outline(tex: str) -> str:
    """Return how a displayed formula may be set in lines."""
    html = Renderer(None)(tex, display=True)
    shown, closers = "", []
    for end, name, text in re.findall(r'<(/?)(?:span class=")?(\w+)[^>]*>([^<]*)', html):
        if not end:
            mark = MARKS.get(name, "")
            shown += mark[:1]
            closers.append(mark[1:])
        shown += (closers.pop() if end else "") + text
    return shown


@pytest.mark.parametrize(
    ("tex", "lines"),
    [
        ("a", "{[|a]}"),
        ("a = b + c", "{[|a][|=b|+c]}"),
        (r"a = b, \qquad c \le d", "{[|a][|=b,]}{[|c][|≤d]}"),
        (r"a = b \quad\Longrightarrow\quad c = d", "{[|a][|=b]}{[|⟹c][|=d]}"),
        ("a - (b - c) - d", "{[|a[|−(b|−c)]|−d]}"),
        (r"a = \bigl(b + c\bigr)", "{[|a][[|=(b|+c)]]}"),
        ("a = (b - c) d (e + f (g - h))", "{[|a][[|=(b|−c)d(e[|+f(g|−h))]]]}"),
    ],
)
def test_a_formula_breaks_between_statements_before_relations_and_outside_brackets(
    tex, lines, monkeypatch
):
    monkeypatch.setattr(formulas, "LONG", 99)
    assert outline(tex) == "|" + re.sub(r"[][{}|]", "", lines)
    monkeypatch.setattr(formulas, "LONG", 0)
    assert outline(tex) == lines


@pytest.fixture
def phone(reader):
    """Return a reader with a phone 390 pixels wide."""
    reader.page.set_viewport_size({"width": 390, "height": 800})
    return reader


@pytest.mark.browser
def test_a_wide_table_is_a_list_on_a_phone_and_enlarged_keeps_its_screen(phone):
    page = phone.open("appendix/notation.html")
    cells = page.get_by_role("row").nth(1).get_by_role("cell")
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert len(boxes) > 3
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]
    assert max(box["x"] + box["width"] for box in boxes) <= 390
    page.set_viewport_size({"width": 1280, "height": 800})
    assert len({cell.bounding_box()["y"] for cell in cells.all()}) < len(boxes)
    assert page.get_by_role("columnheader").count() > 5
    page.set_viewport_size({"width": 320, "height": 200})
    page.reload()
    page.evaluate("scrollTo(0, 1000)")
    assert not page.locator("header.top").evaluate(
        "header => header.getBoundingClientRect().bottom > 0"
    )


@pytest.mark.browser
def test_what_scrolls_says_so_and_is_reached_by_keyboard(phone):
    page = phone.open("chapters/forward.html")
    page.evaluate(WALK)
    block = page.locator(".cell_output pre[tabindex='0']").first
    assert block.evaluate("block => block.scrollWidth > block.clientWidth")
    shades = block.evaluate("block => getComputedStyle(block).backgroundImage")
    assert shades.count("linear-gradient") == 4
    before = block.screenshot()
    block.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("block => block.scrollLeft > 0", arg=block.element_handle())
    assert block.screenshot() != before


SEEN = "part => part.checkVisibility({ contentVisibilityAuto: true })"
WALK = f"""async () => {{
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {{
    scrollTo(0, y);
    await ({NEXT_FRAMES})();
  }}
}}"""
UNFIT = """() => {
  const parts = [...document.querySelectorAll("article section section > p > .math > math")];
  const wide = parts.filter((part) =>
    part.getBoundingClientRect().width > part.closest("p").clientWidth);
  return [wide.length, wide.filter((part) => !part.closest(".wide")).length];
}"""


@pytest.mark.browser
def test_what_is_far_waits_and_fits_when_it_comes(phone):
    page = phone.open("chapters/backward.html")
    page.set_viewport_size({"width": 170, "height": 800})
    last = page.locator("article section section > p > .math").filter(visible=True).last
    assert not last.evaluate(SEEN)
    page.evaluate(WALK)
    last.scroll_into_view_if_needed()
    page.wait_for_function(SEEN, arg=last.element_handle())
    wide, unfit = page.evaluate(UNFIT)
    assert wide > 0
    assert unfit == 0
    assert phone.messages == []


@pytest.mark.browser
def test_a_link_into_what_is_far_stays_there(phone):
    address = (phone.site / "chapters/backward.html").as_uri()
    phone.page.goto(f"{address}#summary")
    top = "document.getElementById('summary').getBoundingClientRect().top"
    before = phone.page.evaluate(top)
    phone.page.wait_for_timeout(300)
    assert 0 < before < 100
    assert phone.page.evaluate(top) == pytest.approx(before, abs=1)
