"""The index of the search: every part of the book that a search can lead to, as one script."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from docutils import nodes

from explorable.book.settings import SETTINGS
from explorable.languages.known import TRANSLATED
from explorable.sphinx.site.page import Page, Part

CHAPTERS = f"{SETTINGS.chapters}/"
LEFT_OUT = ("index.html", "search.html", "genindex.html", "progress.html", "404.html")
NUMBER = re.compile(r"^(?:[A-Z][a-z]+ |[^\W\d_A-Za-z]+)?(\d+(?:\.\d+)*)(?![0-9A-Za-z_])")
LABEL = re.compile(r"^(?:equation-)?\w+?-(.*)$")


def search_index(
    pages: Mapping[str, Page],
    instead: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> str:
    """Return the script that holds the index of these pages.

    `instead` has the book's word for each that a reader may ask for in its place, but for one that
    a chapter uses, which there means what it says; `typed` its word for what is typed without its
    letters, asked where nothing else is found.
    """
    searched = {name: page for name, page in pages.items() if name not in LEFT_OUT}
    parts = {name: list(_without_twins(page.parts)) for name, page in searched.items()}
    terms = [part for each in parts.values() for part in each if part.kind == "term"]
    names = {nodes.make_id(term.anchor.removeprefix("term-")): term.title for term in terms}
    index: dict[str, object] = {
        "chapters": CHAPTERS,
        "pages": [[page.title, name] for name, page in searched.items()],
        "parts": [
            _entry(part, number, names)
            for number, each in enumerate(parts.values())
            for part in each
            if part.title or part.text
        ],
    }
    told = "\n".join(
        part.text for name, each in parts.items() if name.startswith(CHAPTERS) for part in each
    )
    if unused := {word: ours for word, ours in (instead or {}).items() if word not in told}:
        index["instead"] = unused
    if typed:
        index["typed"] = typed
    if TRANSLATED.SEARCH:  # in the English edition too, whose glossary has both
        index["written"] = TRANSLATED.SEARCH
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return f"window.bookIndex={text};\n"


def _entry(part: Part, page: int, names: Mapping[str, str]) -> dict[str, object]:
    number = NUMBER.match(part.title) if part.kind != "term" else None
    label = LABEL.match(part.anchor) if part.kind in ("equation", "exercise", "figure") else None
    entry = {
        "kind": part.kind,
        "title": part.title,
        "number": number[1] if number else "",
        "page": page,
        "anchor": part.anchor,
        "text": re.sub(r"https?://", "", part.text),
        "code": part.code,
        "label": label[1].replace("-", " ") if label else "",
        "defines": ", ".join(names.get(term, term) for term in part.defines),
    }
    return {name: value for name, value in entry.items() if value != ""}


def _without_twins(parts: Iterable[Part]) -> Iterator[Part]:
    """Join the terms that share one definition: the first names all, the last has it."""
    shared: list[Part] = []
    for part in parts:
        shared.append(part)
        if part.kind != "term" or part.text:
            titles = ", ".join(each.title for each in shared)
            yield replace(part, title=titles, anchor=shared[0].anchor)
            shared = []
