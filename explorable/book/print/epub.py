"""The book as an EPUB: the built pages without what runs, formulas as MathML, pictures as SVG."""

import html
import uuid
import zipfile
from pathlib import Path
from typing import Any

from explorable.book.chromium import chromium
from explorable.book.print.pdf import ASSETS, facts_of, pages_of, speaker, title_lines
from explorable.languages.editions import ENGLISH, Edition
from explorable.sphinx.site.fonts import FONTS

SCRIPTS = [ASSETS / name for name in ("page/_element.js", "taking/_paper.js", "print/epub.js")]
STYLE = ASSETS / "print" / "epub.css"
SAME_TIME = (1980, 1, 1, 0, 0, 0)  # in the archive, so that the same book gives the same bytes
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{lang}" xml:lang="{lang}"><head><title>{title}</title>
<link rel="stylesheet" type="text/css" href="book.css"/></head><body>{body}</body></html>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book"
 xml:lang="{lang}"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book">{identifier}</dc:identifier><dc:title>{title}</dc:title>
<dc:language>{lang}</dc:language><dc:creator>{author}</dc:creator>
<dc:date>{date}</dc:date><dc:rights>CC BY 4.0; MIT</dc:rights>
<meta property="dcterms:modified">{date}T00:00:00Z</meta></metadata>
<manifest><item id="style" href="book.css" media-type="text/css"/>
<item id="math" href="math.woff2" media-type="font/woff2"/>
<item id="math-more" href="math-more.woff2" media-type="font/woff2"/>
{manifest}</manifest><spine>{spine}</spine></package>
"""


def write_epub(
    site: Path, file: Path, edition: Edition = ENGLISH, *, names: list[str] | None = None
) -> None:
    """Write pages of the built site, all unless they are named, as one EPUB."""
    home, names = pages_of(site, edition, names)
    files = {name: f"page-{number}.xhtml" for number, name in enumerate(names)}
    files[f"{edition.folder}intro.html"] = files[names[0]]  # of which the first page is a copy
    facts = {key: html.escape(text) for key, text in facts_of(home, edition).items()}
    chapters = _chapters(site, names, files, edition)
    parts = _parts(chapters, facts | {"lang": edition.lang}, edition)
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, SAME_TIME)
            # Which must come first, as it is, to tell what the file is.
            plain = name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    print(f"The EPUB is written: {file}")


def _chapters(
    site: Path, names: list[str], files: dict[str, str], edition: Edition
) -> dict[str, dict[str, Any]]:
    """Return what a browser makes of each page's article, by its file."""
    _ = speaker(edition)
    script = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    found = {}
    with chromium() as browser:
        # Without the scripts of the pages explorers stay the pictures that they are on paper.
        page = browser.new_context(java_script_enabled=False, color_scheme="light").new_page()
        page.set_default_timeout(0)
        for name in names:
            page.goto((site / name).as_uri())
            page.evaluate(f"() => {{ {script} }}")
            known = {"files": files, "folder": name, "answer": _("One way:")}
            found[files[name]] = page.evaluate("book => bookChapter(book)", known)
    return found


def _parts(
    chapters: dict[str, dict[str, Any]], facts: dict[str, str], edition: Edition
) -> dict[str, str | bytes]:
    """Return the files of the EPUB, by their names."""
    _ = speaker(edition)
    lines = "".join(f"<p>{line}</p>" for line in title_lines(facts, edition))
    entries = "".join(_entry(file, chapter["headings"]) for file, chapter in chapters.items())
    contents = f"<nav epub:type='toc'><h1>{_('Contents')}</h1><ol>{entries}</ol></nav>"
    pages = {
        "title.xhtml": f"<h1>{facts['title']}</h1>{lines}",
        "contents.xhtml": contents,
        **{file: chapter["content"] for file, chapter in chapters.items()},
    }
    titles = {f: html.escape(each["headings"][0]["text"]) for f, each in chapters.items()}
    kinds = {"contents.xhtml": "nav"} | {f: each["uses"] for f, each in chapters.items()}
    manifest = "\n".join(
        f'<item id="{file[:-6]}" href="{file}" media-type="application/xhtml+xml"'
        + (f' properties="{kinds[file]}"/>' if kinds.get(file) else "/>")
        for file in pages
    )
    facts = facts | {
        "identifier": uuid.uuid5(uuid.NAMESPACE_DNS, "/".join(facts.values())).urn,
        "manifest": manifest,
        "spine": "".join(f'<itemref idref="{file[:-6]}"/>' for file in pages),
    }
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "book.opf": PACKAGE.format(**facts),
        "book.css": STYLE.read_text(encoding="utf-8"),
        **{name: (FONTS / name).read_bytes() for name in ("math.woff2", "math-more.woff2")},
        **{
            name: PAGE.format(
                lang=facts["lang"], title=titles.get(name, facts["title"]), body=body
            )
            for name, body in pages.items()
        },
    }


def _entry(file: str, headings: list[dict[str, Any]]) -> str:
    """Return a chapter's entry in the contents, with its sections."""
    links = [
        f'<a href="{file}#{heading["id"]}">{html.escape(heading["text"])}</a>'
        for heading in headings
    ]
    sections = "".join(f"<li>{link}</li>" for link in links[1:])
    return f"<li>{links[0]}{f'<ol>{sections}</ol>' if sections else ''}</li>"
