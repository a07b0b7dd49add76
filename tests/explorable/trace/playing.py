"""Programs run in the browser, beside the functions that they were traced from."""

import re
from pathlib import Path

BROWSER = Path(__file__).parents[3] / "explorable/trace/browser"


def joined(*names: str) -> str:
    """Return scripts as a page has them, joined, with their functions in ``globalThis.traced``."""
    text = "\n".join((BROWSER / f"{name}.js").read_text(encoding="utf-8") for name in names)
    exported = re.findall(r"^export (?:function|class|const) (\w+)", text, re.MULTILINE)
    body = re.sub(r"^export |^import .*;\n", "", text, flags=re.MULTILINE)
    return f'(() => {{\n"use strict";\n{body}\nglobalThis.traced = {{ {", ".join(exported)} }};\n}})();'
