"""Calls of what an author of figures and explorers uses: it needs figures, or returns controls."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from explorable import explore as explorer
from explorable.drawing.toolkit import View3D, panels, show, view_3d
from explorable.explore import say
from tests.invalid_inputs.calls import Call

SMALL = np.array([0.125, 0.25, 0.5])
ONES = np.ones(64)


def calls() -> Iterator[Call]:
    """Yield the calls."""
    figure, axes = panels(1)
    square = {"xs": np.array([0.0, 0.5]), "ys": SMALL}
    grid = {
        "grid": [3, 4],
        "label": "point",
        "start": np.array([0.25, 0.5]),
        "bounds": np.array([[0.0, 1.0], [-1.0, 1.0]]),
        "spec": ".2f",
    }
    marks = {"unit": "%", "start": 0.25, "marks": {"here": 0.5}, "spec": ".2g"}
    stops = {"start": 1, "jump": 0, "words": ["a", "b", "c"], "pace": 100}
    activations = {"options": ("relu", "tanh"), "label": "activation", "start": "tanh"}
    digit = {"pictures": {"a": ONES}, "corner": np.array([0.0, 0.5]), "size": 2.0}
    asked = {"question": "Which?", "choices": ["one", "two"], "why": "So.", "show": [{"a": 1}]}
    several = {"n": 3, "height": 100.0, "width": 200.0, "widths": [1.0, 2.0], "columns": 2}
    title = {"figure": figure, "artists": {}, "title": "What is it?", "name": "it"}
    slider = explorer.slider([0.5, 1.0], label="factor")
    place = explorer.point(axes, xs=[0.0, 0.5], ys=[0.0, 1.0])

    def control(function: Callable[..., Any], words: str | None = None, /, **given: Any) -> Call:
        return Call(function, given, use=shown, words=words)

    yield control(explorer.slider, "value of", values=SMALL, label="rate", **marks)
    yield control(explorer.choice, "value", **activations)
    yield control(explorer.steps, "value of", n=2, label="step", **stops)
    yield Call(explorer.point, {"axes": axes, **grid}, use=shown, keeps_float32=False)
    yield Call(explorer.point, {"axes": axes, **square}, use=shown, keeps_float32=False)
    yield control(explorer.paint, axes=axes, label="digit", **digit)
    yield control(explorer.turn, space=a_space(), label="view", step=30)
    yield Call(explorer.slider([0.5, 1.0]).find, {"value": 0.5})
    yield Call(explorer.choice(["relu", "tanh"]).find, {"value": "tanh"})
    yield Call(explorer.steps(4).find, {"value": 2})
    point = {"value": np.array([0.5, 1.0])}
    yield Call(place.find, point, keeps_float32=False, words="on the grid")
    yield Call(explorer.paint(axes, {"a": ONES}).find, {"value": ONES}, words="picture")
    yield Call(explorer.turn(a_space(), step=30).find, {"value": 60})
    yield Call(explorer.predict, {**asked, "answer": "two"})
    yield Call(explorer.predict, {**asked, "answer": 1})
    said = {"template": "{x:.3g} and {word}", "x": 0.5, "word": "so"}
    yield Call(say, said, use=str, fixed=("x",))
    yield Call(explorer.explore, {**title, "a": slider}, use=decorated)
    yield Call(panels, several, use=lambda made: np.shape(made[1]))
    yield Call(show, {"figure": figure, "alternative": "A panel."}, use=repr)


def a_space() -> View3D:
    """Return a box in a panel of its own."""
    return view_3d(panels(1)[1], [[0, 1], [0, 1], [0, 1]])


def shown(control: explorer.slider) -> list[str]:
    """Return all that a reader sees of a control."""
    last = control.count - 1
    return [f(i) for i in (0, last) for f in (control.text, control.key, control.value)]


def decorated(decorate: Callable[..., Any]) -> str:
    """Make an explorer of a figure in which nothing moves."""
    made = decorate(lambda a: say("Now it is {a}.", a=a))
    return made.at(a=1.0)
