"""
The language of the edition that this run of Sphinx writes, and what it must know of the English.

Headings of a translated page get the ids of the English ones, so that both editions have the same
addresses.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import Parser
from myst_parser.mdit_to_docutils.base import default_slugify
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator
from sphinx_proof.domain import ProofDomain
from sphinx_proof.nodes import (
    NODE_TYPES,
    get_node_number,
    list_rindex,
    unenumerable_node,
    visit_enumerable_node,
    visit_unenumerable_node,
)

from explorable.book.told import told
from explorable.languages.editions import ENGLISH, Edition
from explorable.languages.interface import fill
from explorable.languages.known import TRANSLATED
from explorable.languages.segments import inline

# What the build driver tells; a book that Jupyter Book builds by itself is English.
TOLD: dict[str, Any] = {}
SLUGGED = {"text", "code_inline"}
INSIDE = SLUGGED | {"math_inline", "math_inline_double", "softbreak"}


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
    if is_translated():
        app.add_source_parser(EnglishIds, override=True)
        config.myst_heading_slug_func = f"{__name__}.slug"
        if "sphinx_proof" in app.extensions:  # which has not every language
            app.add_domain(Proofs, override=True)
            for numbered in NODE_TYPES.values():
                visitors = (visit_enumerable_node, depart_numbered)
                app.add_node(numbered, override=True, html=visitors)
            visitors = (visit_unenumerable_node, depart_unnumbered)
            app.add_node(unenumerable_node, override=True, html=visitors)
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


class EnglishIds(Parser):
    """Myst-nb's parser, by which headings of a translated page get the ids of the English ones."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a page whose document takes the English of a heading for what names it."""
        known = {text: list(all_) for text, all_ in told_of(self.env.docname, "headings").items()}
        own = document.note_implicit_target

        def note(target: nodes.Element, where: nodes.Element | None = None) -> None:
            TOLD.pop("heading", None)
            title = next(iter(target.findall(nodes.title)), target)
            if isinstance(title, nodes.title | nodes.rubric) and title.rawsource in known:
                meant = known[title.rawsource]
                english = inline(meant.pop(0) if len(meant) > 1 else meant[0])
                name = "".join(
                    " " * (e.type == "softbreak") or e.content for e in english if e.type in INSIDE
                )
                target["names"][-1] = nodes.fully_normalize_name(name)
                TOLD["heading"] = "".join(e.content for e in english if e.type in SLUGGED)
            own(target, where)

        vars(document)["note_implicit_target"] = note
        super().parse(inputstring, document)
        del vars(document)["note_implicit_target"]


def slug(title: str) -> str:
    """Return the anchor that MyST makes of a heading: of its English, if it is translated."""
    return default_slugify(TOLD.pop("heading", title))


class Proofs(ProofDomain):
    """Sphinx-proof's domain, whose references say what is proved in every language."""

    def resolve_xref(self, *given: Any) -> nodes.Element | None:
        """Resolve a reference; one without words of its own is called by name and number."""
        env, _page, _builder, _kind, target, _node, words = given
        made = super().resolve_xref(*given)
        if made is not None and target in words[0]:
            name = name_of_theorem(vars(env)["proof_list"][target]["realtype"].title())
            number = made.astext().rpartition(" ")[2]
            made[0] = nodes.Text(f"{name} {number}")
        return made


def depart_numbered(self: HTML5Translator, node: nodes.Element) -> None:
    """Close a theorem that has a number, and name it."""
    number = f"{get_node_number(self, node, node['countertype'])} "
    place = self.body.index(f"{node['countertype']} {number}")
    self.body[place] = f"{name_of_theorem(node['realtype'].title())} {number}"
    self.body.append("</div>")


def depart_unnumbered(self: HTML5Translator, node: nodes.Element) -> None:
    """Close a theorem that has no number, and name it."""
    start = list_rindex(self.body, f'<p class="admonition-title" id="{node["ids"][0]}">')
    name = name_of_theorem(node["realtype"].title())
    self.body.insert(start + 1, f'<span class="caption-number">{name} </span>')
    self.body.append("</div>")


def setup(app: Sphinx) -> None:
    app.add_config_value("book_editions", [ENGLISH.code], "env")
    app.connect("config-inited", start, priority=100)
    app.connect("doctree-read", name_proofs)
