"""Every explorer of the book, by the name under which its page knows it."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

import pytest

import mathdl
from explorable.explore import Explorer


def makers() -> Iterator[Callable[[], Explorer]]:
    """Yield every function of a chapter that makes an explorer."""
    for module in pkgutil.walk_packages(mathdl.__path__, "mathdl."):
        if "explorers" not in module.name.split("."):
            continue
        found = importlib.import_module(module.name)
        for name, function in inspect.getmembers(found, inspect.isfunction):
            own = function.__module__ == found.__name__ and not name.startswith("_")
            if own and inspect.signature(function).return_annotation is Explorer:
                yield function


made = cache(lambda maker: maker())
"""Make an explorer once: some train a network before they show it."""

by_maker = pytest.mark.parametrize("maker", list(makers()), ids=lambda maker: maker.__name__)
"""Test with every explorer of the book; none is made before its test runs."""


def catalogue() -> dict[str, Explorer]:
    explorers = [made(maker) for maker in makers()]
    named = {explorer.name: explorer for explorer in explorers}
    if len(named) < len(explorers):
        raise ValueError(f"two explorers share a name: {sorted(e.name for e in explorers)}")
    return named
