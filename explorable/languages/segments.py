"""The passages of a page that are translated, each with its place in the source.

A passage is what a translator takes in at once: a heading, a paragraph, an item of a list, a cell
of a table, a caption, the title of an exercise, an alternative text. Code, printed output, labels
and formulas that stand apart are none, unless words stand in a formula.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from nbformat import NotebookNode

from explorable.book.notebooks.blocks import ENCLOSING, TITLED
from explorable.book.problem import BookError

EXTENSIONS = {"amsmath", "colon_fence", "deflist", "dollarmath", "fieldlist", "html_image"}
BARE = {"bibliography", "drills", "explorer", "library", "machine", "plan", "symbols"}
BARE |= {"deeper-end", "solution-start", "solution-end"}
OPTIONS = re.compile(r"(?::[\w-]+:.*\n)*")
DIRECTIVE = re.compile(r"\{([^}]+)\}[ \t]*(.*)")
# A word, or the p. of a page; n_out in a shape is none.
WORD = re.compile(r"(?<![\w\\])(?:[^\W\d_]{2,}(?!\w)|p\. \d)")
WORDS_IN_FORMULA = re.compile(r"\\text(?:rm)?\{[^}]*[^\W\d_]{2}[^}]*\}")


@dataclass(frozen=True)
class Passage:
    """A passage of a text, without line breaks, and the characters that it replaces."""

    text: str
    start: int
    stop: int
    kind: str
    section: str


def passages(source: str, section: str = "") -> Iterator[Passage]:
    """Yield the passages of a page or a cell, below a heading, in their order.

    A `BookError` names a directive of which it is not known whether it holds prose.
    """
    yield from _passages(source, 0, len(source), section)


def translated(source: str, translate: Callable[[Passage], str]) -> str:
    """Return a Markdown text with each passage replaced."""
    parts, end = [], 0
    for passage in passages(source):
        text = translate(passage)
        if passage.kind == "cell":  # a bare bar would begin the next
            text = re.sub(r"(?<!\\)\|", r"\\|", text)
        parts += [source[end : passage.start], text]
        end = passage.stop
    return "".join([*parts, source[end:]])


def alternatives(source: str) -> Iterator[str]:
    """Yield the alternative texts of the figures that a code cell shows."""
    if "show(" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            match node.func.id, node.args:
                case "show", [_, ast.Constant(value=str(text))]:
                    yield text


def of_notebook(notebook: NotebookNode) -> Iterator[Passage]:
    """Yield the passages of all cells; an alternative text has no place in the source."""
    section = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for passage in passages(cell.source, section):
                section = passage.section
                yield passage
        elif cell.cell_type == "code":
            for text in alternatives(cell.source):
                yield Passage(text, 0, 0, "alternative text", section)


def inline(text: str) -> list[Token]:
    """Parse a passage into text, code, formulas, roles, links and emphasis."""
    return _parser().parseInline(text)[0].children or []


@cache
def _parser() -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)


def _passages(source: str, start: int, stop: int, section: str) -> Iterator[Passage]:
    """Yield the passages of a part of a text that is Markdown by itself."""
    lines = _Lines(source, start, stop)
    tokens = _parser().parse(source[start:stop])
    row = (0, 0)  # the row of a table that is read, and where its next cell begins
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            place = lines.span(token)
            kind = _kind(before)
            if kind == "cell":
                place = (max(place[0], row[1] if row[0] == place[0] else 0), place[1])
            found = lines.find(token.content, *place)
            if kind == "cell":
                row = (lines.span(token)[0], found[1])
            if kind == "heading":
                section = _joined(token.content)
            if any(
                child.type in ("text", "image") and WORD.search(child.content)
                for child in token.children or []
            ):
                yield Passage(_joined(token.content), *found, kind, section)
        elif token.type in ("fence", "colon_fence") and (name := DIRECTIVE.match(token.info)):
            yield from _directive(source, lines.span(token), name, section)
        elif token.type.startswith(("math_block", "amsmath")) and WORDS_IN_FORMULA.search(
            content := token.content.strip()
        ):
            yield Passage(content, *lines.find(content, *lines.span(token)), "formula", section)


def _directive(
    source: str, span: tuple[int, int], name: re.Match[str], section: str
) -> Iterator[Passage]:
    """Yield the passages of a directive: its title and its content."""
    head = source.index("\n", span[0]) + 1
    stop = source.rindex("\n", head - 1, span[1] - 1) + 1  # where the fence that closes begins
    if (TITLED.fullmatch(name[1]) or name[1] == "deeper-start") and name[2].strip():
        title = name[2].strip()
        start = source.index(title, span[0])
        yield Passage(title, start, start + len(title), "title", section)
    options = OPTIONS.match(source, head, stop)
    head = options.end() if options else head
    if ENCLOSING.fullmatch(name[1]):
        yield from _passages(source, head, stop, section)
    elif name[1] == "glossary":
        for found in re.compile(r"^\S.*|(?:^[ ]+\S.*\n?)+", re.M).finditer(source, head, stop):
            text = found[0].strip()
            start = source.index(text, found.start())
            kind = "definition" if found[0].startswith(" ") else "term"
            yield Passage(_joined(text), start, start + len(text), kind, section)
    elif name[1] == "chapters":
        for found in re.compile(r"^\w+: (.*)$", re.M).finditer(source, head, stop):
            yield Passage(found[1], *found.span(1), "card", section)
    elif name[1] not in BARE:
        raise BookError(
            f"segments.py does not know whether the directive {{{name[1]}}} holds prose; say so"
        )


def _kind(opening: Token | None) -> str:
    """Return what a token with text is, from the token that opens it."""
    kinds = {"heading_open": "heading", "th_open": "cell", "td_open": "cell"}
    return kinds.get(opening.type if opening else "", "paragraph")


def _joined(text: str) -> str:
    return " ".join(text.split())


class _Lines:
    """Where the lines of a part of a text lie."""

    def __init__(self, source: str, start: int, stop: int) -> None:
        self.source = source
        self.starts = [start]
        for line in source[start:stop].splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def span(self, token: Token) -> tuple[int, int]:
        """Return the characters of the lines of a token."""
        first, last = token.map or (0, 0)
        return self.starts[first], self.starts[min(last, len(self.starts) - 1)]

    def find(self, content: str, start: int, stop: int) -> tuple[int, int]:
        """Return where a content stands, in spite of indentation and of bars that are escaped."""
        lines = [re.escape(line.strip()).replace(r"\|", r"\\?\|") for line in content.split("\n")]
        found = re.compile(r"\s*\n\s*".join(lines)).search(self.source, start, stop)
        if found is None:
            raise BookError(f"“{content[:60]}” is not found where Markdown says that it stands")
        return found.span()
