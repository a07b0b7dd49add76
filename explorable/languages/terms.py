"""The terms of the other edition, ``locale/<code>/terms.toml``, and what an entry owes them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from explorable.book.problem import BookError, place
from explorable.book.settings import PACKAGES
from explorable.languages.catalogues import LOCALE
from explorable.languages.known import TRANSLATED

FILE = LOCALE / "terms.toml"
# What is no prose: code, formulas, roles with their labels, addresses, indices that are names,
# commands of TeX, placeholders, functions by their whole names.
ASIDE = re.compile(
    r"\{[\w:-]+\}`[^`]*`|`+[^`]*`+|\$+[^$]*\$+|\]\([^)]*\)|_\\text\{[^{}]*\}|\\[A-Za-z]+"
    r"|(?<![\w}^])\{\w+(?::[^{}]*)?\}"
    rf"|\b(?:{'|'.join(PACKAGES)})(?:\.\w+)+"
)


@dataclass(frozen=True)
class Term:
    """An English term and its translation."""

    en: str
    words: tuple[str, ...]
    reading: str = ""
    rejected: tuple[str, ...] = ()
    everyday: bool = False
    why: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Find the term, also in the plural and with a space in place of a hyphen."""
        words = re.escape(self.en).replace(r"\-", "[- ]").replace(r"\ ", r"[- ]")
        return re.compile(rf"(?<!\w){words}(?:e?s)?(?!\w)", re.IGNORECASE)


class Terms(dict[str, Term]):
    """The terms by their English."""

    def faults(self, english: str, translation: str) -> list[str]:
        """Name the terms of an English text that its translation does not keep to.

        A text owes each term that it holds one of the term's words there, and none of those
        rejected, unless another of its terms asks for that word, or it stands in quotation marks,
        as somebody else's word.
        """
        english = ASIDE.sub(" ", english)
        held = [term for term in self.values() if term.pattern.search(english)]
        due = {word for term in held for word in term.words}
        faults = [
            f"“{term.en}” is {' or '.join(term.words)} here (terms.toml)"
            for term in held
            if not term.everyday and not any(word in translation for word in term.words)
        ]
        rest = translation
        for word in sorted(due, key=len, reverse=True):
            rest = rest.replace(word, " ")
        return faults + [
            f"“{term.en}” is {term.words[0]}, not {word} (terms.toml)"
            for term in held
            for word in term.rejected
            if word in rest.replace(f"“{word}”", " ")
        ]

    def instead(self) -> dict[str, str]:
        """Return the book's term for each word that others use and the book does not.

        Of several, it is that of about the same length, for which there is room where it stands.
        """
        used = " ".join(word for term in self.values() for word in term.words)
        return {
            word: min(term.words, key=lambda ours: abs(len(ours) - len(word)))
            for term in self.values()
            if not term.everyday
            for word in term.rejected
            if word not in used
        }

    def typed(self) -> dict[str, str]:
        """Return each term by its English and its reading, as one types them on any keyboard."""
        letters = str.maketrans(dict(TRANSLATED.TYPED))
        plain = {term.en: term.words[0] for term in self.values()}
        spoken = {term.reading.translate(letters): term.words[0] for term in self.values()}
        return {
            re.sub(r"[\W_]", "", name.lower()): word
            for name, word in {**plain, **spoken}.items()
            if name.lower() != word.lower() and name
        }


@cache
def read_terms(file: Path = FILE) -> Terms:
    """Read the file of terms; a language that is new has none yet."""
    if not file.is_file():
        return Terms()
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))["term"]
        terms = [_term(table) for table in tables]
    except KeyError:
        raise BookError(f"{place(file)}: has no [[term]]") from None
    except (AttributeError, TypeError, ValueError) as error:
        raise BookError(f"{place(file)}: {error}") from None
    return Terms({term.en: term for term in terms})


def _term(table: dict[str, Any]) -> Term:
    """Read a term, whose keys may be called otherwise in this language."""
    given: dict[str, Any] = {
        TRANSLATED.KEYS.get(name, name): tuple(value) if isinstance(value, list) else value
        for name, value in table.items()
    }
    return Term(**given)
