"""The page's script makes SVG of shapes as data, and nothing else of anything."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from explorable.drawing.plots import bars, image, lines
from explorable.drawing.plots.page import drawing

SCRIPT = (Path(__file__).parents[4] / "explorable/python/browser/drawing.js").read_text("utf-8")
PAGE = """<!DOCTYPE html><meta charset="utf-8">
<style>:root { --one: rgb(3, 57, 198); --ink: rgb(29, 36, 48); --muted: rgb(91, 101, 117);
  --grid: rgb(223, 227, 234); --sans: sans-serif; }</style><body></body>"""
DRAW = "(drawing) => document.body.replaceChildren(explorablePython.draw(drawing))"


@pytest.fixture
def page(browser: Browser):
    opened = browser.new_page()
    opened.set_content(PAGE)
    opened.evaluate("window.explorablePython = {}; window.hits = 0;")
    opened.evaluate(f"(() => {{{SCRIPT}}})()")
    yield opened
    opened.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "plot",
    [
        lines({"a": [1.0, 2.0], "b": [2.0, 1.0]}, x_label="x", y_label="y"),
        bars([1.0, -2.0]),
        image([[0.0, 1.0], [0.5, 0.25]]),
    ],
)
def test_every_attribute_that_a_plot_has_is_drawn(page: Page, plot):
    described = drawing(plot.content)
    page.evaluate(DRAW, described)
    assert page.get_by_role("img").get_attribute("aria-label") == repr(plot)
    assert page.evaluate("document.querySelectorAll('svg > *').length") == len(described["shapes"])
    for place, (tag, attributes, *text) in enumerate(described["shapes"]):
        shape = page.locator("svg > *").nth(place)
        assert shape.evaluate("(shape) => shape.tagName") == tag
        assert shape.text_content() == "".join(text)
        for name, value in attributes.items():
            if name in ("fill", "stroke"):
                assert shape.evaluate("(s, n) => s.style[n]", name) == f"var(--{value})"
            else:
                set_to = shape.get_attribute(name)
                assert type(value)(set_to) == value


@pytest.mark.browser
def test_colours_are_those_of_the_page(page: Page):
    page.evaluate(DRAW, drawing(bars([1.0]).content))
    bar = page.locator("path[style*='--one']")
    assert bar.evaluate("(b) => getComputedStyle(b).fill") == "rgb(3, 57, 198)"


@pytest.mark.browser
def test_markup_and_scripts_stay_text_or_are_left_out(page: Page):
    hostile = {
        "width": '1"><script>hits++</script>',
        "height": 10,
        "label": '"><img src=x onerror=hits++>',
        "shapes": [
            ["script", {}, "hits++"],
            ["image", {"href": "javascript:hits++"}],
            ["foreignObject", {}, "<img src=x onerror=hits++>"],
            ["text", {"onclick": "hits++", "style": "fill:url(x)", "x": "1"}, "<b>bold</b>"],
            ["path", {"fill": "url(https://example.org)", "d": "M0 0", "href": "x"}],
        ],
    }
    page.evaluate(DRAW, hostile)
    page.wait_for_timeout(100)
    assert page.evaluate("hits") == 0
    assert page.evaluate(
        "[...document.querySelectorAll('svg > *')].map((each) => each.outerHTML)"
    ) == [
        '<text x="1">&lt;b&gt;bold&lt;/b&gt;</text>',
        '<path d="M0 0"></path>',
    ]
