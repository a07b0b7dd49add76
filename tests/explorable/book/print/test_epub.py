"""The book as an EPUB: well-formed, whole, without what runs, and linked within itself."""

import posixpath
import re
import zipfile
from xml.etree import ElementTree

import pytest

from explorable.book.print import epub
from explorable.book.print.epub import write_epub
from explorable.book.settings import library_version
from explorable.languages.editions import ENGLISH
from explorable.languages.known import TRANSLATED as CHINESE
from tests.explorable.book.print.test_pdf import using, write_site

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
MORE = """<button>Run</button><p class="screen">Touch</p><figure class="explorer">
<fieldset class="explorer-predict">Guess</fieldset><div class="explorer-controls">
<div class="explorer-control"><label>depth</label><span class="explorer-value">30</span></div>
<div class="explorer-control"><label>kind</label>
<select><option>tanh<option selected>ReLU</select></div>
<div class="explorer-control"><span>digit</span></div></div><svg role="img" aria-label="A line"
viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><clipPath id="a/b"><rect/></clipPath>
<path clip-path="url(#a/b)" stroke="var(--one)"/></svg>
<p data-x="1" role="status">Seen<br>&nbsp;</p></figure>
<div class="cell stub"><pre>def f(x):</pre></div>
<div class="cell tag_printed"><details class="code"><summary>Show</summary>
<pre>def f(x): return 2</pre></details></div>
<details class="code">Drawn</details>"""


@pytest.fixture(scope="module")
def written(browser, tmp_path_factory):
    site = tmp_path_factory.mktemp("epub") / "a site"
    write_site(site, ENGLISH)
    page = site / "chapters" / "a & c.html"
    style = "<style>:root { --one: rgb(1, 2, 3) }</style>"
    text = page.read_text(encoding="utf-8").replace("</article>", f"{MORE}</article>{style}")
    page.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(epub, "chromium", using(browser))
        write_epub(site, site.with_name("book.epub"))
    return zipfile.ZipFile(site.with_name("book.epub"))


def text_of(archive, name):
    return archive.read(name).decode("utf-8")


@pytest.mark.browser
def test_the_archive_says_what_it_is_and_lists_all_files_in_their_order(written):
    first = written.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert text_of(written, "mimetype") == "application/epub+zip"
    root = ElementTree.fromstring(text_of(written, "META-INF/container.xml"))
    assert [each.get("full-path") for each in root.iter() if each.get("full-path")] == ["book.opf"]
    package = ElementTree.fromstring(text_of(written, "book.opf"))
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    hrefs = [item.get("href") for item in items.values()]
    told = {each.tag.partition("}")[2]: each.text for each in package[0]}
    assert (told["title"], told["creator"]) == ("A & B", "The mathdl authors")
    assert told["identifier"].startswith("urn:uuid:")  # so that readers know it again
    assert told["meta"] == f"{told['date']}T00:00:00Z"
    assert "<p>What moves and what runs is on the site" in text_of(written, "title.xhtml")
    assert f"<p>Version {library_version()}, 25 November 2026</p>" in text_of(
        written, "title.xhtml"
    )
    assert {each.date_time for each in written.infolist()} == {epub.SAME_TIME}
    unlisted = {"mimetype", "META-INF/container.xml", "book.opf"}
    assert sorted([*hrefs, *unlisted]) == sorted(written.namelist())
    spine = [items[each.get("idref")].get("href") for each in package.iter(f"{OPF}itemref")]
    assert spine == ["title.xhtml", "contents.xhtml", *(f"page-{n}.xhtml" for n in range(4))]
    kinds = {item.get("href"): item.get("properties") for item in items.values()}
    assert kinds["contents.xhtml"] == "nav"
    assert kinds["page-0.xhtml"] is None
    assert kinds["page-1.xhtml"] == "mathml"
    assert kinds["page-2.xhtml"] == "svg"


@pytest.mark.browser
def test_links_and_contents_lead_into_the_book_where_nothing_runs(written):
    pages = {
        name: ElementTree.fromstring(text_of(written, name))  # well-formed
        for name in written.namelist()
        if name.endswith(".xhtml")
    }
    ids = {name: {e.get("id") for e in page.iter() if e.get("id")} for name, page in pages.items()}
    led = [
        (posixpath.normpath(path or name), fragment)
        for name, page in pages.items()
        for path, _, fragment in (a.get("href").partition("#") for a in page.iter(f"{XHTML}a"))
    ]
    assert len(led) > 12
    for path, fragment in led:
        assert path in pages
        assert not fragment or fragment in ids[path]
    assert all(re.fullmatch(r"[A-Za-z][\w.-]*", each) for found in ids.values() for each in found)
    contents = ElementTree.fromstring(text_of(written, "contents.xhtml"))
    named = [(a.get("href"), "".join(a.itertext())) for a in contents.iter(f"{XHTML}a")]
    assert named == [
        ("page-0.xhtml#i-welcome", "Welcome"),
        ("page-1.xhtml#i-b", "1. On x"),
        ("page-1.xhtml#i-b1", "1.1. One"),
        ("page-1.xhtml#i-b2", "Two"),
        ("page-2.xhtml#i-c", "C"),
        ("page-3.xhtml#i-top", "Index"),
    ]
    text = text_of(written, "page-1.xhtml")
    assert "http://www.w3.org/1998/Math/MathML" in text
    assert "data-tex" not in text
    text = text_of(written, "page-2.xhtml")
    assert "Seen" in text
    assert not re.search("Run|Guess|Touch|Drawn|Show|data-x|status|<script", text)
    assert '<p class="explorer-chosen">depth: 30 · kind: ReLU</p>' in text
    assert 'role="img" aria-label="A line"' in text
    assert 'One way:</p><div class="cell tag_printed"><pre>def f(x): return 2</pre>' in text
    assert "<title>C</title>" in text
    assert 'stroke="rgb(1, 2, 3)"' in text  # and not a variable, which few readers know
    assert 'clip-path="url(#i-a_b)"' in text


@pytest.mark.browser
def test_the_chinese_edition_has_its_own_words_and_language(browser, tmp_path, monkeypatch):
    write_site(tmp_path, CHINESE)
    monkeypatch.setattr(epub, "chromium", using(browser))
    write_epub(tmp_path, tmp_path / "book.epub", CHINESE, names=["zh/chapters/b.html"])
    archive = zipfile.ZipFile(tmp_path / "book.epub")
    assert archive.namelist()[-1] == "page-0.xhtml"
    assert "<h1>目录</h1>" in text_of(archive, "contents.xhtml")
    assert "<dc:language>zh-Hans</dc:language>" in text_of(archive, "book.opf")
    assert "<dc:creator>mathdl作者</dc:creator>" in text_of(archive, "book.opf")
