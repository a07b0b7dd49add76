"""An edition of a book, and how its language is written: English, unless a language says so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

Terms = Mapping[str, Mapping[str, Any]]
"""What is told of each term, by its English: its ``words`` and its ``reading``."""


@dataclass(frozen=True)
class Edition:
    """An edition: what it is called, where it is, and how its language is written.

    What stands here holds for English. A language that does something in another way says so in
    one file, whose ``EDITION`` is of a class of its own: in this folder, named as its code, or in
    the book's ``locale/<code>``, named ``language.py``. What the style sheet lacks for it stands
    beside it, in a file of the same name that ends with ``.css``.

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

    LOST: ClassVar[tuple[str, str, str, str]] = (
        "No such page",
        "There is no such page",
        "The address may be mistyped, or the page may have moved.\n"
        'Start again from the <a href="{home}">first page of the book</a>.',
        "Search",
    )
    """The page for who is lost: its title, heading and text, and what searches."""
    CLOSE: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    """Letters between which no spaces stand, so that a style sheet makes them beside formulas."""
    FOREIGN: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    """Signs that the book's own letters lack, so that a reader's fonts have to have them."""
    PRINTED: ClassVar[tuple[str, str]] = ("", "")
    """Two such letters, to try whether this machine can print them, and a package with them."""
    OPENING: ClassVar[str] = ""
    CLOSING: ClassVar[str] = ""
    """Its own marks between which and a formula no line ends."""
    SEARCH: ClassVar[Mapping[str, Any]] = {}
    """What the search must know of it: `Written` in ``sphinx/assets/types.d.ts`` lists it."""
    LETTER: ClassVar[re.Pattern[str]] = re.compile(r"[^\W\d_]")
    """What shows that a paragraph has words of its own."""
    LEAST: ClassVar[int] = 60
    """So long is a sentence that describes a page, at least."""
    STOP: ClassVar[str] = "."
    PUNCTUATED: ClassVar[bool] = True
    """Whether a formula set apart shows the mark at its end."""
    KEYS: ClassVar[Mapping[str, str]] = {}
    """What ``terms.toml`` calls the ``words`` of a term and its ``reading``, if otherwise."""
    STYLE: ClassVar[Mapping[str, str]] = {}
    """What is wrong in the typography of a translation: a pattern, and what to say of it."""
    TYPED: ClassVar[Mapping[str, str]] = {}
    """Letters of a ``reading`` that keyboards lack, and what is typed for them."""
    SCALES: ClassVar[Mapping[str, int]] = {}
    """Words behind digits that make a number large."""

    def shortened(self, text: str) -> str:
        """Return a sentence in the length of a description."""
        return text if len(text) <= 200 else text[:199].rsplit(" ", 1)[0] + "…"

    def count(self, text: str) -> float:
        """Count the words of a text."""
        return len(text.split())

    def page(self, body: str) -> str:
        """Set in the language's way what Sphinx and its extensions have put together."""
        return body

    def term(self, head: str, terms: Terms) -> re.Pattern[str]:
        """Find a term in the running text."""
        flags = 0 if head[0].isupper() else re.IGNORECASE
        word = terms.get(head, {"words": [head]})["words"][0] if self is not ENGLISH else head
        return re.compile(rf"(?<![\w-]){re.escape(word)}s?(?![\w-])", flags)

    def before_equation(self, before: str) -> str:
        """Return what the number of an equation needs before it, after this text."""
        return ""

    def place(self, title: str, section: bool, number: int | None, before: str, after: str) -> str:
        """Return how a sentence calls another page or a section; nothing for its bare title.

        `number` is that of its chapter, if that is another one; `before` and `after` are the text
        around.
        """
        return ""


ENGLISH = Edition("en", "", "en", "en", "English", "Read this book in English")
