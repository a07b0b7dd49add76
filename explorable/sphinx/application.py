"""Sphinx's application, with what the extension keeps on it and in its environment."""

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from explorable.drawing.formulas import Renderer
from explorable.library.equation_sources import Door
from explorable.library.letters import Reader
from explorable.library.symbols import Symbol

Context: TypeAlias = dict[str, Any]
"""What a template is given of a page."""
Tree: TypeAlias = nodes.document | None
"""The document of a page; the index and the search have none."""


class Definition(NamedTuple):
    """A place where a chapter defines a term."""

    term: str
    identity: str
    section: str


class Doable(NamedTuple):
    """Something that a reader can do: of which kind, its id, where it is and how it is called."""

    kind: str
    id: str
    anchor: str
    title: str


class Environment(BuildEnvironment):
    """What is known of each page since it was read, and kept until it is read again."""

    book_cells: dict[str, list[tuple[str, str, str]]]
    book_minutes: dict[str, int]
    book_deeper: dict[str, int]
    book_definitions: dict[str, list[Definition]]
    book_tasks: dict[str, int]
    book_openings: dict[str, str]
    book_doable: dict[str, list[Doable]]
    book_shown: dict[str, list[tuple[str, str]]]
    book_uses: dict[str, dict[str, tuple[str, str]]]


class Application(Sphinx):
    """What is known of the whole book."""

    env: Environment
    book_doors: dict[str, Door]
    book_facts: dict[str, Any]
    book_is_whole: bool
    book_python: str
    book_reader: Reader
    book_renderer: Renderer
    book_symbols: dict[str, list[Symbol]]


KNOWN = tuple(Environment.__annotations__)


def begin(app: Application) -> None:
    """Make room in a new environment."""
    for name in KNOWN:
        vars(app.env).setdefault(name, {})


def purge(app: Application, env: Environment, page: str) -> None:
    """Forget a page that is gone, or is going to be read again."""
    for name in KNOWN:
        vars(env).get(name, {}).pop(page, None)


def merge(app: Application, env: Environment, pages: Iterable[str], other: Environment) -> None:
    """Take what another process knows of the pages that it has read."""
    for name in KNOWN:
        found = vars(other)[name]
        vars(env)[name] |= {page: found[page] for page in pages if page in found}


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", begin)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
