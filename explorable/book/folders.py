"""Whole folders or none: whenever a process is cut off, what stands under a name is complete."""

import contextlib
import ctypes
import os
import shutil
import sys
from pathlib import Path

ABSOLUTE = -100  # where a path that is not absolute would start: the working directory
EXCHANGE = 2


def discard(folder: Path) -> None:
    """Remove a folder; cut off at any moment, none of it is left under its name."""
    aside = folder.with_name(f".{folder.name}.discarded")
    shutil.rmtree(aside, ignore_errors=True)
    if folder.exists():
        folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)


def fresh_beside(place: Path) -> Path:
    """Name the folder in which the next content of a place is prepared."""
    return place.with_name(f".{place.name}.new")


def put(fresh: Path, place: Path) -> None:
    """Put a fresh folder into the place of another; there is always one or the other."""
    if not place.exists():
        fresh.rename(place)
    elif _exchange(fresh, place):
        discard(fresh)
    else:
        place.rename(_old(place))
        try:
            fresh.rename(place)
        finally:
            tidy(place)


def tidy(place: Path) -> None:
    """Mend and clear away what a process that was cut off has left of a place."""
    if _old(place).is_dir() and not place.exists():
        _old(place).rename(place)  # cut off between two steps
    for folder in (_old(place), fresh_beside(place)):
        discard(folder)


def _old(place: Path) -> Path:
    return place.with_name(f".{place.name}.old")


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step, where the system can; tell whether it did."""
    if sys.platform not in ("linux", "darwin"):
        return False
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        names = os.fsencode(one.resolve()), os.fsencode(other.resolve())
        if sys.platform == "linux":
            return bool(library.renameat2(ABSOLUTE, names[0], ABSOLUTE, names[1], EXCHANGE) == 0)
        return bool(library.renamex_np(*names, EXCHANGE) == 0)
    return False
