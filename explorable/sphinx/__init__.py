"""
The Sphinx extension: explorers and cells that run in any book, and with our theme a whole frame.

With another theme a book gets explorers, and Python in its pages if it says ``explorable_python``;
``html_theme: book`` brings all else: mathematics, folds, captions, doors, the search.
"""

import importlib
from dataclasses import fields
from typing import Any

from sphinx.application import Sphinx

from explorable import __version__
from explorable.book.settings import PREFIX, Settings

GUEST = ("application", "executed", "guest")
PYTHON = ("content.cells",)
OURS = {
    "": ("application", "executed", "language", "plain"),
    "frame.": ("thrift", "chapters", "drills", "guard", "machines", "pages", "plans", "progress"),
    "content.": (
        *("mathematics", "references", "folds", "headings", "deeper", "derivations", "refused"),
        *("captions", "cells", "citations", "explorers", "tables", "terms"),
    ),
    "library.": ("equation_panels", "names", "entries", "symbols"),
}


def setup(app: Sphinx) -> dict[str, Any]:
    for each in fields(Settings):
        app.add_config_value(f"{PREFIX}{each.name}", each.default, "env", Any)
    guest = GUEST + PYTHON * app.config.explorable_python
    ours = [place + name for place, names in OURS.items() for name in names]
    for name in ours if app.config.html_theme == "book" else guest:
        importlib.import_module(f"{__name__}.{name}").setup(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
