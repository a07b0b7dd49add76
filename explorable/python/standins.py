"""What takes the place of modules that a page does not have: drawing, widgets, processes."""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

from explorable.python.absent import is_absent
from explorable.sentences import told


class NeedsNotebookError(RuntimeError):
    """Something was asked for that only the notebook has."""


class _StandIn:
    """A name that can be imported, and says where it lives as soon as it is used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        raise NeedsNotebookError(
            told("{name} is not there in a page: run this cell in the notebook.", name=self._name)
        )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _StandIn(f"{self._name}.{name}")


class _StandInModule(ModuleType):
    """A module in which every name can be found."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _StandIn(f"{self.__name__}.{name}")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds a stand-in for each module that a page lacks."""

    def find_spec(
        self, name: str, path: Any = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Claim a module that a page lacks; this finder is asked last."""
        if not is_absent(name):
            return None
        return importlib.util.spec_from_loader(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """Make a module that has every name."""
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it as it is."""


class _Serial:
    """As much of ``joblib.Parallel`` as the library uses, one task after another."""

    def __init__(self, n_jobs: int | None = None, **options: Any) -> None:
        self.n_jobs = n_jobs

    def __call__(self, tasks: Iterable[Callable[[], Any]]) -> list[Any]:
        return [task() for task in tasks]


def _delayed(function: Callable[..., Any]) -> Callable[..., Callable[[], Any]]:
    return lambda *arguments, **options: lambda: function(*arguments, **options)


def _joblib() -> ModuleType:
    """Make a joblib for a machine with one worker: a page has no processes and no threads."""
    module = ModuleType("joblib")
    module.__dict__.update(
        Parallel=_Serial, delayed=_delayed, effective_n_jobs=lambda n_jobs=-1: 1
    )
    return module


def install() -> None:
    """Let imports of modules that a page lacks succeed."""
    sys.meta_path.append(_Finder())
    sys.modules.setdefault("joblib", _joblib())
