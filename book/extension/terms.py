"""
Terms: where a chapter defines one, the index and the glossary lead there.

A term stands in bold where it is defined, and has an entry in the glossary. Nothing else has to
be written: this module finds the bold words that the glossary knows, gives the first in each
chapter an address, enters it in the index, and ends each entry of the glossary with links. A few
terms that readers may have forgotten lead to the glossary where another chapter first uses them.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

GLOSSARY = "appendix/glossary"
CHAPTERS = "chapters/"
# Words that mean nothing else, so that a link is never beside the point.
REMINDED = re.split(
    ", ",
    "activation pattern, binary cross-entropy, central difference, condition number, "
    "cross-entropy, dual number, eigen-mode, finite difference, Glorot initialisation, "
    "He initialisation, heavy ball, Hessian, Jacobian, leaky ReLU, log-odds, logit, "
    "maximum likelihood, mean squared error, mini-batch, multiply-add, negative log-likelihood, "
    "noise floor, preactivation, reverse mode, saddle, singular value, softmax, softplus, "
    "spectral radius, stochastic gradient descent, unit roundoff, vector–Jacobian product, XOR",
)
DIRECTIVE = re.compile(r"^```\{glossary\}\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Definition(NamedTuple):
    """A place where a chapter defines a term."""

    term: str
    identity: str
    section: str


def glossary_terms(text: str) -> dict[str, str]:
    """
    Return the terms of a glossary by the form in which they are looked up.

    Parameters
    ----------
    text
        The glossary's Markdown. Terms stand at the margin; of several above one definition the
        first is the head word of all.
    """
    terms: dict[str, str] = {}
    for body in DIRECTIVE.findall(text):
        head = ""
        for line in body.splitlines():
            if not line or line.startswith((" ", ":")):
                head = ""
            else:
                head = head or line
                terms[looked_up(line)] = head
    return terms


def looked_up(term: str) -> str:
    """Return the form of a term that neither capitals nor a plural s change."""
    words = re.sub(r"\s+", " ", term).replace("\u2019", "'").strip().lower()
    return words.removesuffix("s") if not words.endswith("ss") else words


class MarkDefinitions(SphinxTransform):
    """Give each bold term of a chapter an address and an entry in the index."""

    default_priority = 800  # before Sphinx's domains collect what they know, at 850

    def apply(self, **kwargs: object) -> None:
        """Mark the first place of each term."""
        found: dict[str, Definition] = {}
        path = Path(self.env.srcdir) / f"{GLOSSARY}.md"
        if self.env.docname.startswith(CHAPTERS) and path.is_file():
            terms = glossary_terms(path.read_text(encoding="utf-8"))
            for strong in list(self.document.findall(nodes.strong)):
                head = terms.get(looked_up(strong.astext()))
                if head is not None and head not in found:
                    found[head] = _mark(strong, head)
            for head in sorted(set(REMINDED) & set(terms.values()) - set(found), key=len)[::-1]:
                _remind(self.document, head)
        definitions(self.env)[self.env.docname] = list(found.values())


def _mark(strong: nodes.strong, head: str) -> Definition:
    identity = f"definition-{nodes.make_id(head)}"
    strong["ids"].append(identity)
    entry = addnodes.index(entries=[("single", head, identity, "", None)])
    strong.parent.insert(strong.parent.index(strong), entry)
    return Definition(head, identity, _section(strong))


def _remind(document: nodes.document, head: str) -> None:
    """Let the first use of a term in the running text lead to its entry in the glossary."""
    word = re.compile(rf"(?<![\w-]){re.escape(head)}s?(?![\w-])", 0 if head[0].isupper() else re.I)
    for text in document.findall(nodes.Text):
        paragraph = text.parent
        if not isinstance(paragraph, nodes.paragraph) or not _is_prose(paragraph):
            continue
        if match := word.search(text):
            reference = addnodes.pending_xref(refdomain="std", reftype="term", reftarget=head)
            reference += nodes.inline(text=match[0])
            parts = [nodes.Text(text[: match.start()]), reference, nodes.Text(text[match.end() :])]
            paragraph.replace(text, [part for part in parts if part.astext()])
            return


def _is_prose(paragraph: nodes.paragraph) -> bool:
    return isinstance(paragraph.parent, nodes.section | nodes.list_item)


def _section(node: nodes.Node) -> str:
    while node.parent is not None:
        node = node.parent
        titles = [child.astext() for child in node.children if isinstance(child, nodes.title)]
        if isinstance(node, nodes.section) and any(titles):
            return str(titles[0])  # that of an exercise has none
    return ""


def definitions(env: BuildEnvironment) -> dict[str, list[Definition]]:
    """Return the definitions of each page; the dictionary lives in the environment."""
    known: dict[str, list[Definition]] = vars(env).setdefault("book_definitions", {})
    return known


def link_places(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """End each entry of the glossary with links to the places of definition."""
    if docname != GLOSSARY:
        return
    for item in doctree.findall(nodes.definition_list_item):
        head = next(iter(item.findall(nodes.term))).astext()
        links = list(_links(app, head))
        if links:
            paragraph = nodes.paragraph(classes=["places"])
            for position, link in enumerate(links):
                paragraph += [nodes.Text(", " if position else "→ "), link]
            item.children[-1].append(paragraph)


def _links(app: Sphinx, head: str) -> Iterator[nodes.reference]:
    for page in sorted(definitions(app.env), key=order(app)):
        for place in definitions(app.env)[page]:
            if looked_up(place.term) == looked_up(head):
                uri = app.builder.get_relative_uri(GLOSSARY, page)
                text = f"{chapter_name(app.env, page)}: {place.section}"
                yield nodes.reference(text=text, internal=True, refuri=f"{uri}#{place.identity}")


def chapter_name(env: BuildEnvironment, page: str) -> str:
    """Return how the appendix names a chapter, such as 'chapter 3'."""
    number = env.toc_secnumbers.get(page, {}).get("")
    return f"chapter {'.'.join(map(str, number))}" if number else page.rpartition("/")[2]


def order(app: Sphinx) -> Callable[[str], tuple[tuple[int, ...], str]]:
    """Return the key that sorts pages by the numbers of their chapters."""
    numbers = app.env.toc_secnumbers
    return lambda page: (tuple(numbers.get(page, {}).get("") or ()), page)


def setup(app: Sphinx) -> None:
    """Register the transform and the handler."""
    app.add_transform(MarkDefinitions)
    app.connect("doctree-resolved", link_places)
