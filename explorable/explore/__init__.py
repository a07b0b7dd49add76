"""The engine that makes a Matplotlib figure explorable, with a kernel and without one.

An author draws a figure once, names the artists that move, lists the values of the controls, and
writes ``update``, which sets the artists' data and says in one sentence what is now seen. The
smallest working example:

>>> import numpy as np
>>> from explorable.explore import explore, say, slider
>>> from explorable.drawing.toolkit import panels, style_curve
>>> def parabola_explorer():
...     figure, axes = panels(1)
...     style_curve(axes, "x", "ax²")
...     x = np.linspace(-1, 1, 41)
...     (line,) = axes.plot(x, x**2)
...
...     @explore(figure, {"parabola": line}, "How steep is a parabola?",
...              a=slider([0.25, 0.5, 1], label="factor a", start=1))
...     def explorer(a):
...         line.set_ydata(a * x**2)
...         return say("At x = 1 the slope is 2a = {slope:.3g}.", slope=2 * a)
...
...     return explorer
>>> explorer = parabola_explorer()
>>> explorer
How steep is a parabola?
At x = 1 the slope is 2a = 2.
>>> explorer.at(a=0.25)
'At x = 1 the slope is 2a = 0.5.'
>>> explorer.states().count
3

A notebook shows it by ending a cell with ``parabola_explorer()``: alive where there is a kernel,
from precomputed states in the book.
"""

import sys
from types import ModuleType
from typing import Any

from explorable.controls import choice, paint, point, slider, steps, turn
from explorable.explore.explorer import Explorer, explore
from explorable.explore.model import ExplorerError
from explorable.explore.prediction import predict
from explorable.sentences import say

__all__ = [
    "Explorer",
    "ExplorerError",
    "choice",
    "explore",
    "paint",
    "point",
    "predict",
    "say",
    "slider",
    "steps",
    "turn",
]


class _Callable(ModuleType):
    """A module that can be called: ``from explorable import explore`` is its function, too."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return explore(*arguments, **options)


sys.modules[__name__].__class__ = _Callable
