"""
The catalogues of the other edition: extracted from the pages, kept up to date, checked.

``python -m explorable translations`` writes ``locale/<code>/LC_MESSAGES/<page>.po``, a catalogue
for each page, ``site.po`` for the words around them (see ``explorable.languages.interface``),
``<library>/*.po`` for what the library shows and says (see ``explorable.languages.outputs``), and
``README.<language>.md`` if all of that page is translated. An entry is known by its English alone,
wherever that stands: a translation whose English is unchanged is kept, one whose English has
changed is marked fuzzy and shows what the English was. With ``--check`` nothing is written, and
what is missing, fuzzy or stale is an error.
"""

import argparse
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from explorable.book import ROOT
from explorable.book.job import OTHER, Build
from explorable.book.notebooks.refresh import read
from explorable.book.problem import BookError, place
from explorable.book.settings import SETTINGS
from explorable.languages import interface
from explorable.languages.catalogues import CATALOGUES, TERM, load, save, translations_in
from explorable.languages.consistency import differences
from explorable.languages.outputs import library_catalogues
from explorable.languages.segments import Passage, of_notebook, passages, translated
from explorable.languages.terms import Terms, read_terms

README = ROOT / "README.md"
LIBRARY = f"{SETTINGS.library}/"  # with this the names of the library's catalogues begin
INTERFACE = interface.CATALOGUE.stem  # the words around the pages


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m explorable translations", description=__doc__)
    parser.add_argument("pages", nargs="*", help="such as chapters/forward (default: all)")
    parser.add_argument("--check", action="store_true", help="write nothing; name what is amiss")
    options = parser.parse_args(arguments)
    faults = []
    try:
        words = _words_of_library() if SETTINGS.library else {}  # before any is written
        for name, english, found in _asked(options.pages):
            file = CATALOGUES / f"{name}.po"
            catalogue = load(file)
            if options.check:
                amiss = incomplete(english, catalogue)
                amiss += untranslated_terms(found, read_terms())
                amiss += unfaithful(catalogue, read_terms())
                faults += [f"{name}, {fault}" for fault in amiss]
                continue
            if name.startswith(LIBRARY):
                add_moved(catalogue, english, words)
            done = update(catalogue, english, file)
            if name == README.stem and done:
                text = translated_page(README.read_text(encoding="utf-8"), catalogue, read_terms())
                README.with_suffix(f".{OTHER}.md").write_text(text, encoding="utf-8")
    except BookError as error:
        faults = [str(error)]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def update(catalogue: Catalog, english: Catalog, file: Path) -> bool:
    """Bring a catalogue up to date and write it; return whether all of it is translated."""
    known = {str(message.id) for message in catalogue}
    catalogue.update(english)
    for message in catalogue:
        if message.fuzzy and str(message.id) not in known and not _is_near(message):
            message.string, message.previous_id = "", []
            message.flags.discard("fuzzy")
    save(catalogue, file)
    done = sum(_is_done(message) for message in catalogue)
    print(f"{file.relative_to(CATALOGUES).with_suffix('')}: {done} of {len(catalogue)} translated")
    return done == len(catalogue)


def _is_near(message: Message) -> bool:
    """Say whether a translation is of use for other English: a few words resemble too many."""
    before, now = "".join(message.previous_id), str(message.id)
    return len(now) > 40 or SequenceMatcher(None, before, now).ratio() > 0.8


def add_moved(catalogue: Catalog, english: Catalog, words: dict[str, str]) -> None:
    """Add what another of the library's catalogues translates: a second chapter shows it now."""
    for message in _entries(english):
        text = str(message.id)
        if text not in catalogue and text in words:
            catalogue.add(text, words[text])


def extracted(path: Path) -> Catalog:
    """Return the catalogue of a notebook or of a Markdown file, without translations."""
    try:
        return catalogue_of(found_in(path))
    except BookError as error:
        raise BookError(f"{place(path)}: {error}") from None


def found_in(path: Path) -> Iterator[Passage]:
    """Return the passages of a notebook or of a Markdown file."""
    if path.suffix == ".ipynb":
        return of_notebook(read(path))
    return passages(path.read_text(encoding="utf-8"))


