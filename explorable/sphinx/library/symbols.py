"""Every letter is a door: what the tables of symbols say of it, where the page is pointed at.

A page loads its symbols, as a script, when the first is pointed at. Which of them a part of a
formula is, the pages' own script says (``assets/doors/_symbols.js``), here as there: so what is
refused is what a reader would miss. The page of the notation is made from the same tables, by
``{symbols} name``.
"""

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.domains.math import MathDomain
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from explorable.book.settings import SETTINGS
from explorable.book.told import told
from explorable.library.letters import UNEXPLAINED, Reader, table_of
from explorable.library.symbols import BOOK, Symbol, read_symbols
from explorable.sphinx.application import Application, Context, Tree
from explorable.sphinx.content.deeper import above
from explorable.sphinx.language import _
from explorable.sphinx.library.equation_panels import write_beside
from explorable.sphinx.library.names import nearest

logger = logging.getLogger(__name__)

FOLDER = "symbols"
INLINE = re.compile(r"\$([^$]+)\$|`([^`]+)`")


class Symbols(SphinxDirective):
    """Write a table of symbols: those that are defined by numbered equations."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write it in Markdown, and have it parsed."""
        name = self.arguments[0]
        app = cast(Application, self.env.app)
        equations = app.book_doors.keys()
        library = SETTINGS.library if name in BOOK else f"{SETTINGS.library}.{name}"
        heads = (
            _("symbol"),
            _("meaning"),
            _("shape or range"),
            _("defined in"),
            _("in {module}", module=f"`{library}`"),
        )
        rows = [
            (
                ", ".join(f"${tex}$" for tex in symbol.tex),
                _(symbol.name),
                _(symbol.shape),
                ", ".join(f"{{eq}}`{label}`" for label in symbol.at if label in equations),
                ", ".join(f"`{each}`" for each in symbol.library),
            )
            for symbol in app.book_symbols.get(name, [])
            if equations & {*symbol.at}
        ]
        kept = [at for at in range(len(heads)) if any(row[at] for row in rows)]
        table = [[row[at].replace("|", r"\|") for at in kept] for row in (heads, *rows)]
        table.insert(1, ["---" for _ in kept])
        parsed = nodes.Element()
        lines = [f"| {' | '.join(row)} |" for row in table]
        self.state.nested_parse(StringList(lines), self.content_offset, parsed)
        return [*parsed.children]


def start(app: Application) -> None:
    """Read the tables where the build driver says the book is, with the library beside them."""
    book = told(Path(app.srcdir), "equations") or {"root": app.srcdir}
    app.book_symbols = read_symbols(Path(book["root"]))
    app.book_reader = Reader()


def told_of(app: Application, page: str, table: str) -> Iterator[dict[str, Any]]:
    """Yield what a page is told of the symbols of a table."""
    for symbol in app.book_symbols.get(table, []):
        html = [app.book_renderer(tex, display=False) for tex in symbol.match]
        yield {
            "match": list(dict.fromkeys(map(app.book_reader.written, html))),
            "in": list(symbol.within),
            "code": [re.escape(each) for each in symbol.code],
            "html": panel(app, page, table, symbol),
        }


def panel(app: Application, page: str, table: str, symbol: Symbol) -> str:
    """Write what is shown of a symbol beside itself."""
    home = f"{SETTINGS.chapters}/{table}"
    name, shape = f"<b>{_inline(app, _(symbol.name))}</b>", _inline(app, _(symbol.shape))
    lines = [_("{name}, {shape}", name=name, shape=shape) if shape else name]
    places = [link for each in symbol.at if (link := _place(app, page, home, each))]
    if places:
        lines.append(_("Defined in {places}", places=_(", ").join(places)))
    names = [f"<code>{escape(each)}</code>" for each in symbol.code]
    names += [link for each in symbol.library if (link := _entry(app, page, table, each))]
    if names:
        lines.append(_("In code: {names}", names=_(", ").join(dict.fromkeys(names))))
    return "".join(f"<p>{line}</p>" for line in lines)


def _inline(app: Application, text: str) -> str:
    """Write a text with formulas and code."""
    first, *rest = INLINE.split(text)
    made = escape(first)
    for tex, code, words in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        made += app.book_renderer(tex, display=False) if tex else f"<code>{escape(code)}</code>"
        made += escape(words)
    return made


