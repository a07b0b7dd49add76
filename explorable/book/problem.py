"""The one exception of the build, and how it names a place."""

from pathlib import Path

from explorable.book import ROOT


class BookError(Exception):
    """Something an author or a reader can mend; printed as a sentence, never as a traceback."""


def place(path: Path) -> str:
    """Name a file the way an author calls it: relative to the book where it lies inside."""
    path = Path(path)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
