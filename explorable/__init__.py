"""An engine that makes a Jupyter Book explorable: figures that move, cells that run, a tutor."""

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from explorable.explore import choice as choice
    from explorable.explore import explore as explore
    from explorable.explore import paint as paint
    from explorable.explore import point as point
    from explorable.explore import predict as predict
    from explorable.explore import say as say
    from explorable.explore import slider as slider
    from explorable.explore import steps as steps
    from explorable.explore import turn as turn


_EXPLORERS = {"choice", "explore", "paint", "point", "predict", "say", "slider", "steps", "turn"}


def __getattr__(name: str) -> Any:
    """Return what makes explorers, which draws, and is imported when it is asked for."""
    if name not in _EXPLORERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.explore")
    return module if name == "explore" else getattr(module, name)
