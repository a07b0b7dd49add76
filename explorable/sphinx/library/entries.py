"""The library in the book: an entry for each public name, made from its signature and docstring.

``{library} package.module`` writes the entries of what the module names in ``__all__``, in the
order of the files that define them, and of what these files name in an ``__all__`` of their own.
Without an argument, ``{library}`` lists the modules.
"""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from explorable.book.settings import PACKAGES, SETTINGS
from explorable.library.public_names import (
    bindings,
    files,
    idea,
    ideas,
    is_drawn,
    library_names,
    modules,
    places,
)
from explorable.sphinx.application import Application, Environment
from explorable.sphinx.content.folds import Fold, FoldSummary
from explorable.sphinx.content.terms import chapter_name, order
from explorable.sphinx.language import _, is_translated, language
from explorable.sphinx.library.names import entry

logger = logging.getLogger(__name__)

HOME = SETTINGS.library_pages
LIBRARY = re.compile(r"^```\{library\} (\S+)$", re.MULTILINE)
KEY = re.compile(r"\b[a-z]+\d{4}[a-z]+\b")  # of a source in references.bib
BAR = re.compile(r"(``.*?``)|\|")  # outside of code


class Library(SphinxDirective):
    """Write the entries of one module, or list all modules."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Parse what autodoc is to make of each name; all at once, for ids that differ."""
        lines = _entries(self.arguments[0]) if self.arguments else _contents(self.env)
        text = ["```{eval-rst}", *lines, "```"]
        parsed = nodes.Element()
        self.state.nested_parse(StringList(text), 0, parsed)
        for index in list(parsed.findall(addnodes.index)):
            index.parent.remove(index)  # the book's index is of its terms
        for kind in parsed.findall(nodes.emphasis):
            kind["support_smartquotes"] = False  # {"he", "glorot"} is code
        children = cast(list[nodes.Element], parsed.children)
        if is_translated():  # docstrings are English in every edition
            for child in children:
                child["classes"].append("language-en")
            self._translate(parsed)
        return [*children]

    def _translate(self, parsed: nodes.Element) -> None:
        """Translate what the modules say of themselves, and a name that Sphinx has not."""
        known = {idea.replace("`", ""): idea for idea in ideas().values()}
        for node in [*parsed.findall(nodes.title), *parsed.findall(nodes.paragraph)]:
            text = node.astext().removesuffix(".")
            if text in known:
                stop = language().STOP if isinstance(node, nodes.paragraph) else ""
                words, _messages = self.parse_inline(_(known[text]) + stop)
                own = nodes.inline(own_language=True)
                own += words
                node.clear()
                node += own
        for name in parsed.findall(nodes.field_name):
            if name.astext() == "Attributes":
                name.clear()
                name += nodes.Text(_("Attributes"))


def _contents(env: BuildEnvironment) -> Iterator[str]:
    """Yield a list of the modules, in the order of their pages."""
    pages = [*_pages(env)]
    for name in sorted(modules(), key=lambda name: [*pages, name].index(name)):
        yield from (f":py:mod:`{name}`", f"   {idea(name)}.", "")


def _pages(env: BuildEnvironment) -> Iterator[str]:
    """Yield the modules that have a page, in the order of the book."""
    for tree in env.config.external_site_map[HOME].subtrees:
        for page in tree.items:
            yield from LIBRARY.findall(Path(env.doc2path(str(page))).read_text(encoding="utf-8"))


def _entries(module: str) -> Iterator[str]:
    """Yield the lines of a module's page."""
    yield from (f".. automodule:: {module}", "")
    names = [name for file in files(module) for name in file.names]
    yield from (", ".join(f":py:obj:`~{name}`" for name in names), "")
    for file in files(module):
        if file.name != module:
            yield from (file.idea, "-" * len(file.idea), "")
        if any(name.startswith(f"{file.name}.") for name in file.names) and file.name != module:
            before, _, own = file.name.rpartition(".")
            yield from (f".. py:module:: {file.name}", "")
            yield from (".. code-block:: python", "", f"   from {before} import {own}", "")
        for name in file.names:
            yield from (*_directive(name), "")


def _directive(full: str) -> list[str]:
    """Write the directive that makes the entry of a name."""
    module, _, own = full.rpartition(".")
    definition = places()[full][1]
    if definition.kind == "function":
        return [f".. autofunction:: {full}"]
    if definition.kind == "data":
        told = [f"   {line}" for line in definition.docstring.splitlines()]
        return [f".. py:data:: {own}", f"   :module: {module}", "", *told]
    members = [f"   :members: {', '.join(definition.members)}"] * bool(definition.members)
    return [f".. autoclass:: {full}", *members]


