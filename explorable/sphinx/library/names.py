"""Names of the library in code: each leads to its entry, and each entry says where it is used."""

import html
import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator

from explorable.book.settings import SETTINGS
from explorable.library.public_names import Name, aliases, library_names
from explorable.sphinx.application import Application
from explorable.sphinx.content.terms import section_of

NOTATION = SETTINGS.notation
# The highlighter's elements that no rule of the style sheet is about: a quarter of a page's.
PLAIN = re.compile(r'<span class="(?!(?:k|kn|kd|kc|ow|c|c1|cm|sd|gp)")\w+">([^<]*)</span>')
PIECE = re.compile(r"<[^>]*>|&[^;\s]*;|[^<&]")
LINE = re.compile(r"(?m)^( *).*$")
COLUMNS = re.compile(r"^ |\S  +\S", re.MULTILINE)  # what a line of an output may not lose


def mark_names(app: Application, doctree: nodes.document) -> None:
    """Find the names of the library in a notebook's cells, and where each is first used."""
    known: dict[str, str] = {}
    used: dict[str, tuple[str, str]] = {}
    for block in doctree.findall(nodes.literal_block):
        if block.parent is not None and "cell_input" in block.parent.get("classes", ()):
            block["names"] = library_names(block.astext(), known)
            for name in block["names"]:
                if not name.imported:
                    used.setdefault(name.full, section_of(block))
    app.env.book_uses[app.env.docname] = used


def entry(env: BuildEnvironment, full: str) -> tuple[str, str] | None:
    """Return page and id of a name's entry, under whichever of its names."""
    data = env.domaindata["py"]
    if not data["modules"]:
        return None  # a book without the library
    owner, _, own = full.rpartition(".")
    full = aliases().get(full) or f"{aliases().get(owner, owner)}.{own}"  # that of a method
    place = data["objects"].get(full) or data["modules"].get(full)
    return (place.docname, place.node_id) if place else None


def visit_code(self: HTML5Translator, node: nodes.literal_block) -> None:
    """Write code whose names are links."""
    start = len(self.body)
    try:
        HTML5Translator.visit_literal_block(self, node)
    finally:
        code = PLAIN.sub(r"\1", "".join(self.body[start:]))
        code = _with_links(self, code, node.get("names", []))
        language = node.get("language", "")
        told = language == "myst-ansi" and not COLUMNS.search(node.astext())
        self.body[start:] = [hanging(code) if told or "python" in language else code]


def _with_links(self: HTML5Translator, code: str, names: list[Name]) -> str:
    """Put links around the letters at which names stand, inside the highlighter's elements."""
    builder = self.builder
    opening, closing = {}, set()
    for name in names:
        place = entry(builder.env, name.full)
        if place and (name.imported or not place[1].startswith("module-")):
            address = builder.get_relative_uri(builder.current_docname, place[0])
            opening[name.start] = f'<a href="{html.escape(f"{address}#{place[1]}")}">'
            closing.add(name.end - 1)
    before, start, rest = code.partition("<pre>")
    written, position = [before, start], 0
    for piece in PIECE.findall(rest):
        if piece.startswith("<"):
            written.append(piece)
            continue
        written.append(opening.get(position, "") + piece + "</a>" * (position in closing))
        position += 1
    return "".join(written)


def hanging(code: str) -> str:
    """Make each line an element that knows its indent, so that what wraps stays right of it."""
    before, start, rest = code.partition("<pre>")
    body, end, after = rest.replace("<span></span>", "", 1).rpartition("</pre>")
    lines = LINE.sub(
        lambda line: f'<span class="line in{len(line[1]) // 4}">{line[0]}</span>',
        body.rstrip("\n"),
    )
    return "".join((before, start, lines, "\n", end, after))


def link_notation(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let each name in the last columns of the notation lead to its entry."""
    if docname != NOTATION:
        return
    module = ""
    for row in doctree.findall(nodes.row):
        last = row.children[-1]
        if isinstance(row.parent, nodes.thead):
            module = (re.findall(rf"{SETTINGS.library}[a-z_.]*", last.astext()) or [""])[0]
            continue
        for code in list(last.findall(nodes.literal)) if module else []:
            if place := nearest(app.env, module, code.astext().partition("(")[0]):
                uri = f"{app.builder.get_relative_uri(docname, place[0])}#{place[1]}"
                code.parent.replace(code, nodes.reference("", "", code, internal=True, refuri=uri))


def nearest(env: BuildEnvironment, module: str, name: str) -> tuple[str, str] | None:
    """Return page and id of the entry of a name, or of what it belongs to, here or elsewhere."""
    for full in (f"{module}.{name}", f"{SETTINGS.library}.{name}"):
        while full.count("."):
            place = entry(env, full)
            if place and not place[1].startswith("module-"):
                return place
            full = full.rpartition(".")[0]
    return None


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", mark_names)
    app.connect("doctree-resolved", link_notation)
    app.add_node(nodes.literal_block, override=True, html=(visit_code, None))
