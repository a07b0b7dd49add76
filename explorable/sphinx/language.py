"""
The language of the edition that this run of Sphinx writes, and what it must know of the English.

Headings of a translated page get the ids of the English ones, so that both editions have the same
addresses.
"""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import sphinx_proof.domain
import sphinx_proof.nodes
from docutils import nodes
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from sphinx.application import Sphinx
from sphinx.config import Config

from explorable.book.told import told
from explorable.languages.editions import ENGLISH, Edition
from explorable.languages.interface import fill
from explorable.languages.known import TRANSLATED
from explorable.languages.segments import inline
from explorable.sphinx.application import instead

# What the build driver tells; a book that Jupyter Book builds by itself is English.
TOLD: dict[str, Any] = {}
INSIDE = {"text", "code_inline", "math_inline", "math_inline_double", "softbreak"}


def _(text: str, **values: object) -> str:
    """Return words of the frame in the language of this edition, with values in their places."""
    return fill(TOLD.get("words", {}).get(text, text), **values)


def language() -> Edition:
    """Return the edition that this run writes."""
    return TRANSLATED if is_translated() else ENGLISH


def is_translated() -> bool:
    """Tell whether this run writes the edition that is made from the English one."""
    return bool(edition()["code"] == TRANSLATED.code)


def edition() -> dict[str, str]:
    """Return what is known of the edition."""
    return dict(TOLD.get("edition") or vars(ENGLISH))


def told_of(page: str, what: str) -> dict[str, Any]:
    """Return what is told of the English of a page: its headings, its bold words, its columns."""
    return dict(TOLD.get("pages", {}).get(page, {}).get(what, {}))


def terms() -> dict[str, dict[str, Any]]:
    """Return the words of the other edition for the terms, by their English, if there is one."""
    return dict(TOLD.get("terms", {}))


def start(app: Sphinx, config: Config) -> None:
    """Read what the build driver tells, and name what is numbered."""
    TOLD.clear()
    TOLD.update(told(Path(app.srcdir), "edition") or {})
    for module, name in ((sphinx_proof.nodes, "_"), (sphinx_proof.domain, "translate")):
        instead(app, module, name, name_of_theorem)  # that extension has not every language
    if is_translated():
        config.numfig_format = dict(config.numfig_format) | {"figure": _("Figure %s")}


def name_of_theorem(word: str) -> str:
    """Return what is proved, by its name in sphinx-proof."""
    words = {
        "Theorem": _("Theorem"),
        "Lemma": _("Lemma"),
        "Proposition": _("Proposition"),
        "Corollary": _("Corollary"),
        "Definition": _("Definition"),
        "Remark": _("Remark"),
        "Example": _("Example"),
    }
    return words.get(word, word)


def name_proofs(app: Sphinx, doctree: nodes.document) -> None:
    """Begin a proof with the word for it, which sphinx-proof writes in English."""
    for node in doctree.findall(nodes.admonition):
        text = next(iter(node.findall(nodes.Text)), None)
        if is_translated() and "proof" in node["classes"] and text and text.startswith("Proof. "):
            text.parent.replace(text, nodes.Text(_("Proof. ") + text.removeprefix("Proof. ")))


class _Token(SimpleNamespace):
    """Stands for a heading where a slug is made of it."""

    def to_tokens(self) -> list[Token]:
        """Return three tokens, as of a heading."""
        between = Token("inline", "", 0, children=inline(self.content))
        return [Token("heading_open", "h1", 1), between, Token("heading_close", "h1", -1)]


generate_heading_target = DocutilsRenderer.generate_heading_target


def target_of_english(
    self: DocutilsRenderer,
    token: SyntaxTreeNode,
    level: int,
    node: nodes.Element,
    title_node: nodes.Element,
) -> None:
    """Give a section its ids, those of the English heading."""
    environment = self.document.settings.env
    known = vars(self.document).setdefault("book_headings", {})
    if not known and environment:
        known |= {
            text: list(all_) for text, all_ in told_of(environment.docname, "headings").items()
        }
    content = token.children[0].content if token.children else ""
    if content not in known:
        generate_heading_target(self, token, level, node, title_node)
        return
    english = known[content].pop(0) if len(known[content]) > 1 else known[content][0]
    text = "".join(
        " " if each.type == "softbreak" else each.content
        for each in inline(english)
        if each.type in INSIDE
    )
    stand_in = cast(SyntaxTreeNode, _Token(content=english))
    generate_heading_target(self, stand_in, level, node, nodes.title("", text))
    if slug := node.get("slug"):
        line, identity, _text = self._heading_slugs[slug]
        self._heading_slugs[slug] = (line, identity, title_node.astext())


def setup(app: Sphinx) -> None:
    """Register the handler, and let headings of translated pages have the ids of the English."""
    app.add_config_value("book_editions", [ENGLISH.code], "env")
    app.connect("config-inited", start, priority=100)
    app.connect("doctree-read", name_proofs)
    instead(app, DocutilsRenderer, "generate_heading_target", target_of_english)
