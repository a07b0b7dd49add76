"""The printed book: its order, its links, its title page, contents, feet and outline."""

import re
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from pypdf import PdfReader

from explorable.book import ROOT
from explorable.book.print import pdf
from explorable.book.print.epub import write_epub
from explorable.book.print.pdf import (
    facts_of,
    file_name,
    one_document,
    page_numbers,
    print_book,
    reading_order,
)
from explorable.book.problem import BookError
from explorable.languages.editions import ENGLISH, Edition
from explorable.languages.interface import script, translated_words
from explorable.languages.known import TRANSLATED as CHINESE
from explorable.sphinx.site.write import MARK
from mathdl import __version__

HOME = """<html><head><title>A &amp; B</title></head><body>
<nav class="other"><a href="chapters/b.html">b</a></nav>
<nav class="contents" aria-label="Chapters"><a href="intro.html">Home</a>
<ol><li><a class="x" href="chapters/b.html">B</a></li>
<li><a href="chapters/a%20&amp;%20c.html#top">A</a></li></ol>
<a href="genindex.html">Index</a><a href="progress.html">P</a><a href="https://example.org/x.html">elsewhere</a></nav>
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


def test_articles_are_joined_in_the_order_of_the_contents_under_the_title_of_the_book(tmp_path):
    (tmp_path / "index.html").write_text(HOME, encoding="utf-8")
    (tmp_path / "é.html").write_text("<article>two\nlines é</article>", encoding="utf-8")
    (tmp_path / "none.html").write_text("<p>without an article</p>", encoding="utf-8")
    document = one_document(tmp_path, ["é.html", "index.html", "none.html"])
    assert document.startswith('<!DOCTYPE html><html lang="en" data-theme="light">')
    style = f'<link rel="stylesheet" href="{pdf.STYLE.as_uri()}">'
    assert f'<meta charset="utf-8"><title>A &amp; B</title>{style}</head>' in document
    assert document.endswith(
        '</head><body><main><article id="p0-top">two\nlines é</article>\n'
        '<article id="p1-top">Welcome</article>\n'
        '<article id="p2-top"></article></main></body></html>'
    )
    pages = ["index.html", "chapters/b.html", "chapters/a & c.html", "genindex.html"]
    assert reading_order(HOME) == pages


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


PAGES = {
    "index.html": """<section id="welcome"><h1>Welcome</h1><p><strong>You need</strong></p>
<p>See <a class="reference internal" href="chapters/b.html"><span class="doc">chapter B</span></a>,
<a class="reference internal" href="chapters/b.html#e">(1.1)</a>,
<a class="reference internal" href="chapters/b.html#term-x">x</a>, and
<a class="reference internal" href="#welcome">this</a>.
<a href="chapters/b.html" data-page="chapters/b">Next</a></p></section>""",
    "chapters/b.html": """<section id="b"><h1><span class="section-number">1. </span>On
<span class="math" data-tex="X"><math><mi>x</mi></math></span></h1>
<section id="b1"><a class="headerlink" href="#b1">§</a>
<h2><span class="section-number">1.1. </span>One</h2>
<p>See <a class="reference internal" href="#b2">there</a></p>
<div class="exercise"><span class="caption-number">Exercise 1.1 </span></div>
<details class="solution fold" id="s"><summary>Solution</summary><p>It is 2.</p></details>
<div style="height: 1800px"></div><h3 id="h">Three</h3><p id="e">An equation</p></section>
<section id="b2"><h2>Two</h2><div style="height: 900px"></div><dl><dt id="term-x">x</dt></dl>
<div class="scroll"><table style="white-space: pre"><tr><td>WIDE</td></tr></table></div></section>
</section>""".replace("WIDE", "a cell " * 60),
    "chapters/a & c.html": '<section id="c"><h1>C</h1><p><span id="d">d</span></p></section>',
    "genindex.html": """<h1>Index</h1><h2 id="D">D</h2><ul class="index"><li>d<span class="place">,
