"""The notebooks as Jupyter shows them, where no book is built.

A role such as ``{eq}`label``` means nothing there, so a notebook on disk says in its place what
the book says, as a link whose title is the role: ``[(4.2)](#label "{eq}`label`")``. What is
numbered has its number (`explorable.book.notebooks.blocks`). Plumbing is closed, and so is the
heading above each solution, for JupyterLab opens whatever else is hidden when it runs. A first
cell finds the library. `from_jupyter` takes all of this back, so authors may write either; the
book is made from the roles.
"""

import copy
import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode
from pybtex.database import Entry, parse_file
from pybtex.richtext import Text

from explorable.book import ROOT
from explorable.book.notebooks.blocks import (
    TITLED,
    numbered,
    numbered_caption,
    plain,
    plain_caption,
)
from explorable.book.settings import PACKAGES, SETTINGS

ROLE = re.compile(r"\{(?P<name>[\w:]+)\}`(?:(?P<text>[^`<]+?) *<)?(?P<target>[^`<>]+)>?`")
LINK = re.compile(r'\[(?:[^\[\]]|\[[^\]]*\])*\]\(\S+ "(\{[\w:]+\}`[^`]+`)"\)')
EQUATION = re.compile(r"\$\$ *\((?P<label>[\w:-]+)\) *$", re.MULTILINE)
DIRECTIVE = re.compile(
    rf"^[`:]{{3,}}\{{(?P<kind>{TITLED.pattern})\}}[^\n]*\n(?::(?!label)[^\n]*\n)*"
    r"(?::label: *(?P<label>\S+))?",
    re.MULTILINE,
)
EXPLORER = re.compile(r"_explorer\(\)\Z")  # how a cell ends whose picture moves once it runs
NUMBERED = ("eq", "numref", "prf:ref")  # the roles that ask for a number
NAMED = re.compile(r":(?:label|name): *([\w:-]+)")
HEADING = re.compile(r"\A(?:\([\w:-]+\)=\n+)?#+ ")
LABEL = re.compile(r"^\((?P<label>[\w:-]+)\)=(?:\n+#+ +(?P<title>[^\n]+))?", re.MULTILINE)
FOLDED = re.compile(
    r"^[`:]{3,}\{deeper-start\} *(?P<title>[^\n]+)\n:label: *(?P<label>\S+)", re.MULTILINE
)
LIBRARY = SETTINGS.library
FIND = f"find-{LIBRARY}"  # the id of the first cell
FOLD = "fold-"  # how the ids of the headings begin that close solutions, or end them
FIND_LIBRARY = """\
# Finds {library}, or installs it where it is missing.
import importlib.util
import subprocess
import sys
from pathlib import Path


class Missing(ImportError):
    def _render_traceback_(self):
        return [str(self)]


if importlib.util.find_spec("{library}") is None:
    moving = importlib.util.find_spec("anywidget") is not None
    found = [str(wheel) for wheel in sorted(Path().glob("{library}-*.whl"))[-1:]]
    above = Path("../pyproject.toml")  # of the book, or of somebody else
    if above.is_file() and '[project]\\nname = "{library}"\\n' in above.read_text("utf-8"):
        found.append(str(above.parent.resolve()))
    found += [{address!r}]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", *found[:1]]
    if not found or subprocess.run(pip).returncode:
        raise Missing(
            "This notebook needs {library}, which could not be installed: put the book's "
            "{library}-….whl, offered with each notebook, beside this file and run the cell again."
        )
    importlib.invalidate_caches()
    if not moving:
        print("Explorers will move once you restart Jupyter and then reload the page.")"""


class Reference(NamedTuple):
    """What the book writes for a label, the chapter or page that has it, and its number."""

    text: str
    chapter: str
    number: str = ""


