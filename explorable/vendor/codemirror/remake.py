"""
Make the editor's bundle again: ``python explorable/vendor/codemirror/remake.py``.

Needs a network and npm, which building the book does not. ``package-lock.json`` holds the digests
of all packages; the same versions give the same bytes.
"""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUNDLE = "codemirror.min.js"


def main() -> None:
    """Install what the lock names, bundle what ``entry.js`` names, and say its digest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("entry.js", "package.json", "package-lock.json"):
            shutil.copyfile(HERE / file, folder / file)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, check=True)
        options = ["--bundle", "--minify", "--format=iife", "--global-name=CodeMirror"]
        options += ["--target=es2022", "--legal-comments=none", "--charset=utf8"]
        command = ["node_modules/.bin/esbuild", "entry.js", *options, f"--outfile={HERE / BUNDLE}"]
        subprocess.run(command, cwd=folder, check=True)
        shutil.copyfile(folder / "node_modules/@codemirror/view/LICENSE", HERE / "LICENSE")
    print(BUNDLE, hashlib.sha256((HERE / BUNDLE).read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
