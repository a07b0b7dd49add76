"""What the frame of every page needs to know: where it is, how long, how to run it."""

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

from explorable.book.repository import described
from explorable.book.settings import SETTINGS, library_version
from explorable.book.told import told
from explorable.sphinx.application import Application, Context, Tree
from explorable.sphinx.content.deeper import above, in_minutes, is_cell, minutes_to_read
from explorable.sphinx.content.headings import links_outside
from explorable.sphinx.content.tables import label_cells
from explorable.sphinx.language import TOLD, _, edition, language, told_of

THEME = Path(__file__).resolve().parent.parent / "theme"
MINUTES_A_TASK = 12.5  # an exercise, or a function that the reader writes
EMPTY_HEADER = re.compile(r'<th class="head[^"]*">\s*(?:<p>\s*</p>)?\s*</th>')
BINDER_HOSTS = {"github.com": "gh", "gitlab.com": "gl"}
OPENERS = {
    "Colab": "https://colab.research.google.com/github/",
    "Kaggle": "https://kaggle.com/kernels/welcome?src=https://github.com/",
}
HUB = "https://nbgitpuller.readthedocs.io/en/latest/link.html"


def navigation(app: Sphinx, here: str) -> list[dict[str, Any]]:
    """Return the parts of the book, each with its pages and their addresses seen from here."""
    env = cast(Application, app).env
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
                    "doable": env.book_doable.get(name, []),
                }
            )
        parts.append({"caption": tree.caption or "", "entries": entries})
    return parts


def minutes(env: BuildEnvironment, name: str) -> int:
    """Estimate the time to read a page without what goes deeper, in whole minutes."""
    return int(vars(env)["book_minutes"].get(name, 1))


def all_minutes(env: BuildEnvironment, name: str) -> int:
    """Estimate the time to read all of a page, in whole minutes."""
    return int(vars(env)["book_deeper"].get(name, minutes(env, name)))


def hours(env: BuildEnvironment, name: str) -> str:
    """Estimate the time for reading a page and solving all that it asks, in half hours."""
    tasks, whole = vars(env)["book_tasks"].get(name, 0), effort(env, name)
    return in_hours(whole) if tasks and round(whole / 30) > 2 else ""


def effort(env: BuildEnvironment, name: str) -> float:
    """Estimate the minutes for reading a page and solving all that it asks."""
    tasks = int(vars(env)["book_tasks"].get(name, 0))
    return all_minutes(env, name) + MINUTES_A_TASK * tasks


def in_hours(whole: float) -> str:
    """Say so many minutes in half hours."""
    return _("{number} hours", number=f"{round(whole / 30) / 2:g}")


def measure(app: Application, doctree: nodes.document) -> None:
    """Estimate the times of a page when it is read, and find its first sentence."""
    env = app.env
    tasks = sum(
        isinstance(node, nodes.Element)
        and _is_task(node)
        and not any("dropdown" in each["classes"] for each in above(node))
        for node in doctree.findall()
    )
    env.book_minutes[env.docname] = max(1, round(minutes_to_read(doctree, without="deeper")))
    env.book_deeper[env.docname] = max(1, round(minutes_to_read(doctree)))
    env.book_tasks[env.docname] = tasks
    text = next(filter(None, map(_opening, doctree.findall(nodes.paragraph))), "")
    env.book_openings[env.docname] = language().shortened(text)


def _opening(paragraph: nodes.paragraph) -> str:
    """Return what a paragraph says, if it is long enough and needs no number of an equation."""
    text = re.sub(r"\s+", " ", paragraph.astext())
    numbers = any(each["reftype"] == "eq" for each in paragraph.findall(addnodes.pending_xref))
    return text if len(text) > language().LEAST and not numbers else ""


def _is_task(node: nodes.Element) -> bool:
    return "exercise" in node["classes"] or (is_cell(node) and "tag_your-turn" in node["classes"])


def frame(app: Application, page: str, template: str, context: Context, doctree: Tree) -> None:
    """Fill in what the layout shows around the text."""
    facts = app.book_facts
    context["parts"] = navigation(app, page)
    context["_"] = _
    context["library"] = SETTINGS.library
    context["up"] = "../" * page.count("/")
    context["lang"] = edition()["lang"]
    context["edition"] = edition()["folder"]
    context["root"] = context["up"] + "../" * edition()["folder"].count("/")
    context["is_home"] = page == app.config.root_doc
    context["others"] = [
        _other(facts["url"], page, context["root"], other, context["is_home"])
        for other in TOLD.get("editions", [])
        if other != edition()
    ]
    context["home"] = app.builder.get_relative_uri(page, app.config.root_doc)
    context["description"] = app.env.book_openings.get(page)
    home = facts["url"] and facts["url"] + edition()["folder"]
    context["address"] = f"{home}{page}.html" if home else ""
    context["site"] = home
    context["files"] = facts["url"]
    if doctree is None:  # the index and the search have templates of their own
        return
    context["plain_title"] = app.env.titles[page].astext()
    # A caption in a table of contents is no heading, for it has no level.
    body = context["body"].replace('class="caption" role="heading"', 'class="caption"')
    columns = told_of(page, "columns")
    body = links_outside(label_cells(EMPTY_HEADER.sub("<td></td>", body), columns))
    body = language().page(body)
    context["explorers"] = 'class="explorer"' in body
    context["drills"] = 'class="drill"' in body
    context["formulas"] = "<math" in body
    context["notebook"] = str(app.env.doc2path(page)).endswith(".ipynb")
    if context["notebook"]:
        time = minutes(app.env, page), all_minutes(app.env, page), hours(app.env, page)
        bar = _bar(facts["repository"], page, time, context["root"])
        body = body.replace("</h1>", f"</h1>\n{bar}", 1)
    elif context["is_home"] and context["others"]:
        body = body.replace("</h1>", f"</h1>\n{_invitations(context['others'])}", 1)
    context["body"] = body


