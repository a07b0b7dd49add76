"""The book's own Sphinx extension: mathematics, folds, alternative text, the pages' frame."""

from typing import Any

from sphinx.application import Sphinx

from book.extension import alternatives, chapters, citations, explorers, folds, mathematics, pages


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    for part in (mathematics, folds, alternatives, chapters, citations, explorers, pages):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
