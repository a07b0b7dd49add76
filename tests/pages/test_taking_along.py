"""What a reader takes along: a formula's TeX, the link to a paragraph, a figure as it is seen."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.readers import make_reader

pytestmark = pytest.mark.browser

CHAPTER = "chapters/backward.html"


@pytest.fixture(scope="module")
def page(browser, site):
    reader = make_reader(browser, site, permissions=["clipboard-read", "clipboard-write"])
    yield reader.open(CHAPTER)
    assert reader.messages == []
    reader.context.close()


@pytest.fixture(scope="module")
def explorer(page: Page) -> Locator:
    """Return the explorer of six paths, four of which are added."""
    card = page.locator("#explorer-paths")
    card.scroll_into_view_if_needed()
    expect(card).to_have_attribute("data-ready", "")
    card.locator("[data-key=path] input").fill("4")
    return card


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()")).strip()


def copied(page: Page, part: Locator) -> str:
    part.evaluate("part => getSelection().selectAllChildren(part)")
    page.keyboard.press("Control+c")
    return clipboard(page)


@pytest.mark.parametrize(("formula", "mark"), [(".math", "$"), (".equation .scroll", "$$")])
def test_what_is_copied_of_a_formula_is_its_tex(page, formula, mark):
    count = page.locator("[data-tex]").count()
    each = page.locator(f"article {formula}").filter(visible=True).first
    tex = mark + each.get_attribute("data-tex") + mark
    assert copied(page, each.locator("math").first) == tex
    assert tex in copied(page, each.locator("xpath=ancestor::*[self::p or self::section][1]"))
    assert page.locator("[data-tex]").count() == count


def test_a_paragraph_has_a_link_for_mouse_and_keyboard(page):
    paragraph = page.locator("#every-path-counts\\.1")
    link = paragraph.locator("a.headerlink")
    expect(link).to_have_count(0)
    paragraph.hover(position={"x": 5, "y": 5})
    expect(link).to_have_css("opacity", "1")
    box, text = link.bounding_box(), paragraph.bounding_box()
    assert box["x"] > 0
    assert box["x"] + box["width"] <= text["x"] + 1
    link.click()
    assert page.url.endswith("#every-path-counts.1")
    assert clipboard(page) == page.url
    expect(link).to_have_class("headerlink copied")
    page.locator("#every-path-counts\\.2").hover(position={"x": 5, "y": 5})
    expect(link).to_have_count(0)
    paragraph.locator("a[href]").last.focus()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()


def test_a_link_to_a_paragraph_that_is_gone_leads_to_its_section(page):
    page.evaluate("location.hash = 'every-path-counts.99'")
    top = page.locator("#every-path-counts").evaluate("part => part.getBoundingClientRect().top")
    assert 0 <= top < 200


def test_below_an_explorer_it_has_the_present_numbers_and_its_letters_are_doors(page, explorer):
    formula = explorer.locator(".explorer-formula > [data-tex]")
    tex = r"\approx -0.575\cdot0.500\cdot1.200 \approx -0.345$$"
    assert copied(page, formula.locator("math").first).endswith(tex)
    formula.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".preview.symbol")).to_be_visible()
    page.keyboard.press("Escape")


def test_where_no_formula_holds_none_is_seen(reader):
    page = reader.open("chapters/concepts.html")
    card = page.locator("#explorer-slope")
    card.scroll_into_view_if_needed()
    page.wait_for_selector("#explorer-slope[data-ready]")
    expect(card.locator(".explorer-formula > [data-tex]")).to_be_visible()
    card.locator("select").first.select_option(label="ReLU")
    expect(card.locator(".explorer-formula > [data-tex]")).to_be_hidden()


def saved(page: Page, figure: Locator, kind: str) -> bytes:
    figure.hover()
    with page.expect_download() as download:
        figure.get_by_role("button", name=f"Save as {kind}").click()
    assert download.value.suggested_filename.endswith(f".{kind.lower()}")
    return Path(download.value.path()).read_bytes()


def test_an_explorer_is_saved_in_its_present_state(page, explorer):
    figure = page.locator("#backward-fig-paths-explorer")
    text = saved(page, figure, "SVG").decode()
    picture = ElementTree.fromstring(text)
    for outside in ("var(", "class=", "light-dark"):
        assert outside not in text
    words = " ".join(line.text or "" for line in picture.iterfind("{*}text"))
    words = re.sub(r"\s+", " ", words)
    assert "paths added: 4 / 6 · input x: 0.5" in words
    assert explorer.locator(".explorer-say p").first.inner_text() in words
    assert "Figure 4.3. The derivative as a sum over six paths" in words
    assert "CC BY 4.0" in words
    assert "backward.html#explorer=paths&path=4&x=0.5" in words
    assert "file:" not in words
    assert "SVG" not in words
    width, height = float(picture.get("width")), float(picture.get("height"))
    for panel in picture.iterfind("{*}svg"):
        x, y, w, h = (float(panel.get(name)) for name in ("x", "y", "width", "height"))
        assert 0 < x < x + w < width
        assert 0 < y < y + h < height
    assert len([*picture.iterfind("{*}svg")]) == 2


def test_formulas_of_a_caption_are_saved_as_plain_signs(page):
    words = saved(page, page.locator("#backward-fig-depth"), "SVG").decode()
    words = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", words))
    assert "meets 1/√(nσ^2) (dashed)" in words


def test_a_figure_is_saved_as_pixels_too(page):
    figure = page.locator("#backward-fig-shapes")
    found = saved(page, figure, "PNG")
    assert found.startswith(b"\x89PNG")
    size = [int.from_bytes(found[k : k + 4]) for k in (16, 20)]
    assert min(size) > 400
    assert len(set(found[-4000:-100])) > 50  # not one colour
