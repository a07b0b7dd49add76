"""Pages of the other edition, for Sphinx's second run: passages replaced from their catalogue.

Ids are those of the English page, so that a reader can go from a place to the same place in the
other language. Sphinx makes the ids of sections from their headings, and finds terms where a bold
word stands in the glossary; so it is told, beside these pages, of which English a heading is
the translation, and which terms the bold words are.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from nbformat import NotebookNode

from explorable.languages.catalogues import TERM, load
from explorable.languages.segments import Passage, inline, translated
from explorable.languages.terms import Terms, read_terms
from explorable.languages.translations import (
    catalogue_of,
    found_in,
    incomplete,
    unfaithful,
    untranslated_terms,
)

# Headings that `explorable.sphinx.content.tables` looks for.
COLUMNS = ("formula", "meaning", "where")


@dataclass
class Told:
    """What Sphinx is told of the English of a page."""

    headings: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    columns: dict[str, str] = field(default_factory=dict)
    bold: dict[str, list[str]] = field(default_factory=dict)

    def note(self, passage: Passage, translation: str) -> None:
        """Note of a passage what its translation hides."""
        if passage.kind == "heading":
            self.headings[translation].append(passage.text)
        elif passage.kind == "cell" and passage.text in COLUMNS:
            self.columns[translation] = passage.text
        there = bold_words(passage.text)
        for position, word in enumerate(bold_words(translation)):
            # That in the same place first, for which terms.toml may have another word.
            self.bold.setdefault(word, []).extend([*there[position : position + 1], *there])


@dataclass
class Translation:
    """The pages in the other language: of the terms and the catalogues in a folder."""

    locale: Path
    lenient: bool = False  # what is not translated stays English, rather than being a fault
    faults: list[str] = field(default_factory=list)
    left: int = 0
    catalogues: dict[str, Catalog] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)

    @property
    def terms(self) -> Terms:
        """Return the terms."""
        return read_terms(self.locale / "terms.toml")

    def read(self, name: str, path: Path) -> None:
        """Translate a page, and note what its catalogue lacks."""
        found = list(found_in(path))
        catalogue = load(self.locale / "LC_MESSAGES" / f"{name}.po")
        amiss = incomplete(catalogue_of(iter(found)), catalogue)
        amiss += untranslated_terms(iter(found), self.terms)
        amiss += [] if self.lenient else unfaithful(catalogue, self.terms)
        self.note(name, amiss)
        self.catalogues[name] = catalogue

    def note(self, name: str, amiss: list[str]) -> None:
        """Note what a catalogue lacks."""
        if self.lenient:
            self.left += len(amiss)
        else:
            self.faults += [f"{name}, {fault}" for fault in amiss]

    def notebook(self, name: str, notebook: NotebookNode) -> NotebookNode:
        """Translate the text of a notebook; it is changed, and returned."""
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = self.page(name, cell.source)
        return notebook

    def as_json(self) -> dict[str, Any]:
        """Return what Sphinx is told, as plain dictionaries."""
        return {name: vars(told) for name, told in self.told.items()}

    def page(self, name: str, text: str) -> str:
        """Return the text of a page, or of a cell, in the other language."""
        catalogue = self.catalogues.get(name, Catalog())  # of a page without words of its own
        told = self.told.setdefault(name, Told())

        def translate(passage: Passage) -> str:
            if passage.kind == TERM:
                return passage.text  # known by its English; the extension writes the other
            message = catalogue.get(passage.text)
            if message is None or message.fuzzy or not message.string:
                return passage.text
            translation = str(message.string)
            told.note(passage, translation)
            return translation

        return translated(text, translate)


def bold_words(text: str) -> list[str]:
    """List the bold words of a passage."""
    found, words = [], ""  # since the last place where bold began
    for token in inline(text):
        if token.type == "strong_open":
            words = ""
        elif token.type == "strong_close":
            found.append(" ".join(words.split()))
        else:
            words += " " if token.type == "softbreak" else token.content
    return [word for word in found if word]


def translated_terms(locale: Path) -> dict[str, Any]:
    """Return the translation of each term that has one, and how it is read."""
    return {
        term.en: {"words": term.words, "reading": term.reading}
        for term in Translation(locale).terms.values()
    }
