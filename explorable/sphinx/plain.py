"""What the build driver does to a book, where there is none: plain ``jupyter-book build .``."""

from collections.abc import Iterable
from pathlib import Path

import nbformat
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from explorable.book.notebooks.captions import attach_captions
from explorable.book.notebooks.jupyter import from_jupyter
from explorable.book.notebooks.normalise import dumps, normalise
from explorable.sphinx.executed import executed, states_of
from explorable.sphinx.language import TOLD
from explorable.sphinx.site.device import write_device
from explorable.sphinx.site.write import MARK, write_pages, write_shared

logger = logging.getLogger(__name__)
FRESH = "@SITE@"  # stands in a page that Sphinx has just written


def read(app: Sphinx, page: str, source: list[str]) -> None:
    """Read a notebook as the book is made from it, not as it stands there for Jupyter."""
    path = Path(app.env.doc2path(page))
    if TOLD or path.suffix != ".ipynb":
        return
    notebook = normalise(from_jupyter(nbformat.reads(source[0], as_version=4)))
    for fault in attach_captions(notebook, path, page):
        logger.warning("%s", fault, location=page, type="caption")
    source[0] = dumps(notebook)


def all_pages(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Have all pages written, for each knows of the others."""
    return env.found_docs


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Write, beside Sphinx's pages, what they use."""
    if TOLD or exception or app.builder.name != "html":
        return
    site = Path(app.outdir)
    files = {page: Path(app.env.doc2path(page)) for page in sorted(app.env.found_docs)}
    files = {page: path for page, path in files.items() if path.suffix == ".ipynb"}
    notebooks = {page: found for page in files if (found := executed(app, page))}
    written = {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(site.rglob("*.html"))
    }
    fresh = {name: text for name, text in written.items() if FRESH in text}
    moving = {file for text in fresh.values() for file in states_of(app, text)}
    tokens = write_shared(site, notebooks, files, moving)
    home = f"{app.config.root_doc}.html"
    pages = write_pages(site, fresh, tokens, home)
    (site / MARK).write_text("")  # so that the build driver may replace it
    write_device(site, pages[home].title)


def setup(app: Sphinx) -> None:
    if "comments_config" not in app.config:
        app.add_config_value("comments_config", {}, "")
    app.connect("source-read", read)
    app.connect("env-updated", all_pages)
    app.connect("build-finished", finish)
