"""The whole book as one PDF that can be printed and bound: pages by Chromium, bound by pypdf."""

import html
import posixpath
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from babel.dates import format_date
from playwright.sync_api import Browser, Page, ViewportSize
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Fit, IndirectObject

from explorable.book import ENGINE, ROOT
from explorable.book.chromium import chromium
from explorable.book.print.truetype import prepare
from explorable.book.problem import BookError
from explorable.book.settings import library_version
from explorable.languages.editions import ENGLISH, Edition
from explorable.languages.interface import translated_words
from explorable.languages.known import TRANSLATED
from explorable.sphinx.site.write import MARK

# Attributes that name an element of the same page.
NAMING = re.compile(r'\b(id|for|aria-labelledby|aria-describedby|aria-controls|headers)="([^"]+)"')
FRAGMENT = re.compile(r'(href="#|xlink:href="#|url\(#)([^")]+)')
LINK = re.compile(r'\bhref="([^"#:]+\.html)(?:#([^"]*))?"')
FIRST = re.compile(
    rf"^({TRANSLATED.folder})?intro\.html$"
)  # of which the first page of an edition is a copy
SOURCE = re.compile(r'\bsrc="([^":]+)"')
SCALE = 0.8  # so that two panels of a figure, which are so many pixels wide, stand side by side
WINDOW: ViewportSize = {
    "width": 756,
    "height": 1100,
}  # as wide as the paper between its margins, so scaled
ASSETS = ENGINE / "sphinx" / "assets"
STYLE = ASSETS / "print" / "book.css"
NAMES = ("page/_element", "page/_say", "taking/_paper", "print/book", "page/print")
SCRIPTS = [ASSETS / f"{name}.js" for name in NAMES]
ROUNDS = 5  # of printing, until the numbers of the pages are those that are printed; 3 or 4 do


def print_book(
    site: Path, file: Path, edition: Edition = ENGLISH, *, names: list[str] | None = None
) -> None:
    """Print pages of the built site, all unless they are named, into one PDF.

    A `BookError` says that there is no built site, no browser, or no font for the edition.
    """
    home, names = pages_of(site, edition, names)
    words = sorted((site / edition.folder).glob("words.*.js"))
    facts = facts_of(home, edition)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        scratch = Path(folder)
        page = _opened(browser, scratch / "book.html", one_document(site, names))
        page.evaluate(f"() => {{ {''.join(map(_read, [*words, *SCRIPTS]))} }}")
        if not _can_write(page):
            _without_letters(page, edition)
        prepare(page, site, edition)
        known = {"title": facts["title"], "lines": title_lines(facts, edition)}
        headings = page.evaluate("bookPrint.bind", known)
        if len(names) == 1 and headings:
            facts["title"] = f"{headings[0]['text']} · {facts['title']}"
        print(f"Printing {len(names)} pages of the site …", flush=True)
        body = scratch / "body.pdf"
        count = _settled(page, body)
        _bind(PdfWriter(clone_from=body), headings, facts).write(file)
    print(f"The book is printed: {file}, {count} pages")


def pages_of(site: Path, edition: Edition, names: list[str] | None) -> tuple[Path, list[str]]:
    """Return an edition's first page and the names of its pages, in the order of the book."""
    if not (site / MARK).is_file():
        raise BookError(f"{site} holds no built book; run: python -m explorable build")
    home = site / edition.folder / "index.html"
    if not home.is_file():
        raise BookError(f"{site} holds no such edition; name it in book_editions of _config.yml")
    if names is None:
        names = [edition.folder + name for name in reading_order(_read(home))]
    return home, names


def facts_of(home: Path, edition: Edition) -> dict[str, str]:
    """Return what the title page says: title, author, version and its date."""
    settings = yaml.safe_load(_read(ROOT / "_config.yml"))
    cited = yaml.safe_load(_read(ROOT / "CITATION.cff"))
    title = re.findall(r"<title>(.*?)</title>", _read(home))[0]
    return {
        "title": html.unescape(title),
        "author": speaker(edition)(settings["author"]),
        "version": library_version(),
        "date": str(cited["date-released"]),
    }


def speaker(edition: Edition) -> Callable[[str], str]:
    """Return what says the words of the pages' frame in the language of an edition."""
    words = translated_words() if edition is TRANSLATED else {}
    return lambda text: words.get(text, text)


def title_lines(facts: dict[str, str], edition: Edition) -> list[str]:
    """Return what stands below the title."""
    _, locale = speaker(edition), "en_GB" if edition is ENGLISH else edition.code
    day = format_date(date.fromisoformat(facts["date"]), "long", locale)
    return [
        facts["author"],
        _("What moves and what runs is on the site; here stand its pictures."),
        _("Version {version}, {day}").format(version=facts["version"], day=day),
        _("Text and figures under CC BY 4.0, code under the MIT licence"),
    ]


def file_name(edition: Edition, kind: str = "pdf", part: str = "") -> str:
    """Return what the file of an edition, or of a part of it, is called: title, version, kind."""
    title = yaml.safe_load(_read(ROOT / "_config.yml"))["title"]
    words = [
        *re.findall(r"[a-z0-9]+", title.lower()),
        part,
        edition.folder.strip("/"),
        library_version(),
    ]
    return f"{'-'.join(filter(None, words))}.{kind}"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _opened(browser: Browser, path: Path, document: str) -> Page:
    """Show a document as it will be printed."""
    path.write_text(document, encoding="utf-8")
    page = browser.new_page(viewport=WINDOW, color_scheme="light")
    page.set_default_timeout(0)  # a slow machine is slow, not broken
    page.emulate_media(media="print")
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


