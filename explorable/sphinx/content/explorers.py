"""The directive ``{explorer} name``: an explorer of some chapter, on a page without cells."""

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from explorable.sphinx.executed import folder

logger = logging.getLogger(__name__)


class ExplorerDirective(SphinxDirective):
    """Show again what a cell of an executed notebook shows."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        place = nodes.raw(format="html", explorer=self.arguments[0])
        self.set_source_info(place)
        return [place]


def show(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put each explorer into its place when all notebooks have run, or warn that none has it."""
    for place in list(doctree.findall(nodes.raw)):
        if name := place.get("explorer"):
            html = _framed(folder(app), name)
            place += nodes.Text(html)
            if not html:
                logger.warning(
                    "no notebook shows the explorer %s",
                    name,
                    location=place,
                    type="ref",
                    subtype="explorer",
                )


def _framed(notebooks: Path, name: str) -> str:
    for path in sorted(notebooks.rglob("*.ipynb")):
        if html := find_explorer(path, name):
            page = path.relative_to(notebooks).with_suffix("").as_posix()
            return (
                f'<div class="cell_output" data-page="{page}">'
                f'<div class="text_html">{html}</div></div>'
            )
    return ""


def find_explorer(path: Path, name: str) -> str:
    """Return the HTML of the explorer with this name in a notebook, or nothing."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            html = "".join(output.get("data", {}).get("text/html", []))
            if f'id="explorer-{name}"' in html:
                return html
    return ""


def setup(app: Sphinx) -> None:
    app.add_directive("explorer", ExplorerDirective)
    app.connect("doctree-resolved", show)
