"""Terms: where a chapter defines one, the index and the glossary lead there.

A term stands in bold where it is defined, and has an entry in the glossary. Nothing else has to
be written: this module finds the bold words that the glossary knows, gives the first in each
chapter an address, enters it in the index, leads from it to the glossary, and ends each entry
there with links back. A few terms that readers may have forgotten lead to the glossary where
another chapter first uses them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from explorable.book.settings import SETTINGS
from explorable.languages.editions import ENGLISH
from explorable.languages.known import TRANSLATED
from explorable.sphinx.application import Application, Context, Definition, Tree
from explorable.sphinx.language import _, is_translated, language, told_of
from explorable.sphinx.language import terms as other_terms

GLOSSARY = SETTINGS.glossary
CHAPTERS = f"{SETTINGS.chapters}/"
# Words that mean nothing else, so that a link is never beside the point.
REMINDED = SETTINGS.reminded
DIRECTIVE = re.compile(r"^```\{glossary\}\n(.*?)^```", re.MULTILINE | re.DOTALL)


def glossary_terms(text: str) -> dict[str, str]:
    """Return the terms of a glossary by the form in which they are looked up.

    Terms stand at the margin; of several above one definition the first is the head word of all.
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
                head = _defined(strong.astext(), terms, told_of(self.env.docname, "bold"))
                if head is not None and head not in found:
                    found[head] = _mark(strong, head)
            for head in sorted(set(REMINDED) & set(terms.values()) - set(found), key=len)[::-1]:
                _remind(self.document, head, language().term(head, other_terms()))
        vars(self.env)["book_definitions"][self.env.docname] = list(found.values())


def _defined(word: str, terms: Mapping[str, str], english: Mapping[str, list[str]]) -> str | None:
    """Return the head word of the term that a bold word is, in English or in its translation."""
    if word not in english:
        return terms.get(looked_up(word))
    heads = [terms[looked_up(each)] for each in english[word] if looked_up(each) in terms]
    same = [head for head in heads if word in other_terms().get(head, {}).get("words", ())]
    first = [terms.get(looked_up(each)) for each in english[word][:1]]
    return (same or first or [None])[0]


def _mark(strong: nodes.strong, head: str) -> Definition:
    identity = f"definition-{nodes.make_id(head)}"
    strong["ids"].append(identity)
    entry = addnodes.index(entries=[("single", head, identity, "", None)])
    strong.parent.insert(strong.parent.index(strong), entry)
    place = Definition(head, identity, section_of(strong)[0])
    if not isinstance(strong.parent, nodes.title):  # which other pages show within a link
        link = _to_glossary(head)
        strong.parent.replace(strong, link)
        link += strong
    return place


def _to_glossary(head: str) -> addnodes.pending_xref:
    return addnodes.pending_xref(refdomain="std", reftype="term", reftarget=head)


def _remind(document: nodes.document, head: str, word: re.Pattern[str]) -> None:
    """Let the first use of a term in the running text lead to its entry in the glossary."""
    for text in document.findall(nodes.Text):
        paragraph = text.parent
        around = isinstance(paragraph.parent, nodes.section | nodes.list_item)
        if isinstance(paragraph, nodes.paragraph) and around and (match := word.search(text)):
            reference = _to_glossary(head)
            reference += nodes.inline(text=match[0])
            parts = [nodes.Text(text[: match.start()]), reference, nodes.Text(text[match.end() :])]
            paragraph.replace(text, [part for part in parts if part.astext()])
            return


def section_of(node: nodes.Node) -> tuple[str, str]:
    """Return title and id of the nearest section with a title, unlike those of exercises."""
    while node.parent is not None:
        node = node.parent
        titles = [child.astext() for child in node.children if isinstance(child, nodes.title)]
        if isinstance(node, nodes.section) and any(titles):
            return titles[0], str(node["ids"][0])
    return "", ""


def name_in_both(app: Sphinx, doctree: nodes.document) -> None:
    """Let each entry of the glossary say what its term is in the other language."""
    if app.env.docname != GLOSSARY:
        return
    for items in doctree.findall(nodes.definition_list):
        for item in items:
            names = [term for term in item.children if isinstance(term, nodes.term)]
            for term in names:
                term["english"] = term.children[0].astext()
                _name(term, [each["english"] for each in names if "english" in each])
        if is_translated():
            items.children.sort(key=lambda item: _reading(item.children[0]["english"]))


