"""The book's own Sphinx extension: mathematics, folds, tables, the pages' frame."""

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
    tables,
    terms,
    thrift,
)

PARTS = (
    thrift,
    language,
    mathematics,
    numbering,
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
    for part in PARTS:
        part.setup(app)
