"""Folders that are replaced whole, by one process at a time."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


def discard(folder: Path) -> None:
    """Remove a folder; cut off at any moment, no part of it is left under its name."""
    aside = folder.with_name(f".{folder.name}.discarded")
    shutil.rmtree(aside, ignore_errors=True)
    if folder.exists():
        folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)


def put(fresh: Path, place: Path) -> None:
    """Put a fresh folder into the place of another, whose name is free for a moment only."""
    aside = place.with_name(f".{place.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    if place.exists():
        place.rename(aside)
    fresh.rename(place)
    shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock file; wait, and say so, while another process holds it.

    The system lets go of it when the process ends, however it does. Windows knows no such lock.
    """
    with path.open("w") as file:
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Waiting for another build of this book to finish …", file=sys.stderr)
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
