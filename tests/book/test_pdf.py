"""The document that is printed: its order, its links, and what the browser is asked for."""

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest

from book import pdf
from book.build import MARK
from book.pdf import one_document, print_book, reading_order
from book.problem import BookError
from tests.book.pipe import pipe

HOME = """<html><head><title>A &amp; B</title></head><body>
<nav class="other"><a href="chapters/b.html">b</a></nav>
<nav class="contents" aria-label="Chapters"><a href="intro.html">Home</a>
<ol><li><a class="x" href="chapters/b.html">B</a></li>
<li><a href="chapters/a%20&amp;%20c.html#top">A</a></li></ol>
<a href="genindex.html">Index</a><a href="https://example.org/x.html">elsewhere</a></nav>
<article>Welcome</article><nav><a href="more.html">more</a></nav></body></html>"""


def article(site, name, content, others=()):
    """Return one page's part of the document; other pages come after it."""
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<p>x</p><article>{content}</article><p>y</p>", encoding="utf-8")
    for other in others:
        (site / other).parent.mkdir(parents=True, exist_ok=True)
        (site / other).touch()
    names = [*dict.fromkeys([name, *others, "index.html"])]
    (site / "index.html").touch()
    found = re.search(
        r'<article id="p0-top">(.*?)</article>', one_document(site, names), re.DOTALL
    )
    return found[1]


def test_pages_are_printed_in_the_order_of_the_contents():
    assert reading_order(HOME) == ["index.html", "chapters/b.html", "chapters/a & c.html"]


def test_articles_are_joined_under_the_title_of_the_book(tmp_path):
    (tmp_path / "index.html").write_text(HOME, encoding="utf-8")
    (tmp_path / "é.html").write_text("<article>two\nlines é</article>", encoding="utf-8")
    (tmp_path / "none.html").write_text("<p>without an article</p>", encoding="utf-8")
    document = one_document(tmp_path, ["é.html", "index.html", "none.html"])
    assert document.startswith('<!DOCTYPE html><html lang="en" data-theme="light">')
    assert '<meta charset="utf-8"><title>A &amp; B</title><style>' in document
    assert pdf.STYLE in document
    assert document.endswith(
        '</head><body><main><article id="p0-top">two\nlines é</article>\n'
        '<article id="p1-top">Welcome</article>\n'
        '<article id="p2-top"></article></main></body></html>'
    )


def test_style_sheets_are_used_where_they_are(tmp_path):
    (tmp_path / "index.html").write_text("<article></article>", encoding="utf-8")
    head = one_document(tmp_path, ["index.html"])
    assert "<title></title>" in head
    assert "<link" not in head
    addresses = []
    for name in ("assets/site.css", "explorers/explorer.css"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
        addresses.append((tmp_path / name).as_uri())
        links = "".join(f'<link rel="stylesheet" href="{each}">' for each in addresses)
        assert f"</title>{links}<style>" in one_document(tmp_path, ["index.html"])


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ('<p id="a">', '<p id="p0-a">'),
        ('<p id="a" class="b">', '<p id="p0-a" class="b">'),
        ('<label for="a">', '<label for="p0-a">'),
        ('<svg aria-labelledby="a b" aria-describedby="c">',
         '<svg aria-labelledby="p0-a p0-b" aria-describedby="p0-c">'),
        ('<td headers="a b">', '<td headers="p0-a p0-b">'),
        ('<button aria-controls="a">', '<button aria-controls="p0-a">'),
        ('<a href="#a">', '<a href="#p0-a">'),
        ('<use xlink:href="#a">', '<use xlink:href="#p0-a">'),
        ('<path fill="url(#a)">', '<path fill="url(#p0-a)">'),
        ('<a href="https://example.org/b.html#a">', '<a href="https://example.org/b.html#a">'),
    ],
)  # fmt: skip
def test_names_stay_apart_from_those_of_other_pages(tmp_path, written, printed):
    assert article(tmp_path, "chapters/a.html", written) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ('<a href="b.html">b</a>', '<a href="#p1-top">b</a>'),
        ('<a href="b.html#x">b</a>', '<a href="#p1-x">b</a>'),
        ('<a href="../c.html#x">c</a>', '<a href="#p2-x">c</a>'),
        ('<a href="a.html#x">here</a>', '<a href="#p0-x">here</a>'),
        ('<a href="../intro.html">home</a>', '<a href="#p4-top">home</a>'),
        ('<a href="../index.html#x">home</a>', '<a href="#p4-x">home</a>'),
        ('<a href="../d%20&amp;%20e.html">d</a>', '<a href="#p3-top">d</a>'),
        ('<a href="none.html#x">not printed</a>', "<a >not printed</a>"),
    ],
)
def test_links_between_pages_lead_inside_the_document(tmp_path, written, printed):
    others = ["chapters/b.html", "c.html", "d & e.html"]
    assert article(tmp_path, "chapters/a.html", written, others) == printed


