"""The directive ``{chapters}``: the path through the book, with reading times."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from book.extension.language import _
from book.extension.pages import hours, minutes, navigation


class ChapterPath(nodes.General, nodes.Element):
    """Stands for the list of chapters until everything has been read."""


class Chapters(SphinxDirective):
    """
    List the numbered chapters with their reading times and, from the content, a line for each.

    A line of the content is ``stem: what the reader needs first or gains``.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the placeholder, holding the parsed lines."""
        node = ChapterPath()
        for line in self.content:
            stem, _, text = line.partition(":")
            if text.strip():
                children, _ = self.parse_inline(text.strip())
                entry = nodes.inline(stem=stem.strip())
                entry += children
                node += entry
        return [node]


def visit_path(self: HTML5Translator, node: ChapterPath) -> None:
    """Write the list."""
    builder = self.builder
    lines = {child["stem"]: child for child in node.children}
    self.body.append('<ol class="chapters">\n')
    for part in navigation(builder.app, builder.current_docname):
        for entry in part["entries"]:
            if not entry["number"]:
                continue
            read, do = minutes(builder.env, entry["name"]), hours(builder.env, entry["name"])
            time = _("{minutes} min", minutes=read)
            if do:
                time = _("{minutes} min, {hours} with exercises", minutes=read, hours=do)
            self.body.append(
                f'<li><a href="{entry["href"]}">{entry["title"]}</a> '
                f'<span class="time">{time}</span>'
            )
            if (line := lines.get(entry["name"].rpartition("/")[2])) is not None:
                self.body.append('<span class="line">')
                line.walkabout(self)
                self.body.append("</span>")
            self.body.append("</li>\n")
    self.body.append("</ol>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_node(ChapterPath, html=(visit_path, None))
    app.add_directive("chapters", Chapters)
