"""The book's own Sphinx extension: mathematics, folds, tables, the pages' frame."""

import gc

from sphinx.application import Sphinx

from book.extension import (
    alternatives,
    captions,
    cells,
    chapters,
    citations,
    doors,
    explorers,
    folds,
    language,
    library,
    mathematics,
    names,
    numbering,
    pages,
    references,
    tables,
    terms,
    thrift,
)

PARTS = (
    thrift,
    language,
    mathematics,
    numbering,
    references,
    folds,
    alternatives,
    captions,
    cells,
    chapters,
    citations,
    explorers,
    doors,
    tables,
    terms,
    names,
    library,
    pages,
)


def setup(app: Sphinx) -> None:
    """Register everything with Sphinx."""
    gc.set_threshold(50_000, 20, 20)  # all is kept to the end: looking for garbage is in vain
    for part in PARTS:
        part.setup(app)
