"""The book's own Sphinx extension: mathematics, folds, tables, the pages' frame."""

import gc
from dataclasses import fields
from typing import Any

from sphinx.application import Sphinx

from explorable.book.settings import PREFIX, Settings
from explorable.sphinx import language
from explorable.sphinx.content import (
    alternatives,
    captions,
    cells,
    citations,
    deeper,
    derivations,
    explorers,
    folds,
    headings,
    mathematics,
    numbering,
    references,
    tables,
    terms,
)
from explorable.sphinx.frame import (
    chapters,
    drills,
    guard,
    machines,
    pages,
    plans,
    progress,
    thrift,
)
from explorable.sphinx.library import entries, equation_panels, names, symbols

PARTS = (
    thrift,
    language,
    mathematics,
    numbering,
    references,
    folds,
    headings,
    deeper,
    derivations,
    alternatives,
    captions,
    cells,
    chapters,
    citations,
    drills,
    explorers,
    guard,
    machines,
    equation_panels,
    tables,
    terms,
    names,
    entries,
    pages,
    plans,
    progress,
    symbols,
)


def setup(app: Sphinx) -> None:
    """Register everything with Sphinx."""
    gc.set_threshold(50_000, 20, 20)  # all is kept to the end: looking for garbage is in vain
    for each in fields(Settings):
        app.add_config_value(f"{PREFIX}{each.name}", each.default, "env", Any)
    for part in PARTS:
        part.setup(app)
