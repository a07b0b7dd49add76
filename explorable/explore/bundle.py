"""The engine's script and style, as a page or a notebook gets them: one file of each."""

import re
from functools import cache
from pathlib import Path

from explorable import controls

BROWSER = Path(__file__).parent / "browser"
CONTROLS = [Path(controls.__file__).parent / f"browser/{name}.js" for name in controls.SCRIPTS]
_IMPORT = re.compile(r'^import \{[^}]*\} from "([./\w]+\.js)";\n', re.MULTILINE)
COMMENT = re.compile(r"/\*\*.*?\*/ ?|^ *//[^\n]*\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^ +", re.MULTILINE)
_NAME = re.compile(r"^(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


@cache
def script() -> str:
    """Join the engine's modules into one classic script."""
    return in_a_function(joined(*CONTROLS, BROWSER / "main.js"))


def joined(*modules: Path) -> str:
    """Join modules, each after those that it imports, into one, where their names must differ.

    For a browser loads no modules from disk.
    """
    parts: dict[Path, str] = {}

    def add(module: Path) -> None:
        if module in parts:
            return
        text = module.read_text(encoding="utf-8")
        for needed in _IMPORT.findall(text):
            add((module.parent / needed).resolve())
        parts[module] = re.sub(r"^export ", "", _IMPORT.sub("", text), flags=re.MULTILINE)

    for module in modules:
        add(module.resolve())
    body = "\n".join(parts.values())
    names = _NAME.findall(body)
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"two modules of the engine's script declare {', '.join(sorted(twice))}")
    return body


def in_a_function(body: str) -> str:
    """Return joined modules as a classic script, without comments and indents."""
    bare = _INDENT.sub("", COMMENT.sub("", body))
    return f'(() => {{\n"use strict";\n{bare}}})();\n'


@cache
def style() -> str:
    """Return the style sheet of the cards, without comments and the colours, which a page has."""
    text = (BROWSER / "card.css").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/\n?", "", text, flags=re.DOTALL)
