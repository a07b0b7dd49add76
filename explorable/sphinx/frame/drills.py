"""The directive ``{drills} stem``, and the section of drills that a chapter ends with."""

import importlib.util
import sys
from pathlib import PurePosixPath
from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from explorable.drills import Drill, drill_html, drills_of
from explorable.sphinx.application import Application
from explorable.sphinx.language import TOLD, _, language

EXERCISES = "exercises"
"""The id of the section of a chapter before which its drills stand."""


class DrillsDirective(SphinxDirective):
    """Show the drills of a chapter."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return their cards, or refuse a chapter that has none."""
        found = drills_in(self.config, self.arguments[0])
        if not found:
            raise self.error(f"the chapter {self.arguments[0]} has no drills")
        return cards(cast(Application, self.env.app), found, seed=2)


class ChapterDrills(SphinxTransform):
    """Put the drills of a chapter before its exercises."""

    default_priority = 20

    def apply(self, **kwargs: object) -> None:
        page = PurePosixPath(self.env.docname)
        if str(page.parent) != self.config.explorable_chapters:
            return
        found = drills_in(self.config, page.name)
        for exercises in [each for each in self.document.findall(nodes.section) if found]:
            if EXERCISES not in exercises["ids"]:
                continue
            section = nodes.section(ids=["drills"])
            section += nodes.title("", _("Drills"))
            section += self._introduction()
            section += cards(cast(Application, self.app), found, seed=1)
            exercises.parent.insert(exercises.parent.index(exercises), section)
            return

    def _introduction(self) -> nodes.paragraph:
        """Say what these are, and where all are."""
        said = _(
            "Short questions, with other numbers as often as you like. {link}Those of all "
            "chapters{end} stand on one page.",
            link="\0",
            end="\0",
        )
        before, inside, after = said.split("\0")
        page = self.config.explorable_practice
        link: nodes.Node = nodes.Text(inside)
        if page in self.env.found_docs:
            link = addnodes.pending_xref("", nodes.inline("", inside), refdomain="std")
            link.update_all_atts({"reftype": "doc", "reftarget": f"/{page}", "refexplicit": True})
            link["refdoc"] = self.env.docname
        return nodes.paragraph("", "", nodes.Text(before), link, nodes.Text(after))


def drills_in(config: Config, stem: str) -> list[Drill]:
    """Return the drills of a chapter of the book, in their order."""
    name = f"{config.explorable_library}.{stem}.drills"
    try:
        known = importlib.util.find_spec(name)
    except (ImportError, ValueError):  # the book has no library, or it no such chapter
        known = None
    if known is None:
        return []
    importlib.import_module(name)
    return [*drills_of(sys.modules[name])]


def cards(app: Application, found: list[Drill], seed: int) -> list[nodes.Node]:
    """Return the cards of drills."""

    def render(tex: str, apart: bool) -> str:
        return app.book_renderer(tex, display=apart)

    written = language().CLOSE, language().CLOSING
    texts = [drill_html(each, seed, render, _said, *written) for each in found]
    return [nodes.raw(text=text, format="html") for text in texts]


def titles(app: Application, page: str) -> dict[str, str]:
    """Return the titles of the drills of a chapter, by their names."""
    return {
        each.name: _said(each.title) for each in drills_in(app.config, PurePosixPath(page).name)
    }


def _said(text: str) -> str:
    return str(TOLD.get("words", {}).get(text, text))


def setup(app: Sphinx) -> None:
    app.add_directive("drills", DrillsDirective)
    app.add_transform(ChapterDrills)
