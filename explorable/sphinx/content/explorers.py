"""The directive ``{explorer} name``: an explorer of some chapter, on a page without cells."""

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)


class ExplorerDirective(SphinxDirective):
    """Show again what a cell of an executed notebook shows."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the explorer's HTML, or warn that no notebook has it."""
        name = self.arguments[0]
        for path in sorted(Path(self.env.srcdir).rglob("*.ipynb")):
            if html := find_explorer(path, name):
                page = path.relative_to(self.env.srcdir).with_suffix("").as_posix()
                frame = (
                    f'<div class="cell_output" data-page="{page}">'
                    f'<div class="text_html">{html}</div></div>'
                )
                return [nodes.raw(text=frame, format="html")]
        logger.warning(
            "no notebook shows the explorer %s",
            name,
            location=self.get_location(),
            type="ref",
            subtype="explorer",
        )
        return []


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
    """Register the directive."""
    app.add_directive("explorer", ExplorerDirective)
