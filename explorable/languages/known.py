"""Which editions a book has: the English one, and one in another language."""

import importlib
import runpy
from collections.abc import Mapping
from pathlib import Path

import yaml

from explorable.book import ROOT
from explorable.book.problem import BookError
from explorable.languages.editions import ENGLISH, Edition

FOLDER = Path(__file__).parent


def find(code: str, locale: Path = ROOT / "locale") -> Edition:
    """Return the edition of a language: the book's own, or else the engine's."""
    if code == ENGLISH.code:
        return ENGLISH
    file = _file(code, locale)
    if not file.is_file():
        raise BookError(
            f"_config.yml: book_editions has {code}, of which there is no {file} "
            f"and no {locale / code / 'language.py'}"
        )
    if file.parent == FOLDER:
        names = vars(importlib.import_module(f"{__package__}.{file.stem}"))
    else:
        names = runpy.run_path(str(file))
    edition = names.get("EDITION")
    if not isinstance(edition, Edition):
        raise BookError(
            f"{file}: has no EDITION, an instance of a class made from Edition, such as "
            f'EDITION = Mine("{code}", "{code}/", "{code}", "{code}", "its name", "Read it")'
        )
    return edition


def sheet(code: str, locale: Path = ROOT / "locale") -> str:
    """Return what the language of an edition adds to the style sheet."""
    file = _file(code, locale).with_suffix(".css")
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _file(code: str, locale: Path) -> Path:
    own = locale / code / "language.py"
    return own if own.is_file() else FOLDER / f"{code.lower()}.py"


def editions_of(source: Path) -> list[Edition]:
    """Return the editions that ``book_editions`` of ``_config.yml`` names, or else English."""
    codes = codes_of(source)
    return [edition for edition in (ENGLISH, TRANSLATED) if edition.code in codes]


def codes_of(source: Path) -> list[str]:
    """Return the codes of the editions that ``_config.yml`` names."""
    path = source / "_config.yml"
    try:
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        settings = None  # Sphinx will say what is wrong with it
    for name in ("sphinx", "config", "book_editions"):
        settings = settings.get(name) if isinstance(settings, Mapping) else None
    return list(settings or [ENGLISH.code])


NONE = Edition("und", "und/", "und", "en", "", "")
TRANSLATED = next((find(code) for code in codes_of(ROOT) if code != ENGLISH.code), NONE)
"""The book's edition in another language, made from the English pages."""
