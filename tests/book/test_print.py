"""A page on paper: nothing cut off at its edges, solutions at its end."""

import pytest

from book.build import Build
from tests.book.readers import in_chinese, make_reader

pytestmark = pytest.mark.browser

BOOK = Build()
PAGES = [path.relative_to(BOOK.source).with_suffix(".html").as_posix() for path in BOOK.documents]
CHAPTERS = [name for name in PAGES if name.startswith("chapters/")]
# A4 between margins of 10 mm is 718 pixels wide, American letter 740.
WIDTHS = (718, 740)
PREPARE = "dispatchEvent(new Event('beforeprint'))"
# Of a drawing its frame and its words; of a formula its parts, not the empty boxes in them.
BEYOND = """
() => [...document.querySelectorAll("main *")]
  .filter((e) => !e.closest(".katex-mathml, .base *"))
  .filter((e) => !e.closest("svg") || e.matches("svg, text"))
  .map((e) => [e.getBoundingClientRect(), e])
  .filter(([box]) => box.width && box.height && (box.left < -0.5 || box.right > innerWidth + 0.5))
  .slice(0, 3).map(([box, e]) => [box.left, box.right, e.outerHTML.slice(0, 120)])
"""


@pytest.fixture(scope="module")
def paper(browser, site):
    """Return a reader who prints."""
    made = make_reader(browser, site, viewport={"width": WIDTHS[0], "height": 1000})
    made.page.emulate_media(media="print")
    yield made
    made.context.close()


@pytest.mark.parametrize("name", [*PAGES, *in_chinese(PAGES)])
def test_nothing_is_cut_at_the_edges_of_the_paper(paper, name):
    page = paper.open(name)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1000})
        page.evaluate(PREPARE)
        assert page.evaluate(BEYOND) == [], f"{width} px wide"


# The article but for its explorers, which come alive when they are near.
TEXT = """() => {
  const copy = document.querySelector("article").cloneNode(true);
  for (const explorer of copy.querySelectorAll(".explorer")) explorer.remove();
  return copy.innerHTML;
}"""


def test_solutions_are_printed_at_the_end_unless_opened_and_come_back(paper):
    page = paper.open(CHAPTERS[0])
    before = page.evaluate(TEXT)
    folds = page.locator("article details.solution")
    count = folds.count()
    assert count > 2
    folds.nth(1).evaluate("fold => (fold.open = true)")
    page.evaluate(PREPARE)
    end = page.locator("article > .solutions")
    assert end.locator("h3").count() == count - 1
    assert end.locator("h3").first.inner_text().startswith("Exercise 1.1")
    assert end.locator("p").first.is_visible()
    assert folds.nth(1).locator("p").first.is_visible()
    assert page.locator("details.moved").count() == count - 1
    note = "fold => getComputedStyle(fold.querySelector('summary'), '::after').content"
    assert folds.first.evaluate(note) == '": at the end"'
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    folds.nth(1).evaluate("fold => (fold.open = false)")
    assert page.evaluate(TEXT) == before


def test_a_printed_chapter_has_the_text_and_not_the_interface(paper):
    page = paper.open(CHAPTERS[0])
    assert page.locator("article h1").is_visible()
    for part in ("header.top", "nav.contents >> nth=-1", "nav.around", ".copy >> nth=0"):
        if page.locator(part).count():
            assert not page.locator(part).is_visible(), part
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
