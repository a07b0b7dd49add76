"""Every page of the built book, opened from disk in a real browser without a network."""

import gzip
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.book.readers import in_chinese, make_reader, page_names

pytestmark = pytest.mark.browser

CHAPTERS = page_names()
OWN = ["index.html", *CHAPTERS, "genindex.html", "search.html"]
PAGES = [*OWN, "404.html", *in_chinese(OWN)]
HEAVIEST = 330_000  # bytes, compressed, before explorer states
HEAVIER = 1.1  # times its English page may a Chinese one weigh
LAYOUT_SHIFT = 0.02
QUICK = {"preload": False, "resultTypes": ["violations"], "selectors": False, "elementRef": False}

OBSERVE_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
OVERHANG = """
() => document.documentElement.scrollWidth - document.documentElement.clientWidth
"""
NEXT_FRAMES = """
() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))
"""
WIDEST = """
() => [...document.querySelectorAll("body *")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .filter((e) => !e.closest(".scroll, .wide, pre, .katex-mathml, .hide-tail, g"))
  .slice(0, 3).map((e) => e.outerHTML.slice(0, 120))
"""


# What would take axe half a minute a chapter and tell it nothing new: the parts of each formula
# and the inside of each drawing (its label stays), and the colours of code after ten blocks of it.
LEAVE_OUT = """
() => {
  for (const half of document.querySelectorAll(".katex-html")) half.textContent = "x";
  for (const formula of document.querySelectorAll("math")) formula.textContent = "x";
  for (const drawing of document.querySelectorAll("svg[aria-hidden], svg[role=img]"))
    drawing.replaceChildren();
  const code = [...document.querySelectorAll("pre")];
  for (const block of code.slice(10)) block.textContent = block.textContent;
}
"""


# Of all words with the same letters, colour and ground, contrast is measured at one: the others,
# of which a chapter has thousands, are left out.
MARK = """
() => {
  const kinds = new Set();
  for (const element of document.querySelectorAll("body, body *")) {
    const words = [...element.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
    if (!words && !element.matches("input, select, textarea")) continue;
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const kind = [style.color, style.fontSize, style.fontWeight];
    for (let at = element; at; at = at.parentElement) {
      const ground = getComputedStyle(at);
      kind.push(ground.opacity, ground.filter);
      if (ground.backgroundImage !== "none") kind.push(ground.backgroundImage);
      if (ground.backgroundColor !== "rgba(0, 0, 0, 0)") kind.push(ground.backgroundColor);
    }
    const name = kind.join();
    if (!kinds.has(name)) element.dataset.kind = "";
    kinds.add(name);
  }
}
"""
KEEP_MARKED = """
() => {
  for (const element of document.querySelectorAll("body *")) {
    if (!element.matches("[data-kind], :has([data-kind])")) element.remove();
  }
}
"""
CONTRAST = {"runOnly": ["color-contrast"]}
ALL_ELSE = {"rules": {"color-contrast": {"enabled": False}}}


def is_formula(rule: str, html: str) -> bool:
    """Tell whether axe calls a table's header empty that holds a formula: it can't read MathML."""
    return rule == "empty-table-header" and "<math" in html


def violations(page: Page, rules: dict[str, object]) -> list[str]:
    """Return what axe finds wrong on a page."""
    response = Axe().run(page, options=QUICK | rules).response
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in response["violations"]
        for node in violation["nodes"]
        if not is_formula(violation["id"], node["html"])
    ]


@dataclass
class Visit:
    """What one reading of a page found."""

    messages: list[str]
    loaded: list[str]
    shift: float
    unnamed: dict[str, list[str]] = field(default_factory=dict)  # axe's violations by part
    overhang: dict[str, str] = field(default_factory=dict)  # what sticks out, by width


