"""The directive ``{plan} weeks``: the book shared out over so many weeks, from measured times."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, NamedTuple, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from explorable.sphinx.application import Application
from explorable.sphinx.content.deeper import minutes_to_read
from explorable.sphinx.frame.drills import EXERCISES
from explorable.sphinx.frame.pages import MINUTES_A_TASK, navigation
from explorable.sphinx.language import _

MINUTES_A_DRILL = 2
MINUTES_AN_EXPERIMENT = 10
TABLE = '<div class="scroll docutils container"><table class="docutils align-default stack">'
CODE = '<code><span class="pre">{}</span></code>'
DRILL = re.compile(r'<h3 id="(drill-[^"]+)">(.*?)</h3>')


class Plan(nodes.General, nodes.Element):
    """Stands for a plan until everything has been read."""


class Item(NamedTuple):
    """Something to do: of which kind, the minutes that it takes, its page, id and name in HTML."""

    kind: str
    minutes: float
    page: str
    anchor: str
    name: str


class PlanDirective(SphinxDirective):
    """Share the chapters out over so many weeks; ``experiments`` names a page of those."""

    required_arguments = 1
    option_spec: ClassVar = {"experiments": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        for path in Path(self.env.srcdir, self.config.explorable_chapters).glob("*.ipynb"):
            self.env.note_dependency(str(path))
        return [Plan(weeks=int(self.arguments[0]), page=self.options.get("experiments", ""))]


def items(app: Application, here: str, page: str) -> Iterator[Item]:
    """Yield what a chapter asks in the order in which it is done: to read, to try, to solve."""
    found = experiments(app.env, page) if page else {}
    for part in navigation(app, here):
        for name in [entry["name"] for entry in part["entries"] if entry["number"]]:
            last: list[Item] = []
            for section in _sections(app.env, name):
                anchor = section["ids"][0]
                if anchor == EXERCISES:
                    last = list(_exercises(app.env, name, section))
                elif anchor == "drills":
                    for drill, title in DRILL.findall(section.astext()):
                        yield Item("try", MINUTES_A_DRILL, name, drill, title)
                else:
                    numbers = app.env.toc_secnumbers[name][f"#{anchor}"]
                    minutes = minutes_to_read(section, without="deeper")
                    yield Item("read", minutes, name, anchor, ".".join(map(str, numbers)))
                    for task in _tasks(section):
                        yield Item("task", MINUTES_A_TASK, name, f"task-{task}", task)
                    ids = {each for part in section.findall(nodes.section) for each in part["ids"]}
                    for target in [each for each in found if each in {(name, i) for i in ids}]:
                        for label, title in found[target]:
                            yield Item("try", MINUTES_AN_EXPERIMENT, page, label, title)
            yield from last


def experiments(env: BuildEnvironment, page: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return the experiments of a page, label and title, by the section that each belongs to."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for paragraph in env.get_doctree(page).findall(nodes.paragraph):
        for place in paragraph.findall(addnodes.pending_xref):
            if paragraph["ids"] and "reftargetid" in place:
                title = paragraph.next_node(nodes.reference)
                label = paragraph["ids"][0], html.escape(title.astext() if title else "")
                found.setdefault((place["reftarget"], place["reftargetid"]), []).append(label)
    return found


def _sections(env: BuildEnvironment, name: str) -> list[nodes.section]:
    top = env.get_doctree(name).next_node(nodes.section)
    return [each for each in top.children if isinstance(each, nodes.section)] if top else []


def _tasks(part: nodes.Element) -> list[str]:
    ids = [each for cell in part.findall(nodes.container) for each in cell["ids"]]
    return [each.removeprefix("task-") for each in ids if each.startswith("task-")]


def _exercises(env: BuildEnvironment, name: str, section: nodes.section) -> Iterator[Item]:
    """Yield the exercises of a chapter, each with the function that it asks for, if any."""
    numbers = env.toc_fignumbers[name].get("exercise", {})
    for node in section.findall(nodes.Element):
        if "exercise" in node["classes"]:
            anchor = node["ids"][0]
            number = ".".join(map(str, numbers.get(anchor, ())))
            yield Item("exercise", MINUTES_A_TASK, name, anchor, number)
        elif isinstance(node, nodes.container):
            for task in [each for each in node["ids"] if each.startswith("task-")]:
                yield Item("task", 0, name, task, task.removeprefix("task-"))


def visit_plan(self: HTML5Translator, node: Plan) -> None:
    """Write the table: a line a week."""
    builder, weeks = self.builder, node["weeks"]
    found = list(items(cast(Application, builder.app), builder.current_docname, node["page"]))
    whole = sum(item.minutes for item in found)
    shares: list[list[Item]] = [[] for _week in range(weeks)]
    done, week = 0.0, 0
    for item in found:
        if item.minutes:  # the function of an exercise stays with it
            week = int(weeks * (done + item.minutes / 2) / whole)
        shares[week].append(item)
        done += item.minutes

    def link(item: Item) -> str:
        address = builder.get_relative_uri(builder.current_docname, item.page)
        name = CODE.format(item.name) if item.kind == "task" else item.name
        return f'<a class="reference internal" href="{address}#{item.anchor}">{name}</a>'

    def links(items: list[Item]) -> str:
        return _("; ").join(map(link, items))

    def spans(items: list[Item]) -> str:
        """Write items that follow each other on a page as from … to …."""
        pieces = []
        for page in dict.fromkeys(item.page for item in items):
            own = [item for item in items if item.page == page]
            pieces.append("–".join(map(link, dict.fromkeys((own[0], own[-1])))))
        return _("; ").join(pieces)

    heads = (_("Week"), _("Read"), _("Try"), _("Solve"), _("Hand in"))
    hours = _("{number} hours", number=f"{whole / weeks / 60:.2g}")
    time = _("{weeks} weeks, about {time} each.", weeks=weeks, time=hours)
    self.body.append(f'<p class="plan">{time}</p>\n{TABLE}')
    cells = "".join(f'<th class="head">{each}</th>' for each in heads)
    self.body.append(f"<thead><tr>{cells}</tr></thead><tbody>\n")
    for week, share in enumerate(shares, 1):
        kinds: dict[str, list[Item]] = {}
        for item in share:
            kinds.setdefault(item.kind, []).append(item)
        read = kinds.get("read", [])
        minutes = round(sum(item.minutes for item in read))
        row = (
            str(week),
            _("{items} ({minutes} min)", items=spans(read), minutes=minutes) if read else "",
            links(kinds.get("try", [])),
            spans(kinds.get("exercise", [])),
            links(kinds.get("task", [])),
        )
        self.body.append(f"<tr>{''.join(f'<td>{each}</td>' for each in row)}</tr>\n")
    self.body.append("</tbody></table></div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(Plan, html=(visit_plan, None))
    app.add_directive("plan", PlanDirective)
