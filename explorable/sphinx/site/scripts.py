"""The pages' scripts: small files, one idea each, joined when the site is written.

A file is checked as a module, whose names are its own; but a browser loads no modules from disk,
so here each becomes a function that is called at once, all of them one classic script.
"""

import re
from pathlib import Path

COMMENT = re.compile(r"/\*\*.*?\*/ ?|^ *//[^\n]*\n", re.MULTILINE | re.DOTALL)


def join(*places: Path) -> str:
    """Return one script of files, and of all in folders, by their names, without comments."""
    files = [
        file
        for place in places
        for file in (sorted(place.glob("*.js")) if place.is_dir() else [place])
    ]
    texts = (COMMENT.sub("", path.read_text(encoding="utf-8")) for path in files)
    parts = (f"(() => {{\n{text}}})();\n" for text in texts)
    return '"use strict";\n' + "".join(parts)
