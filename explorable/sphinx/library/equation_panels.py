"""Doors: behind the number of an equation stand its kernel, its test, its figure and the source.

What the repository knows, `explorable.library.equation_sources` has read. Which figure
shows an equation is said by the figure's caption, which refers to it. A page loads its doors when
the first of them is opened, as a script, for a page on a disk may fetch nothing else. The sheet of
formulas shows the same as columns.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.domains.math import MathDomain
from sphinx.domains.std import StandardDomain
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from explorable.book.settings import SETTINGS
from explorable.book.told import told
from explorable.library.equation_sources import Code, Door, faults, read_doors
from explorable.sphinx.application import Application, Context, Environment, Tree
from explorable.sphinx.content.refused import INVENTED
from explorable.sphinx.language import _
from explorable.sphinx.library.names import entry

logger = logging.getLogger(__name__)

SHEET = SETTINGS.formulas
FOLDER = "doors"
MARKED = re.compile(r"`([^`]+)`")
BREAKS = re.compile(r"(?<=[._/])(?=\w)")


def start(app: Application) -> None:
    """Read the doors where the build driver says the book is; without a library there are none."""
    equations = told(Path(app.srcdir), "equations") or {"whole": True, "root": app.srcdir}
    app.book_doors = read_doors(Path(equations["root"]))
    app.book_is_whole = equations["whole"]


def find_shown(app: Application, doctree: nodes.document) -> None:
    """Note which equations the captions of a page refer to."""
    app.env.book_shown[app.env.docname] = [
        (reference["reftarget"], figure["names"][0])
        for figure in doctree.findall(nodes.figure)
        if figure["names"]
        for caption in figure.findall(nodes.caption)
        for reference in caption.findall(addnodes.pending_xref)
        if reference["reftype"] == "eq"
    ]


def figures_of(env: Environment, label: str) -> list[str]:
    """Return the labels of the figures that show an equation, those of its own page first."""
    own, _ = cast(MathDomain, env.get_domain("math")).equations.get(label, ("", None))
    pages = sorted(env.book_shown, key=lambda page: (page != own, page))
    found = [name for page in pages for shown, name in env.book_shown[page] if shown == label]
    return list(dict.fromkeys(found))


def check(app: Application, env: Environment) -> None:
    """Warn, which fails the build, of what does not fit between equations and repository."""
    if app.book_doors:
        equations = cast(MathDomain, env.get_domain("math")).equations
        labels = {label for label in equations if not INVENTED.fullmatch(label)}
        for fault in faults(app.book_doors, labels, whole=app.book_is_whole):
            logger.warning("%s", fault, type="door")


def address(app: Application, code: Code) -> str:
    """Return where a file stands in the repository on the web, or nothing."""
    repository = app.book_facts["repository"]
    if not repository:
        return ""
    middle = "-/blob" if "gitlab" in repository["host"] else "blob"
    return f"{repository['url']}/{middle}/{repository['branch']}/{code.path}#L{code.line}"


def write(app: Application, page: str, template: str, context: Context, doctree: Tree) -> None:
    """Write the doors of a page as a script, and tell the page where it is."""
    if doctree is None or not app.book_doors:
        return
    made = {
        equation["ids"][0]: door_html(app, page, equation["label"])
        for equation in doctree.findall(nodes.math_block)
        if equation.get("label") in app.book_doors
    }
    if made:
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        context["doors"] = write_beside(app, page, FOLDER, f"window.bookDoors({text});\n")


def write_beside(app: Application, page: str, folder: str, script: str) -> str:
    """Write a script of a page's own, and return the address by which the page loads it."""
    name = f"{folder}/{page.replace('/', '-')}.js"
    path = Path(app.outdir, name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(script, encoding="utf-8")
    version = hashlib.sha256(script.encode()).hexdigest()[:10]
    return f"{'../' * page.count('/')}{name}?v={version}"


def door_html(app: Application, page: str, label: str) -> str:
    """Write what one door shows."""
    door: Door = app.book_doors[label]
    kernels, tests, figures = links(app, page, label)
    if door.statement:
        reason = MARKED.sub(lambda name: _code(name[1]), escape(_(door.statement)))
        kernels = [_("none. {reason}", reason=reason)]
    rows = {
        _("Code"): kernels,
        _("Test"): [
            _("{test} in {file}", test=test, file=_code(code.path))
            for test, code in zip(tests, door.tests, strict=True)
        ],
        _("Figure"): figures,
    }
    terms = "".join(
        f"<dt>{term}</dt>" + "".join(f"<dd>{entry}</dd>" for entry in entries)
        for term, entries in rows.items()
        if entries
    )
    highlight = cast(StandaloneHTMLBuilder, app.builder).highlighter.highlight_block
    sources = "".join(highlight(code.source, "python") for code in door.kernels)
    return f"<dl>{terms}</dl>{sources}"


def links(app: Application, page: str, label: str) -> tuple[list[str], list[str], list[str]]:
    """Return the kernels, tests and figures of an equation as links in a page."""
    door: Door = app.book_doors[label]
    return (
        [_kernel_link(app, page, code) for code in door.kernels],
        [_link(address(app, code), _code(code.name.rpartition(".")[2])) for code in door.tests],
        [_figure_link(app, page, name) for name in figures_of(app.env, label)],
    )


def _kernel_link(app: Application, page: str, code: Code) -> str:
    place = entry(app.env, code.name)
    if place is None:
        return _link(address(app, code), _code(code.name.removeprefix(f"{SETTINGS.library}.")))
    uri = app.builder.get_relative_uri(page, place[0])
    return _link(f"{uri}#{place[1]}", _code(place[1].removeprefix(f"{SETTINGS.library}.")))


def _figure_link(app: Application, page: str, name: str) -> str:
    docname, identity, _title = cast(StandardDomain, app.env.get_domain("std")).labels[name]
    number = ".".join(map(str, app.env.toc_fignumbers[docname]["figure"][identity]))
    uri = "" if docname == page else app.builder.get_relative_uri(page, docname)
    return _link(f"{uri}#{identity}", app.config.numfig_format["figure"] % number)


def _code(name: str) -> str:
    """Write a name that may break after its points, strokes and slashes."""
    return f"<code>{BREAKS.sub('<wbr>', escape(name))}</code>"


def _link(uri: str, shown: str) -> str:
    return f'<a href="{escape(uri)}">{shown}</a>' if uri else shown


class DoorColumns(SphinxPostTransform):
    """Give the tables of the sheet of formulas columns for kernel, test and figure."""

    default_priority = 403  # after references are resolved and tables have their styles

    def run(self, **kwargs: Any) -> None:
        doors = cast(Application, self.app).book_doors
        if self.env.docname != SHEET or not doors:
            return
        labels = {nodes.make_id(f"equation-{label}"): label for label in doors}
        for group in self.document.findall(nodes.tgroup):
            for row in group.findall(nodes.row):
                if isinstance(row.parent, nodes.thead):
                    columns = [_("kernel"), _("test"), _("figure")]
                else:
                    columns = self._columns([labels[i] for i in _equations(row) if i in labels])
                row += [_entry(column) for column in columns]
            group["cols"] += len(columns)
            group[0:0] = [nodes.colspec(colwidth=1) for _ in columns]

    def _columns(self, labels: list[str]) -> list[str]:
        found = [links(cast(Application, self.app), SHEET, label) for label in labels]
        columns = ([link for each in found for link in each[n]] for n in range(3))
        return [_(", ").join(dict.fromkeys(column)) for column in columns]


def _equations(row: nodes.row) -> Iterator[str]:
    """Yield the ids of the equations that a row refers to."""
    for reference in row.findall(nodes.reference):
        identity = reference.get("refuri", "#" + reference.get("refid", "")).rpartition("#")[2]
        if identity.startswith("equation-"):
            yield identity


def _entry(html: str) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", nodes.raw("", html, format="html")))


def setup(app: Sphinx) -> None:
    app.add_post_transform(DoorColumns)
    app.connect("builder-inited", start)
    app.connect("doctree-read", find_shown)
    app.connect("env-check-consistency", check)
    app.connect("html-page-context", write)
