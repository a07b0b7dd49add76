"""What is to be built, and where: the job of a build, which others may look at."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from explorable.book import ENGINE, FOLDER, ROOT
from explorable.book.problem import BookError, place
from explorable.languages.editions import ENGLISH, Edition
from explorable.languages.known import TRANSLATED, editions_of

OTHER = TRANSLATED.folder.strip("/")  # how the other edition's language is called here
NOTEBOOKS = ENGINE / "book" / "notebooks"
EXECUTOR = tuple(NOTEBOOKS / f"{name}.py" for name in ("execute", "normalise", "assertions"))


@dataclass(frozen=True)
class Build:
    """What to build and where."""

    source: Path = ROOT
    work: Path = FOLDER / "_build" / "work"
    output: Path = FOLDER / "_build" / "html"
    only: str | None = None
    url: str = ""
    jobs: int = 2
    language: str | None = None
    leave_english: bool = False

    @cached_property
    def editions(self) -> list[Edition]:
        """List the editions: a preview has one, the book those that its configuration names."""
        if self.only:
            return [TRANSLATED if self.language == OTHER else ENGLISH]
        if self.language:
            return [ENGLISH, TRANSLATED] if self.language == OTHER else [ENGLISH]
        return editions_of(self.source)

    @property
    def locale(self) -> Path:
        """Return the folder of the terms and the catalogues."""
        return self.source / "locale" / TRANSLATED.code

    @cached_property
    def documents(self) -> list[Path]:
        """List the pages in the order of the book: Markdown files and notebooks."""
        return [_document(self.source, name) for name in _names(self.toc)]

    @property
    def first_page(self) -> Path:
        """Return the page to open: the preview's only one, or the book's first."""
        name = Path(self.only).with_suffix(".html") if self.only else "index.html"
        return self.output / self.editions[0].folder / name

    @cached_property
    def toc(self) -> dict[str, object]:
        """Return the table of contents; with ``only``, that one page and nothing else."""
        if self.only:
            name = Path(self.only).with_suffix("").as_posix()
            return {"format": "jb-book", "root": name}
        path = self.source / "_toc.yml"
        try:
            toc = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as error:
            raise BookError(f"{place(path)}: {error}") from None
        if not isinstance(toc, dict):
            raise BookError(f"{place(path)} is no table of contents: it lacks a root")
        return toc


def _names(toc: object) -> list[str]:
    """List the documents of a table of contents in reading order."""
    if isinstance(toc, list):
        return [name for entry in toc for name in _names(entry)]
    if not isinstance(toc, dict):
        return []
    own = [str(toc[key]) for key in ("root", "file") if key in toc]
    deeper = ("parts", "subtrees", "chapters", "sections", "entries")
    return own + [name for key in deeper for name in _names(toc.get(key))]


def _document(source: Path, name: str) -> Path:
    for suffix in ("", ".ipynb", ".md"):
        path = source / f"{name}{suffix}"
        if path.is_file():
            return path
    raise BookError(f"_toc.yml lists {name}, but there is no {name}.ipynb and no {name}.md")
