"""The built book in Firefox and in WebKit, from disk: read, moved, opened, searched."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorable.book.job import Build
from tests.browsers.drivers import Firefox, WebKit
from tests.conftest import site as built

__all__ = ["built"]
BOOK = Build()
PAGES = [path.relative_to(BOOK.source).with_suffix(".html").as_posix() for path in BOOK.documents]
OTHERS = ["index.html", "genindex.html", "search.html", "progress.html", "404.html"]
UNTIL = """
const until = async (condition) => {
  for (let tries = 0; !condition(); tries++) {
    if (tries === 1000) throw new Error(`never: ${condition}`);
    await new Promise((done) => setTimeout(done, 50));
  }
};
"""
# Each explorer is brought near, moved by its first control, and shows something else.
MOVE = """
const still = [];
const drawn = (card) =>
  [...card.querySelectorAll("svg [data-m], output")].map((part) => part.innerHTML).join();
for (const card of document.querySelectorAll("figure.explorer")) {
  const control = card.querySelector("input[type=range], select");
  if (!control) continue;
  for (let up = card; up; up = up.parentElement) if (up.localName === "details") up.open = true;
  card.scrollIntoView();
  const options = control.tagName === "SELECT" ? control.options.length : Number(control.max) + 1;
  const before = drawn(card);
  let moved = false;
  for (let tries = 0; tries < 200 && !moved; tries++) {
    const value = tries % options;
    if (control.tagName === "SELECT") control.selectedIndex = value;
    else control.value = value;
    for (const name of ["input", "change"])
      control.dispatchEvent(new Event(name, {bubbles: true}));
    await new Promise((done) => setTimeout(done, 50));
    moved = drawn(card) !== before;
  }
  if (!moved) still.push(card.id);
}
return still;
"""


def recorded(built: Path, copy: Path) -> Path:
    """Copy a site; each page of the copy remembers what goes wrong in it."""
    shutil.copytree(built, copy, ignore=shutil.ignore_patterns("*.ipynb", "python"))
    script = (Path(__file__).parent / "recorder.js").read_text(encoding="utf-8")
    (copy / "recorder.js").write_text(script, encoding="utf-8")
    for page in copy.rglob("*.html"):
        up = "../" * len(page.relative_to(copy).parents[1:])
        text = page.read_text(encoding="utf-8")
        text = text.replace("<title>", f'<script src="{up}recorder.js"></script><title>', 1)
        text = text.replace(
            "default-src 'none'; style", "script-src file:; style", 1
        )  # of the lost
        page.write_text(text, encoding="utf-8")
    return copy


@pytest.fixture(scope="session")
def site(built: Path, tmp_path_factory) -> Path:
    """Return the folder of such a copy of the book."""
    return recorded(built, tmp_path_factory.mktemp("recorded") / "site")


@pytest.fixture(scope="module", params=[Firefox, WebKit], ids=["Firefox", "WebKit"])
def browser(request, tmp_path_factory) -> Iterator[Firefox | WebKit]:
    """Return a browser."""
    started = request.param(tmp_path_factory.mktemp(request.param.__name__))
    yield started
    started.close()


def test_what_goes_wrong_is_noticed(browser, tmp_path):
    (tmp_path / "site").mkdir()
    scripts = '<script>console.error("no"); gone()</script><script src="x.js"></script>'
    (tmp_path / "site" / "bad.html").write_text(f"<title>Bad</title>{scripts}", encoding="utf-8")
    browser.open(recorded(tmp_path / "site", tmp_path / "copy") / "bad.html")
    told = " ".join(browser.messages)
    assert "no" in told.split()
    assert "gone" in told or "Script error." in told  # all that WebKit says of a file's
    assert "x.js" in told


@pytest.mark.parametrize("name", [*OTHERS, *PAGES])
def test_a_page_opens_without_a_word_in_the_console(browser, site: Path, name):
    browser.open(site / name)
    assert browser.run("await document.fonts.ready; return document.title")
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
    assert browser.messages == []


@pytest.mark.parametrize("name", [page for page in PAGES if page.startswith("chapters/")])
def test_explorers_move(browser, site: Path, name):
    browser.open(site / name)
    assert browser.run(MOVE) == []
    assert browser.messages == []


@pytest.mark.parametrize("name", [page for page in PAGES if page.startswith("chapters/")])
def test_a_fold_opens(browser, site: Path, name):
    browser.open(site / name)
    opened = """
    const fold = document.querySelector("article details.solution");
    const height = fold.offsetHeight;
    fold.querySelector("summary").click();
    await until(() => fold.open && fold.offsetHeight > height);
    return true;
    """
    assert browser.run(UNTIL + opened)
    assert browser.messages == []


def test_the_search_finds(browser, site: Path):
    browser.open(site / "search.html")
    found = """
    const input = document.querySelector("#search input");
    input.value = "vanishing gradient";
    input.dispatchEvent(new Event("input"));
    await until(() => document.querySelector(".results a"));
    return document.querySelector(".results a").href;
    """
    assert "chapters/backward.html#vanishing-and-exploding" in browser.run(UNTIL + found)
    assert browser.messages == []


def test_the_theme_changes(browser, site: Path):
    browser.open(site / "index.html")
    colours = """
    const colour = () => getComputedStyle(document.body).backgroundColor;
    const first = colour();
    document.querySelector("button.theme").click();
    return [first, colour()];
    """
    first, second = browser.run(colours)
    assert first != second