<a href="chapters/b.html#e">chapter 1</a></span><span class="place">,
<a href="chapters/b.html#h">chapter 1</a></span><span class="place">,
<a href="chapters/a%20&amp;%20c.html#d">C</a></span></li></ul>""",
}


def write_site(site: Path, edition: Edition) -> None:
    nav = re.search(r"<nav class=.contents.*?</nav>", HOME, re.DOTALL)[0]
    for name, content in PAGES.items():
        path = site / edition.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        page = f'<html lang="{edition.lang}"><title>A &amp; B</title>{nav}'
        path.write_text(f"{page}<article>{content}</article></html>", encoding="utf-8")
    (site / MARK).touch()


@pytest.fixture(scope="module")
def printed(browser, tmp_path_factory):
    site = tmp_path_factory.mktemp("printed") / "a site"
    write_site(site, ENGLISH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "chromium", using(browser))
        print_book(site, site.with_name("book.pdf"))
    return PdfReader(site.with_name("book.pdf"))


def using(browser):
    """Return a stand-in for a browser that is started: the one of all tests, left open."""

    @contextmanager
    def chromium():
        yield browser

    return chromium


def outline(reader):
    """Return level, title and page of each entry."""
    found = []

    def walk(entries, level):
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, level + 1)
            else:
                page = reader.get_destination_page_number(entry) + 1
                found.append((level, entry.title, page))

    walk(reader.outline, 1)
    return found


def lines(reader, page):
    """Return the lines of a page, counted from 1."""
    return [line.strip() for line in reader.pages[page - 1].extract_text().splitlines()]


@pytest.mark.browser
def test_the_first_pages_say_what_the_book_is_and_where_its_headings_are(printed):
    assert lines(printed, 1)[:2] == ["A & B", "The mathdl authors"]
    assert lines(printed, 1)[2].startswith("What moves and what runs is on the site")
    assert re.fullmatch(
        rf"Version {re.escape(__version__)}, \d{{1,2}} \w+ 20\d\d", lines(printed, 1)[3]
    )
    assert len(lines(printed, 1)) == 5  # and the licences, but no number
    assert printed.metadata.title == "A & B"
    assert printed.metadata.author == "The mathdl authors"
    assert printed.trailer["/Root"]["/Lang"] == "en"
    assert printed.page_mode == "/UseOutlines"  # which a reader opens with the book
    assert printed.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert outline(printed) == [
        (1, "Welcome", 3),
        (1, "1. On x", 4),
        (2, "1.1. One", 4),
        (3, "Three", 5),
        (2, "Two", 5),
        (2, "Solutions", 6),
        (3, "Exercise 1.1", 6),
        (1, "C", 7),
        (1, "Index", 8),
    ]
    number, *named = [line.replace("𝑥", "x") for line in lines(printed, 2)]
    assert number == "2"
    entries = [f"{title} {page}" for level, title, page in outline(printed) if level < 3]
    assert named == ["Contents", *entries]


@pytest.mark.browser
def test_each_page_has_its_number_and_its_chapter_and_references_name_the_pages(printed):
    for n, title in enumerate(["Welcome", *["1. On x"] * 3, "C", "Index"], 3):
        assert "".join(lines(printed, n)).startswith((f"{n}{title}", f"{title}{n}"))
    assert len(printed.pages) == 8
    text = " ".join(lines(printed, 3))
    assert "chapter B (p. 4), (1.1, p. 5), x, and this. Next" in text
    assert ", ".join(lines(printed, 4)).count("Solution: p. 6") == 1
    assert "See there (p. 5)" in lines(printed, 4)
    pages = page_numbers(printed)
    notes = [note.get_object() for page in printed.pages for note in page.get("/Annots", [])]
    led = [note["/Dest"].removeprefix("/") for note in notes if "/Dest" in note]
    assert len(led) > 12
    assert set(led) <= pages.keys()
    assert "d, 5, 7" in lines(printed, 8)
    sizes = {}

    def note(text, _, matrix, __, size):
        sizes["cell" if "cell" in text else text.strip()] = abs(matrix[0]) * size

    printed.pages[5].extract_text(visitor_text=note)
    assert sizes["cell"] < sizes["Exercise 1.1"] / 2


def test_the_window_is_as_wide_as_the_paper_between_its_margins():
    margin = re.search(r"margin: \d+mm (\d+)mm", pdf.STYLE.read_text(encoding="utf-8"))
    paper = (210 - 2 * int(margin[1])) / 25.4 * 96 / pdf.SCALE
    assert pdf.WINDOW["width"] == pytest.approx(paper, abs=1)


@pytest.mark.browser
def test_a_font_is_found_or_missed(browser):
    page = browser.new_page()
    page.evaluate(f"() => {{ {''.join(map(pdf._read, pdf.SCRIPTS))} }}")
    assert page.evaluate("bookPrint.canWrite('ab')")
    assert not page.evaluate(r"bookPrint.canWrite('\ue1f0\ue1f1')")  # which no font has
    assert ".no-other" in pdf.STYLE.read_text(encoding="utf-8")
    page.close()


@pytest.mark.browser
def test_the_chinese_edition_is_printed_in_its_own_words(browser, tmp_path, monkeypatch, capsys):
    write_site(tmp_path, CHINESE)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "site.css").touch()
    (tmp_path / "zh" / "words.1.js").write_text(script(translated_words()), encoding="utf-8")
    monkeypatch.setattr(pdf, "chromium", using(browser))
    monkeypatch.setattr(pdf, "_without_letters", lambda *arguments: None)  # titles have words
    names = ["zh/chapters/b.html", "zh/genindex.html"]
    print_book(tmp_path, tmp_path / "book.pdf", CHINESE, names=names)
    assert capsys.readouterr().out.startswith("Printing 2 pages of the site …\n")
    reader = PdfReader(tmp_path / "book.pdf")
    assert reader.trailer["/Root"]["/Lang"] == "zh-Hans"
    assert reader.metadata.author == "mathdl作者"
    assert "解答" in [title for _, title, _ in outline(reader)]


@pytest.mark.browser
def test_a_chapter_alone_is_named_and_ends_with_what_it_cites(browser, tmp_path, monkeypatch):
    write_site(tmp_path, ENGLISH)
    page = tmp_path / "chapters" / "b.html"
    cited = '<a href="../list.html#i" data-source="Ann Bee. On b.">Bee, 2001</a>'
    page.write_text(
        page.read_text("utf-8")
        .replace("It is 2.", f"It is 2 ({cited}, {cited})")
        .replace('id="h"', 'id="h"><a href="#h">§</a'),
        "utf-8",
    )
    monkeypatch.setattr(pdf, "chromium", using(browser))
    print_book(tmp_path, tmp_path / "book.pdf", names=["chapters/b.html"])
    reader = PdfReader(tmp_path / "book.pdf")
    assert reader.metadata.title == "1. On x · A & B"
    assert lines(reader, 1)[:3] == ["A & B", "1. On x", "The mathdl authors"]
    assert lines(reader, len(reader.pages))[-2:] == ["Sources", "Ann Bee. On b."]


def test_chinese_is_never_printed_as_boxes(capsys):
    asked = []
    page = SimpleNamespace(evaluate=asked.append)
    with pytest.raises(BookError, match=r"No font .* can't be printed: .* fonts-noto-cjk\)"):
        pdf._without_letters(page, CHINESE)
    assert asked == []
    pdf._without_letters(page, ENGLISH)
    told = capsys.readouterr().out
    assert "left out (Debian, Ubuntu: sudo apt-get install fonts-noto-cjk)" in told
    assert "no-other" in asked[0]


@pytest.fixture
def settled(monkeypatch):
    """Return what is settled if the printings have these numbers, and what is written in vain."""

    def settle(*found):
        numbers, written = iter(found), []
        monkeypatch.setattr(pdf, "PdfReader", lambda file: SimpleNamespace(pages=[0]))
        monkeypatch.setattr(pdf, "page_numbers", lambda reader: next(numbers))
        page = SimpleNamespace(
            evaluate=lambda _, given: written.append(given), pdf=lambda **options: None
        )
        return pdf._settled(page, None), written

    return settle


def test_a_book_is_printed_until_its_numbers_are_those_of_its_pages(settled):
    assert settled({}) == (1, [])
    assert settled({"a": 2}, {"a": 2}) == (1, [{"a": 2}])
    two, one = {"a": 2}, {"a": 1}
    assert settled(two, one, two, one) == (1, [two, one, one])  # they alternate
    moving = [{"same": 4, "a": n, "b": n} | ({"new": 1} if n == 5 else {}) for n in range(1, 6)]
    with pytest.raises(BookError, match=r"^The pages do not settle, .* moves a, b, new\.$"):
        settled(*moving)


def test_author_and_title_are_those_of_the_page(tmp_path):
    (cited,) = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["authors"]
    (tmp_path / "index.html").write_text(HOME, encoding="utf-8")
    facts = facts_of(tmp_path / "index.html", ENGLISH)
    assert facts["author"] == cited["name"]
    assert facts["title"] == "A & B"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", facts["date"])
    assert file_name(ENGLISH) == f"the-mathematics-of-deep-learning-{__version__}.pdf"
    assert file_name(CHINESE) == f"the-mathematics-of-deep-learning-zh-{__version__}.pdf"


@pytest.mark.parametrize("write", [print_book, write_epub])
def test_printing_needs_a_built_book(tmp_path, write):
    (tmp_path / "index.html").write_text(HOME, encoding="utf-8")
    with pytest.raises(BookError, match=r"holds no built book; run: python -m explorable build$"):
        write(tmp_path, tmp_path / "book.pdf")
    (tmp_path / MARK).touch()
    with pytest.raises(BookError, match="holds no such edition"):
        write(tmp_path, tmp_path / "book.pdf", CHINESE)


@pytest.mark.proof
@pytest.mark.browser
def test_the_whole_book_is_printed(browser, site, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "chromium", using(browser))
    print_book(site, tmp_path / "book.pdf")
    reader = PdfReader(tmp_path / "book.pdf")
    chapters = [(title, page) for level, title, page in outline(reader) if level == 1]
    assert len(chapters) == len(reading_order((site / "index.html").read_text(encoding="utf-8")))
    contents = [line for page in range(2, chapters[0][1]) for line in lines(reader, page)]
    for title, page in chapters:
        assert f"{title} {page}" in contents
        assert "".join(lines(reader, page)).startswith((f"{page}{title}", f"{title}{page}"))
    empty = [n for n, page in enumerate(reader.pages, 1) if len(page.extract_text()) < 60]
    assert empty == []