def read_docstring(
    app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]
) -> None:
    """Let keys of sources lead to the bibliography, and a bar be an absolute value."""
    section = ""
    for number, line in enumerate(lines):
        if set(line) == {"-"}:
            section = lines[number - 1]
        if section == "Examples":
            return
        if section == "References":
            line = KEY.sub(r":cite:t:`\g<0>`", line)
        lines[number] = BAR.sub(lambda bar: bar[1] or r"\|", line)


def plain_name(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, text: nodes.Element
) -> nodes.Element | None:
    """Leave a name in a docstring as it is if the library has no entry for it."""
    named = node["refdomain"], node["reftype"]
    return text if named == ("py", "obj") and not node["reftarget"].startswith(PACKAGES) else None


def complete(app: Application, doctree: nodes.document, docname: str) -> None:
    """End each entry with where the book uses it, and with its code."""
    own = [f"language-{language().lang}"] * is_translated()  # in a page that is English otherwise
    for words in doctree.findall(nodes.inline):
        if words.get("own_language"):
            words["classes"] += own
    if not docname.startswith(f"{HOME}/"):
        return
    for entry_ in doctree.findall(addnodes.desc):
        signature, content = entry_.children[0], entry_.children[-1]
        full = f"{signature['module']}.{signature['fullname']}"
        if isinstance(entry_.parent, addnodes.desc_content):
            continue  # a method
        links = list(_used_in(app, full, docname))
        if links:
            paragraph = nodes.paragraph(classes=["places", *own])
            for position, link in enumerate(links):
                paragraph += [nodes.Text(_(", ") if position else _("Used in ")), link]
            content += paragraph
        source = _source(full)
        source["classes"] += own
        content += source


def _used_in(app: Application, full: str, docname: str) -> Iterator[nodes.reference]:
    wanted = entry(app.env, full)
    for page in sorted(app.env.book_uses, key=order(app)):
        for name, (title, identity) in app.env.book_uses[page].items():
            if entry(app.env, name) == wanted:
                uri = app.builder.get_relative_uri(docname, page)
                text = _("{page}: {place}", page=chapter_name(app.env, page), place=title)
                yield nodes.reference(text=text, internal=True, refuri=f"{uri}#{identity}")
                break


def _source(full: str) -> Fold:
    """Fold the code of a name away, below the place where it stands."""
    file, definition = places()[full]
    fold = Fold(classes=["fold"])
    inside = "/__init__" if hasattr(importlib.import_module(file), "__path__") else ""
    path = f"{file.replace('.', '/')}{inside}.py"
    summary = FoldSummary(text=_("Source: {file}, line {line}", file=path, line=definition.line))
    code = nodes.literal_block(definition.code, definition.code, language="python")
    code["names"] = library_names(definition.code, dict(bindings(file)))
    fold.extend([summary, code])
    return fold


def check(app: Application, env: Environment) -> None:
    """Warn, which fails the build, of what is public and has no docstring or no entry."""
    if HOME not in env.found_docs:
        return
    for module in modules():
        if entry(env, module) is None:
            page = f"{HOME}/{module.partition('.')[2].replace('.', '/')}.md"
            _refuse(f"{module} has no page: add {page} with {{library}} {module} to _toc.yml")
            continue
        own = importlib.import_module(module).__all__
        for full in [
            *(f"{module}.{o}" for o in own),
            *(n for f in files(module) for n in f.names),
        ]:
            if entry(env, full) is None:
                _refuse(f"{full} has no entry, for no file of {module} defines it")
        for file in files(module):
            for full in file.names:
                if not places()[full][1].docstring:
                    _refuse(f"{full} has no docstring")
    for page, names in env.book_uses.items():
        for full in names:
            if not is_drawn(full) and not _is_known(env, full):
                _refuse(f"{page} uses {full}, which is in no __all__ of the library")


def _is_known(env: BuildEnvironment, full: str) -> bool:
    """Say whether a name has an entry, or is an attribute of what has one."""
    parts = full.split(".")
    above = [entry(env, ".".join(parts[:n])) for n in range(len(parts))]
    return entry(env, full) is not None or any(
        place and not place[1].startswith("module-") for place in above
    )


def _refuse(message: str) -> None:
    logger.warning(message, type="ref", subtype="library")


def setup(app: Sphinx) -> None:
    app.setup_extension("sphinx.ext.autodoc")
    app.setup_extension("sphinx.ext.napoleon")
    app.add_directive("library", Library)
    app.connect("autodoc-process-docstring", read_docstring, priority=400)  # before napoleon
    app.connect("missing-reference", plain_name)
    app.connect("doctree-resolved", complete)
    app.connect("env-check-consistency", check)
