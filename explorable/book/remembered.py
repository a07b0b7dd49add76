"""What a process that builds again and again remembers of files that have not changed."""

from collections.abc import Callable, Hashable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


def of_file(
    function: Callable[Concatenate[Path, Given], Result],
) -> Callable[Concatenate[Path, Given], Result]:
    """Let a function of a file, and of little else, be called once while the file stays as it is.

    What it returns is shared, and must not be changed.
    """
    known: dict[Hashable, tuple[tuple[int, int], Result]] = {}

    @wraps(function)
    def remembering(path: Path, /, *args: Given.args, **options: Given.kwargs) -> Result:
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        call = (path, args, tuple(options.items()))
        if call not in known or known[call][0] != stamp:
            known[call] = (stamp, function(path, *args, **options))
        return known[call][1]

    return remembering
