"""Explorers, and cells that run, in the pages of a book that has another theme."""

import importlib.util
import re
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from explorable.book import ENGINE
from explorable.drawing.svg.tokens import palette_css
from explorable.explore import bundle
from explorable.sphinx.application import Application, Context, Environment, Tree
from explorable.sphinx.executed import states_of
from explorable.sphinx.site.python_scripts import CELLS, write_python
from explorable.sphinx.site.scripts import join

FOLDER = "explorable"  # among the static files of the site
ASSETS = ENGINE / "sphinx" / "assets"
DRAWN = re.compile(r'class="(?:explorer|explorable-panels)"')


def start(app: Sphinx) -> None:
    """Write what all pages share."""
    folder = Path(app.outdir, "_static", FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    ours = (ASSETS / "guest.css").read_text("utf-8") + CELLS.read_text("utf-8")
    page = [ASSETS / "page" / name for name in ("_element.js", "_say.js", "python.js")]
    for name, text in {
        "explorer.css": palette_css() + bundle.style(),
        "explorer.js": bundle.script(),
        "cells.css": palette_css() + ours,
        "cells.js": join(*page),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")


def add(app: Application, page: str, template: str, context: Context, doctree: Tree) -> None:
    """Add to a page the scripts that it needs, and what they ask for."""
    body, folder = context.get("body", ""), Path(app.outdir, "_static", FOLDER)
    if DRAWN.search(body):
        app.add_css_file(f"{FOLDER}/explorer.css")
    if files := states_of(app, body):
        app.add_js_file(f"{FOLDER}/explorer.js", loading_method="defer")
        for file in files:
            shutil.copyfile(file, folder / file.name)
    if page in running(app.env):
        script = f"_static/{FOLDER}/python/{app.book_python}"
        data = {"data-python": context["pathto"](script, 1), "data-page": page}
        data["data-book"] = app.config.explorable_library
        app.add_css_file(f"{FOLDER}/cells.css")
        app.add_js_file(f"{FOLDER}/cells.js", loading_method="defer", **data)


def running(env: Environment) -> list[str]:
    """Return the pages with cells that run."""
    return [page for page, cells in env.book_cells.items() if any(kind for *_, kind in cells)]


def bring(app: Application, env: Environment) -> list[str]:
    """Write Python for the pages with cells that run; all are written anew, for each names it."""
    pages = running(env)
    if pages:
        folder = Path(app.outdir, "_static", FOLDER)
        app.book_python = write_python(folder, env.book_cells, [ENGINE, *_library(app)])
    return pages


def _library(app: Sphinx) -> list[Path]:
    """Find the package that the book's notebooks import: beside the book, or installed."""
    name = app.config.explorable_library
    beside = Path(app.srcdir, name)
    if not name or beside.is_dir():
        return [beside] * bool(name)
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise ExtensionError(f"explorable_library: there is no package {name}")
    return [*map(Path, found.submodule_search_locations)]


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", start)
    app.connect("env-updated", bring)
    app.connect("html-page-context", add)