def require_font(page: Page, edition: Edition) -> None:
    """Refuse to print an edition where no font has its letters."""
    page.evaluate(f"() => {{ {''.join(map(_read, SCRIPTS))} }}")
    if edition is TRANSLATED and not _can_write(page):
        _without_letters(page, edition)


def _can_write(page: Page) -> bool:
    """Tell whether this machine has a font with the letters of the other edition."""
    letters, _package = TRANSLATED.PRINTED
    return not letters or bool(page.evaluate(f"bookPrint.canWrite('{letters}')"))


def _without_letters(page: Page, edition: Edition) -> None:
    """Refuse to print an edition as empty boxes; leave its words out of the English one."""
    letters, package = TRANSLATED.PRINTED
    missing = f"No font on this machine has letters such as {letters}"
    cure = f"(Debian, Ubuntu: sudo apt-get install {package})"
    if edition is TRANSLATED:
        name = TRANSLATED.name
        raise BookError(f"{missing}, and the edition {name} can't be printed: install one {cure}")
    print(f"{missing}: the names of terms in {TRANSLATED.name} are left out {cure}", flush=True)
    page.evaluate("document.documentElement.classList.add('no-other')")


def _bind(
    writer: PdfWriter, headings: Iterable[Mapping[str, Any]], facts: Mapping[str, str]
) -> PdfWriter:
    """Give printed pages an outline of the headings, title and author."""
    places = writer.named_destinations
    above: list[tuple[int, IndirectObject]] = []
    for heading in headings:
        while above and above[-1][0] >= heading["level"]:
            above.pop()
        place = places[f"/{heading['id']}"]
        number = writer.get_destination_page_number(place)
        parent = above[-1][1] if above else None
        fit = Fit.xyz(top=place.top)
        item = writer.add_outline_item(
            title=heading["text"], page_number=number, parent=parent, fit=fit, is_open=False
        )
        above.append((heading["level"], item))
    writer.page_mode = "/UseOutlines"
    writer.add_metadata({"/Title": facts["title"], "/Author": facts["author"]})
    return writer


def page_numbers(reader: PdfReader) -> dict[str, int]:
    """Return the page on which each place is to which links lead, counted from 1."""
    return {
        name.removeprefix("/"): (reader.get_destination_page_number(place) or 0) + 1
        for name, place in reader.named_destinations.items()
    }


def _settled(page: Page, file: Path) -> int:
    """Print until the numbers in the book are those of its pages; return how many these are."""
    written: dict[str, int] = {}
    found: list[dict[str, int]] = [{}, {}]
    for _ in range(ROUNDS):
        page.pdf(path=file, prefer_css_page_size=True, scale=SCALE, tagged=True)
        reader = PdfReader(file)
        found.append(page_numbers(reader))
        if found[-1] == written:
            return len(reader.pages)
        # Chromium may lay out a block in two ways in turn: then the next printing is as the last.
        written = found[-2] if found[-1] == found[-3] else found[-1]
        page.evaluate("bookPrint.number", written)
    moved = [name for name, number in found[-1].items() if number != found[-2].get(name)]
    raise BookError(f"The pages do not settle, for each printing moves {', '.join(moved[:3])}.")


def reading_order(home: str) -> list[str]:
    """List the pages in the order of the first page's table of contents."""
    contents = re.search(r'<nav class="contents"[^>]*>(.*?)</nav>', home, re.DOTALL)
    assert contents is not None
    names = [_path(address) for address, _ in LINK.findall(contents[1])]
    own = ("intro.html", "progress.html")  # the first page, and the reader's
    return ["index.html", *(name for name in names if name not in own)]


def _path(address: str) -> str:
    """Return the path of a file that an attribute of a page names."""
    return unquote(html.unescape(address))


def one_document(site: Path, names: list[str]) -> str:
    """Join the articles of these pages; links between them become links inside the document."""
    prefixes = {name: f"p{number}-" for number, name in enumerate(names)}
    articles = "\n".join(_article(_read(site / name), name, prefixes, site) for name in names)
    homes = (name for name in names if posixpath.basename(name) == "index.html")
    first = _read(site / next(homes, names[0]))
    title = re.search(r"<title>(.*?)</title>", first)
    lang = re.search(r'<html lang="([^"]*)"', first)
    parts = ("explorers/explorer.css", "drills/drills.css")
    styles = [*(site / name for name in ("assets/site.css", "assets/formulas.css", *parts)), STYLE]
    links = "".join(f'<link rel="stylesheet" href="{s.as_uri()}">' for s in styles if s.is_file())
    head = f"<title>{title[1] if title else ''}</title>{links}"
    start = f'<!DOCTYPE html><html lang="{lang[1] if lang else "en"}" data-theme="light"><head>'
    return f'{start}<meta charset="utf-8">{head}</head><body><main>{articles}</main></body></html>'


def _article(text: str, name: str, prefixes: dict[str, str], site: Path) -> str:
    found = re.search(r"<article>(.*?)</article>", text, re.DOTALL)
    content = found[1] if found else ""
    prefix = prefixes[name]
    folder = posixpath.dirname(name)

    def named(match: re.Match[str]) -> str:
        return f'{match[1]}="{" ".join(prefix + word for word in match[2].split())}"'

    def linked(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, _path(match[1])))
        target = FIRST.sub(r"\1index.html", target)
        if target not in prefixes:
            return ""
        return f'href="#{prefixes[target]}{match[2] or "top"}"'

    def sourced(match: re.Match[str]) -> str:
        return f'src="{(site / folder / _path(match[1])).resolve().as_uri()}"'

    content = NAMING.sub(named, content)
    content = FRAGMENT.sub(lambda match: f"{match[1]}{prefix}{match[2]}", content)
    content = LINK.sub(linked, content)
    content = SOURCE.sub(sourced, content)
    return f'<article id="{prefix}top">{content}</article>'
