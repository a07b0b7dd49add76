"""The directive ``{machine} module``: a part of a page that a script of the book's own builds.

The module has `SCRIPT` and `STYLE`, paths of its main script and of its style sheet, and
``content()``, which returns what the script finds as ``window.machine``. The part has the script's
name as its id. What it says, it says by ``say``, in the language of the page.
"""

import hashlib
import importlib
import json
import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from explorable.explore.bundle import COMMENT, joined
from explorable.sphinx.language import _

FOLDER = "machines"
STYLE = re.compile(rf'<link rel="stylesheet" href="[^"]*{FOLDER}/[^"]*">')


class MachineDirective(SphinxDirective):
    """Make room for a machine, and write its script and its style beside the pages."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        module = importlib.import_module(self.arguments[0])
        name = module.SCRIPT.stem
        content = json.dumps(module.content(), ensure_ascii=False, separators=(",", ":"))
        code = COMMENT.sub("", joined(module.SCRIPT))
        script = f'(() => {{\n"use strict";\nwindow.machine = {content};\n{code}}})();\n'
        files = {"css": module.STYLE.read_text(encoding="utf-8"), "js": script}
        for path in Path(module.__file__ or "").parent.rglob("*.*"):
            self.env.note_dependency(str(path))
        addresses = {}
        folder = Path(self.env.app.outdir) / FOLDER
        folder.mkdir(exist_ok=True)
        for kind, text in files.items():
            digest = hashlib.sha256(text.encode()).hexdigest()[:10]
            (folder / f"{name}.{kind}").write_text(text, encoding="utf-8")
            up = "../" * self.env.docname.count("/")
            addresses[kind] = f"{up}{FOLDER}/{name}.{kind}?v={digest}"
        still = escape(_("Nothing moves here: JavaScript is off, or a script did not load."))
        room = (
            f'<link rel="stylesheet" href="{addresses["css"]}">'
            f'<div id="{name}" class="machine"><p class="machine-still">{still}</p></div>'
            f'<script src="{addresses["js"]}" defer></script>'
        )
        return [nodes.raw(text=room, format="html")]


def hoist(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], *_: object) -> None:
    """Take a machine's style to the page's head, or the page would be laid out twice."""
    body = context.get("body", "")
    context["machine"] = "".join(STYLE.findall(body))
    context["body"] = STYLE.sub("", body)


def setup(app: Sphinx) -> None:
    app.add_directive("machine", MachineDirective)
    app.connect("html-page-context", hoist, priority=900)