def _other(url: str, page: str, root: str, other: dict[str, str], home: bool) -> dict[str, str]:
    """Return where a page is in another edition, in words of that language."""
    place = f"{other['folder']}{page}.html"
    address = url + (other["folder"] if home else place) if url else root + place
    return other | {"link": root + place, "address": address}


def _invitations(others: list[dict[str, str]]) -> str:
    """Write the line under the book's title: the same book in other languages."""
    links = [
        f'<a rel="alternate" lang="{other["lang"]}" hreflang="{other["lang"]}" '
        f'href="{escape(other["link"])}">{other["invitation"]}</a>'
        for other in others
    ]
    return f'<p class="bar">{"".join(links)}</p>'


def _bar(
    repository: dict[str, Any] | None, page: str, time: tuple[int, int, str], root: str
) -> str:
    """Write the line under a chapter's title: time to read and to do, and how to run it."""
    notebook = f"{page}.ipynb"
    items = [f"<span>{_time(*time)}</span>"]
    for name, words, address in _elsewhere(repository, notebook) if repository else ():
        items.append(f'<a class="{name}" href="{escape(address)}">{words}</a>')
    files = {edition()["folder"] + notebook: _("Download the notebook")}
    if SETTINGS.library:
        name = f"{SETTINGS.library}-{library_version()}-py3-none-any.whl"
        files[f"{page.rpartition('/')[0]}/{name}".lstrip("/")] = _("and its library")
    for file, label in files.items():
        items.append(f'<a class="download" href="{root}{file}" download>{label}</a>')
    return f'<p class="bar">{"".join(items)}</p>'


def _time(read: int, deeper: int, do: str) -> str:
    words = in_minutes(read)
    if deeper > read and do:
        words = _(
            "{minutes} to read, {all} with all that goes deeper, {hours} with all exercises",
            minutes=words,
            all=deeper,
            hours=do,
        )
    elif deeper > read:
        words = _("{minutes}, {all} with all that goes deeper", minutes=words, all=deeper)
    elif do:
        words = _("{minutes} to read, {hours} with all exercises", minutes=words, hours=do)
    return words


def _elsewhere(repository: dict[str, Any], notebook: str) -> Iterator[tuple[str, str, str]]:
    """Yield where a notebook of a repository can be run: its class, its words, its address."""
    host, name, url = repository["host"], repository["name"], quote(repository["url"], safe="")
    branch = quote(repository["branch"], safe="")
    if provider := BINDER_HOSTS.get(host):
        project = name if provider == "gh" else quote(name, safe="")
        lab = quote(f"lab/tree/{notebook}", safe="")
        address = f"https://mybinder.org/v2/{provider}/{project}/{branch}?urlpath={lab}"
        yield "binder", _("Run on {name}", name="Binder"), address
    if host == "github.com" and repository.get("installs"):
        # Opened alone, a notebook fetches it from where pyproject.toml says that it lives.
        file = quote(f"{name}/blob/{repository['branch']}/{notebook}")
        for opener, address in OPENERS.items():
            yield opener.lower(), _("Run on {name}", name=opener), address + file
    lab = quote(f"lab/tree/{name.rpartition('/')[2]}/{notebook}", safe="")
    yield "hub", _("Run on a JupyterHub"), f"{HUB}?repo={url}&branch={branch}&urlpath={lab}"


def _title(app: Sphinx, name: str) -> str:
    """Return the title of a page as HTML, formulas included."""
    title = app.env.titles[name].deepcopy()
    title.attributes.pop("secnumber", None)
    return str(cast(StandaloneHTMLBuilder, app.builder).render_partial(title)["title"])


def start(app: Application) -> None:
    """Learn repository and address: from the build driver, which may be told another address."""
    app.book_facts = told(Path(app.srcdir), "facts") or {
        "url": app.config.html_baseurl,
        "repository": described(Path(app.srcdir)),
    }


def setup(app: Sphinx) -> None:
    app.add_html_theme("book", str(THEME))
    app.connect("builder-inited", start)
    app.connect("doctree-read", measure)
    app.connect("html-page-context", frame)
