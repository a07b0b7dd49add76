"""
The pages' scripts: small files, one idea each, joined when the site is written.

A file is checked as a module, whose names are its own; but a browser loads no modules from disk,
so here each becomes a function that is called at once, all of them one classic script.
"""

from pathlib import Path


def join(*folders: Path) -> str:
    """Return one script of all files of some folders, in each in the order of their names."""
    files = [file for folder in folders for file in sorted(folder.glob("*.js"))]
    parts = (f"(() => {{\n{path.read_text(encoding='utf-8')}}})();\n" for path in files)
    return '"use strict";\n' + "".join(parts)