@pytest.fixture(scope="module")
def visits(browser, site):
    """Return a function that visits a page once, looks at it in every way, and remembers."""
    known: dict[str, Visit] = {}

    def visit(name: str) -> Visit:
        if name in known:
            return known[name]
        reader = make_reader(browser, site, viewport={"width": 1280, "height": 900})
        reader.page.add_init_script(OBSERVE_SHIFTS)
        page = reader.open(name)
        page.wait_for_timeout(100)
        shift = page.evaluate("window.shifts")
        if shift >= LAYOUT_SHIFT:  # a busy machine may paint half a page; what moves, moves again
            page.reload()
            page.wait_for_timeout(100)
            shift = min(shift, page.evaluate("window.shifts"))
        found = Visit(reader.messages, list(reader.requests), shift)
        for label, width, zoom in (("390 px", 390, 1), ("320 px", 320, 1), ("200 %", 1280, 2)):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(f"document.documentElement.style.fontSize = '{100 * zoom}%'")
            page.evaluate(NEXT_FRAMES)
            if page.evaluate(OVERHANG) > 0:
                found.overhang[label] = str(page.evaluate(WIDEST))
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.evaluate(LEAVE_OUT)
        found.unnamed["all but contrast"] = violations(page, ALL_ELSE)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(MARK)
        page.evaluate(KEEP_MARKED)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found.unnamed[scheme] = violations(page, CONTRAST)
        reader.context.close()
        known[name] = found
        return found

    return visit


@pytest.mark.parametrize("name", PAGES)
def test_no_errors_in_the_console(visits, name):
    assert visits(name).messages == []


@pytest.mark.parametrize("name", PAGES)
def test_loads_nothing_but_its_own_files(visits, site, name):
    for address in visits(name).loaded:
        if address.startswith("data:"):
            continue
        path = Path(unquote(urlsplit(address).path))
        assert address.startswith("file:"), address
        assert path.is_relative_to(site), address
        assert path.is_file(), f"{address} does not exist"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_it_loads_names_another_host(visits, name):
    for address in visits(name).loaded:
        path = Path(unquote(urlsplit(address).path))
        if address.startswith("file:") and path.suffix != ".html":
            assert not re.search(rb"https?://", path.read_bytes()), address


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visits, name):
    assert visits(name).unnamed == {"all but contrast": [], "light": [], "dark": []}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways(visits, name):
    assert visits(name).overhang == {}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_while_it_loads(visits, name):
    assert visits(name).shift < LAYOUT_SHIFT


@pytest.mark.parametrize("name", PAGES)
def test_is_light(visits, site, name):
    files = {Path(unquote(urlsplit(a).path)) for a in visits(name).loaded if a[:5] == "file:"}
    if name.startswith("zh/"):
        english = {site / name[3:] if path == site / name else path for path in files}
        words = set((site / "zh").glob("words.*.js"))
        assert weight(files) <= HEAVIER * weight(english - words)
    else:
        assert weight(files) <= HEAVIEST


def weight(files: set[Path]) -> int:
    """Return how many bytes come over the net, without the states of explorers."""
    total = 0
    for path in files:
        if path.parent.name == "explorers" and path.name != "explorer.js":
            continue  # states of explorers, which have a budget of their own
        content = path.read_bytes()
        total += len(content if path.suffix == ".woff2" else gzip.compress(content))
    return total


@pytest.fixture(scope="module")
def without_scripts(browser, site):
    """Return a reader who has switched JavaScript off."""
    reader = make_reader(browser, site, java_script_enabled=False)
    yield reader
    reader.context.close()


@pytest.mark.parametrize("name", CHAPTERS)
def test_equations_and_explorers_need_no_script(without_scripts, name):
    page = without_scripts.page
    page.goto((without_scripts.site / name).as_uri())
    equations = page.locator("article .equation, article .math").all()
    for equation in equations[:10]:
        assert equation.locator(".katex-html").first.bounding_box()["width"] > 0
        assert equation.locator("math").count() == 1
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
    letter = "getComputedStyle([...document.querySelectorAll('.katex-html .mord')].at(-1)).color"
    before, color = page.evaluate(SEEN), page.evaluate(letter)
    page.evaluate("document.querySelector('button.theme').click()")
    assert page.evaluate(RESTING) > 10
    assert page.evaluate(SEEN) == pytest.approx(before, abs=1)
    wait_until_awake(page)
    assert page.evaluate(SEEN) == pytest.approx(before, abs=1)
    assert page.evaluate(letter) != color


@pytest.mark.parametrize("name", ["background", "gradient_descent", "faq"])
def test_the_chapter_rests_while_an_explorer_is_in_use_and_moves_nothing(reader, name):
    page = reader.open(f"chapters/{name}.html")
    card = page.locator(".explorer").nth(1)
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


def test_the_menu_on_a_phone_opens_and_closes_by_keyboard(browser, site):
    reader = make_reader(browser, site, viewport={"width": 390, "height": 800})
    page = reader.open("index.html")
    page.focus("details.menu summary")
    page.keyboard.press("Enter")
    assert page.locator("details.menu nav").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("details.menu nav").is_visible()
    reader.context.close()
