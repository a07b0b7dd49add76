"""A book so small that a test builds it in seconds."""

import subprocess
import sys
from pathlib import Path

import nbformat

from explorable.book import ROOT

BOTH = (ROOT / "_config.yml").read_text(encoding="utf-8")
CONFIG = BOTH.replace("book_editions: [en, zh_Hans]", "book_editions: [en]")
GOOD = "# 一 first page\n\nText with $x^2$ and {eq}`page-square`.\n\n$$ y = x^2 $$ (page-square)\n"


class Book:
    def __init__(self, folder: Path) -> None:
        self.source = folder / "source"
        self.output = folder / "site"
        self.work = folder / "site-work"
        self.source.mkdir(parents=True)
        (self.source / "_config.yml").write_text(CONFIG, encoding="utf-8")
        (self.source / "references.bib").touch()
        self.mend()

    def mend(self) -> None:
        for path in self.source.glob("*.ipynb"):
            path.unlink()
        self.page(GOOD)
        self.notebook("1 + 1")

    def page(self, text: str) -> None:
        (self.source / "page.md").write_text(text, encoding="utf-8")

    def notebook(self, *cells: str, text: str = "# A notebook\n", name: str = "notebook") -> None:
        made = [nbformat.v4.new_markdown_cell(text), *map(nbformat.v4.new_code_cell, cells)]
        for number, cell in enumerate(made):
            cell.id = f"cell-{number}"
        notebook = nbformat.v4.new_notebook(cells=made)
        nbformat.write(notebook, self.source / f"{name}.ipynb")
        chapters = sorted(path.stem for path in self.source.glob("*.ipynb"))
        toc = "format: jb-book\nroot: page\nchapters:\n"
        toc += "".join(f"  - file: {chapter}\n" for chapter in chapters)
        (self.source / "_toc.yml").write_text(toc, encoding="utf-8")

    @property
    def command(self) -> list[str]:
        command = [sys.executable, "-m", "explorable", "build"]
        return [*command, "--source", str(self.source), "--output", str(self.output)]

    def build(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
        )

    def start(self) -> subprocess.Popen[str]:
        """Start a build whose words can be read while it runs."""
        return subprocess.Popen(
            [sys.executable, "-u", *self.command[1:]],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def refused(self) -> str:
        result = self.build()
        assert result.returncode != 0, result.stdout
        assert "Traceback" not in result.stderr.split("\n")[1], result.stderr
        return result.stderr