def from_jupyter(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook with roles, as the book is made from it, and without the first cell."""
    book = copy.deepcopy(notebook)
    book.cells = [
        cell
        for cell in book.cells
        if cell.get("id") != FIND and not cell.get("id", "").startswith(FOLD)
    ]
    for cell in book.cells:
        if cell.cell_type == "markdown":
            source = plain_caption(cell.source) if _is_caption(cell) else plain(cell.source)
            cell.source = LINK.sub(r"\1", source)
    return book


def for_jupyter(
    notebook: NotebookNode,
    references: Mapping[str, Reference],
    sources: Mapping[str, Entry],
    *,
    chapter: str = "",
    address: str = "",
    say: Callable[[str], str] = str,
) -> NotebookNode:
    """Return a notebook in its normal form, which has roles, as Jupyter is to show it.

    `chapter` is its stem; from `address` pip can install the library, if it is not beside it.
    """

    def link(role: re.Match[str]) -> str:
        found = _resolve(role, references, sources, chapter, say)
        return f'[{found.text}]({found.address} "{role[0]}")' if found else role[0]

    def number(label: str) -> str:
        return references[label].number if label in references else ""

    shown = copy.deepcopy(notebook)
    solved = ended = moves = False
    cells: list[NotebookNode] = []
    place = count()
    for cell in shown.cells:
        solved = solved or cell.source.startswith("```{solution-start}")
        if cell.source.startswith("```{solution-start}"):
            cells.append(_heading(f"###### {say('Solution')}", next(place), closed=True))
        elif ended and not HEADING.search(cell.source):
            cells.append(_heading(f"##### {_next_title(cell, number, say)}", next(place)))
        cells.append(cell)
        if hidden := _hidden(cell, solved):
            cell.metadata["jupyter"] = hidden
        ended = "```{solution-end}" in cell.source
        solved = solved and not ended
        if cell.cell_type == "markdown":
            source = ROLE.sub(link, cell.source)
            if _is_caption(cell):
                name = say("**Figure {number}.** ")
                if moves:
                    name += say("*Run the cell above, and it moves.*") + " "
                cell.source = numbered_caption(source, number, name)
            else:
                cell.source = numbered(source, number)
        moves = EXPLORER.search(cell.source) is not None
    shown.cells = cells
    return finding_library(shown, address)


def _heading(source: str, place: int, *, closed: bool = False) -> NotebookNode:
    """Return a heading, under which JupyterLab closes what follows up to the next one."""
    metadata = {"jp-MarkdownHeadingCollapsed": True} if closed else {}
    cell: NotebookNode = nbformat.v4.new_markdown_cell(
        source, id=f"{FOLD}{place}", metadata=metadata
    )
    return cell


def _next_title(
    cell: NotebookNode, number: Callable[[str], str], say: Callable[[str], str]
) -> str:
    """Name what comes after a solution: an exercise, as a rule."""
    found = DIRECTIVE.search(cell.source)
    told = number(found["label"] or "") if found else ""
    return named("Exercise", told, say) if told else say("Go on")


def named(kind: str, number: str, say: Callable[[str], str] = str) -> str:
    """Return what the text calls something that is numbered."""
    return say("{kind} {number}").format(kind=say(kind), number=number)


def finding_library(notebook: NotebookNode, address: str = "") -> NotebookNode:
    """Return a notebook that finds the library in a first cell of code, if it needs it."""
    whole = copy.deepcopy(notebook)
    code = [i for i, cell in enumerate(whole.cells) if cell.cell_type == "code"]
    if any(name in whole.cells[i].source for i in code for name in PACKAGES):
        source = FIND_LIBRARY.replace("{library}", LIBRARY)
        line = "    found += [{address!r}]\n"
        source = source.replace(line, line.format(address=address) if address else "")
        metadata = {"tags": ["remove-cell"], "jupyter": {"source_hidden": True}}
        first = nbformat.v4.new_code_cell(source, id=FIND, metadata=metadata)
        # It ran before the next one, and said nothing: `explorable.book.notebooks.refresh`
        # executes it with the rest.
        first.execution_count = (whole.cells[code[0]].execution_count or 1) - 1 or None
        whole.cells.insert(code[0], first)
    return whole


def read_references(
    chapters: Iterable[tuple[str, NotebookNode]],
    pages: Iterable[Path] = (),
    say: Callable[[str], str] = str,
) -> dict[str, Reference]:
    """Return what the book calls each labelled thing of its chapters, given in their order.

    Pages stand in the folder above theirs.
    """
    found = {
        match["label"]: Reference(match["title"] or "", f"../{page.name}")
        for page in pages
        for match in LABEL.finditer(page.read_text(encoding="utf-8"))
    }
    for number, (stem, notebook) in enumerate(chapters, start=1):
        counts: Counter[str] = Counter()
        found[stem] = Reference(notebook.cells[0].source.partition("\n")[0].lstrip("# "), stem)
        for label, kind, text in _labels(notebook):
            own = ""
            if kind:
                counts[kind] += 1
                own = f"{number}.{counts[kind]}"
            if label:
                if kind:
                    text = f"({own})" if kind == "equation" else named(text, own, say)
                found[label] = Reference(text, stem, own)
    return found


def _labels(notebook: NotebookNode) -> Iterator[tuple[str, str, str]]:
    """Yield label, kind and text of what is numbered or has a title, in the order of the text."""
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        if _is_caption(cell):
            if caption := LABEL.match(cell.source):
                yield caption["label"], "figure", "Figure"
            continue
        found = [(m.start(), m["label"], "equation", "") for m in EQUATION.finditer(cell.source)]
        for match in DIRECTIVE.finditer(cell.source):
            kind = match["kind"].removeprefix("prf:")
            label = match["label"] or ""  # counted, if nothing refers to it
            found.append((match.start(), label, kind, kind.capitalize()))
        for match in [*LABEL.finditer(cell.source), *FOLDED.finditer(cell.source)]:
            found.append((match.start(), match["label"], "", match["title"] or ""))
        for _, label, kind, text in sorted(found):
            yield label, kind, text


def _is_caption(cell: NotebookNode) -> bool:
    return "caption" in cell.metadata.get("tags", ())


def _hidden(cell: NotebookNode, solved: bool) -> dict[str, bool]:
    """Say what of a cell is closed when Jupyter opens the notebook."""
    tags = set(cell.metadata.get("tags", ()))
    hidden = {}
    code = cell.cell_type == "code"
    if (solved and code) or tags & {"hide-input", "remove-input", "remove-cell"}:
        hidden["source_hidden"] = True
    if code and (solved or "remove-cell" in tags):
        hidden["outputs_hidden"] = True
    return hidden


def in_words(
    notebook: NotebookNode,
    references: Mapping[str, Reference],
    sources: Mapping[str, Entry],
    chapter: str,
) -> NotebookNode:
    """Return a notebook whose references to other pages are words, since these are not there."""

    def word(role: re.Match[str]) -> str:
        found = _resolve(role, references, sources, chapter)
        if found is None or found.address.startswith("#"):
            return role[0]
        return f"[{found.text}]({found.address})" if ":" in found.address else found.text

    alone = copy.deepcopy(notebook)
    for cell in alone.cells:
        if cell.cell_type == "markdown":
            cell.source = ROLE.sub(word, cell.source)
    return alone


def misdirected(
    notebook: NotebookNode, references: Mapping[str, Reference], sources: Mapping[str, Entry]
) -> Iterator[tuple[int, str]]:
    """Yield what refers to nothing that any chapter labels or any source is: cell and sentence."""
    own = {name for cell in notebook.cells for name in NAMED.findall(cell.source)}
    for number, cell in enumerate(notebook.cells, start=1):
        for role in ROLE.finditer(cell.source) if cell.cell_type == "markdown" else ():
            is_source = role["name"].startswith("cite")
            known = sources if is_source else {*references, *own}
            asked = role["target"].split(",") if is_source else [role["target"]]
            for target in map(str.strip, asked):
                if (is_source or role["name"] in NUMBERED) and target not in known:
                    near = difflib.get_close_matches(target, known, n=1)
                    where = "references.bib has no" if is_source else "no chapter labels"
                    hint = f"; did you mean {near[0]}?" if near else ""
                    yield number, f"{role[0]}: {where} {target}{hint}"


class Link(NamedTuple):
    """What stands in the text for a role, and where it leads."""

    text: str
    address: str


def _resolve(
    role: re.Match[str],
    references: Mapping[str, Reference],
    sources: Mapping[str, Entry],
    chapter: str,
    say: Callable[[str], str] = str,
) -> Link | None:
    """Return what a role says and where it leads, if anybody knows its target."""
    name, text, target = role["name"], role["text"], role["target"]
    if name.startswith("cite") and target in sources:
        return cited(sources[target], name, say)
    if name == "doc" and target.startswith("../"):  # a page of the appendix
        return Link(text or target.rpartition("/")[2], f"{target}.md")
    if name in ("doc", "eq", "numref", "ref", "prf:ref") and target in references:
        of = references[target]
        file = of.chapter if of.chapter.endswith(".md") else f"{of.chapter}.ipynb"
        file = "" if name != "doc" and of.chapter == chapter else file
        anchor = "" if name == "doc" else f"#{target}"
        return Link(text or of.text or target, file + anchor)
    return None


def cited(entry: Entry, role: str, say: Callable[[str], str] = str) -> Link:
    """Return how the text names a source, and where it can be read."""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [_plain(" ".join([*who.prelast_names, *who.last_names])) for who in people]
    if not names:
        names = [_plain(entry.fields.get("organization") or entry.fields["title"])]
    who = names[0]
    if len(names) == 2:
        who = say("{one} and {other}").format(one=who, other=names[1])
    elif len(names) > 2:
        who = say("{first} et al.").format(first=who)
    text = say("{who} ({year})") if role == "cite:t" else say("({who}, {year})")
    text = text.format(who=who, year=entry.fields.get("year", ""))
    if doi := entry.fields.get("doi"):
        return Link(text, f"https://doi.org/{doi}")
    return Link(text, entry.fields.get("url") or "../references.bib")


def _plain(latex: str) -> str:
    return str(Text.from_latex(latex))


@cache
def bibliography(path: Path = ROOT / "references.bib") -> Mapping[str, Entry]:
    """Return the sources of a bibliography by their keys."""
    entries: Mapping[str, Entry] = parse_file(str(path), "bibtex").entries
    return entries


def repository_of_library(root: Path = ROOT) -> str:
    """Return from where pip can install it: what pyproject.toml says of the repository."""
    file = root / "pyproject.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    address = told.get("project", {}).get("urls", {}).get("Repository", "")
    return f"git+{address}" if address else ""
