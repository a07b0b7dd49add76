"""What no page may hold: foreign scripts, files from elsewhere, characters that nobody sees."""

import re
import unicodedata
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
OWN = r'type="application/json"|src="(?:\.\./)*(?:machines|assets)/'
RUNS = re.compile(rf"<script\b(?![^>]*(?:{OWN}))[^>]*>|<[a-z]\w*\b[^<>]*\son[a-z]+=[^<>]*>")
FROM_OUTSIDE = re.compile(
    r'<(?:img|source|iframe|object|embed|video|audio|link)\b[^>]*\b(?:src|data|href)="'
    r'(?:[a-z]+:)?//[^"]*"'
)
# Marks of the direction of writing show code other than it runs; the others are of no use.
UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def faults(body: str) -> list[str]:
    """Say what is amiss in the HTML of a page's text."""
    found = [f"the text runs a script: {match[0]}" for match in RUNS.finditer(body)]
    found += [f"the page asks another server: {match[0]}" for match in FROM_OUTSIDE.finditer(body)]
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
