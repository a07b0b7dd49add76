"""From Sphinx's HTML to the site: what its pages use besides, and an index for the search.

Everything here is derived from the pages, so the same book gives the same bytes.
"""

import base64
import hashlib
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from explorable.book import ENGINE
from explorable.book.notebooks.cells import page_cells
from explorable.book.notebooks.downloaded import for_download
from explorable.book.notebooks.normalise import dumps
from explorable.book.settings import FOLDERS, SETTINGS
from explorable.drawing.svg.tokens import palette_css
from explorable.explore import bundle
from explorable.languages.known import TRANSLATED, sheet
from explorable.sphinx.site.fonts import write_fonts
from explorable.sphinx.site.page import Page, read_page
from explorable.sphinx.site.previews import add_previews
from explorable.sphinx.site.python_scripts import CELLS, write_python
from explorable.sphinx.site.scripts import join
from explorable.sphinx.site.search import search_index
from explorable.sphinx.site.wheel import pack

ASSETS = ENGINE / "sphinx" / "assets"
DRILLS = ENGINE / "drills" / "browser"
MINISEARCH = ENGINE / "vendor" / "minisearch" / "minisearch.js"
COMMENT = re.compile(r"/\*\*(?s:.*?)\*/\s*|^\s*//.*\n", re.MULTILINE)  # most of the file
MARK = ".book"  # in the built site: the digest of what it was built from


def write_shared(
    site: Path,
    notebooks: Mapping[str, NotebookNode],
    files: Mapping[str, Path],
    states: Iterable[Path],
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, str]:
    """Write what the pages of all editions share; return what their placeholders stand for.

    Notebooks and the files that are offered for download go by the names of their pages; `states`
    are the scripts with what moves explorers, `words` what a page's Python says in other
    languages.
    """
    tokens = _write_assets(site)
    _copy_explorers(site, states, tokens)
    cells = {name: [cell[1:] for cell in page_cells(book)] for name, book in notebooks.items()}
    tokens["PYTHON"] = write_python(site, cells, FOLDERS, words)
    for name, path in files.items():
        target = site / f"{name}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        shown = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        target.write_text(dumps(for_download(shown)), encoding="utf-8")
    for folder in {(site / name).parent for name in files if SETTINGS.library}:
        pack(folder)
    return tokens


def write_pages(
    folder: Path,
    texts: Mapping[str, str],
    tokens: Mapping[str, str],
    home: str,
    words: Sequence[Mapping[str, str]] = (),
) -> dict[str, Page]:
    """Write the pages of an edition, and its index for the search; return what they hold.

    The texts are Sphinx's HTML, `tokens` what stands for its placeholders, `home` the first page's
    file, and `words` what the search takes for other words.
    """
    pages: dict[str, Page] = {}
    for name, sphinx_text in texts.items():
        text = add_previews(name, sphinx_text, texts)
        for token, value in tokens.items():
            text = text.replace(f"@{token}@", value)
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        pages[name] = read_page(text)
    if "/" not in home:  # or its links would lead elsewhere
        shutil.copyfile(
            folder / home, folder / "index.html"
        )  # in place of one that only leads there
    (folder / "assets").mkdir(exist_ok=True)
    index = search_index(pages, *words)
    (folder / "assets" / "search-index.js").write_text(index, encoding="utf-8")
    return pages


def _write_assets(site: Path) -> dict[str, str]:
    """Write style, script and fonts; return what the pages' placeholders stand for."""
    assets = _empty(site / "assets")
    fonts, formulas = write_fonts(assets)
    ours = (each.read_text("utf-8") for each in (CELLS, ASSETS / "site.css"))
    style = "\n".join([palette_css(), fonts, *ours, sheet(TRANSLATED.code)])
    (assets / "site.css").write_text(style, encoding="utf-8")
    (assets / "formulas.css").write_text(formulas, encoding="utf-8")
    script = join(ASSETS / "page", ASSETS / "taking", ASSETS / "doors")
    (assets / "site.js").write_text(script, encoding="utf-8")
    engine = COMMENT.sub("", MINISEARCH.read_text(encoding="utf-8")) + join(ASSETS / "search")
    (assets / "search.js").write_text(engine, encoding="utf-8")
    progress = join(ASSETS / "progress")
    (assets / "progress.js").write_text(progress, encoding="utf-8")
    for name in ("icon.png", "preview.png"):
        shutil.copyfile(ASSETS / name, assets / name)
    early = (ASSETS / "early.js").read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(early.encode()).digest()).decode()
    return {
        "HASH": f"sha256-{digest}",
        "EARLY": early,
        "SITE": short(style),
        "FORMULAS": short(formulas),
        "SCRIPT": short(script),
        "PROGRESS": short(progress),
    }


def _empty(folder: Path) -> Path:
    """Make an empty folder, whatever was there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _copy_explorers(site: Path, states: Iterable[Path], tokens: dict[str, str]) -> None:
    """Copy the shared scripts and styles of explorers and drills, and the explorers' states."""
    folder = _empty(site / "explorers")
    _empty(site / "drills")
    for name, token, text in (
        ("explorers/explorer.js", "EXPLORER_JS", bundle.script()),
        ("explorers/explorer.css", "EXPLORER_CSS", bundle.style()),
        ("drills/drills.js", "DRILLS_JS", bundle.in_a_function(bundle.joined(DRILLS / "main.js"))),
        ("drills/drills.css", "DRILLS_CSS", (DRILLS / "drills.css").read_text("utf-8")),
    ):
        (site / name).write_text(text, encoding="utf-8")
        tokens[token] = short(text)
    for script in states:
        shutil.copyfile(script, folder / script.name)


def short(text: str) -> str:
    """Return what changes with a text, for its address."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
