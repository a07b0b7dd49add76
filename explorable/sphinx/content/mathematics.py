"""Equations as MathML, rendered while the book is built.

An error in TeX stops the build with its place.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from explorable.book.told import told
from explorable.drawing.formulas import Renderer
from explorable.languages.known import TRANSLATED
from explorable.sphinx.application import Application
from explorable.sphinx.language import _, language

logger = logging.getLogger(__name__)

GLUED = re.compile(rf"[-–’]\w{{1,4}}\b|[.,;:!?)\]’”{re.escape(TRANSLATED.CLOSING)}]+")
OPENING = re.compile(rf"[“{re.escape(TRANSLATED.OPENING)}]+$")
LATIN = re.compile(r"[A-Za-z]")


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write an inline formula."""
    names = " ".join(["math", *_spaces(node)])
    self.body.append(f'<span class="{names}" {_inside(self, node, display=False)}</span>')
    raise nodes.SkipNode


def _spaces(node: nodes.math) -> Iterator[str]:
    """Say on which side a formula is beside letters where a style sheet makes the space."""
    outer = node.parent if "glue" in node.parent["classes"] else node
    siblings = [each for each in outer.parent.children if each.astext()]
    place = siblings.index(outer)
    before = siblings[place - 1] if place else None
    after = siblings[place + 1] if place + 1 < len(siblings) else None
    if outer is not node:
        inside = node.parent.children
        before = before if inside[0] is node else None
        after = after if inside[-1] is node else None
    close = language().CLOSE
    if close.match(_words(before)[-1:]):
        yield "after-letter"
    if LATIN.match(_words(before)[-1:]):
        yield "after-word"
    if close.match(_words(after)[:1]):
        yield "before-letter"


def _words(node: nodes.Node | None) -> str:
    """Return what a reader sees of a text, of a bold one or of a link."""
    worded = nodes.Text, nodes.strong, nodes.emphasis, nodes.reference
    return node.astext() if isinstance(node, worded) else ""


def visit_displaymath(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula; its number, if it has one, is the link to it."""
    self.body.append(self.starttag(node, "div", CLASS="equation"))
    self.body.append(f'<div class="scroll" {_inside(self, node, display=True)}</div>')
    if node["number"]:
        number = get_node_equation_number(self, node)
        target, name = node["ids"][0], _("Equation {number}", number=number)
        self.body.append(f'<a class="number" href="#{target}" aria-label="{name}">({number})</a>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _inside(self: HTML5Translator, node: nodes.Element, *, display: bool) -> str:
    """Return the end of the tag around a formula, which tells its TeX, and the formula."""
    renderer = cast(Application, self.builder.app).book_renderer
    tex = node.astext().strip()
    try:
        return f'data-tex="{escape(tex)}">{renderer(tex, display=display)}'
    except ValueError as error:
        logger.warning("%s, in the formula: %s", error, tex, location=node, type="math")
        return ">"


class GluePunctuation(SphinxPostTransform):
    """Keep a comma, a bracket or an ending such as -th on the line of the formula before it."""

    default_priority = 402

    def run(self, **kwargs: Any) -> None:
        for formula in list(self.document.findall(nodes.math)):
            parent, following = formula.parent, formula.next_node(descend=False, siblings=True)
            position = parent.index(formula)
            before = parent[position - 1] if position else None
            opens = OPENING.search(before) if isinstance(before, nodes.Text) else None
            found = GLUED.match(following) if isinstance(following, nodes.Text) else None
            if not (opens or found):
                continue
            glue = nodes.inline(classes=["glue"])
            pieces: list[nodes.Node] = [glue]
            if opens:
                pieces.insert(0, nodes.Text(opens.string[: opens.start()]))
                glue += nodes.Text(opens.group())
            glue += formula
            if found:
                glue += nodes.Text(found.group())
                pieces.append(nodes.Text(found.string[found.end() :]))
            parent[position - bool(opens) : position + 1 + bool(found)] = pieces


def start(app: Application) -> None:
    """Give the application its renderer."""
    cache = told(Path(app.srcdir), "formulas")
    app.book_renderer = Renderer(
        Path(cache) if cache else None,
        foreign=language().FOREIGN,
        punctuated=language().PUNCTUATED,
    )


def stop(app: Application, exception: Exception | None) -> None:
    """Keep the rendered formulas."""
    if exception is None:
        app.book_renderer.save()


def setup(app: Sphinx) -> None:
    app.add_html_math_renderer("prerendered", (visit_math, None), (visit_displaymath, None))
    app.add_post_transform(GluePunctuation)
    app.connect("builder-inited", start)
    app.connect("build-finished", stop)
