"""The catalogues of translations, as files."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from explorable.book import ROOT
from explorable.book.problem import BookError, place
from explorable.languages.known import TRANSLATED

LOCALE = ROOT / "locale" / TRANSLATED.code
CATALOGUES = LOCALE / "LC_MESSAGES"
TERM = "term"  # passages of this kind are translated by terms.toml
HEADER = rf"""msgid ""
msgstr ""
"Language: {TRANSLATED.code}\n"
"Content-Type: text/plain; charset=utf-8\n"

"""
WIDTH = 100


def load(file: Path) -> Catalog:
    """Read a catalogue; one that is not there yet is empty."""
    if not file.is_file():
        return Catalog()
    try:
        with file.open("rb") as stream:
            return read_po(stream)
    except ValueError as error:  # it is in another encoding
        raise BookError(f"{place(file)}: {error}") from None


def translations_in(file: Path) -> dict[str, str]:
    """Return the translations of a catalogue; what has none is missing."""
    return {
        str(message.id): str(message.string)
        for message in load(file)
        if message.id and message.string and not message.fuzzy
    }


def save(catalogue: Catalog, file: Path) -> None:
    """Write a catalogue, in the order of its page and without dates."""
    for message in catalogue:
        message.flags &= {"fuzzy"}  # Babel takes each brace and each % for a placeholder
        # It reads what an entry was before as a comment, which would stay for ever.
        message.user_comments = []
    stream = io.BytesIO()
    write_po(
        stream, catalogue, WIDTH, omit_header=True, ignore_obsolete=True, include_previous=True
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEADER + stream.getvalue().decode().strip() + "\n", encoding="utf-8")