def _place(app: Application, page: str, home: str, where: str) -> str:
    """Return a link to an equation, or to a section of the symbol's chapter."""
    equations = cast(MathDomain, app.env.get_domain("math")).equations
    if where in equations:
        there, anchor = equations[where][0], nodes.make_id(f"equation-{where}")
        numbers = app.env.toc_fignumbers.get(there, {}).get("displaymath", {})
        name = f"({'.'.join(map(str, numbers.get(anchor, ())))})"
    else:
        there, anchor = home, where
        links = app.env.tocs[home].findall(nodes.reference) if home in app.env.tocs else ()
        found = (link.astext() for link in links if link["anchorname"] == f"#{where}")
        name = escape(next(found, ""))
    uri = "" if there == page else app.builder.get_relative_uri(page, there)
    return f'<a href="{uri}#{anchor}">{name}</a>' if name not in ("", "()") else ""


def _entry(app: Application, page: str, table: str, name: str) -> str:
    """Return a link to the entry of a name in the library."""
    place = nearest(app.env, f"{SETTINGS.library}.{table}", name.partition("(")[0])
    if place is None:
        return ""
    uri = app.builder.get_relative_uri(page, place[0])
    return f'<a href="{escape(f"{uri}#{place[1]}")}"><code>{escape(name)}</code></a>'


def symbols_of(app: Application, page: str, doctree: nodes.document) -> list[dict[str, Any]]:
    """Return what a page is told of the symbols of its chapter, or of all, and of the book."""
    chapter = page.removeprefix(f"{SETTINGS.chapters}/")
    if chapter in app.book_symbols:
        found = [*told_of(app, page, chapter)]
    elif page in (SETTINGS.notation, SETTINGS.formulas):
        found = [*_of_all(app, page)]
    else:
        found = []
    solutions = _solutions(doctree)
    for symbol in found:
        symbol["in"] += [solutions[each] for each in symbol["in"] if each in solutions]
    found += [symbol for table in BOOK for symbol in told_of(app, page, table)]
    return [{key: value for key, value in symbol.items() if value} for symbol in found]


def _of_all(app: Application, page: str) -> Iterator[dict[str, Any]]:
    """Yield each chapter's symbols of one meaning, for the section that is about it."""
    for table in sorted(app.book_symbols.keys() - set(BOOK)):
        known = [*told_of(app, page, table)]
        forms = [form for symbol in known for form in symbol["match"]]
        for symbol in known:
            once = [form for form in symbol["match"] if forms.count(form) == 1]
            if once:
                yield symbol | {"match": once, "in": [nodes.make_id(table)]}


def _solutions(doctree: nodes.document) -> dict[str, str]:
    """Return the ids of solutions by those of their exercises, which stand before them."""
    found, exercise = {}, ""
    for node in doctree.findall(nodes.Element):
        classes, ids = node.get("classes", ()), node.get("ids", ())
        if "exercise" in classes and ids:
            exercise = ids[0]
        elif "solution" in classes and ids:
            found[exercise] = ids[0]
    return found


def write(app: Application, page: str, template: str, context: Context, doctree: Tree) -> None:
    """Write the symbols of a page as a script, and refuse letters that are none."""
    if doctree is None or not app.book_symbols or 'data-tex="' not in context["body"]:
        return
    known = symbols_of(app, page, doctree)
    _check(app, page, doctree, known, context["body"])
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    context["symbols"] = write_beside(app, page, FOLDER, f"window.bookTable({text});\n")


def _check(
    app: Application, page: str, doctree: nodes.document, known: list[dict[str, Any]], body: str
) -> None:
    """Warn, which fails the build, of a letter in a numbered equation that no table explains."""
    chapter = page.removeprefix(f"{SETTINGS.chapters}/")
    if chapter not in app.book_symbols:
        return
    file = table_of(chapter)
    for equation in doctree.findall(nodes.math_block):
        if equation.get("number"):
            formula = app.book_renderer(equation.astext().strip(), display=True)
            ids = [each for near in (equation, *above(equation)) for each in near["ids"][:1]]
            for letter in app.book_reader.unexplained(formula, known, ids):
                logger.warning(UNEXPLAINED, equation["label"], letter, file, type="symbol")
    within = {each for symbol in app.book_symbols[chapter] for each in symbol.within}
    for each in sorted(within):
        if f'id="{each}"' not in body:
            logger.warning("%s: nothing in the chapter has the id %s", file, each, type="symbol")


def setup(app: Any) -> None:
    app.add_directive("symbols", Symbols)
    app.connect("builder-inited", start)
    app.connect("html-page-context", write, priority=600)  # once the body is whole
