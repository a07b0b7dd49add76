"""Every explorer of the book, by the name under which its page knows it."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

import mathdl.widgets
from mathdl.explorer import Explorer


def makers() -> Iterator[Callable[[], Explorer]]:
    """Yield every function of `mathdl.widgets` that makes an explorer."""
    for module in pkgutil.walk_packages(mathdl.widgets.__path__, "mathdl.widgets."):
        found = importlib.import_module(module.name)
        for name, function in inspect.getmembers(found, inspect.isfunction):
            own = function.__module__ == found.__name__ and not name.startswith("_")
            if own and inspect.signature(function).return_annotation is Explorer:
                yield function


@cache
def catalogue() -> dict[str, Explorer]:
    """Make every explorer once."""
    made: dict[str, Explorer] = {}
    for maker in makers():
        explorer = maker()
        if explorer.name in made:
            raise ValueError(f"two explorers are named {explorer.name!r}")
        made[explorer.name] = explorer
    return made
