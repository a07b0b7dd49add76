"""What Sphinx does for every page and nobody needs: read pages again and again, index them."""

from functools import cache
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment


class ReadOnce:
    """An environment that reads the document of a page from the disk once, to be looked at."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.env = env
        self.get_doctree = cache(env.get_doctree)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.env, name)


class Standard(StandardDomain):
    """Sphinx's domain, which would read the whole page of a figure for each reference to it."""

    reading: ReadOnce | None = None

    def resolve_xref(self, *given: Any) -> nodes.Element | None:
        """Resolve a reference when all pages have been read."""
        env, page, builder, kind, *others = given
        if kind == "numref":
            env = self.reading = self.reading or ReadOnce(env)
        return super().resolve_xref(env, page, builder, kind, *others)


class Html(StandaloneHTMLBuilder):
    """Sphinx's builder without its search, for the site has a better one."""

    def index_page(self, *args: Any) -> None:
        """Leave a page out of the index that nobody loads."""

    def dump_search_index(self) -> None:
        """Write no such index."""


def setup(app: Sphinx) -> None:
    app.add_domain(Standard, override=True)
    app.add_builder(Html, override=True)
