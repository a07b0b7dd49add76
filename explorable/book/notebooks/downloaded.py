"""The notebooks that readers download, for a Jupyter that knows no MyST.

`explorable.book.notebooks.jupyter` has put numbers and links into them. What is left of MyST goes
here: a label is an anchor, a directive a quotation with its title in bold, a fold `<details>`.
"""

import copy
import re
from collections.abc import Callable
from itertools import pairwise

from nbformat import NotebookNode

from explorable.book.notebooks.blocks import BLOCK, FENCED, LABEL, TITLED
from explorable.book.notebooks.jupyter import LINK, ROLE, named

ANCHORED = re.compile(r"^\((?P<label>[\w:-]+)\)=\n+", re.MULTILINE)
NUMBERED = re.compile(r"^:enumerator: *(\S+)$", re.MULTILINE)
TITLE = re.compile(r' "\{[\w:]+\}`[^`]+`"\)$')


def for_download(notebook: NotebookNode, say: Callable[[str], str] = str) -> NotebookNode:
    """Return what `for_jupyter` returned, in the language of `say`, without MyST; code stays."""
    shown = copy.deepcopy(notebook)
    for cell in shown.cells:
        if cell.cell_type == "markdown":
            cell.source = _plainly(cell.source, say).strip("\n")
    shown.cells = [cell for cell in shown.cells if cell.source or cell.cell_type != "markdown"]
    return shown


def _plainly(source: str, say: Callable[[str], str], *, inside: bool = False) -> str:
    """Return a text without MyST; inside a quotation each formula has a line of its own."""
    blocks = BLOCK.finditer(source)
    folds = [found for found in blocks if (found["name"] or "").startswith("deeper-")]
    # A fold that begins and ends in one cell can be closed; one over several cells cannot.
    closed: set[int] = set()
    for first, second in pairwise(folds):
        if (first["name"], second["name"]) == ("deeper-start", "deeper-end"):
            closed |= {first.start(), second.start()}

    def block(found: re.Match[str]) -> str:
        if found["formula"]:
            return _formula(found, inside)
        if found["code"] or not FENCED.fullmatch(found["name"]):
            return found[0]
        name, title, body = found["name"], found["title"].strip(), found["body"]
        anchor = _anchor(LABEL.search(found["options"]))
        if TITLED.fullmatch(name):
            number = NUMBERED.search(found["options"])
            head = " · ".join(filter(None, [_kind(name, number and number[1], say), title]))
            return f"{anchor}{_quoted(f'**{head}**', _plainly(body, say, inside=True))}"
        if name == "deeper-start" and found.start() in closed:
            return (
                f"{anchor}<details>\n<summary>{title}</summary>\n\n{_plainly(body, say).strip()}\n"
            )
        if name == "deeper-start":
            return f"{anchor}{_quoted(f'**{title}**', _plainly(body, say, inside=True))}"
        if name == "deeper-end":
            return "</details>" if found.start() in closed else ""
        return "" if name.startswith("solution-") else _plainly(body, say, inside=inside)

    text = BLOCK.sub(block, source)
    text = ANCHORED.sub(lambda found: _anchor(found), text)
    text = LINK.sub(lambda found: TITLE.sub(")", found[0]), text)
    return ROLE.sub(lambda found: found["text"] or found["target"], text)


def _kind(name: str, number: str | None, say: Callable[[str], str]) -> str:
    kind = name.removeprefix("prf:").capitalize()
    if number:
        return named(kind, number, say)
    return say(f"{kind}. ").rstrip()[:-1] if kind == "Proof" else say(kind)  # its mark goes


def _anchor(found: re.Match[str] | None) -> str:
    """Return what a link leads to, in place of a label."""
    return f'<a id="{found[found.lastindex or 0]}"></a>\n\n' if found else ""


def _quoted(head: str, body: str) -> str:
    lines = [head, "", *body.strip("\n").split("\n")]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _formula(found: re.Match[str], inside: bool) -> str:
    """Return a formula without its label; in a quotation on one line, for > would be in it."""
    tex, indent = found["formula"], found["indent"]
    if inside:
        tex = " ".join(tex.split())
    anchor = f'{indent}<a id="{found["label"]}"></a>\n\n' if found["label"] else ""
    return f"{anchor}{indent}$${tex}$$"