def test_pictures_are_found_from_where_the_page_lies(tmp_path):
    done = article(
        tmp_path, "chapters/a.html", '<img src="../_images/a%20b.png"><img src="data:image/png,x">'
    )
    first, second = re.findall(r'src="([^"]*)"', done)
    assert Path(unquote(urlsplit(first).path)) == tmp_path / "_images" / "a b.png"
    assert second == "data:image/png,x"


# Printing


@pytest.fixture
def site(tmp_path):
    """Return a built site of three pages."""
    folder = tmp_path / "site"
    (folder / "chapters").mkdir(parents=True)
    (folder / MARK).touch()
    (folder / "index.html").write_text(HOME, encoding="utf-8")
    for name in ("b", "a & c"):
        page = f"<article>Chapter {name}, é</article>"
        (folder / "chapters" / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture
def asked(monkeypatch):
    """Return what a stand-in for the browser is asked for, in order."""
    calls = []

    def new_page(**options):
        calls.append(("new_page", options))

        def goto(address):
            assert address.endswith(".html")  # or a browser would show its source
            document = Path(unquote(urlsplit(address).path)).read_text(encoding="utf-8")
            calls.append(("goto", document))

        return SimpleNamespace(
            goto=goto,
            evaluate=lambda code: calls.append(("evaluate", code)),
            pdf=lambda **options: calls.append(("pdf", options | {"told": sys.stdout.arrived})),
        )

    @contextmanager
    def chromium():
        yield SimpleNamespace(new_page=new_page)
        calls.append(("closed", None))

    monkeypatch.setattr(pdf, "chromium", chromium)
    return calls


def test_the_whole_book_is_printed(site, asked, tmp_path):
    with pipe() as told:
        print_book(site, tmp_path / "book.pdf")
    assert [name for name, _ in asked] == [
        "new_page", "goto", "evaluate", "evaluate", "evaluate", "pdf", "closed"
    ]  # fmt: skip
    window, document, fonts, fit, solutions, options, _ = (what for _, what in asked)
    names = ["index.html", "chapters/b.html", "chapters/a & c.html"]
    assert document == one_document(site, names)
    assert "é" in document
    assert window["color_scheme"] == "light"
    assert "document.fonts.ready" in fonts
    assert "fontSize" in fit  # formulas that are wider than the paper shrink
    assert "beforeprint" in solutions  # which move to the end
    assert options["path"] == tmp_path / "book.pdf"
    assert options["outline"]
    assert options["tagged"]
    assert options["prefer_css_page_size"]
    assert options["display_header_footer"]
    assert "pageNumber" in options["footer_template"]
    # An empty template would be replaced by one with the date and the address of the file.
    assert options["header_template"] == "<span></span>"
    # The window is as wide as A4 without its margins of 20 mm, in pixels that are scaled.
    paper = (210 - 40) / 25.4 * 96 / options["scale"]
    assert window["viewport"]["width"] == pytest.approx(paper, abs=1)
    assert options["told"] == "Printing 3 pages of the site …\n"  # it takes long
    assert told.getvalue() == f"{options['told']}The book is printed: {tmp_path / 'book.pdf'}\n"


def test_some_pages_are_printed(site, asked, tmp_path):
    with pipe():
        print_book(site, tmp_path / "book.pdf", names=["chapters/b.html", "index.html"])
    assert asked[1] == ("goto", one_document(site, ["chapters/b.html", "index.html"]))


def test_the_chinese_edition_is_printed_in_its_own_words(site, asked, tmp_path):
    chinese = site / "zh" / "chapters"
    chinese.mkdir(parents=True)
    home = HOME.replace("<html>", '<html lang="zh-Hans">').replace('"Chapters"', '"各章"')
    (site / "zh" / "index.html").write_text(home, encoding="utf-8")
    (site / "zh" / "words.1.js").write_text("window.bookWords={};\n", encoding="utf-8")
    for name in ("b", "a & c"):
        page = f'<article><a href="../intro.html">{name}</a></article>'
        (chinese / f"{name}.html").write_text(page, encoding="utf-8")
    with pipe():
        print_book(site, tmp_path / "book.pdf", "zh/")
    document = one_document(
        site, ["zh/index.html", "zh/chapters/b.html", "zh/chapters/a & c.html"]
    )
    assert asked[1] == ("goto", document)
    assert '<html lang="zh-Hans"' in document
    assert '<a href="#p0-top">b</a>' in document
    assert "window.bookWords={};" in asked[4][1]
    with pytest.raises(BookError, match="holds no such edition"):
        print_book(site, tmp_path / "book.pdf", "fr/")


def test_what_is_printed_says_its_own_words(site, asked, tmp_path):
    with pipe():
        print_book(site, tmp_path / "book.pdf")
    assert asked[4][1].index("window.say =") < asked[4][1].index('say("Solutions")')


def test_printing_needs_a_built_book(tmp_path, asked):
    (tmp_path / "index.html").write_text(HOME, encoding="utf-8")
    with pytest.raises(BookError, match=r"holds no built book; run: python -m book build$"):
        print_book(tmp_path, tmp_path / "book.pdf")
    assert asked == []
