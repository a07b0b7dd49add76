"""The last of a build: from Sphinx's HTML to the site, only the files that pages use, checked."""

import html
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from explorable.book.notebooks.kept import with_outputs
from explorable.book.problem import BookError
from explorable.languages import interface
from explorable.languages.editions import ENGLISH, Edition
from explorable.languages.known import TRANSLATED
from explorable.languages.outputs import said_words
from explorable.languages.terms import read_terms
from explorable.sphinx.site.device import write_device
from explorable.sphinx.site.page import Page
from explorable.sphinx.site.write import short, write_pages, write_shared

LOST_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'"


def finish(
    written: Mapping[Edition, Path],
    site: Path,
    source: Path,
    executed: dict[Path, Path],
    *,
    home: str,
    url: str,
    states: Path | None = None,
) -> None:
    """Write the site into a folder, from Sphinx's HTML of each edition.

    Outputs are kept where `executed` says, those of the other edition's explorers and notebooks in
    `states`; `home` is the file of the first page, `url` the address with a final slash, or
    nothing. Refused are pictures without alternative text, links that lead nowhere and equal ids.
    """
    names = {path: path.relative_to(source).with_suffix("").as_posix() for path in executed}
    tokens = write_shared(
        site,
        {names[path]: with_outputs(path, kept) for path, kept in executed.items()},
        {name: path for path, name in names.items()},
        [each for kept in executed.values() for each in (kept / "explorers").glob("*.js")],
        {TRANSLATED.lang: said_words()} if TRANSLATED in written else {},
    )
    if TRANSLATED in written:
        _write_other(site, states, tokens)
    pages: dict[str, Page] = {}
    for edition, sphinx in written.items():
        pages |= _write_pages(sphinx, site, edition, tokens, home)
    _check(pages, site)
    if len(written) > 1:
        _check_same_places(pages)
    (site / ".nojekyll").touch()
    titles = [pages[edition.folder + home].title for edition in written]
    _write_not_found(site, url, list(zip(written, titles, strict=True)))
    write_device(site, titles[0])
    if url:
        _write_site_map(pages, site, url, {edition.folder + home for edition in written})


def _write_pages(
    sphinx: Path, site: Path, edition: Edition, tokens: Mapping[str, str], home: str
) -> dict[str, Page]:
    """Write the pages of an edition with what they use; return what they hold."""
    folder = site / edition.folder
    for part in ("_images", "doors", "machines", "symbols"):
        if (sphinx / part).is_dir():
            shutil.copytree(sphinx / part, folder / part)
    texts = {
        path.relative_to(sphinx).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(sphinx.rglob("*.html"))
    }
    words = (read_terms().instead(), read_terms().typed()) if edition is TRANSLATED else ()
    pages = write_pages(folder, texts, tokens, home, words)
    return {f"{edition.folder}{name}": page for name, page in pages.items()}


def _write_other(site: Path, states: Path | None, tokens: dict[str, str]) -> None:
    """Write what the other edition brings: words of the scripts, states of the explorers."""
    folder = site / TRANSLATED.folder
    folder.mkdir()
    if states:
        # Their names are not those of the English ones, beside which the explorers' script looks.
        for script in states.glob("*.js"):
            shutil.copyfile(script, site / "explorers" / script.name)
        for notebook in states.rglob("*.ipynb"):
            target = folder / notebook.relative_to(states)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(notebook, target)
    words = interface.script(interface.translated_words())
    tokens["WORDS"] = f"words.{short(words)}.js"
    (folder / tokens["WORDS"]).write_text(words, encoding="utf-8")


def _check(pages: dict[str, Page], site: Path) -> None:
    problems: list[str] = []
    for name, page in pages.items():
        problems += [f"{name}: {fault}" for fault in page.faults]
        for link in page.links:
            if re.match(r"[a-z]+:|//", link):
                continue
            address, _, anchor = link.partition("#")
            address = address.partition("?")[0]
            target = (site / name).parent / address if address else site / name
            if not target.is_file():
                problems.append(f"{name}: a link leads to {address}, which does not exist")
                continue
            key = target.resolve().relative_to(site.resolve()).as_posix()
            if anchor and key in pages and html.unescape(anchor) not in pages[key].ids:
                problems.append(f"{name}: a link leads to {link}, but nothing there has that id")
    if problems:
        raise BookError("\n".join(dict.fromkeys(problems)))


def _check_same_places(pages: Mapping[str, Page]) -> None:
    """Refuse a page that lacks places of the other edition, to which its switch leads."""
    problems: list[str] = []
    for name, english in pages.items():
        other = pages.get(f"{TRANSLATED.folder}{name}")
        if other is None or name == "genindex.html":  # whose letters are others
            continue
        for fewer, more, which in (
            (other, english, TRANSLATED.name),
            (english, other, ENGLISH.name),
        ):
            if missing := sorted(more.ids - fewer.ids):
                problems.append(f"{name}: the {which} page lacks the ids {', '.join(missing)}")
    if problems:
        raise BookError("\n".join(problems))


def _write_not_found(site: Path, url: str, editions: list[tuple[Edition, str]]) -> None:
    """Write the page a host shows for a missing address: it may be seen from any depth."""
    said = []
    for edition, _title in editions:
        home = html.escape((url or "/") + edition.folder)
        _name, heading, text, search = edition.LOST
        said.append(
            f'<section lang="{edition.lang}">\n<h1>{heading}</h1>\n'
            f"<p>{text.format(home=home)}</p>\n"
            f'<form action="{home}search.html" role="search">\n'
            f'<input type="search" name="q" aria-label="{search}">\n'
            f"<button>{search}</button>\n</form>\n</section>"
        )
    sections = "\n".join(said)
    title = html.escape(editions[0][1])
    (site / "404.html").write_text(
        f"""<!DOCTYPE html>
<html lang="{editions[0][0].lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{LOST_POLICY} {html.escape(url)}">
<meta name="color-scheme" content="light dark">
<title>{editions[0][0].LOST[0]} · {title}</title>
<style>
body {{ max-width: 34rem; margin: 15vh auto; padding: 0 20px; font: 1.125rem/1.6 Georgia, serif }}
a {{ color: inherit }}
input, button {{ padding: 0.4em 0.8em; font: inherit }}
</style>
</head>
<body>
<main>
{sections}
</main>
</body>
</html>
""",
        encoding="utf-8",
    )


def _write_site_map(pages: dict[str, Page], site: Path, url: str, homes: set[str]) -> None:
    own = ("search.html", "progress.html")
    names = [name for name in pages if name not in homes and not name.endswith(own)]
    addresses = [url + re.sub(r"(^|/)index\.html$", r"\1", name) for name in names]
    lines = [f"  <url><loc>{html.escape(address)}</loc></url>" for address in sorted(addresses)]
    text = "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>",
            "",
        ]
    )
    (site / "sitemap.xml").write_text(text, encoding="utf-8")
