"""What a book tells the engine about itself, in ``_config.yml``, under ``sphinx: config:``.

Every name there begins with ``explorable_``; a book that leaves one out does without what it is
for.
"""

import importlib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from explorable.book import ENGINE, ROOT

PREFIX = "explorable_"


@dataclass(frozen=True)
class Settings:
    """What a book tells.

    Parameters
    ----------
    library
        The package whose functions the book is about: it is installed with the notebooks, its
        functions stand behind equations, its kernels run in the page.
    library_pages
        The page of the book that lists the library's modules, above a page for each.
    chapters
        The folder of the chapters.
    glossary, notation, formulas
        Pages of these kinds, by their names in the table of contents.
    symbols
        The folder of the tables that say what each letter of the formulas means.
    statements
        The file that lists the equations which no function computes, with the reasons.
    practice
        The page that has the drills of all chapters.
    tutor
        The full name of the `explorable.tutor.Tutor` that judges what readers write.
    reminded
        Terms that lead to the glossary wherever they stand first in a section.
    data
        Modules that read files of the library's, each with the folder beside it that they lie in.
    unchanged
        Names that are the same in every language.
    python
        Whether cells run in the page, in a book that has another theme than ours.
    """

    library: str = ""
    library_pages: str = ""
    chapters: str = "chapters"
    glossary: str = ""
    notation: str = ""
    formulas: str = ""
    symbols: str = ""
    statements: str = ""
    practice: str = ""
    tutor: str = ""
    reminded: tuple[str, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    unchanged: tuple[str, ...] = ()
    python: bool = False


def read_settings(root: Path = ROOT) -> Settings:
    """Read what the book in a folder tells."""
    try:
        told: Any = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
        told = told["sphinx"]["config"]
    except (OSError, yaml.YAMLError, KeyError, TypeError):
        return Settings()  # Jupyter Book will say what is wrong with it
    known = {f"{PREFIX}{each.name}": each.name for each in fields(Settings)}
    return Settings(
        **{known[name]: _fixed(value) for name, value in told.items() if name in known}
    )


def _fixed(value: Any) -> Any:
    """Return a value that cannot be changed."""
    if isinstance(value, dict):
        return tuple(value.items())
    return tuple(value) if isinstance(value, list) else value


SETTINGS = read_settings()
PACKAGES = tuple(filter(None, (SETTINGS.library, ENGINE.name)))
"""The packages that notebooks import, and the pages' Python has: the library, and the engine."""
FOLDERS = tuple(ENGINE if name == ENGINE.name else ROOT / name for name in PACKAGES)
"""Where these lie."""
PAGES = tuple(
    dict.fromkeys(filter(None, (SETTINGS.chapters, SETTINGS.library_pages.partition("/")[0])))
)
"""The folders of the pages."""


def sources(pattern: str) -> list[tuple[str, Path]]:
    """List files of these packages by a pattern that begins with a package, each with its name."""
    package, _, inside = pattern.partition("/")
    folders = [folder for name, folder in zip(PACKAGES, FOLDERS, strict=True) if name == package]
    return [
        (path.relative_to(folder.parent).as_posix(), path)
        for folder in folders
        for path in sorted(folder.glob(inside))
    ]


def library_version() -> str:
    """Return the version of the library, for those who download it."""
    version: str = importlib.import_module(SETTINGS.library).__version__
    return version
