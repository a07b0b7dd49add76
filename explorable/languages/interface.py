"""The words of the pages' frame, in its one catalogue, ``site.po``: what is found, and translated.

They stand in the extension, in the build's own pages and in the theme as ``_("words")``, in the
pages' scripts as ``say("words")``, as the title and the captions of the table of contents, as what
each module of the library says of itself, and in the tables of symbols.
"""

import io
import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from explorable.book import ROOT
from explorable.book.settings import SETTINGS, sources
from explorable.languages.catalogues import CATALOGUES, translations_in
from explorable.library import symbols
from explorable.library.public_names import ideas

STATEMENTS = ROOT / SETTINGS.statements
CATALOGUE = CATALOGUES / "site.po"
PLACES = {
    "explorable/sphinx/**/*.py": "python",
    "explorable/book/**/*.py": "python",
    "explorable/languages/*.py": "python",
    "explorable/sphinx/theme/*.html": "jinja2.ext:babel_extract",
    "explorable/sphinx/assets/*/*.js": "javascript",
    "explorable/python/browser/**/*.js": "javascript",
    f"{SETTINGS.library}/*/browser/**/*.js": "javascript",
    "explorable/drills/*.py": "python",
    "explorable/drills/browser/*.js": "javascript",
}
KEYWORDS: dict[str, Any] = {"_": None, "say": None}


def messages() -> Iterator[tuple[str, str]]:
    """Yield the words of the frame, each with the file that it stands in first."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    yield settings["title"], "_config.yml"
    yield settings["author"], "_config.yml"
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    for caption in re.findall(r"caption: (.*)", toc):
        yield caption, "_toc.yml"
    reasons = STATEMENTS.read_text(encoding="utf-8") if STATEMENTS.is_file() else ""
    for reason in tomllib.loads(reasons).values():
        yield reason, STATEMENTS.name
    for pattern, method in PLACES.items():
        for file, path in sources(pattern):
            stream = io.BytesIO(path.read_bytes())
            for _, text, *_rest in extract(method, stream, KEYWORDS):
                if isinstance(text, str) and text:
                    yield text, file
    for name, idea in ideas().items():
        yield idea, name
    yield from symbols.words(ROOT)


def extracted() -> Catalog:
    """Return the catalogue of the frame, without translations."""
    catalogue = Catalog()
    for text, file in messages():
        if text not in catalogue:
            catalogue.add(text, auto_comments=[file])
    return catalogue


def translated_words() -> dict[str, str]:
    """Return the translations of the frame's words."""
    return translations_in(CATALOGUE)


def script(words: dict[str, str]) -> str:
    """Return the script that gives the pages' scripts their words."""
    texts = {text for text, file in messages() if file.endswith(".js")}
    known = {text: word for text, word in words.items() if text in texts}
    told = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    return f"window.bookWords={told};\n"


def fill(text: str, **values: object) -> str:
    """Put values into the places that a text has for them."""
    return re.sub(r"\{(\w+)\}", lambda place: str(values[place[1]]), text)
