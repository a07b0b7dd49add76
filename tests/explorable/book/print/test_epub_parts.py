"""The files of an EPUB, whole, from what a browser makes of the pages; here one stands in."""

import zipfile
from contextlib import contextmanager

import pytest

from explorable.book.print import epub
from explorable.book.print.epub import SCRIPT, STYLE, _entry, _parts, write_epub
from explorable.languages.editions import ENGLISH
from explorable.languages.interface import translated_words
from explorable.languages.known import TRANSLATED as CHINESE
from explorable.sphinx.site.write import FONTS
from tests.explorable.book.pipe import pipe
from tests.explorable.book.print.test_pdf import write_site

CHAPTERS = {
    "page-0.xhtml": {
        "headings": [{"level": 1, "id": "i-top", "text": "Welcome"}],
        "content": "<article>Hello &amp; {lang}</article>",
        "mathml": False,
        "svg": False,
    },
    "page-1.xhtml": {
        "headings": [
            {"level": 1, "id": "i-b", "text": "1. On x < y"},
            {"level": 2, "id": "i-b1", "text": '1.1. "One" & more'},
            {"level": 2, "id": "i-b2", "text": "Two"},
        ],
        "content": "<article>x</article>",
        "mathml": True,
        "svg": True,
    },
    "page-2.xhtml": {
        "headings": [{"level": 1, "id": "i-c", "text": "C"}],
        "content": "<article>c</article>",
        "mathml": False,
        "svg": True,
    },
    "page-3.xhtml": {
        "headings": [{"level": 1, "id": "i-top", "text": "Index"}],
        "content": "<article>d</article>",
        "mathml": True,
        "svg": False,
    },
}
FACTS = {
    "title": "A &amp; B",
    "author": "Some One",
    "version": "1.2",
    "date": "2026-01-02",
    "lang": "en",
}
SAME_BOOK = "urn:uuid:a7e16fb0-1ee9-5227-a0a3-686c2d6ed56f"  # so that readers know it again
WORDS = {
    "Contents": "目录",
    "Version {version}, {day}": "{day}，第 {version} 版",
    "Text and figures under CC BY 4.0, code under the MIT licence": "许可",
}


def page(body, lang="en", title="A &amp; B"):
    """Return a file of the EPUB, whole."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{lang}" xml:lang="{lang}"><head><title>{title}</title>
<link rel="stylesheet" type="text/css" href="book.css"/></head><body>{body}</body></html>
"""


def test_a_chapter_is_listed_in_the_contents_with_its_sections():
    assert _entry("page-1.xhtml", CHAPTERS["page-1.xhtml"]["headings"]) == (
        '<li><a href="page-1.xhtml#i-b">1. On x &lt; y</a><ol>'
        '<li><a href="page-1.xhtml#i-b1">1.1. &quot;One&quot; &amp; more</a></li>'
        '<li><a href="page-1.xhtml#i-b2">Two</a></li></ol></li>'
    )
    assert _entry("page-2.xhtml", CHAPTERS["page-2.xhtml"]["headings"]) == (
        '<li><a href="page-2.xhtml#i-c">C</a></li>'
    )


