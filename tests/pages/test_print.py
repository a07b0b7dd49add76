"""A page on paper: solutions at its end, and the text without the interface."""

import re

import pytest

from tests.pages.cards import CHAPTERS
from tests.pages.readers import in_translation, make_reader, only
from tests.pages.visits import AFTERWARDS, ALL, PAPER, PREPARE

pytestmark = pytest.mark.browser

CHAPTER = "chapters/background.html"


@pytest.fixture(scope="module")
def paper(browser, site):
    """Return a reader who prints."""
    made = make_reader(browser, site, viewport={"width": PAPER[0], "height": 1000})
    made.page.emulate_media(media="print")
    yield made
    made.context.close()


# The article but for its explorers, which come alive when they are near.
TEXT = """() => {
  const copy = document.querySelector("article").cloneNode(true);
  for (const explorer of copy.querySelectorAll(".explorer")) explorer.remove();
  return copy.innerHTML;
}"""


def test_solutions_are_printed_at_the_end_unless_opened_and_come_back(paper):
    page = paper.open(CHAPTER)
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
    page.evaluate(AFTERWARDS)
    folds.nth(1).evaluate("fold => (fold.open = false)")
    assert page.evaluate(TEXT) == before


def test_a_printed_chapter_has_the_text_and_not_the_interface(paper):
    page = paper.open(CHAPTER)
    assert page.locator("article h1").is_visible()
    hidden = "header.top", "nav.contents", "nav.around", ".copy", ".save"
    for part in (f"{each} >> nth=-1" for each in hidden):
        if page.locator(part).count():
            assert not page.locator(part).is_visible(), part
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_paper_says_what_is_chosen_and_has_the_code_that_is_called_later(paper):
    page = paper.open("chapters/concepts.html")
    page.evaluate(PREPARE)
    chosen = page.locator("#explorer-neuron .explorer-chosen")
    assert chosen.inner_text() == "weights w = (w₁, w₂): (2, −1) · bias b: 0 · activation: sigmoid"
    assert not page.locator("#explorer-neuron .explorer-controls").is_visible()
    folded = page.locator(".cell > details.code:not([open]) pre")
    seen = [each.inner_text().split("(")[0] for each in folded.all() if each.is_visible()]
    assert seen == ["def sigmoid", "def sigmoid"]
    page = paper.open("chapters/forward.html")
    page.evaluate(PREPARE)
    ways = page.locator("article p.answer + .cell .cell_input pre")
    written = [each.inner_text().split("(")[0] for each in ways.all()]
    assert written == ["def forward", "def local_map", "def he_weights"]
    page.evaluate(AFTERWARDS)
    assert ways.count() == 0


SCREEN = re.compile(
    r"Touch the|点一下这张|Press Run|按单元格|按“运行”|nothing written|什么都没写|"
    r"[Ss]olutions are folded|解答都?折叠"
)
PAGES = [*CHAPTERS, "index.html"]


@pytest.mark.parametrize("name", [*only(PAGES, "chapters/concepts.html"), *in_translation(PAGES)])
def test_paper_says_nothing_that_is_true_on_a_screen_alone(paper, name):
    page = paper.open(name)
    page.add_style_tag(content=ALL)
    page.evaluate(PREPARE)
    text = page.locator("main").inner_text()
    assert len(text) > 1000
    assert SCREEN.findall(text) == []
