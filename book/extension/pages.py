"""What the frame of every page needs to know: where it is, how long, how to run it."""

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from book.extension.application import Application
from book.extension.headings import links_outside
from book.extension.tables import label_cells
from mathdl import __version__

THEME = Path(__file__).resolve().parent.parent / "theme"
WORDS_A_MINUTE = 220
SECONDS_A_DISPLAY = 6  # an equation, or a cell with what it shows
MINUTES_A_TASK = 12.5  # an exercise, or a function that the reader writes
EMPTY_HEADER = re.compile(r'<th class="head[^"]*">\s*(?:<p>\s*</p>)?\s*</th>')
BINDER_HOSTS = {"github.com": "gh", "gitlab.com": "gl"}


def navigation(app: Sphinx, here: str) -> list[dict[str, Any]]:
    """Return the parts of the book, each with its pages and their addresses seen from here."""
    env = app.env
    parts = []
    for tree in app.config.external_site_map.root.subtrees:
        entries = []
        for item in tree.items:
            name = str(item)
            if name not in env.titles:
                continue
            number = env.toc_secnumbers.get(name, {}).get("") or ()
            entries.append(
                {
                    "name": name,
                    "title": _title(app, name),
                    "href": app.builder.get_relative_uri(here, name),
                    "number": ".".join(map(str, number)),
                    "here": name == here,
                    "above": here.startswith(f"{name}/"),
                }
            )
        parts.append({"caption": tree.caption or "", "entries": entries})
    return parts


def minutes(env: BuildEnvironment, name: str) -> int:
    """Estimate the reading time of a page in whole minutes."""
    return int(vars(env)["book_minutes"].get(name, 1))


def hours(env: BuildEnvironment, name: str) -> str:
    """Estimate the time for reading a page and solving all that it asks, in half hours."""
    tasks = vars(env)["book_tasks"].get(name, 0)
    halves = round((minutes(env, name) + MINUTES_A_TASK * tasks) / 30)
    return f"{halves / 2:g} hours" if tasks and halves > 2 else ""


def measure(app: Application, doctree: nodes.document) -> None:
    """Count words, displays and tasks of a page when it is read, and find its first sentence."""
    env = app.env
    words = displays = tasks = 0
    for node in doctree.findall():
        if any("dropdown" in above["classes"] for above in _ancestors(node)):
            continue  # a solution is for those who have tried
        if isinstance(node, nodes.paragraph | nodes.title | nodes.caption):
            words += sum(len(t.split()) for t in node.findall(nodes.Text) if _is_prose(t))
            words += sum(1 for _ in node.findall(nodes.math))
        elif isinstance(node, nodes.math_block) or _is_cell(node):
            displays += 1
        if isinstance(node, nodes.Element) and _is_task(node):
            tasks += 1
    seconds = 60 * words / WORDS_A_MINUTE + displays * SECONDS_A_DISPLAY
    env.book_minutes[env.docname] = max(1, round(seconds / 60))
    env.book_tasks[env.docname] = tasks
    text = next(filter(None, map(_opening, doctree.findall(nodes.paragraph))), "")
    env.book_openings[env.docname] = (
        text if len(text) <= 200 else text[:199].rsplit(" ", 1)[0] + "…"
    )


def _opening(paragraph: nodes.paragraph) -> str:
    """Return what a paragraph says, if it is long enough and needs no number of an equation."""
    text = re.sub(r"\s+", " ", paragraph.astext())
    numbers = any(each["reftype"] == "eq" for each in paragraph.findall(addnodes.pending_xref))
    return text if len(text) > 60 and not numbers else ""


def _ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    while (node := node.parent) is not None:
        yield node


def _is_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and "cell" in node["classes"]


def _is_task(node: nodes.Element) -> bool:
    return "exercise" in node["classes"] or (_is_cell(node) and "tag_your-turn" in node["classes"])


def _is_prose(text: nodes.Text) -> bool:
    return not isinstance(text.parent, nodes.math | nodes.math_block)