def catalogue_of(found: Iterator[Passage]) -> Catalog:
    """Return the catalogue of passages, each once, with where it stands first and what it is."""
    catalogue = Catalog()
    for passage in found:
        if passage.kind != TERM and passage.text not in catalogue:
            kind = [] if passage.kind == "paragraph" else [passage.kind]
            comment = " · ".join(filter(None, [passage.section, *kind]))
            catalogue.add(passage.text, auto_comments=[comment])
    return catalogue


def incomplete(english: Catalog, catalogue: Catalog) -> list[str]:
    """Name the entries that are not extracted, not translated, fuzzy or stale."""
    faults = []
    for message in _entries(english):
        known = catalogue.get(message.id)
        if known is None:
            faults.append(f"{_name(message)} is not in the catalogue; run `make translations`")
        elif known.fuzzy:
            faults.append(f"{_name(message)}: the English has changed; mend the translation")
        elif not known.string:
            faults.append(f"{_name(message)} is not translated")
    return faults + [
        f"{_name(message)} is stale: the page no longer says it; run `make translations`"
        for message in _entries(catalogue)
        if message.id not in english
    ]


def untranslated_terms(found: Iterator[Passage], terms: Terms) -> list[str]:
    """Name the terms of a glossary that have no translation."""
    return [
        f"“{passage.text}” is not in terms.toml"
        for passage in found
        if passage.kind == TERM and passage.text not in terms
    ]


def unfaithful(catalogue: Catalog, terms: Terms) -> list[str]:
    """Name the translated entries that lose or add something, or use other terms."""
    return [
        f"{_name(message)}: {fault}"
        for message in _entries(catalogue)
        if _is_done(message)
        for fault in [
            *differences(str(message.id), str(message.string)),
            *terms.faults(str(message.id), str(message.string)),
        ]
    ]


def translated_page(source: str, catalogue: Catalog, terms: Terms) -> str:
    """Return a page in the other language, all of whose passages must be translated."""

    def translate(passage: Passage) -> str:
        if passage.kind == TERM:
            return terms[passage.text].words[0]
        return str(catalogue[passage.text].string)

    return translated(source, translate)


def _asked(names: list[str]) -> Iterator[tuple[str, Catalog, Iterator[Passage]]]:
    """Yield each catalogue's name, its English, and the passages of its page, if it has one."""
    for name, path in _pages(names):
        if name == INTERFACE:
            yield name, interface.extracted(), iter(())
        else:
            yield name, extracted(path), found_in(path)
    for name, english in _library(names):
        yield name, english, iter(())


def _pages(names: list[str]) -> list[tuple[str, Path]]:
    """Return names and files of the pages that are translated; those of the library are not."""
    front = {README.stem: README} if README.is_file() else {}
    known = (
        front
        | {INTERFACE: ROOT}
        | {  # whose words stand in many files
            path.relative_to(ROOT).with_suffix("").as_posix(): path
            for path in Build().documents
            if is_translated(path)
        }
    )
    asked = [name for name in names if not name.startswith(LIBRARY)]
    if unknown := set(asked) - known.keys():
        raise BookError(f"there is no page {', '.join(sorted(unknown))}; there are {[*known]}")
    return [(name, path) for name, path in known.items() if not names or name in asked]


def _library(names: list[str]) -> list[tuple[str, Catalog]]:
    """Return names and English of the catalogues of the library's words."""
    asked = [name for name in names if name.startswith(LIBRARY)]
    if (names and not asked) or not SETTINGS.library:
        return []
    known = library_catalogues()
    if unknown := set(asked) - known.keys():
        raise BookError(f"there is no {', '.join(sorted(unknown))}; there are {[*known]}")
    return [(name, each) for name, each in known.items() if not names or name in asked]


def _words_of_library() -> dict[str, str]:
    """Return the translations of all that the library's catalogues translate."""
    files = sorted((CATALOGUES / LIBRARY).glob("*.po"))
    return {english: each for file in files for english, each in translations_in(file).items()}


def is_translated(path: Path) -> bool:
    """Tell whether a page has words of its own: those of the library are made of docstrings."""
    return f"/{SETTINGS.library_pages}/" not in path.as_posix()


def _entries(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _is_done(message: Message) -> bool:
    return bool(message.id and message.string) and not message.fuzzy


def _name(message: Message) -> str:
    """Name an entry by the section that it stands in and by how it begins."""
    text = str(message.id)
    words = text if len(text) < 50 else f"{text[:48].rstrip()}…"
    return f"{' '.join(message.auto_comments) or 'the page'}, “{words}”"


if __name__ == "__main__":
    sys.exit(main())
