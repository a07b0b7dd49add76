"""What no page may hold: foreign scripts, files from elsewhere, characters that nobody sees."""

import re
import unicodedata
from html.parser import HTMLParser
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
OWN = re.compile(r"(?:\.\./)*(?:machines|assets)/")
OUTSIDE = re.compile(r"\s*(?:[a-z]+:)?//", re.IGNORECASE)
FETCHED = ("src", "srcset", "data", "poster")
# Marks of the direction of writing show code other than it runs; the others are of no use.
UNSEEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


class Tags(HTMLParser):
    """Looks at each tag of a page's text for what runs and what is fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what is amiss with a tag."""
        given = {name: value or "" for name, value in attributes}
        ours = given.get("type") == "application/json" or OWN.match(given.get("src", ""))
        runs = any(
            name.startswith("on") or value.strip().lower().startswith("javascript:")
            for name, value in given.items()
        )
        fetched = [given.get(name, "") for name in FETCHED]
        fetched += [given.get("href", "")] * (tag != "a")
        if runs or (tag == "script" and not ours):
            self.found.append(f"the text runs a script: {self.get_starttag_text()}")
        elif tag == "meta" or any(map(OUTSIDE.match, fetched)):
            self.found.append(f"the page asks another server: {self.get_starttag_text()}")


def faults(body: str) -> list[str]:
    """Say what is amiss in the HTML of a page's text."""
    tags = Tags()
    tags.feed(body)
    found = tags.found
    for match in UNSEEN.finditer(body):
        name = unicodedata.name(match[0], "a control character")
        near = body[max(0, match.start() - 30) : match.start()]
        found.append(f"U+{ord(match[0]):04X} ({name}) is not seen, after {near!r}")
    return found


def look(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Warn of each fault, which ends the build."""
    if doctree is not None:
        for fault in faults(context["body"]):
            LOGGER.warning(fault, location=page, type="book", subtype="guard")


def setup(app: Sphinx) -> None:
    """Look at what all others have made."""
    app.connect("html-page-context", look, priority=900)
