"""The whole book as one PDF with bookmarks and page numbers, printed by Chromium."""

import html
import posixpath
import re
import tempfile
from pathlib import Path
from urllib.parse import unquote

from playwright.sync_api import ViewportSize

from book import ROOT
from book.build import MARK
from book.chromium import chromium
from book.problem import BookError

# Attributes that name an element of the same page.
NAMING = re.compile(r'\b(id|for|aria-labelledby|aria-describedby|aria-controls|headers)="([^"]+)"')
FRAGMENT = re.compile(r'(href="#|xlink:href="#|url\(#)([^")]+)')
LINK = re.compile(r'\bhref="([^"#:]+\.html)(?:#([^"]*))?"')
FIRST = re.compile(r"^(zh/)?intro\.html$")  # of which the first page of an edition is a copy
SOURCE = re.compile(r'\bsrc="([^":]+)"')
STYLE = """
article + article { break-before: page }
html { font-size: 12.2pt }
@page { size: A4; margin: 20mm 20mm 22mm }
"""
SCALE = 0.85  # so that two panels of a figure, which are so many pixels wide, stand side by side
WINDOW: ViewportSize = {
    "width": 756,
    "height": 1100,
}  # as wide as the paper between its margins, so scaled
FOOTER = """
<div style="width: 100%; font: 8pt sans-serif; color: #444; text-align: center">
  <span class="pageNumber"></span>
</div>
"""
SCRIPTS = [ROOT / "book" / "assets" / "page" / name for name in ("_say.js", "print.js")]
PRINT = "".join(f"{{ {path.read_text(encoding='utf-8')} }}" for path in SCRIPTS)
FIT = """
() => {
  for (const frame of document.querySelectorAll(".scroll")) {
    const excess = frame.scrollWidth / frame.clientWidth;
    if (excess > 1) frame.style.fontSize = `${95 / excess}%`;
  }
}
"""


def print_book(
    site: Path, file: Path, folder: str = "", *, names: list[str] | None = None
) -> None:
    """
    Print the built site into one PDF.

    Parameters
    ----------
    site
        The folder of the built site.
    file
        The PDF to write.
    folder
        That of the edition in the site, with a final slash, or nothing.
    names
        The pages to print; all of them in the order of the book unless given.

    Raises
    ------
    BookError
        There is no built site, or no browser.
    """
    if not (site / MARK).is_file():
        raise BookError(f"{site} holds no built book; run: python -m book build")
    home = site / folder / "index.html"
    if not home.is_file():
        raise BookError(f"{site} holds no such edition; name it in book_editions of _config.yml")
    names = names or [folder + name for name in reading_order(home.read_text(encoding="utf-8"))]
    words = "".join(
        path.read_text(encoding="utf-8") for path in (site / folder).glob("words.*.js")
    )
    document = one_document(site, names)
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        whole = Path(scratch) / "book.html"
        whole.write_text(document, encoding="utf-8")
        page = browser.new_page(viewport=WINDOW, color_scheme="light")
        page.goto(whole.as_uri())
        page.evaluate("document.fonts.ready.then(() => true)")
        page.evaluate(FIT)
        page.evaluate(f"() => {{ {words}{PRINT} }}")
        print(f"Printing {len(names)} pages of the site …", flush=True)
        page.pdf(
            path=file,
            scale=SCALE,
            prefer_css_page_size=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOTER,
            outline=True,
            tagged=True,
        )
    print(f"The book is printed: {file}")


def reading_order(home: str) -> list[str]:
    """List the pages in the order of the first page's table of contents."""
    contents = re.search(r'<nav class="contents"[^>]*>(.*?)</nav>', home, re.DOTALL)
    assert contents is not None
    names = [_path(address) for address, _ in LINK.findall(contents[1])]
    return ["index.html", *(n for n in names if n not in ("intro.html", "genindex.html"))]


def _path(address: str) -> str:
    """Return the path of a file that an attribute of a page names."""
    return unquote(html.unescape(address))


def one_document(site: Path, names: list[str]) -> str:
    """Join the articles of these pages; links between them become links inside the document."""
    prefixes = {name: f"p{number}-" for number, name in enumerate(names)}
    texts = {name: (site / name).read_text(encoding="utf-8") for name in names}
    home = next(texts[name] for name in names if posixpath.basename(name) == "index.html")
    title = re.search(r"<title>(.*?)</title>", home)
    lang = re.search(r'<html lang="([^"]*)"', home)
    articles = [_article(texts[name], name, prefixes, site) for name in names]
    styles = [site / "assets" / "site.css", site / "explorers" / "explorer.css"]
    links = [f'<link rel="stylesheet" href="{s.as_uri()}">' for s in styles if s.is_file()]
    head = f"<title>{title[1] if title else ''}</title>{''.join(links)}<style>{STYLE}</style>"
    body = "\n".join(articles)
    start = f'<!DOCTYPE html><html lang="{lang[1] if lang else "en"}" data-theme="light"><head>'
    return f'{start}<meta charset="utf-8">{head}</head><body><main>{body}</main></body></html>'


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
