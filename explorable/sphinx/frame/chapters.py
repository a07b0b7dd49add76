"""The directive ``{chapters}``: the path through the book, with reading times."""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from explorable.sphinx.frame.pages import effort, hours, in_hours, minutes, navigation
from explorable.sphinx.language import _


class ChapterPath(nodes.General, nodes.Element):
    """Stands for the list of chapters until everything has been read."""


class Chapters(SphinxDirective):
    """
    List the numbered chapters with their times, the sum, and, from the content, a line for each.

    A line of the content is ``stem: what the reader needs first or gains``. A drawing
    ``<stem>.svg`` beside a chapter stands beside its title.
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
    builder = self.builder
    lines = {child["stem"]: child for child in node.children}
    parts = navigation(builder.app, builder.current_docname)
    chapters = [entry for part in parts for entry in part["entries"] if entry["number"]]
    self.body.append('<ol class="chapters">\n')
    for entry in chapters:
        read, do = minutes(builder.env, entry["name"]), hours(builder.env, entry["name"])
        time = _("{minutes} min", minutes=read)
        if do:
            time = _("{minutes} min, {hours} with exercises", minutes=read, hours=do)
        asked = len(entry["doable"])
        data = f' data-page="{entry["name"]}" data-all="{asked}"' if asked else ""
        drawing = Path(builder.srcdir, f"{entry['name']}.svg")
        picture = drawing.read_text(encoding="utf-8") if drawing.is_file() else ""
        self.body.append(
            f'<li>{picture}<a href="{entry["href"]}"{data}>{entry["title"]}</a> '
            f'<span class="time">{time}</span>'
        )
        if (line := lines.get(entry["name"].rpartition("/")[2])) is not None:
            self.body.append('<span class="line">')
            line.walkabout(self)
            self.body.append("</span>")
        self.body.append("</li>\n")
    whole = _(
        "In all {read} to read, {do} with exercises.",
        read=in_hours(sum(minutes(builder.env, entry["name"]) for entry in chapters)),
        do=in_hours(sum(effort(builder.env, entry["name"]) for entry in chapters)),
    )
    self.body.append("</ol>\n" + f'<p class="sum">{whole}</p>\n' * (len(chapters) > 1))
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(ChapterPath, html=(visit_path, None))
    app.add_directive("chapters", Chapters)
