"""Sphinx's application with what the extension keeps on it, for the types' sake."""

from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

if TYPE_CHECKING:
    from explorable.drawing.formulas import Renderer
    from explorable.library.equation_sources import Door
    from explorable.library.symbols import Symbol
    from explorable.sphinx.frame.progress import Doable
    from explorable.sphinx.library.symbols import Reader


class Environment(BuildEnvironment):
    """What is known of each page since it was read."""

    book_minutes: dict[str, int]
    book_deeper: dict[str, int]
    book_tasks: dict[str, int]
    book_openings: dict[str, str]
    book_doable: "dict[str, list[Doable]]"
    book_shown: dict[str, list[tuple[str, str]]]


class Application(Sphinx):
    """What is known of the whole book."""

    env: Environment
    book_doors: "dict[str, Door]"
    book_facts: dict[str, Any]
    book_is_whole: bool
    book_reader: "Reader"
    book_renderer: "Renderer"
    book_symbols: "dict[str, list[Symbol]]"
