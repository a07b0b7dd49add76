"""Every page of the built book, opened from disk in a real browser without a network."""

import gzip
import re
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.pages import cards
from tests.pages.readers import SAMPLE, in_translation, left_out, only, page_names
from tests.pages.visits import LAYOUT_SHIFT, PAPER, Visit, visit

pytestmark = pytest.mark.browser

CHAPTERS = page_names()
OWN = ["index.html", *CHAPTERS, "genindex.html", "search.html", "progress.html"]
TYPICAL = ("chapters/backward.html", "appendix/formulas.html")
KINDS = ("index.html", *TYPICAL, SAMPLE, "laboratory.html", "practice.html", "progress.html",
         "search.html")  # fmt: skip
PAGES = [*only(OWN, *KINDS), "404.html", *in_translation(OWN)]
OTHERS = left_out()
HEAVIEST = 330_000  # bytes, compressed, before explorer states
HEAVIER = 1.1  # times its English page may a Chinese one weigh
LETTERS = 9.5  # pixels that a letter of a drawing has on a phone; indices may be smaller


@pytest.fixture(scope="module")
def visits(browser, site):
    """Return a function that visits a page, once, and remembers."""
    known: dict[str, Visit] = {}

    def remembered(name: str) -> Visit:
        if name not in known:
            known[name] = visit(browser, site, name)
        return known[name]

    return remembered


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_light_still_and_its_own(visits, site, name):
    seen, files = visits(name), set()
    assert seen.messages == []
    for address in seen.loaded:
        if not address.startswith("data:"):
            path = Path(unquote(urlsplit(address).path))
            assert address.startswith("file:"), address
            assert path.is_relative_to(site), address
            assert path.is_file(), f"{address} does not exist"
            if path.suffix != ".html":
                assert not re.search(rb"https?://", path.read_bytes()), f"{address} names a host"
            files.add(path)
    if name.startswith("zh/"):
        english = {site / name[3:] if path == site / name else path for path in files}
        words = set((site / "zh").glob("words.*.js"))
        assert weight(files) <= HEAVIER * weight(english - words)
    else:
        assert weight(files) <= HEAVIEST
    assert seen.shift < LAYOUT_SHIFT, "it moves while it loads"
    assert seen.unnamed == {"all but contrast": [], "light": [], "dark": []}, "axe"
    assert seen.overhang == {}, "it scrolls sideways"
    assert seen.scrolls == [], "formulas and tables on a phone"
    for size, text in seen.smallest:
        assert size >= LETTERS, text


@pytest.mark.parametrize("name", only(cards.CHAPTERS, *KINDS))
def test_at_most_one_box_of_code_in_ten_scrolls_on_a_phone(visits, name):
    code = visits(name).code
    assert len(code) > 20
    assert sum(code) <= len(code) / 10


@pytest.mark.parametrize("name", [*PAGES, *only(OTHERS), *in_translation(OTHERS)])
def test_nothing_is_cut_at_the_edges_of_the_paper(visits, name):
    assert visits(name).cut == {width: [] for width in PAPER}


@pytest.mark.parametrize("name", only([name for name in CHAPTERS if name != SAMPLE], *KINDS))
def test_every_letter_is_one_of_ours(visits, name):
    """But for docstrings, which may hold letters above or below the line that no text font has."""
    assert visits(name).foreign == []
    assert visits(name).n_fonts > 2


def weight(files: set[Path]) -> int:
    """Return how many bytes come over the net, without the states of explorers."""
    total = 0
    for path in files:
        if path.parent.name == "explorers" and path.name != "explorer.js":
            continue  # states of explorers, which have a budget of their own
        content = path.read_bytes()
        total += len(content if path.suffix == ".woff2" else gzip.compress(content))
    return total


@pytest.mark.parametrize("name", only(CHAPTERS, *TYPICAL))
def test_equations_and_explorers_need_no_script(plain, name):
    page = plain(name)
    equations = page.locator("article .equation, article .math").all()
    for equation in equations[:10]:
        assert equation.locator("math").first.bounding_box()["width"] > 0
    assert "$$" not in page.locator("article").inner_text()
    for card in page.locator(".explorer").all():
        assert card.locator(".explorer-panel > svg").first.is_visible()
        assert re.search(r"\w", card.locator(".explorer-say p").first.inner_text())


