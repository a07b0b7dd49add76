"""Two builds at once take turns."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if os.name == "nt":
    import msvcrt
else:
    import fcntl


@contextmanager
def exclusive(path: Path) -> Iterator[int]:
    """Hold the lock file ``path``; wait, and say so once, while another process holds it.

    Yields its descriptor. A child process that inherits this holds the lock as well, so that one
    that outlives us is not disturbed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as handle:
        told = False
        while not _try_lock(handle.fileno()):
            if not told:
                print("Waiting for another build of this book to finish …", file=sys.stderr)
                told = True
            time.sleep(0.2)
        # The system releases the lock with the handle, also when the process dies.
        yield handle.fileno()


def lock_file(folder: Path) -> Path:
    """Name the lock of a folder that is going to be replaced: it lies elsewhere, for this user."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    user = os.getuid() if hasattr(os, "getuid") else 0
    return Path(tempfile.gettempdir()) / f"explorable-{user}" / f"{name}.lock"


def _try_lock(descriptor: int) -> bool:
    try:
        if os.name == "nt":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
