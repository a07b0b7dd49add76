"""Calls of what an author of figures and explorers uses."""

import functools

import numpy as np

from mathdl import explorer
from mathdl.explorer import Explorer, say
from mathdl.plotting import View3D, panels, show, view_3d
from tests.bad_days.calls import Call, call
from tests.bad_days.material import SMALL


@functools.cache
def calls() -> list[Call]:
    """Return the calls; they need figures, which take a moment to make."""
    figure, axes = panels(1)
    slider = explorer.slider([0.5, 1.0], label="factor")
    return [
        call(
            explorer.slider,
            values=np.sort(SMALL),
            label="rate",
            unit="%",
            start=0.25,
            marks={"here": 0.5},
            spec=".2g",
        )
        .used(shown)
        .saying("value of"),
        call(explorer.slider([0.5, 1.0]).find, value=0.5),
        call(explorer.choice, options=("relu", "tanh"), label="activation", start="tanh")
        .used(shown)
        .saying("value"),
        call(explorer.choice(["relu", "tanh"]).find, value="tanh"),
        call(explorer.steps, n=2, label="step", start=1, jump=0, words=["a", "b", "c"], pace=100)
        .used(shown)
        .saying("value of"),
        call(explorer.steps(4).find, value=2),
        call(
            explorer.point,
            axes=axes,
            grid=[3, 4],
            label="point",
            start=np.array([0.25, 0.5]),
            bounds=np.array([[0.0, 1.0], [-1.0, 1.0]]),
            spec=".2f",
        )
        .in_float64()
        .used(shown),
        call(explorer.point, axes=axes, xs=np.array([0.0, 0.5]), ys=SMALL)
        .in_float64()
        .used(shown),
        call(explorer.point(axes, xs=[0.0, 0.5], ys=[0.0, 1.0]).find, value=np.array([0.5, 1.0]))
        .in_float64()
        .saying("on the grid"),
        call(
            explorer.paint,
            axes=axes,
            pictures={"a": np.ones(64)},
            corner=np.array([0.0, 0.5]),
            size=2.0,
            label="digit",
        ).used(shown),
        call(explorer.paint(axes, {"a": np.ones(64)}).find, value=np.ones(64)).saying("picture"),
        call(explorer.turn, space=a_space(), label="view", step=30).used(shown),
        call(explorer.turn(a_space(), step=30).find, value=60),
        call(explorer.predict, question="Which?", choices=["one", "two"], answer="two", why="So."),
        call(explorer.predict, question="Which?", choices=["one", "two"], answer=1, why="So."),
        call(say, template="{x:.3g} and {word}", x=0.5, word="so").used(str).fixing("x"),
        call(
            explorer.explore, figure=figure, artists={}, title="What is it?", name="it", a=slider
        ).used(decorated),
        call(panels, n=3, height=100.0, width=200.0, widths=[1.0, 2.0], columns=2).used(
            lambda made: np.shape(made[1])
        ),
        call(show, figure=figure, alternative="A panel.").used(repr),
    ]


def a_space() -> View3D:
    """Return a box in a panel of its own."""
    return view_3d(panels(1)[1], [[0, 1], [0, 1], [0, 1]])


def shown(control: explorer.slider) -> list[str]:
    """Return all that a reader sees of a control."""
    last = control.count - 1
    return [f(i) for i in (0, last) for f in (control.text, control.key, control.value)]


def decorated(decorate) -> str:
    """Make an explorer of a figure in which nothing moves."""
    made: Explorer = decorate(lambda a: say("Now it is {a}.", a=a))
    return made.at(a=1.0)
