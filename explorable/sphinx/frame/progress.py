"""What a reader can do on each page, and the page that says how far a reader has come.

What was done is known to the browser alone (`assets/page/_progress.js`); the pages only list what
there is: functions to write, each with its cell, and questions that an explorer asks first.
"""

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx

from explorable.sphinx.application import Application, Context, Doable, Tree
from explorable.sphinx.executed import executed
from explorable.sphinx.frame.drills import titles

JUDGED = re.compile(r"^judge\(\"(\w+)\", \w+\)$", re.MULTILINE)
ASKED = re.compile(
    r'class="explorer" id="explorer-([\w-]+)".*?class="explorer-title"[^>]*>(.*?)</span>'
    r'(?=.*?class="explorer-predict")',
    re.DOTALL,
)


def doable(notebook: NotebookNode) -> Iterator[tuple[int, Doable]]:
    """Yield what a notebook asks of its reader, each with the place of its cell."""
    asked: set[str] = set()  # a solution is judged, too
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        for name in set(JUDGED.findall(cell.source)) - asked:
            asked.add(name)
            yield place, Doable("task", name, f"task-{name}", f"<code>{name}</code>")
        for output in cell.outputs:
            for name, title in ASKED.findall(output.get("data", {}).get("text/html", "")):
                yield place, Doable("prediction", name, f"explorer-{name}", title)


def find(app: Application, doctree: nodes.document) -> None:
    """List what a page asks of its reader, and let cells be found by their tasks."""
    notebook = executed(app, app.env.docname)
    found = list(doable(notebook)) if notebook else []
    app.env.book_doable[app.env.docname] = [each for _, each in found]
    tasks = {place: each.anchor for place, each in found if each.kind == "task"}
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code" and node["cell_index"] in tasks:
            node["ids"].append(tasks[node["cell_index"]])


def pages(app: Application) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the page that says how far a reader has come, if the book asks anything of one."""
    if asks(app):
        drills = {page: titles(app, page) for page in app.env.book_doable}
        yield "progress", {"drills": drills}, "progress.html"


def asks(app: Application) -> bool:
    """Say whether the book asks anything of its reader."""
    return any(app.env.book_doable.values())


def lead(app: Application, page: str, template: str, context: Context, doctree: Tree) -> None:
    """Let the contents lead to that page."""
    context["progress"] = asks(app)


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", find)
    app.connect("html-collect-pages", pages)
    app.connect("html-page-context", lead)