def frame(
    app: Application,
    page: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Fill in what the layout shows around the text."""
    facts = app.book_facts
    context["parts"] = navigation(app, page)
    context["up"] = "../" * page.count("/")
    context["is_home"] = page == app.config.root_doc
    context["home"] = app.builder.get_relative_uri(page, app.config.root_doc)
    context["description"] = app.env.book_openings.get(page)
    context["address"] = f"{facts['url']}{page}.html" if facts["url"] else ""
    context["site"] = facts["url"]
    if doctree is None:  # the index and the search have templates of their own
        return
    context["plain_title"] = app.env.titles[page].astext()
    # A caption in a table of contents is no heading, for it has no level.
    body = context["body"].replace('class="caption" role="heading"', 'class="caption"')
    body = links_outside(label_cells(EMPTY_HEADER.sub("<td></td>", body)))
    context["explorers"] = 'class="explorer"' in body
    context["painting"] = "explorer-canvas" in body
    context["notebook"] = str(app.env.doc2path(page)).endswith(".ipynb")
    if context["notebook"]:
        time = minutes(app.env, page), hours(app.env, page)
        bar = _bar(facts["repository"], page, time, context["up"])
        body = body.replace("</h1>", f"</h1>\n{bar}", 1)
    context["body"] = body


def _bar(repository: dict[str, Any] | None, page: str, time: tuple[int, str], up: str) -> str:
    """Write the line under a chapter's title: time to read and to do, and how to run it."""
    notebook = f"{page}.ipynb"
    read, do = time
    told = f"{read} minute{'' if read == 1 else 's'}"
    items = [
        f"<span>{told} to read, {do} with all exercises</span>" if do else f"<span>{told}</span>"
    ]
    if repository and repository["host"] in BINDER_HOSTS:
        provider = BINDER_HOSTS[repository["host"]]
        project = repository["name"] if provider == "gh" else quote(repository["name"], safe="")
        branch = quote(repository["branch"], safe="")
        binder = (
            f"https://mybinder.org/v2/{provider}/{project}/{branch}"
            f"?urlpath={quote(f'lab/tree/{notebook}', safe='')}"
        )
        items.append(f'<a class="binder" href="{escape(binder)}">Run on Binder</a>')
    if repository and repository["host"] == "github.com" and repository.get("installs"):
        # Opened alone, a notebook fetches mathdl from where pyproject.toml says that it lives.
        file = quote(f"{repository['name']}/blob/{repository['branch']}/{notebook}")
        for name, opener in (
            ("Colab", "https://colab.research.google.com/github/"),
            ("Kaggle", "https://kaggle.com/kernels/welcome?src=https://github.com/"),
        ):
            link = escape(opener + file)
            items.append(f'<a class="{name.lower()}" href="{link}">Run on {name}</a>')
    if repository:
        folder = repository["name"].rpartition("/")[2]
        items.append(
            '<a class="hub" href="https://nbgitpuller.readthedocs.io/en/latest/link.html?'
            + escape(
                f"repo={quote(repository['url'], safe='')}"
                f"&branch={quote(repository['branch'], safe='')}"
                f"&urlpath={quote(f'lab/tree/{folder}/{notebook}', safe='')}"
            )
            + '">Run on a JupyterHub</a>'
        )
    items.append(f'<a class="download" href="{up}{notebook}" download>Download the notebook</a>')
    wheel = f"mathdl-{__version__}-py3-none-any.whl"
    items.append(f'<a class="download" href="{wheel}" download>and its library</a>')
    return f'<p class="bar">{"".join(items)}</p>'


def _title(app: Sphinx, name: str) -> str:
    """Return the title of a page as HTML, formulas included."""
    title = app.env.titles[name].deepcopy()
    title.attributes.pop("secnumber", None)
    return str(cast(StandaloneHTMLBuilder, app.builder).render_partial(title)["title"])


def start(app: Application) -> None:
    """Read what the build driver knows about repository and address."""
    path = Path(app.srcdir) / "facts.json"
    app.book_facts = {"url": "", "repository": None}
    if path.is_file():
        app.book_facts |= json.loads(path.read_text(encoding="utf-8"))
    for attribute in ("book_minutes", "book_tasks", "book_openings"):
        if not hasattr(app.env, attribute):
            setattr(app.env, attribute, {})


def leave_note(app: Sphinx, exception: Exception | None) -> None:
    """Tell the build driver which page is the first."""
    if exception is None:
        Path(app.outdir, "book.txt").write_text(f"rootdoc={app.config.root_doc}\n", "utf-8")


def setup(app: Sphinx) -> None:
    """Register the theme and the handlers."""
    app.add_html_theme("book", str(THEME))
    app.connect("builder-inited", start)
    app.connect("doctree-read", measure)
    app.connect("html-page-context", frame)
    app.connect("build-finished", leave_note)