def test_the_reader_chooses_light_or_dark_and_keeps_it(reader):
    page = reader.open("index.html")
    background = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(background)
    page.click("button.theme")
    after = page.evaluate(background)
    assert before != after
    page.wait_for_timeout(300)  # until the browser has stored the choice
    reader.open(CHAPTERS[-1])
    assert page.evaluate(background) == after
    # What was chosen on another page holds where the reader comes back to.
    page.evaluate("localStorage.removeItem('theme')")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.evaluate(background) == before


SEEN = """[...document.querySelectorAll("article section > *")]
    .map((each) => each.getBoundingClientRect())
    .filter((box) => box.bottom > 0 && box.top < innerHeight).map((box) => box.top)"""
RESTING = "document.querySelectorAll('article [style*=content-visibility]').length"


def wait_until_awake(page):
    deadline = time.monotonic() + 20
    while page.evaluate(RESTING) and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert page.evaluate(RESTING) == 0


def test_another_theme_moves_nothing_and_reaches_what_is_out_of_sight(reader):
    page = reader.open("chapters/gradient_descent.html")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    page.wait_for_timeout(300)
    letter = "getComputedStyle([...document.querySelectorAll('math mi')].at(-1)).color"
    before, color = page.evaluate(SEEN), page.evaluate(letter)
    page.evaluate("document.querySelector('button.theme').click()")
    assert page.evaluate(RESTING) > 10
    assert page.evaluate(SEEN) == pytest.approx(before, abs=1)
    wait_until_awake(page)
    assert page.evaluate(SEEN) == pytest.approx(before, abs=1)
    assert page.evaluate(letter) != color


def test_the_chapter_rests_while_an_explorer_is_in_use_and_moves_nothing(reader):
    page = reader.open("chapters/gradient_descent.html")
    card = page.locator(".explorer:has(input[type=range], select)").nth(1)
    card.scroll_into_view_if_needed()
    field = card.locator("input[type=range], select").first
    field.evaluate("field => field.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(300)
    before, top = page.evaluate(SEEN), page.evaluate("scrollY")
    field.evaluate("field => field.focus({ preventScroll: true })")
    page.wait_for_timeout(100)
    assert page.evaluate(RESTING) > 10
    assert page.evaluate(SEEN) == pytest.approx(before, abs=1)
    assert page.evaluate("scrollY") == pytest.approx(top, abs=1)
    page.evaluate("scrollBy(0, 2 * innerHeight)")
    wait_until_awake(page)
    page.evaluate("([y]) => scrollTo(0, y)", [top])
    page.wait_for_timeout(100)
    assert page.evaluate(SEEN) == pytest.approx(before, abs=1)


@pytest.mark.parametrize("event", ["resize", "beforeprint"])
def test_what_rests_is_whole_where_the_page_is_laid_out_anew(reader, event):
    page = reader.open("chapters/concepts.html")
    page.evaluate("restOutOfSight('auto')")
    assert page.evaluate(RESTING) > 10
    page.evaluate("event => dispatchEvent(new Event(event))", event)
    assert page.evaluate(RESTING) == 0


def test_the_keyboard_reaches_everything(reader):
    page = reader.open(CHAPTERS[-1])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
             .filter((e) => e.checkVisibility() && e.tabIndex < 0).length"""
    )
    assert seen == 0


def test_the_menu_on_a_phone_opens_and_closes_by_keyboard(phone):
    page = phone.open("index.html")
    page.focus("details.menu summary")
    page.keyboard.press("Enter")
    assert page.locator("details.menu nav").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("details.menu nav").is_visible()


def test_a_line_of_text_has_66_to_72_letters(desk):
    page = desk.open("chapters/forward.html")
    lines = page.evaluate(
        """() => [...document.querySelectorAll("section > p")].map((p) => {
          const lines = Math.round(p.offsetHeight / parseFloat(getComputedStyle(p).lineHeight));
          return [p.innerText.length, lines, p.querySelector(".math, code") === null];
        }).filter(([letters, lines, plain]) => plain && lines > 4)"""
    )
    # A paragraph's last line is half full on average.
    letters = [count / (lines - 0.5) for count, lines, _ in lines]
    assert len(letters) > 3
    assert 66 <= sum(letters) / len(letters) <= 72
    style = page.evaluate(
        "(({lineHeight, fontSize}) => [lineHeight, fontSize])(getComputedStyle(document.body))"
    )
    height, size = (float(value.removesuffix("px")) for value in style)
    assert height / size == pytest.approx(1.6)
