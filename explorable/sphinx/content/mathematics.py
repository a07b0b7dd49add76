"""
Equations as HTML and MathML, rendered while the book is built.

KaTeX runs in QuickJS inside this process. A reader needs no script to see an equation, and an
error in TeX stops the build with its place.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import quickjs
import sphinxcontrib.katex
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from explorable.book import ENGINE
from explorable.book.told import told
from explorable.sphinx.application import Application
from explorable.sphinx.language import _, is_chinese

logger = logging.getLogger(__name__)

GLUED = re.compile(r"[-–’]\w{1,4}\b|[.,;:!?)\]’”，。；：！？、）》]+")
OPENING = re.compile(r"[（《“]+$")
LETTER = re.compile(r"[\u4e00-\u9fff]")

# What the pages' fonts of formulas have: see explorable/vendor/README.md.
SIGNS = frozenset((ENGINE / "vendor" / "katex" / "signs.txt").read_text(encoding="utf-8"))
# How many children these must have; a browser shows one with another number as an error.
CHILDREN = {"msub": 2, "msup": 2, "munder": 2, "mover": 2, "mfrac": 2, "mroot": 2}
CHILDREN |= {"msubsup": 3, "munderover": 3}

HAN = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]")

RENDER = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


class Renderer:
    """KaTeX, started at the first formula that no earlier build has rendered."""

    def __init__(self, cache: Path | None) -> None:
        self.cache = cache
        self.script = Path(sphinxcontrib.katex.__file__).with_name("katex.min.js")
        ours = hashlib.sha256(RENDER.encode()).hexdigest()[:10]
        self.version = f"{sphinxcontrib.katex.katex_version} {ours}"
        self.known: dict[str, str] = {}
        self.used: dict[str, str] = {}
        if cache and cache.is_file():
            stored = json.loads(cache.read_text(encoding="utf-8"))
            if stored.get("version") == self.version:
                self.known = stored["formulas"]

    @cached_property
    def _engine(self) -> quickjs.Context:
        context = quickjs.Context()
        context.eval(self.script.read_text(encoding="utf-8"))
        return context

    @cached_property
    def _render(self) -> "quickjs.Object":
        return self._engine.eval(RENDER)

    def __call__(self, tex: str, *, display: bool) -> str:
        """Return the HTML of a formula; raise ``ValueError`` with KaTeX's words."""
        key = ("D" if display else "I") + tex
        if key not in self.used:
            if key not in self.known:
                try:
                    html = self._render(tex, display)
                except quickjs.JSException as error:
                    raise ValueError(_first_line(str(error))) from None
                _refuse(html)
                self.known[key] = html
            self.used[key] = self.known[key]
        return self.used[key]

    def save(self) -> None:
        """Keep what this build used for the next one."""
        if self.cache:
            stored = {"version": self.version, "formulas": self.used}
            temporary = self.cache.with_suffix(".new")
            temporary.write_text(json.dumps(stored), encoding="utf-8")
            temporary.replace(self.cache)


def _refuse(html: str) -> None:
    """Raise ``ValueError`` for what KaTeX lets pass, but browsers or fonts don't."""
    start, end = html.index("<math"), html.index("</math>") + len("</math>")
    for element in ElementTree.fromstring(html[start:end]).iter():
        tag = element.tag.rpartition("}")[2]
        if len(element) != CHILDREN.get(tag, len(element)):
            raise ValueError(f"KaTeX gives a malformed <{tag}> for it, which browsers report")
    drawn = unescape(re.sub(r"<[^>]*>", "", html[:start] + html[end:]))
    drawn = HAN.sub("", drawn) if is_chinese() else drawn  # from the reader's own fonts
    if lacking := sorted(set(drawn) - SIGNS):
        raise ValueError(
            f"no font of the pages has the sign {' '.join(lacking)}: "
            "see explorable/vendor/README.md"
        )


def _first_line(message: str) -> str:
    text = message.split("\n    at ")[0].strip()
    return text.replace("\u0332", "").removeprefix("ParseError: ")


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write an inline formula; where it is glued to what follows, say where it may break."""
    html = _html(self, node, display=False)
    if "glue" in node.parent["classes"]:
        html = html.replace('</span><span class="base">', '</span><wbr><span class="base">')
    self.body.append(f'<span class="{" ".join(["math", *_spaces(node)])}">{html}</span>')
    raise nodes.SkipNode


def _spaces(node: nodes.math) -> Iterator[str]:
    """Say on which side a formula stands beside Chinese, where a style sheet makes no space."""
    outer = node.parent if "glue" in node.parent["classes"] else node
    siblings = outer.parent.children
    place = siblings.index(outer)
    before = siblings[place - 1] if place else None
    after = siblings[place + 1] if place + 1 < len(siblings) else None
    if outer is not node:
        inside = node.parent.children
        before = before if inside[0] is node else None
        after = after if inside[-1] is node else None
    if isinstance(before, nodes.Text) and LETTER.match(before[-1:]):
        yield "after-letter"
    if isinstance(after, nodes.Text) and LETTER.match(after[:1]):
        yield "before-letter"


def visit_displaymath(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula; its number, if it has one, is the link to it."""
    self.body.append(self.starttag(node, "div", CLASS="equation"))
    self.body.append(f'<div class="scroll">{_html(self, node, display=True)}</div>')
    if node["number"]:
        number = get_node_equation_number(self, node)
        target, name = node["ids"][0], _("Equation {number}", number=number)
        self.body.append(f'<a class="number" href="#{target}" aria-label="{name}">({number})</a>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _html(self: HTML5Translator, node: nodes.Element, *, display: bool) -> str:
    renderer = cast(Application, self.builder.app).book_renderer
    tex = node.astext().strip()
    try:
        return renderer(tex, display=display)
    except ValueError as error:
        logger.warning("%s, in the formula: %s", error, tex, location=node, type="math")
        return ""


class GluePunctuation(SphinxPostTransform):
    """Keep a comma, a bracket or an ending such as -th on the line of the formula before it."""

    default_priority = 402

    def run(self, **kwargs: Any) -> None:
        """Change the document in place."""
        for formula in list(self.document.findall(nodes.math)):
            parent, following = formula.parent, formula.next_node(descend=False, siblings=True)
            position = parent.index(formula)
            before = parent[position - 1] if position else None
            before = before if isinstance(before, nodes.Text) else nodes.Text("")
            opens = OPENING.search(before)
            found = GLUED.match(following) if isinstance(following, nodes.Text) else None
            if not (opens or found):
                continue
            glue = nodes.inline(classes=["glue"])
            start, end = position, position + 1
            rest: list[nodes.Node] = []
            if opens:
                start -= 1
                rest = [nodes.Text(before[: opens.start()])]
                glue += nodes.Text(opens.group())
            glue += formula
            rest.append(glue)
            if found:
                end += 1
                glue += nodes.Text(found.group())
                rest.append(nodes.Text(following[found.end() :]))
            parent[start:end] = rest


def start(app: Application) -> None:
    """Give the application its renderer."""
    cache = told(Path(app.srcdir), "formulas")
    app.book_renderer = Renderer(Path(cache) if cache else None)


def stop(app: Application, exception: Exception | None) -> None:
    """Keep the rendered formulas."""
    if exception is None:
        app.book_renderer.save()


def setup(app: Sphinx) -> None:
    """Register the renderer under the name that ``_config.yml`` chooses."""
    app.add_html_math_renderer("prerendered", (visit_math, None), (visit_displaymath, None))
    app.add_post_transform(GluePunctuation)
    app.connect("builder-inited", start)
    app.connect("build-finished", stop)