def test_the_files_are_what_a_reader_of_epubs_asks_for():
    entries = "".join(_entry(file, each["headings"]) for file, each in CHAPTERS.items())
    parts = _parts(CHAPTERS, FACTS, {})
    package = parts.pop("book.opf")
    assert list(parts.items()) == [
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            '<?xml version="1.0" encoding="utf-8"?>\n<container version="1.0" '
            'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>\n<rootfile '
            'full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
            "</container>\n",
        ),
        ("book.css", STYLE.read_text(encoding="utf-8")),
        ("math.woff2", (FONTS / "math.woff2").read_bytes()),
        ("math-more.woff2", (FONTS / "math-more.woff2").read_bytes()),
        (
            "title.xhtml",
            page(
                "<h1>A &amp; B</h1><p>Some One</p><p>Version 1.2, 2026-01-02</p>"
                "<p>Text and figures under CC BY 4.0, code under the MIT licence</p>"
            ),
        ),
        (
            "contents.xhtml",
            page(f"<nav epub:type='toc'><h1>Contents</h1><ol>{entries}</ol></nav>"),
        ),
        ("page-0.xhtml", page("<article>Hello &amp; {lang}</article>")),
        ("page-1.xhtml", page("<article>x</article>")),
        ("page-2.xhtml", page("<article>c</article>")),
        ("page-3.xhtml", page("<article>d</article>")),
    ]
    kind = 'media-type="application/xhtml+xml"'
    assert (
        package
        == f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book"
 xml:lang="en"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book">{SAME_BOOK}</dc:identifier><dc:title>A &amp; B</dc:title>
<dc:language>en</dc:language><dc:creator>Some One</dc:creator>
<dc:date>2026-01-02</dc:date><dc:rights>CC BY 4.0; MIT</dc:rights>
<meta property="dcterms:modified">2026-01-02T00:00:00Z</meta></metadata>
<manifest><item id="style" href="book.css" media-type="text/css"/>
<item id="math" href="math.woff2" media-type="font/woff2"/>
<item id="math-more" href="math-more.woff2" media-type="font/woff2"/>
<item id="title" href="title.xhtml" {kind}/>
<item id="contents" href="contents.xhtml" {kind} properties="nav"/>
<item id="page-0" href="page-0.xhtml" {kind}/>
<item id="page-1" href="page-1.xhtml" {kind} properties="mathml svg"/>
<item id="page-2" href="page-2.xhtml" {kind} properties="svg"/>
<item id="page-3" href="page-3.xhtml" {kind} properties="mathml"/></manifest><spine>\
<itemref idref="title"/><itemref idref="contents"/><itemref idref="page-0"/>\
<itemref idref="page-1"/><itemref idref="page-2"/><itemref idref="page-3"/></spine></package>
"""
    )


def test_words_of_an_edition_stand_on_its_first_pages():
    facts = FACTS | {"lang": "zh-Hans", "title": "书"}
    parts = _parts({"page-0.xhtml": CHAPTERS["page-2.xhtml"]}, facts, WORDS)
    assert {name: parts[name] for name in ("title.xhtml", "contents.xhtml", "page-0.xhtml")} == {
        "title.xhtml": page(
            "<h1>书</h1><p>Some One</p><p>2026-01-02，第 1.2 版</p><p>许可</p>", "zh-Hans", "书"
        ),
        "contents.xhtml": page(
            "<nav epub:type='toc'><h1>目录</h1><ol><li><a href=\"page-0.xhtml#i-c\">C</a></li>"
            "</ol></nav>",
            "zh-Hans",
            "书",
        ),
        "page-0.xhtml": page("<article>c</article>", "zh-Hans", "书"),
    }


# Writing


class Browser:
    """A browser that writes down what it is asked for; of each page it makes a chapter."""

    def __init__(self):
        self.asked = []

    def new_context(self, **options):
        self.asked.append(("new_context", options))
        return self

    def new_page(self):
        return self

    def set_default_timeout(self, milliseconds):
        self.asked.append(("set_default_timeout", milliseconds))

    def goto(self, address):
        self.asked.append(("goto", address))

    def evaluate(self, script, *arguments):
        self.asked.append(("evaluate", script, *arguments))
        if arguments:
            (known,) = arguments
            return CHAPTERS["page-2.xhtml"] | {"content": f"<p>{known['folder']}</p>"}
        return None


@pytest.fixture
def browser(monkeypatch):
    """Return a stand-in for the browser, which is started and closed once."""
    made = Browser()

    @contextmanager
    def chromium():
        made.asked.append("started")
        yield made
        made.asked.append("closed")

    monkeypatch.setattr(epub, "chromium", chromium)
    return made


@pytest.mark.parametrize("edition", [ENGLISH, CHINESE], ids=lambda edition: edition.code)
def test_all_pages_of_an_edition_are_written_in_their_order(browser, tmp_path, edition):
    write_site(tmp_path, edition)
    file = tmp_path / "book.epub"
    with pipe() as told:
        write_epub(tmp_path, file, edition)
    assert told.getvalue() == f"The EPUB is written: {file}\n"
    inner = ("index.html", "chapters/b.html", "chapters/a & c.html", "genindex.html")
    names = [f"{edition.folder}{name}" for name in inner]
    files = {name: f"page-{number}.xhtml" for number, name in enumerate(names)}
    known = files | {f"{edition.folder}intro.html": "page-0.xhtml"}
    script = "() => { " + SCRIPT.read_text(encoding="utf-8") + " }"
    pages = [
        asked
        for name in names
        for asked in (
            ("goto", (tmp_path / name).as_uri()),
            ("evaluate", script),
            ("evaluate", "book => bookChapter(book)", {"files": known, "folder": name}),
        )
    ]
    assert browser.asked == [
        "started",
        ("new_context", {"java_script_enabled": False, "color_scheme": "light"}),
        ("set_default_timeout", 0),
        *pages,
        "closed",
    ]
    chapters = {
        files[name]: CHAPTERS["page-2.xhtml"] | {"content": f"<p>{name}</p>"} for name in names
    }
    words = translated_words() if edition is CHINESE else {}
    facts = epub.facts_of(tmp_path / names[0], edition) | {"title": "A &amp; B"}
    parts = _parts(chapters, facts | {"lang": edition.lang}, words)
    with zipfile.ZipFile(file) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: text.encode() if isinstance(text, str) else text for name, text in parts.items()
        }
        assert list(parts) == archive.namelist()
        plain, packed = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
        assert [(each.compress_type, each.date_time) for each in archive.infolist()] == [
            (plain if name == "mimetype" else packed, (1980, 1, 1, 0, 0, 0)) for name in parts
        ]
    assert ("目录" in parts["contents.xhtml"]) == (edition is CHINESE)


def test_only_the_pages_that_are_named_are_written(browser, tmp_path, monkeypatch):
    write_site(tmp_path, ENGLISH)
    monkeypatch.setattr(
        epub, "facts_of", lambda *_: {key: f'"{key}" <' for key in FACTS if key != "lang"}
    )
    with pipe():
        write_epub(tmp_path, tmp_path / "book.epub", names=["chapters/b.html"])
    assert browser.asked[-2][2] == {
        "files": {"chapters/b.html": "page-0.xhtml", "intro.html": "page-0.xhtml"},
        "folder": "chapters/b.html",
    }
    with zipfile.ZipFile(tmp_path / "book.epub") as archive:
        assert archive.namelist()[-1] == "page-0.xhtml"
        title = archive.read("title.xhtml").decode()
    assert title.startswith(page("", "en", "&quot;title&quot; &lt;").partition("<body>")[0])
