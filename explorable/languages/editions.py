"""The editions of the book: the English one, and the Chinese one made from the same pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Edition:
    """
    An edition: what it is called, and where.

    ``code`` is that of its catalogues, ``folder`` where its pages lie in the site, ``lang`` what
    its pages say of themselves, ``sphinx`` the language that Sphinx knows, ``name`` what a reader
    of it calls its language, ``invitation`` what leads to it from the first page of another.
    """

    code: str
    folder: str
    lang: str
    sphinx: str
    name: str
    invitation: str


ENGLISH = Edition("en", "", "en", "en", "English", "Read this book in English")
CHINESE = Edition("zh_Hans", "zh/", "zh-Hans", "zh_CN", "中文", "阅读本书的中文版")
EDITIONS = (ENGLISH, CHINESE)


def editions_of(source: Path) -> list[Edition]:
    """
    Return the editions that ``_config.yml`` names in ``book_editions``: English unless it does.

    Parameters
    ----------
    source
        The book's root.
    """
    path = source / "_config.yml"
    try:
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        return [ENGLISH]  # Sphinx will say what is wrong with it
    for name in ("sphinx", "config"):
        settings = settings.get(name) if isinstance(settings, Mapping) else None
    codes = settings.get("book_editions") if isinstance(settings, Mapping) else None
    return [edition for edition in EDITIONS if edition.code in (codes or [ENGLISH.code])]
