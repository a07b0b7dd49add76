"""Notebooks as MyST-NB has executed them, and where their explorers leave what moves them."""

import os
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util import logging

from explorable.drawing.toolkit.picture import BOOK

logger = logging.getLogger(__name__)
# In a page, the file that moves an explorer.
FILE = re.compile(r'<script type="application/json">\{"name":"[^"]*","file":"([^"]+)"')


def folder(app: Sphinx) -> Path:
    """Return where MyST-NB leaves the notebooks."""
    return Path(vars(app.env)["mystnb_config"].output_folder)


def executed(app: Sphinx, page: str) -> NotebookNode | None:
    """Return the notebook of a page, if it is one, with its outputs."""
    path = folder(app) / f"{page}.ipynb"
    return nbformat.read(path, as_version=4) if path.is_file() else None


def states(app: Sphinx) -> Path:
    """Return the folder of the states: beside the cache of the outputs that ask for them."""
    cache = app.config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache"
    return Path(cache) / "explorers"


def states_of(app: Sphinx, text: str) -> list[Path]:
    """Return the files that move the explorers of a page; one that is gone is told."""
    files = [states(app) / file for file in FILE.findall(text)]
    for file in files:
        if not file.is_file():
            logger.warning("%s is gone: execute its notebook again", file, type="explorer")
    return [*filter(Path.is_file, files)]


def start(app: Sphinx) -> None:
    """Tell the kernels that a book is built, unless whoever executed the notebooks has."""
    if app.config.nb_execution_mode != "off":
        os.environ[BOOK] = str(states(app).parent)


def stop(app: Sphinx, exception: Exception | None) -> None:
    """Leave the environment as it was."""
    if app.config.nb_execution_mode != "off":
        os.environ.pop(BOOK, None)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", start)
    app.connect("build-finished", stop)