def _name(term: nodes.term, before: list[str]) -> None:
    """Write a term, with its translation behind it, or its English behind that."""
    english = term["english"]
    other = other_word(english)
    if other in (english, ""):
        return
    names = [other_word(each) for each in before[:-1]]
    first, second = (other, english) if is_translated() else (english, other)
    lang = ENGLISH.lang if is_translated() else TRANSLATED.lang
    if other in names:  # another English word for the same
        first, second = ("", english) if is_translated() else (english, "")
    name = nodes.inline(text=second, classes=["other", f"language-{lang}"])
    shown = [nodes.Text(f"{first} " if second else first)] * bool(first) + [name] * bool(second)
    term[0:1] = shown


def other_word(english: str) -> str:
    """Return a term in the language of the other edition, or nothing."""
    return str((_known(english).get("words") or [""])[0])


def _reading(english: str) -> tuple[str, str]:
    """Return how a term is read in the other edition, by which its glossary is sorted."""
    known = _known(english)
    return str(known.get("reading") or (known.get("words") or [english])[0]).lower(), english


def _known(english: str) -> dict[str, Any]:
    """Return what is told of a term, whose apostrophe the page has made a curly one."""
    return other_terms().get(english.replace("\u2019", "'"), {})


def link_places(app: Application, doctree: nodes.document, docname: str) -> None:
    """End each entry of the glossary with links to the places of definition."""
    if docname != GLOSSARY:
        return
    for item in doctree.findall(nodes.definition_list_item):
        term = next(iter(item.findall(nodes.term)))
        head = term.get("english", term.astext())
        links = list(_links(app, head))
        if links:
            paragraph = nodes.paragraph(classes=["places"])
            for position, link in enumerate(links):
                paragraph += [nodes.Text(_(", ") if position else "→ "), link]
            item.children[-1].append(paragraph)


def _links(app: Application, head: str) -> Iterator[nodes.reference]:
    for page in sorted(app.env.book_definitions, key=order(app)):
        for place in app.env.book_definitions[page]:
            if looked_up(place.term) == looked_up(head):
                uri = app.builder.get_relative_uri(GLOSSARY, page)
                name = chapter_name(app.env, page)
                text = _("{page}: {place}", page=name, place=place.section)
                yield nodes.reference(text=text, internal=True, refuri=f"{uri}#{place.identity}")


def chapter_name(env: BuildEnvironment, page: str) -> str:
    """Return how the appendix names a chapter, such as 'chapter 3'."""
    number = env.toc_secnumbers.get(page, {}).get("")
    if not number:
        return page.rpartition("/")[2]
    return _("chapter {number}", number=".".join(map(str, number)))


def order(app: Sphinx) -> Callable[[str], tuple[tuple[int, ...], str]]:
    """Return the key that sorts pages by the numbers of their chapters."""
    numbers = app.env.toc_secnumbers
    return lambda page: (tuple(numbers.get(page, {}).get("") or ()), page)


def other_index(app: Sphinx, page: str, template: str, context: Context, doctree: Tree) -> None:
    """Let the index of the other edition have its own terms, by their reading."""
    if page != "genindex" or not is_translated():
        return
    found: dict[str, dict[str, Any]] = {}
    for _key, entries in context["genindexentries"]:
        for english, (links, _inner, _none) in entries:
            word = other_word(english) or english
            reading = _reading(english)[0]
            entry = found.setdefault(word, {"reading": reading, "links": [], "english": []})
            entry["links"] += links
            entry["english"] += [english] * (english != word)
    letters: dict[str, list[Any]] = {}
    for word in sorted(found, key=lambda word: (found[word]["reading"], word)):
        letters.setdefault(found[word]["reading"][0].upper(), []).append(
            (word, (found[word]["links"], [], None))
        )
    context["genindexentries"] = list(letters.items())
    context["english"] = {word: ", ".join(entry["english"]) for word, entry in found.items()}


def setup(app: Sphinx) -> None:
    app.add_transform(MarkDefinitions)
    app.connect("doctree-read", name_in_both)
    app.connect("doctree-resolved", link_places)
    app.connect("html-page-context", other_index)
